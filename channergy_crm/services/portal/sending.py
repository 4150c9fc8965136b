"""Files that customers send along in the portal: which are taken, and where they go (VT-177)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from channergy_crm.language import N_
from channergy_crm.records.documents import LONGEST_NAME
from channergy_crm.records.portal import PortalFile
from channergy_crm.services import documents
from channergy_crm.services.portal.seen import Unfit
from channergy_crm.services.rights import Program
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.text.amounts import of_bytes
from channergy_crm.text.file_kinds import sniffed
from channergy_crm.text.file_names import cleaned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.records import Ticket

MOST, LARGEST = 4, 5 << 20
"""files at a time, and bytes of one at the most"""
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
TAKEN = {
    "image/png", "image/jpeg", "image/gif", "image/webp", "image/heic", "image/tiff", "application/pdf", "text/plain",
    f"{_OFFICE}wordprocessingml.document", f"{_OFFICE}spreadsheetml.sheet", f"{_OPEN}text", f"{_OPEN}spreadsheet",
}  # fmt: skip
"""pictures, PDF, plain texts and documents without macros, by what stands in them"""

File = tuple[str, bytes]


def largest() -> int:
    """Bytes one file may have: where the office takes only smaller ones, as many as it takes."""
    return min(LARGEST, documents.most(Program.PORTAL))


def fitting(files: Sequence[File]) -> list[File]:
    """These files with names that are safe; those that were not chosen are left out. `Unfit` says what is not taken."""
    kept, most = [(cleaned(name, LONGEST_NAME), data) for name, data in files if name or data], largest()
    if len(kept) > MOST:
        raise Unfit(N_("At most {count} files can be sent at once."), "files", count=MOST)
    for name, data in kept:
        if len(data) > most:
            raise Unfit(N_("“{name}” is too large: a file may have {most}."), "files", name=name,
                        most=of_bytes(most))  # fmt: skip
        if not data or not name or sniffed(io.BytesIO(data)) not in TAKEN:
            raise Unfit(N_("“{name}” cannot be taken: send pictures, PDF, plain texts or documents."), "files",
                        name=name)  # fmt: skip
    return kept


def keep(ticket: Ticket, files: Sequence[File], contact: int) -> list[int]:
    """Put these on a ticket; whoever sent them may have them back. The documents by number."""
    kept = list[int]()
    for name, data in files:
        held = documents.keep(ticket, data, Program.PORTAL, N_("Add a document to {name}"), name=name)
        with database.writing(), translated():
            PortalFile.insert(document=held.number, ticket=ticket.number, contact=contact).execute()
        kept.append(int(held.number))
    return kept
