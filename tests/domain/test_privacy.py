"""Anonymising somebody reaches everything the office holds of them, and keeps what it must (SI-40, DP-3…DP-7)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from channergy_crm.records import (
    ALL,
    Account,
    Contact,
    Customer,
    Lead,
)  # fmt: skip
from channergy_crm.records.erasing import BOOKS, FREE
from channergy_crm.records.privacy import Channel
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import notes
from channergy_crm.services.privacy import anonymising, optouts, personal
from channergy_crm.store import database, shredding
from tests.domain.marked import Marked, again, everything
from tests.factories import BY

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

NAMES_RECORDS = {"RecordNo", "LeadNo", "CRMAccountNo", "CustNo", "ContactNo", "OpportunityNo", "NumberKey", "OneNo",
                 "AddressKey"}  # fmt: skip
"""columns by which a row is about somebody"""


def held(office: Office) -> dict[str, str]:
    """Every table of the store, by the engine's own list of them, and all it holds, folded."""
    found = {}
    for table in office.database.get_tables():
        if table.endswith("_words"):  # the index of the search cannot be read; what it lies in is read
            continue
        rows = office.database.execute_sql(f'SELECT * FROM "{table}"').fetchall()
        found[table] = "\n".join(str(value) for row in rows for value in row).casefold()
    return found


def left(words: set[str], texts: dict[str, str]) -> list[str]:
    """Where one of these words still stands."""
    return sorted(f"{table}: {word}" for table, text in texts.items() for word in words if word in text)


def forget(record: Any, why: str = "asked for it", **options: Any) -> anonymising.Erased:
    return anonymising.anonymise(type(record), record.key, why, BY, **options)


def test_dp4_nothing_of_a_person_full_of_marked_words_is_left_in_any_table(office: Office, tmp_path: Path) -> None:
    for record in everything():
        personal.choose(record, dict.fromkeys(personal.offered(record), True), BY)
    marked = Marked()
    lead = marked.whole()
    notes.add(Lead, lead.key, f"Spoke to {lead.last_name}", BY)
    with database.writing():
        ExportRow.insert(
            by=BY, done=datetime(2026, 11, 1), table="CRMLeads", what="leads", search=lead.email, columns="", rows=1,
            form="csv", file="out.csv",
        ).execute()  # fmt: skip
    optouts.refuse(Channel.EMAIL, lead.email, "told us", BY)
    assert len(left(marked.words, held(office))) > 200
    forget(lead)
    assert not left(marked.words, held(office))
    assert again(lead).caption() == f"Anonymised #{lead.key}"
    if office.path is not None:
        shredding.clear()
        for file in tmp_path.glob("office.db*"):
            content = file.read_bytes().decode("latin-1").casefold()
            assert not [word for word in marked.words if word in content], file


def test_dp4_every_table_that_names_records_says_how_it_is_cleaned(office: Office) -> None:
    known = {book.table._meta.table_name for book in BOOKS} | FREE | {"CRMDoNotCall", "CRMOptOuts"}
    known |= {record._meta.table_name for record in [*personal.people(), *personal.hanging()]}
    naming = {
        table for table in office.database.get_tables()
        if NAMES_RECORDS & {column.name for column in office.database.get_columns(table)}
    }  # fmt: skip
    assert naming <= known, f"say in records/erasing.py how these are cleaned: {naming - known}"
    assert {record for record in ALL if record.about.person} == {Lead, Account, Contact, Customer}
