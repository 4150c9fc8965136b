"""Campaigns: begun, filled with leads and contacts, written to, called, and what came of it (VT-139…VT-141)."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import BY_TABLE, Campaign, CampaignMember, Contact, Lead, Opportunity
from channergy_crm.records.campaigns import Status
from channergy_crm.records.lookups import choices
from channergy_crm.records.messages import MessageRow, State
from channergy_crm.services import calls, conversion, global_search, history, leads, messages, removed, saving
from channergy_crm.services.call_log import Line
from channergy_crm.services.campaigns import becoming, figures, keeping, members
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.mail import making, recipients
from channergy_crm.services.privacy import anonymising
from channergy_crm.services.rights import Program
from channergy_crm.store import database
from channergy_crm.transfer.importing.run import import_leads
from channergy_crm.work import undo
from tests import made as make
from tests.domain.secured import ANN, Secured

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from channergy_crm.store.database import Office

BY = "ADMIN"
pytestmark = pytest.mark.usefixtures("fixed_clock")


def campaign(name: str = "Spring fair", by: str = BY, **values: Any) -> Campaign:
    held = keeping.start(by)
    for field, value in {"name": name, **values}.items():
        setattr(held, field, value)
    return keeping.save(held, by)


def lead(name: str, **values: Any) -> Lead:
    return leads.create({"description": name, "first_name": name, "last_name": "Lee", **values}, BY)


def take_back(by: str = BY) -> None:
    undo.reverse(undo.undoable(by).number, by=by, records=BY_TABLE)


def rows(of: Campaign, by: str = BY) -> list[tuple[str, str]]:
    """Who is in it, as its list shows them by name, and how it stands."""
    query = ListQuery(
        CampaignMember, ("name", "status"), members.condition(of.number, by), "", [("name", False)], by=by
    )
    shown = query.ordered(query.select(*query.sources())).tuples()
    return [(name, status) for name, status, *_rest in shown]


def numbers(of: Campaign) -> list[int]:
    asked = CampaignMember.select(CampaignMember.number).where(CampaignMember.campaign == of.number)
    return list(asked.order_by(CampaignMember.number).scalars())


@pytest.fixture
def fair(office: Office) -> Campaign:
    return campaign()


def test_vt139_vt140_a_campaign_is_begun_saved_found_and_has_a_history(office: Office) -> None:
    assert [each.value for each in choices("CRMCampaigns", "CampaignStatus")][:2] == ["Planning", "Active"]
    held = campaign("  Spring   fair ", type="Trade Show", budget=500_000, begins=date(2031, 3, 1))
    assert (held.name, held.status, held.owner) == ("Spring fair", "Planning", BY)
    held.closes = date(2031, 2, 1)
    with pytest.raises(Mistake, match="before it begins"):
        keeping.save(held, BY)
    held.closes = date(2031, 4, 1)
    keeping.save(held, BY)
    with pytest.raises(Mistake, match="Campaign Name"):
        campaign("  ")
    with closing(office.reader()) as reader:
        found = list(global_search.find(reader, "spring fai", BY))[-1]
    hits = [hit for group in found for hit in group.hits]
    assert [hit.key for hit in hits] == [held.number]
    assert len(history.of([(Campaign, held.number)], BY).entries) == 2
    over = campaign("Last year", status="Completed")
    assert [each.number for each in keeping.offered(BY)] == [held.number, over.number]


def test_vt140_what_a_campaign_costs_is_not_negative(office: Office) -> None:
    for name in ("budget", "expected_cost", "actual_cost", "expected_revenue"):
        with pytest.raises(Mistake, match="cannot be negative") as told:
            campaign(**{name: -100})
        assert told.value.field == name


def test_vt141_leads_and_contacts_are_put_in_once_said_and_taken_back_in_one_step(fair: Campaign) -> None:
    ann, bea, gone = lead("Ann"), lead("Bea", company="Bea Inc"), lead("Gone")
    leads.remove(gone.number, BY)
    mia = make.contact(make.account("Mill"), "Mia", "Moor")
    told: list[tuple[int, int]] = []
    first = members.add(fair.number, Lead, [ann.number], BY)
    done = members.add(fair.number, Lead, [ann.number, bea.number, gone.number], BY, lambda *now: told.append(now[:2]))
    assert (first.records, done.records, done.already, told[-1]) == (1, 1, 1, (3, 3))
    assert members.add(fair.number, Contact, [mia.number], BY).records == 1
    planned = Status.PLANNED.value
    assert rows(fair) == [("Lee, Ann", planned), ("Lee, Bea", planned), ("Moor, Mia", planned)]
    assert members.gather(fair.number, BY) == [(Lead, ann.number), (Lead, bea.number), (Contact, mia.number)]
    assert members.gather(fair.number, BY, numbers(fair)[:1]) == [(Lead, ann.number)]
    take_back()
    take_back()
    assert rows(fair) == [("Lee, Ann", planned)]
    with pytest.raises(Mistake, match="leads and contacts"):
        members.add(fair.number, Opportunity, [1], BY)


def test_vt141_the_list_of_members_is_sorted_and_filtered_by_what_it_shows(fair: Campaign, office: Office) -> None:
    members.add(fair.number, Lead, [lead("Ann", company="Zoo").number, lead("Bea", company="Ark").number], BY)

    def listed(text: str, column: str) -> list[str]:
        query = ListQuery(
            CampaignMember, ("company",), members.condition(fair.number, BY), text, [(column, False)], by=BY
        )
        with closing(office.list_reader()) as reader:
            return [row[1][0] for row in Listing(reader).first(query)]

    assert (listed("", "company"), listed("", "name")) == (["Ark", "Zoo"], ["Zoo", "Ark"])
    assert (listed("bea", "name"), listed("status:planned zoo", "name")) == (["Ark"], ["Zoo"])


def test_vt141_the_status_is_set_for_many_and_members_are_taken_out_each_one_step(fair: Campaign) -> None:
    members.add(fair.number, Lead, [lead(name).number for name in ("Ann", "Bea", "Cy")], BY)
    two = numbers(fair)[:2]
    assert members.set_status(two, Status.RESPONDED, BY).records == 2
    assert members.set_status(two, Status.RESPONDED, BY) == (0, 0), "nothing is written twice"
    assert {CampaignMember.find(each).responded_on for each in two} == {clock.today()}
    take_back()
    assert {status for _name, status in rows(fair)} == {"Planned"}
    with pytest.raises(Mistake, match="no such status"):
        members.set_status(two, "Delighted", BY)
    assert members.remove(two, BY).records == 2 and len(rows(fair)) == 1
    take_back()
    assert len(rows(fair)) == 3
    row = CampaignMember.find(two[0])
    row.note, row.responded_on = "wants a sample", date(2031, 1, 2)
    members.save(row, BY)
    assert (CampaignMember.find(two[0]).status, CampaignMember.find(two[0]).responded_on) == (
        "Responded",
        row.responded_on,
    )


def test_vt141_whoever_was_sent_a_mail_of_the_campaign_was_written_to_and_an_answer_stays(
    fair: Campaign, fixed_clock: datetime
) -> None:
    people = [lead(name, email=f"{name}@people.example") for name in ("Ann", "Bea", "Cy")]
    members.add(fair.number, Lead, [each.number for each in people], BY)
    members.set_status(numbers(fair)[1:2], Status.RESPONDED, BY)
    ready = recipients.prepare(members.gather(fair.number, BY), "Hello", "See you", BY)
    head = {"channel": "email", "template": "", "by": BY, "made": clock.now(), "campaign": fair.number}
    mails = [making.row("k", "CRMLeads", each.record.key, each.address, "", "", "", "us@office.example", BY)
             for each in ready.recipients]  # fmt: skip
    messages.put_down("k", head, making.COLUMNS, mails)
    assert becoming.written_to(Program.ITSELF) == 0, "none of them has gone"
    with database.writing():
        MessageRow.update(state=State.SENT.value).where(MessageRow.number <= 2).execute()
    assert becoming.written_to(Program.ITSELF) == 1
    assert [status for _name, status in rows(fair)] == ["Written to", "Responded", "Planned"]
    assert becoming.written_to(Program.ITSELF) == 0
    with clock.fixed(clock.now() + timedelta(minutes=5)):
        members.set_status(numbers(fair)[:1], Status.PLANNED, BY)
        assert becoming.written_to(Program.ITSELF) == 0, "it was sent before somebody said otherwise"
    assert undo.undoable(BY) is not None and undo.undoable(BY).by == BY


def test_vt141_a_call_out_of_the_campaign_says_called_with_its_result_and_an_answer_stays(fair: Campaign) -> None:
    ann, bea, other = lead("Ann", phone="6502530001"), lead("Bea", phone="6502530002"), campaign("Autumn")
    members.add(fair.number, Lead, [ann.number, bea.number], BY)
    members.add(other.number, Lead, [ann.number], BY)
    members.set_status(numbers(fair)[1:], Status.RESPONDED, BY)
    for one in (ann, bea):
        calls.write_call(Lead.find(one.number), calls.Call("N", line=Line(list_name="Spring fair")), BY)
    held = [CampaignMember.find(each) for each in numbers(fair)]
    assert [(row.status, row.result) for row in held] == [("Called", "N"), ("Responded", "N")]
    assert rows(other) == [("Lee, Ann", "Planned")], "it was called out of another list"
    take_back()
    assert [CampaignMember.find(each).result for each in numbers(fair)] == ["N", ""]


def test_vt141_a_converted_lead_is_a_member_as_its_contact_and_the_deal_comes_from_the_campaign(fair: Campaign) -> None:
    ann, two = lead("Ann"), lead("Bea")
    other = campaign("Autumn")
    members.add(fair.number, Lead, [ann.number, two.number], BY)
    members.add(other.number, Lead, [two.number], BY)
    deal = conversion.convert(ann.number, BY)
    assert Opportunity.find(deal.opportunity.number).campaign == fair.number
    assert members.gather(fair.number, BY)[0] == (Contact, deal.contact.number)
    unclear = conversion.convert(two.number, BY)
    assert Opportunity.find(unclear.opportunity.number).campaign is None, "nobody guesses which of two it was"
    take_back()
    members.set_status(numbers(other), Status.RESPONDED, BY)
    assert Opportunity.find(conversion.convert(two.number, BY).opportunity.number).campaign == other.number
    take_back()
    take_back()
    assert (Lead, two.number) in members.gather(fair.number, BY)


def test_vt141_who_becomes_one_is_a_member_once_with_the_farthest_status(fair: Campaign) -> None:
    one, twin = lead("Ann", email="ann@people.example"), lead("Ann", email="ann@people.example")
    other = campaign("Autumn")
    members.add(fair.number, Lead, [one.number, twin.number], BY)
    members.add(other.number, Lead, [twin.number], BY)
    members.set_status(numbers(fair)[1:], Status.RESPONDED, BY)
    kept = merging.merge(proposal.propose(Lead, [one.number, twin.number], BY), 0, {}, BY).record
    assert rows(fair) == [("Lee, Ann", "Responded")]
    assert [members.gather(each.number, BY) for each in (fair, other)] == [[(Lead, kept.key)]] * 2
    take_back()
    assert [status for _name, status in rows(fair)] == ["Planned", "Responded"]


def test_vt141_removed_and_forgotten_people_vanish(fair: Campaign) -> None:
    ann, bea, cy = lead("Ann"), lead("Bea"), lead("Cy")
    mia = make.contact(make.account("Mill"), "Mia", "Moor")
    members.add(fair.number, Lead, [ann.number, bea.number, cy.number], BY)
    members.add(fair.number, Contact, [mia.number], BY)
    leads.remove(bea.number, BY)
    assert [name for name, _status in rows(fair)] == ["Lee, Ann", "Lee, Cy", "Moor, Mia"]
    assert figures.of(fair.number, BY).members == 3
    leads.restore(bea.number, BY)
    saving.delete(Contact.find(mia.number), BY)
    anonymising.anonymise(Lead, cy.number, "asked for it", BY)
    assert [name for name, _status in rows(fair)] == ["Lee, Ann", "Lee, Bea"]
    assert CampaignMember.select().where(CampaignMember.lead == cy.number).count() == 0
    removed.restore(Contact, mia.number, BY)
    assert len(rows(fair)) == 3
    saving.delete(Campaign.find(fair.number), BY)
    assert CampaignMember.select().count() == 0
    take_back()
    assert len(rows(fair)) == 3


def test_vt141_the_figures_of_a_campaign(office: Office) -> None:
    held = campaign(actual_cost=100_000, budget=200_000, expected_responses=10)
    people = [lead(str(number)).number for number in range(8)]
    members.add(held.number, Lead, people, BY)
    members.set_status(numbers(held)[:2], Status.RESPONDED, BY)
    members.set_status(numbers(held)[2:3], Status.REFUSED, BY)
    account = make.account("Mill")
    for name, known in {
        "won": {"outcome": "Won", "closed": True, "amount": 1, "actual_amount": 300_000},
        "open": {"amount": 50_000}, "lost": {"outcome": "Lost", "closed": True, "amount": 70_000},
    }.items():  # fmt: skip
        make.opportunity(account, name, campaign=held.number, **known)
    make.opportunity(account, "of another one", amount=1)
    told = figures.of(held.number, BY)
    assert (told.members, told.responses, told.by_status[Status.REFUSED], told.rate) == (8, 2, 1, 25.0)
    assert (told.deals, told.open_deals, told.won_deals, told.expected, told.revenue) == (3, 1, 1, 50_000, 300_000)
    assert (told.per_response, told.per_deal, told.roi) == (50_000, 33_333, 200.0)
    held.actual_cost, held.actual_responses = None, 5
    keeping.save(held, BY)
    told = figures.of(held.number, BY)
    assert (told.responses, told.per_response, told.per_deal, told.roi) == (5, None, None, None)
    empty = figures.of(campaign("Empty").number, BY)
    assert (empty.members, empty.rate, empty.deals, empty.revenue) == (0, None, 0, 0)
    assert figures.of(12345, BY) is None


def test_vt66_vt141_roles_say_who_sees_and_changes_a_campaign_and_whom_it_shows(office: Office) -> None:
    secured = Secured()
    theirs = campaign("Theirs")
    mine, other = lead("Mine"), lead("Others")
    with work.unit("Give", by=BY):
        held = Lead.find(mine.number)
        held.owner = ANN
        held.save()
    members.add(theirs.number, Lead, [mine.number, other.number], BY)
    with pytest.raises(Refused):
        members.gather(theirs.number, ANN)
    secured.let({"use": "all", "view": "all", "edit": "own"}, Campaign)
    secured.let({"use": "all", "view": "own"}, Lead)
    assert members.gather(theirs.number, ANN) == [(Lead, mine.number)]
    assert figures.of(theirs.number, ANN).members == 1
    for refused in (
        lambda: members.add(theirs.number, Lead, [mine.number], ANN),
        lambda: members.set_status(numbers(theirs), "Responded", ANN),
        lambda: members.remove(numbers(theirs), ANN),
    ):
        with pytest.raises(Refused, match="belongs to"):
            refused()
    assert theirs.number not in [each.number for each in keeping.offered(ANN)]


# ---------------------------------------------------------------- imported


def test_vt141_leads_of_a_file_are_put_into_the_campaign_a_column_names_in_the_step_of_the_import(
    fair: Campaign, tmp_path: Path
) -> None:
    there = lead("Ann")
    members.add(fair.number, Lead, [there.number], BY)
    later = [{"name": f"Later {place}", "owner": BY} for place in range(keeping.MOST_OFFERED)]
    with database.writing():
        Campaign.insert_many(later).execute()
    assert fair.number not in [each.number for each in keeping.offered(BY)]
    text = "Company,Campaign\nAble,SPRING  fair\nBaker,Autumn\nCole,\nDelta,Spring fair\n"
    (tmp_path / "leads.csv").write_text(text, encoding="utf-8")
    outcome = import_leads(tmp_path / "leads.csv", operator=BY)
    assert (outcome.taken, outcome.refused) == (4, [])
    assert [(loss.what, loss.times, loss.text) for loss in outcome.losses] == [
        ("Names of campaigns that are not there", 1, "Autumn")
    ]
    held = CampaignMember.select(CampaignMember.lead).where(CampaignMember.campaign == fair.number)
    names = {Lead.find(number).company for number in held.scalars()}
    assert names == {"", "Able", "Delta"}
    take_back()
    assert (Lead.select().count(), CampaignMember.select().count()) == (1, 1)


def test_vt141_who_may_not_change_campaigns_puts_nobody_into_one_by_a_file(fair: Campaign, tmp_path: Path) -> None:
    Secured().let({"use": "all", "view": "all", "import": "all", "edit": "all", "create": "all"}, Lead)
    (tmp_path / "leads.csv").write_text("Company,Campaign\nAble,Spring fair\n", encoding="utf-8")
    outcome = import_leads(tmp_path / "leads.csv", operator=ANN)
    assert (outcome.taken, len(outcome.losses), CampaignMember.select().count()) == (1, 1, 0)
