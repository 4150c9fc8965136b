"""Settings > CRM > Definition: which processes take subject and weight from a list, and the two lists (SI-37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import CustomLookup, Process
from channergy_crm.records.fixed_labels import SUBJECTS, WEIGHTS
from channergy_crm.services import lookups, processes
from ui.editors.base import LineEditor, PercentEditor
from ui.look import theme
from ui.setup.rights.part import Column
from ui.setup.selling.part import CrmPart
from ui.widgets.dialog import Remark, named, offer, scrolling
from ui.widgets.editable_grid import ROW_HEIGHT, Cells
from ui.widgets.grid_panel import GridPanel

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from ui.session.chosen import Chosen
    from ui.session.session import Session

COLUMNS = ("name", "fixed_subjects", "fixed_weights")
WIDTHS = (200, 150, 150)
FEWEST, MOST, HEAD = 2, 8, 34
FOR_NOTICES = 60
"""pixels below the fields at the lower edge, so that a notice covers none of them"""
ABOUT = N_(
    "Name and Probability % of a deal are typed freely. Where a process takes them from a list, they are drop-downs in "
    "the form, and only what stands below can be chosen; what deals hold already stays. An empty list fixes nothing."
)
HEADS = {"value": N_("Subject"), "description": N_("Weight"), "percent": N_("Probability %")}


class ReadCells(Cells[Process]):
    """Cells that can be walked through where they may not be changed."""

    only_read = False

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """No tick, no typing."""
        flags, able = super().flags(index), Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
        return flags & ~able if self.only_read else flags


class Fixed(GridPanel[Process]):
    """The processes, each with its two switches."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("fixed", _("Processes"), parent)
        self._session = session
        self._cells: ReadCells = ReadCells(
            Process, COLUMNS, self._store, self._grid, faded=lambda _row: False, fixed=("name",)
        )
        self._put_together(WIDTHS, 0, self._grid, self._said)
        self._said.say("")

    def show_all(self, refused: str) -> None:
        """All processes as they are now."""
        self._cells.only_read = bool(refused)
        self._refresh()
        rows = min(max(len(self._cells.rows), FEWEST), MOST)
        self._grid.setFixedHeight(theme.px(HEAD, self) + rows * ROW_HEIGHT)

    def _entries(self) -> list[Process]:
        return processes.every(self._session.by)

    def _offer(self) -> None:
        """There is nothing but the switches."""

    def _remove(self) -> None:
        """Del: a process is removed where its stages are."""
        self._say(_("Processes are removed under General."))

    def _store(self, row: Process, name: str) -> None:
        processes.save(row, self._session.by)

    def _saved(self) -> None:
        row = self._grid.current()
        self._session.say_done(_("Process {name} is saved.").format(name=row.caption() if row is not None else ""))


class LabelCells(Cells[CustomLookup]):
    """Labels under the names people have for them here."""

    only_read = False
    heads: tuple[str, ...] = ()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        across = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _(HEADS[self.heads[section]]) if across else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEditable if self.only_read else flags


class Labels(GridPanel[CustomLookup]):
    """The office's names of deals, or its words for how likely they are."""

    def __init__(self, name: str, key: tuple[str, str], session: Session, parent: QWidget) -> None:
        super().__init__(name, _("Subjects") if key == SUBJECTS else _("Weights"), parent)
        self._session, self._key, self._refused = session, key, ""
        fields = ("value",) if key == SUBJECTS else ("description", "value")
        self._cells: LabelCells = LabelCells(
            CustomLookup, fields, self._store, self._grid, faded=lambda entry: entry.retired
        )
        self._cells.heads = ("value",) if key == SUBJECTS else ("description", "percent")
        self._out = self._button("remove", _("Remove"), _("Deals that hold it keep it (Del)"), self._remove)
        verbs: list[QWidget | None] = [None, self._out]
        if key == SUBJECTS:
            verbs = [*self._up_and_down(_("Earlier (Alt+Up)"), _("Later (Alt+Down)")), *verbs]
        self._empty = Remark("", self)
        self._put_together((160, 110)[: len(fields)], 0, self._grid, self._strip(*verbs), self._empty, self._said,
                           self._line_for_a_new_one())  # fmt: skip
        self._grid.setMinimumHeight(theme.px(HEAD, self) + 5 * ROW_HEIGHT)
        self._said.say("")

    def _line_for_a_new_one(self) -> QWidget:
        said = _("New subject") if self._key == SUBJECTS else _("New weight")
        self._label = named(LineEditor(self), f"{self._name}.new", said)
        self._label.setPlaceholderText(said)
        parts: list[tuple[QWidget, int]] = [(self._label, 3)]
        if self._key == WEIGHTS:
            self._percent = named(PercentEditor(self), "weights.new_percent", _("Probability % of the new weight"))
            self._percent.setPlaceholderText("%")  # unsaid: a sign
            parts.append((self._percent, 1))
        self._line = self._new_line(_("Add it to the list (Enter)"), *parts)
        return self._line

    def show_all(self, refused: str) -> None:
        """The list as it is now."""
        self._refused = refused
        self._cells.only_read = bool(refused)
        self._refresh()
        self._line.setEnabled(not refused)

    def _entries(self) -> list[CustomLookup]:
        return [each for each in processes.labels(self._key, self._session.by) if not each.retired]

    def _offer(self) -> None:
        entry = self._grid.current()
        if self._key == SUBJECTS:
            self._offer_moving()
            for button in (self._up, self._down) if self._refused else ():
                offer(button, self._refused)
        offer(self._out, self._refused or ("" if entry is not None else _("Choose a row first.")))
        nothing = (
            _("Such as New contract, Renewal.") if self._key == SUBJECTS else _("Such as Hot with 80, Cold with 20.")
        )
        self._empty.say("" if self._cells.rows else nothing)

    def _store(self, entry: CustomLookup, name: str) -> None:
        processes.save_label(entry, self._session.by)

    def _reorder(self, rows: list[CustomLookup]) -> None:
        lookups.reorder([row.number for row in rows], self._session.by)

    def _add(self) -> None:
        percent = self._percent.value() if self._key == WEIGHTS else None
        typed, by = self._label.value(), self._session.by
        problem = self._percent.text_problem() if self._key == WEIGHTS else None
        if problem:
            self._say(problem, "overdue")
            self._percent.setFocus()
            return
        added = self._attempt(lambda: processes.add_label(self._key, typed, by, percent))
        if added is not None:
            self._reload(added.key, 0)
            self._label.clear()
            if self._key == WEIGHTS:
                self._percent.set_value(None)
            self._session.say_done(_("“{label}” is in the list.").format(label=added.description or added.value))
        (self._percent if added is None and typed and self._key == WEIGHTS and percent is None
         else self._label).setFocus()  # fmt: skip

    def _remove(self) -> None:
        entry = self._grid.current()
        if entry is None or self._refused:
            return
        place = self._cells.rows.index(entry)
        said = self._attempt(lambda: lookups.remove(entry.number, self._session.by))
        if said is not None:
            self._session.say_done(said)
            self._reload()
            if self._cells.rows:
                self._grid.go_to(self._cells.rows[min(place, len(self._cells.rows) - 1)].key)


class DefinitionPart(CrmPart):
    """The processes with their switches above, the two lists below."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__("definition", chosen.session, parent)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        page = Column(0, self)
        page.lines.setContentsMargins(24, 14, 24, theme.px(FOR_NOTICES, self))
        whole.addWidget(scrolling(page))
        lines = page.lines
        lines.addWidget(self.refused)
        lines.addWidget(self.said)
        lines.addWidget(Remark(_(ABOUT), page))
        self.fixed = Fixed(self.session, page)
        lines.addWidget(self.fixed)
        lines.addSpacing(12)
        across = QHBoxLayout()
        across.setSpacing(32)
        lines.addLayout(across, 1)
        self.subjects = Labels("subjects", SUBJECTS, self.session, page)
        self.weights = Labels("weights", WEIGHTS, self.session, page)
        for text, part in ((_("Subjects"), self.subjects), (_("Weights"), self.weights)):
            column = QVBoxLayout()
            column.setSpacing(8)
            column.addWidget(self.heading(text, page))
            column.addWidget(part, 1)
            across.addLayout(column, 1)

    def show_all(self) -> None:
        """Everything as the office has it now."""
        refused = self.why_not()
        self.fixed.show_all(refused)
        self.subjects.show_all(refused)
        self.weights.show_all(refused)
