"""What a visitor of the Customer Portal sees and does, and that nothing of anybody else is ever reached (VT-177)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import language, work
from channergy_crm.errors import Mistake
from channergy_crm.records import FAQ, Account, Contact, Document, Operator, Product, Ticket, TicketComment
from channergy_crm.records.portal import PortalFile
from channergy_crm.records.team_notices import TeamNotice
from channergy_crm.records.tickets import CLOSED, OPEN, PUBLISHED, WAITING
from channergy_crm.services import documents, operators, saving
from channergy_crm.services import office as office_settings
from channergy_crm.services.portal import sending, visitor
from channergy_crm.services.portal.seen import Said
from channergy_crm.services.portal.visitor import Visitor
from channergy_crm.services.privacy import anonymising
from channergy_crm.services.tickets import comments, deeds, keeping
from channergy_crm.settings import DOCUMENT_MOST, PORTAL_WHOLE_ACCOUNT
from tests.domain import intruding
from tests.domain.visiting import BY, Browser, contact, ticket

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.store.database import Office

pytestmark = pytest.mark.usefixtures("fixed_clock")
one_engine = pytest.mark.engines("sqlite")
ATTEMPTS = int(os.environ.get("PORTAL_ATTEMPTS", "200"))


# ---------------------------------------------------------------- nothing of others


def test_vt177_nothing_of_another_customer_is_ever_reached(office: Office) -> None:
    assert intruding.attempts(intruding.House(), ATTEMPTS, 177) == []


@one_engine
@pytest.mark.parametrize("hole", ["_theirs", "_said", "answers"])
def test_vt177_the_attempts_notice_a_hole(office: Office, monkeypatch: pytest.MonkeyPatch, hole: str) -> None:
    house = intruding.House()
    made: dict[str, Any] = {
        "_theirs": lambda _self: Ticket.number.is_null(False),
        "_said": lambda _self, held: [
            Said(row.who, row.by_customer, row.text, row.when, row.solves, by_button=False)
            for row in comments.of(held.number, BY) if held.number == house.mine.number
        ],
        "answers": lambda _self, *_all: list(FAQ.select()),
    }  # fmt: skip
    monkeypatch.setattr(Visitor, hole, made[hole])
    assert intruding.attempts(house, 200, 177)


@one_engine
def test_vt177_what_is_not_theirs_looks_as_what_is_not_there(office: Office) -> None:
    house = intruding.House()
    there, nowhere = house.others[0], 999_999_999
    for path in ("/tickets/{}", f"/tickets/{house.mine.number}/files/{{}}", "/faq/{}", "/tickets/{}/files/1"):
        pages = [house.browser.ask(path.format(number)) for number in (there, nowhere)]
        assert pages[0][:3] == pages[1][:3] and pages[0].status == 404, path
    assert house.browser.ask("/nothing").text == house.browser.ask(f"/tickets/{there}").text
    ways = [house.browser.send(f"/tickets/{number}/solved") for number in (there, nowhere)]
    assert ways[0][:3] == ways[1][:3] and ways[0].status == 404


# ---------------------------------------------------------------- tickets


def test_vt104_vt177_a_visitor_sees_their_tickets_open_ones_first_and_what_is_meant_for_them(office: Office) -> None:
    who, other = contact(), contact("Ben", "Harbor Books")
    first, second = ticket(who, "A lid is bent"), ticket(who, "Which <b>wax</b>?", description="For {{ outdoors }}?")
    ticket(other, "Not theirs")
    deeds.close(second.number, "Bees.", BY)
    comments.say(first.number, "Only for us.", BY, internal=True)
    comments.say(first.number, "A new one leaves today.", BY, status=WAITING)
    browser = Browser()
    seen = browser.enter(who).plain()
    assert seen.index("A lid is bent") < seen.index("Which <b>wax</b>?") and "Not theirs" not in seen
    assert "Wait For Response" in seen
    page = browser.ask(f"/tickets/{first.number}")
    assert "A new one leaves today." in page.plain() and "Only for us" not in page.text and "Administrator" in page.text
    over = browser.ask(f"/tickets/{second.number}").text
    assert "Which &lt;b&gt;wax&lt;/b&gt;?" in over and "For {{ outdoors }}?" in over, "text stays text"
    assert "opens it again" in over and "It is solved" not in over


def test_vt177_what_a_visitor_writes_opens_the_ticket_again_and_is_told_to_whoever_has_it(office: Office) -> None:
    who = contact()
    held = ticket(who)
    deeds.close(held.number, "Two new ones.", BY)
    browser = Browser()
    browser.enter(who)
    browser.ask(f"/tickets/{held.number}")
    assert browser.send(f"/tickets/{held.number}", {"text": "  "}).status == 422
    wrong = browser.send(f"/tickets/{held.number}", {"text": "x" * 20_001})
    assert "at most 20000 letters" in wrong.plain() and 'aria-describedby="text-wrong"' in wrong.text
    said = "Line\r\n<script>alert(1)</script> {{ 7*7 }}\x00\u202e end"
    came = browser.send(f"/tickets/{held.number}", {"text": said})
    assert came.status == 303 and "It has reached us" in browser.ask(came.heads["Location"]).plain()
    row = TicketComment.select().order_by(TicketComment.number.desc()).get()
    assert row.text == "Line\n<script>alert(1)</script> {{ 7*7 }} end"
    assert row.__data__["contact"] == who.number
    after = keeping.require(held.number, BY)
    assert (after.status, after.closed, row.came_by) == (OPEN, False, "portal") and after.due is not None
    notice = TeamNotice.select().get()
    assert (notice.to, notice.table, notice.record) == (BY, "CRMTickets", held.number)
    assert "&lt;script&gt;" in browser.ask(f"/tickets/{held.number}").text


def test_vt177_a_visitor_says_that_it_is_solved(office: Office) -> None:
    who = contact()
    held = ticket(who)
    browser = Browser()
    browser.enter(who)
    browser.ask(f"/tickets/{held.number}")
    assert browser.send(f"/tickets/{held.number}/solved").status == 303
    after = keeping.require(held.number, BY)
    assert (after.status, after.closed, after.due) == (CLOSED, True, None)
    assert [each.text for each in comments.of(held.number, BY)] == ["This is solved."]
    browser.language = "de"
    assert "Das ist gelöst." in browser.ask(f"/tickets/{held.number}").plain(), "as whoever reads it speaks"
    language.use("de")
    try:
        assert [each.text for each in comments.of(held.number, BY)] == ["Das ist gelöst."]
        assert TicketComment.select().get().caption() == "Das ist gelöst."
    finally:
        language.use(language.ENGLISH)
    browser.send(f"/tickets/{held.number}/solved")
    assert len(comments.of(held.number, BY)) == 1, "twice is once"


def test_vt177_a_new_ticket_has_limits_a_category_and_goes_to_whoever_has_the_account(
    office: Office, fixed_clock: datetime
) -> None:
    with work.unit("x", by=BY):
        Operator(id="ANN", name="Ann").save()
    who = contact()
    account = Account.get(Account.customer == who.customer)
    account.owner = "ANN"
    saving.save(account, BY)
    browser = Browser()
    browser.enter(who)
    page = browser.ask("/tickets/new")
    assert "Complaint" in page.plain()
    wrong = browser.send("/tickets/new", {"title": " ", "text": "It is <bent>", "category": "Fault"})
    assert wrong.status == 422 and "Say in a few words" in wrong.plain() and "It is &lt;bent&gt;" in wrong.text
    assert '<option value="Fault" selected>' in wrong.text, "nothing typed is lost"
    for words in ({"category": "Nonsense"}, {"product": "1"}):
        assert browser.send("/tickets/new", {"title": "x", "text": "y", **words}).status == 422
    came = browser.send("/tickets/new", {"title": "A  lid\n", "text": "It is bent.", "category": "Fault"})
    made = Ticket.select().get()
    assert came.heads["Location"] == f"/tickets/{made.number}?done=1"
    assert (made.title, made.description, made.category, made.status) == ("A lid", "It is bent.", "Fault", OPEN)
    assert (made.came_by, made.priority, made.__data__["owner"]) == (
        "portal",
        "Normal",
        "ANN",
    ) and made.due > fixed_clock
    assert made.__data__["account"] == account.number
    ann = Operator.get_by_id("ANN")
    ann.active = False
    operators.save(ann, BY)
    browser.send("/tickets/new", {"title": "Another", "text": "y"})
    assert Ticket.select().order_by(Ticket.number.desc()).get().__data__["owner"] == BY, "whoever has left gets nothing"


def test_vt177_of_more_products_than_a_list_holds_each_is_found_by_its_name_and_by_nothing_else(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitor, "PRODUCTS", 3)
    with work.unit("x", by=BY):
        made = [Product(name=f"Candle {each}", category="margin 40", inactive=each == "gone")
                for each in ("red", "blue", "green", "white", "gone")]  # fmt: skip
        for each in made:
            each.save()
    browser = Browser()
    browser.enter(contact())
    page = browser.ask("/tickets/new")
    assert 'name="looked"' in page.text and "Candle" not in page.plain()
    typed = {"title": "A lid", "text": "It is bent.", "category": "Fault"}
    found = browser.send("/tickets/new", {**typed, "looked": "candle WHITE", "look": "1"})
    assert found.status == 200 and f'<option value="{made[3].number}" selected>Candle white' in found.text
    assert "Candle red" not in found.text and "A lid" in found.text and "It is bent." in found.text
    many = browser.send("/tickets/new", {**typed, "looked": "candle", "look": "1"})
    assert many.text.count("<option") - many.text.count("Fault") >= 3 and "There are more than these" in many.plain()
    for words in ("margin", "40", "gone", str(made[0].number)):
        none = browser.send("/tickets/new", {**typed, "looked": words, "look": "1"})
        assert "No product has these words" in none.plain(), "what the office notes is nothing to be looked for"
    assert not Ticket.select().exists(), "looking keeps nothing"
    assert browser.send("/tickets/new", {**typed, "product": str(made[4].number)}).status == 422, "no longer sold"
    wrong = browser.send("/tickets/new", {**typed, "title": " ", "product": str(made[2].number)})
    assert f'value="{made[2].number}" selected' in wrong.text
    assert browser.send("/tickets/new", {**typed, "product": str(made[2].number)}).status == 303
    assert Ticket.select().get().__data__["product"] == made[2].number
    assert f'value="{made[3].number}" selected' in found.text, "the only one is the one that is meant"
    for looked, product, added in (("blue", made[1].number, ""), ("candle", None, "\n\nProduct: candle")):
        assert browser.send("/tickets/new", {**typed, "looked": looked}).status == 303
        last = Ticket.select().order_by(Ticket.number.desc()).get()
        assert (last.__data__["product"], last.description) == (product, f"It is bent.{added}"), "no word is lost"


@one_engine
def test_vt177_tickets_of_the_whole_account_are_seen_where_the_office_wants_it(office: Office) -> None:
    who = contact()
    with work.unit("x", by=BY):
        colleague = Contact(customer=who.customer, first_name="Ben", last_name="Ortiz", portal=True)
        colleague.save()
    held = ticket(colleague, "Of a colleague")
    comments.from_customer(held.number, "Please hurry.", colleague.number, BY)
    other = ticket(contact("Eve", "Harbor Books"), "Of somebody else")
    assert Visitor(who).ticket(held.number) is None
    office_settings.choose(PORTAL_WHOLE_ACCOUNT, "on", BY)
    seen = Visitor(who).ticket(held.number)
    assert seen is not None and [(each.who, each.text) for each in seen.said] == [("Ben Ortiz", "Please hurry.")]
    assert Visitor(who).ticket(other.number) is None and len(Visitor(who).tickets().lines) == 1


@one_engine
def test_vt177_many_tickets_come_in_pages(office: Office) -> None:
    who = contact()
    for number in range(52):
        ticket(who, f"Ticket no. {number}")
    browser = Browser()
    first = browser.enter(who)
    assert first.text.count('class="title"') == 50 and "Older ones" in first.plain()
    second = browser.ask("/tickets?page=1")
    assert second.text.count('class="title"') == 2 and "Newer ones" in second.plain()
    for odd in ("-1", "٣", "1e9", "99999999999999999999"):
        assert browser.ask(f"/tickets?page={odd}").status == 200


# ---------------------------------------------------------------- files


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60


def test_vt177_a_visitor_sends_files_and_has_them_back_and_no_others(office: Office) -> None:
    who = contact()
    held = ticket(who)
    ours = documents.add(Ticket, held.number, PNG, BY, name="ours.png")
    browser = Browser()
    browser.enter(who)
    browser.ask(f"/tickets/{held.number}")
    sent = [("../../Bröken\u202e box.png", PNG), ("", b"")]
    assert browser.send_files(f"/tickets/{held.number}", {"text": "See here."}, sent).status == 303
    kept = PortalFile.select().order_by(PortalFile.document).get()
    document = Document.get_by_id(kept.document)
    assert (document.name, document.of, document.author) == ("Bröken box.png", str(held.number), None)
    assert [[file.name for file in each.files] for each in comments.of(held.number, BY)] == [["Bröken box.png"]]
    assert comments.came_with(held.number, BY) == []
    browser.send_files("/tickets/new", {"title": "Another", "text": "y"}, [("lid.png", PNG)])
    made = Ticket.select().order_by(Ticket.number.desc()).get()
    assert [each.name for each in comments.came_with(made.number, BY)] == ["lid.png"]
    page = browser.ask(f"/tickets/{held.number}")
    assert "Bröken box.png" in page.text and "ours.png" not in page.text and "lid.png" not in page.text
    back = browser.ask(f"/tickets/{held.number}/files/{document.number}")
    assert back.heads["Content-Disposition"] == "attachment; filename*=UTF-8''Br%C3%B6ken%20box.png"
    assert back.heads["Content-Type"] == "application/octet-stream" and int(back.heads["Content-Length"]) == len(PNG)
    assert browser.ask(f"/tickets/{held.number}/files/{ours.number}").status == 404
    documents.remove(document.number, BY)
    assert browser.ask(f"/tickets/{held.number}/files/{document.number}").status == 404
    anonymising.anonymise(Contact, who.number, "asked", BY)
    assert not PortalFile.select().exists()


@one_engine
@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([("a.png", b"MZ" + b"\0" * 80)], "cannot be taken"), ([("a.html", b"<html><script>")], "cannot be taken"),
        ([("a.svg", b"<svg onload=x>")], "cannot be taken"), ([("a.png", b"")], "cannot be taken"),
        ([("a.png", PNG + b"\0" * sending.LARGEST)], "too large"), ([("a.png", PNG)] * 5, "At most 4 files"),
        ([("..", PNG)], "cannot be taken"),
    ],
)  # fmt: skip
def test_vt177_files_that_are_not_taken_are_named(office: Office, files: list[tuple[str, bytes]], says: str) -> None:
    who = contact()
    browser = Browser()
    browser.enter(who)
    browser.ask("/tickets/new")
    came = browser.send_files("/tickets/new", {"title": "A lid", "text": "Bent."}, files)
    assert came.status == 422 and says in came.plain() and 'value="A lid"' in came.text
    assert not Ticket.select().exists() and not Document.select().exists()


# ---------------------------------------------------------------- answers


def test_vt176_vt177_only_what_is_published_is_found(office: Office) -> None:
    with work.unit("x", by=BY):
        for question, status, category in (
            ("Which wax outdoors?", PUBLISHED, "Question"), ("Wax for us alone?", "Draft", "Question"),
            ("How to send back wax?", PUBLISHED, "Return"), ("Old wax?", "Obsolete", "Question"),
        ):  # fmt: skip
            FAQ(question=question, answer=f"See {question}", status=status, category=category, owner=BY).save()
    browser = Browser()
    browser.enter(contact())
    assert browser.ask("/faq").text.count('class="title"') == 2
    assert browser.ask("/faq?q=WAX+out").text.count('class="title"') == 1
    found = browser.ask("/faq?q=wax&category=Return")
    assert "How to send back" in found.plain() and "outdoors" not in found.plain()
    assert "Nothing of that" in browser.ask("/faq?q=alone").plain()
    assert 'value="&#34;&gt;&lt;script&gt;"' in browser.ask("/faq?q=%22%3E%3Cscript%3E").text
    numbers = {each.question: each.number for each in FAQ.select()}
    assert "See Which wax" in browser.ask(f"/faq/{numbers['Which wax outdoors?']}").plain()
    assert browser.ask(f"/faq/{numbers['Wax for us alone?']}").status == 404


@one_engine
def test_vt177_a_visitor_without_tickets_is_told_what_to_do(office: Office) -> None:
    seen = Browser().enter(contact())
    assert "no ticket of yours yet" in seen.plain() and 'class="button" href="/tickets/new"' in seen.text
    with pytest.raises(Mistake, match="Write something"):
        Visitor(contact("Ben")).ask("x", " ")


@one_engine
def test_vt177_an_office_that_takes_smaller_documents_takes_smaller_files(office: Office) -> None:
    office_settings.choose(DOCUMENT_MOST, "1", BY)
    browser = Browser()
    browser.enter(contact())
    assert "up to 1 MB" in browser.ask("/tickets/new").plain()
    came = browser.send_files("/tickets/new", {"title": "x", "text": "y"}, [("a.png", PNG + b"\0" * (1 << 20))])
    assert came.status == 422 and "too large" in came.plain()


@one_engine
def test_vt177_a_ticket_that_goes_meanwhile_is_said_and_nothing_breaks(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = contact()
    held = ticket(who)
    browser = Browser()
    browser.enter(who)
    browser.ask(f"/tickets/{held.number}")
    found = Visitor._ticket

    def gone_after_that(self: Visitor, number: int) -> Any:
        ours = found(self, number)
        saving.delete(Ticket.get_by_id(number), BY)
        return ours

    monkeypatch.setattr(Visitor, "_ticket", gone_after_that)
    assert browser.send(f"/tickets/{held.number}", {"text": "Hello?"}).status == 409
