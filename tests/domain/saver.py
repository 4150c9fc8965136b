"""A second workstation: saves leads of an office again and again and says what became of it."""

from __future__ import annotations

import sys

from channergy_crm.errors import Clash
from channergy_crm.records import Lead
from channergy_crm.services import leads
from channergy_crm.store.database import open_database


def main(url: str, name: str, times: int, shared: int, field: str) -> None:
    office = open_database(url)
    clashes = 0
    for turn in range(times):
        leads.create({"description": f"{name} {turn}"}, "ADMIN")
        lead = Lead.find(shared)
        assert lead is not None
        setattr(lead, field, f"{name} {turn}")
        try:
            leads.save(lead, "ADMIN")
        except Clash:
            clashes += 1
    print(clashes, flush=True)
    office.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
