"""A site that says anything: a round tells it in a sentence, loses nothing here, and ends (BX-34)."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.errors import Surroundings
from channergy_crm.records import Account, Contact, Opportunity
from channergy_crm.records.sync import Conflict, Cursor, Outgoing, SyncLink
from channergy_crm.records.team_notices import TeamNotice
from channergy_crm.services import lookups
from channergy_crm.store import database
from channergy_crm.sync import conflicts, fields, pulling, status
from channergy_crm.sync.viper import wire
from tests.domain import two_sides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.domain.two_sides import TwoSides

CASES, LONG = 24, 100_000
RAW = ["NaN", "-Infinity", "1e999", "9" * 4000, "9" * 400, "-1", "1.5", "true", "null", "[]", "{}", '[{"a": [1]}]',
       "[" * 900 + "]" * 900, '{"a": {"b": "\\u0000"}}']  # fmt: skip
"""what stands in JSON, or nearly"""
TEXTS = ["", " ", "\0", "a\0b", "\ud800", "x" * LONG, "NaN", "sNaN", "Infinity", "1e999999", "-5", "2026-13-45", "<b>&",
         "'; DROP TABLE", "\r\n\r\n", "\u202e\u200b", "٣", "0" * 5000 + "7"]  # fmt: skip
SAID = [*RAW, *map(json.dumps, TEXTS)]
PLACE = "@@here@@"


def twisted(chance: random.Random, path: str) -> Callable[[str, bytes], bytes]:
    """One place in every answer of this path says something else."""
    said = chance.choice(SAID)
    deep = chance.random()

    def twist(asked: str, text: bytes) -> bytes:
        if asked != path:
            return text
        found = json.loads(text)
        places = list(_places(found))
        where, name = places[int(deep * len(places))]
        where[name] = PLACE
        return json.dumps(found).replace(json.dumps(PLACE), said).encode()

    return twist


def _places(found: Any) -> Iterator[tuple[Any, Any]]:
    for name, held in list(found.items() if isinstance(found, dict) else enumerate(found)):
        yield found, name
        if isinstance(held, dict | list):
            yield from _places(held)


def healed(both: TwoSides) -> None:
    """The site says again what it holds, from the beginning."""
    both.site.faults.twist = None
    both.site.tokens.clear()
    with database.writing():
        Cursor.update(cursor="").where(Cursor.what.in_([*fields.KINDS.values(), "waits"])).execute()
        Outgoing.update(next_try=None).execute()


def twice(text: bytes) -> bytes:
    """The same records again, each as another record of ours."""
    found = json.loads(text)
    for each in found["items"]:
        each.update(id=found["items"][0].get("id"), status="done", etag="9")
    return json.dumps(found).encode()


def all_gone(text: bytes) -> bytes:
    found = json.loads(text)
    return json.dumps({**found, "items": [{"id": each["id"], "deleted": True} for each in found["items"]]}).encode()


def longest(text: bytes) -> bytes:
    """Millions of signs in a field, and in what is only shown."""
    found = json.loads(text)
    for each in found["items"]:
        each.update(shown={"company_users": ["y" * 100_000]}, etag="7")
        each["values"]["fax"] = "x" * 4_000_000
    return json.dumps(found).encode()


# ---------------------------------------------------------------- whole rounds


@pytest.mark.engines("sqlite")  # what the site says is met before a store is asked
def test_bx34_whatever_the_site_says_nothing_is_lost_here_and_it_is_told(both: TwoSides) -> None:
    acme = two_sides.account(phone="504-621-8927")
    berg, gala = two_sides.contact(acme), two_sides.deal(acme)
    both.sync()
    chance = random.Random(13)
    paths = [f"/{kind}{rest}" for kind in fields.KINDS.values() for rest in ("", "/batch")]

    def change(kind: str, number: int) -> None:
        if kind == "contacts":
            two_sides.edit(berg, first_name=f"Kim {number}")
            both.change(berg, mailing_city=f"Town {number}")
        elif kind == "programs":
            two_sides.deal(acme, f"Trip {number}")
            both.change(gala, probability=number % 90)
        else:
            two_sides.edit(acme, fax=f"555-{number:04}")
            both.change(acme, billing_city=f"Town {number}")

    for number in range(CASES):
        path = (*paths, "/session", "/status")[number % 8]
        change(path.split("/")[1], number)
        both.site.faults.twist = twisted(chance, path)
        try:
            both.sync()
        except Surroundings as error:
            assert error.message
        assert (Account.select().count(), Contact.select().count()) == (1, 1)
        assert Opportunity.select().count() == 1 + len([at for at in range(number + 1) if at % 8 in (4, 5)])
        healed(both)
    both.sync()
    both.change(acme, phone="1")
    two_sides.edit(berg, first_name="Kim")
    both.sync()
    both.sync()
    known = {table: both.site.rows(kind) for table, kind in fields.KINDS.items()}
    invented = [each.number for each in SyncLink.select() if each.remote not in known[each.table]]
    with database.writing():
        SyncLink.delete().where(SyncLink.number.in_(invented)).execute()
    both.agree()


@pytest.mark.parametrize("says", [twice, all_gone, longest])
def test_bx34_a_site_that_repeats_itself_deletes_everything_or_talks_too_much(both: TwoSides, says: Any) -> None:
    made = [two_sides.account(f"Firm {number}") for number in range(3)]
    both.sync()
    for each in made:
        both.change(each, phone="2")
    made += [two_sides.account("New"), two_sides.account("Newer")]
    both.site.faults.twist = lambda path, text: says(text) if path.startswith("/companies") else text
    with suppress(Surroundings):
        both.sync()
    assert [each.name for each in Account.select().order_by(Account.number)] == [each.name for each in made]
    assert all(len(each.shown) < 30_000 for each in SyncLink.select())
    assert all(len(each.theirs) <= 10_000 for each in Conflict.select())
    healed(both)
    both.sync()
    assert [two_sides.now(each).phone for each in made[:3]] == ["2"] * 3


def test_bx34_pages_that_lead_in_a_circle_or_to_no_end_are_left(both: TwoSides, monkeypatch: Any) -> None:
    monkeypatch.setattr(wire, "MOST_PAGES", 40)
    for every, said in ((5, "cannot be understood"), (1_000, "does not come to an end; the rest is read later")):
        asked = count(1)

        def more(path: str, text: bytes, asked: Any = asked, every: int = every) -> bytes:
            if path != "/companies":
                return text
            item = {"id": f"X{(number := next(asked))}", "etag": "1", "values": {}}
            return json.dumps({"items": [item], "cursor": f"c{number % every}", "more": True}).encode()

        both.site.faults.twist = more
        with pytest.raises(Surroundings, match=said):
            both.sync()
        assert next(asked) <= 42
        healed(both)
    both.sync()


def test_vp57_a_probability_that_is_none_stays_what_it_was_and_is_told(both: TwoSides) -> None:
    acme = two_sides.account()
    two_sides.contact(acme)
    gala = two_sides.deal(acme)
    both.sync()
    for place, said in enumerate(["1e999", "-Infinity", "NaN", "9" * 400, '"1e999999"', '"sNaN"', "[[]]"]):
        both.change(gala, probability=20 + place)

        def twist(path: str, text: bytes, said: str = said, number: int = 20 + place) -> bytes:
            return text.replace(f'"probability": {number}'.encode(), f'"probability": {said}'.encode())

        both.site.faults.twist = twist
        assert both.sync().conflicts == 1
        assert two_sides.now(gala).probability == 10
    both.site.faults.twist = None
    both.change(gala, probability=40)
    both.sync()
    assert two_sides.now(gala).probability == 40


@pytest.mark.engines("sqlite")
def test_vp58_a_site_adds_a_few_stages_a_round_and_the_rest_is_told(both: TwoSides, monkeypatch: Any) -> None:
    monkeypatch.setattr(pulling, "MOST_NEW_STAGES", 2)
    firm = two_sides.account()
    two_sides.contact(firm)
    trips = [two_sides.deal(firm, f"Trip {number}") for number in range(4)]
    both.sync()
    for trip, stage in zip(trips, ("x" * 61, "S1", "S2", "S3"), strict=True):
        both.change(trip, sales_stage=stage, probability=15)
    told = both.sync()
    assert (told.stages, told.unlisted, told.conflicts) == (["S1", "S2"], 2, 2)
    assert [two_sides.now(trip).stage for trip in trips] == ["Draft", "S1", "S2", "Draft"]
    assert "2 programs have stages that are not known here and were not added" in told.said()
    assert [text for text in TeamNotice.select(TeamNotice.text).scalars() if "too many or too long" in text] != []
    assert status.read("ADMIN").said == told.said() and ("stage", "Draft", "S3") in two_sides.conflicts()
    lookups.add(*pulling.STAGES, "S3", "ADMIN")
    conflicts.turn_round(conflicts.open("ADMIN")[0].number, "ADMIN")
    both.sync()
    assert two_sides.now(trips[3]).stage == "S3" and conflicts.count("ADMIN") == 1
    monkeypatch.setattr(pulling, "MOST_STAGES", 0)
    both.change(trips[3], sales_stage="S4")
    assert (both.sync().stages, two_sides.now(trips[3]).stage) == ([], "S3")
