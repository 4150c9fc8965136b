"""What both sides said of a field is kept, turned round and settled; what is gone on one side is made anew or left."""

from __future__ import annotations

from typing import Any

import pytest

from channergy_crm.clock import today
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Account, Contact, Opportunity
from channergy_crm.records.sync import Conflict, Outgoing
from channergy_crm.services import saving
from channergy_crm.store import database
from channergy_crm.sync import apart, chips, conflicts, links, ready, status
from tests.domain.secured import Secured
from tests.domain.two_sides import ADMIN, account, contact, deal, edit, link, now, remove, waiting


@pytest.fixture
def secured(office: Any, fixed_clock: Any) -> Secured:
    """Security is on, before anything is synced."""
    return Secured()


@pytest.fixture
def disputed(both: Any) -> Any:
    """A client whose telephone number was changed on both sides: ours was sent."""
    firm = account(phone="212 555 0100")
    both.sync()
    edit(firm, phone="212 555 0111")
    both.change(firm, phone="212 555 0122")
    both.sync()
    both.agree()
    return firm


def test_bx34_a_conflict_is_told_turned_round_sent_and_taken_back(both: Any, disputed: Any) -> None:
    one = conflicts.open(ADMIN)[0]
    assert (one.caption, one.label, one.ours, one.theirs) == ("Acme", "Phone", "212 555 0111", "212 555 0122")
    conflicts.turn_round(one.number, ADMIN)
    assert now(disputed).phone == "212 555 0122" and conflicts.count(ADMIN) == 0
    both.sync()
    assert both.there(disputed)["phone"] == "212 555 0122"
    saving.undo_latest(ADMIN)
    assert now(disputed).phone == "212 555 0111" and conflicts.count(ADMIN) == 1
    assert Outgoing.select().count() == 1
    saving.redo_latest(ADMIN)
    assert conflicts.count(ADMIN) == 0 and Conflict.get().kept == "theirs"
    saving.undo_latest(ADMIN)
    assert conflicts.count(ADMIN) == 1
    both.sync()
    both.agree()
    assert both.there(disputed)["phone"] == "212 555 0111"


def test_bx34_what_was_changed_here_after_the_conflict_is_not_written_over_before_it_is_asked_again(
    both: Any, disputed: Any
) -> None:
    (one,) = conflicts.open(ADMIN)
    for now_here, said in (("212 555 0133", "changed here since, to “212 555 0133”"), ("", "was emptied here since")):
        edit(disputed, phone=now_here)
        with pytest.raises(Mistake, match=said):
            conflicts.turn_round(one.number, ADMIN)
        assert ((now(disputed).phone or ""), conflicts.open(ADMIN)[0].ours) == (now_here, now_here)
    conflicts.turn_round(one.number, ADMIN)
    assert now(disputed).phone == "212 555 0122"


@pytest.mark.parametrize("where", ["here", "there"])
def test_bx34_a_conflict_in_which_both_sides_agree_by_now_goes_by_itself(both: Any, disputed: Any, where: str) -> None:
    if where == "here":
        edit(disputed, phone="212 555 0122", fax="9")
    else:
        both.change(disputed, phone="212 555 0122", fax="9")
    assert conflicts.count(ADMIN) == 1
    both.sync()
    assert (conflicts.count(ADMIN), now(disputed).phone, now(disputed).fax) == (0, "212 555 0122", "9")
    both.agree()


def test_a_conflict_is_settled_once_and_opened_again(disputed: Any) -> None:
    number = conflicts.open(ADMIN)[0].number
    assert conflicts.settle(number, ADMIN) == "Phone of Account Acme stays as it is here."
    assert conflicts.open(ADMIN) == [] and now(disputed).phone == "212 555 0111"
    with pytest.raises(Mistake, match="settled that meanwhile"):
        conflicts.turn_round(number, ADMIN)
    conflicts.reopen(number, ADMIN)
    assert conflicts.count(ADMIN) == 1


def test_what_cannot_be_turned_round_is_said_and_stays(both: Any, disputed: Any) -> None:
    trip = deal(disputed)
    with database.writing():
        links.conflict("CRMAccounts", disputed.key, "", "", "r1: no such thing")
        links.conflict("CRMOpportunities", trip.key, "stage", "Draft", "X" * 300)
    contact(disputed)
    both.sync()
    whole, stage = conflicts.open(ADMIN)[1], conflicts.open(ADMIN)[0]
    assert (whole.label, stage.label) == ("all of it", "Sales Stage")
    for one in (whole, stage):
        with pytest.raises(Mistake):
            conflicts.turn_round(one.number, ADMIN)
    remove(trip)
    assert not conflicts.open(ADMIN)[0].there
    with pytest.raises(Mistake, match="nothing to turn round"):
        conflicts.turn_round(stage.number, ADMIN)
    conflicts.settle(stage.number, ADMIN)
    assert conflicts.count(ADMIN) == 2


def test_who_may_not_change_a_record_settles_nothing_of_it_nor_sees_what_is_not_theirs(
    secured: Secured, both: Any
) -> None:
    secured.let({"use": "all", "view": "all", "edit": "own"}, Account, Contact, Opportunity)
    firms = [account("Foreign", owner=ADMIN), account("Hers")]
    with database.writing():
        for each in firms:
            links.conflict("CRMAccounts", each.key, "name", each.name, "Theirs")
    own, foreign = conflicts.open("ANN")
    assert (foreign.caption, own.caption) == ("Foreign", "Hers")
    for what in (conflicts.settle, conflicts.turn_round):
        with pytest.raises(Refused):
            what(foreign.number, "ANN")
    secured.let({"use": "all", "view": "own", "edit": "own"}, Account, Contact, Opportunity)
    assert [each.caption for each in conflicts.open("ANN")] == ["Hers"] and conflicts.count("ANN") == 1
    conflicts.turn_round(own.number, "ANN")
    assert now(firms[1]).name == "Theirs" and conflicts.count("ANN") == 0


def test_what_was_deleted_there_is_made_anew_or_left(both: Any) -> None:
    first, second = account("First"), account("Second")
    both.sync()
    gone = [link(each).remote for each in (first, second)]
    for remote in gone:
        both.site.delete("companies", remote)
    both.sync()
    later, earlier = apart.open(ADMIN)
    assert [later.caption, earlier.caption] == ["Second", "First"] and earlier.again
    assert earlier.said == "Deleted in Viper, still here" and status.read(ADMIN).counts.apart == 2
    chip = chips.chip("CRMAccounts", first.key, ADMIN)
    assert chip is not None and (chip.text, chip.day) == ("deleted in Viper", today())
    new = [contact(first), deal(first)]
    both.sync()
    assert {(state, reason) for _table, state, reason in waiting()} == {("held", "account_apart")}
    lack = ready.lacks(new[1])
    assert lack is not None and lack.sentence == "its account First is not synced itself: deleted in Viper"
    assert apart.make_again(earlier.number, ADMIN).caption == "First"
    both.sync()
    assert link(first).remote not in gone and both.there(first)["name"] == "First"
    assert [both.there(each)["company_id"] for each in new] == [link(first).remote] * 2 and not waiting()
    assert apart.leave(later.number, ADMIN) == "Second" and apart.count(ADMIN) == 0
    apart.take_up(later.number, ADMIN)
    assert apart.count(ADMIN) == 1


@pytest.mark.parametrize("seen_first", [True, False])
def test_vp18_vp23_what_was_refused_for_its_company_goes_once_that_is_there_again(both: Any, seen_first: bool) -> None:
    firm = account("First")
    both.sync()
    new = [contact(firm), deal(firm)]

    def meanwhile(_done: int, _total: int, text: str) -> None:
        """Somebody deletes the company after what changed there was read."""
        if text == "Sending to Viper" and both.site.rows("companies"):
            both.site.delete("companies", link(firm).remote)

    both.sync(meanwhile)
    assert [state for _table, state, _reason in waiting()] == ["refused", "refused"]
    both.sync()
    assert {(state, reason) for _table, state, reason in waiting()} == {("held", "account_apart")}
    if not seen_first:  # the round in which it was heard of has come no further
        with database.writing():
            Outgoing.update(state="refused", reason="").execute()
    apart.make_again(apart.open(ADMIN)[0].number, ADMIN)
    both.sync()
    assert [both.there(each)["company_id"] for each in new] == [link(firm).remote] * 2 and not waiting()


def test_bx34_what_was_to_be_made_there_again_is_taken_back_until_it_is_sent(both: Any) -> None:
    firm = account("First")
    both.sync()
    both.site.delete("companies", link(firm).remote)
    both.sync()
    before = {**link(firm).__data__, "number": None}
    remade = apart.make_again(apart.open(ADMIN)[0].number, ADMIN)
    assert apart.count(ADMIN) == 0
    apart.take_back(remade, ADMIN)
    assert {**link(firm).__data__, "number": None} == before and apart.count(ADMIN) == 1
    both.sync()
    assert both.site.rows("companies") == {}
    remade = apart.make_again(apart.open(ADMIN)[0].number, ADMIN)
    with database.writing():
        Outgoing.update(request="k", state="sending").execute()
    with pytest.raises(Mistake, match="is being sent"):
        apart.take_back(remade, ADMIN)
    both.sync()
    with pytest.raises(Mistake, match="First was sent meanwhile and is in Viper again"):
        apart.take_back(remade, ADMIN)
    assert both.there(firm)["name"] == "First"


def test_what_was_deleted_here_can_only_be_left(both: Any) -> None:
    firm = account()
    both.sync()
    remove(firm)
    both.sync()
    one = apart.open(ADMIN)[0]
    assert (one.caption, one.there, one.again) == (f"Account {firm.key}", False, False)
    with pytest.raises(Mistake):
        apart.make_again(one.number, ADMIN)
    apart.leave(one.number, ADMIN)
    assert apart.open(ADMIN) == []
