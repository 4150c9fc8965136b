"""The sample office shows a newcomer a living program: believable, the same every time, and safe to dial."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import access, clock, demo, work
from channergy_crm.errors import Mistake
from channergy_crm.fields import Lookup, Phone
from channergy_crm.records import (
    ALL,
    Account,
    CallingHours,
    Contact,
    Customer,
    Guest,
    Lead,
    Opportunity,
    Order,
    Task,
    lookups,
)
from channergy_crm.records.events import FollowUp
from channergy_crm.records.office import OfficeSetting
from channergy_crm.services import office as office_
from channergy_crm.services import reminders
from channergy_crm.services.events import counts, writing
from channergy_crm.services.never_ordered import make_leads
from channergy_crm.services.rights import Program
from channergy_crm.settings import MOST_A_DAY, REGISTER_SECRET, SAMPLE
from channergy_crm.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office

MORNING = datetime(2026, 11, 23, 10)

on_one_engine = pytest.mark.engines("sqlite")
"""what stands in the sample office is the same in each store"""


@pytest.fixture(scope="module")
def filled(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample office in a file, made once."""
    path = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("filled")))
    with clock.fixed(MORNING):
        office = open_database(f"sqlite:///{path}")
        demo.fill(office)
        office.close()
    return path


@pytest.fixture
def sample(filled: Path, fixed_clock: datetime, tmp_path: Path, engine: str) -> Iterator[Office]:
    office = open_database(f"sqlite:///{shutil.copy(filled, tmp_path)}")
    yield office
    office.close()


def test_on_a_server_there_is_something_of_everything_too(office: Office, fixed_clock: datetime) -> None:
    demo.fill(office)
    assert all(record.select().count() >= 25 for record in (Lead, Account, Contact, Opportunity, Task))
    assert make_leads("ANN").accounts == demo.NEVER_ORDERED
    with pytest.raises(Mistake, match="is in use"):
        demo.fill(office)


@on_one_engine
def test_there_is_something_of_everything(sample: Office) -> None:
    counts = {record.__name__: record.select().count() for record in (Lead, Account, Contact, Opportunity, Task)}
    assert all(count >= 25 for count in counts.values()), counts
    assert 250 <= sum(counts.values()) <= 450
    assert {task.activity for task in Task.select()} >= {"call", "meeting"} and Guest.select().count() > 10
    assert [operator.id for operator in access.operators()] == ["ADMIN", "ANN", "BEN", "CARLA", "DEV"]
    assert {lead.call_status for lead in Lead.select()} >= {"Not Called", "Reached", "Not Reached", "Closed"}
    assert {opportunity.stage for opportunity in Opportunity.select()} == set(demo.STAGES)
    assert Lead.select().where(Lead.removed).count() == demo.REMOVED
    assert Lead.select().where(Lead.converted).count() == Account.select().count() == demo.CONVERTED


@on_one_engine
def test_everybody_has_something_to_do_today(sample: Office, fixed_clock: datetime) -> None:
    for operator in ("ANN", "BEN", "CARLA", "DEV"):
        states = set()
        for record, condition in ((Lead, reminders.lead_reminders), (Task, reminders.task_reminders)):
            rows = record.select().where(condition(operator))
            states |= {reminders.state(row.reminder_date, row.reminder_time, fixed_clock) for row in rows}
        assert states == {"overdue", "due", "today", "coming"}, operator
        assert sum(reminders.due(operator)) >= 3, operator


@on_one_engine
def test_every_record_may_be_saved_as_it_stands(sample: Office) -> None:
    for record in ALL:
        for row in record.select():
            assert row.problems() == {}, row.caption()


@on_one_engine
def test_every_value_of_a_list_is_in_that_list(sample: Office) -> None:
    for record in (Lead, Account, Opportunity, Task):
        for name, kind in record.kinds().items():
            if isinstance(kind, Lookup):
                known = {"", *(choice.value for choice in lookups.choices(*kind.list_key))}
                held = {part for (value,) in record.select(kind).distinct().tuples() for part in kind.parts(value)}
                assert held <= known, (record.__name__, name)


@on_one_engine
def test_nobody_real_can_be_called_or_written_to(sample: Office) -> None:
    for record in (Lead, Account, Contact, Customer):
        for row in record.select():
            for name, kind in record.kinds().items():
                assert not isinstance(kind, Phone) or "-555-01" in (getattr(row, name) or "-555-01")
            assert row.email.endswith(".example")
            assert row.email.isascii()


@on_one_engine
def test_numbers_and_zones_fit_the_places(sample: Office) -> None:
    numbers = [lead.phone_e164 for lead in Lead.select()]
    assert all(numbers)
    assert len(set(numbers)) == len(numbers)
    places = {city: zone for city, zone in Lead.select(Lead.city, Lead.time_zone).tuples() if zone}
    assert places["Honolulu"] == "Pacific/Honolulu"
    assert places["Chicago"] == places["Austin"] == "America/Chicago"
    assert len(set(places.values())) >= 5


@on_one_engine
def test_some_customers_never_ordered(sample: Office) -> None:
    assert Order.select().count() > 5
    assert make_leads("ANN").accounts == demo.NEVER_ORDERED


OF_THE_SAMPLE = [record for record in ALL if record is not CallingHours]
"""the tests' own office calls around the clock"""


@pytest.mark.engines("sqlite")
def test_it_is_the_same_every_time_and_quick(office: Office, fixed_clock: datetime, tmp_path: Any) -> None:
    def values() -> list[tuple[Any, ...]]:
        start = perf_counter()
        demo.fill(office)
        assert perf_counter() - start < 10, "about half a second on a machine that does nothing else"
        rows = [
            tuple(row)
            for record in OF_THE_SAMPLE
            for row in record.select().order_by(record._meta.primary_key).tuples()
        ]
        return [row for row in rows if row[0] not in ("office_id", REGISTER_SECRET.name, MOST_A_DAY.name)]

    first = values()
    office.close()
    again = open_database(f"sqlite:///{tmp_path / 'again.db'}")
    assert values() == first
    again.close()


@on_one_engine
def test_an_office_in_use_is_left_alone(sample: Office) -> None:
    count = Lead.select().count()
    with pytest.raises(Mistake, match="is in use"):
        demo.fill(sample)
    assert Lead.select().count() == count


@on_one_engine
def test_bx36_it_says_that_it_is_one_also_when_an_earlier_version_made_it(sample: Office) -> None:
    assert office_.get(SAMPLE, Program.ITSELF)
    with work.unit("As it was", by="ADMIN"):
        OfficeSetting.get_by_id(SAMPLE.name).delete_instance()
    demo.fill_if_empty(sample)
    assert office_.get(SAMPLE, Program.ITSELF)


@on_one_engine
def test_vs9_events_are_at_work_written_and_off_and_what_they_made_is_open_late_and_done(sample: Office) -> None:
    states = [each.state for each in writing.every("ANN")]
    assert states == ["active"] * 5 + ["being written"] + ["off"] * 3
    standing = counts.standings("ANN").values()
    assert sum(each.open for each in standing) > sum(each.late for each in standing) > 0
    made = Task.select().where(Task.number.in_(FollowUp.select(FollowUp.task)))
    assert made.where(Task.closed).count() > 5
    assert not counts.fallen("ANN")
