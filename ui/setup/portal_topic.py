"""Settings > Customer Portal: where customers reach it, what they see, who may, and how it is started (VT-177)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _, ngettext
from channergy_crm.services import rights
from channergy_crm.services.portal import access
from channergy_crm.settings import PORTAL_ADDRESS, PORTAL_WHOLE_ACCOUNT
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look.plain import unmarked
from ui.setup.settings_rows import SHORT, TopicPage
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work import Done
    from ui.session.chosen import Chosen

PREFIX = "settings.portal"  # unsaid: a name
WHOLE = [("off", N_("no")), ("on", N_("yes"))]


class PortalTopic(TopicPage):
    """What an office decides before its customers look for themselves."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(_("Customer Portal"), chosen, parent, PREFIX)
        if refused := rights.may(chosen.session.by, "administer"):
            self.add_word(refused, "overdue")
        self.add_word(_("Contacts with access sign in by a mailed link, see their tickets and the published FAQ, and "
                        "write to you. It runs beside the office on a computer that is always on."))  # fmt: skip
        self.begin(_("Address"))
        self._address = LineEditor(self, max_length=250)
        self.add(PORTAL_ADDRESS, self._address, check=_problem,
                 hint=_("Stands in the mailed links, such as https://help.office.example."))  # fmt: skip
        self._started = Remark("", self, ink="muted")
        self.begin(_("What customers see"))
        whole = ChoiceEditor([(one, _(said)) for one, said in WHOLE], self, allow_empty=False)
        self.add(PORTAL_WHOLE_ACCOUNT, whole, width=SHORT,
                 hint=_("Otherwise each contact sees only the tickets they are named in."))  # fmt: skip
        self._who = self.add_verb(
            "who", _("Who has access"), "0", self._show_them, sign="contact",
            hint=_("Tick “Customer Portal access” on a contact to let them in; they need an e-mail address."),
        )  # fmt: skip
        self.add_whole(named(self._started, f"{PREFIX}.started", _("How it is started")))
        self.close_up()
        self._address.changed.connect(self._say)
        chosen.session.done.connect(self._heard)
        self._say()

    def look(self) -> None:
        """Everything as it is now."""
        super().look()
        self._say()

    def _say(self) -> None:
        count = access.count(self.chosen.session.by)
        said = ngettext("{count:,} contact…", "{count:,} contacts…", count).format(count=count)
        self._who.setText(unmarked(said))
        self._who.setAccessibleName(said)
        how = _("Start it there with: {command}")
        self._started.say(how.format(command=access.command(str(self._address.value() or "").strip())))

    def _show_them(self) -> None:
        """Their list, whosever they are."""
        self.chosen.session.go_to("contacts_in_portal")

    def _heard(self, done: Done) -> None:
        if {"CustomerContacts", "CRMSettings"} & set(done.tables):
            self.look()


def _problem(value: object) -> str | None:
    said = str(value or "").strip()
    return None if not said or access.is_address(said) else _(access.WRONG)
