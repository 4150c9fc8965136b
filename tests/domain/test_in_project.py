"""One project is looked at: what belongs to it, what is started in it, whose its customers may be (SI-1…SI-4, SI-8)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, PhoneCall, Project, Task
from channergy_crm.records.call_log import Direction
from channergy_crm.records.views import ListView
from channergy_crm.services import (
    accounts,
    bulk_changes,
    call_lists,
    conversion,
    figures,
    global_search,
    groups,
    leads,
    linking,
    projects,
    queue,
    reminders,
    rights,
    saving,
    useful,
)
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from tests import made
from tests.domain.secured import ANN, Secured

BY = "ADMIN"
DAY = date(2026, 11, 23)


@pytest.fixture
def fair(office, operator, fixed_clock):
    return projects.save(Project(name="Fair", uses_crm=True), BY)


@pytest.fixture
def mailing(fair):
    return projects.save(Project(name="Mailing"), BY)


@pytest.fixture
def both(fair, mailing):
    """Of everything one in each project and one that is personal."""
    for project, name in ((fair, "fair"), (mailing, "mailing"), (None, "own")):
        number = project.number if project else None
        account = made.account(name, project=number)
        made.contact(account, name)
        deal = made.opportunity(account, name, project=number)
        made.task(account, f"{name} account")
        made.task(account, f"{name} deal", opportunity=deal.number, reminder_date=DAY)
        lead = leads.create(
            {"description": name, "last_name": name, "phone": "504-621-8927", "project": number, "reminder_date": DAY},
            BY,
        )
        made.task(None, f"{name} lead", lead=lead.number)
    return fair.number


def names(record: type, field: str, project: int | None) -> list[str]:
    query = record.select(record.kind(field)).where(rights.visible(record, BY, project))
    return sorted(query.scalars())


def test_si8_every_list_shows_what_belongs_to_the_project(both):
    for record, field in ((Lead, "last_name"), (Account, "name"), (Opportunity, "name"), (Contact, "first_name"),
                          (Customer, "company")):  # fmt: skip
        assert names(record, field, both) == ["fair"], record
        assert names(record, field, None) == ["fair", "mailing", "own"], record
    assert names(Task, "action", both) == ["fair account", "fair deal", "fair lead"]
    assert len(names(Task, "action", None)) == 9


def test_si28_a_deal_under_another_project_takes_its_tasks_along(both, mailing):
    deal = Opportunity.get(Opportunity.name == "fair")
    deal.project = mailing.number
    saving.save(deal, BY)
    assert names(Task, "action", both) == ["fair account", "fair lead"]
    assert "fair deal" in names(Task, "action", mailing.number)
    assert names(Account, "name", both) == ["fair"], "the customer stays where it is"


def test_si8_reminders_badges_and_the_queue_follow(both):
    asked = {record: record.select().where(mine(BY, both)).count()
             for record, mine in ((Task, reminders.task_reminders), (Lead, reminders.lead_reminders))}  # fmt: skip
    assert asked == {Task: 1, Lead: 1}
    assert sum(reminders.due(BY)) == 6
    assert sum(reminders.due(BY, BY, both)) == 2
    assert len(queue.due(BY)) == 3
    assert [Lead.find(key).last_name for key in queue.due(BY, project=both)] == ["fair"]
    view = ListView(screen="leads", owner=BY, name="All")
    assert (call_lists.count(view, BY), call_lists.count(view, BY, both)) == (3, 1)
    assert len(call_lists.feed(view, BY, both).keys) == 1
    assert {group.many for group in useful.groups(BY, both) if group.name in ("never", "no_step")} == {1}
    assert [row.who for row in useful.rows("no_step", BY, both)] == ["fair"]


def test_si8_the_search_finds_within_the_project(both, office):
    for word in ("fair", "mailing", "own"):
        made.account(f"quux {word}", project={"fair": both, "own": None}.get(word, both + 1))
    reader = office.reader()

    def found(text: str, project: int | None) -> list[str]:
        groups = list(global_search.find(reader, text, BY, project))[-1]
        return sorted(hit.title for group in groups if group.place.record is Account for hit in group.hits)

    assert found("quux", None) == ["quux fair", "quux mailing", "quux own"]
    assert found("quux", both) == ["quux fair"]
    number = Account.get(Account.name == "quux own").number
    assert found(f"#{number}", both) == []
    reader.close()


def test_si8_figures_count_the_calls_of_the_project(both):
    with work.unit("Calls", by=BY):
        for lead in Lead.select():
            PhoneCall.create(
                lead=lead.number, operator=BY, direction=Direction.OUT.value, started=datetime(2026, 11, 23, 9)
            )
        account = Account.get(Account.name == "fair")
        PhoneCall.create(account=account.number, customer=account.customer, operator=BY, direction=Direction.OUT.value,
                         started=datetime(2026, 11, 23, 10))  # fmt: skip
    asked = figures.Asked(DAY, DAY, figures.EVERYBODY)
    assert figures.read(asked, BY).total.calls == 4
    held = figures.read(figures.Asked(DAY, DAY, figures.EVERYBODY, project=both), BY)
    assert (held.total.calls, held.way.leads) == (2, 1)


def test_si1_si2_what_is_started_in_a_project_belongs_to_it(both, mailing):
    assert leads.start(BY, project=both).project == both
    assert leads.start(BY).project is None, "personal sales"
    account = Account.get(Account.name == "mailing")
    assert leads.start(BY, account=account.number, project=both).project == mailing.number
    assert accounts.start_opportunity(account, BY).project == mailing.number
    assert saving.start(Account, BY, both).project == both
    assert saving.start(Task, BY, both).is_new
    with work.unit("Make", by=BY):
        customer = Customer.create(company="Suite only")
    assert accounts.make_for(customer.number, BY, both).project == both


# ---------------------------------------------------------------- each user owns their customers (SI-11, K15)


@pytest.fixture
def group(fair):
    groups.create("TF", "Trade fairs", BY)
    return "TF"


SAID = "In the project Fair every user owns their own customers. Choose a user, not the group TF."


def test_si11_k15_a_group_owns_nothing_in_a_project_with_crm(fair, mailing, group):
    for owner, project, refused in (
        (group, fair.number, True), (BY, fair.number, False), (group, mailing.number, False), (group, None, False),
    ):  # fmt: skip
        lead = Lead(description="Wants parkas", owner=owner, project=project)
        assert lead.problems() == ({"owner": SAID} if refused else {}), (owner, project)
    held = leads.create({"description": "Theirs", "owner": group}, BY)
    held.project = fair.number
    with pytest.raises(Mistake) as refused:
        saving.save(held, BY)
    assert (refused.value.message, refused.value.field) == (SAID, "owner")


def test_si11_k15_the_same_for_many_at_once(fair, group):
    lead = leads.create({"description": "Ours", "project": fair.number}, BY)
    with pytest.raises(Mistake, match=f"Ours: {SAID}"):
        bulk_changes.reassign(Lead, [lead.number], group, BY)
    theirs = leads.create({"description": "Theirs", "owner": group}, BY)
    with pytest.raises(Mistake, match=SAID):
        bulk_changes.set_field(Lead, [theirs.number], "project", fair.number, BY)
    assert (Lead.find(lead.number).owner, Lead.find(theirs.number).project) == (BY, None)


def test_si11_k15_the_same_when_a_lead_is_converted(fair, group):
    lead = leads.create({"description": "Ours", "last_name": "Lee", "project": fair.number}, BY)
    with pytest.raises(Mistake, match="every user owns"):
        conversion.convert(lead.number, BY, owner=group)
    assert not Account.select().exists()


def test_si9_crm_switched_on_later_leaves_what_groups_own_as_it_is(mailing, group):
    held = leads.create({"description": "Theirs", "owner": group, "project": mailing.number}, BY)
    mailing.uses_crm = True
    projects.save(mailing, BY)
    held = Lead.find(held.number)
    held.description = "Theirs still"
    saving.save(held, BY)
    assert Lead.find(held.number).description == "Theirs still"


# ---------------------------------------------------------------- import, bulk change, filter


def imported(tmp_path, text: str, **said: Any) -> Any:
    path = tmp_path / "leads.csv"
    path.write_text(text)
    plan = propose(Lead, open_source(path))
    return run(plan.filled(said) if said else plan, operator=BY)


def test_si8_a_file_names_the_project_and_makes_none(fair, mailing, group, tmp_path):
    outcome = imported(
        tmp_path,
        "Company,Project,Assign Account To\nOne,fair,\nTwo,Mailing,TF\nThree,,\nFour,Fares,\nFive,Fair,TF\n",
    )  # fmt: skip
    held = {lead.company: lead.project for lead in Lead.select()}
    assert held == {"One": fair.number, "Two": mailing.number, "Three": None}
    said = {problem.row: problem.sentence for problem in outcome.problems}
    assert said == {5: "There is no project “Fares”; there are: Fair, Mailing.", 6: SAID}
    assert Project.select().count() == 2


def test_si8_what_a_file_leaves_empty_goes_into_the_project_somebody_works_in(fair, mailing, tmp_path):
    imported(tmp_path, "Company,Project\nOne,\nTwo,Mailing\n", project="Fair")
    assert {lead.company: lead.project for lead in Lead.select()} == {"One": fair.number, "Two": mailing.number}


def test_si8_many_records_are_put_into_a_project_at_once(both, mailing):
    for record in (Lead, Account, Opportunity):
        keys = [held.key for held in record.select()]
        assert "project" in bulk_changes.settable(record, BY)
        bulk_changes.set_field(record, keys, "project", mailing.number, BY)
        assert {held.project for held in record.select()} == {mailing.number}
        saving.undo_latest(BY)
        assert {held.project for held in record.select()} == {both, mailing.number, None}


def test_si8_a_typed_filter_asks_for_the_project(both):
    def found(text: str) -> list[str]:
        return sorted(ListQuery(Lead, (), None, text, by=BY).select(Lead.last_name).scalars())

    assert found("project:Fair") == found("project:fai") == ["fair"]
    assert found("-project:") == ["own"]
    assert found("project!=Fair") == ["mailing"]


def test_si8_a_list_in_the_order_of_its_projects(both, office, fair):
    fair.name = "Zurich fair"
    projects.save(fair, BY)
    reader = office.list_reader()
    listing = Listing(reader)
    query = ListQuery(Lead, ("last_name", "project"), order=[("project", False)], by=BY)
    assert listing.build(query) == 3
    assert [row.values[0] for row in listing.rows(query, 0, 3)] == ["mailing", "fair", "own"]
    assert [row.values[0] for row in listing.first(query)] == ["mailing", "fair", "own"]
    listing.close()


def test_si8_links_offer_what_belongs_to_other_projects_too(both):
    assert {each.caption for each in linking.candidates(Account, "", BY)} >= {"fair", "mailing", "own"}


# ---------------------------------------------------------------- what opens first (K24)


def test_k24_a_named_member_of_a_crm_project_sees_the_board_first(fair, mailing):
    ann, ben = made.colleague("ANN", "Ann"), made.colleague()
    assert projects.first_page(ann) == projects.REMINDERS, "a project without members is everybody's, and names nobody"
    projects.save(fair, BY, [ann])
    projects.save(mailing, BY, [ben])
    assert (projects.first_page(ann), projects.first_page(ben)) == (projects.BOARD, projects.REMINDERS)
    fair.active = False
    projects.save(fair, BY)
    assert projects.first_page(ann) == projects.REMINDERS


def test_k24_vt66_whoever_is_shown_no_deals_sees_reminders_first(fair):
    secured = Secured()
    projects.save(fair, BY, [ANN])
    secured.let({"use": "all", "view": "all"}, Opportunity)
    assert projects.first_page(ANN) == projects.BOARD
    secured.let({}, Opportunity)
    assert projects.first_page(ANN) == projects.REMINDERS
