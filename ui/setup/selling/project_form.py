"""The form of one project: its fields, its members as ticks, and folded what is seldom changed (SI-8, SI-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Project
from channergy_crm.records.projects import LONGEST
from channergy_crm.services import operators, processes, projects
from ui.editors.base import FlagEditor, LineEditor
from ui.editors.choices import ChoiceEditor
from ui.editors.lines import TextEditor
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label
from ui.setup.row_form import RowForm
from ui.widgets.controls import Button, CheckBox
from ui.widgets.dialog import Plain, Remark, named, offer

if TYPE_CHECKING:
    from channergy_crm.errors import Clash
    from ui.session.session import Session
    from ui.setup.scripts.sorts import Sort

LABELS, NARROWEST, WIDEST, BESIDE = 136, 180, 420, 220
"""pixels: the names of the fields, the fields themselves at least and at most, the members"""
HINTS = {
    "process": N_("The stages its deals go through."),
    "active": N_("An inactive one is no longer offered; what belongs to it stays."),
    "uses_crm": N_("Its deals go through the process and stand on the sales board."),
    "uses_sms": N_("Its customers can be written to by SMS."),
}
NEW = "uses_crm"
"""asked when a project is set up, and an advanced setting from then on"""


class ProjectForm(RowForm):
    """One project at a time, with its members."""

    def __init__(self, session: Session, sort: Sort, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._sort = sort
        self._usual: int | None = None
        self._members: set[str] = set()
        self._retired: set[str] = set()
        self._lines: dict[str, QWidget] = {}
        self._boxes: dict[str, CheckBox] = {}
        self._across = across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(24)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(8)
        self._inside = QWidget(self)
        across.addLayout(self._fields, 3)
        across.addWidget(self._people(), 2, Qt.AlignmentFlag.AlignTop)
        across.addStretch(1)
        for field in sort.fields:
            self._lines[field] = self._line(field)
        self._lay()

    # ---------------------------------------------------------------- how it is built

    def _lay(self) -> None:
        for field in ("name", "description", "process", "active"):
            self._fields.addWidget(self._lines[field])
        self._fold = Button(_("Advanced settings"), self)
        self._fold.quiet()
        named(self._fold, "projects.advanced", _("Advanced settings"))
        self._fold.setIconSize(QSize(12, 12))
        self._fold.clicked.connect(lambda: self._unfold(self._inside.isHidden()))
        fold = QHBoxLayout()
        fold.addWidget(self._fold)
        fold.addStretch(1)
        self._fields.addLayout(fold)
        self._advanced = QVBoxLayout(self._inside)
        self._advanced.setContentsMargins(0, 0, 0, 0)
        self._advanced.setSpacing(8)
        for field in ("uses_crm", "uses_sms"):
            self._advanced.addWidget(self._lines[field])
        self._fields.addWidget(self._inside)
        self._fields.addSpacing(4)
        self._fields.addLayout(self.verbs("projects", theme.px(LABELS, self)))
        self._fields.addStretch(1)
        self._unfold(False)

    def _unfold(self, on: bool) -> None:
        self._inside.setVisible(on)
        self._fold.setIcon(icon("chevron_down" if on else "chevron_right", self))
        self._fold.setAccessibleDescription(_("Unfolded") if on else _("Folded"))

    def _line(self, field: str) -> QWidget:
        kind, line = Project.kind(field), QWidget(self)
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        editor = self.editors[field] = named(self._editor(field, line), f"projects.{field}", kind.label)
        editor.setAccessibleDescription(_(HINTS[field]) if field in HINTS else "")
        editor.setMaximumWidth(theme.px(WIDEST, self))
        words = Label(kind.label, line)
        words.muted()
        words.setFixedWidth(theme.px(LABELS, self))
        words.setContentsMargins(0, 6, 8, 0)
        words.setBuddy(editor)
        grid.addWidget(words, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(editor, 0, 1)
        if field in HINTS:
            hint = Remark(_(HINTS[field]), line)
            hint.setFont(theme.small(self.font()))
            grid.addWidget(hint, 1, 1)
        wrong = self._wrong[field] = Remark("", line, ink="overdue")
        wrong.setObjectName(f"projects.{field}.wrong")
        wrong.say("")
        grid.addWidget(wrong, 2, 1)
        editor.changed.connect(self._changed)
        return line

    def _editor(self, field: str, parent: QWidget) -> Any:
        kind = Project.kind(field)
        if field == "description":
            return TextEditor(parent, lines=3, most_lines=6)
        if field == "process":
            return ChoiceEditor([], parent, allow_empty=False, describe=kind.show)
        if field == "name":
            return LineEditor(parent, max_length=LONGEST)
        return FlagEditor(_("Yes"), parent)

    def _people(self) -> QWidget:
        holder = QWidget(self)
        holder.setMinimumWidth(theme.px(BESIDE, self))
        self._ticks = QVBoxLayout(holder)
        self._ticks.setContentsMargins(0, 0, 0, 0)
        self._ticks.setSpacing(2)
        self._ticks.addWidget(Plain(_("Members"), holder, bold=True))
        hint = Remark(_("Who works in it. With nobody ticked everybody does."), holder)
        hint.setFont(theme.small(self.font()))
        self._ticks.addWidget(hint)
        self._holder = holder
        return holder

    def _make_boxes(self, everybody: list[tuple[str, str]]) -> None:
        if list(self._boxes) == [id for id, _caption in everybody]:
            return
        for box in self._boxes.values():
            self._ticks.removeWidget(box)
            box.setParent(None)
            box.deleteLater()
        self._boxes = {}
        for id, caption in everybody:
            box = self._boxes[id] = named(CheckBox(caption, self._holder), f"projects.member.{id.lower()}", caption)
            box.clicked.connect(self._changed)
            self._ticks.addWidget(box)
            box.show()

    def make_room(self, wide: int) -> None:
        """The members stand beside the fields, or below them where that would be too wide."""
        beside = wide >= theme.px(LABELS + NARROWEST + BESIDE, self) + self._across.spacing()
        way = QBoxLayout.Direction
        self._across.setDirection(way.LeftToRight if beside else way.TopToBottom)

    # ---------------------------------------------------------------- what it shows

    def show_row(self, row: Any) -> None:
        """Show this one, as it is kept; None when there is none."""
        self.row, by = row, self._session.by
        self.refused = self._session.attempt(lambda: self._sort.refused(row, by)) or ""
        known = processes.every(by)
        self._usual = known[0].number if known else None
        self.editors["process"].set_choices([(each.number, each.name) for each in known])
        self._make_boxes([(each.id, each.name) for each in operators.everybody(by)])
        for field, editor in self.editors.items():
            editor.set_value(self._held(field) if row is not None else None)
        old = row is not None and not row.is_new
        held = set(projects.members(row.number, by)) if old else set()
        self._members, self._retired = held & self._boxes.keys(), held - self._boxes.keys()
        for id, box in self._boxes.items():
            box.setChecked(id in self._members)
        place = self._lines["active"]
        if old or row is None:
            self._advanced.insertWidget(0, self._lines[NEW])
        else:
            self._fields.insertWidget(self._fields.indexOf(place) + 1, self._lines[NEW])
        self.say({})
        self.offer_verbs()

    def _held(self, field: str) -> object:
        """A project that names no process follows the standard one, which stands first."""
        if field != "process":
            return getattr(self.row, field)
        chosen = self.row.__data__.get("process")
        return chosen if chosen is not None else self._usual

    @property
    def is_edited(self) -> bool:
        """Whether something is typed or ticked that is not saved."""
        return super().is_edited or (self.row is not None and self._ticked() != self._members)

    def typed(self) -> dict[str, Any]:
        """What is typed and not saved, by field."""
        values = {field: editor.value() for field, editor in self.editors.items()}
        return {field: value for field, value in values.items() if (value or "") != (self._held(field) or "")}

    def _ticked(self) -> set[str]:
        return {id for id, box in self._boxes.items() if box.isChecked()}

    def offer_verbs(self) -> None:
        """*Save* and *Cancel* where there is something to save; nothing is typed where nothing may be."""
        refused = self.refused
        for editor in self.editors.values():
            editor.set_read_only(bool(refused))
        for box in self._boxes.values():
            box.setEnabled(not refused)
        settled = "" if self.is_edited else _("There is nothing to save.")
        offer(self.save_button, refused or settled)
        offer(self.cancel_button, refused or settled)
        self.save_button.loud(not (refused or settled))

    def _changed(self) -> None:
        self.offer_verbs()
        self.edited.emit()

    # ---------------------------------------------------------------- saving

    def write(self, by: str) -> None:
        """Save it with its members; who is retired stays one."""
        projects.save(self.row, by, self._ticked() | self._retired)
        self._members = self._ticked()

    def said(self) -> str:
        """What is told when it is saved."""
        return _("Project {name} is saved.").format(name=self.row.caption())

    def take_theirs(self, clash: Clash) -> bool:
        """Its members are somebody's too: what was ticked here stays ticked."""
        ticked, others = self._ticked(), self._ticked() != self._members
        if not super().take_theirs(clash):
            return False
        for id, box in self._boxes.items() if others else ():
            box.setChecked(id in ticked)
        self.offer_verbs()
        return True
