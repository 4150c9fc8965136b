"""What the tests of importing have in common: writing a file, importing it, looking at the leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Lead
from channergy_crm.transfer.importing.run import import_leads

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.transfer.importing.outcome import Outcome

TWO = "First Name,Last Name,Company,Phone,Email\nAnn,Lee,Acme,512-555-0101,ann@acme.example\nBob,Ray,,,b@ray.example\n"


def write(folder: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    """A file to import."""
    path = folder / "leads.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def taken(folder: Path, text: str | bytes, operator: str = "ADMIN", encoding: str = "utf-8") -> Outcome:
    """Import this text as a file."""
    return import_leads(write(folder, text, encoding), operator=operator)


def all_leads() -> list[Lead]:
    """The leads of the office, the oldest first."""
    return list(Lead.select().order_by(Lead.number))
