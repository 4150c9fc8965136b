"""A campaign with 100,000 members: its figures and the first rows of its members, beside the bare driver; 10,000 marked
leads put in as one unit, and taken back (VT-141).

Run it: python -m tests.benchmarks.bench_campaigns [rounds]
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from channergy_crm import work
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import Campaign, CampaignMember, Lead
from channergy_crm.services.campaigns import figures, keeping, members
from channergy_crm.store import database
from channergy_crm.work import undo
from tests.benchmarks import office
from tests.benchmarks.measure import median, worked

ENOUGH = 100.0
"""milliseconds of work for the figures of a campaign with 100,000 members"""
PUT_IN = 10_000
BY = office.ANN
COLUMNS = ("name", "company", "kind", "status", "phone", "email", "note")
COUNT = 'SELECT "MemberStatus", COUNT(*) FROM "CRMCampaignMembers" WHERE "CampaignNo" = ? GROUP BY "MemberStatus"'
INSERT = 'INSERT INTO "CRMCampaignMembers" ("CampaignNo", "LeadNo", "MemberStatus") VALUES (?, ?, ?)'


def begun(name: str) -> Campaign:
    """A campaign nobody is in."""
    held = keeping.start(BY)
    held.name = name
    return keeping.save(held, BY)


def bare_insert(file: Path, keys: list[int], campaign: int) -> float:
    """The same rows by the bare driver, in one transaction: milliseconds of work."""
    bare = sqlite3.connect(file)
    took = worked(lambda: bare.executemany(INSERT, [(campaign, key, "Planned") for key in keys]))[1]
    bare.rollback()
    bare.close()
    return took


def main(rounds: int) -> int:
    """Say it; 1 where the figures take too long."""
    with office.copied(one_owner=True) as url:
        opened, file = database.open_database(url), Path(url.removeprefix("sqlite:///"))
        keys = list(Lead.select(Lead.number).order_by(Lead.number).scalars())
        large = begun("Everybody")
        with work.unit("Fill the campaign", by=BY):
            members.put_in(large.number, Lead, keys)
        bare = sqlite3.connect(file)
        floor = median(worked(lambda: bare.execute(COUNT, (large.number,)).fetchall())[1] for _round in range(rounds))
        took = median(worked(lambda: figures.of(large.number, BY))[1] for _round in range(rounds))
        print(f"figures of {len(keys):,} members: {took:8.1f} ms, bare count {floor:6.1f} ms, {took / floor:5.2f} x")
        listing = Listing(opened.list_reader())
        for order in ([("number", False)], [("name", False)]):
            shown = ListQuery(CampaignMember, COLUMNS, members.condition(large.number, BY), "", order, by=BY)
            rows = median(worked(lambda shown=shown: listing.first(shown))[1] for _round in range(rounds))  # type: ignore[misc]
            print(f"first rows by {order[0][0]:<8} {rows:8.1f} ms")
        listing.close()
        bare.close()
        some, few = begun("Some"), keys[:PUT_IN]
        floor = bare_insert(file, few, some.number)
        put = worked(lambda: members.add(some.number, Lead, few, BY))[1]
        print(f"{PUT_IN:,} put in: {put:8.1f} ms, bare {floor:6.1f} ms, {put / floor:5.2f} x")
        unit = undo.undoable(BY)
        back = worked(lambda: undo.reverse(unit.number, by=BY, records={"CRMCampaignMembers": CampaignMember}))[1]
        print(f"{PUT_IN:,} taken back: {back:8.1f} ms, {back / floor:5.2f} x the bare insert")
        opened.close()
    return int(took > ENOUGH)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
