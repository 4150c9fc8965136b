"""The lines of the form of a rule: in three groups what happens, for whom, and what then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from ui.look import theme
from ui.look.plain import Label
from ui.widgets.dialog import Remark
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout

LABELS, TOP, GAP = 120, 6, 12
"""pixels: the words before the fields, and what puts them on one line with what stands in a field"""
NARROW = 120


class Cell(NamedTuple):
    """A field of a line: its python name, how wide it is, and the words beside it. 0 is the rest of the line, 1 is what
    it needs.
    """

    field: str
    wide: int = 0
    before: str = ""
    after: str = ""


class Spec(NamedTuple):
    """A line of the form: the words before it, its fields."""

    label: str
    cells: Sequence[Cell]


class Group(NamedTuple):
    """A group of lines: its head, and what is said small beside it."""

    title: str
    about: str
    lines: Sequence[Spec]


GROUPS = (
    Group("", "", (
        Spec(N_("Name"), [Cell("name", 270), Cell("type", 180, N_("for"))]),
    )),
    Group(N_("What happens"), N_("looked for every few minutes and at the start"), (
        Spec(N_("When"), [Cell("table", 170), Cell("trigger", 250)]),
        Spec("", [Cell("field", 200), Cell("value", 190), Cell("amount", 92), Cell("unit", 130), Cell("yearly", 1)]),
        Spec(N_("Only for"), [Cell("filter_text")]),
        Spec("", [Cell("existing")]),
    )),
    Group(N_("For whom"), N_("who gets the follow-up"), (
        Spec(N_("It goes to"), [Cell("goes_to", 236), Cell("receiver", 190), Cell("otherwise", 190, N_("else"))]),
        Spec(N_("At most"), [Cell("most_a_day", 92, "", N_("a day and person; the rest waits"))]),
    )),
    Group(N_("Then"), N_("what is made"), (
        Spec(N_("Task"), [Cell("action")]),
        Spec(N_("Notes"), [Cell("notes")]),
        Spec(N_("Due"), [Cell("due_after", 92), Cell("due_working", 170), Cell("due_time", 100, N_("at"))]),
        Spec(N_("Holidays of"), [Cell("country", 170)]),
        Spec(N_("Priority"), [Cell("priority", 200)]),
        Spec(N_("Ended by"), [Cell("ends_by", 250)]),
        Spec(N_("When done"), [Cell("done_field", 200, N_("set")), Cell("done_value", 190, N_("to"))]),
    )),
)  # fmt: skip


class Built(NamedTuple):
    """A line as it stands in the form."""

    widget: QWidget
    label: Label
    under: QVBoxLayout
    parts: dict[str, Sequence[QWidget]]
    """by field: the editor and the words around it"""


def build(spec: Spec, editors: dict[str, Any], wrong: dict[str, Remark], parent: QWidget) -> Built:
    """A line with these editors; what is wrong with one stands under it."""
    line = QWidget(parent)
    grid = QGridLayout(line)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(0)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    label = Label(_(spec.label) if spec.label else "", line)
    label.muted()
    label.setFixedWidth(label_width(line))
    label.setContentsMargins(0, TOP, 8, 0)
    label.setBuddy(editors[spec.cells[0].field])
    grid.addWidget(label, 0, 0, Qt.AlignmentFlag.AlignTop)
    parts: dict[str, Sequence[QWidget]] = {}
    under = QVBoxLayout()
    under.setSpacing(2)
    grid.addWidget(_beside_each_other(spec, editors, parts, line), 0, 1)
    grid.addLayout(under, 1, 1)
    for cell in spec.cells:
        remark = wrong[cell.field] = Remark("", line, ink="overdue")
        remark.setObjectName(f"events.{cell.field}.wrong")
        remark.say("")
        under.addWidget(remark)
    return Built(line, label, under, parts)


def _beside_each_other(
    spec: Spec, editors: dict[str, Any], parts: dict[str, Sequence[QWidget]], parent: QWidget
) -> QWidget:  # fmt: skip
    room = QWidget(parent)
    whole = all(not cell.wide for cell in spec.cells)
    layout: QLayout = QHBoxLayout(room) if whole else WrappingRow(room, NARROW)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for cell in spec.cells:
        editor = editors[cell.field]
        if cell.wide > 1:
            editor.setFixedWidth(theme.px(cell.wide, parent))
        part = _with_words(cell, editor, room) if cell.before or cell.after else editor
        layout.addWidget(part)
        parts[cell.field] = [part, editor]
    return room


def _with_words(cell: Cell, editor: QWidget, parent: QWidget) -> QWidget:
    """The words stay with their field where a line goes on below."""
    part = QWidget(parent)
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    if cell.before:
        row.addWidget(_words(_(cell.before), part))
    row.addWidget(editor)
    if cell.after:
        row.addWidget(_words(_(cell.after), part))
    return part


def _words(said: str, parent: QWidget) -> Label:
    label = Label(said, parent)
    label.muted()
    return label


def heading(group: Group, parent: QWidget) -> QWidget:
    """The head of a group: bold, and beside it small what it is about."""
    room = QWidget(parent)
    row = QHBoxLayout(room)
    row.setContentsMargins(0, 0, 0, 2)
    row.setSpacing(0)
    title = Label(_(group.title), room)
    title.setFont(theme.section(room.font()))
    title.setMinimumWidth(label_width(room))
    title.setContentsMargins(0, 0, 12, 0)
    about = Label(_(group.about), room)
    about.setFont(theme.small(room.font()))
    about.muted()
    row.addWidget(title)
    row.addWidget(about, 1)
    return room


def label_width(widget: QWidget) -> int:
    """How wide the words before the fields are, in whatever language."""
    metrics = widget.fontMetrics()
    said = [_(spec.label) for group in GROUPS for spec in group.lines if spec.label]
    return max(theme.px(LABELS, widget), *(metrics.horizontalAdvance(each) + GAP for each in said))


def every_cell() -> list[Cell]:
    """All fields in reading order."""
    return [cell for group in GROUPS for spec in group.lines for cell in spec.cells]
