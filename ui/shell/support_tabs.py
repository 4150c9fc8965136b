"""The tabs Tickets and FAQ: they come when somebody wants them (VT-176, VT-178)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import N_
from channergy_crm.records import FAQ, Ticket
from ui.screen import Command, Tab
from ui.shell.menu import AFTER_THE_SALE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session
    from ui.shell.menu import Menu


def _tickets(session: Session, parent: QWidget) -> Page:
    from ui.pages.tickets.page import TicketsPage

    return TicketsPage(session, parent)


def _faq(session: Session, parent: QWidget) -> Page:
    from ui.pages.tickets.faq import FAQPage

    return FAQPage(session, parent)


def _figures(session: Session, parent: QWidget) -> Page:
    from ui.pages.tickets.figures import SupportFigures

    return SupportFigures(session, parent)


SUPPORT: list[Tab[Page]] = [
    Tab("tickets", "Tickets", "ticket", _tickets, targets=("ticket", "new_ticket", "tickets_where"), closable=True,
        records=(Ticket,)),
    Tab("faq", "FAQ", "faq", _faq, targets=("faq_answer", "new_faq_answer"), closable=True, records=(FAQ,)),
    Tab("support_figures", "Support figures", "figures", _figures, closable=True, records=(Ticket,)),
]  # fmt: skip


def _go(target: str, menu: Menu) -> None:
    menu.session.go_to(target)


def _new_ticket(menu: Menu) -> None:
    """About whoever or whatever is on the screen, also during a call."""
    from channergy_crm.services.linked.reading import ASKED
    from ui.forms.record_panel import RecordPanel

    page = menu.window.tabs.currentWidget()
    shown = [each.record for each in page.findChildren(RecordPanel) if each.isVisible() and each.record is not None]
    held = next((each for each in shown if type(each) in ASKED and not each.is_new), None)
    menu.session.go_to("new_ticket", (ASKED[type(held)], held.key) if held is not None else None)


def _find_answer(menu: Menu) -> None:
    from ui.pages.tickets.find_dialog import FindDialog

    FindDialog(menu.session, menu.window).show()


SUPPORT_COMMANDS = [
    Command("tickets", N_("Tickets"), partial(_go, "tickets"), "ticket", group=AFTER_THE_SALE),
    Command("faq", N_("FAQ"), partial(_go, "faq"), "faq", group=AFTER_THE_SALE),
    Command("support_figures", N_("Support figures"), partial(_go, "support_figures"), "figures", group=AFTER_THE_SALE),
    Command("find_answer", N_("Find an answer…"), _find_answer, "search", "Ctrl+Alt+F", group=AFTER_THE_SALE),
    Command("new_ticket", N_("New ticket"), _new_ticket, "ticket"),
    Command("new_faq_answer", N_("New FAQ"), partial(_go, "new_faq_answer"), "faq"),
]
