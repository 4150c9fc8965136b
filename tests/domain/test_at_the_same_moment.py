"""Two at a server write the same rows at the same moment: nothing is written over unseen, nobody waits for ever (C6).

On one file the second cannot begin before the first has ended, so there is nothing to be asked there.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import CRMError
from channergy_crm.records import Lead
from channergy_crm.services import bulk_changes, leads, reminders, saving, tags
from channergy_crm.work.journal_values import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from channergy_crm.store.database import Office

pytestmark = pytest.mark.engines("postgres")
BY = "ADMIN"
MONDAY, FRIDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 29)
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
MOVED = """UPDATE "CRMLeads" SET "ReminderDt" = '2026-11-27', "RowVersion" = "RowVersion" + 1 WHERE "LeadNo" = %s"""


@pytest.fixture
def other(database_url: str) -> Iterator[Any]:
    """Another workstation, in the middle of a transaction of its own."""
    import psycopg

    with psycopg.connect(database_url) as connection:
        yield connection


@pytest.fixture
def look(database_url: str) -> Iterator[Any]:
    """What the server tells meanwhile."""
    import psycopg

    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@contextmanager
def meanwhile(office: Office, look: Any, deed: Callable[[], object]) -> Iterator[list[CRMError]]:
    """Something is done by another thread, which has come to wait when the block begins and is done at its end."""
    refused: list[CRMError] = []

    def run() -> None:
        with office.borrowed():
            try:
                deed()
            except CRMError as error:
                refused.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while not look.execute(WAITS).fetchone()[0]:
        assert thread.is_alive(), "it did not wait for what the other is writing"
    yield refused
    thread.join()


def reminded() -> Lead:
    """A lead with a reminder on Monday."""
    return leads.create({"description": "One", "reminder_date": MONDAY}, BY)


def latest(lead: Lead) -> dict[str, object]:
    """What the lead held before the latest thing that was done to it, as its history says."""
    mine = (work.ChangeRow.table == "CRMLeads") & (work.ChangeRow.key == str(lead.number))
    row = work.ChangeRow.select().where(mine).order_by(work.ChangeRow.number.desc()).first()
    return unpacked(Lead, row.before)


@pytest.mark.parametrize("deed", ["close_leads", "snooze", "delete"])
def test_c6_what_was_written_over_stands_in_the_history(office: Office, other: Any, look: Any, deed: str) -> None:
    lead = reminded()
    deeds: dict[str, Callable[[], object]] = {
        "close_leads": lambda: reminders.close_leads([lead.number], BY),
        "snooze": lambda: reminders.snooze(Lead, [lead.number], SUNDAY, BY),
        "delete": lambda: saving.delete(lead, BY),
    }
    other.execute(MOVED, (lead.number,))
    with meanwhile(office, look, deeds[deed]) as refused:
        other.commit()
    assert not refused
    assert latest(lead)["reminder_date"] == FRIDAY


def test_c6_what_is_changed_while_it_is_taken_back_is_not_lost(office: Office, other: Any, look: Any) -> None:
    lead = reminded()
    lead.reminder_date = SUNDAY
    saved = leads.save(lead, BY)
    number = work.latest_unit("CRMLeads", saved.number)
    assert number is not None
    other.execute(MOVED, (lead.number,))
    with meanwhile(office, look, lambda: saving.reverse(number.number, BY)) as refused:
        other.commit()
    assert refused and "changed again since" in refused[0].message
    found = Lead.find(lead.number)
    assert found is not None and found.reminder_date == FRIDAY


def test_c6_many_records_are_taken_in_one_order_by_everybody(
    office: Office, other: Any, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = reminded(), reminded()
    monkeypatch.setattr(bulk_changes, "CHUNK", 1)
    other.execute(MOVED, (first.number,))
    marked = [second.number, first.number]
    with meanwhile(office, look, lambda: bulk_changes.set_field(Lead, marked, "title", "Owner", BY)) as refused:
        other.execute("SET LOCAL lock_timeout = '100ms'")
        other.execute(MOVED, (second.number,))
        other.commit()
    assert not refused
    assert {lead.title for lead in Lead.select()} == {"Owner"}


def test_bx40_two_workstations_that_make_the_same_tag_end_with_one(office: Office, other: Any, look: Any) -> None:
    lead = leads.create({"description": "One"}, BY)
    other.execute("SELECT pg_advisory_xact_lock(%s)", (tags.MAKING,))  # the other has begun to make it
    other.execute("""INSERT INTO "CRMTags" ("TagName", "Colour", "IsShared", "OwnerOperatorID")
                     VALUES ('Fair 2026', 'teal', TRUE, 'ADMIN')""")  # fmt: skip
    with meanwhile(office, look, lambda: tags.put_on(Lead, [lead.number], "fair 2026", BY)) as refused:
        other.commit()
    assert not refused and [tag.name for tag in tags.of(lead, BY)] == ["Fair 2026"]
