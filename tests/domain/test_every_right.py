"""Allowed or refused as the matrix of the role says: every service × every scope × own, group and foreign records.

VT-66…VT-71, SI-11. What each service needs is said below, once; a service that is new must be named there, or among
those that only administrators call (`FOR_ADMINISTRATORS`), or among those that touch no records of the matrix.
"""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from channergy_crm import work
from channergy_crm.errors import Clash, Difference, Mistake, Refused
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import Account, Contact, Lead, Opportunity, Task
from channergy_crm.services import (
    accounts,
    bulk_changes,
    calls,
    conversion,
    following,
    global_search,
    history,
    leads,
    linking,
    operators,
    reading,
    reminders,
    roles,
    saving,
    search_lists,
    tasks,
)
from channergy_crm.services.duplicates import groups as look_alike_groups
from channergy_crm.services.duplicates import look_alikes, merging, proposal
from channergy_crm.services.timeline import pages
from channergy_crm.transfer.exporting.run import Wanted, export
from channergy_crm.transfer.exporting.text import Style
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.work import key_field
from tests.domain.filed import FILED
from tests.domain.filing_rights import TRIES as FILED_MAILS
from tests.domain.fitting import RETIRED, Arguments
from tests.domain.needs import FOR_ADMINISTRATORS, FOR_EVERYBODY, OTHERWISE
from tests.domain.secured import ANN, OWNERS, REACHED, Secured, made
from tests.domain.test_rights import asking, functions, outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

DAY = date(2031, 1, 2)
TYPES = (Lead, Account, Contact, Opportunity, Task)


class Try(NamedTuple):
    """One way to a record: the service, the right it needs, the record types it is for, and what it does.

    It tells whether it came through: True or False, or `Refused` is raised.
    """

    service: str
    right: str
    types: tuple[type[Record], ...]
    does: Callable[[Any, Office, Path], object]


def query(record: type[Record], key: object) -> ListQuery:
    return ListQuery(record, [key_field(record).name], key_field(record) == key, by=ANN)


def is_it(record: Any) -> Any:
    return key_field(type(record)) == record.key


def listed(record: Any, office: Office, _folder: Path) -> bool:
    listing = Listing(office.reader())
    try:
        one = query(type(record), record.key)
        reading.begin(one)
        return bool(listing.first(one)) and listing.build(one) == 1
    finally:
        listing.close()


def shown_again(record: Any, office: Office, _folder: Path) -> bool:
    listing = Listing(office.reader())
    try:
        return bool(listing.some(query(type(record), record.key), [record.key]))
    finally:
        listing.close()


def searched(record: Any, office: Office, _folder: Path) -> bool:
    with closing(office.reader()) as reader:
        found = [
            hit for step in global_search.find(reader, f"#{record.key}", ANN) for group in step for hit in group.hits
        ]
    return any(hit.place.record is type(record) and hit.key == record.key for hit in found)


def opened(record: Any, _office: Office, _folder: Path) -> bool:
    place = next(place for place in global_search.places() if place.record is type(record))
    return bool(global_search.destination(global_search.Hit(place, record.key, "", "", "", ""), ANN))


def looked_like(record: Any, office: Office, _folder: Path) -> bool:
    values = {"phone": record.phone, "email": record.email, "company": "", "first_name": "", "last_name": ""}
    with closing(office.reader()) as reader:
        found = look_alikes.like(reader, Lead, values, ANN)
    return any(match.hit.place.record is type(record) and match.hit.key == record.key for match in found)


def grouped(record: Any, office: Office, _folder: Path) -> bool:
    with closing(office.reader()) as reader:
        look_alike_groups.groups(reader, type(record), ANN)
    found = look_alike_groups.members(type(record), [look_alike_groups.Group((record.key,), ())], ANN)
    return record.key in found


def exported(record: Any, office: Office, folder: Path) -> bool:
    wanted = Wanted(query(type(record), record.key))
    one = Wanted(query(type(record), record.key), "selected", [record.key])  # type: ignore[arg-type]
    counts = {export(office, each, folder / "out.csv", by=ANN, style=Style()) for each in (wanted, one)}
    assert len(counts) == 1
    return counts == {1}


def change(record: Any) -> Any:
    """The record with one field changed."""
    name = next(name for name in ("notes", "description", "title", "action", "phone") if name in type(record).kinds())
    held = type(record).find(record.key)
    setattr(held, name, "changed")
    return held


def converted(record: Any, _office: Office, _folder: Path) -> object:
    return conversion.convert(record.key, ANN)


def merged(record: Any, _office: Office, _folder: Path) -> object:
    other = made(type(record), ANN, 1)
    return merging.merge(proposal.propose(type(record), [record.key, other.key], ANN), 0, {}, ANN)


def clash_settled(record: Any, _office: Office, _folder: Path) -> object:
    mine = change(record)
    ((name, (before, now)),) = mine.changes().items()
    return saving.settle_clash(mine, Clash("", [Difference(name, "", before, now, before)], ""), {}, ANN)


def call_written(record: Any, _office: Office, _folder: Path) -> object:
    return calls.write_call(Lead.find(record.key), calls.Call("N"), ANN)  # type: ignore[arg-type]


def counted(record: Any, _office: Office, _folder: Path) -> bool:
    found = reading.count(type(record), is_it(record), ANN)
    assert reading.counts({1: query(type(record), record.key)}, ANN) == {1: found}
    assert reading.exists(type(record), is_it(record), ANN) is (found == 1)
    return found == 1


def chosen(record: Any, _office: Office, _folder: Path) -> bool:
    candidates = linking.candidates(type(record), str(record.key), ANN, 1_000)
    there = any(each.key == record.key for each in candidates)
    said = linking.caption(type(record), record.key, ANN)
    assert said == (record.caption() if there else str(record.key)), "a link tells what is not shown"
    return there


def updated_by_a_file(record: Any, _office: Office, folder: Path) -> bool:
    who = f"{record.first_name},{record.last_name},{record.email}"
    (folder / "in.csv").write_text(f"First Name,Last Name,Email,Title\n{who},Boss\n", "utf-8")
    found = propose(Lead, open_source(folder / "in.csv"))
    return run(replace(found, on_match="update"), operator=ANN).updated == 1


def suggested(record: Any, _office: Office, _folder: Path) -> bool:
    return record.title in reading.suggestions(Lead, "title", ANN)


def followed(record: Any, _office: Office, _folder: Path) -> bool:
    following.follow(type(record), record.key, ANN)
    there = following.followers(type(record), record.key, ANN)
    return following.unfollow(type(record), record.key, ANN) and [each.id for each in there] == [ANN]


def of_account(what: str) -> Callable[[Any, Office, Path], object]:
    def there(record: Any, _office: Office, _folder: Path) -> bool:
        account = (
            Account.find(record.account) if what != "contacts" else Account.get(Account.customer == record.customer)
        )
        held = accounts.counts(account, ANN)[what]
        if what == "opportunities":
            assert len(accounts.open_work(account, ANN)[0]) == held
            assert accounts.open_sums(account.number, ANN)[0] == held
        if what == "tasks":
            assert len(accounts.open_work(account, ANN)[1]) == held
        return held == 1

    return there


TRIES = [
    Try("reading.find", "view", TYPES, lambda record, *_: reading.find(type(record), record.key, ANN) is not None),
    Try("reading.latest_unit", "view", TYPES,
        lambda record, *_: reading.latest_unit(type(record), record.key, ANN) is not None),
    Try("history.of", "view", TYPES, lambda record, *_: bool(history.of([(type(record), record.key)], ANN).entries)),
    Try("timeline.pages.of", "view", TYPES, lambda record, *_: pages.of(record, ANN).counts["change"] > 0),
    *(Try(name, right, TYPES, does) for name, right, does in FILED),
    *(Try(name, right, TYPES, does) for name, right, does in FILED_MAILS),
    Try("following.follow following.followers following.unfollow", "view", TYPES, followed),
    Try("reading.begin", "view", TYPES, listed),
    Try("query.listing.some", "view", TYPES, shown_again),
    Try("reading.count reading.counts reading.exists", "view", TYPES, counted),
    Try("reading.suggestions", "view", (Lead,), suggested),
    Try("search_lists.values", "view", (Lead, Account, Contact),
        lambda record, *_: bool(search_lists.values(query(type(record), record.key), "phone", ANN))),
    Try("linking.caption linking.candidates linking.recent linking.read", "view", TYPES, chosen),
    Try("global_search.find", "view", TYPES, searched),
    Try("global_search.destination", "view", TYPES, opened),
    Try("duplicates.look_alikes.like", "view", (Lead, Account, Contact), looked_like),
    Try("duplicates.groups.groups duplicates.groups.members", "view", (Lead, Account, Contact), grouped),
    Try("accounts.counts accounts.open_work accounts.open_sums", "view", (Opportunity,), of_account("opportunities")),
    Try("accounts.counts accounts.open_work", "view", (Task,), of_account("tasks")),
    Try("accounts.counts", "view", (Contact,), of_account("contacts")),
    Try("accounts.next_reminder", "view", (Task,),
        lambda record, *_: accounts.next_reminder(record.account, ANN)[0] is not None),
    Try("accounts.create_task_for", "view", (Opportunity,),
        lambda record, *_: accounts.create_task_for(record.key, ANN)),
    Try("leads.start", "view", (Account,), lambda record, *_: leads.start(ANN, account=record.key)),
    Try("reminders.phone_behind", "view", (Lead, Task),
        lambda record, *_: bool(reminders.phone_behind(type(record), record.key, ANN))),
    Try("transfer.exporting.run.export", "view+export", TYPES, exported),
    Try("saving.save tasks.save accounts.save", "edit", TYPES,
        lambda record, *_: saving.save(change(record), ANN)),
    Try("saving.settle_clash", "edit", TYPES, clash_settled),
    Try("saving.delete", "delete", TYPES, lambda record, *_: saving.delete(record, ANN)),
    Try("saving.delete_all", "delete", TYPES, lambda record, *_: saving.delete_all([record], ANN)),
    Try("leads.save", "edit", (Lead,), lambda record, *_: leads.save(change(record), ANN)),
    Try("leads.remove", "edit+delete", (Lead,), lambda record, *_: leads.remove(record.key, ANN)),
    Try("bulk_changes.remove_leads", "edit+delete", (Lead,),
        lambda record, *_: bulk_changes.remove_leads([record.key], ANN).records == 1),
    Try("bulk_changes.set_field", "edit", (Lead, Account, Contact),
        lambda record, *_: bulk_changes.set_field(type(record), [record.key], "phone", "1", ANN).records == 1),
    Try("bulk_changes.reassign", "edit", (Lead, Account, Opportunity, Task),
        lambda record, *_: bulk_changes.reassign(type(record), [record.key], "ADMIN", ANN).records == 1),
    Try("bulk_changes.deal_out bulk_changes.give", "edit", (Lead, Account, Opportunity, Task),
        lambda record, *_: bulk_changes.deal_out(type(record), [record.key], {"ADMIN": 1}, ANN).records == 1),
    Try("bulk_changes.set_reminder", "edit", (Lead, Task),
        lambda record, *_: bulk_changes.set_reminder(type(record), [record.key], DAY, None, ANN).records == 1),
    Try("reminders.snooze", "edit", (Lead, Task),
        lambda record, *_: reminders.snooze(type(record), [record.key], DAY, ANN) == 1),
    Try("reminders.close_lead", "edit", (Lead,), lambda record, *_: reminders.close_lead(record.key, ANN)),
    Try("reminders.close_leads", "edit", (Lead,), lambda record, *_: reminders.close_leads([record.key], ANN) == 1),
    Try("reminders.close_task", "edit", (Task,), lambda record, *_: reminders.close_task(record.key, ANN)),
    Try("tasks.close_and_go_on", "edit", (Task,), lambda record, *_: tasks.close_and_go_on([record.key], DAY, ANN)),
    Try("tasks.close", "edit", (Task,), lambda record, *_: tasks.close([record.key], ANN) == 1),
    Try("calls.write_call", "edit", (Lead,), call_written),
    Try("conversion.convert", "edit", (Lead,), converted),
    Try("duplicates.proposal.propose duplicates.merging.merge", "edit+delete", (Lead,), merged),
    Try("transfer.importing.run.run", "edit+import", (Lead,), updated_by_a_file),
]  # fmt: skip

BESIDE: dict[str, tuple[type[Record], ...]] = {
    "conversion.convert": (Account, Contact, Opportunity),
    "accounts.create_task_for": (Task,),
    "leads.start": (Lead,),
}
"""what else is made there"""


@pytest.fixture
def secured(office: Office) -> Secured:
    return Secured()


def came_through(one: Try, record: Any, office: Office, folder: Path) -> bool:
    """Whether a service did it; refusing in a sentence and not finding it are the same here."""
    before = work.latest_unit(type(record)._meta.table_name, record.key)
    try:
        given = one.does(record, office, folder)
    except (Refused, Mistake) as refused:
        after = work.latest_unit(type(record)._meta.table_name, record.key)
        assert before == after, f"{one.service} said {refused.message} and wrote all the same"
        return False
    return given is not False


class Walk:
    """Every way to a record of everybody, with one role."""

    def __init__(self, office: Office, folder: Path, rights: dict[str, str]) -> None:
        self._office, self._folder, self._rights = office, folder, rights
        self._untouched: dict[tuple[bool, type[Record], str], Record] = {}
        self.count, self.wrong = 0, list[str]()

    def go(self, secured: Secured) -> None:
        """All of them; what a conversion or a follow-up makes beside is let through."""
        secured.let({"use": "all", **self._rights})
        for one in TRIES:
            if one.service in BESIDE:
                secured.let({"use": "all", "view": "all", "edit": "all"}, *BESIDE[one.service])
            for record, whose in product(one.types, OWNERS):
                self._try(one, record, whose)
            if one.service in BESIDE:
                secured.let({"use": "all", **self._rights}, *BESIDE[one.service])

    def _try(self, one: Try, record: type[Record], whose: str) -> None:
        reads = one.right in ("view", "view+export")  # what only looks may leave a task or a note with it
        held = self._untouched.pop((reads, record, whose), None)
        if held is None:
            held = made(record, OWNERS[whose])
            if isinstance(held, Lead):
                with work.unit("Call it", by="ADMIN"):
                    held.title, held.email = f"Title {held.key}", f"lead{held.key}@example.com"
                    held.save()
        should = all(whose in REACHED[self._rights[each]] for each in one.right.split("+"))
        came = came_through(one, held, self._office, self._folder)
        if reads or not came:
            self._untouched[reads, record, whose] = held
        if came is not should:
            said = "refused" if should else "allowed"
            self.wrong.append(f"{one.service} {record.__name__} {whose} ({self._rights}): {said}")
        self.count += 1


def walk(secured: Secured, office: Office, folder: Path, rights: dict[str, str]) -> int:
    """Try every way to a record of everybody; how many were tried."""
    walking = Walk(office, folder, rights)
    walking.go(secured)
    assert not walking.wrong, "\n".join(walking.wrong)
    return walking.count


def walk_as_far_as(scope: str, secured: Secured, office: Office, folder: Path) -> int:
    """With a role that goes as far as this in everything; how many ways were tried."""
    ticked = "none" if scope == "none" else "all"
    rights = dict.fromkeys(["view", "edit", "delete"], scope) | {"export": ticked, "import": ticked}
    return walk(secured, office, folder, rights)


@pytest.mark.engines("sqlite")  # what each scope asks of a store is asked of each in test_security.py
@pytest.mark.parametrize("scope", ["own", "group"])
def test_vt71_every_service_goes_as_far_as_the_role_and_no_further(
    secured: Secured, office: Office, tmp_path: Path, scope: str, record_property: Any
) -> None:
    record_property("ways", walk_as_far_as(scope, secured, office, tmp_path))


@pytest.mark.engines("sqlite")  # no condition is asked of the store then
@pytest.mark.parametrize("scope", ["none", "all"])
def test_vt71_every_service_shows_nothing_or_all_where_the_role_says_so(
    secured: Secured, office: Office, tmp_path: Path, scope: str, record_property: Any
) -> None:
    record_property("ways", walk_as_far_as(scope, secured, office, tmp_path))


@pytest.mark.engines("sqlite")  # each by itself asks the store what they ask together
@pytest.mark.parametrize("seed", [1])
def test_vt66_to_vt70_each_right_is_asked_by_itself(
    secured: Secured, office: Office, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    rights = {right: chance.choice(["none", "own", "group", "all"]) for right in ("view", "edit", "delete")}
    ticked = {right: chance.choice(["none", "all"]) for right in ("export", "import")}
    walk(secured, office, tmp_path, {**rights, **ticked})


def test_every_service_is_walked_or_named() -> None:
    walked = " ".join(one.service for one in TRIES)
    known = set(f"{walked} {OTHERWISE} {FOR_ADMINISTRATORS} {FOR_EVERYBODY}".split())
    missing = [name for name in asking() if name.removeprefix("services.") not in known]
    assert not missing


def test_si7_vt65_what_only_administrators_do_is_refused_to_everybody_else(office: Office, tmp_path: Path) -> None:
    arguments, secured, every = Arguments(office, tmp_path), Secured(), functions()
    secured.let({"use": "all", **dict.fromkeys(["view", "edit", "delete", "export", "import"], "all")})
    arguments.operator.active = True
    operators.save(arguments.operator, "ADMIN")
    roles.give(RETIRED, [secured.role], "ADMIN")
    for name in FOR_ADMINISTRATORS.split():
        where = name if name.startswith("sync.") else f"services.{name}"
        service = every[where]
        with pytest.raises(Refused, match="administrator"):
            outcome(service, arguments.of(where, service))
