"""The rows of the list of rules: Active, Being written and Off, each with its count, and under it the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from channergy_crm.language import N_, _, ngettext
from channergy_crm.records.events import EventState
from channergy_crm.services.events import writing
from channergy_crm.text.folding import fold
from ui.lists.parts import Head
from ui.look.plain import as_tip
from ui.look.wording import day_in_words
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtCore import QObject

    from channergy_crm.records.events import Event
    from channergy_crm.services.events.counts import Standing

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
HEADS = (
    (EventState.ACTIVE, N_("Active"), "done", "check"),
    (EventState.WRITTEN, N_("Being written"), "", ""),
    (EventState.OFF, N_("Off"), "", ""),
)
"""state, title, colour by meaning, drawing; in the order of the list"""


class Line(NamedTuple):
    """A rule as the list says it: in two lines, at their ends how many follow-ups are open and late."""

    number: int
    name: str
    sentence: str
    aside: str
    below: str
    late: bool = False
    off: bool = False

    def said(self) -> str:
        """All of it, for a screen reader and the clipboard."""
        return ", ".join(part for part in (self.name, self.sentence, self.aside, self.below) if part)


class Row(NamedTuple):
    """One row: a rule, or the head of a section with how many stand below it."""

    head: Head | None = None
    count: int = 0
    folded: bool = False
    entry: Line | None = None


def open_said(count: int) -> str:
    """How many follow-ups are open."""
    return ngettext("{count:,} open", "{count:,} open", count).format(count=count)


def late_said(count: int) -> str:
    """How many of them are late."""
    return ngettext("{count:,} late", "{count:,} late", count).format(count=count) if count else _("none late")


def line_of(event: Event, standing: Standing | None, now: int | None) -> Line:
    """How the list says a rule; `now` is what it would make, where somebody has counted."""
    held, late = (standing.open, standing.late) if standing is not None else (0, 0)
    aside, below = open_said(held), late_said(late)
    name, said = event.name or _("(new)"), writing.sentence(event) if event.trigger else ""
    if event.state == EventState.ACTIVE:
        return Line(event.number or 0, name, said, aside, below, late=bool(late))
    if event.state == EventState.OFF:
        since = _("off since {day}").format(day=day_in_words(event.changed_on.date(), inside=True))
        off = since if event.changed_on is not None else _("never active")
        return Line(event.number or 0, name, said, aside, off if not late else below, bool(late), off=True)
    aside = "" if now is None else ngettext("{count:,} now", "{count:,} now", now).format(count=now)
    return Line(event.number or 0, name, said, aside, _("not saved yet") if event.is_new else _("not active"))


class Rows(QAbstractListModel):
    """The rules in sections; a section without any is not there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, lines: Sequence[tuple[str, Line]], folded: Collection[str], words: str = "") -> None:
        """Show those of these (state, line) pairs in which all the words stand."""
        wanted = fold(words).split()
        found = [(state, line) for state, line in lines if all(word in fold(line.said()) for word in wanted)]
        self.beginResetModel()
        self.rows = []
        for state, title, ink, drawing in HEADS:
            below = [Row(entry=line) for at, line in found if at == state]
            shut = str(state) in folded and not wanted
            if below:
                self.rows.append(Row(Head(str(state), _(title), ink, drawing), len(below), shut))
                self.rows += [] if shut else below
        self.endResetModel()

    def row_of(self, number: int) -> int:
        """Where the rule with this number stands; -1 where it does not."""
        return next((at for at, row in enumerate(self.rows) if row.entry and row.entry.number == number), -1)

    def first(self) -> int:
        """Where the first rule stands; -1 without any."""
        return next((at for at, row in enumerate(self.rows) if row.entry is not None), -1)

    def head_over(self, at: int) -> Head | None:
        """The head of the section a row belongs to."""
        return next((row.head for row in reversed(self.rows[: at + 1]) if row.head is not None), None)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        rule = index.isValid() and self.rows[index.row()].entry is not None
        return CHOOSABLE if rule else Qt.ItemFlag.NoItemFlags

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (ROLE.DisplayRole, ROLE.AccessibleTextRole):
            return row.entry.said() if row.entry is not None else row.head.title if row.head is not None else ""
        if role == ROLE.ToolTipRole and row.entry is not None:
            return as_tip(f"{row.entry.name}\n{row.entry.sentence}".strip())
        return None
