"""BX-12, BX-32: what is too old to be undone goes; the history of every record that exists stays as it was."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import ALL, Contact, Customer, Lead, OfficeSetting, Operator
from channergy_crm.records.views import ListView
from channergy_crm.services import history, leads, pruning, removed, saving
from channergy_crm.services import office as offices
from channergy_crm.services.audit import Asked
from channergy_crm.settings import MONTHS_KEPT, OFFICE_NAME
from channergy_crm.work import ChangeRow, UnitRow
from tests import factories
from tests.domain.secured import switch_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.store.database import Office

BY = "ADMIN"
BEGIN = datetime(2024, 1, 1, 9)
NOW = datetime(2026, 11, 23, 10)
KINDS = (Lead, Customer, Contact)


class Stopped(Exception):
    """The machine was switched off."""


def told() -> dict[tuple[str, object], list[object]]:
    """The history of every record that exists, but for what may be undone."""
    found: dict[tuple[str, object], list[object]] = {}
    for record in (record for record in ALL if not record.about.internal):
        for held in record.select():
            page = history.of([(record, held.key)], BY, limit=1_000)
            found[record.__name__, held.key] = [
                (entry.unit, entry.what, entry.said, entry.by, entry.done, entry.undone,
                 [(one.kind.name, one.before, one.after) for one in entry.fields]) for entry in page.entries
            ]  # fmt: skip
    return found


class Walk:
    """Somebody works at random for three years."""

    def __init__(self, seed: int) -> None:
        self.dice, self.at = random.Random(seed), BEGIN
        self.deeds: list[Callable[[], object]] = [
            self.create, self.create, self.change, self.change, self.change, self.delete, self.mark, self.undo,
            self.undo, self.redo, self.arrange,
        ]  # fmt: skip

    def steps(self, count: int) -> None:
        """So many of them, some days between each."""
        for _step in range(count):
            self.at += timedelta(days=self.dice.randrange(1, 15))
            with clock.fixed(self.at):
                try:
                    self.dice.choice(self.deeds)()
                except Mistake:
                    continue  # somebody has built on it

    def one(self) -> Any:
        """One of the records."""
        record = self.dice.choice(KINDS)
        held = list(record.select())
        return self.dice.choice(held) if held else None

    def create(self) -> None:
        """Another record."""
        saving.save(factories.valid(self.dice.choice(KINDS), 2), BY)

    def change(self) -> None:
        """Another value in some field."""
        if (held := self.one()) is not None:
            factories.changed(held, self.dice.randrange(3))
            held.notes = f"Note {self.dice.randrange(100)}"
            saving.save(held, BY)

    def delete(self) -> None:
        """One less."""
        if (held := self.one()) is not None:
            saving.delete(held, BY)

    def mark(self) -> None:
        """A lead is removed, or comes back."""
        for held in Lead.select().limit(1):
            (leads.restore if held.removed else leads.remove)(held.number, BY)

    def undo(self) -> None:
        """Ctrl+Z."""
        saving.undo_latest(BY)

    def redo(self) -> None:
        """Ctrl+Shift+Z."""
        saving.redo_latest(BY)

    def arrange(self) -> None:
        """How the list is looked at, and what the office is called."""
        view = ListView(screen="leads", owner=BY, name=f"View {self.dice.randrange(10**6)}", filter_text="ann")
        saving.save(view, BY)
        offices.choose(OFFICE_NAME, f"Office {self.dice.randrange(100)}", BY)


def journal() -> list[tuple[Any, ...]]:
    """All of it."""
    changes = list(ChangeRow.select().order_by(ChangeRow.number).tuples())
    return [*UnitRow.select().order_by(UnitRow.number).tuples(), *changes]


def gone_and_old() -> list[ChangeRow]:
    """What is held of records that are gone, done only before the time."""
    types = {record._meta.table_name: record for record in ALL}
    last = max(unit.number for unit in UnitRow.select() if unit.done < datetime(2025, 11, 23, 10))
    found = []
    for change in ChangeRow.select():
        latest = ChangeRow.select().where((ChangeRow.table == change.table) & (ChangeRow.key == change.key))
        key = change.key if types[change.table] in (Operator, OfficeSetting) else int(change.key)
        if types[change.table].find(key) is None and max(each.unit for each in latest) <= last:
            found.append(change)
    return found


@pytest.mark.parametrize("seed", [7, 2026])
def test_histories_read_the_same_before_and_after(office: Office, seed: int) -> None:
    Walk(seed).steps(130)
    before, young = told(), [unit.number for unit in UnitRow.select() if unit.done >= datetime(2025, 11, 23, 10)]
    kept = [row for row in journal() if row[0] in young and isinstance(row[4], datetime)]
    assert gone_and_old(), "the walk went past what is to be pruned"
    done = pruning.prune(NOW)
    assert told() == before and done.units and done.changes and done.images
    assert not gone_and_old()
    assert [row for row in journal() if row[0] in young and isinstance(row[4], datetime)] == kept
    images = (ChangeRow.verb == "insert") & ChangeRow.after.is_null(False)
    assert {row.unit for row in ChangeRow.select().where(images)} <= set(young)
    internal = [record._meta.table_name for record in ALL if record.about.internal]
    assert {row.unit for row in ChangeRow.select().where(ChangeRow.table.in_(internal))} <= set(young)
    orphans = ChangeRow.unit.not_in(UnitRow.select(UnitRow.number))
    assert not ChangeRow.select().where(orphans).exists()
    assert pruning.prune(NOW) == (0, 0, 0), "nothing is left to prune"


def test_it_may_be_killed_at_any_point(office: Office) -> None:
    Walk(11).steps(60)
    before, stops = told(), 0

    def stop(_steps: int) -> None:
        raise Stopped

    while True:
        try:
            pruning.prune(NOW, tell=stop)
        except Stopped:
            stops += 1
            assert told() == before
            continue
        break
    assert stops > 3 and not gone_and_old() and pruning.prune(NOW) == (0, 0, 0)
    assert not UnitRow.select().where(UnitRow.pruned == pruning.BEGUN).exists()


def test_in_small_steps_the_same_comes_of_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    Walk(7).steps(60)
    for name in ("UNITS", "KEYS", "ROWS"):
        monkeypatch.setattr(pruning, name, 3)
    before = told()
    pruning.prune(NOW)
    assert told() == before and not gone_and_old() and pruning.prune(NOW) == (0, 0, 0)


def test_what_is_pruned_says_that_it_cannot_be_undone_nor_restored(office: Office) -> None:
    with clock.fixed(BEGIN):
        lead = leads.create({"description": "x", "last_name": "Kessler"}, BY)
        lead.title = "Owner"
        leads.save(lead, BY)
        customer = factories.stored(Customer)
        saving.delete(customer, BY)
    pruning.prune(NOW)
    change = history.of([(Lead, lead.number)], BY).entries[0]
    assert change.takes is None and change.fields[0].after == "Owner"
    with pytest.raises(Mistake, match="too long ago"):
        saving.reverse(change.unit, BY)
    with pytest.raises(Mistake, match="deleted too long ago"):
        removed.restore(Customer, customer.key, BY)
    assert not removed.items(Asked(), BY).items


@pytest.mark.parametrize(("months", "held"), [("3", False), ("12", True), ("36", True), ("0", True)])
def test_the_office_says_how_long(office: Office, months: str, held: bool) -> None:
    with clock.fixed(NOW - timedelta(days=200)):
        customer = factories.stored(Customer)
        saving.delete(customer, BY)
    with clock.fixed(NOW):
        offices.choose(MONTHS_KEPT, months, BY)
    pruning.prune(NOW)
    assert bool(removed.items(Asked(), BY).items) == held


@pytest.mark.parametrize(
    ("now", "months", "wanted"),
    [
        (datetime(2026, 5, 31, 8), 3, datetime(2026, 2, 28, 23, 59, 59)),
        (datetime(2026, 1, 31, 8), 12, datetime(2025, 1, 31, 8)),
        (datetime(2026, 3, 1), 3, datetime(2025, 12, 1)),
    ],
)
def test_months_are_counted_on_the_calendar(now: datetime, months: int, wanted: datetime) -> None:
    assert pruning._before(now, months) == wanted


def test_a_record_deleted_yesterday_keeps_its_old_changes(office: Office) -> None:
    with clock.fixed(BEGIN):
        customer: Any = factories.stored(Customer)
        customer.city = "Austin"
        saving.save(customer, BY)
    before = told()["Customer", customer.key]
    with clock.fixed(NOW - timedelta(days=1)):
        saving.delete(customer, BY)
    pruning.prune(NOW)
    removed.restore(Customer, customer.key, BY)
    assert told()["Customer", customer.key][-2:] == before


def test_a_clock_that_was_wrong_once_neither_stops_it_nor_lets_young_ones_go(office: Office) -> None:
    for at in (datetime(2099, 1, 1), BEGIN, NOW - timedelta(days=5), datetime(1999, 1, 1)):
        with clock.fixed(at):
            saving.delete(factories.stored(Customer), BY)
    pruning.prune(NOW)
    left = [item.done for item in removed.items(Asked(), BY).items]
    assert left == [datetime(1999, 1, 1), NOW - timedelta(days=5)]


def test_only_an_administrator_or_the_program_prunes(office: Office) -> None:
    from channergy_crm.services import operators

    operators.add("ANN", "Ann Lee", BY)
    switch_on()
    with pytest.raises(Refused, match="Only an administrator"):
        pruning.prune(NOW, "ANN")
    pruning.prune(NOW, BY)


def test_it_runs_by_itself_once_a_day(office: Office) -> None:
    from channergy_crm.jobs import known
    from channergy_crm.jobs.runner import Runner, failures

    job = next(job for job in known.of(office) if job.name == "pruning")
    assert [due.time().isoformat("minutes") for due in job.due(NOW - timedelta(days=2), NOW)] == ["12:50", "12:50"]
    lead = leads.create({"description": "Old"}, BY)
    with clock.fixed(NOW - timedelta(days=800)):
        gone = leads.create({"description": "Gone"}, BY)
        saving.delete(gone, BY)
    runner = Runner(office, [job])
    with clock.fixed(NOW):
        assert runner.look() is not None
    runner.lease.give_back()
    assert failures() == [] and lead.key
    assert not ChangeRow.select().where((ChangeRow.table == "CRMLeads") & (ChangeRow.key == str(gone.key))).exists()
