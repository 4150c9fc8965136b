"""A grid of what belongs to the record that is open: prices, vendors, contacts, typed in place (VT-142)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import N_, _, one
from channergy_crm.services import saving
from ui.forms.new_record_dialog import NewRecordDialog
from ui.lists.empty_word import Way
from ui.lists.grid_bar import GridBar, a_row
from ui.pages.list_for import cell_writer, list_for
from ui.pages.page import ListPage
from ui.screen import Command
from ui.session.allowed import refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.work.record import Record
    from ui.screen import Screen
    from ui.session.session import Session


NOTHING_OPEN = N_("Nothing is open. Choose a row in the list on the left, or make the first one there.")


class PartsGrid(ListPage):
    """The rows that point at the open record by one of their links; ＋ asks for a new one, Del removes."""

    def __init__(
        self, session: Session, screen: Screen, link: str, parent: QWidget, *, more: Sequence[Command] = (),
        only_read: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(session, parent)
        self.link, self.whole, self.only_read, self._empty = link, None, only_read, screen.empty
        self._link: Any = screen.record._meta.fields[link]
        self.table = list_for(screen, session, self.condition, self, read_only=only_read)
        if not only_read:
            self.table.write_with(cell_writer(screen.record, saving.save, session))
            label = _("Add {record}").format(record=one(screen.record))
            self.table.offer_ways(Way(label, self.add, "add", self.why_none))
            self.table.grid.removed.connect(self.delete)
        self.table.opened.connect(lambda _key: self._open_cell())
        self.bar = GridBar(screen.name, self.table, [*self._commands(), *more], self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.bar)

    whole: Record | None

    def _commands(self) -> list[Command]:
        if self.only_read:
            return []
        return [
            Command("create", N_("Add…"), lambda _bar: self.add(), "add", "Ctrl+N", lambda _bar: self.why_none()),
            Command("delete", N_("Delete"), lambda _bar: self.delete(), "remove", "", a_row, "danger"),
        ]

    def condition(self) -> Any:
        """What belongs to the record that is open."""
        number = self.whole.key if self.whole is not None else None
        return self._link == (number if number is not None else -1)

    def show_of(self, whole: Record | None) -> None:
        """Show what belongs to this one."""
        before = self.whole.key if self.whole is not None else None
        self.whole = whole
        if before != (whole.key if whole is not None else None):
            self.table.set_stale()
        self.table.say_when_empty(self._empty if whole is not None and not whole.is_new else _(NOTHING_OPEN))
        self.table.look_at_ways()
        self.bar.commands.refresh()
        if self.isVisible() and self.table.is_stale:
            self.table.refresh()

    def why_none(self) -> str | None:
        """Nothing is added to what is not there yet."""
        if self.whole is None or self.whole.is_new:
            return _("Save the record first; the rest is added to it then.")
        return refused(self.session, "edit_cell", self.whole) or None

    def add(self) -> None:
        """Ask for a new row of the open record."""
        if (why_not := self.why_none()) or self.whole is None:
            self.session.notices.warn(why_not or "")
            return
        record, whole, by = self.table.record, self.whole.key, self.session.by

        def start() -> Record:
            held = saving.start(record, by)
            setattr(held, self.link, whole)
            return held

        dialog = NewRecordDialog(record, "", self.session, self, start)
        if dialog.exec():
            self.table.refresh_now()
            self.table.go_to(dialog.key)
        self.table.grid.setFocus()

    def delete(self) -> None:
        """Delete the marked rows; undo brings them back."""
        found = [self.found(self.table.record, key) for key in self.table.marked()]
        held = [record for record in found if record is not None]
        if held and (what := self.session.attempt(partial(saving.delete_all, held, self.session.by))):
            self.session.say_done(_("Deleted {records}.").format(records=what))

    def _open_cell(self) -> None:
        index = self.table.grid.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.table.grid.edit(index)
