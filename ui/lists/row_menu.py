"""The menu of a row: what can be done with it, at most ten entries in four groups; and the menu of the whole list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu

from channergy_crm.language import N_, _, counted
from ui.lists.submenus import Submenu, offer_entry
from ui.look.icons import icon
from ui.look.plain import as_tip, unmarked
from ui.widgets.command_bar import WHY_NOT
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from ui.lists.arranged_list import ArrangedList

GROUPS = (
    ("open", "open_in_account", "go_to", "dial", "send_email", "send_sms", "send_mail", "letters"),
    ("set_reminder", "set_field", "reassign", "lists"),
    ("more_information", "history", "documents", "person", "out", "merge"),
    ("restore", "restore_marked", "close", "close_and_go_on", "remove", "delete"),
)
"""the verbs of a row; everything else a list can do stands in its own menu and in Ctrl+K"""
FOR_ONE = {"open", "open_in_account", "go_to", "dial", "send_email", "more_information", "history", "documents",
           "person", "restore"}  # fmt: skip
MOST_ENTRIES, SPARED, OF_RECORD = 10, "merge", "person"
"""so many entries are looked through at a glance; the one that is left out where there are more; and before it the one
that stands in the menu of the record anyway"""
CHANGES_NOTHING = {"open", "open_in_account", "go_to", "dial", "send_sms", "send_mail", "letters", "more_information",
                   "history", "documents", "person", "out"}  # fmt: skip
FOR_SEVERAL = {"restore_marked", "send_mail", "letters"}
LOOKED_FOR = {"dial"}
"""stands there, switched off, also when it cannot be done: whoever does not find it looks on"""
ENTER, DEL = Qt.Key.Key_Enter, Qt.Key.Key_Delete
KEYS = {"open": ENTER, "open_in_account": ENTER, "remove": DEL, "delete": DEL}
"""what the list itself understands; all other keys are those of the commands"""
OF_SEVERAL = {
    "set_reminder": N_("Set reminder of {records}"),
    "set_field": N_("Set a field of {records}…"),
    "reassign": N_("Assign {records} to"),
    "lists": N_("Lists of {records}"),
    "merge": N_("Merge {records}…"),
    "send_sms": N_("SMS to {records}…"),
    "send_mail": N_("E-mail to {records}…"),
    "letters": N_("Letters to {records}…"),
    "restore_marked": N_("Bring back {records}"),
    "close": N_("Close {records}"),
    "close_and_go_on": N_("Close {records}, next step…"),
    "close_reminders": N_("Close reminders of {records}"),
    "remove": N_("Remove {records}"),
    "delete": N_("Delete {records}"),
}
OF_THE_LIST = (("columns", "search_list"), ("import", "export", "print"), ("find_duplicates", "removed"))
"""the verbs of the whole list, part by part"""


def row_menu(table: ArrangedList) -> QMenu:
    """What can be done with the row somebody is on, or with all that are marked."""
    menu = Menu(table)
    menu.setObjectName(f"{table.name}.menu")
    fill_row_menu(table, menu)
    return menu


def fill_row_menu(table: ArrangedList, menu: QMenu, *, of_record: bool = False) -> None:
    """Put that into a menu, behind what stands in it; that of the open record has room for one verb more."""
    menu.setToolTipsVisible(True)
    count = table.grid.marked_count() if table.grid.several else 0
    groups = [
        {verb: entry for verb in group if _fits(table, verb, count) and (entry := _entry(table, menu, verb, count))}
        for group in GROUPS
    ]
    if sum(map(len, groups)) > MOST_ENTRIES:
        spare = "documents" if "documents" in groups[2] else "more_information"
        groups = [{verb: entry for verb, entry in held.items() if verb != spare} for held in groups]
    if not of_record and sum(map(len, groups)) > MOST_ENTRIES:
        groups = [{verb: entry for verb, entry in held.items() if verb != OF_RECORD} for held in groups]
    if "send_sms" in groups[0] and sum(map(len, groups)) > MOST_ENTRIES:  # of one row there is nothing to merge yet
        groups = [{verb: entry for verb, entry in held.items() if verb != SPARED} for held in groups]
    for held in groups:
        entries = list(held.values())
        if entries and menu.actions():
            menu.addSeparator()
        menu.addActions(entries)


def page_menu(table: ArrangedList) -> QMenu:
    """What can be done with the whole list: its columns, the ways in and out, its duplicates, its views."""
    menu = Menu(table)
    menu.setObjectName(f"{table.name}.page_menu")
    menu.aboutToShow.connect(partial(_fill_page_menu, table, menu))
    return menu


def _fill_page_menu(table: ArrangedList, menu: QMenu) -> None:
    menu.clear()
    views = table.findChild(QMenu, f"{table.name}.views_menu")
    if views is not None:
        views.setTitle(_("Views"))
        views.setIcon(icon("filter", menu))
        menu.addMenu(views)
    for part in OF_THE_LIST:
        held = [action for verb in part if (action := _command(table, verb)) is not None]
        if held and menu.actions():
            menu.addSeparator()
        menu.addActions(held)


def _fits(table: ArrangedList, verb: str, count: int) -> bool:
    """Whether that can be done with so many rows of that list."""
    if table.only_read and verb not in CHANGES_NOTHING:
        return False
    if verb == "merge" and count > 1:
        from channergy_crm.services.duplicates.proposal import MOST

        return count <= MOST
    return verb not in (FOR_ONE if count else FOR_SEVERAL)


def _entry(table: ArrangedList, menu: QMenu, verb: str, count: int) -> QAction | None:
    """One entry, wearing its key; None where it cannot be done."""
    command = _command(table, verb)
    if verb in _submenus(table):
        return _opening(table, menu, verb, count)
    if verb == "open":
        return _open(table, menu)
    if command is None or not command.isVisible() or not (command.isEnabled() or verb in LOOKED_FOR):
        return None
    entry = _named(table, menu, verb, command.icon(), _words(table, verb, command.text(), count))
    shortcuts = command.shortcuts()
    entry.setShortcut(QKeySequence(KEYS[verb]) if verb in KEYS else shortcuts[0] if shortcuts else QKeySequence())
    entry.setEnabled(command.isEnabled())
    if not command.isEnabled():
        entry.setToolTip(as_tip(str(command.property(WHY_NOT) or "")))
    entry.triggered.connect(command.trigger)
    return entry


def _open(table: ArrangedList, menu: QMenu) -> QAction | None:
    """Enter: the record, or the cell of a list one types into; a list that leads elsewhere has its own word for it."""
    if any(_command(table, verb) for verb in ("open_in_account", "go_to")):
        return None
    text, sign = (_("Edit the cell"), "edit") if table.is_typed_into else (_("Open"), "open")
    entry = _named(table, menu, "open", icon(sign, menu), text)
    entry.setShortcut(QKeySequence(KEYS["open"]))
    entry.triggered.connect(table.grid.opened)
    return entry


def _opening(table: ArrangedList, menu: QMenu, verb: str, count: int) -> QAction:
    """An entry that opens to the side."""
    submenu = _submenus(table)[verb]
    side = Menu(unmarked(_words(table, verb, submenu.title(), count)), menu)
    side.setObjectName(f"{menu.objectName()}.{verb}")
    side.setIcon(icon(submenu.sign, menu))

    def fill() -> None:
        side.clear()
        submenu.fill(side, table.marked() or [table.current()])

    side.aboutToShow.connect(fill)
    return side.menuAction()


def _submenus(table: ArrangedList) -> dict[str, Submenu]:
    out = Submenu(lambda: _("Copy, export, print"), "copy", lambda menu, _keys: _fill_out(table, menu))
    return {**table.submenus, "out": out}


def _fill_out(table: ArrangedList, menu: QMenu) -> None:
    """Onto the clipboard, into a file, onto paper."""
    rows = offer_entry(menu, _("Copy rows"), table.grid.copy, name="rows", sign="copy")
    rows.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    cell = offer_entry(menu, _("Copy cell"), table.grid.copy_cell, name="cell", sign="copy")
    cell.setShortcut(QKeySequence("Ctrl+Shift+C"))
    for verb in ("export", "print"):
        if (command := _command(table, verb)) is not None:
            offer_entry(menu, command.text(), command.trigger, name=verb, sign=verb)


def _named(table: ArrangedList, menu: QMenu, verb: str, sign: QIcon, text: str) -> QAction:
    entry = QAction(sign, text, menu)
    entry.setObjectName(f"{table.name}.menu.{verb}")
    return entry


def _words(table: ArrangedList, verb: str, of_one: str, count: int) -> str:
    """What the entry says; of several rows also how many."""
    if verb == "close" and "closed" not in table.record.kinds():
        verb = "close_reminders"
    if not count or verb not in OF_SEVERAL:
        return of_one
    return _(OF_SEVERAL[verb]).format(records=counted(table.called, count))


def _command(table: ArrangedList, verb: str) -> QAction | None:
    """The command of that name which the list offers, or that of the page it stands on."""
    return next((action for action in table.actions() if action.objectName().rpartition(".")[2] == verb), None)
