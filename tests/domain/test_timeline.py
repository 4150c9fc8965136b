"""BX-8, VT-82, VT-165: calls, tasks, notes and changes of a record in one list, as far as somebody may see them."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import (
    Account,
    Contact,
    Customer,
    Follower,
    Lead,
    Mention,
    Note,
    Opportunity,
    PhoneCall,
    Task,
)
from channergy_crm.services import bulk_changes, conversion, following, leads, notes, operators, roles, saving, tasks
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.timeline import pages
from channergy_crm.work import bulk
from tests import made as records
from tests.domain.secured import ANN, BEA, CY, Secured, made

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

BY = "ADMIN"


@pytest.fixture
def lead(office: Office, fixed_clock: datetime) -> Lead:
    operators.add("ANN", "Ann Lee", BY)
    return leads.create({"description": "Wants a price list", "last_name": "Kessler"}, BY)


def call(lead: Lead, at: datetime, **values: Any) -> PhoneCall:
    with work.unit("Save call", by=BY):
        made: PhoneCall = PhoneCall.create(
            lead=lead.number, operator=BY, started=at, **{"code": "N", "direction": "outgoing", **values}
        )
        lead.call_try = str(int(lead.call_try or 0) + 1)
        lead.save()
    return made


def said(record: Any, by: str = BY, **asked: Any) -> list[tuple[str, str]]:
    page = pages.of(record, by, **asked)
    return [(each.kind, each.title or each.note) for each in [*page.pinned, *page.entries]]


def test_bx8_vt82_everything_stands_in_one_list_the_newest_first_and_is_counted(
    lead: Lead, fixed_clock: datetime
) -> None:
    call(lead, fixed_clock - timedelta(days=2), seconds=31, measured=True)
    with work.unit("Make", by=BY):
        open_task = Task.create(action="Send the price list", lead=lead.number, owner=BY, is_crm=True,
                                created_on=fixed_clock - timedelta(days=1))  # fmt: skip
    notes.add(Lead, lead.number, "Back **after two**", BY)
    pinned = notes.add(Lead, lead.number, "Met at the booth", "ANN", pinned=True)
    assert said(lead) == [
        ("note", "Met at the booth"), ("note", "Back **after two**"), ("change", "Create lead Kessler"),
        ("task", "Task: Send the price list"), ("call", "Call · No Answer"),
    ]  # fmt: skip
    page = pages.of(lead, BY)
    counts = {"call": 1, "message": 0, "mail": 0, "filed": 0, "task": 1, "note": 2, "document": 0, "issued": 0,
              "sent": 0, "answered": 0, "reminded": 0, "paid": 0, "ticket": 0, "ticket_closed": 0, "ticket_said": 0,
              "change": 1}  # fmt: skip
    assert page.counts == counts
    assert page.pinned[0].number == pinned.number
    assert page.entries[-1].seconds == 31, "a call that wrote the lead is told once, as the call"
    tasks.close([open_task.number], BY)
    assert ("task", "Task done: Send the price list") in said(lead)[:4], "a task stands where it was done"
    assert said(lead, kinds=["call"]) == [("call", "Call · No Answer")]
    assert said(lead, words="price LIST") == [
        ("task", "Task done: Send the price list"), ("change", "Create lead Kessler")
    ][:1]  # fmt: skip
    assert said(lead, words="booth") == [("note", "Met at the booth")]


def test_bx8_pages_follow_one_another_without_a_gap_though_many_are_of_one_moment(
    lead: Lead, fixed_clock: datetime
) -> None:
    for turn in range(7):
        call(lead, fixed_clock, note=str(turn))
        notes.add(Lead, lead.number, f"Note {turn}", BY)
    before, seen = None, []
    while True:
        page = pages.of(lead, BY, before=before, limit=4)
        seen += [(each.kind, each.number) for each in page.entries]
        before = page.before
        if before is None:
            break
    assert len(seen) == len(set(seen)) == 15


def test_bx8_pages_follow_one_another_through_many_moments(lead: Lead, fixed_clock: datetime) -> None:
    for turn in range(9):
        call(lead, fixed_clock - timedelta(hours=turn % 5), note=f"Call {turn}")
    with work.unit("Make", by=BY):
        for turn in range(4):
            Task.create(
                action=f"Task {turn}",
                lead=lead.number,
                owner=BY,
                is_crm=True,
                created_on=fixed_clock - timedelta(hours=turn),
            )
    before, seen = None, []
    while True:
        page = pages.of(lead, BY, kinds=["call", "task"], before=before, limit=3)
        seen += page.entries
        before = page.before
        if before is None:
            break
    assert len(seen) == len({(each.kind, each.number) for each in seen}) == 13
    assert [each.at for each in seen] == sorted((each.at for each in seen), reverse=True)


def test_bx8_what_was_noted_and_how_it_went_is_told_and_what_a_role_hides_is_not(
    office: Office, fixed_clock: datetime
) -> None:
    secured = Secured()
    secured.let({"use": "all", "view": "all"})
    lead = leads.create({"description": "Wants a price list", "owner": CY}, BY)
    call(lead, fixed_clock, note="Asked for samples")
    call(lead, fixed_clock - timedelta(hours=1), direction="incoming", code="")
    call(lead, fixed_clock - timedelta(hours=2), direction="incoming", code="B")
    call(lead, fixed_clock - timedelta(hours=3), code="")
    with work.unit("Make", by=BY):
        Task.create(action="Send them", notes="By post", lead=lead.number, owner=CY, is_crm=True,
                    created_on=fixed_clock - timedelta(hours=4), reminder_date=fixed_clock.date())  # fmt: skip
    entries = pages.of(lead, ANN, kinds=["call", "task"]).entries
    assert [(each.title, each.note) for each in entries] == [
        ("Call · No Answer", "Asked for samples"), ("Incoming call · not taken here", ""), ("Incoming call · Busy", ""),
        ("Call", ""), ("Task: Send them", "By post"),
    ]  # fmt: skip
    assert (entries[-1].due, entries[-1].by, entries[0].by) == ((fixed_clock.date(), None), CY, BY)
    roles.hide(secured.role, {PhoneCall: {"code", "note"}, Task: {"notes"}}, BY)
    entries = pages.of(lead, ANN, kinds=["call", "task"]).entries
    assert [(each.title, each.note) for each in entries] == [
        ("Call", ""), ("Incoming call", ""), ("Incoming call", ""), ("Call", ""), ("Task: Send them", ""),
    ]  # fmt: skip


def test_vt165_a_leads_calls_and_notes_are_there_after_it_was_converted(lead: Lead, fixed_clock: datetime) -> None:
    call(lead, fixed_clock)
    notes.add(Lead, lead.number, "Asked for samples", BY)
    done = conversion.convert(lead.number, BY)
    for record in (done.account, done.opportunity):
        page = pages.of(record, BY)
        assert page.counts["call"] == page.counts["note"] == 1
        note = next(each for each in page.entries if each.kind == "note")
        assert note.where == "Kessler", "where it was written is said"
    contact: Any = done.contact
    notes.add(Contact, contact.number, "Speaks French", BY)
    assert ("note", "Speaks French") in said(done.account) and ("note", "Speaks French") in said(contact)
    assert ("note", "Speaks French") not in said(done.opportunity)


def test_bx8_what_stands_at_its_customer_and_contacts_is_told_of_an_account_and_leads_there(
    office: Office, fixed_clock: datetime
) -> None:
    account = records.account("Acme")
    contact, deal = records.contact(account, "Ann", "Lee"), records.opportunity(account, "Ten chairs")
    other = records.account("Birch")
    notes.add(Customer, account.customer, "Pays late", BY)
    notes.add(Customer, other.customer, "Of somebody else", BY, pinned=True)
    notes.add(Contact, contact.number, "Speaks French", BY)
    notes.add(Opportunity, deal.number, "Wants blue ones", BY, pinned=True)
    page = pages.of(account, BY, kinds=["note"])
    assert [(each.note, each.where, each.opens) for each in page.entries] == [
        ("Speaks French", "Ann Lee", ("CustomerContacts", contact.number)),
        ("Pays late", "", ("Customers", account.customer)),
    ]  # fmt: skip
    assert [(each.note, each.opens) for each in page.pinned] == [
        ("Wants blue ones", ("CRMOpportunities", deal.number))
    ]  # fmt: skip


def test_bx8_changes_are_read_on_from_where_a_page_ended(lead: Lead) -> None:
    other = leads.create({"description": "Other"}, BY)
    for turn in range(4):
        for each in (lead, other):
            each.title = f"Title {turn}"
            leads.save(each, BY)
    before, seen = None, []
    while True:
        page = pages.of(lead, BY, kinds=["change"], before=before, limit=2)
        seen += [each.number for each in page.entries]
        assert len(page.entries) <= 2 and len(seen) < 9
        before = page.before
        if before is None:
            break
    assert len(seen) == 5 and seen == sorted(set(seen), reverse=True)


def test_bx8_notes_are_written_anew_pinned_removed_and_each_step_is_taken_back(lead: Lead) -> None:
    note = notes.add(Lead, lead.number, "First", BY)
    notes.change(note.number, "Second", BY)
    notes.pin(note.number, BY)
    notes.remove(note.number, BY)
    assert notes.of([(Lead, lead.number)], BY) == []
    for text, pinned in (("Second", True), ("Second", False), ("First", False)):
        saving.undo_latest(BY)
        held = notes.of([(Lead, lead.number)], BY)[0]
        assert (held.text, held.pinned) == (text, pinned)
    saving.undo_latest(BY)
    assert not Note.select().exists()
    with pytest.raises(Mistake, match="Write something"):
        notes.add(Lead, lead.number, "  \n", BY)
    with pytest.raises(Mistake, match="20,000 letters"):
        notes.add(Lead, lead.number, "x" * 20_001, BY)


def test_bx8_notes_and_followers_move_along_in_a_merge_and_back(lead: Lead) -> None:
    other = leads.create({"description": "The same", "last_name": "Kessler"}, BY)
    notes.add(Lead, other.number, "Of the other", BY)
    following.follow(Lead, other.number, "ANN")
    following.follow(Lead, lead.number, "ANN")
    merging.merge(proposal.propose(Lead, [lead.number, other.number], BY), 0, {}, BY)
    assert ("note", "Of the other") in said(lead)
    assert [(row.of, row.operator) for row in Follower.select()] == [(str(lead.number), "ANN")]
    saving.undo_latest(BY)
    assert ("note", "Of the other") not in said(lead) and ("note", "Of the other") in said(other)


# ---------------------------------------------------------------- who follows, who is named


def test_bx48_whoever_a_note_names_is_told_once_and_follows(lead: Lead) -> None:
    notes.add(Lead, lead.number, "@ann please call, write to x@bea.example, @NOBODY, @ADMIN", BY)
    assert [each.id for each in following.followers(Lead, lead.number, BY)] == ["ANN"]
    first = following.waiting("ANN")
    assert [(each.name, each.record) for each in first] == [("Kessler", Lead)]
    assert first[0].key == lead.number and first[0].text.startswith("@ann")
    assert following.waiting("ANN") == [] and following.waiting(BY) == []
    saving.undo_latest(BY)
    assert following.followers(Lead, lead.number, BY) == []
    saving.redo_latest(BY)
    assert following.waiting("ANN") == [], "never twice"


def test_bx48_everybody_is_told_what_names_them_and_a_note_written_anew_tells_whom_it_names_now(lead: Lead) -> None:
    operators.add("BEN", "Ben Ode", BY)
    note = notes.add(Lead, lead.number, "@ANN please call", BY)
    assert following.waiting("BEN") == [] != following.waiting("ANN")
    notes.change(note.number, "@ANN please call, @BEN knows them", BY)
    assert following.waiting("ANN") == [], "told before"
    assert [each.text for each in following.waiting("BEN")] == ["@ANN please call, @BEN knows them"]
    assert [each.id for each in following.followers(Lead, lead.number, BY)] == ["ANN", "BEN"]
    gone = notes.add(Lead, lead.number, "@ANN never mind", BY)
    notes.remove(gone.number, BY)
    assert following.waiting("ANN") == [] and Mention.select().where(Mention.note == gone.number).count() == 0
    assert Mention.select().count() == 2, "those of the other note stay"


def test_bx48_nobody_is_told_of_a_record_they_may_not_see(office: Office, fixed_clock: datetime) -> None:
    secured = Secured()
    secured.let(dict.fromkeys(("use", "view", "edit"), "own"))
    theirs: Any = made(Lead, CY)
    notes.add(Lead, theirs.key, "@ANN the secret number is 7", "ADMIN")
    following.unfollow(Lead, theirs.key, "ADMIN", who=ANN)
    assert following.waiting(ANN) == []


def test_bx48_one_follows_this_record_alone_and_ends_it_for_oneself(lead: Lead) -> None:
    other, account = leads.create({"description": "Other"}, BY), records.account("Acme")
    assert lead.number == account.number, "one number in two tables"
    for who in (BY, "ANN"):
        assert following.follow(Lead, lead.number, who) and not following.follow(Lead, lead.number, who)
    assert following.follow(Lead, other.number, "ANN") and not following.follows(Account, account.number, "ANN")
    assert following.unfollow(Lead, lead.number, "ANN")
    assert [each.id for each in following.followers(Lead, lead.number, BY)] == [BY]
    assert following.follows(Lead, other.number, "ANN") and not following.follows(Lead, lead.number, "ANN")
    assert following.unfollow(Lead, lead.number, "ANN", who=BY), "while Security is off everybody administers"
    assert following.followers(Lead, lead.number, BY) == []


def test_bx8_a_note_is_changed_by_whoever_wrote_it_or_by_an_administrator(
    office: Office, fixed_clock: datetime
) -> None:
    secured = Secured()
    secured.let({"use": "all", "view": "all", "edit": "all"})
    held: Any = made(Lead, ANN)
    theirs, mine = (notes.add(Lead, held.key, "Text", by) for by in ("ADMIN", ANN))
    for deed in (lambda: notes.change(theirs.number, "Other", ANN), lambda: notes.remove(theirs.number, ANN)):
        with pytest.raises(Refused, match="wrote that note"):
            deed()
    assert notes.change(mine.number, "By Ann", ANN).edited == fixed_clock
    assert notes.change(mine.number, "By the administrator", "ADMIN").author == ANN
    notes.pin(theirs.number, ANN)
    assert [each.pinned for each in notes.of([(Lead, held.key)], ANN)] == [True, False]
    notes.pin(theirs.number, ANN, on=False)
    assert not any(each.pinned for each in notes.of([(Lead, held.key)], ANN))


def test_bx48_whoever_had_a_record_goes_on_following_it(lead: Lead) -> None:
    lead.owner = "ANN"
    leads.save(lead, BY)
    assert following.follows(Lead, lead.number, BY)
    bulk_changes.reassign(Lead, [lead.number], BY, BY)
    assert following.follows(Lead, lead.number, "ANN")
    saving.undo_latest(BY)
    assert not following.follows(Lead, lead.number, "ANN")
    assert following.unfollow(Lead, lead.number, BY) and not following.unfollow(Lead, lead.number, BY)


@pytest.mark.parametrize("record", [Lead, Account, Opportunity])
def test_bx48_a_follower_sees_what_is_somebody_elses_and_changes_nothing_of_it(
    office: Office, fixed_clock: datetime, record: Any
) -> None:
    secured = Secured()
    secured.let(dict.fromkeys(("use", "view", "edit", "delete"), "own"))
    theirs: Any = made(record, CY)
    with pytest.raises(Refused, match="belongs to Cy"):
        pages.of(theirs, ANN)
    with pytest.raises(Refused):
        following.follow(record, theirs.key, ANN)
    notes.add(record, theirs.key, "@ANN knows them", "ADMIN")
    assert ("note", "@ANN knows them") in said(theirs, ANN)
    notes.add(record, theirs.key, "I know them well", ANN)
    with pytest.raises(Refused, match="belongs to Cy"):
        saving.delete(theirs, ANN)
    with pytest.raises(Refused, match="wrote that note"):
        notes.remove(Note.select().where(Note.author == "ADMIN").get().number, ANN)
    assert following.unfollow(record, theirs.key, ANN)
    with pytest.raises(Refused):
        pages.of(theirs, ANN)
    secured.let({"use": "all"})
    notes.add(record, theirs.key, "@ANN again", "ADMIN")
    with pytest.raises(Refused):
        pages.of(theirs, ANN)


def test_bx8_of_an_account_only_what_one_may_see_is_told(office: Office, fixed_clock: datetime) -> None:
    secured = Secured()
    secured.let({"use": "all", "view": "own", "edit": "own"})
    mine: Any = made(Account, ANN)
    deal: Any = made(Opportunity, BEA, 1)
    with work.unit("Make", by="ADMIN"):
        deal.account = mine.number
        deal.save()
        Task.create(action="Bea's task", account=mine.number, owner=BEA, is_crm=True)
    notes.add(Opportunity, deal.number, "Bea's deal", "ADMIN")
    texts = [text for _kind, text in said(mine, ANN)]
    assert "Bea's deal" not in texts and "Task: Bea's task" not in texts
    assert {"Bea's deal", "Task: Bea's task"} <= {text for _kind, text in said(mine, "ADMIN")}


def test_bx8_two_thousand_entries_are_read_within_50_ms(lead: Lead, fixed_clock: datetime) -> None:
    ago = [fixed_clock - timedelta(hours=turn) for turn in range(500)]
    with work.unit("Make", by=BY) as unit:
        for record, values in (
            (PhoneCall, lambda at: {"lead": lead.number, "operator": BY, "direction": "outgoing", "started": at}),
            (Task, lambda at: {"lead": lead.number, "owner": BY, "is_crm": True, "action": "Call", "created_on": at}),
            (Note, lambda at: {"table": "CRMLeads", "of": str(lead.number), "text": "x", "author": BY, "created": at}),
        ):
            many = bulk.Many(record)
            many.insert(unit, [many.row(values(at)) for at in ago], bulk.reserve(record, len(ago)))
    for turn in range(500):
        with work.unit("Save lead {name}", by=BY, name="Kessler"):
            lead.title = f"Title {turn}"
            lead.save()
    assert sum(pages.of(lead, BY).counts.values()) == 2001
    times, before = [], None
    for _turn in range(20):
        begun = perf_counter()
        page = pages.of(lead, BY, before=before)
        times.append(perf_counter() - begun)
        before = page.before
    assert min(times) < 0.05, times  # whatever else this machine does meanwhile
    assert clock.now() == fixed_clock
