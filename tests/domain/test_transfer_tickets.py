"""Tickets from a file: the day they came tells two apart, where the file says it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.records import Ticket
from tests.domain.test_transfer_records import FILES, taken

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office


def test_vt180_tickets_of_a_file_that_says_no_day_come_in_once_whenever_it_is_read(
    tmp_path: Path, office: Office
) -> None:
    """VT-111: the moment of the import was taken for the day they came, and the file came in twice."""
    morning = datetime(2026, 11, 23, 9, 0)
    for minutes, found in ((0, (2, 0)), (61, (0, 2))):
        with clock.fixed(morning + timedelta(minutes=minutes)):
            said = taken(tmp_path, Ticket, FILES["tickets"], missing_links="create")
        assert (said.taken, said.skipped) == found
    dated = "Title,Account,Create Dt\nBox arrived broken,Acme,{}\nWhich wax,Bell,{}\n"
    for first, second, found in (
        ("2026-11-23 09:00", "2026-11-20 10:00", (1, 1)), ("2026-11-23 09:00", "2026-11-20 10:00", (0, 2)),
        ("2026-11-22 09:00", "2026-11-20 10:00", (1, 1)),
    ):  # fmt: skip
        said = taken(tmp_path, Ticket, dated.format(first, second))
        assert (said.taken, said.skipped) == found
