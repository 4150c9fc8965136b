"""The commands of the window at work: the More menu, their keys, and what Ctrl+K finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from channergy_crm.language import N_, _
from channergy_crm.records import Lead
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.search.commands import SETS_UP
from ui.session.allowed import DEEDS, refused
from ui.session.chosen import Chosen
from ui.shell.alt_keys import KeyMap
from ui.widgets.dialog import named
from ui.widgets.menu import Menu as MenuOfRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.areas import Block
    from ui.screen import Command
    from ui.session.chosen import Wear
    from ui.shell.window import MainWindow

SET_UP, WINDOW = ("Set up", "Window")  # unsaid: parts of the menu have no title
SELLING, MARKETING, AFTER_THE_SALE = N_("Selling"), N_("Marketing"), N_("After the sale")
FILES, TOOLS, HELP = N_("Files"), N_("Tools"), N_("Help")
MENU = (SET_UP, WINDOW, SELLING, MARKETING, AFTER_THE_SALE, FILES, TOOLS, HELP)
"""the parts of the More menu, in their order"""
BELOW = {
    SELLING: "product",
    MARKETING: "campaign",
    AFTER_THE_SALE: "ticket",
    FILES: "document",
    TOOLS: "tools",
    HELP: "help",
}  # unsaid: signs, and parts of names
"""the parts that are a menu of their own, so that the first one stays short"""
OF_THE_USER = ("preferences", "help", "whats_new", "lock", "sign_out")  # unsaid: names of commands
"""what stands in the menu of whoever is signed in"""
LEAVES = "leave"
"""the command that stands last"""
EVERYWHERE, RECORD, LIST = N_("Everywhere"), N_("Record"), N_("List")
"""where a key works, as the sheet of keys says it"""


class Menu(QObject):
    """Holds what can be done anywhere in the window. `wear` dresses the program, also in light or dark."""

    def __init__(self, window: MainWindow, wear: Wear | None) -> None:
        super().__init__(window)
        self.window, self.session = window, window.session
        self.chosen = Chosen(window.session, wear)
        self.alt_keys = KeyMap(window)
        self.chosen.changed.connect(self.alt_keys.apply)  # the dialer's key comes first
        self.commands: list[Command] = []
        self.topics: Sequence[Block] = ()
        self.blocks: Sequence[Block] = ()
        self._actions: dict[Command, QAction] = {}
        window.header.menu.setToolTipsVisible(True)
        window.header.menu.aboutToShow.connect(self.look_at_rights)
        self._below = {group: self._menu_below(group) for group in BELOW}

    def offer(self, commands: Sequence[Command], topics: Sequence[Block], blocks: Sequence[Block] = ()) -> None:
        """These commands from now on: each an action with its key, those of the menu's groups an entry as well.

        `topics` are what the areas add to Settings, `blocks` what they add to Home.
        """
        self.topics, self.blocks = topics, blocks
        for command in [held for held in self._actions if held not in commands]:
            action = self._actions.pop(command)
            self.window.removeAction(action)
            action.setParent(None)  # not found by anybody from now on
            action.deleteLater()
        self.commands = list(commands)
        for command in self.commands:
            if command not in self._actions:
                self._actions[command] = self._action(command)
        self._fill()
        self.chosen.changed.emit()

    def run(self, name: str) -> None:
        """Do what the command of that name does."""
        next(action for command, action in self._actions.items() if command.name == name).trigger()

    def _action(self, command: Command) -> QAction:
        action = QAction(icon(command.icon, self.window.header), command.label, self.window)
        action.setObjectName(f"main.{command.name}")
        action.setShortcut(QKeySequence(command.key))
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(as_tip(f"{command.label} ({key})" if key else command.label))
        action.setProperty(SETS_UP, command.group == SET_UP)
        action.triggered.connect(lambda: command.run(self))
        self.window.addAction(action)
        return action

    def _menu_below(self, group: str) -> MenuOfRows:
        below = named(MenuOfRows(_(group), self.window.header.more), f"main.{BELOW[group]}_menu", _(group))
        below.setIcon(icon(BELOW[group], self.window.header))
        below.setToolTipsVisible(True)
        return below

    def _fill(self) -> None:
        self.window.header.quick.offer(self._actions)
        of_user = [each for each in self.commands if each.name in OF_THE_USER]
        of_user.sort(key=lambda each: OF_THE_USER.index(each.name))
        self.window.header.user.offer([self._actions[each] for each in of_user])
        menu = self.window.header.menu
        menu.clear()
        for group in MENU:
            below = self._below.get(group)
            if not menu.isEmpty() and (below is None or group == SELLING):
                menu.addSeparator()
            if below is not None:
                below.clear()
                menu.addMenu(below)
            of_it = [self._actions[command] for command in self.commands if command.group == group]
            (below or menu).addActions(of_it)
        menu.addSeparator()
        menu.addActions([self._actions[each] for each in self.commands if each.name == LEAVES])

    def look_at_rights(self) -> None:
        """What may not be done with the records on the screen is off, and says why."""
        shown = next((table.record for table in self.window.tables_shown()), Lead)
        for command, action in self._actions.items():
            if command.name in DEEDS:
                why_not = refused(self.session, command.name, shown)
                action.setEnabled(not why_not)
                action.setToolTip(as_tip(why_not or command.label))
