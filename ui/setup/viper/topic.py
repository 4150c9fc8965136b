"""Settings > Viper: the site of the office, its password on this workstation, on and off, and a test (VP-1)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, ngettext
from channergy_crm.services import rights
from channergy_crm.settings import VIPER, VIPER_ADDRESS, VIPER_CERTIFICATE, VIPER_EVERY, VIPER_USER
from channergy_crm.sync import connection
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.session.background import Background
from ui.session.beside import Beside
from ui.setup.settings_rows import NAMES, WIDTH, Hint, TopicPage
from ui.setup.settings_secret import SecretLine
from ui.setup.viper.asked_verb import AskedVerb
from ui.setup.viper.chosen import ConnectionChosen
from ui.setup.viper.fields_table import FieldsTable
from ui.setup.viper.first_part import FirstPart
from ui.setup.viper.people_part import PeoplePart
from ui.setup.viper.stages_part import StagesPart
from ui.widgets.controls import Button
from ui.widgets.dialog import named, offer

if TYPE_CHECKING:
    from channergy_crm.errors import CRMError
    from ui.session.chosen import Chosen

ABOUT = N_(
    "Clients and what is planned with them stand here and on the Viper site of your company. The two are separate "
    "systems with the same credentials; once connected they are kept alike."
)
SHORT = (1, 5, 15, 30, 60)
"""minutes to choose from"""
LONG = WIDTH - NAMES


class ViperTopic(TopicPage):
    """The connection, who stands for whom, and the fields with their direction."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        own = ConnectionChosen(chosen.session)
        super().__init__(_("Viper"), own, parent, "viper")
        own.setParent(self)
        self._session, self._waits = chosen.session, False
        self._work = Beside(Background(self), chosen.session.office, chosen.session.tell)
        self.add_word(_(ABOUT))
        self._refused = rights.may(self._session.by, "administer") or ""
        if self._refused:
            self.add_word(self._refused, "overdue")
        self._site()
        self._sync()
        self._first = FirstPart(self._session, self._work, self)
        self._first.setVisible(not self._refused)
        if not self._refused:
            self.add_whole(self._first)
        self._people = PeoplePart(self._session, self._work, self)
        self.add_whole(self._people)
        self._stages = StagesPart(self._session, self)
        if not self._refused:
            self.add_whole(self._stages)
        self._fields = FieldsTable(self)
        self.add_whole(self._fields)
        self.close_up()
        self.look()

    def _site(self) -> None:
        self.begin(_("The site"))
        self.add(VIPER_ADDRESS, LineEditor(self, max_length=400), width=LONG,
                 hint=_("Begins with https://, except on this computer."))  # fmt: skip
        user = LineEditor(self, max_length=120)
        if not self._refused:
            user.setPlaceholderText(connection.propose_user(self._session.by))
        self.add(VIPER_USER, user, hint=_("Whom you sign in as there. Empty where you were given a token instead."))
        self._secret = self._add_secret()
        certificate = LineEditor(self, max_length=400)
        certificate.setPlaceholderText(_("one this system knows to be good"))
        self.add(VIPER_CERTIFICATE, certificate, width=LONG,
                 hint=_("Only where the site has made it itself: its fingerprint (SHA-256), or its file."))  # fmt: skip
        self._tested = named(Hint("", self._middle), "viper.tested", _("What the test found"))
        self._tested.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # a fingerprint is copied
        self._try = self._verb("test", "", _("Test the connection"), self._tested)
        self._try.clicked.connect(self._ask_to_try)

    def _sync(self) -> None:
        self.begin(_("Keeping both alike"))
        self._stands = named(Hint("", self._middle), "viper.stands", _("Whether the sync is on"))
        self._turn = self._verb("switch", VIPER.label, _("Switch it on"), self._stands)
        self._turn.clicked.connect(self._switch)
        every = [(str(each), ngettext("{count:,} minute", "{count:,} minutes", each).format(count=each))
                 for each in SHORT]  # fmt: skip
        self.add(VIPER_EVERY, ChoiceEditor(every, self, allow_empty=False),
                 hint=_("What is changed here is sent sooner."))  # fmt: skip
        self._off = self.add_verb(
            "take_off", "", _("Take the connection off"), self._take_off,
            hint=_("Nothing is asked of the site any more, and Stage and Probability are free again."),
        )  # fmt: skip
        hint = _("Forgets which record is which one there. The first connection finds companies and contacts again by "
                 "name and address; programs would be made a second time.")  # fmt: skip
        self._anew = AskedVerb(
            "viper.begin_anew", _("Begin anew with another site"), _("Nobody can take that back. Forget it?"),
            _("Forget it and begin anew"), self._begin_anew, self._middle,
        )  # fmt: skip
        self._put("", self._anew, Hint(hint, self._middle))

    def _verb(self, name: str, label: str, text: str, said: Hint) -> Button:
        """Something to do, with what came of it under it."""
        button = named(Button(text, self._middle), f"viper.{name}", label or text)
        self._put(label, button, said)
        return button

    def _add_secret(self) -> SecretLine:
        hint = Hint(_("Kept in the key store of this workstation, which then does the sync."), self._middle)
        line = SecretLine("viper.secret", _("Password"), connection.secret_name(connection.held()), hint,
                          self._work, self)  # fmt: skip
        self._widths[line] = LONG
        self._put(_("Password"), line, hint)
        line.turned.connect(self._secret_turned)
        return line

    # ---------------------------------------------------------------- as it is now

    def look(self) -> None:
        """Everything as it is now."""
        super().look()
        if not hasattr(self, "_stages"):
            return
        held = connection.held()
        self._secret.keep_as(connection.secret_name(held))
        self._secret.setEnabled(not self._refused)
        self._turn.setText(_("Switch it off") if held.on else _("Switch it on"))
        offer(self._try, self._refused or ("" if held.address else _("Type the address first.")))
        offer(self._turn, self._refused or ("" if held.on else self._missing()))
        offer(self._off, self._refused or ("" if held.address else _("There is none.")))
        linked = not held.on and not self._refused and connection.is_linked()
        for part in self._cells[self._anew]:
            part.setVisible(linked)
        self._say_how_it_stands()
        self._first.look()
        self._people.look()
        self._stages.look()
        for before, after in pairwise([*self._people.in_order(), *self._stages.in_order(), self._fields.grid]):
            QWidget.setTabOrder(before, after)

    def _missing(self) -> str:
        held = connection.held()
        if not held.address:
            return _("Type the address first.")
        return "" if connection.has_secret(held) else _("Type the password first.")

    def _say_how_it_stands(self) -> None:
        held = connection.held()
        if not held.on:
            self._stands.say(self._missing() or _("Off: nothing is sent, nothing comes, nothing is locked."), "muted")
        elif connection.has_secret(held):
            self._stands.say(_("On. This workstation does it while the program runs."), "done")
        else:
            self._stands.say(_("On, but no password is kept here: another workstation does it, or nobody."), "soon")

    def finish(self) -> None:
        """Whoever goes away has chosen, and typed a password to be kept."""
        super().finish()
        self._secret.finish()

    def _secret_turned(self) -> None:
        self._tested.say("")
        self.look()
        if self._waits:
            self._waits = False
            self._test()

    # ---------------------------------------------------------------- the verbs

    def _ask_to_try(self) -> None:
        self.finish()
        self._waits = self._secret.under_way
        if not self._waits:
            self._test()

    def _test(self) -> None:
        held, by = connection.held(), self._session.by
        self._tested.say(_("Asking the site…"), "muted")
        self._try.setEnabled(False)
        self._work(
            lambda _progress: connection.test(held, None, by), label=_("Testing the connection"),
            done=lambda said: self._told(said, "done"), failed=lambda error: self._told(error.message, "overdue"),
        )  # fmt: skip

    def _told(self, said: str, ink: str) -> None:
        self._tested.say(said, ink)
        self._try.setEnabled(True)
        self._try.setFocus()

    def _switch(self) -> None:
        self.finish()
        held, by = connection.held(), self._session.by
        self._turn.setEnabled(False)
        self._work(
            lambda progress: connection.keep(held._replace(on=not held.on), None, by, lambda: progress.step(0)),
            label=VIPER.label, done=lambda _none: self._turned(), failed=self._not_turned,
        )  # fmt: skip

    def _turned(self) -> None:
        on = connection.is_on()
        self.look()
        self._turn.setFocus()
        self._session.say_done(_("The sync with Viper is on.") if on else _("The sync with Viper is off."))

    def _not_turned(self, error: CRMError) -> None:
        self.look()
        self._stands.say(error.message, "overdue")
        if isinstance(error, Mistake) and error.field == "secret":
            self._secret.setFocus()

    def _take_off(self) -> None:
        by = self._session.by
        self._work(
            lambda _progress: connection.take_off(by), label=_("Take the connection off"),
            done=lambda _none: self._taken_off(),
        )  # fmt: skip

    def _taken_off(self) -> None:
        """What a test has found was of the site that was there."""
        self._tested.say("")
        self._session.say_done(_("The connection to Viper is taken off."))

    def _begin_anew(self) -> None:
        by = self._session.by
        self._work(
            lambda _progress: connection.begin_anew(by), label=_("Begin anew with another site"),
            told=lambda _none: _("It is forgotten which record is which one on the site."),
            done=lambda _none: self._forgotten(),
        )  # fmt: skip

    def _forgotten(self) -> None:
        """What asked is gone; the keys go to what comes next."""
        self.look()
        self._turn.setFocus()
