"""What the sheet of keys says, read from the commands themselves (Shift+F1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from channergy_crm.language import N_, _
from ui.forms.record_panel import RecordPanel
from ui.lists import grid
from ui.look.wording import key_name
from ui.pages.calendar import keys as in_calendar
from ui.pages.call import calling
from ui.search.box import SEARCH
from ui.shell.alt_keys import keys as alt_keys
from ui.shell.header import REDO, UNDO
from ui.shell.menu import EVERYWHERE, LIST, MENU, RECORD
from ui.transfer import wizard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.screen import Command
    from ui.shell.key_sheet import Row
    from ui.shell.menu import Menu
    from ui.shell.window import MainWindow

CALL, IMPORT, ALT_KEYS, CALENDAR = N_("In a call"), N_("Import"), N_("Alt keys"), N_("Calendar")
SECTIONS = (EVERYWHERE, RECORD, CALL, IMPORT, LIST, CALENDAR, ALT_KEYS)


def rows(menu: Menu) -> list[Row]:
    """Every key that works in this window, by where it works."""
    found = [
        *(_row(command) for command in (SEARCH, UNDO, REDO, *menu.commands) if command.key),
        *_of_pages(menu.window),
        *((CALL, _keys(key), _(what)) for key, what in calling.KEYS),
        *((IMPORT, _keys(key), _(what)) for key, what in wizard.KEYS),
        *((LIST, _keys(_(key)), _(what)) for key, what in grid.KEYS),
        *((CALENDAR, _keys(key), _(what)) for key, what in in_calendar.KEYS),
        *((ALT_KEYS, key_name(command.key), command.label) for command in alt_keys(menu.session.station)),
    ]
    return sorted(found, key=lambda row: SECTIONS.index(row[0]))


def _row(command: Command) -> Row:
    inside = command.group and command.group not in MENU
    return (command.group if inside else EVERYWHERE, _native(QKeySequence(command.key)), _plain(command.label))


def _of_pages(window: MainWindow) -> Iterator[Row]:
    """The commands of records and lists: what one key does on several pages stands in one line."""
    held: dict[tuple[str, str], set[str]] = {}
    for action in of_pages(window):
        place = RECORD if isinstance(action.parent(), RecordPanel) else LIST
        held.setdefault((place, _native(action.shortcuts()[-1])), set()).add(_plain(action.text()))
    yield from ((place, key, " · ".join(sorted(whats))) for (place, key), whats in sorted(held.items()))


def of_pages(window: MainWindow) -> list[QAction]:
    """The actions of the pages that have a key; a menu that was open shows the same keys once more."""
    held = [action for action in window.tabs.findChildren(QAction) if action.objectName() and action.shortcuts()]
    return [action for action in held if not isinstance(action.parent(), QMenu)]


def _keys(written: str) -> str:
    """Several keys as they are called here; what is no key stays as it is written."""
    return re.sub(r"(?:(?:Ctrl|Alt|Shift)\+)+\w+|\b(?:Del|Left|Right|Up|Down)\b", lambda key: key_name(key[0]), written)


def _native(key: QKeySequence) -> str:
    return key.toString(QKeySequence.SequenceFormat.NativeText)


def _plain(label: str) -> str:
    return label.rstrip("…").replace("&", "")
