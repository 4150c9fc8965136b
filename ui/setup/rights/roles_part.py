"""The roles of the office: their names, the matrix of the chosen one, its job functions, what somebody sees by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.access import JOBS
from channergy_crm.language import N_, _, ngettext
from channergy_crm.services import rights, roles
from ui.look import theme
from ui.look.plain import Label, ask_for_a_line
from ui.look.wording import day_in_words
from ui.setup.rights.fields_dialog import FieldsLine
from ui.setup.rights.matrix import MatrixCells, RightsMatrix
from ui.setup.rights.part import Column, Part
from ui.setup.rights.preview import Preview
from ui.setup.rights.two_lines import TwoLineList
from ui.widgets.controls import CheckBox
from ui.widgets.dialog import Remark, named, offer, scrolling

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from channergy_crm.records.roles import Role
    from channergy_crm.work.record import Record
    from ui.session.session import Session

NAMES, BESIDE, NARROW, ROOMY = 180, 280, 1000, 1180
"""pixels: the roles, the preview, a page in which it comes by a button, and one with a little more room for it"""
WHAT_JOBS_DO = {
    "administrator": N_("changes the office: lists, fields, roles, people"),
    "view_all": N_("chooses in the header whose records are shown"),
    "crm": N_("activates rules for follow-ups, moves them"),
    "erase": N_("makes a person unknown to the office for good"),
    "call_anyway": N_("dials who is not to be called now, with a reason that is kept"),
    "issue": N_("gives quotes, orders and invoices their number; without it they are written as drafts"),
}
KEYS = N_("In a cell: O own · G group · A all · N none · Space tick · Ctrl+C, Ctrl+V whole rows")


class RolesPart(Part):
    """Roles at the left, the matrix in the middle, what it comes to at the right."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("roles", session, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = Column(NAMES, self, "side", "right")
        left.lines.setContentsMargins(0, 10, 1, 0)
        self._create = self.verb(f"{self._name}.create", _("Create role"), _("A new role without any right"), self._new)
        line = QHBoxLayout()
        left.lines.addLayout(line)
        line.setContentsMargins(12, 0, 12, 0)
        line.addWidget(self._create)
        line.addStretch(1)
        self.names = TwoLineList("roles.names", _("Roles"), left)
        left.lines.addWidget(self.names, 1)
        middle = Column(0, self)
        self._fill_middle(middle)
        self.preview = Preview(session, self)
        row.addWidget(left)
        row.addWidget(scrolling(middle), 1)
        row.addWidget(self.preview)
        self.names.currentItemChanged.connect(lambda *_now: self._show_role())
        self._matrix.changed.connect(self.preview.show_all)
        self.preview.setVisible(False)

    def _fill_middle(self, middle: Column) -> None:
        lines = middle.lines
        lines.setContentsMargins(20, 14, 20, 14)
        head = QHBoxLayout()
        lines.addLayout(head)
        head.setSpacing(8)
        self._title = named(Label(parent=middle), "roles.title", _("Role"))
        self._title.setFont(theme.section(self.font()))
        self._under = Label(parent=middle)
        self._under.muted()
        self._under.setFont(theme.small(self.font()))
        self._look = self.verb(f"{self._name}.preview", _("Preview"), _("What somebody sees, counted"), self._turn)
        self._rename = self.verb(f"{self._name}.rename", _("Rename…"), _("Call this role otherwise"), self._call)
        self._copy = self.verb(f"{self._name}.copy", _("Copy role…"), _("A new role with the same rights"), self._again)
        self._delete = self.verb(f"{self._name}.remove", _("Delete"), _("Nobody may have it"), self._remove)
        head.addWidget(self._title)
        head.addWidget(self._under)
        head.addStretch(1)
        for button in (self._look, self._rename, self._copy, self._delete):
            button.quiet()
            head.addWidget(button)
        lines.addWidget(self.said)
        self._matrix = RightsMatrix(lambda view: MatrixCells(self._let, view), middle)
        lines.addWidget(self._matrix)
        keys = Remark(_(KEYS), middle)
        keys.setFont(theme.small(self.font()))
        lines.addWidget(keys)
        lines.addSpacing(8)
        lines.addWidget(self.heading(_("Fields"), middle))
        self._fields = FieldsLine(self.session, self.show_all, middle)
        lines.addWidget(self._fields)
        lines.addSpacing(8)
        self._fill_jobs(middle)
        lines.addStretch(1)

    def _fill_jobs(self, middle: Column) -> None:
        middle.lines.addWidget(self.heading(_("Job functions"), middle))
        grid = QGridLayout()
        middle.lines.addLayout(grid)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        self._jobs = {job: self._job(job, label, middle) for job, label in JOBS.items()}
        for place, (_box, cell) in enumerate(self._jobs.values()):
            grid.addWidget(cell, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)

    def _job(self, job: str, label: str, parent: QWidget) -> tuple[CheckBox, QWidget]:
        cell = QWidget(parent)
        lines = QVBoxLayout(cell)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        box = named(CheckBox(_(label), cell), f"roles.job.{job}", _(label))
        box.setAccessibleDescription(_(WHAT_JOBS_DO[job]))
        box.clicked.connect(self._let_do)
        said = Remark(_(WHAT_JOBS_DO[job]), cell)
        said.setFont(theme.small(self.font()))
        said.setContentsMargins(24, 0, 0, 0)
        lines.addWidget(box)
        lines.addWidget(said)
        return box, cell

    # ---------------------------------------------------------------- what is shown

    def show_all(self) -> None:
        """The roles as the office has them; the one looked at stays."""
        by = self.session.by
        having, every = roles.members(by), roles.every(by)
        self.names.fill([(role.number, role.name, _people(len(having.get(role.number, [])))) for role in every])
        self._show_role()
        self.preview.show_all()

    def _role(self) -> Role | None:
        key = self.names.key()
        return next((role for role in roles.every(self.session.by) if role.number == key), None)

    def _show_role(self) -> None:
        by, role = self.session.by, self._role()
        refused = rights.may(by, "administer") or ""
        missing = "" if role is not None else _("There is no role yet; create one.")
        for button in (self._rename, self._copy, self._delete):
            offer(button, refused or missing)
        self._fields.show_role(role, refused or missing)
        offer(self._create, refused)
        held = roles.matrix(role.number, by) if role is not None else {}
        if self._matrix.cells.records != roles.record_types(by) or not self._matrix.hasFocus():
            self._matrix.cells.show(roles.record_types(by), held)
        else:
            self._show_again(held)
        self._matrix.cells.locked = bool(refused) or role is None
        self._matrix.updateGeometry()
        for job, (box, _cell) in self._jobs.items():
            box.setChecked(held.get("", {}).get(job, "none") != "none")
            box.setEnabled(not refused and role is not None)
        self._title.setText(role.name if role is not None else _("Roles"))
        self._under.setText(self._told(role) if role is not None else missing)

    def _show_again(self, held: dict[str, roles.Rights]) -> None:
        """The cursor stays in its cell."""
        at = self._matrix.currentIndex()
        row, column = at.row(), at.column()
        self._matrix.cells.show(roles.record_types(self.session.by), held)
        self._matrix.setCurrentIndex(self._matrix.cells.index(row, column))

    def _told(self, role: Role) -> str:
        by = self.session.by
        people = _people(len(roles.members(by).get(role.number, [])))
        latest = roles.changed(role.number, by)
        if latest is None:
            return people
        said = _("{people} · changed {day} {time} by {operator}")
        day, at = day_in_words(latest.done.date(), inside=True), f"{latest.done:%H:%M}"
        return said.format(people=people, day=day, time=at, operator=latest.by)

    # ---------------------------------------------------------------- what is done

    def _let(self, record: type[Record], wanted: roles.Rights) -> bool:
        role = self._role()
        if role is None:
            return False
        table = record._meta.table_name
        done = self.attempt(lambda: roles.let(role.number, table, wanted, self.session.by))
        if done is not None:
            self._matrix.changed.emit()
        return done is not None

    def _let_do(self) -> None:
        role = self._role()
        if role is not None:
            wanted = [job for job, (box, _cell) in self._jobs.items() if box.isChecked()]
            self.attempt(lambda: roles.let_do(role.number, wanted, self.session.by))
            self._show_role()

    def _new(self) -> None:
        self._make(_("Create role"), None)

    def _again(self) -> None:
        role = self._role()
        if role is not None:
            self._make(_("Copy role"), role.number)

    def _make(self, title: str, like: int | None) -> None:
        name = ask_for_a_line(self, title, _("What is it called?"))
        made = self.attempt(lambda: roles.create(name, self.session.by, like)) if name is not None else None
        if made is not None:
            self.show_all()
            self.names.choose(made.number)
            self.names.setFocus()

    def _call(self) -> None:
        role = self._role()
        name = ask_for_a_line(self, _("Rename role"), _("What is it called?"), role.name) if role is not None else None
        if role is not None and name is not None:
            self.attempt(lambda: roles.rename(role.number, name, self.session.by))
            self.show_all()

    def _remove(self) -> None:
        role = self._role()
        if role is not None and self.attempt(lambda: roles.remove(role.number, self.session.by)) is not None:
            self.session.say_done(_("Role {name} is deleted.").format(name=role.caption()))
            self.show_all()

    # ---------------------------------------------------------------- room

    def _turn(self) -> None:
        self.preview.setVisible(not self.preview.isVisible())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for the preview, it comes by a button."""
        super().resizeEvent(event)
        narrow = event.size().width() < theme.px(NARROW, self)
        if narrow != self._look.isVisibleTo(self) or event.oldSize().width() < 0:
            self._look.setVisible(narrow)
            self._under.setVisible(not narrow)  # the verbs need its room, and the list says most of it
            self.preview.setVisible(not narrow)
        self.preview.setFixedWidth(theme.px(304 if event.size().width() > ROOMY else BESIDE, self))


def _people(count: int) -> str:
    return ngettext("{count} user", "{count} users", count).format(count=count) if count else _("nobody")
