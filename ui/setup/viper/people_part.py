"""Who stands for whom: operators and groups of this office, users and offices of the site (VP-10, VP-13, VP-14)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import _, ngettext
from channergy_crm.services import rights
from channergy_crm.sync import connection, people
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.look.plain import Label
from ui.session.beside import Told
from ui.setup.settings_rows import CONTROL, HIGH, NAMES, WIDTH, Hint, Words
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from channergy_crm.sync.people import Person
    from channergy_crm.sync.viper.wire import User
    from ui.session.beside import Beside
    from ui.session.session import Session


SHARES = (NAMES, CONTROL, WIDTH - NAMES - CONTROL)
"""of the width: who it is here, what is chosen, what is said of it; each stands below what stands above it"""


class PeoplePart(QWidget):
    """A row for everybody who can own a record here, with a drop-down of who there is on the site."""

    def __init__(self, session: Session, work: Beside, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._work = session, work
        self._users: list[User] = []
        self._rows: dict[str, tuple[ChoiceEditor, Hint]] = {}
        named(self, "viper.people", _("Who stands for whom"))
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self._lines.addWidget(Words(_("Who stands for whom"), self, theme.section))
        about = _("Only what belongs to somebody who stands for a user or an office there is sent. "
                  "What ADMIN owns never is.")  # fmt: skip
        self._lines.addWidget(Remark(about, self))
        self._read = named(Button(_("Read who works there"), self), "viper.read_people", _("Read who works there"))
        self._take = named(Button("", self), "viper.propose", _("Take over the proposals"))
        held = QWidget(self)
        row = WrappingRow(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self._read, self._take):
            row.addWidget(button)
        self._lines.addWidget(held)
        self._said = named(Hint("", self), "viper.people_said", _("What came of it"))
        self._lines.addWidget(self._said)
        self._grid = shared_out()
        self._lines.addLayout(self._grid)
        self._read.clicked.connect(self._ask)
        self._take.clicked.connect(self._take_over)
        self._take.setVisible(False)

    def look(self) -> None:
        """Everybody as they are now; who has gone or come since is seen."""
        refused = rights.may(self._session.by, "administer") or ""
        held = connection.held()
        ready = held.address and connection.has_secret(held)
        offer(self._read, refused or ("" if ready else _("Type the address and the password first.")))
        if refused:
            return
        found = people.people(self._session.by)
        if [each.owner for each in found] != list(self._rows):
            self._build(found)
        for each in found:
            editor, _hint = self._rows[each.owner]
            editor.set_choices(self._choices(each))
            editor.set_value(each.remote)
        self._propose()

    def _build(self, found: list[Person]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._rows = {}
        for place, title in enumerate((_("Here"), _("On the site"))):
            words = Label(title, self)
            words.muted()
            self._grid.addWidget(words, 0, place)
        for place, each in enumerate(found, 1):
            self._add(place, each)

    def _add(self, place: int, each: Person) -> None:
        said = _("{name} ({id}), group") if each.group else _("{name} ({id})")
        name = Label(said.format(name=each.name, id=each.owner), self)
        name.setContentsMargins(0, 0, 16, 0)
        name.setWordWrap(True)
        editor = named(ChoiceEditor((), self, allow_empty=False), f"viper.person.{each.owner.lower()}",
                       _("Who stands for {name} on the site").format(name=each.name))  # fmt: skip
        editor.setMinimumHeight(theme.px(HIGH, self))
        hint = beside(self)
        self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(editor, place, 1)
        self._grid.addWidget(hint, place, 2)
        self._rows[each.owner] = (editor, hint)
        editor.changed.connect(partial(self._choose, each.owner))

    def _choices(self, each: Person) -> list[tuple[object, str]]:
        """Nobody, all who were read, and who stands there already."""
        offered: list[tuple[object, str]] = [("", _("nobody")), *((user.id, _shown(user)) for user in self._users)]
        if each.remote and each.remote not in [user.id for user in self._users]:
            offered.append((each.remote, each.remote_name or each.remote))
        return offered

    def _choose(self, owner: str) -> None:
        by = self._session.by
        editor, hint = self._rows[owner]
        before = next((each for each in people.people(by) if each.owner == owner), None)
        remote, said = str(editor.value() or ""), editor.currentText()
        name = next((user.name for user in self._users if user.id == remote), "")
        try:
            people.keep_person(owner, remote, by, name)
        except CRMError as error:
            hint.say(error.message, "overdue")
        else:
            hint.say("")
            if before is not None and before.remote != remote:
                told = _("{name} on the site: {user}.").format(name=before.name, user=said)
                self._tell_done(told, [(owner, before.remote, before.remote_name)])
        self.look()

    def _tell_done(self, said: str, before: list[tuple[str, str, str]]) -> None:
        """Say it, with Undo: as it was before, by owner, id there and name there."""
        self._session.tell(Told(said, action=(_("Undo"), partial(self._put_back, before))))

    def _put_back(self, before: list[tuple[str, str, str]]) -> None:
        by = self._session.by
        for owner, remote, name in before:
            self._session.attempt(partial(people.keep_person, owner, remote, by, name))
            self._rows[owner][1].say("")
        self.look()

    # ---------------------------------------------------------------- who is there

    def _ask(self) -> None:
        by = self._session.by
        self._said.say(_("Asking the site…"), "muted")
        self._read.setEnabled(False)
        self._work(lambda _progress: people.there(by), label=_("Read who works there"), done=self._hear,
                   failed=lambda error: self._tell(error.message, "overdue"))  # fmt: skip

    def _hear(self, users: list[User]) -> None:
        self._users = users
        said = ngettext("{count:,} user or office is there.", "{count:,} users and offices are there.", len(users))
        self._tell(said.format(count=len(users)), "muted")

    def _tell(self, said: str, ink: str) -> None:
        self._said.say(said, ink)
        self.look()
        (self._read if self._take.isHidden() else self._take).setFocus()

    def in_order(self) -> list[QWidget]:
        """What Tab comes to, one after the other."""
        return [self._read, self._take, *(editor for editor, _hint in self._rows.values())]

    def _propose(self) -> None:
        found = people.propose_people(self._users, self._session.by) if self._users else {}
        self._take.setVisible(bool(found))
        said = ngettext("Take over {count:,} proposal: same name or e-mail address",
                        "Take over {count:,} proposals: same name or e-mail address", len(found))  # fmt: skip
        self._take.setText(said.format(count=len(found)))

    def _take_over(self) -> None:
        by = self._session.by
        taken: list[tuple[str, str, str]] = []
        for owner, user in people.propose_people(self._users, by).items():
            if self._session.attempt(partial(people.keep_person, owner, user.id, by, user.name)) is None:
                self._rows[owner][1].say(_("proposed, kept"), "done")
                taken.append((owner, "", ""))
        said = ngettext("{count:,} proposal is taken over.", "{count:,} proposals are taken over.", len(taken))
        self._tell_done(said.format(count=len(taken)), taken)
        self.look()
        self._read.setFocus()


def shared_out() -> QGridLayout:
    """Three columns, each as wide as those of the rows above."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(0)
    grid.setVerticalSpacing(4)
    for column, part in enumerate(SHARES):
        grid.setColumnStretch(column, part)
    return grid


def beside(parent: QWidget) -> Hint:
    """What is said at the right of a control."""
    hint = Hint("", parent)
    hint.setContentsMargins(12, 0, 0, 0)
    return hint


def _shown(user: User) -> str:
    return _("{name} (office)").format(name=user.name) if user.kind == "office" else user.name
