"""The ways to the documents and notes of a record, for the walk through every right; what asks no rights (SI-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.services import documents, notes
from channergy_crm.services.timeline import documents as shown
from channergy_crm.services.timeline import pages
from tests.domain.secured import ANN

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office


def filed(record: Any, _office: Office, folder: Path) -> bool:
    before = documents.of([(type(record), record.key)], ANN)
    made = documents.add(type(record), record.key, b"Offer", ANN, name="Offer.txt")
    documents.replace(made.number, b"Another", ANN)
    documents.change(made.number, ANN, note="By mail")
    documents.remove(made.number, ANN)
    return not before


def file_read(record: Any, _office: Office, folder: Path) -> bool:
    document = documents.add(type(record), record.key, b"Offer", "ADMIN", name="Offer.txt")
    documents.save_as(document.number, folder / "Offer.txt", ANN)
    assert document.number in [each.document.number for each in shown.of(record, ANN)]
    return documents.read(document.number, ANN) == b"".join(documents.pieces(document.number, ANN))


def noted(record: Any, _office: Office, _folder: Path) -> bool:
    note = notes.add(type(record), record.key, "Seen", ANN)
    notes.pin(note.number, ANN)
    notes.change(note.number, "Seen again", ANN)
    there = notes.of([(type(record), record.key)], ANN)
    assert any(each.note == "Seen again" for each in pages.of(record, ANN).pinned)
    notes.remove(note.number, ANN)
    return len(there) == 1


FILED = [
    ("notes.add notes.of notes.pin notes.change notes.remove", "view", noted),
    ("documents.add documents.of documents.replace documents.change documents.remove", "view+edit", filed),
    ("documents.read documents.pieces documents.save_as timeline.documents.of", "view", file_read),
]
"""the services, the rights they need, and what is done"""

PURE = {
    "services.areas": "optional every_record every_table",
    "services.contents": "parts hashed",
    "services.documents": "about",
}
PARTS = {
    "services.bulk_changes": "in_turn",
    "services.contents": "put put_small require_whole is_held pieces let_go sizes broken",
    "services.roles": "require_an_administrator",
}
"""see `test_rights.py`"""
