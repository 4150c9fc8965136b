"""What can be done with a card: its menu (BX-25)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _
from ui.look.icons import icon
from ui.look.plain import as_tip, unmarked
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.board import Card


class Deeds(NamedTuple):
    """What the page does with a card."""

    open: Callable[[Card], object]
    dial: Callable[[], object]
    move: Callable[[str, int, str], object]


def menu(parent: QWidget, card: Card, stages: Sequence[tuple[str, str]], deeds: Deeds, why_not: str = "") -> Menu:
    """Open, dial, move to another column; a customer without a deal gets one there. `why_not` says why a card stays."""
    held = Menu(parent)
    held.setObjectName("board.menu")
    held.addAction(icon("open", held), _("Open"), partial(deeds.open, card))
    held.addAction(icon("phone", held), _("Dial Phone"), deeds.dial)
    held.addSeparator()
    moved = card.record == "opportunity"
    into = held.addMenu(icon("goto" if moved else "add", held), _("Move to") if moved else _("New deal in"))
    for stage, title in stages:
        if stage != card.stage:
            into.addAction(unmarked(title), partial(deeds.move, card.record, card.number, stage))
    into.menuAction().setEnabled(not why_not)
    into.menuAction().setToolTip(as_tip(why_not))
    held.setToolTipsVisible(bool(why_not))
    return held
