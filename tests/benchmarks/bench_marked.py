"""Setting one field on 10,000 marked leads among 100,000, and taking it back; beside it the bare driver.

Run it: python -m tests.benchmarks.bench_marked [rounds]
"""

from __future__ import annotations

import sys

from channergy_crm.records import BY_TABLE, Lead
from channergy_crm.services import bulk_changes
from channergy_crm.store import database
from channergy_crm.work import undo
from tests.benchmarks import measure, office

MANY, LIMIT = 10_000, 2_000.0


def main(rounds: int) -> int:
    """Another value each time, in turn with the bare driver."""
    set_in, back_in, bare_in = [], [], []
    with office.copied() as url:
        held = database.open_database(url)
        keys = [number for (number,) in Lead.select(Lead.number).where(Lead.listed()).limit(MANY).tuples()]
        for turn in range(rounds):
            set_in.append(
                measure.timed(lambda turn=turn: bulk_changes.set_field(Lead, keys, "title", f"T{turn}", office.ANN))
            )
            entry = undo.undoable(office.ANN)
            assert entry is not None and undo.size(entry.number) == MANY
            back_in.append(
                measure.timed(lambda entry=entry: undo.reverse(entry.number, by=office.ANN, records=BY_TABLE))
            )
            bare_in.append(measure.timed(lambda turn=turn: bare(keys, f"B{turn}")))
        held.close()
    floor = measure.median(bare_in)
    return measure.show("marked", [
        measure.figure(f"set a field of {MANY:,} leads", measure.median(set_in), LIMIT, floor),
        measure.figure("take it back", measure.median(back_in), LIMIT, floor),
    ], rounds=rounds)  # fmt: skip


def bare(keys: list[int], text: str) -> None:
    """The same field, the version and what is searched, without looking, without a journal."""
    with database.writing(), database.proxy.atomic():
        database.executemany(
            'UPDATE "CRMLeads" SET "Title" = ?, "RowVersion" = "RowVersion" + 1, "SearchText" = "SearchText" || ? '
            'WHERE "LeadNo" = ?', [(text, f" {text.lower()}", key) for key in keys],
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
