"""The Alt keys of people who come from vtiger, as an option of the workstation (VT-31…VT-37, K9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QObject
from PySide6.QtGui import QAction, QKeySequence

from channergy_crm.language import N_, _
from channergy_crm.settings import ALT_KEYS, BRIDGE, HOTKEY, Station
from ui.screen import Command

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.forms.record_panel import RecordPanel
    from ui.lists.table import RecordTable
    from ui.shell.window import MainWindow

DIALERS_KEY, INSTEAD = "Alt+C", "Alt+Shift+C"


class KeyMap(QObject):
    """Works while the workstation has chosen it. Alt+C stays with the dialer where the dialer listens to it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions: list[QAction] = []
        self.apply()

    def apply(self) -> None:
        """Take the keys up or give them up, as the workstation has chosen by now."""
        for action in self._actions:
            self._window.removeAction(action)
            action.deleteLater()
        self._actions = []
        for command in keys(self._window.session.station):
            action = QAction(command.label, self._window)
            action.setObjectName(f"keys.{command.name}")
            action.setShortcut(QKeySequence(command.key))
            action.triggered.connect(lambda _=False, run=command.run: run(self._window))
            self._window.addAction(action)
            self._actions.append(action)


def keys(station: Station) -> list[Command]:
    """The keys in use; each runs with the window."""
    if not station.get(ALT_KEYS):
        return []
    dialer = station.get(BRIDGE) == "clipboard_hotkey" and station.get(HOTKEY).lower() == DIALERS_KEY.lower()
    return [
        Command("edit", N_("Edit the record"), edit, key="Alt+E"),
        Command("save", N_("Save the record"), save, key="Alt+S"),
        Command("search", N_("Search everywhere"), search, key="Alt+Q"),
        Command("empty", N_("Empty the filter"), empty, key=INSTEAD if dialer else DIALERS_KEY),
        Command("select", N_("Select the row, or no longer"), select, key="Alt+G"),
        Command("delete", N_("Delete the row"), delete, key="Alt+D"),
        Command("copy", N_("Copy the record into a new one"), duplicate, key="Alt+U"),
    ]


def edit(window: MainWindow) -> None:
    """To the first field of the record, or into the cell of a list that is edited in place."""
    panel = _panel(window)
    table = list_at_hand(window)
    if panel is not None and panel.record is not None:
        panel.form.focus_first()
    elif table is not None:
        table.grid.setFocus()
        table.grid.edit(table.grid.currentIndex())


def save(window: MainWindow) -> None:
    """Save Changes of the record that is shown."""
    if (panel := _panel(window)) is not None:
        panel.save_changes()


def search(window: MainWindow) -> None:
    """Into the search box of the header."""
    window.header.search.setFocus()


def empty(window: MainWindow) -> None:
    """All rows again: the filter is emptied."""
    if (table := list_at_hand(window)) is not None:
        table.search.clear()


def select(window: MainWindow) -> None:
    """Mark the row one is on, or take its mark away; the other marks stay, and one of them is come to."""
    table = list_at_hand(window)
    if table is not None and table.grid.currentIndex().isValid():
        flags = QItemSelectionModel.SelectionFlag
        table.grid.selectionModel().select(table.grid.currentIndex(), flags.Toggle | flags.Rows)
        table.grid.come_to_a_mark()


def delete(window: MainWindow) -> None:
    """What Del does in that list."""
    if (table := list_at_hand(window)) is not None:
        table.grid.removed.emit()


def duplicate(window: MainWindow) -> None:
    """A new record with the same values, not saved yet."""
    from ui.screens import actions

    panel = _panel(window)
    if panel is None or not actions.duplicate(panel):
        window.notices.warn(_("Open the lead or the opportunity that is to be copied."))


def list_at_hand(window: MainWindow) -> RecordTable | None:
    """The list somebody is in, otherwise the one the page is about."""
    near = [table for table in window.tables_shown() if table.isAncestorOf(window.focusWidget() or window)]
    return near[0] if near else window.main_table()


def panel_at_hand(window: MainWindow) -> RecordPanel | None:
    """The record somebody is in with the keyboard, or None."""
    from ui.forms.record_panel import RecordPanel

    here: QWidget | None = window.focusWidget()
    while here is not None and not isinstance(here, RecordPanel):
        here = here.parentWidget()
    return here if here is not None and here.record is not None else None


def _panel(window: MainWindow) -> RecordPanel | None:
    """The record somebody is in, otherwise the one that is shown."""
    from ui.forms.record_panel import RecordPanel

    page: QWidget = window.tabs.currentWidget()
    shown = [panel for panel in page.findChildren(RecordPanel) if panel.isVisible()]
    near = [panel for panel in shown if panel.isAncestorOf(window.focusWidget() or window)]
    return next(iter([*near, *shown]), None)
