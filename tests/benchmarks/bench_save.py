"""Saving a changed lead and converting a lead in an office of 100,000, with journal and version guard; beside each the
same rows written by bare statements in one transaction.

Run it: python -m tests.benchmarks.bench_save [rounds] [postgresql]
"""

from __future__ import annotations

import sys
from typing import Any

from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity
from channergy_crm.services import conversion, leads
from channergy_crm.store import database
from tests.benchmarks import measure, office

SAVE_LIMIT, CONVERT_LIMIT = 10.0, 25.0
LOOK_SHARE = 0.01
"""of saving a changed lead"""
JOURNAL = (
    'INSERT INTO "CRMUnits" ("Name", "OperatorID", "DoneDt", "Kind") VALUES (?, ?, ?, ?)',
    'INSERT INTO "CRMChanges" ("UnitNo", "TableName", "RecordNo", "Verb", "Before", "After") VALUES (?, ?, ?, ?, ?, ?)',
)


class Bare:
    """The same rows by bare statements, one transaction each time, on the office's own connection and its pragmas."""

    def __init__(self, opened: database.Office) -> None:
        self.office = opened
        self.copies = {record: self._copy(record) for record in (Customer, Account, Contact, Opportunity)}

    def _copy(self, record: Any) -> str:
        """A statement that writes a row like one that is there, under a new number."""
        meta = record._meta
        key = meta.primary_key.column_name
        unique = {field.column_name for field in meta.sorted_fields if field.unique}
        names = [f'"{field.column_name}"' for field in meta.sorted_fields if field.column_name not in {key, *unique}]
        columns = ", ".join(names)
        return (
            f'INSERT INTO "{meta.table_name}" ({columns}) SELECT {columns} FROM "{meta.table_name}" WHERE "{key}" = ?'
        )

    def _run(self, statement: str, *values: Any) -> int:
        marked = statement if self.office.path else statement.replace("?", "%s")
        return int(self.office.database.execute_sql(marked, values).rowcount)

    def save(self, number: int, text: str) -> None:
        """Change a lead if nobody has meanwhile, and put it down."""
        with database.writing(), self.office.database.atomic():
            guard = self._run(
                'UPDATE "CRMLeads" SET "Description" = ?, "SearchText" = ?, "RowVersion" = "RowVersion" + 1 '
                'WHERE "LeadNo" = ? AND "RowVersion" > 0', text, text.lower(), number,
            )  # fmt: skip
            assert guard == 1
            self._journal(1)

    def convert(self, number: int) -> None:
        """Write a customer, an account, a contact and an opportunity, mark the lead, and put it down."""
        with database.writing(), self.office.database.atomic():
            for statement in self.copies.values():
                self._run(statement, number % office.ACCOUNTS + 1)
            self._run('UPDATE "CRMLeads" SET "IsConverted" = ? WHERE "LeadNo" = ?', True, number)
            self._journal(5)

    def _journal(self, changes: int) -> None:
        self._run(JOURNAL[0], "Bare", office.ANN, "2026-11-23 10:00:00", "do")
        for _ in range(changes):
            self._run(JOURNAL[1], 1, "CRMLeads", "1", "update", '{"description": "before"}', '{"description": "after"}')


def save(number: int, text: str) -> tuple[float, float]:
    """What it takes to save a lead that somebody has open and changed."""
    lead = Lead.find(number)
    assert lead is not None
    lead.description = text
    lead.call_status = "Reached"
    return measure.worked(lambda: leads.save(lead, office.ANN))


def working(count: int) -> list[int]:
    """The numbers of leads that can be worked on."""
    query = Lead.select(Lead.number).where(Lead.listed() & (Lead.owner == office.ANN)).order_by(Lead.number)
    return [number for (number,) in query.limit(count).tuples()]


def looking(opened: database.Office) -> float:
    """What every unit takes to look whether the office is the one that was opened, within a transaction as there."""
    with opened.database.atomic():
        return measure.timed(lambda: (opened.database.look_for_it(), opened.database.look_at_tables()))


def measured(url: str, rounds: int) -> list[dict[str, Any]]:
    """In turn, so that a busy machine slows both."""
    opened = database.open_database(url)
    bare = Bare(opened)
    numbers = working(4 * rounds + 4)
    save(numbers.pop(), "warm"), conversion.convert(numbers.pop(), office.ANN)
    bare.save(numbers.pop(), "warm"), bare.convert(numbers.pop())
    saved, saved_bare, converted, converted_bare = [], [], [], []
    for turn in range(rounds):
        saved.append(save(numbers.pop(), f"Asked for a price list, {turn}"))
        one, other, third = numbers.pop(), numbers.pop(), numbers.pop()
        saved_bare.append(measure.timed(lambda one=one: bare.save(one, "Asked for a price list")))
        converted.append(measure.worked(lambda other=other: conversion.convert(other, office.ANN)))
        converted_bare.append(measure.timed(lambda third=third: bare.convert(third)))
    looked = measure.median(looking(opened) for _turn in range(rounds))
    opened.close()
    floors = measure.median(saved_bare), measure.median(converted_bare)
    return [
        measure.figure_of("saving a changed lead", saved, SAVE_LIMIT, floors[0], rounds=rounds),
        measure.figure_of("converting a lead", converted, CONVERT_LIMIT, floors[1], rounds=rounds),
        measure.figure(
            "looking whether it is the same office still",
            looked,
            LOOK_SHARE * measure.median(one for one, _ in saved),
            0.0,
        ),
    ]


def main(rounds: int, engine: str) -> int:
    """Measure on one engine."""
    with office.on_postgres() if engine == "postgresql" else office.copied() as url:
        return measure.show("save", measured(url, rounds), engine=engine)


if __name__ == "__main__":
    numbers_given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    sys.exit(main(numbers_given[0] if numbers_given else 200, "postgresql" if "postgresql" in sys.argv else "sqlite"))
