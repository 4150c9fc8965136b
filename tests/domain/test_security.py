"""Security on and off, roles, job functions, groups as owners, who is away, handing over.

VT-46…VT-53, VS-17, K3, K15, BX-39.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import access, clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Account, Contact, Lead, ListView, Operator, Opportunity, Task
from channergy_crm.records.roles import OperatorRole, Role, RoleRight
from channergy_crm.services import (
    absences,
    bulk_changes,
    groups,
    handing_over,
    imports,
    operators,
    preferences,
    reading,
    reminders,
    rights,
    roles,
    saving,
    security,
    signing_in,
)
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from tests import factories
from tests.domain.secured import ANN, BEA, CY, NORTH, Secured, made, switch_on

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

pytestmark = pytest.mark.usefixtures("fixed_clock")
GOOD = "four dry words here"
EVERYTHING = {"use": "all", **dict.fromkeys(["view", "edit", "delete", "export", "import"], "all")}


@pytest.fixture
def secured(office: Office) -> Secured:
    return Secured()


# ---------------------------------------------------------------- on and off


def test_vt8_switching_on_asks_for_a_password_makes_a_recovery_file_and_gives_everybody_a_role(
    office: Office, tmp_path: Path
) -> None:
    operators.add(ANN, "Ann", "ADMIN")
    file = tmp_path / "recovery.txt"
    with pytest.raises(Mistake, match="at least 10"):
        security.switch_on("ADMIN", "short", file)
    assert not file.exists() and not security.is_on()
    security.switch_on("ADMIN", GOOD, file)
    assert security.is_on() and oct(file.stat().st_mode)[-3:] == "600"
    assert [role.name for role in roles.of_operator(ANN, "ADMIN")] == ["Operator"]
    assert roles.of_operator("ADMIN", "ADMIN") == []
    assert signing_in.sign_in("ADMIN", GOOD) == "ADMIN" and not signing_in.must_change("ADMIN")
    with pytest.raises(Mistake, match="on already"):
        security.switch_on("ADMIN", GOOD, tmp_path / "other.txt")


def test_dp13_an_operator_may_neither_export_nor_import_unless_a_role_says_so(office: Office, tmp_path: Path) -> None:
    operators.add(ANN, "Ann", "ADMIN")
    security.switch_on("ADMIN", GOOD, tmp_path / "recovery.txt")
    assert "export" in (rights.may(ANN, "export", Lead) or "")
    assert "import" in (rights.may(ANN, "import", Lead) or "")
    assert rights.may(ANN, "edit", Lead) is None


def test_only_an_administrator_switches_it_and_an_existing_file_is_kept(office: Office, tmp_path: Path) -> None:
    operators.add(ANN, "Ann", "ADMIN")
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(Refused, match="no administrator"):
        security.switch_on(ANN, GOOD, tmp_path / "recovery.txt")
    with pytest.raises(Mistake, match=r"already.*another name"):
        security.switch_on("ADMIN", GOOD, tmp_path / "mine.txt")
    assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"
    security.switch_on("ADMIN", GOOD, tmp_path / "recovery.txt")
    with pytest.raises(Refused, match="Only an administrator"):
        security.switch_off(ANN)
    security.switch_off("ADMIN")
    assert not security.is_on() and "tools" in security.limits()


def test_the_recovery_file_is_the_way_back_in_and_leaves_a_trace(office: Office, tmp_path: Path) -> None:
    file, other = tmp_path / "recovery.txt", tmp_path / "other.txt"
    security.switch_on("ADMIN", GOOD, file)
    other.write_text(f"{security.CODE}something else", "utf-8")
    with pytest.raises(Refused, match="not the recovery file"):
        security.recover(other)
    other.write_text("nothing", "utf-8")
    with pytest.raises(Mistake, match="no recovery file"):
        security.recover(other)
    security.recover(file)
    assert not security.is_on()
    assert [entry.what for entry in signing_in.history("ADMIN")][:3] == ["recovery", "off", "refused"]
    assert (work.latest_unit("CRMSettings", "security") or work.UnitRow()).by == "Command line"
    with pytest.raises(Mistake, match="off already"):
        security.recover(file)


# ---------------------------------------------------------------- roles and job functions


def test_vs17_job_functions_stand_on_roles_and_roles_on_users(secured: Secured) -> None:
    """VS-11, VS-14, VS-16: what needs the job function CRM is open to whoever has it on one of the roles."""
    assert not access.has_job(ANN, "crm")
    roles.let_do(secured.role, ["crm"], "ADMIN")
    assert access.has_job(ANN, "crm") and not access.has_job(BEA, "crm") and access.has_job("ADMIN", "crm")
    roles.give(ANN, [], "ADMIN")
    assert not access.has_job(ANN, "crm")
    with pytest.raises(Mistake, match="no job function flying"):
        roles.let_do(secured.role, ["flying"], "ADMIN")


def test_the_office_keeps_an_administrator_whichever_way_the_last_one_would_go(secured: Secured) -> None:
    admin = Operator.find("ADMIN")
    assert admin is not None
    admin.administrator = False
    with pytest.raises(Mistake, match="last administrator"):
        operators.save(admin, "ADMIN")
    roles.let_do(secured.role, ["administrator"], "ADMIN")
    operators.save(admin, ANN)
    assert rights.may(ANN, "administer") is None and rights.may("ADMIN", "administer") is not None
    for attempt in (lambda: roles.let_do(secured.role, [], ANN), lambda: roles.give(ANN, [], ANN)):
        with pytest.raises(Mistake, match="last administrator"):
            attempt()


def test_the_farthest_of_several_roles_counts_and_one_without_use_adds_nothing(secured: Secured) -> None:
    secured.let({"use": "all", "view": "own"}, Lead)
    more = roles.create("More", "ADMIN")
    roles.give(ANN, [secured.role, more.number], "ADMIN")
    roles.let(more.number, "CRMLeads", {"use": "all", "view": "group"}, "ADMIN")
    assert access.reach(ANN, "view", "CRMLeads") == "group"
    roles.let(more.number, "CRMLeads", {"view": "all"}, "ADMIN")
    assert roles.matrix(more.number, "ADMIN").get("CRMLeads", {}) == {}
    assert access.reach(ANN, "view", "CRMLeads") == "own"


def test_roles_are_made_named_copied_and_taken_away(secured: Secured) -> None:
    secured.let(EVERYTHING, Lead)
    secured.job("crm")
    copied = roles.create(" Second ", "ADMIN", like=secured.role)
    assert roles.matrix(copied.number, "ADMIN") == roles.matrix(secured.role, "ADMIN")
    assert roles.rename(copied.number, "Third", "ADMIN").name == "Third"
    for name, said in (("", "Give the role a name"), ("tested", "already")):
        with pytest.raises(Mistake, match=said):
            roles.create(name, "ADMIN")
    with pytest.raises(Mistake, match="Somebody has the role"):
        roles.remove(secured.role, "ADMIN")
    roles.remove(copied.number, "ADMIN")
    assert [role.name for role in roles.every("ADMIN")] == ["Tested"]
    saving.undo_latest("ADMIN")
    assert roles.matrix(copied.number, "ADMIN") == roles.matrix(secured.role, "ADMIN")
    with pytest.raises(Mistake, match="no rights for Orders"):
        roles.let(secured.role, "Orders", EVERYTHING, "ADMIN")  # type: ignore[arg-type]


def test_what_somebody_sees_is_counted(secured: Secured) -> None:
    """“What does Ann see?” as the role says, whatever Security says at the moment."""
    secured.let({"use": "all", "view": "group", "edit": "own"}, Lead)
    for owner in (ANN, ANN, BEA, CY, NORTH):
        made(Lead, owner)
    seen = next(each for each in roles.preview(ANN, "ADMIN") if each.record is Lead)
    assert (seen.sees, seen.changes, seen.of) == (4, 3, 5)
    assert next(each for each in roles.preview("ADMIN", "ADMIN") if each.record is Lead).sees == 5
    assert "View of Leads is “group”: NORTH." in roles.why(ANN, "ADMIN")


# ---------------------------------------------------------------- owners


def test_k15_what_belongs_to_a_group_stands_in_the_lists_of_its_members(secured: Secured) -> None:
    of_group, foreign = made(Lead, NORTH), made(Lead, CY)
    mine = set(Lead.select(Lead.number).where(rights.visible(Lead, ANN)).scalars())
    assert of_group.key in mine and foreign.key not in mine
    assert [each.id for each in access.owners()] == ["ADMIN", ANN, BEA, CY, NORTH]
    assert NORTH not in {each.id for each in operators.everybody("ADMIN", retired=True)}
    assert "There is no operator NORTH" in (rights.may(NORTH, "see") or "")
    secured.let({"use": "all", "view": "own", "edit": "own"}, Lead)
    assert bulk_changes.reassign(Lead, [of_group.key], BEA, ANN).records == 1


def test_k15_a_group_has_an_id_of_its_own_and_goes_only_without_records(secured: Secured) -> None:
    for id, said in (("ann", "already"), ("viper", "part of the program")):
        with pytest.raises(Mistake, match=said):
            groups.create(id, "Again", "ADMIN")
    made(Lead, NORTH)
    with pytest.raises(Mistake, match="still owns"):
        groups.remove(NORTH, "ADMIN")
    groups.create("SOUTH", "South", "ADMIN")
    groups.let_in("SOUTH", [CY], "ADMIN")
    groups.rename("SOUTH", "Deep South", "ADMIN")
    assert [group.caption() for group in groups.of_operator(CY, "ADMIN")] == ["Deep South (SOUTH)"]
    assert (Operator.find("SOUTH") or Operator()).name == "Deep South"
    with pytest.raises(Mistake, match="no operator NOBODY"):
        groups.let_in("SOUTH", ["NOBODY"], "ADMIN")
    groups.remove("SOUTH", "ADMIN")
    assert Operator.find("SOUTH") is None and groups.members("ADMIN") == {NORTH: [ANN, BEA]}


def test_whoever_may_make_a_lead_may_make_it_for_somebody_else_but_no_contact_of_a_foreign_account(
    secured: Secured,
) -> None:
    secured.let({"use": "all", "view": "own", "edit": "own"})
    lead = saving.start(Lead, ANN)
    lead.description, lead.owner = "For Bea", BEA
    saving.save(lead, ANN)
    account: Any = made(Account, CY)
    with pytest.raises(Refused, match="belongs to Cy .*; your role lets you change only your own contacts"):
        saving.save(Contact(customer=account.customer, last_name="Ray"), ANN)
    assert Contact.select().count() == 0
    own: Any = made(Account, ANN)
    saving.save(Contact(customer=own.customer, last_name="Ray"), ANN)


def test_a_forged_owner_in_an_object_opens_nothing(secured: Secured) -> None:
    """What counts is whose the stored row is."""
    secured.let({"use": "all", "view": "all", "edit": "own"})
    foreign: Any = Lead.find(made(Lead, CY).key)
    foreign.owner = ANN
    with pytest.raises(Refused, match="belongs to Cy"):
        saving.save(foreign, ANN)
    assert (Lead.find(foreign.key) or Lead()).owner == CY


# ---------------------------------------------------------------- taking back


def test_everybody_takes_back_the_own_steps_and_an_administrator_anybodys(secured: Secured) -> None:
    secured.let({"use": "all", "view": "own", "edit": "own"}, Lead)
    lead = made(Lead, ANN)
    given = bulk_changes.reassign(Lead, [lead.key], CY, ANN)
    by_admin = work.latest_unit("CRMRoleRights", RoleRight.select().first().number)
    assert by_admin is not None
    with pytest.raises(Refused, match="ADMIN did that; only they themselves or an administrator"):
        saving.reverse(by_admin.number, ANN)
    saving.reverse(given.unit, ANN)
    assert (Lead.find(lead.key) or Lead()).owner == ANN
    again = bulk_changes.reassign(Lead, [lead.key], CY, ANN)
    secured.let({"use": "all", "view": "own"}, Lead)
    with pytest.raises(Refused, match="does not let you change leads"):
        saving.reverse(again.unit, ANN)
    saving.reverse(again.unit, "ADMIN")
    assert (Lead.find(lead.key) or Lead()).owner == ANN


def test_an_import_is_taken_back_by_whoever_did_it(secured: Secured, tmp_path: Path) -> None:
    secured.let(EVERYTHING)
    (tmp_path / "leads.csv").write_text("First Name,Company,Phone\nAnn,Acme,504-621-8927\n", "utf-8")
    outcome = run(propose(Lead, open_source(tmp_path / "leads.csv")), operator="ADMIN")
    with pytest.raises(Refused, match="ADMIN did that"):
        imports.reject(outcome.run, ANN)
    assert imports.reject(outcome.run, "ADMIN").records == 1


def test_a_unit_of_someone_without_rights_writes_nothing_whatever_it_tries(secured: Secured) -> None:
    """The store itself is the last door: a service that forgot to ask gets no further."""
    secured.let({"use": "all", "view": "all"})
    lead: Any = made(Lead, ANN)
    lead.title = "changed"
    for attempt in (
        lambda: lead.save(), lambda: lead.delete_instance(), lambda: Lead.create(description="new", owner=ANN),
        lambda: work.current().save_many([lead]), lambda: Role.create(name="Mine"),
        lambda: OperatorRole.create(operator=ANN, role=1),
    ):  # fmt: skip
        with pytest.raises(Refused), work.unit("Sneak", by=ANN):
            attempt()
    assert (Lead.find(lead.key) or Lead()).title != "changed"


# ---------------------------------------------------------------- away, preferences, handing over


def test_bx39_the_reminders_of_somebody_away_are_offered_and_taken_over(secured: Secured) -> None:
    secured.let({"use": "all", "view": "group", "edit": "group"})
    today = clock.today()
    for owner in (BEA, CY):
        task: Any = made(Task, owner)
        lead: Any = made(Lead, owner)
        with work.unit("Remind", by="ADMIN"):
            task.reminder_date, lead.reminder_date, lead.reminder_time = today, today + timedelta(days=3), None
            task.save()
            lead.save()
    for owner in (BEA, CY):
        absences.mark(owner, today, today + timedelta(days=4), owner, "ill")
    assert [(away.operator.id, away.until, away.due) for away in absences.away(ANN)] == [
        (BEA, today + timedelta(days=4), 1), (CY, today + timedelta(days=4), 0),
    ]  # fmt: skip
    before = reminders.due(ANN)
    assert absences.take_over(BEA, ANN).records == 1
    assert sum(reminders.due(ANN)) == sum(before) + 1
    saving.undo_latest(ANN)
    assert reminders.due(ANN) == before
    with pytest.raises(Mistake, match="ADMIN is not away"):
        absences.take_over("ADMIN", ANN)


def test_bx39_somebody_is_away_from_a_day_to_a_day_and_says_so_themselves(secured: Secured) -> None:
    today = clock.today()
    with pytest.raises(Mistake, match="before the first"):
        absences.mark(ANN, today, today - timedelta(days=1), ANN)
    with pytest.raises(Refused, match="Only BEA or somebody who looks after"):
        absences.mark(BEA, today, today, ANN)
    held = absences.mark(ANN, today, today, ANN)
    assert absences.of(ANN, ANN) == [held] and absences.away(BEA)
    absences.end(held.number, ANN)
    assert not absences.away(BEA)
    roles.let_do(secured.role, ["view_all"], "ADMIN")
    absences.mark(BEA, today, today, ANN)


def test_vt46_vt53_vt72_everybody_keeps_the_own_preferences(secured: Secured) -> None:
    held = preferences.of(ANN, ANN)
    assert held.lead_days == preferences.NEW_FOR
    held.signature, held.lead_days, held.reports_to, held.own_composer = "Best,\nAnn", 3, BEA, True
    preferences.save(held, ANN)
    again = preferences.of(ANN, ANN)
    assert (again.signature, again.lead_days, again.reports_to, again.own_composer) == ("Best,\nAnn", 3, BEA, True)
    with pytest.raises(Refused, match="preferences of ANN"):
        preferences.save(again, BEA)
    again.reports_to = ANN
    with pytest.raises(Mistake, match="reports to themselves"):
        preferences.save(again, ANN)


def test_vt53_who_reports_to_whom_changes_no_right(secured: Secured) -> None:
    secured.let({"use": "all", "view": "own"}, Lead)
    foreign = made(Lead, CY)
    held = preferences.of(CY, CY)
    held.reports_to = ANN
    preferences.save(held, CY)
    with pytest.raises(Refused, match="belongs to Cy"):
        reading.find(Lead, foreign.key, ANN)


def test_a_leaver_hands_everything_over_in_turn_and_accounts_keep_what_hangs_on_them(office: Office) -> None:
    secured_people = (ANN, BEA, CY)
    for id in secured_people:
        operators.add(id, id.title(), "ADMIN")
    for turn in range(4):
        made(Lead, ANN, turn % 3)
        made(Opportunity, ANN, turn % 3)
    plan = handing_over.plan(ANN, {BEA: 3, CY: 1}, "ADMIN")
    told = {(share.record, share.owner): share.records for share in plan}
    done = handing_over.hand_over(ANN, {BEA: 3, CY: 1}, "ADMIN", retire=True)
    assert done.records == sum(told.values()) == 12
    assert Counter(Lead.select(Lead.owner).scalars()) == {BEA: 3, CY: 1}
    for deal in Opportunity.select():
        assert deal.owner == (Account.find(deal.account) or Account()).owner
    assert not (Operator.find(ANN) or Operator()).active
    saving.undo_latest("ADMIN")
    assert Counter(Lead.select(Lead.owner).scalars()) == {ANN: 4} and (Operator.find(ANN) or Operator()).active
    for shares, said in (({}, "Choose who gets them"), ({ANN: 1}, "hands over and cannot"), ({"X": 1}, "no active")):
        with pytest.raises(Mistake, match=said):
            handing_over.plan(ANN, shares, "ADMIN")


def test_marked_rows_are_dealt_out_equally_or_by_share(office: Office) -> None:
    for id in (ANN, BEA):
        operators.add(id, id.title(), "ADMIN")
    keys = [made(Lead, "ADMIN", turn % 3).key for turn in range(7)]
    assert bulk_changes.deal_out(Lead, keys, {ANN: 1, BEA: 1}, "ADMIN").records == 7
    assert Counter(Lead.select(Lead.owner).scalars()) == {ANN: 4, BEA: 3}
    assert bulk_changes.in_turn({ANN: 2, BEA: 1}, 6) == [ANN, ANN, BEA, ANN, ANN, BEA]


def test_an_operator_who_goes_takes_the_own_settings_along(secured: Secured) -> None:
    preferences.save(preferences.of(CY, CY), CY)
    absences.mark(CY, date(2026, 12, 1), date(2026, 12, 2), CY)
    signing_in.set_password(CY, GOOD, "ADMIN")
    assert operators.remove(CY, "ADMIN") == "Cy (CY) is deleted."
    saving.undo_latest("ADMIN")
    assert Operator.find(CY) is not None


def test_views_stay_each_ones_own_while_security_is_on(secured: Secured) -> None:
    switch_on()
    view = factories.valid(ListView)
    view.owner = ANN
    with work.unit("Keep", by=ANN):
        view.save()
    assert ListView.select().where(ListView.owner == ANN).exists()
