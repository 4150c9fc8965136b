"""The office's lease: of all workstations one does what runs by itself. It dies with its holder within a minute.

All times are told by the store's own clock, so workstations whose clocks differ agree. Were the clock itself set back
the lease would lie too far ahead to be true, and is taken as ended.
"""

from __future__ import annotations

import os
import platform
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from channergy_crm.errors import CRMError
from channergy_crm.records.jobs import LeaseRow
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.store.seconds import CLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office

NAME = "jobs"
SECONDS, RENEWED_EVERY = 45, 15
"""a holder that is gone is followed within the sum of the two"""
TAKE = """INSERT INTO "CRMLeases" AS l ("LeaseName", "Holder", "UntilSeconds") VALUES ({mark}, {mark}, {clock} + {long})
    ON CONFLICT ("LeaseName") DO UPDATE SET "Holder" = excluded."Holder", "UntilSeconds" = excluded."UntilSeconds"
    WHERE l."Holder" = excluded."Holder" OR l."UntilSeconds" <= {clock} OR l."UntilSeconds" > {clock} + {long}"""
"""one statement, so that of two who try at the same moment one gets it"""


class Lease:
    """One workstation's hold, or its wish for it."""

    def __init__(self, office: Office, name: str = NAME) -> None:
        self._office, self._name = office, name
        self.station = platform.node() or "?"
        self._me = f"{self.station} · {os.getpid()} · {uuid4().hex[:8]}"
        self.lost = False

    def take(self) -> bool:
        """Get the lease, or hold it for longer; False while somebody else has it."""
        store = self._office.database
        statement = TAKE.format(mark=store.param, clock=CLOCK[self._office.engine], long=SECONDS)
        with database.writing(), translated():
            cursor = store.execute_sql(statement, (self._name, self._me))  # sql: our own words
        self.lost = cursor.rowcount != 1
        return not self.lost

    def give_back(self) -> None:
        """Somebody else may go on at once."""
        mine = (LeaseRow.name == self._name) & (LeaseRow.holder == self._me)
        with suppress(CRMError), database.writing(), translated():
            LeaseRow.delete().where(mine).execute()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Hold it however long the work within takes."""
        ended = threading.Event()

        def renew() -> None:
            with self._office.borrowed():
                while not ended.wait(RENEWED_EVERY):
                    with suppress(CRMError):  # a store that does not answer gives the lease to nobody else either
                        self.take()

        thread = threading.Thread(target=renew, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()


def holder(name: str = NAME) -> str:
    """The workstation that has the lease, or had it last; '' where none ever did."""
    row = LeaseRow.get_or_none(LeaseRow.name == name)
    return row.holder.partition(" · ")[0] if row else ""
