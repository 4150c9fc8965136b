"""The ways out of an empty list that several pages offer: to where its rows come from (F-61)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records import Account, Contact, Customer, Lead, Task
from channergy_crm.services import reading
from ui.lists.empty_word import Way
from ui.session.allowed import refused
from ui.session.within import mine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.lists.table import RecordTable
    from ui.pages.call.flow import CallTo
    from ui.session.session import Session

ALL_DUE = 10_000
LEAD_FIRST = N_(
    "Somebody who may become a customer is entered as a lead: converting it makes the account, the contact and the "
    "opportunity. Enter partners, competitors, your own company and other special accounts here."
)
NOBODY = N_("No lead is due. Start calling in Leads calls through a list.")


def call_from_leads(session: Session) -> Way:
    """What to do when nothing is promised."""
    return Way(_("Call from Leads"), partial(session.go_to, "leads"), "phone")


def to_leads(session: Session) -> Way:
    """Accounts and opportunities begin as leads."""
    return Way(_("Go to Leads"), partial(session.go_to, "leads"), "lead")


def to_accounts(session: Session) -> Way:
    """Contacts, tasks and further opportunities are added in their account."""
    return Way(_("Go to Accounts"), partial(session.go_to, "accounts"), "account")


def create_task(session: Session) -> Way:
    """A task of the account that is open, or of the first one."""

    def why_not() -> str | None:
        there = reading.exists(Account, mine(session, Account), session.by)
        return None if there else _("A task belongs to an account, and you have none yet: convert a lead first.")

    return Way(_("Create a task"), partial(session.go_to, "new_task"), "add", why_not)


def make_account(session: Session, parent: QWidget, typed: str = "") -> int | None:
    """A new account without a lead, in a window of its own (VT-85, VT-89); its number, or None when none is wanted.

    That only what is promising becomes an account is said there (VT-84).
    """
    from channergy_crm.services import accounts, saving
    from ui.forms.new_record_dialog import NewRecordDialog

    if reason := refused(session, "create", Account):
        session.notices.warn(reason)
        return None
    by, project = session.by, session.project
    start = partial(saving.start, Account, by, project)
    dialog = NewRecordDialog(Account, typed, session, parent, start, accounts.make, _(LEAD_FIRST))
    return int(str(dialog.key)) if dialog.exec() else None


def new_account(session: Session, parent: QWidget) -> None:
    """Make an account and come to it."""
    if (made := make_account(session, parent)) is not None:
        session.go_to("account", made)


def account_first(session: Session, parent: QWidget, then: str) -> None:
    """Say that there is no account for this to belong to, and offer to make it; `then` is gone on with (VT-90)."""

    def make() -> None:
        made = make_account(session, parent)
        if made is not None:
            session.go_to("account", made)
            session.go_to(then)

    offered = None if refused(session, "create", Account) else (_("New account"), make)
    session.notices.say(_("Choose an account in the list first."), action=offered, level="warning")


def call_for_task(session: Session, task: Task) -> None:
    """Call whom a task is about where the call is noted: its account, or its lead (BX-1)."""
    account = reading.find(Account, task.account, session.by) if task.account else None
    if (account is not None and account.phone) or not task.lead:
        session.go_to("call_task", task.key)
    else:
        session.go_to("call_lead", task.lead)


def offer_account(session: Session, record: Contact | Customer, to: CallTo | None = None) -> None:
    """Say that somebody of the suite has no account, and offer to make it: what is said to them is noted there.

    `to` is the call that is noted in the new account at once.
    """
    contact = isinstance(record, Contact)
    customer = record.customer if isinstance(record, Contact) else record.key

    def make() -> None:
        from channergy_crm.services import accounts

        account = session.attempt(lambda: accounts.make_for(customer, session.by, session.project))
        if account is None:
            return
        session.say_done(_("Account {name} created.").format(name=account.caption()))
        target = "call_contact" if contact else "call_account"
        if to is None:
            session.go_to("contact" if contact else "account", record.key if contact else account.key)
        else:
            session.go_to(target, to if contact else to._replace(key=account.key))

    said = _("{name} has no account yet, where calls, opportunities and tasks stand.").format(name=record.caption())
    offered = None if refused(session, "create", Account) else (_("Make Account"), make)
    session.notices.add(said, offered)


def give_a_lead_a_date(session: Session) -> Way:
    """A reminder of a lead is a date in it."""

    return Way(_("Give a lead a date"), partial(session.go_to, "leads"), "reminder", partial(_no_leads, session))


def _no_leads(session: Session) -> str | None:
    there = reading.exists(Lead, mine(session, Lead) & Lead.working(), session.by)
    return None if there else _("You have no leads yet: create or import some first.")


def call_due(session: Session, table: RecordTable) -> None:
    """Call through the leads whose reminders are due, or those that are marked in their list (BX-4)."""
    from channergy_crm.services import queue

    marked = table.marked() if table.record is Lead and table.grid.several else []
    keys = marked or session.attempt(lambda: queue.due(session.by, limit=ALL_DUE, project=session.project))
    if keys:
        session.go_to("calling", keys)
    else:
        way = to_something(session, table)
        session.notices.say(_(NOBODY), action=(way.text, way.run))


def nobody_due(count: int | None) -> str | None:
    """Why there is nobody to call through, by the number of leads with a reminder; None when it is not known yet."""
    return None if count is None or count else _(NOBODY)


def to_something(session: Session, parent: QWidget) -> Way:
    """Nothing is due: there may be something useful all the same (VS-22)."""

    def open_it() -> None:
        from ui.pages import something_to_do  # the first window is painted without

        something_to_do.open_(session, parent)

    return Way(_("Something to do…"), open_it, "task", partial(_no_leads, session))
