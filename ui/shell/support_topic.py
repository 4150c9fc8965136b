"""The topic Support of Settings, and what is found of it by a search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.settings import (
    TICKET_ANSWER_HOURS,
    TICKET_SOLVE_HOURS,
    TICKET_TELLS,
    TICKET_WARN_MINUTES,
    TICKET_WORK_DAYS,
    TICKET_WORK_ENDS,
)
from ui.areas import Part, Topic

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.shell.menu import Menu

TICKETS = (
    TICKET_ANSWER_HOURS, TICKET_SOLVE_HOURS, TICKET_WARN_MINUTES, TICKET_WORK_DAYS, TICKET_WORK_ENDS, TICKET_TELLS,
)  # fmt: skip


def topic(menu: Menu) -> Topic:
    """Time limits of tickets, working time, what customers hear."""
    words = _("ticket priority limit deadline warning service")
    parts = [Part(f"settings.support.{one.name.rpartition('.')[2]}", one.label, words) for one in TICKETS]
    return Topic("support", _("Support"), "ticket", partial(_build, menu), parts)


def _build(menu: Menu, parent: QWidget) -> QWidget:
    from ui.setup.support_topic import SupportTopic

    return SupportTopic(menu.chosen, parent)
