"""What the window knows of a page, and what pages that are about a list have in common."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from channergy_crm.language import _, counted
from channergy_crm.services import reading
from channergy_crm.work.record import Record
from ui.lists.table import RecordTable
from ui.session.within import project_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.forms.record_panel import RecordPanel
    from ui.session.session import Session

R = TypeVar("R", bound=Record)


class Page(Protocol):
    """What stands behind a tab: a list and its record, or a board, a calendar, a call."""

    @property
    def widget(self) -> QWidget:
        """What is put into the window."""

    def first_look(self, *, whole: bool) -> None:
        """Fill it before the window is painted; if not `whole`, `activate` reads the rest."""

    def activate(self) -> None:
        """Somebody looks at this page."""

    def leave(self) -> bool:
        """Whether the page may be left: what was typed is settled."""

    def take_focus(self) -> None:
        """The keys go here now."""

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page: to a record, or to a new one."""

    def tick(self) -> None:
        """A minute has gone by."""

    def standing(self) -> str:
        """What is shown, in a few words for the status line; "" when there is nothing to say."""

    def lists(self) -> Sequence[RecordTable]:
        """Its lists, seen or not; none on a page without lists."""

    def main_list(self) -> RecordTable | None:
        """The list it is about, if it is about one."""

    def panels(self) -> Sequence[RecordPanel]:
        """Where something may be typed that is not saved yet."""

    def take_up(self, panel: RecordPanel, key: object, values: dict[str, object]) -> None:
        """Go on with what was typed there before."""


def come_back(table: RecordTable, key: object) -> None:
    """This record may not be left: the list stands on it, or nowhere while it is none of those that are listed."""
    if table.model.number_of(key) < 0:
        table.go_nowhere()
    else:
        table.go_to(key)


def can_hear(widget: QWidget) -> bool:
    """Whether somebody who types there sees it: it stands on the screen, not folded away, and is not switched off."""
    reached = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return reached and widget.isVisible() and widget.isEnabled()


class PlainPage(QWidget):
    """A page without a list of records and without anything typed that could be left over: a board, figures."""

    @property
    def widget(self) -> QWidget:
        """What is put into the window."""
        return self

    def first_look(self, *, whole: bool) -> None:
        """It is read when somebody looks."""

    def activate(self) -> None:
        """Somebody looks at this page."""

    def leave(self) -> bool:
        """Nothing is typed here."""
        return True

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page."""
        self.activate()

    def tick(self) -> None:
        """A minute has gone by."""

    def parts(self) -> Sequence[QWidget]:
        """What F6 goes round, in reading order."""
        return []

    def refresh(self) -> None:
        """Read what is shown anew (F5)."""

    def filter_line(self) -> QLineEdit | None:
        """Where what is shown is filtered (Ctrl+F)."""
        return None

    def lists(self) -> Sequence[RecordTable]:
        """No lists of records."""
        return []

    def main_list(self) -> RecordTable | None:
        """No list."""
        return None

    def panels(self) -> Sequence[RecordPanel]:
        """No record."""
        return []

    def take_up(self, panel: RecordPanel, key: object, values: dict[str, object]) -> None:
        """Nothing is typed here that could be left over."""

    def tell_window(self) -> None:
        """What is shown is something else now: the status line says so."""
        window: Any = self.window()
        if hasattr(window, "tell_status") and self.isVisible():
            window.tell_status()


class ListPage(QWidget):
    """A page about a list: `table` is the one it is about."""

    table: RecordTable

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session

    @property
    def widget(self) -> QWidget:
        """What is put into the window."""
        return self

    def first_look(self, *, whole: bool) -> None:
        """Fill the list before the window is painted; if not `whole`, `activate` reads the rest."""
        if whole:
            self.table.refresh_now()
        else:
            self.table.show_beginning()

    def activate(self) -> None:
        """Somebody looks at this page."""
        if self.table.is_stale:
            self.table.refresh()

    def leave(self) -> bool:
        """Whether the page may be left: what stands in an open cell is settled."""
        return all(table.finish_editing() for table in self.lists())

    def take_focus(self) -> None:
        """The keys go to the list now."""
        if not self.isVisible():  # the list has them as soon as the page is seen
            self.table.grid.setFocus()
            return
        for part in (self.table.grid, self.table.search, *self.findChildren(QWidget)):
            if can_hear(part):
                part.setFocus()
                return

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page, to one record."""
        self.table.go_to(key)

    def tick(self) -> None:
        """A minute has gone by: what is late now, and what the clock shows elsewhere."""
        for table in self.lists():
            table.minute_passed()

    def standing(self) -> str:
        """How many records are shown, how many of them are marked (F-60), whose they are, and through which view."""
        records = counted(self.table.record, self.table.model.parts.records)
        filtered = bool(self.table.search.text().strip())
        said = _("{records} match the filter").format(records=records) if filtered else str(records)
        if marks := self.table.marks:
            said = _("{records} · {count:,} marked").format(records=said, count=marks)
        owned = self.table.record.owner_kind() is not None
        whose = _("mine") if self.session.shown == self.session.by else self.session.shown
        return " · ".join(
            part for part in (said, whose if owned else "", project_name(self.session), self.table.view) if part
        )

    def lists(self) -> Sequence[RecordTable]:
        """Its lists, seen or not."""
        return self.findChildren(RecordTable)

    def main_list(self) -> RecordTable:
        """The list the page is about."""
        return self.table

    def panels(self) -> Sequence[RecordPanel]:
        """Nothing is typed here but into cells."""
        return []

    def take_up(self, panel: RecordPanel, key: object, values: dict[str, object]) -> None:
        """Go on with what was typed there before."""
        panel.take_up(key, values)

    def found(self, record: type[R], key: object) -> R | None:
        """The record with this number, or None; when it may not be seen, that is said."""
        return self.session.attempt(partial(reading.find, record, key, self.session.by))
