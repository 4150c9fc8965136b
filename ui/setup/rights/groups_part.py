"""The groups of the office: who works in which; a group may own records like an operator (K15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.services import groups, operators, rights
from ui.look import theme
from ui.look.plain import ask_for_a_line
from ui.setup.rights.part import Column, Part
from ui.setup.rights.two_lines import TwoLineList
from ui.widgets.controls import CheckBox
from ui.widgets.dialog import Plain, Remark, named, offer, scrolling

if TYPE_CHECKING:
    from channergy_crm.records.roles import Group
    from ui.session.session import Session

NAMES = 220
ABOUT = N_(
    "A record that belongs to a group stands in the lists of all its members; roles whose reach is “group” see what "
    "the others of the group have. In Assign Account To a group can be chosen like an operator."
)


class GroupsPart(Part):
    """The groups at the left, the members of the chosen one as ticks."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("groups", session, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = Column(NAMES, self, "side", "right")
        left.lines.setContentsMargins(0, 10, 1, 0)
        line = QHBoxLayout()
        left.lines.addLayout(line)
        line.setContentsMargins(12, 0, 12, 0)
        self._create = self.verb(f"{self._name}.create", _("Create group"), _("People who work together"), self._new)
        line.addWidget(self._create)
        line.addStretch(1)
        self.names = TwoLineList("groups.names", _("Groups"), left)
        left.lines.addWidget(self.names, 1)
        right = Column(0, self)
        right.lines.setContentsMargins(20, 14, 20, 14)
        self._fill(right)
        row.addWidget(left)
        row.addWidget(scrolling(right), 1)
        self.names.currentItemChanged.connect(lambda *_now: self._show())

    def _fill(self, right: Column) -> None:
        lines, head = right.lines, QHBoxLayout()
        lines.addLayout(head)
        self._title = Plain("", right, bold=True)
        self._title.setFont(theme.section(self.font()))
        self._rename = self.verb(f"{self._name}.rename", _("Rename…"), _("Call this group otherwise"), self._call)
        self._delete = self.verb(f"{self._name}.remove", _("Delete"), _("A group that owns nothing"), self._remove)
        head.addWidget(self._title, 1)
        for button in (self._rename, self._delete):
            button.quiet()
            head.addWidget(button)
        lines.addWidget(self.said)
        lines.addWidget(Remark(_(ABOUT), right))
        lines.addSpacing(8)
        self._head = Plain(_("Members"), right, bold=True)
        lines.addWidget(self._head)
        self._ticks = QVBoxLayout()
        lines.addLayout(self._ticks)
        self._ticks.setSpacing(2)
        self._boxes: dict[str, CheckBox] = {}
        self._holder = right
        lines.addStretch(1)

    def show_all(self) -> None:
        """The groups as the office has them; the one looked at stays."""
        by = self.session.by
        members = groups.members(by)
        every = groups.every(by)
        self.names.fill([(group.id, group.caption(), _people(len(members.get(group.id, [])))) for group in every])
        self._show()

    def _group(self) -> Group | None:
        key = self.names.key()
        return next((group for group in groups.every(self.session.by) if group.id == key), None)

    def _show(self) -> None:
        by, group = self.session.by, self._group()
        refused = rights.may(by, "administer") or ""
        missing = "" if group is not None else _("There is no group yet; create one.")
        offer(self._create, refused)
        for button in (self._rename, self._delete):
            offer(button, refused or missing)
        self._title.setText(group.caption() if group is not None else missing)
        self._head.setVisible(group is not None)
        held = groups.members(by).get(group.id, []) if group is not None else []
        everybody = operators.everybody(by)
        if list(self._boxes) != [each.id for each in everybody]:
            self._make_boxes([(each.id, each.caption()) for each in everybody])
        for id, box in self._boxes.items():
            box.setChecked(id in held)
            box.setVisible(group is not None)
            box.setEnabled(not refused)

    def _make_boxes(self, everybody: list[tuple[str, str]]) -> None:
        for box in self._boxes.values():
            self._ticks.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        for id, caption in everybody:
            box = self._boxes[id] = named(CheckBox(caption, self._holder), f"groups.member.{id}", caption)
            box.clicked.connect(self._let_in)
            self._ticks.addWidget(box)

    def _let_in(self) -> None:
        group = self._group()
        if group is not None:
            wanted = [id for id, box in self._boxes.items() if box.isChecked()]
            self.attempt(lambda: groups.let_in(group.id, wanted, self.session.by))
            self.show_all()

    def _new(self) -> None:
        name = ask_for_a_line(self, _("Create group"), _("What is it called?"))
        if not name:
            return
        begun = "".join(letter for letter in name.upper() if letter.isalnum())[:10]
        id = ask_for_a_line(self, _("Create group"), _("Its short ID, by which records name it:"), begun)
        made = self.attempt(lambda: groups.create(id, name, self.session.by)) if id else None
        if made is not None:
            self.show_all()
            self.names.choose(made.id)

    def _call(self) -> None:
        group = self._group()
        name = ask_for_a_line(self, _("Rename group"), _("What is it called?"), group.name) if group else None
        if group is not None and name:
            self.attempt(lambda: groups.rename(group.id, name, self.session.by))
            self.show_all()

    def _remove(self) -> None:
        group = self._group()
        if group is not None and self.attempt(lambda: groups.remove(group.id, self.session.by)) is not None:
            self.session.say_done(_("Group {name} is deleted.").format(name=group.caption()))
            self.show_all()


def _people(count: int) -> str:
    return ngettext("{count} member", "{count} members", count).format(count=count) if count else _("nobody")
