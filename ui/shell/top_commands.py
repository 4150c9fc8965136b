"""What stands at the top of the window for everybody: making something, going anywhere, tools, help (VT-38…VT-43)."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from ui.screen import Command
from ui.shell.menu import EVERYWHERE, HELP, LEAVES, TOOLS
from ui.shell.quick_menu import KEY
from ui.shell.tools.panel import opens
from ui.shell.trail import Trail

if TYPE_CHECKING:
    from ui.shell.menu import Menu

BACK, FORWARD = ("Ctrl+[", "Ctrl+]") if sys.platform == "darwin" else ("Alt+Left", "Alt+Right")


def _quick_menu(menu: Menu) -> None:
    menu.window.header.quick.open()


def _selection_menu(menu: Menu) -> None:
    from ui.shell.selection_menu import SelectionMenu, ways

    SelectionMenu(ways(menu), menu).exec()


def _along(by: int, menu: Menu) -> None:
    trail = menu.window.findChild(Trail)
    if trail is not None:
        trail.go(by)


def _clock(menu: Menu) -> None:
    from ui.shell.tools.clocks import Clocks

    opens(Clocks)(menu)


def _calculator(menu: Menu) -> None:
    from ui.shell.tools.calculator import Calculator

    opens(Calculator)(menu)


def _month(menu: Menu) -> None:
    from ui.shell.tools.month import Month

    opens(Month)(menu)


def _readme(menu: Menu) -> None:
    from ui.shell.reading_dialog import readme_dialog

    readme_dialog(menu.session, menu.window).exec()


def _whats_new(menu: Menu) -> None:
    from ui.shell.reading_dialog import release_dialog

    release_dialog(menu.session, menu.window).exec()


def _leave(menu: Menu) -> None:
    menu.window.close()


TOP_COMMANDS = [
    Command("quick_menu", "Make something new", _quick_menu, "add", KEY, group=EVERYWHERE),
    Command("back", "Back", partial(_along, -1), "previous", BACK, group=EVERYWHERE),
    Command("forward", "Forward", partial(_along, 1), "next", FORWARD, group=EVERYWHERE),
    Command("month", "Month", _month, "calendar", "Ctrl+Shift+M", group=TOOLS),
    Command("clock", "Clock", _clock, "clock", "Ctrl+Shift+H", group=TOOLS),
    Command("calculator", "Calculator", _calculator, "tools", "Ctrl+Shift+K", group=TOOLS),
    Command("selection_menu", "Open Selection Menu", _selection_menu, "lookups", "Ctrl+Shift+G", group=TOOLS),
    Command("readme", "For administrators", _readme, "note", group=HELP),
    Command("whats_new", "What is new", _whats_new, "notices", group=HELP),
    Command(LEAVES, "Close the program", _leave, "sign_out", "Ctrl+Q"),
]
