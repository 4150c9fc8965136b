"""The parts of My Preferences: own data and wishes, days away, the password, where one has signed in (VT-46…VT-59)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import N_, _
from channergy_crm.records.preferences import Absence, Preferences
from channergy_crm.services import (
    absences,
    groups,
    operators,
    photographs,
    preferences,
    rights,
    roles,
    signing_in,
    views,
)
from channergy_crm.services.rights import Program
from ui.documents.photograph import Kept, Photograph
from ui.editors import receivers
from ui.editors.choices import ChoiceEditor
from ui.editors.receivers import ReceiversEditor
from ui.forms.field_row import FieldRow
from ui.look import theme
from ui.look.plain import Label
from ui.look.wording import shown
from ui.shell.preferences_home import HomePart
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.password import PasswordField, Saying
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from channergy_crm.records import Document
    from ui.session.session import Session

FIELDS = (
    "title", "phone", "email", "reports_to", "lead_days", "calendar_view", "own_composer", "tag_cloud", "signature",
)  # fmt: skip
LABEL = 150
LENT = Absence.kind("reroutes_to")
DONE = {
    "in": N_("Signed in"), "out": N_("Signed out"), "closed": N_("Closed the program"),
    "refused": N_("Wrong password"), "locked": N_("Locked out"),
    "unlocked": N_("Let in again"), "password": N_("New password"), "recovery": N_("Came in with the recovery file"),
    "on": N_("Security switched on"), "off": N_("Security switched off"),
}  # fmt: skip
"""what the sign-in history says of each entry"""


class Rows(QWidget):
    """Names before what belongs to them, one line each."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        self.grid = QGridLayout()
        column.addLayout(self.grid)
        self.grid.setColumnMinimumWidth(0, theme.px(LABEL, self))
        self.grid.setColumnStretch(1, 1)
        self.grid.setVerticalSpacing(8)
        self.rest = column

    def add(self, label: str, widget: QWidget) -> None:
        """One line more."""
        place = self.grid.rowCount()
        words = Label(label, self)
        words.muted()
        words.setMinimumHeight(theme.px(28, self))
        self.grid.addWidget(words, place, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(widget, place, 1)

    def add_text(self, label: str, text: str, name: str) -> None:
        """What an administrator decides: it is only read here (VT-47…VT-49)."""
        words = named(Label(text or "–", self), name, label)
        words.setWordWrap(True)
        words.setMinimumHeight(theme.px(28, self))
        self.add(label, words)

    def add_field(self, row: FieldRow) -> None:
        """A field with the sentence under it."""
        row.dress()
        row.fit_label(theme.px(LABEL, self))
        place = self.grid.rowCount()
        self.grid.addWidget(row.label, place, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(row, place, 1)

    def add_line(self, *widgets: QWidget) -> None:
        """Buttons below, from the left."""
        line = QHBoxLayout()
        self.rest.addLayout(line)
        for widget in widgets:
            line.addWidget(widget, int(isinstance(widget, Remark | Saying)))
        line.addStretch(1)


def _own_photograph(by: str) -> Kept:
    return Kept(
        lambda: photographs.of(by, by), partial(_take_photograph, by), lambda: photographs.remove(by, by),
        "preferences.photograph", _("Photograph"), _("Choose a picture, drop one here or paste it."),
        _("Photograph kept."), _("Photograph removed."),
    )  # fmt: skip


def _take_photograph(by: str, source: Path | bytes, **how: Any) -> Document:
    return photographs.take(by, source, by, **how)


class OwnData(Rows):
    """Who somebody is here, and what they wish for."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        by = session.by
        self._held = preferences.of(by, by)
        self.photograph = Photograph(session, self, _own_photograph(by))
        self.add(_("Photograph"), self.photograph)
        self._say_who(by)
        self.rows = {name: FieldRow(Preferences.kind(name), f"preferences.{name}", self, lambda: by) for name in FIELDS}
        for name, row in self.rows.items():
            row.editor.set_value(getattr(self._held, name))
            self.add_field(row)
            if name == "lead_days":
                self._add_views(by)
        self.rest.addStretch(1)

    def _say_who(self, by: str) -> None:
        who = next(each for each in operators.everybody(Program.ITSELF, retired=True) if each.id == by)
        administers = rights.may(by, "administer") is None if rights.is_secured() else who.administrator
        self.add_text(_("User"), who.caption(), "preferences.user")
        self.add_text(_("Administrator"), _("Yes") if administers else _("No"), "preferences.administrator")
        self.add_text(_("Roles"), ", ".join(role.name for role in roles.of_operator(by, by)), "preferences.roles")
        self.add_text(_("Status"), _("Active") if who.active else _("Retired"), "preferences.status")
        mine = ", ".join(group.name for group in groups.of_operator(by, by))
        self.add_text(_("My groups"), mine, "preferences.groups")

    def _add_views(self, by: str) -> None:
        known = [(view.number, view.name) for view in views.of_list("leads", by)]
        self.view = named(ChoiceEditor(known, self), "preferences.default_view", _("Leads open with view"))
        self.view.set_value(self._held.default_view)
        self.add(_("Leads open with view"), self.view)

    def save(self, first_page: str | None = None) -> bool:
        """Keep it, and the page that opens first where that was asked for; what is wrong is said under its field."""
        if first_page is not None:
            self._held.first_page = first_page
        wrong: dict[str, str] = {}
        for name, row in self.rows.items():
            value = row.editor.value()
            if said := row.editor.text_problem() or row.kind.check(value if value is not None else row.kind.empty):
                wrong[name] = said
            else:
                setattr(self._held, name, row.kind.empty if value is None else value)
        self._held.default_view = self.view.value()
        if not wrong:
            try:
                preferences.save(self._held, self._session.by)
            except Mistake as mistake:
                wrong[mistake.field or FIELDS[0]] = mistake.message
        for name, row in self.rows.items():
            row.say(wrong.get(name, ""), wrong=name in wrong)
        if first := next((name for name in FIELDS if name in wrong), None):
            self.rows[first].editor.setFocus()
        return not wrong


class Away(Rows):
    """Days on which others may take over one's reminders (BX-39)."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        by = session.by
        said = _("While you are away your reminders are offered to whoever may take them over.")
        self.grid.addWidget(Remark(said, self), 0, 0, 1, 2)
        self.rows = {name: FieldRow(Absence.kind(name), f"preferences.away_{name}", self, lambda: by)
                     for name in ("first", "last", "note")}  # fmt: skip
        for row in self.rows.values():
            self.add_field(row)
        self.getting = named(ReceiversEditor(by, by, self), "preferences.away_receivers", LENT.label)
        self.add(LENT.label, self.getting)
        self.grid.addWidget(Remark(receivers.explained(), self), self.grid.rowCount(), 1)
        add = named(Button(_("I am away then"), self), "preferences.away", _("I am away then"))
        add.clicked.connect(lambda: self._add())
        self.days = named(calm(QTreeWidget(self)), "preferences.absences", _("Days away"))
        self.days.setHeaderLabels([_("From"), _("Until"), _("Why"), _("Tasks go to")])
        self.days.setRootIsDecorated(False)
        self._back = named(Button(_("I am there after all"), self), "preferences.back", _("I am there after all"))
        self._back.clicked.connect(self._end)
        self.add_line(add)
        self.rest.addWidget(self.days, 1)
        self.add_line(self._back)
        self.days.currentItemChanged.connect(lambda *_: self._offer())
        self._show()

    def _show(self) -> None:
        self.days.clear()
        for held in absences.of(self._session.by, self._session.by):
            to = receivers.names(held.receivers(), self._session.by)
            item = QTreeWidgetItem([shown(None, held.first), shown(None, held.last), held.note, to])
            item.setData(0, Qt.ItemDataRole.UserRole, held.number)
            self.days.addTopLevelItem(item)
        self._offer()

    def _offer(self) -> None:
        offer(self._back, "" if self.days.currentItem() is not None else _("Choose the days first."))

    def settle(self) -> bool:
        """Days that are typed and not put down yet are; False where something about them is wrong."""
        typed = any(row.editor.value() or row.editor.text_problem() for row in self.rows.values())
        return self._add() if typed or self.getting.chosen() else True

    def _add(self) -> bool:
        for row in self.rows.values():
            row.say("", wrong=False)
        values: dict[str, Any] = {name: row.editor.value() for name, row in self.rows.items()}
        missing = next((name for name in ("first", "last") if not isinstance(values[name], date)), None)
        if missing is not None:
            self.rows[missing].say(self.rows[missing].editor.text_problem() or _("Which day?"), wrong=True)
            self.rows[missing].editor.setFocus()
            return False
        by = self._session.by
        try:
            absences.mark(by, values["first"], values["last"], by, values["note"] or "", self.getting.chosen())
        except Mistake as mistake:
            self.rows[mistake.field if mistake.field in self.rows else "first"].say(mistake.message, wrong=True)
            return False
        for row in self.rows.values():
            row.editor.set_value(None)
        self.getting.clear_all()
        self._show()
        return True

    def _end(self) -> None:
        item = self.days.currentItem()
        if item is not None:
            number = item.data(0, Qt.ItemDataRole.UserRole)
            self._session.attempt(partial(absences.end, number, self._session.by))
            self._show()


class OwnPassword(Rows):
    """Change password (VT-59)."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.grid.addWidget(Remark(_("Change it from time to time, and whenever somebody may have seen it."), self),
                            0, 0, 1, 2)  # fmt: skip
        self._fields = {
            "old": PasswordField("preferences.old_password", _("Password of now"), self),
            "new": PasswordField("preferences.new_password", _("New password"), self),
            "again": PasswordField("preferences.new_again", _("Once more"), self),
        }
        self._said: dict[str, Saying] = {}
        for name, field in self._fields.items():
            self.add(field.accessibleName(), field)
            said = self._said[name] = Saying(f"{field.objectName()}.said", self)
            said.LINES = 1
            self.grid.addWidget(said, self.grid.rowCount(), 1)
            field.returnPressed.connect(self.change)
        self.verb = named(Button(_("Change Password"), self), "preferences.change_password", _("Change Password"))
        self.verb.clicked.connect(self.change)
        self.add_line(self.verb)
        self.rest.addStretch(1)

    def _say(self, where: str, text: str, ink: str = "overdue") -> None:
        for name, said in self._said.items():
            said.say(text if name == where else "", ink, "check" if ink == "done" else "warning")

    def change(self) -> None:
        """Look at what was typed beside the window, and keep the new one."""
        old, new, again = (field.text() for field in self._fields.values())
        if not self.verb.isEnabled():
            return
        if new != again:
            self._say("again", _("The two are not the same; type it once more."))
            self._fields["again"].empty()
            return
        self.verb.setEnabled(False)
        by = self._session.by
        self._session.work(
            lambda _progress: signing_in.change(old, new, by), label=_("Changing the password"), progress=False,
            done=lambda _nothing: self._changed(), failed=self._refused,
        )  # fmt: skip

    def _changed(self) -> None:
        self.verb.setEnabled(True)
        for field in reversed(self._fields.values()):
            field.empty()
        self._say("again", _("Your password is changed."), "done")

    def _refused(self, error: CRMError) -> None:
        self.verb.setEnabled(True)
        where = error.field if isinstance(error, Mistake) and error.field in self._fields else "new"
        self._say(where or "new", error.message)
        self._fields[where or "new"].setFocus()


class History(Rows):
    """When and where one has signed in (VT-58)."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.list = named(calm(QTreeWidget(self)), "preferences.logins", _("Sign-in history"))
        self.list.setHeaderLabels([_("When"), _("What"), _("Workstation"), _("By")])
        self.list.setRootIsDecorated(False)
        found = signing_in.history(session.by, session.by)
        for entry in found:
            said = DONE.get(entry.what, "")
            self.list.addTopLevelItem(QTreeWidgetItem([shown(None, entry.at), _(said), entry.station, entry.by]))
        for place, width in enumerate((150, 160, 180)):
            self.list.setColumnWidth(place, theme.px(width, self))
        self.rest.addWidget(self.list, 1)
        if not found:
            self.rest.addWidget(Remark(_("Nobody has signed in here yet: Security is off."), self))


PAGES: dict[str, tuple[str, Callable[[Session, QWidget], QWidget]]] = {
    "own": (N_("My data"), OwnData), "home": (N_("Home"), HomePart), "away": (N_("Away"), Away),
    "password": (N_("Password"), OwnPassword), "history": (N_("Sign-in history"), History),
}  # fmt: skip
