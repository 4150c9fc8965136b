"""The cells of a list as Qt's views ask for them: what they say, and what is written into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from channergy_crm.errors import CRMError
from channergy_crm.query.listing import Row, label
from ui.lists.listed_rows import AnyIndex, ListedRows
from ui.lists.row_words import NO_SIGN, Sign, Signing, TwoLines
from ui.look.plain import as_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from channergy_crm.work.record import Record

REMINDER = ("reminder_date", "reminder_time", "next_reminder")
READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
WRITTEN, TICKED = READ | Qt.ItemFlag.ItemIsEditable, READ | Qt.ItemFlag.ItemIsUserCheckable
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class WithMore(NamedTuple):
    """The new value of a cell, and what goes with it into other fields of the record: a day and its time."""

    value: object
    more: Mapping[str, object]


Write = Callable[[object, str, object, object], None]
"""number of the record, field, the value on the screen, the new value, perhaps `WithMore`"""


class RecordModel(ListedRows):
    """A list of records. `write` saves one cell; without it the list is read only."""

    refused = Signal(str)

    def __init__(self, record: type[Record], columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(record, columns, parent)
        self.write: Write | None = None
        self._ticking = True
        self.locked = False
        """whoever looks may change none of these"""
        self.sign: Signing | None = None
        self.ink: Callable[[str], QColor] | None = None
        self._find_sources()

    def _find_sources(self) -> None:
        """What stands in each column, and what can be said of every one of its cells."""
        super()._find_sources()
        self._sources = self.words.sources
        self._sides = [RIGHT if right else LEFT for right in self.words.right]
        self._flags = [self._flags_of(source) for source in self._sources]
        signed = [place for place, name in enumerate(self.columns) if name in REMINDER]
        self.signed = signed[0] if signed else -1
        """the column before which the sign of a reminder stands"""
        self.marks = {place: each.mark for place, each in enumerate(self._sources) if getattr(each, "mark", None)}
        """of columns that have a drawing of their own before their words: which one"""
        self._backs = {place: each.stands_back for place, each in enumerate(self._sources)
                       if getattr(each, "stands_back", None)}  # fmt: skip

    def say_in_two_lines(self, two_lines: TwoLines) -> None:
        """Read also what two lines say."""
        self.two_lines = two_lines
        self._find_sources()

    def _flags_of(self, source: Any) -> Qt.ItemFlag:
        if self.write is None or getattr(source, "system", True):
            return READ
        if source.edited_by == "tick":
            return TICKED if self._ticking else READ
        return WRITTEN

    def write_with(self, write: Write, *, ticking: bool = True) -> None:
        """Let cells be written in place; `write` saves one. Without `ticking` a click never changes a yes or no."""
        self.write, self._ticking = write, ticking
        self._find_sources()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return label(self.record, self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._sides[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: PLR0911
        if role not in _ROLES:
            return None
        row = self.row(index.row())
        if row is None:
            return None
        column = index.column()
        value = row.values[column]
        if role == Qt.ItemDataRole.DisplayRole:
            before = self.sign_of(row, column).before if self.columns[column] != "reminder_time" else ""
            return before + self.words.text(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return value
        if role == Qt.ItemDataRole.CheckStateRole:
            return (CHECKED if value else UNCHECKED) if self._flags[column] is TICKED else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._sides[column]
        if role == Qt.ItemDataRole.ForegroundRole:
            ink = self.sign_of(row, column).ink or self.ink_of(row)
            return self.ink(ink) if ink and self.ink else None
        return as_tip(self.words.full(row, column)) or None

    def is_ticked(self, column: int) -> bool:
        """Whether a column is a box to check."""
        return self._flags[column] is TICKED

    def sign_of(self, row: Row, column: int) -> Sign:
        """What stands before a cell: how its reminder stands."""
        if self.sign is None or self.columns[column] not in REMINDER:
            return NO_SIGN
        return self.sign(self.words.values(row))

    def ink_of(self, row: Row) -> str:
        """The colour of a whole row by its meaning: one that does not hold now stands back."""
        if row.ink or not self._backs:
            return row.ink
        return "muted" if any(back(row.values[place]) for place, back in self._backs.items()) else ""

    def drawn_before(self, row: Row, column: int) -> Sign:
        """What is drawn before a cell: the sign of its reminder, or what its column has of its own."""
        if column == self.signed:
            return self.sign_of(row, column)
        mark = self.marks.get(column)
        return Sign(drawing=mark(row.values[column])) if mark is not None else NO_SIGN

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if self.parts.place(index.row()) < 0:
            return Qt.ItemFlag.NoItemFlags
        return READ if self.locked else self._flags[index.column()]

    def editable(self, column: int) -> bool:
        """Whether a column can be written in place."""
        return not self.locked and self._flags[column] is not READ

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index.row())
        if row is None or self.write is None or role not in (Qt.ItemDataRole.EditRole, Qt.ItemDataRole.CheckStateRole):
            return False
        column = index.column()
        if role == Qt.ItemDataRole.CheckStateRole:
            value = Qt.CheckState(value) == CHECKED
        new = {self.columns[column]: value.value, **value.more} if isinstance(value, WithMore) else {}
        if value == row.values[column]:
            return False
        try:
            self.write(row.key, self.columns[column], row.values[column], value)
        except CRMError as error:
            self.refused.emit(error.message)
            return False
        new = new or {self.columns[column]: value}
        values = tuple(new.get(name, held) for name, held in zip(self.words.places, row.values, strict=True))
        self._put(index.row(), row._replace(values=values))
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(self.columns) - 1))
        return True

    def put(self, key: object, name: str, value: object) -> None:
        """Write one cell of the record with this number, wherever it stands now."""
        place = self.number_of(key)
        if place >= 0 and name in self.columns:
            self.setData(self.index(place, self.columns.index(name)), value)

    def kind(self, column: int) -> Any:
        """What stands in a column: a field's kind or an extra."""
        return self._sources[column]


_ROLES = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.CheckStateRole,
    )
)  # fmt: skip
