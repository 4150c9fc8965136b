"""Tickets: opened, answered, watched over, solved, split, joined, counted, made into answers (VT-172…VT-193)."""

from __future__ import annotations

import csv
from contextlib import closing
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.records import BY_TABLE, FAQ, Contact, Product, Ticket
from channergy_crm.records.lookups import choices
from channergy_crm.records.messages import MessageRow
from channergy_crm.records.team_notices import TeamNotice
from channergy_crm.records.tickets import CLOSED, OPEN, PUBLISHED, WAITING, WORKING
from channergy_crm.services import faq, global_search, history, notes, saving, tags
from channergy_crm.services import office as office_settings
from channergy_crm.services.rights import Program
from channergy_crm.services.tickets import comments, deeds, figures, keeping, limits, mails, warning
from channergy_crm.settings import MAIL_ADDRESS, MAIL_HOST, MAIL_PORT, TICKET_TELLS
from channergy_crm.text.working_time import Work
from channergy_crm.transfer.exporting.support import export_support
from channergy_crm.work import undo
from tests import made as make

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

BY = "ADMIN"
pytestmark = pytest.mark.usefixtures("fixed_clock")
MONDAY = datetime(2026, 3, 2, 9, 0)


def ticket(title: str = "Box arrived broken", **values: Any) -> Ticket:
    held = keeping.start(BY)
    for name, value in {"title": title, **values}.items():
        setattr(held, name, value)
    return keeping.save(held, BY)


def contact(**values: Any) -> Contact:
    account = make.account("Millstone Candle Works")
    with work.unit("x", by=BY):
        held = Contact(customer=account.customer, first_name="Chiara", last_name="Zielinski", **values)
        held.save()
    return held


def asked_by(**values: Any) -> Ticket:
    """A ticket of somebody with an e-mail address, in an office that sends mail."""
    for setting, value in ((MAIL_HOST, "mail.office.example"), (MAIL_PORT, "587"), (MAIL_ADDRESS, "us@office.example")):
        choose(setting, value)
    return ticket(contact=contact(email="chiara@millstone.example").number, **values)


def take_back() -> None:
    undo.reverse(undo.undoable(BY).number, by=BY, records=BY_TABLE)


def sent() -> list[str]:
    return [row.subject for row in MessageRow.select().order_by(MessageRow.number)]


def test_vt181_vt182_a_new_ticket_begins_open_and_normal_with_whom_it_is_about(office: Office) -> None:
    """VT-80: a contact is linked to the help desk too, and brings its account."""
    who = contact()
    held = keeping.start(BY, contact=who.number)
    assert (held.status, held.priority, held.owner) == (OPEN, "Normal", BY)
    assert held.account == keeping.account_of(who.number) is not None
    lists = {
        name: [each.value for each in choices(*Ticket.kind(name).list_key)]
        for name in ("priority", "severity", "category")
    }
    assert lists["priority"] == ["Urgent", "High", "Normal", "Low"] and "Complaint" in lists["category"]
    assert lists["severity"] == ["Critical", "Major", "Minor", "Feature"]
    with pytest.raises(Mistake, match="Title"):
        keeping.save(held, BY)


def test_vt190_a_ticket_goes_through_its_stages_and_is_closed_and_each_step_is_taken_back(office: Office) -> None:
    held = ticket()
    deeds.take_over(held.number, BY)
    assert keeping.require(held.number, BY).status == WORKING
    done = deeds.close(held.number, "A new box.", BY)
    assert (done.status, done.closed, done.solution) == (CLOSED, True, "A new box.")
    assert done.closed_on == clock.now() and done.due is None and done.solve_due is None
    take_back()
    again = keeping.require(held.number, BY)
    assert (again.status, again.closed, again.closed_on, again.solution) == (WORKING, False, None, "")


def test_vt191_comments_stand_in_order_with_who_said_them_and_the_solution_last(office: Office) -> None:
    held = ticket(contact=contact().number)
    comments.from_customer(held.number, "Two boxes were open.", held.contact, Program.PORTAL)
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        comments.say(held.number, "Called back.", BY, internal=True)
    with clock.fixed(clock.now() + timedelta(minutes=9)):
        comments.say(held.number, "Two new ones leave today.", BY, solves=True)
    said = [(each.who, each.by_customer, each.internal, each.solves) for each in comments.of(held.number, BY)]
    assert said == [("Chiara Zielinski", True, False, False), ("Administrator", False, True, False),
                    ("Administrator", False, False, True)]  # fmt: skip
    assert [each.text for each in comments.of(held.number, BY, only_theirs=True)] == [
        "Two boxes were open.", "Two new ones leave today.",
    ]  # fmt: skip
    assert keeping.require(held.number, BY).solution == "Two new ones leave today."
    with pytest.raises(Mistake, match="Write something"):
        comments.say(held.number, "  ", BY)


def test_vt191_what_the_customer_says_opens_the_ticket_again_and_an_answer_takes_the_limit_away(office: Office) -> None:
    held = ticket(contact=contact().number)
    assert held.due is not None
    comments.say(held.number, "Which box?", BY, status=WAITING)
    waiting = keeping.require(held.number, BY)
    assert (waiting.due, waiting.waiting, waiting.answered_on) == (None, True, clock.now())
    comments.from_customer(held.number, "The red one.", held.contact, Program.PORTAL)
    again = keeping.require(held.number, BY)
    assert again.status == OPEN and again.due is not None and again.last_said == clock.now()


def test_vt173_limits_are_counted_in_working_hours() -> None:
    work = Work(time(9), time(17), frozenset(range(5)), frozenset({datetime(2026, 3, 3).date()}))
    assert work.after(MONDAY, 60) == MONDAY.replace(hour=10)
    assert work.after(MONDAY.replace(hour=16), 120) == datetime(2026, 3, 4, 10), "Tuesday is off"
    assert work.after(datetime(2026, 3, 7, 12), 30) == datetime(2026, 3, 9, 9, 30), "nobody works on Saturday"
    assert work.after(MONDAY.replace(hour=7), 480) == MONDAY.replace(hour=17)
    assert Work(time(9), time(9)).after(MONDAY, 1) is None


def test_vt173_an_urgent_ticket_is_answered_sooner_and_is_soon_and_late_in_time(office: Office) -> None:
    with clock.fixed(MONDAY):
        urgent, low = ticket("A", priority="Urgent"), ticket("B", priority="Low")
        assert urgent.due == MONDAY.replace(hour=11) and low.due == datetime(2026, 3, 4, 17)
        assert limits.how(urgent.due) == "" and limits.how(urgent.due, MONDAY.replace(hour=10, minute=30)) == "soon"
        assert limits.how(urgent.due, MONDAY.replace(hour=11)) == "late" and limits.how(None) == ""
        urgent.priority = "Normal"
        assert keeping.save(urgent, BY).due == MONDAY.replace(hour=17)


def test_vt173_whoever_has_it_is_warned_once_before_the_time_is_over(office: Office) -> None:
    with clock.fixed(MONDAY):
        ticket("Urgent one", priority="Urgent")
        assert not warning.is_wanted()
    with clock.fixed(MONDAY.replace(hour=10, minute=15)):
        assert warning.is_wanted() and warning.warn(Program.ITSELF) == 1
        assert not warning.is_wanted() and warning.warn(Program.ITSELF) == 0
        notice = TeamNotice.select().get()
        assert (notice.to, notice.table) == (BY, "CRMTickets") and "Urgent one" in notice.text


def test_vt173_the_customer_learns_of_a_new_stage_once_and_not_of_one_that_was_taken_back(office: Office) -> None:
    held = asked_by()
    assert mails.tell(Program.ITSELF) == 0, "it is new: nothing is said"
    deeds.set_status(held.number, WORKING, BY)
    take_back()
    assert mails.tell(Program.ITSELF) == 0
    deeds.set_status(held.number, WORKING, BY)
    assert mails.tell(Program.ITSELF) == 1 and not mails.is_wanted()
    assert sent() == [f"[#{held.number}] Box arrived broken"]
    row = MessageRow.select().get()
    assert row.address == "chiara@millstone.example" and "In Progress" in row.text


@pytest.mark.parametrize("silent", ["quiet", "email_opt_out", "office"])
def test_vt173_who_opted_out_is_not_written_to(office: Office, silent: str) -> None:
    held = asked_by(quiet=silent == "quiet")
    mails.tell(Program.ITSELF)
    if silent == "email_opt_out":
        person = Contact.get_by_id(held.contact)
        person.email_opt_out = True
        saving.save(person, BY)
    if silent == "office":
        choose(TICKET_TELLS, "off")
    deeds.set_status(held.number, WORKING, BY)
    assert mails.tell(Program.ITSELF) == 0 and sent() == [] and not mails.is_wanted()


def choose(setting: Any, value: str) -> None:
    office_settings.choose(setting, value, BY)


def test_vt191_an_answer_goes_by_mail_and_says_so_and_a_note_does_not(office: Office) -> None:
    held = asked_by()
    comments.say(held.number, "Only for *us*", BY, internal=True)
    assert sent() == []
    comments.say(held.number, "Two *new* boxes.", BY, status=WAITING)
    row = MessageRow.select().get()
    assert "Two *new* boxes." in row.text and "<em>" not in row.html and f"#{held.number}" in row.subject
    assert [each.mail for each in comments.of(held.number, BY)] == ["", "waiting"]
    assert not mails.is_wanted(), "the answer told the stage"


def test_vt185_a_duplicate_takes_a_part_of_it_and_nothing_that_was_said(office: Office) -> None:
    held = ticket(priority="High", category="Fault", description="Two things.")
    comments.say(held.number, "Hello.", BY)
    part = deeds.duplicate(held.number, BY, "The second thing")
    assert (part.title, part.priority, part.category, part.split_from) == (
        "The second thing",
        "High",
        "Fault",
        held.number,
    )
    assert [each.internal for each in comments.of(part.number, BY)] == [True]
    take_back()
    assert Ticket.find(part.number) is None


def test_vt184_two_tickets_become_one_with_all_that_was_said(office: Office) -> None:
    first, second = ticket("One", description="a"), ticket("Two", description="b", category="Fault")
    comments.say(second.number, "From two.", BY, internal=True)
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        comments.say(first.number, "From one.", BY, internal=True)
    notes.add(Ticket, second.number, "A note.", BY)
    held = deeds.join(first.number, [second.number], BY)
    assert Ticket.find(second.number) is None and held.title == "One" and held.category == "Fault"
    assert [each.text for each in comments.of(first.number, BY)] == ["From two.", "From one."]
    assert "a" in held.description and "b" in held.description
    assert len(notes.of([(Ticket, first.number)], BY)) == 1
    take_back()
    assert [each.text for each in comments.of(second.number, BY)] == ["From two."]
    with pytest.raises(Mistake, match="at least two"):
        deeds.join(first.number, [first.number], BY)


def test_vt186_a_ticket_becomes_an_answer_for_everybody(office: Office) -> None:
    held = ticket("How long must broken goods be kept?")
    deeds.close(held.number, "Three weeks.", BY)
    made = faq.save(deeds.to_faq(held.number, BY), BY)
    assert (made.question, made.answer, made.status, made.ticket) == (held.title, "Three weeks.", "Draft", held.number)


def test_vt176_answers_are_found_by_words_and_for_a_ticket_and_counted_when_used(office: Office) -> None:
    with work.unit("x", by=BY):
        product = Product(name="Candle set", code="C")
        product.save()
    texts = {"How long must broken goods be kept?": "Three weeks; the carrier looks.", "Which wax?": "Bees.",
             "Old carrier rule?": "Gone."}  # fmt: skip
    made = []
    for question, answer in texts.items():
        one = faq.start(BY)
        one.question, one.answer, one.product = question, answer, product.number if "wax" in question else None
        made.append(faq.save(one, BY))
    faq.set_status(made[0].number, PUBLISHED, BY)
    faq.set_status(made[2].number, "Obsolete", BY)
    assert [each.number for each in faq.search("carrier", BY)] == [made[0].number], "what is obsolete is not offered"
    assert faq.search("CARRIER broken", BY, published=True) and not faq.search("wax", BY, published=True)
    assert faq.search("", BY, product=product.number)[0].number == made[1].number
    held = ticket("Broken goods", product=product.number)
    assert {each.number for each in faq.found_for(held.number, BY)} >= {made[0].number}
    comments.say(held.number, "Three weeks.", BY, answers=[made[0].number])
    assert FAQ.get_by_id(made[0].number).used == 1 and faq.search("", BY)[0].number == made[0].number


def test_vt175_vt174_figures_by_customer_and_product_are_those_of_plain_counting_and_go_into_a_file(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.fixed(MONDAY):
        who = contact()
        account = keeping.account_of(who.number)
        ticket("a", account=account, category="Complaint", priority="Urgent")
        done = ticket("b", account=account)
        ticket("c")
        deeds.close(done.number, "Yes.", BY)
    with clock.fixed(MONDAY + timedelta(hours=4)):
        day = MONDAY.date()
        held = figures.read(day, day, BY)
        assert held.all[2:] == (3, 2, 1, 1) and held.answered_after == 0
        by = {line.label: line[2:] for line in held.customers}
        assert by == {"Millstone Candle Works": (2, 1, 1, 1), "(none)": (1, 1, 0, 0)}
        assert sum(line.came for line in held.products) == 3
        assert figures.read(day - timedelta(days=2), day - timedelta(days=1), BY).all.came == 0
        monkeypatch.setattr(figures, "AT_ONCE", 1)
        monkeypatch.setattr(figures, "MOST", 1)  # in the file stand all of them
        file = tmp_path / "support.csv"
        assert export_support(day, day, file, BY) == 4 and export_support(day, day, tmp_path / "x.xlsx", BY) == 4
        rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
        assert rows[0][2:] == ["Came in", "Still open", "Late", "Complaints", "Minutes to the first answer"]
        assert rows[1] == ["All tickets", "", "3", "2", "1", "1", "0"]
        assert ["By customer", "Millstone Candle Works", "2", "1", "1", "1", ""] in rows
        assert ["By product", "(none)", "3", "2", "1", "1", ""] in rows


def test_vt192_the_history_says_who_changed_what_and_when(office: Office) -> None:
    held = ticket()
    held.priority = "Urgent"
    keeping.save(held, BY)
    entry = history.of([(Ticket, held.number)], BY).entries[0]
    assert entry.by == BY and entry.done == clock.now()
    changed = {each.kind.name: (each.before, each.after) for each in entry.fields}
    assert changed["priority"] == ("Normal", "Urgent")


def test_vt172_vt178_vt179_a_ticket_is_found_by_its_words_and_number(office: Office) -> None:
    held = ticket("Lid does not close", description="The brass lid")
    with closing(office.reader()) as reader:
        for typed in ("lid close", "brass", f"#{held.number}"):
            found = list(global_search.find(reader, typed, BY))[-1]
            assert [hit.key for group in found for hit in group.hits if group.place.record is Ticket] == [held.number]


def test_vt187_a_ticket_is_tagged(office: Office) -> None:
    held = ticket()
    tags.put_on(Ticket, [held.number], "later", BY)
    assert [each.name for each in tags.of(held, BY)] == ["later"]
    assert [(each.tag.name, each.most) for each in tags.cloud(BY)] == [("later", Ticket)]
