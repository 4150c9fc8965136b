"""Deeds with people: called, put off, entered, converted, changed and changed back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabWidget

from channergy_crm import clock
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task
from tests.journeys.week import stands
from tests.journeys.week.looking import meeting
from tests.journeys.week.office import somebody
from tests.ui.calling import is_open
from tests.ui.gestures import activate, part, write
from tests.ui.hands import ALT, CTRL, KEY
from ui.forms.new_record_dialog import NewRecordDialog

if TYPE_CHECKING:
    from tests.journeys.week.book import Desk

RESULTS = (KEY.Key_1, KEY.Key_2, KEY.Key_4)
"""nobody there, busy, reached"""


def call_a_lead(desk: Desk) -> None:
    """F9, a digit, Ctrl+Enter: the number is dialed and what came of it is noted."""
    hands = desk.hands
    number = stands.at_lead(desk, stands.my_lead(desk))
    hands.part("leads.grid").setFocus()
    hands.press(KEY.Key_F9)
    hands.bot.waitUntil(lambda: is_open(hands))
    hands.press(RESULTS[desk.book.next() % len(RESULTS)])
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: not is_open(hands))
    assert Lead.find(number).call_date == clock.today()
    desk.book.done["calls"] += 1


def put_a_lead_off(desk: Desk) -> None:
    """A reminder for tomorrow, with a word."""
    hands = desk.hands
    number = stands.at_lead(desk, stands.my_lead(desk))
    hands.fill("leads.notes", f"Asked for tomorrow {desk.book.next()}")
    hands.fill("leads.reminder_date", "tomorrow")
    hands.fill("leads.reminder_time", "1030")
    hands.bot.keyClick(hands.part("leads.reminder_time"), KEY.Key_S, CTRL)
    assert Lead.find(number).reminder_date == clock.today() + timedelta(days=1)


def do_what_is_due(desk: Desk) -> None:
    """The first of the reminders is closed; one that comes again makes its next turn."""
    hands = desk.hands
    hands.go("reminders")
    hands.part("reminders.tabs", QTabWidget).setCurrentIndex(0)
    hands.read_to_the_end("reminders.tasks")
    before, again = Task.select().where(Task.closed).count(), Task.closed & (Task.repeats != "")
    turns = Task.select().where(again).count()
    hands.bot.waitUntil(lambda: hands.rows("reminders.tasks") > 0)
    hands.click_row("reminders.tasks", 0)
    hands.bot.waitUntil(hands.button("reminders.close").isEnabled)
    hands.click("reminders.close")
    hands.bot.waitUntil(lambda: Task.select().where(Task.closed).count() == before + 1)
    desk.book.done["entries done"] += 1
    desk.book.done["entries"] += Task.select().where(again).count() - turns


def plus(desk: Desk, letter: str) -> None:
    """Alt+N and the letter of what is to be made."""
    QTest.keyClick(desk.hands.window, KEY.Key_N, ALT)
    entries = desk.hands.part("main.quick_menu_list")
    desk.hands.bot.waitUntil(entries.isVisible)
    QTest.keyClicks(entries, letter)
    activate(desk.hands.bot, desk.hands.window)  # what a window manager does when a menu has gone


def enter_a_lead(desk: Desk) -> None:
    """The plus, L, the fields, Ctrl+S."""
    hands, known = desk.hands, somebody(desk.book)
    plus(desk, "l")
    hands.bot.waitUntil(lambda: hands.here() == "leads")
    for field in ("description", "first_name", "last_name", "company", "phone", "email"):
        hands.fill(f"leads.{field}", str(known[field]))
    hands.bot.keyClick(hands.part("leads.email"), KEY.Key_S, CTRL)
    made = Lead.get(Lead.description == known["description"])
    assert (made.owner, made.email) == (desk.by, known["email"])
    desk.book.done["leads"] += 1


def enter_an_account(desk: Desk) -> None:
    """The plus, A: an account without a lead, in a window of its own."""
    hands, name = desk.hands, f"Wharf {desk.book.next()}"
    before = Customer.select().count()

    def fill(dialog: NewRecordDialog) -> None:
        write(hands.bot, part(dialog, "new_record.name"), name)
        part(dialog, "new_record.create").click()

    hands.go("accounts")
    done = meeting(desk, NewRecordDialog, fill, lambda dialog: dialog.isActiveWindow())
    plus(desk, "a")
    hands.bot.waitUntil(lambda: bool(done) and Account.get_or_none(Account.name == name) is not None)
    desk.book.done["accounts"] += 1
    desk.book.done["customers"] += Customer.select().count() - before


def enter_a_contact(desk: Desk) -> None:
    """Another person at an account, typed from cell to cell."""
    hands, number = desk.hands, desk.book.next()
    stands.at_account(desk, "contacts")
    hands.click("accounts.contacts.create")
    for text in (f"Zoë{number}", f"Harbour{number}"):
        hands.type(text)
        hands.press(KEY.Key_Tab)
    hands.press(KEY.Key_Escape)
    hands.bot.waitUntil(lambda: Contact.get_or_none(Contact.last_name == f"Harbour{number}") is not None)
    desk.book.done["contacts"] += 1


def convert_a_lead(desk: Desk) -> None:
    """One click makes the customer, the account, the contact and the deal."""
    hands = desk.hands
    number = stands.at_lead(desk, stands.my_lead(desk, fresh=True))
    hands.click("leads.convert")
    hands.bot.waitUntil(lambda: Lead.find(number).converted)
    for name in ("leads converted", "customers", "accounts", "contacts", "deals"):
        desk.book.done[name] += 1
    deal = Opportunity.get(Opportunity.originating_lead == number)
    assert deal.owner == desk.by


def think_better(desk: Desk) -> None:
    """Something is changed, and Ctrl+Z brings back what was."""
    hands = desk.hands
    number = stands.at_lead(desk, stands.my_lead(desk))
    before = Lead.find(number).title
    hands.fill("leads.title", f"Boss {desk.book.next()}")
    hands.bot.keyClick(hands.part("leads.title"), KEY.Key_S, CTRL)
    assert Lead.find(number).title != before
    hands.part("leads.grid").setFocus()
    hands.press(KEY.Key_Z, CTRL)
    hands.bot.waitUntil(lambda: Lead.find(number).title == before)
