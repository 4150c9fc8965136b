"""Opening a file to import, whatever it is: a table of text, a workbook, visiting cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.transfer.reading.cards import open_cards
from channergy_crm.transfer.reading.ldif import is_ldif, open_ldif
from channergy_crm.transfer.reading.strangers import text_of
from channergy_crm.transfer.reading.tables import Source, open_table
from channergy_crm.transfer.reading.unfolding import unfolded
from channergy_crm.transfer.reading.workbooks import open_sheet

if TYPE_CHECKING:
    from pathlib import Path


def open_source(
    path: Path, *, encoding: str = "", delimiter: str = "", quote: str | None = None, sheet: str = ""
) -> Source:
    """Find out what a file is by what is in it, and how it is written. `Mistake` when it cannot be imported."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise Mistake(_("There is no file {file}.").format(file=path)) from None
    except IsADirectoryError:
        raise Mistake(_("{folder} is a folder. Choose a file in it.").format(folder=path)) from None
    except OSError as error:
        raise Surroundings(_("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror)) from error
    if head.startswith(b"PK\x03\x04") and (sheet or path.suffix.lower() in (".xlsx", ".xlsm") or b"xl/" in head):
        found = open_sheet(path, sheet)
        return found if delimiter else unfolded(found)
    if sheet:
        raise Mistake(_("{file} is no workbook: it has no sheets.").format(file=path.name))
    if b"BEGIN:VCARD" in head.replace(b"\0", b"").upper()[:200]:
        return open_cards(path, encoding)
    if is_ldif(text_of(head)):
        return open_ldif(path, encoding)
    table = open_table(path, encoding, delimiter, quote)
    return table if delimiter else unfolded(table)
