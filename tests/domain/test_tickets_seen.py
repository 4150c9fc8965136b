"""Tickets where others see them: on timelines, on Home, and mails that answer us about one (VT-173…VT-193)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.records import FAQ, Account, Contact, Document, FiledMail, PhoneCall, Product, Ticket
from channergy_crm.records.messages import MessageRow
from channergy_crm.records.tickets import CLOSED, OPEN, WAITING, CameBy
from channergy_crm.services import calls, documents, faq, groups, saving, templates
from channergy_crm.services import office as office_settings
from channergy_crm.services.calls import Call
from channergy_crm.services.filing import deeds as filing
from channergy_crm.services.filing.mails import Attached, Mail
from channergy_crm.services.home import blocks, own_tickets
from channergy_crm.services.mail import recipients
from channergy_crm.services.tickets import calling, comments, deeds, keeping, letters
from channergy_crm.services.timeline import pages
from channergy_crm.settings import MAIL_ADDRESS, MAIL_HOST, MAIL_PORT
from channergy_crm.text.replies import own_words
from channergy_crm.transfer.exporting.run import export
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from tests import made as make
from tests.domain.exports import wanted

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

BY = "ADMIN"
pytestmark = [pytest.mark.usefixtures("office", "fixed_clock"), pytest.mark.engines("sqlite")]
KINDS = ["ticket", "ticket_closed", "ticket_said"]


def ticket(title: str = "Box arrived broken", **values: Any) -> Ticket:
    held = keeping.start(BY)
    for name, value in {"title": title, **values}.items():
        setattr(held, name, value)
    return keeping.save(held, BY)


def contact(email: str = "chiara@millstone.example") -> Contact:
    account = make.account("Millstone Candle Works")
    with work.unit("x", by=BY):
        held = Contact(customer=account.customer, first_name="Chiara", last_name="Zielinski", email=email)
        held.save()
    return held


def test_vt174_vt193_tickets_stand_on_the_timeline_of_the_contact_and_of_the_account(office: Office) -> None:
    who = contact()
    held = ticket(contact=who.number, account=keeping.account_of(who.number))
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        comments.from_customer(held.number, "Two boxes were open.", who.number, BY, CameBy.PHONE)
    with clock.fixed(clock.now() + timedelta(minutes=9)):
        deeds.close(held.number, "Two new ones.", BY)
    account = Account.get_by_id(keeping.account_of(who.number))
    for record in (who, account):
        found = pages.of(record, BY, kinds=KINDS).entries
        assert [(each.kind, each.title, each.note) for each in found] == [
            ("ticket_closed", "Ticket closed: Box arrived broken", "Two new ones."),
            ("ticket_said", "About ticket Box arrived broken", "Two boxes were open."),
            ("ticket", "Ticket opened: Box arrived broken", ""),
        ]
        assert {each.opens for each in found} == {("CRMTickets", held.number)}
    assert pages.of(held, BY, kinds=KINDS).entries == []


def test_vt20_vt175_home_shows_the_open_tickets_those_due_first_and_the_status_line_counts_them(office: Office) -> None:
    assert not own_tickets.office_has_some(BY)
    ticket("low", priority="Low")
    ticket("urgent", priority="Urgent")
    waiting = ticket("waiting")
    deeds.set_status(waiting.number, WAITING, BY)
    deeds.close(ticket("done").number, "", BY)
    groups.create("NORTH", "North", BY)
    groups.let_in("NORTH", [BY], BY)
    ticket("of my group", priority="Low", owner="NORTH")
    ticket("theirs", owner=make.colleague())
    found = own_tickets.own_tickets(BY)
    assert ([line.name for line in found.lines], found.total) == (["urgent", "low", "of my group", "waiting"], 4)
    assert "tickets" in {kind.name for kind in blocks.offered(BY)}
    due = Ticket.get(Ticket.title == "urgent").due
    with clock.fixed(due - timedelta(minutes=30)):
        assert keeping.counts(BY)[1:] == (0, 1)
    with clock.fixed(due):
        assert keeping.counts(BY)[:2] == (4, 1)


def test_vt28_home_shows_the_answers_one_wrote_last(office: Office) -> None:
    assert not own_tickets.there_are_answers(BY)
    for days, question in enumerate(("older", "newer")):
        with clock.fixed(clock.now() + timedelta(days=days)):
            held = faq.start(BY)
            held.question, held.answer = question, "So."
            faq.save(held, BY)
    with work.unit("of somebody else", by=BY):
        FAQ(question="theirs", answer="So.", owner=make.colleague()).save()
    found = own_tickets.recent_answers(BY)
    assert ([line.name for line in found.lines], found.total) == (["newer", "older"], 2)
    assert "answers" in {kind.name for kind in blocks.offered(BY)}


def test_vt188_a_template_takes_what_the_ticket_says_and_goes_to_its_contact(office: Office) -> None:
    who = contact(email="chiara@millstone.example")
    held = ticket("Box arrived broken", contact=who.number, priority="Urgent")
    subject, body = (
        "Ticket {{ ticket.number }}",
        "Dear {{ person.first_name }}, {{ ticket.title }}: {{ ticket.priority }}",
    )
    found = recipients.prepare([(Ticket, held.number)], subject, body, BY).recipients
    assert [(each.record, each.about, each.address) for each in found] == [(who, held, "chiara@millstone.example")]
    assert (found[0].subject, found[0].text) == (
        f"Ticket {held.number}", "Dear Chiara, Box arrived broken: Urgent",
    )  # fmt: skip
    alone = ticket("Nobody named")
    assert recipients.prepare([(Ticket, alone.number)], subject, body, BY).recipients == []


def test_vt176_the_tickets_of_the_same_product_are_told_the_latest_first(office: Office) -> None:
    with work.unit("x", by=BY):
        product = Product(name="Candle set", code="C")
        product.save()
    here = ticket("here", product=product.number)
    ticket("elsewhere")
    older = ticket("older", product=product.number)
    with clock.fixed(clock.now() + timedelta(days=1)):
        deeds.close(older.number, "", BY)
        assert [each.title for each in keeping.same_product(here.number, BY)] == ["older"]
        assert keeping.same_product(ticket("bare").number, BY) == []


def test_vt190_a_ticket_from_a_file_is_open_and_one_that_waits_has_no_answer_due(office: Office) -> None:
    with work.unit("x", by=BY):
        held = Ticket(title="From a file", owner=BY)
        held.save()
    assert (held.status, held.closed) == (OPEN, False)
    waits = ticket("a")
    waits.status = WAITING
    with work.unit("x", by=BY):
        waits.save()
    assert waits.due is None and waits.waiting


# ---------------------------------------------------------------- mails


def answer(sender: str, subject: str = "Re: hello", **more: Any) -> Mail:
    text = "The red one.\n\nOn Mon, 2 Mar 2026 us@office.example wrote:\n> Which box?"
    return Mail(f"<{sender}{subject}@x>", ("", sender), sent=clock.now(), subject=subject, text=text, **more)


def test_vt173_vt193_a_mail_of_the_customer_about_a_ticket_is_a_comment_with_its_files(office: Office) -> None:
    who = contact()
    held = ticket(contact=who.number)
    deeds.set_status(held.number, WAITING, BY)
    mail = answer("Chiara@Millstone.example", f"Re: [#{held.number}] Box", attached=(Attached("box.txt", b"a box"),))
    filed = filing.file(mail, Contact, who.number, BY)
    said = comments.of(held.number, BY)
    assert [(each.who, each.text, each.came_by) for each in said] == [("Chiara Zielinski", "The red one.", "mail")]
    assert keeping.require(held.number, BY).status == OPEN
    assert [each.name for each in Document.select().where(documents.about([(Ticket, held.number)]))] == ["box.txt"]
    assert [each.name for each in said[0].files] == ["box.txt"]
    assert [each.name for each in filing.files(filed)] == ["box.txt"] and FiledMail.select().count() == 1


def test_vt193_a_call_from_a_ticket_stands_with_whom_it_was_to_and_at_the_ticket(office: Office) -> None:
    who = contact()
    held = ticket(contact=who.number)
    result = next(each for each in calls.results(BY) if each.reached)
    calling.write(held.number, who, Call(result.code, " Two boxes, he says. ", None), BY)
    logged = PhoneCall.select().get()
    assert (logged.contact, logged.note.strip()) == (who.number, "Two boxes, he says.")
    said = comments.of(held.number, BY)
    assert [(each.text, each.internal) for each in said] == [
        (f"Call to Chiara Zielinski: {result.label}\nTwo boxes, he says.", True)
    ]
    assert keeping.require(held.number, BY).due == held.due, "a note is no answer"
    saving.undo_latest(BY)
    assert not PhoneCall.select().exists() and not comments.of(held.number, BY)


def test_vt193_a_comment_knows_the_files_that_came_with_it_as_long_as_they_are_there(office: Office) -> None:
    held, other = ticket(), ticket("another")
    box, lid, strange = (documents.add(Ticket, each.number, b"x%d" % place, BY, name=f"{place}.txt").number
                         for place, each in enumerate((held, held, other)))  # fmt: skip
    comments.say(held.number, "See here.", BY, files=[box, lid, strange])
    comments.say(held.number, "Nothing with it.", BY, internal=True)

    def named() -> list[list[str]]:
        return [[file.name for file in each.files] for each in comments.of(held.number, BY)]

    assert named() == [["0.txt", "1.txt"], []], "and none of another ticket"
    documents.remove(lid, BY)
    assert named() == [["0.txt"], []]
    saving.undo_latest(BY)
    assert named() == [["0.txt", "1.txt"], []]
    deeds.join(other.number, [held.number], BY)
    assert [len(each.files) for each in comments.of(other.number, BY)] == [2, 0]
    assert comments.came_with(other.number, BY) == []


def test_vt173_a_number_alone_opens_no_ticket_and_an_answer_to_its_mail_finds_it(office: Office) -> None:
    for setting, value in ((MAIL_HOST, "mail.office.example"), (MAIL_PORT, "587"), (MAIL_ADDRESS, "us@office.example")):
        office_settings.choose(setting, value, BY)
    who = contact()
    stranger = make.contact(make.account("Elsewhere"), "Eve", email="eve@elsewhere.example")
    held = ticket(contact=who.number)
    filing.file(answer("eve@elsewhere.example", f"[#{held.number}]"), Contact, stranger.number, BY)
    assert comments.of(held.number, BY) == []
    comments.say(held.number, "Which box?", BY)
    row = MessageRow.select().get()
    with work.unit("x", by=BY):
        MessageRow.update(message_id="<ours@office.example>").where(MessageRow.number == row.number).execute()
    filing.file(answer("chiara@millstone.example", answers=("<ours@office.example>",)), Contact, who.number, BY)
    assert [each.text for each in comments.of(held.number, BY)] == ["Which box?", "The red one."]
    automatic = answer("chiara@millstone.example", f"[#{held.number}] away", is_automatic=True)
    filing.file(automatic, Contact, who.number, BY)
    assert len(comments.of(held.number, BY)) == 2 and keeping.require(held.number, BY).status != CLOSED


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Yes.\n> No?", "Yes."),
        ("Ja.\n\nAm 2. März 2026 um 9:00 schrieb us:\n> Nein?", "Ja."),
        ("Oui.\n-----Message d'origine-----\nDe : nous", "Oui."),
        ("> only quoted", "> only quoted"),
    ],
)
def test_vt191_of_an_answer_by_mail_only_their_own_words_are_kept(text: str, left: str) -> None:
    assert own_words(text) == left


# ---------------------------------------------------------------- files


def test_vt180_tickets_and_answers_come_from_a_file_and_go_into_one(office: Office, tmp_path: Path) -> None:
    account = make.account("Millstone Candle Works")
    file = tmp_path / "tickets.csv"
    file.write_text(
        "Title,Account,Status,Priority,Category,Description\n"
        "Box arrived broken,Millstone Candle Works,Closed,High,Fault,Two boxes\nWhich wax?,,,Low,Question,\n",
        "utf-8",
    )
    assert run(propose(Ticket, open_source(file)), operator=BY).taken == 2
    rows = {each.title: each for each in Ticket.select()}
    box, wax = rows["Box arrived broken"], rows["Which wax?"]
    assert (box.account, box.status, box.closed, box.category) == (account.number, CLOSED, True, "Fault")
    assert (wax.status, wax.priority, wax.closed) == (OPEN, "Low", False)
    out = tmp_path / "out.csv"
    export(office, wanted(Ticket), out, form="csv")
    assert all(title in out.read_text("utf-8-sig") for title in rows)
    file.write_text("Question,Answer,Status\nHow long?,Three weeks.,Published\n", "utf-8")
    for _again in range(2):
        run(propose(FAQ, open_source(file)), operator=BY)
    assert [each.status for each in FAQ.select()] == ["Published"], "a question stands there once"


def test_vt188_vt180_a_ticket_is_merged_with_a_template_and_what_was_typed_is_no_field_of_it(office: Office) -> None:
    row = templates.start("mail", BY)
    row.name, row.subject, row.body = "Parcel", "About your parcel", "Dear {{contact.first_name}},"
    templates.save(row, BY)
    held = ticket("Box {{contact.first_name}} *broken*", description="Two boxes.")
    subject, body = letters.merged(held.number, row.number, BY)
    assert subject == f"[#{held.number}] About your parcel"
    assert body.startswith("Dear {{contact.first_name}},\n\n") and body.count("{{") == 1
    assert r"\*broken\*" in body and "Two boxes." in body
    assert letters.merged(held.number, None, BY)[0].startswith(f"[#{held.number}] Box")
