"""The steps of the guided tour: what to do, where, and how it is seen that it was done (BX-36)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from channergy_crm.language import N_
from channergy_crm.records import Opportunity, PhoneCall

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.shell.window import MainWindow

CALLS, DEALS = PhoneCall._meta.table_name, Opportunity._meta.table_name


@dataclass
class Standing:
    """How it stands since a step began: the window, and the tables in which something was changed here."""

    window: MainWindow
    heard: set[str]

    @property
    def tab(self) -> str:
        """The name of the tab that is open."""
        return self.window.tabs.declared[self.window.tabs.currentIndex()].name

    def sees(self, name: str) -> QWidget | None:
        """The part of that name that can be seen."""
        found = self.window.findChildren(QWidget, name)
        return next((part for part in found if part.isVisible()), None)


@dataclass(frozen=True)
class Step:
    """`said` has {key}, {other} and {third} where `keys` are put in. It happens on a tab, at the first of the
    parts that is seen there. Without `done` it is only read.
    """

    name: str
    title: str
    said: str
    keys: tuple[str, ...] = ()
    tab: str = ""
    parts: tuple[str, ...] = ()
    done: Callable[[Standing], bool] | None = None


def _calls(stands: Standing) -> bool:
    return stands.sees("call.panel") is not None


def _has_result(stands: Standing) -> bool:
    buttons = stands.window.findChildren(QAbstractButton)
    return any(each.isChecked() for each in buttons if each.objectName().startswith("call.result."))


def _is_filtered(stands: Standing) -> bool:
    line = stands.sees("leads.search")
    return isinstance(line, QLineEdit) and bool(line.text())


def _looks(stands: Standing) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.objectName() == "main.search"


STEPS = (
    Step("welcome", N_("Welcome to the sample office"),
         N_("Everybody here is made up, and what you do stays in this office. Each step says what to do and goes on by "
            "itself when you have done it. {key} leads to this card and back.")),
    Step("reminders", N_("What is due"),
         N_("The day begins here: what is overdue comes first. The arrow keys go through the list. Then go to the "
            "leads with {key}."), ("Ctrl+2",), "reminders", ("reminders.tasks.grid", "reminders.tabs"),
         lambda stands: stands.tab == "leads"),
    Step("dial", N_("Call somebody"),
         N_("{key} dials the lead that is open, and the call bar opens. To open it without dialing, press {other}."),
         ("F9", "Ctrl+Shift+L"), "leads", ("leads.dial", "leads.summary"), _calls),
    Step("result", N_("Say how it went"),
         N_("Press a digit, such as {key} for nobody there. The next try is proposed beside it."),
         ("1",), "leads", ("call.results", "call.panel"), _has_result),
    Step("note", N_("Note it, save, go on"),
         N_("{key} leads to the note, if you have one. {other} saves the call and brings the next lead."),
         ("Tab", "Ctrl+Enter"), "leads", ("call.note", "call.panel"), lambda stands: CALLS in stands.heard),
    Step("undo", N_("Take it back"),
         N_("Nothing is lost by trying: {key} takes back what was done last, here the whole call in one step."),
         ("Ctrl+Z",), "leads", ("main.undo",), lambda stands: CALLS in stands.heard),
    Step("filter", N_("Find in a list"),
         N_("{key} leads to the line over the list; or just type while you are in it. A part of a name will do."),
         ("Ctrl+F",), "leads", ("leads.search", "leads.grid"), _is_filtered),
    Step("search", N_("Find anything, do anything"),
         N_("{key} finds records, commands and settings. Type something; {other} leaves it again."),
         ("Ctrl+K", "Esc"), "", ("main.search",), _looks),
    Step("convert", N_("A lead becomes a deal"),
         N_("Go back to the list and press {key}: an opportunity is made, with an account and a contact."),
         ("Ctrl+Shift+O",), "leads", ("leads.convert", "leads.summary"), lambda stands: DEALS in stands.heard),
    Step("board", N_("The sales board"),
         N_("A column for each stage. Move a card with {key}, or drag it. When it is won or lost the board asks for "
            "what it needs."), ("Ctrl+Right",), "board", ("board.page",), lambda stands: DEALS in stands.heard),
    Step("quote", N_("From the quote to the invoice"),
         N_("What you offer stands here. Quotes become orders and invoices, and what is issued never changes."),
         (), "quotes", ("quotes.grid", "quotes.page")),
    Step("ticket", N_("After the sale"),
         N_("What customers ask for stands here as tickets, with answers in order and a time by which they are due."),
         (), "tickets", ("tickets.grid", "tickets.page")),
    Step("help", N_("Whenever you want to know more"),
         N_("{key} opens the page of help about where you stand, {other} the settings. Press {key} now to finish."),
         ("F1", "Ctrl+,"), "", ("main.more",), lambda stands: stands.tab == "help"),
)  # fmt: skip
