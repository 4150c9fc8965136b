"""Who looks like whom: while somebody types, and in a whole list (BX-9, BX-16, C13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.records import Account, Contact, Lead
from channergy_crm.services import leads, saving
from channergy_crm.services.duplicates import groups as duplicate_groups
from channergy_crm.services.duplicates import look_alikes
from channergy_crm.text.likeness import Look, blocks, company_letters, person_words, reasons
from tests import made

if TYPE_CHECKING:
    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

ALIKE = [
    ("Ann Lee", "Acme Inc.", "Lee, Ann", "The ACME Company"),
    ("José Häusler", "GTX Pro", "Jose Hausler", "GTXPro GmbH"),
    ("Catherine Miller", "Johnson & Sons", "Cathrine Miler", "Jonson and Sons Ltd"),
    ("A. Lee", "Acme", "Ann Lee", "Acme"),
    ("Ann Marie Lee", "Acme", "Ann Lee", "Acme"),
    ("", "Wolkenstein Ltd", "", "Wolkenstien Limited"),
    ("Benedict Ortiz", "", "Benedikt Ortiz", ""),
]
DIFFERENT = [
    ("Ann Lee", "Acme", "Ben Lee", "Acme"),
    ("Ann Lee", "Acme", "Ann Lee", "Blue"),
    ("Ann Lee", "Acme", "", "Acme"),
    ("", "Route 66", "", "Route 67"),
    ("", "", "", ""),
    ("Jim Brown", "Acme", "Tim Brown", "Acme"),
]


def look(name: str, company: str) -> Look:
    return Look(frozenset(), frozenset(), person_words(name), company_letters(company))


@pytest.mark.parametrize("pair", ALIKE, ids=lambda pair: f"{pair[0]} {pair[1]}")
def test_bx9_small_misspellings_and_other_ways_to_write_a_name_look_alike(pair: tuple[str, ...]) -> None:
    one, other = look(*pair[:2]), look(*pair[2:])
    assert reasons(one, other) == reasons(other, one) == ("similar name",)


@pytest.mark.parametrize("pair", DIFFERENT, ids=lambda pair: f"{pair[0]} {pair[1]}")
def test_bx9_other_people_and_other_companies_do_not(pair: tuple[str, ...]) -> None:
    assert reasons(look(*pair[:2]), look(*pair[2:])) == ()


def told(office: Office, record: Record, **typed: Any) -> list[tuple[str, str, str, tuple[str, ...]]]:
    reader = office.reader()
    found = look_alikes.like(reader, type(record), look_alikes.asked(record, typed), "ADMIN")
    reader.close()
    return [(match.hit.place.about.target, match.hit.title, match.hit.owner, match.reasons) for match in found]


def test_bx9_bx16_vt76_who_looks_like_a_new_lead_is_found_in_every_list(office: Office) -> None:
    made.colleague()
    account = made.account("Wolkenstein Ltd", phone="+1 504 621 8927")
    made.contact(account, "Ann", "Lee", other_phone="(504) 621-8927", email="ann@wolke.example")
    leads.create({"description": "x", "first_name": "Ann", "last_name": "Lee", "company": "Wolkenstein"}, "BEN")
    leads.create({"description": "x", "first_name": "Ben", "last_name": "Ray", "company": "Wolkenstein"}, "BEN")
    gone = leads.create({"description": "x", "phone": "504-621-8927"}, "ADMIN")
    leads.remove(gone.number, "ADMIN")
    lead = leads.start("ADMIN")
    assert told(office, lead) == []
    assert told(office, lead, phone="504.621.8927") == [
        ("contact", "Ann Lee", "", ("same phone",)), ("account", "Wolkenstein Ltd", "", ("same phone",)),
    ]  # fmt: skip
    assert told(office, lead, email="ANN@wolke.example") == [("contact", "Ann Lee", "", ("same e-mail",))]
    assert told(office, lead, first_name="Anne", last_name="Lee", company="Wolkenstien Limited") == [
        ("contact", "Ann Lee", "", ("similar name",)), ("account", "Wolkenstein Ltd", "", ("similar name",)),
        ("lead", "Ann Lee", "BEN", ("similar name",)),
    ]  # fmt: skip
    both = told(office, lead, first_name="Ann", last_name="Lee", phone="5046218927")
    assert both[0] == ("contact", "Ann Lee", "", ("same phone", "similar name"))
    assert told(office, lead, first_name="Ann", last_name="Leonard", company="Wolkenstein") == [
        ("account", "Wolkenstein Ltd", "", ("similar name",))
    ]


def test_bx9_of_a_record_that_is_there_only_what_is_changed_is_looked_for(office: Office) -> None:
    one = leads.create({"description": "x", "last_name": "Lee", "company": "Acme", "phone": "504-621-8927"}, "ADMIN")
    leads.create({"description": "y", "last_name": "Orth", "company": "Blue", "phone": "504-621-8927"}, "ADMIN")
    assert told(office, one, last_name="Lee", phone="504-621-8927", notes="new") == []
    assert told(office, one, last_name="Orth", company="Blue") == [("lead", "Orth", "", ("similar name",))]
    assert told(office, one, phone="(504) 621-8927") == [("lead", "Orth", "", ("same phone",))]


def test_bx9_what_belongs_together_may_share_a_number(office: Office) -> None:
    account = made.account("Acme", phone="504-621-8927")
    contact = made.contact(account, "Ann", "Lee", phone="504-621-8927")
    other = made.contact(account, "Ben", "Ray", phone="212-555-0134")
    assert told(office, account, phone="212-555-0134") == []
    assert told(office, contact, phone="212-555-0134") == [("contact", "Ben Ray", "", ("same phone",))]
    assert told(office, leads.start("ADMIN", account=account.number)) == []
    stranger = made.account("Blue", phone="303-555-0199")
    assert told(office, Contact(customer=stranger.customer), first_name="Ben", last_name="Ray") == []
    assert told(office, other, phone="303-555-0199") == [("account", "Blue", "", ("same phone",))]
    assert told(office, Account(owner="ADMIN"), name="Acme; Carl Orth") == [("account", "Acme", "", ("similar name",))]


def test_bx9_the_lead_is_of_the_person_that_is_typed(office: Office) -> None:
    leads.create({"description": "x", "first_name": "Ann", "last_name": "Smith", "company": "Acme"}, "ADMIN")
    assert told(office, Lead(owner="ADMIN"), first_name="Ann", last_name="Smyth")[0][1] == "Ann Smith"
    assert told(office, Lead(owner="ADMIN"), first_name="Ann") == []
    assert told(office, Lead(owner="ADMIN"), company="Acme")[0][1] == "Ann Smith"


def found(office: Office, record: type[Record]) -> list[tuple[tuple[Any, ...], tuple[str, ...]]]:
    reader = office.reader()
    groups = duplicate_groups.groups(reader, record, "ADMIN")
    reader.close()
    return [tuple(group) for group in groups]


def lead(**values: Any) -> int:
    return leads.create({"description": "Fair", **values}, "ADMIN").number


def test_c13_a_whole_list_is_looked_through_and_who_is_not_the_same_is_not_offered_again(
    office: Office, operator: str
) -> None:
    one = lead(first_name="Ann", last_name="Lee", company="Acme Inc.", phone="504-621-8927")
    lead(first_name="Ann", last_name="Ray", company="Acme Inc.", email="ray@acme.example")
    two = lead(first_name="Anne", last_name="Lee", company="Acme", email="ann@acme.example")
    three = lead(first_name="Ben", last_name="Orth", company="Blue", phone="+1 (504) 621-8927")
    four, five = lead(company="Wolkenstein Ltd"), lead(company="Wlokenstein Limited")
    six, seven = lead(email="x@y.example", last_name="Q"), lead(email="X@y.example", last_name="R")
    gone = lead(company="Wolkenstein")
    leads.remove(gone, operator)
    assert found(office, Lead) == [
        ((one, two, three), ("same phone", "similar name")), ((four, five), ("similar name",)),
        ((six, seven), ("same e-mail",)),
    ]  # fmt: skip
    duplicate_groups.not_the_same(Lead, [three, one], operator)
    duplicate_groups.not_the_same(Lead, [four, five], operator)
    assert found(office, Lead) == [((one, two), ("similar name",)), ((six, seven), ("same e-mail",))]
    saving.undo_latest(operator)
    assert [keys for keys, _ in found(office, Lead)] == [(one, two), (four, five), (six, seven)]


def test_c13_accounts_and_contacts_are_looked_through_too(office: Office) -> None:
    one, other = made.account("Acme; Ann Lee"), made.account("Acme GmbH; Ben Ray")
    far = made.account("Blue")
    same = [made.contact(one, "Ann", "Lee").number, made.contact(one, "Ann", "Leigh").number]
    made.contact(far, "Ann", "Lee")
    twice = made.contact(one, "A.", "Lee").number
    assert found(office, Account) == [((one.number, other.number), ("similar name",))]
    assert found(office, Contact) == [((same[0], twice), ("similar name",))]


def test_c13_cancel_stops_the_search(office: Office) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, total: int, text: str) -> None:
        raise Stop

    lead(company="Acme")
    reader = office.reader()
    with pytest.raises(Stop):
        duplicate_groups.groups(reader, Lead, "ADMIN", stop)
    reader.close()


def test_c13_many_of_one_name_are_not_all_compared_with_each_other() -> None:
    looks = {number: look("", f"Acme {number}") for number in range(2_000)}
    (block,) = {block for each in looks.values() for block in blocks(each) if block[-1] == "acme"}
    pairs = list(duplicate_groups._pairs(block, list(looks), looks))
    assert len(pairs) <= 12 * len(looks) and all(one < other for one, other in pairs)
