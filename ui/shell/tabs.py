"""The tabs of the main window: six in their order (CH-10, CH-17, CH-47, CH-130, CH-133, K8), and what screens add."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from channergy_crm.language import Own, _, one, source
from channergy_crm.records import Account, Contact, Lead, Opportunity, Task
from channergy_crm.services import reminders
from ui import screens
from ui.screen import Command, Tab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.screen import Screen
    from ui.session.session import Session


def _reminders(session: Session, parent: QWidget) -> Page:
    from ui.pages.reminders import RemindersPage

    return RemindersPage(session, parent)


def _leads(session: Session, parent: QWidget) -> Page:
    from ui.pages.leads import LeadsPage

    return LeadsPage(session, parent)


def _accounts(session: Session, parent: QWidget) -> Page:
    from ui.pages.accounts import AccountsPage

    return AccountsPage(session, parent)


def _contacts(session: Session, parent: QWidget) -> Page:
    from ui.pages.overview import ContactsPage

    return ContactsPage(session, parent)


def _opportunities(session: Session, parent: QWidget) -> Page:
    from ui.pages.overview import OpportunitiesPage

    return OpportunitiesPage(session, parent)


def _tasks(session: Session, parent: QWidget) -> Page:
    from ui.pages.overview import TasksPage

    return TasksPage(session, parent)


TABS: list[Tab[Page]] = [
    Tab("reminders", "Reminders", "reminder", _reminders, count=reminders.due, records=(Task, Lead)),
    Tab("leads", "Leads", "lead", _leads, targets=("lead", "new_lead", "call_lead", "calling"),
        records=(Lead,)),
    Tab("accounts", "Accounts", "account", _accounts,
        targets=("account", "customer", "contact", "opportunity", "account_task",
                 "new_account", "new_contact", "new_opportunity", "new_task", "call_account", "call_contact",
                 "call_opportunity", "call_task"), records=(Account,)),
    Tab("contacts", "Contacts", "contact", _contacts, targets=("contacts_in_portal",), records=(Contact,)),
    Tab("opportunities", "Opportunities", "opportunity", _opportunities, records=(Opportunity,)),
    Tab("tasks", "Tasks", "task", _tasks, targets=("task",), records=(Task,)),
]  # fmt: skip

OF_OTHER_PAGES = {
    "actions", "activities", "campaigns", "catalogue", "convert_dialog", "people", "sales", "sales_deeds",
    "sales_documents", "support_deeds", "tickets", "usual",
}  # fmt: skip
"""modules of `ui/screens` that pages load when they are built; they ask for no tab"""


@cache
def asked_for() -> tuple[list[Tab[Page]], list[Command]]:
    """The tabs of screens that want one, and *New …* for each: their modules in `ui/screens` say `TABS = [VISITS]`."""
    names = sorted({module.name for module in pkgutil.iter_modules(screens.__path__)} - OF_OTHER_PAGES)
    found = [screen for name in names for screen in getattr(import_module(f"ui.screens.{name}"), "TABS", ())]
    return [_tab_of(screen) for screen in found], [_new_of(screen) for screen in found]


def _tab_of(screen: Screen) -> Tab[Page]:
    """The tab of a screen that says nothing of its page: list and record side by side."""

    def build(session: Session, parent: QWidget) -> Page:
        from ui.pages.record_page import RecordPage

        return RecordPage(screen, session, parent)

    about, title = screen.record.about, source(screen.record, "plural")
    return Tab(
        screen.name, title, about.icon, build, targets=(about.target, f"new_{about.target}"), records=(screen.record,)
    )


def _new_of(screen: Screen) -> Command:
    """*New …* for the records of such a screen."""
    target, label = f"new_{screen.record.about.target}", Own(_("New {record}").format(record=one(screen.record)))
    return Command(target, label, lambda menu: menu.session.go_to(target), "add")
