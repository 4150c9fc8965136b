"""Who has kept the list of another program finds a record by the number it had there (F-0)."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task
from channergy_crm.services import global_search, saving, search_text
from channergy_crm.store import database
from tests.domain.test_imported_numbers import held, taken

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

FILES = [
    (Lead, "Lead Id,Last Name,Company\nL-7QX,Lee,Acme\nL-8QX,Ray,Acme\n", "L-7QX"),
    (Account, "account_id,Account Name\n001Ax7QX,Acme\n001Ax8QX,Bell\n", "001ax7qx"),
    (Customer, "Customer ID,Company\n90417,Acme\n90418,Bell\n", "90417"),
    (Contact, "Contact ID,Last Name,Company\n7QX,Lee,Acme\n8QX,Ray,Acme\n", "7QX"),
    (Opportunity, "opportunity_id,name,account\n1C1I7A6R,GTX,Acme\n1C1I7A6S,GTX,Acme\n", "1c1i7a6r"),
    (Task, "Task ID,Action,Account\n7QX,Call,Acme\n8QX,Write,Acme\n", "7QX"),
]


def keys(office: Office, text: str, record: type[Record]) -> list[int]:
    """The records of one type that are found for a text."""
    with closing(office.reader()) as reader:
        *_sooner, groups = global_search.find(reader, text, "ADMIN")
    return [hit.key for group in groups for hit in group.hits if group.place.record is record]


@pytest.mark.parametrize(("record", "text", "number"), FILES, ids=[record.__name__ for record, *_ in FILES])
def test_f0_a_record_is_found_by_its_imported_number(
    office: Office, tmp_path: Path, record: type[Record], text: str, number: str
) -> None:
    taken(tmp_path, record, text)
    (first, _second) = [each.key for each in record.select().order_by(record._meta.primary_key).limit(2)]
    assert keys(office, number, record) == [first]
    assert first in keys(office, number[:4], record) or len(number) < 4
    saving.undo_latest("ADMIN")
    assert keys(office, number, record) == []


def test_f0_the_title_of_the_numbers_finds_nobody(office: Office, tmp_path: Path) -> None:
    taken(tmp_path, Opportunity, "opportunity_id,name,account\n1C1I7A6R,GTX,Acme\n")
    assert keys(office, "opportunity_id", Opportunity) == []
    assert held(Opportunity, "search_text") == ["gtx 1c1i7a6r"]


def test_f0_what_came_before_is_prepared_anew(office: Office, tmp_path: Path) -> None:
    taken(tmp_path, Opportunity, "opportunity_id,name,account\n1C1I7A6R,GTX,Acme\n,MG,Acme\n")
    step = "0020_found_by_imported_numbers"
    with database.writing():
        office.database.execute_sql(f"DELETE FROM schema_migration WHERE name = '{step}'")  # sql: a step
        office.database.execute_sql("""UPDATE "CRMOpportunities" SET "SearchText" = 'gtx' WHERE "Name" = 'GTX'""")
    assert keys(office, "1C1I7A6R", Opportunity) == []
    assert database.migrate(office) == [step]
    assert held(Opportunity, "search_text") == ["", "mg"]
    assert keys(office, "1C1I7A6R", Opportunity) == [1]
    assert search_text.prepare("ADMIN") == 1
    assert keys(office, "1C1I7A6R", Opportunity) == [1]
