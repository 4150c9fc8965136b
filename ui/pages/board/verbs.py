"""What can be done with a card: its menu (BX-25)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _
from channergy_crm.services import board
from channergy_crm.services.board import ELSEWHERE, UNPROCESSED
from ui.look.icons import icon
from ui.look.plain import unmarked
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.board import Asked, Card


class Deeds(NamedTuple):
    """What the page does with a card."""

    open: Callable[[Card], object]
    dial: Callable[[], object]
    move: Callable[[int, str], object]


def menu(parent: QWidget, card: Card, stages: Sequence[tuple[str, str]], deeds: Deeds) -> Menu:
    """Open, dial, move to another column."""
    held = Menu(parent)
    held.setObjectName("board.menu")
    held.addAction(icon("open", held), _("Open"), partial(deeds.open, card))
    held.addAction(icon("phone", held), _("Dial Phone"), deeds.dial)
    if card.record == "opportunity":
        held.addSeparator()
        into = held.addMenu(icon("goto", held), _("Move to"))
        for stage, title in stages:
            if stage != card.stage:
                into.addAction(unmarked(title), partial(deeds.move, card.number, stage))
    return held


def stages(asked: Asked, by: str) -> list[tuple[str, str]]:
    """Every stage a card can go to, also of columns that are not shown."""
    every = board.columns(replace(asked, won=True, lost=True), by)
    return [(each.stage, each.title) for each in every if each.stage not in (ELSEWHERE, UNPROCESSED)]
