"""What stands above and below the lines of a document, by its kind and its language, and what a file is called (BX-26).

The office writes its own; where it has written none the program says something usual. Fields are put in as they are
everywhere else; there is nothing in a text that could run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, into
from channergy_crm.records.products import NoTax
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import office, rights
from channergy_crm.settings import PAPER_CLOSING, PAPER_FILE, PAPER_OPENING
from channergy_crm.text import file_patterns, placeholders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.settings import Setting

OPENING, CLOSING = "opening", "closing"  # unsaid: parts of a document
REMINDERS = ("reminder1", "reminder2", "reminder3")
"""the three letters about an invoice nobody has paid, one sterner than the other"""
KINDS: dict[str, str] = {
    DocumentKind.QUOTE: N_("Quote"),
    DocumentKind.SALES_ORDER: N_("Sales order"),
    DocumentKind.PURCHASE_ORDER: N_("Purchase order"),
    DocumentKind.INVOICE: N_("Invoice"),
    DocumentKind.CREDIT_NOTE: N_("Credit note"),
    "reminder1": N_("Reminder"),
    "reminder2": N_("Second reminder"),
    "reminder3": N_("Last reminder"),
}
"""what has texts of its own, as it is headed"""
FIELDS: dict[str, str] = {
    "document.kind": N_("Kind"),
    "document.number": N_("Document no."),
    "document.date": N_("Date"),
    "document.until": N_("Due"),
    "document.total": N_("Total"),
    "document.open": N_("Open amount"),
    "document.subject": N_("Subject"),
    "document.reference": N_("Their reference"),
    "account.name": N_("Customer"),
    "contact.name": N_("Contact"),
    "operator.name": N_("Contact person"),
    "office.name": N_("Name of the office"),
    "today": N_("Today"),
}
"""what can be put into texts and names of files"""
PATTERN = "{{ document.kind }} {{ document.number }} {{ account.name }}"  # unsaid: names of fields
LISTS, LIST_FIELDS = "lists", ("list", "view", "date")  # unsaid: names of fields
LIST_PATTERN = "{{ list }} {{ date }}"  # unsaid: names of fields
USUAL: dict[tuple[str, str], str] = {
    (DocumentKind.QUOTE, OPENING): N_("Thank you for your inquiry. We are glad to offer:"),
    (DocumentKind.QUOTE, CLOSING): N_("We look forward to your order."),
    (DocumentKind.SALES_ORDER, OPENING): N_("Thank you for your order, which we confirm as follows:"),
    (DocumentKind.PURCHASE_ORDER, OPENING): N_("We order the following:"),
    (DocumentKind.INVOICE, OPENING): N_("For our delivery we invoice:"),
    (DocumentKind.INVOICE, CLOSING): N_("Thank you for your business."),
    (DocumentKind.CREDIT_NOTE, OPENING): N_("We credit you with the following:"),
    ("reminder1", OPENING): N_("You will have missed it: the following is still open. Please pay it within ten days."),
    ("reminder1", CLOSING): N_("If your payment is on its way already, please take no notice of this letter."),
    ("reminder2", OPENING): N_("In spite of our reminder the following is still open. Please pay it within ten days."),
    ("reminder3", OPENING): N_("In spite of two reminders the following is still open. Please pay it within a week."),
    ("reminder3", CLOSING): N_("If nothing has come in by then, we will have it collected."),
}
"""where an office has written nothing"""
UNTAXED: dict[str, str] = {
    NoTax.EXEMPT: N_("Free of tax."),
    NoTax.REVERSE: N_("Reverse charge: whoever gets this owes the tax."),
    NoTax.WITHIN: N_("Free of tax: a supply within the European Union."),
    NoTax.EXPORT: N_("Free of tax: an export."),
    NoTax.SMALL: N_("No tax is charged: the office is a small business."),
}
"""what the law wants to stand there where no tax is taken"""


def setting(kind: str, language: str, part: str) -> Setting[str]:
    """Where the office's own text is kept."""
    return (PAPER_OPENING if part == OPENING else PAPER_CLOSING).of(f"{kind}.{language}")


def usual(kind: str, language: str, part: str) -> str:
    """What the program says there, in that language."""
    said = USUAL.get((kind, part), "")
    return into(language)(said) if said else ""


def text(kind: str, language: str, part: str, by: str) -> str:
    """What stands there: the office's own text, or the program's."""
    rights.require(by, "see")
    return office.get(setting(kind, language, part), by).strip() or usual(kind, language, part)


def problem(said: str) -> str | None:
    """The first field of a text there is not, in a sentence; None when all of it can be filled in."""
    return placeholders.problem(said, FIELDS)


def pattern(kind: str, by: str) -> str:
    """What files of this kind are called, with the fields in it; `LISTS` are exported lists."""
    rights.require(by, "see")
    return office.get(PAPER_FILE.of(kind), by).strip() or (LIST_PATTERN if kind == LISTS else PATTERN)


def pattern_problem(kind: str, said: str) -> str | None:
    """What is wrong with such a pattern, in a sentence; None when nothing is."""
    return file_patterns.problem(said, LIST_FIELDS if kind == LISTS else FIELDS)


def file_name(kind: str, values: Mapping[str, str], otherwise: str, ending: str, by: str) -> str:
    """What a file of this kind is called."""
    return file_patterns.name(pattern(kind, by), values, otherwise, ending)
