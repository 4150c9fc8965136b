"""Letters larger and smaller by key, as in every browser (BX-35)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.settings import TEXT_SIZE, TEXT_SIZES
from ui.screen import Command
from ui.shell.menu import EVERYWHERE

if TYPE_CHECKING:
    from ui.shell.menu import Menu

USUAL = TEXT_SIZE.default


def _write(menu: Menu, percent: int) -> None:
    menu.chosen.choose(TEXT_SIZE, percent, _("{percent} %").format(percent=percent))


def larger(menu: Menu) -> None:
    """The next larger size, if there is one."""
    now = menu.chosen.get(TEXT_SIZE)
    _write(menu, next((size for size in TEXT_SIZES if size > now), now))


def smaller(menu: Menu) -> None:
    """The next smaller size, if there is one."""
    now = menu.chosen.get(TEXT_SIZE)
    _write(menu, next((size for size in reversed(TEXT_SIZES) if size < now), now))


def usual(menu: Menu) -> None:
    """As the system says."""
    _write(menu, USUAL)


SIZE_COMMANDS = [
    Command("larger_text", "Larger text", larger, "add", "Ctrl++", group=EVERYWHERE),
    Command("smaller_text", "Smaller text", smaller, "minus", "Ctrl+-", group=EVERYWHERE),
    Command("usual_text", "Usual size of text", usual, "restore", "Ctrl+0", group=EVERYWHERE),
]
