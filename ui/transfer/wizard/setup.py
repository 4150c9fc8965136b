"""What was said so far about a file to import, and what every step of the wizard is like."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from channergy_crm.transfer.importing.first_look import Look, Manner
from ui.look.theme import strong
from ui.widgets.dialog import Plain, W, named
from ui.widgets.editable_grid import ROW_HEIGHT, CellDelegate
from ui.widgets.views import calm

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.transfer.importing.checking import Checked
    from channergy_crm.transfer.importing.outcome import Outcome
    from channergy_crm.transfer.importing.plan import Plan
    from channergy_crm.work.record import Record

LABELS = 180


@dataclass
class Setup:
    """Each step reads it and adds to it, so that going back loses nothing."""

    record: type[Record]
    by: str
    path: Path | None = None
    project: str = ""
    """the name of the project somebody works in: what they bring belongs to it"""
    manner: Manner = field(default_factory=Manner)
    look: Look | None = None
    plan: Plan | None = None
    asked: dict[int, Any] = field(default_factory=dict)
    """the columns that read in two ways: by place, an example"""
    keep_as: str | None = None
    """the preset to save before the run; None: nobody has said anything yet"""
    checked: Checked | None = None
    outcome: Outcome | None = None

    @property
    def ready(self) -> Plan:
        """The plan; there is one on every step but the first."""
        assert self.plan is not None  # noqa: S101  Next is off until a file was understood
        return self.plan

    def belonging(self, plan: Plan) -> Plan:
        """The plan with that project, unless the file itself says where its records belong (SI-8)."""
        told = "project" not in plan.record.kinds() or {"project"} & {*plan.columns.values(), *plan.defaults}
        return plan.filled({"project": self.project}) if self.project and not told else plan


class Step(Protocol):
    """One step: its name, what to do in a sentence, and what the button that leads on says."""

    title: str
    says: str
    verb: str

    @property
    def changed(self) -> SignalInstance:
        """Something was said; perhaps one can go on now."""

    def show_setup(self, setup: Setup) -> None:
        """Show what was said so far."""

    def why_not(self) -> str:
        """Why one cannot go on; '' when one can."""

    def first(self) -> QWidget:
        """What the keyboard goes to."""


class Sheet(QTableView):
    """Rows and columns to read, or to type into where the model lets one; Enter and F2 open a cell, Tab leaves."""

    def __init__(self, name: str, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, name, said)
        self.setItemDelegate(CellDelegate(name, self))
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        calm(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def keyPressEvent(self, event: Any) -> None:
        """Enter opens the cell."""
        editing = self.state() == QAbstractItemView.State.EditingState
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if enter and not editing and self.currentIndex().isValid():
            if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def settle(self) -> None:
        """Take over what stands in an open cell."""
        if self.state() == QAbstractItemView.State.EditingState:
            self.setFocus()


def lay_out(page: QWidget, sheet: Sheet, about: QWidget, *deeds: QWidget) -> None:
    """A sheet, and below it what is said about it and what can be done with it."""
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(about, 1)
    for deed in deeds:
        line.addWidget(deed)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(8)
    column.addWidget(sheet, 1)
    column.addLayout(line)


class Rows(QGridLayout):
    """Labels left in one width, what they are about right of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(12)
        self.setVerticalSpacing(8)
        self.setColumnMinimumWidth(0, LABELS)
        self.setColumnStretch(1, 1)

    def add(self, label: str, widget: W) -> W:
        """One more row; a row whose widget is hidden by `show_row` takes no room."""
        place = self.rowCount()
        words = Plain(label, widget.parentWidget())
        words.setBuddy(widget)
        self.addWidget(words, place, 0)
        self.addWidget(widget, place, 1)
        return widget

    def show_row(self, widget: QWidget, on: bool, label: str = "") -> None:
        """Show or hide a row, perhaps under another label."""
        place = self.indexOf(widget)
        row: Any = self.getItemPosition(place)
        item = self.itemAtPosition(row[0], 0)
        words = item.widget() if item is not None else None
        if isinstance(words, Plain):
            words.setVisible(on)
            words.setText(label or words.text())
        widget.setVisible(on)


def heading(text: str, parent: QWidget) -> Plain:
    """A line over a part of a step."""
    words = Plain(text, parent)
    words.setFont(strong(words.font()))
    return words
