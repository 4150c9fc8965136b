"""The six tabs of the main window, in their order (CH-10, CH-17, CH-47, CH-130, CH-133, K8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.services import reminders
from ui.screen import Tab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
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
    Tab("reminders", "Reminders", "reminder", _reminders, count=reminders.due_count),
    Tab("leads", "Leads", "lead", _leads, targets=("lead", "new_lead")),
    Tab("accounts", "Accounts", "account", _accounts,
        targets=("account", "customer", "contact", "opportunity", "account_task",
                 "new_contact", "new_opportunity", "new_task")),
    Tab("contacts", "Contacts", "contact", _contacts),
    Tab("opportunities", "Opportunities", "opportunity", _opportunities),
    Tab("tasks", "Tasks", "task", _tasks, targets=("task",)),
]  # fmt: skip
