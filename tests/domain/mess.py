"""Damaged files for the importer, and what must hold after each of them."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from channergy_crm.errors import Mistake
from channergy_crm.records import Lead
from channergy_crm.transfer.importing.plan import importable, propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.work import ChangeRow, UnitRow

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.work.record import Record

TABLE = (
    "First Name;Last Name;Company;Phone;Email;Reminder Date;Notes;Amount;Account\n"
    'Zoë;Lee;Acme;"(512) 555-0101";zoe@acme.example;31.12.2026;"two\nlines";1.234,50;Acme\n'
    'Bob;Ray;"Bell; Sons";512-555-0102;b@bell.example;01.02.2026;"he said ""no""";12,5;Acme\n'
    "Cid;Orr;Corn;+49 30 901820;c@corn.example;;;;Corn\n"
)
CARD = "BEGIN:VCARD\r\nVERSION:{}\r\nN:Lee;Ann{};;;\r\nTEL;TYPE=CELL:512-555-010{}\r\nORG:Acme\r\nEND:VCARD\r\n"
SIGNS = [
    b'"', b"\0", b"\r", b"\n", b",", b";", b"\t", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"=", b":", b"END:VCARD",
    b"|##|", b"99999999999999999999", b"31/02/2026", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"-1", b"1e309",
]  # fmt: skip


@cache
def seeds() -> list[bytes]:
    """Sound files: a table in two encodings, a workbook, visiting cards."""
    from openpyxl import Workbook

    book, packed = Workbook(), io.BytesIO()
    for line in ["Company,Phone,Reminder Date", "Acme,1,", "Bell,2,", "Corn,3,"]:
        book.worksheets[0].append(line.split(","))
    book.save(packed)
    cards = "".join(CARD.format(version, number, number) for number, version in enumerate(("2.1", "3.0", "4.0")))
    return [TABLE.encode(), TABLE.encode("utf-16"), packed.getvalue(), cards.encode()]


def damaged(dice: random.Random, content: bytes) -> bytes:
    """The file with some bytes changed, lost, doubled, moved or put in."""
    held = bytearray(content)
    for _ in range(dice.randrange(1, 8)):
        start = dice.randrange(len(held) + 1)
        end = min(len(held), start + dice.choice((1, 1, 1, 4, 40, 400)))
        match dice.randrange(5):
            case 0:
                held[start:end] = dice.randbytes(end - start)
            case 1:
                del held[start:end]
            case 2:
                held[start:start] = held[start:end]
            case 3:
                held[start:start] = dice.choice(SIGNS) * dice.choice((1, 1, 1, 50))
            case _:
                piece = held[start:end]
                del held[start:end]
                place = dice.randrange(len(held) + 1)
                held[place:place] = piece
    return bytes(held)


def imported(
    folder: Path, content: bytes, dice: random.Random | None = None, record: type[Any] | None = None,
    strict: bool = False,
) -> int:  # fmt: skip
    """Import this as a file, into any kind of records; how many were taken. Half an import is an `AssertionError`."""
    dice = dice or random.Random(len(content))
    chosen: type[Record] = record or dice.choice([Lead, *importable().values()])
    path = folder / "mess.bin"
    path.write_bytes(content)
    before = (chosen.select().count(), ChangeRow.select().count(), UnitRow.select().count())
    try:
        plan = propose(chosen, open_source(path))
        choices: Any = {
            "order": dice.choice(("DMY", "MDY")), "on_match": dice.choice(("skip", "update", "create")),
            "missing_links": dice.choice(("create", "skip", "report")),
        }  # fmt: skip
        outcome = run(plan if record else replace(plan, **choices), operator="ADMIN")
    except Mistake:
        if strict:
            raise
        assert before == (chosen.select().count(), ChangeRow.select().count(), UnitRow.select().count())
        return 0
    after = (chosen.select().count(), ChangeRow.select().count(), UnitRow.select().count())
    changed = outcome.taken + outcome.updated
    assert after[0] - before[0] == outcome.taken
    assert after[1] - before[1] >= changed
    assert after[2] - before[2] == bool(after[1] - before[1])
    return outcome.taken
