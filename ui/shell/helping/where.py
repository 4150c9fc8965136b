"""Which page of help is about where somebody stands: a tab or a part of it, a topic, a dialog, a call (VT-13).

A test walks every tab, every topic and every dialog there is and asks for its page: a new one is put down here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QTabWidget

from channergy_crm.text import help_pages
from ui.shell.key_rows import CALENDAR, CALL, IMPORT
from ui.shell.menu import LIST, RECORD
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

# unsaid file: names of screens and of pages

TABS = {
    "reminders": "reminders", "leads": "leads", "accounts": "accounts", "contacts": "contacts",
    "opportunities": "opportunities", "tasks": "tasks", "home": "home", "board": "board", "calendar": "calendar",
    "campaigns": "campaigns", "events": "events", "quotes": "quotes", "sales_orders": "quotes",
    "purchase_orders": "quotes", "invoices": "quotes", "products": "products", "price_books": "products",
    "vendors": "products", "figures": "home", "found": "search", "pipeline": "board", "privacy": "privacy",
    "sales_figures": "home", "sync": "viper", "templates": "mail", "settings": "settings", "tickets": "tickets",
    "faq": "portal", "ticket_figures": "home", "support_figures": "home", "help": "first-steps",
}  # fmt: skip
PARTS = {
    "accounts.tabs": ("accounts", "accounts", "contacts", "opportunities", "tasks"),
    "vendors.tabs": ("products", "contacts", "products"),
}
"""the parts of a tab, in their order"""
TOPICS = {
    "workstation": "settings", "office": "settings", "areas": "settings", "calling": "dialing",
    "gate": "who-may-be-called", "sms": "mail", "mail": "mail", "watch": "mail", "viper": "viper",
    "reminders": "reminders", "calendar": "calendar", "goals": "home", "scripts": "queue", "paper": "quotes",
    "projects": "board", "crm": "opportunities", "selling": "quotes", "lists": "lists", "operators": "operators",
    "files": "import", "history": "undo", "backup": "backup", "keys": "keys", "support": "tickets",
    "tickets": "tickets", "portal": "portal", "faq": "portal",
}  # fmt: skip
FOCUSED = {"call": "call", "queue": "queue", "incoming": "incoming", "reminder": "reminders"}
"""by how the name of what has the keys begins, wherever it is"""
DIALOGS = {
    "add_to_campaign": "campaigns", "anonymise": "privacy", "away": "operators", "begin_number": "quotes",
    "call_anyway": "who-may-be-called", "call_lists": "queue", "campaign_add": "campaigns", "clash": "undo",
    "columns": "lists", "convert": "leads", "copy_prices": "products", "correct_stock": "products",
    "deal_out": "bulk", "dialing": "dialing", "document": "documents", "documents": "documents",
    "documents_in": "import", "duplicates": "duplicates", "encrypt": "backup", "events_records": "events",
    "export": "export", "fields": "lists", "filed": "mail", "filing": "mail", "filing_record": "mail",
    "hand_over": "operators", "help_beside": "first-steps", "history": "undo", "holidays": "who-may-be-called",
    "hours": "who-may-be-called", "import": "import", "imports": "import", "keys": "keys", "letters": "mail",
    "lookups": "lists", "mail": "mail", "mail_try": "mail", "merge": "duplicates", "messages": "mail",
    "metrics": "home", "more_information": "accounts", "new_record": "accounts", "next_step": "tasks",
    "notice": "settings", "number_list": "who-may-be-called", "older": "quotes", "operators": "operators",
    "opt_out": "who-may-be-called", "opt_out_again": "who-may-be-called", "passphrase": "backup",
    "paste_prices": "products", "pay": "quotes", "person": "privacy", "preferences": "settings", "print": "export",
    "put_on_list": "bulk", "reassign": "bulk", "recording": "call", "rename_category": "products",
    "restore": "backup", "results": "call", "role_fields": "operators", "sale_way": "quotes", "search_list": "lists",
    "security": "operators", "selection": "search", "send_again": "mail", "set_field": "bulk", "sms": "mail",
    "sms_try": "mail", "snooze": "reminders", "tags": "campaigns", "tags_of_marked": "campaigns",
    "take_off_list": "bulk", "timeline": "accounts", "useful": "reminders", "view": "lists", "whats_new": "settings",
    "readme": "backup", "whose": "contacts", "close_ticket": "tickets", "duplicate_ticket": "tickets",
    "merge_tickets": "tickets", "find_answer": "portal",
}  # fmt: skip
"""by the name of the dialog; one that is not named here has the page of what it stands over"""
_OF_RECORDS = (RECORD, LIST)
SECTIONS = {
    "reminders": _OF_RECORDS, "leads": _OF_RECORDS, "accounts": _OF_RECORDS, "contacts": _OF_RECORDS,
    "opportunities": _OF_RECORDS, "tasks": _OF_RECORDS, "tickets": _OF_RECORDS, "lists": (LIST,),
    "bulk": (LIST,), "call": (CALL,), "queue": (CALL,), "incoming": (CALL,), "import": (IMPORT,),
    "calendar": (CALENDAR,),
}  # fmt: skip
"""the parts of the sheet of keys that stand under a page"""


def somebody_stands(window: MainWindow) -> Dialog | None:
    """The dialog somebody is in; None for the window itself."""
    active = QApplication.activeModalWidget() or QApplication.activeWindow()
    return active if isinstance(active, Dialog) else None


def is_busy(window: MainWindow) -> bool:
    """Whether leaving the page would settle what is typed there, or leave a call."""
    page = window.tabs.pages.get(window.tabs.currentIndex())
    typed = page is not None and any(panel.is_edited for panel in page.panels())
    return typed or _of_focus() in (FOCUSED["call"], FOCUSED["queue"])


def page_here(window: MainWindow) -> str:
    """The name of the page about where somebody stands."""
    dialog = somebody_stands(window)
    if dialog is not None and (name := DIALOGS.get(dialog.objectName().partition(".")[0])):
        return name
    return _of_focus() or _of_tab(window)


def _of_focus() -> str:
    widget = QApplication.focusWidget()
    while widget is not None:
        if name := FOCUSED.get(widget.objectName().partition(".")[0]):
            return name
        widget = widget.parentWidget()
    return ""


def _of_tab(window: MainWindow) -> str:
    tab = window.tabs.declared[window.tabs.currentIndex()]
    if tab.name == "settings":
        page: object = window.tabs.pages.get(window.tabs.currentIndex())
        topics = getattr(page, "topics", None)
        return TOPICS.get(topics.current() if topics is not None else "", TABS["settings"])
    held = window.findChild(QTabWidget, f"{tab.name}.tabs")
    if held is not None and held.isVisible() and (parts := PARTS.get(held.objectName())):
        return parts[held.currentIndex()] if held.currentIndex() < len(parts) else parts[0]
    return TABS.get(tab.name, help_pages.FIRST)
