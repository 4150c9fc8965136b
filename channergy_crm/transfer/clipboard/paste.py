"""What somebody copied somewhere becomes a new lead: a visiting card, a line of a spreadsheet, a signature (BX-27)."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Lead
from channergy_crm.store.database import region
from channergy_crm.text.folding import fold
from channergy_crm.text.vocabulary import FULL_NAME
from channergy_crm.transfer.clipboard import mails, signature
from channergy_crm.transfer.clipboard.addresses import STATES
from channergy_crm.transfer.clipboard.threads import of_others
from channergy_crm.transfer.importing import mapping
from channergy_crm.transfer.importing.rows import split_name
from channergy_crm.transfer.reading.cards import cards_in

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

LONGEST, LONGEST_SIGNATURE = 1_000_000, 5_000  # letters; more is a document
CITY_CELLS = re.compile(rf"^([^\W\d_][^\n\d]*)\n({STATES})\n(\d{{5}}(?:-\d{{4}})?)$", re.M)
NAME_CELLS = re.compile(r"^([^\W\d_]+)\n([^\W\d_]+)$", re.M)
SAYS_WHO = ("first_name", "last_name", "company", "phone", "email")


class Clipping(NamedTuple):
    """The values of a new lead by field, and how many more there are in the text beside this one."""

    values: dict[str, object]
    more: int


def read(text: str, ours: Collection[str] = ()) -> Clipping:
    """Whom a text is about. `Mistake` when nobody can be made out in it.

    `ours` are the names of those who work in the office: they are never the lead (F-36).
    """
    text = text.lstrip("\ufeff")
    if not text.strip() or len(text) > LONGEST:
        raise Mistake(_("Copy a signature, a visiting card or a line of a spreadsheet first."))
    theirs = of_others(text, ours) if ours and "BEGIN:VCARD" not in text.upper() else text
    found = _read(theirs) if theirs.strip() else Clipping({}, 0)
    us = {fold(name) for name in ours}
    named = fold(f"{found.values.get('first_name', '')} {found.values.get('last_name', '')}".strip())
    nobody = not any(found.values.get(name) for name in SAYS_WHO)
    return Clipping({"notes": text.strip()}, 0) if named in us or nobody else found


def _read(text: str) -> Clipping:
    said = _of_mail(text)
    if said is not None:
        return said
    if cards := cards_in(text):
        values, more = _of_row(list(cards[0]), list(cards[0].values())), len(cards) - 1
    elif len(rows := _table(text)) > 0:
        values, more = _of_table(rows)
    elif len(text) > LONGEST_SIGNATURE:
        raise Mistake(_("That is too long for a signature. Copy the lines that say who it is."))
    else:
        values, more = {**signature.read(text, region())}, 0
    if not any(values.get(name) for name in SAYS_WHO):
        raise Mistake(_("Nothing that was copied looks like a person or a company."))
    Lead.about.complete(values)
    return Clipping(values, more)


def _of_mail(text: str) -> Clipping | None:
    """A contact form or a mail; where nobody can be made out in it, all of it is noted and the form stays empty."""
    if "BEGIN:VCARD" in text.upper():
        return None
    found = mails.mail(text)
    labelled = mails.pairs(found.body if found else text)
    placed = mapping.match([title for title, _cell in labelled], Lead).names
    if len(placed) > 1 and placed & {FULL_NAME, "first_name", "last_name", "company"}:
        values = _of_row([title for title, _cell in labelled], [cell for _title, cell in labelled])
        if not values.get("last_name") and " " in str(values.get("first_name", "")):
            values["first_name"], values["last_name"] = split_name(str(values["first_name"]))
        if found and found.email and found.name:
            values.setdefault("email", found.email)
    elif found:
        values = {**mails.writer(found, region())}
    elif mails.is_letter(text):
        below = mails.below(mails.own_words(text))
        values = {**signature.read(below, region())} if below else {}
        values = {**values, "notes": text.strip()} if values.get("phone") or values.get("email") else {}
    else:
        return None
    if not any(values.get(name) for name in SAYS_WHO):
        return Clipping({"notes": text.strip()}, 0)
    Lead.about.complete(values)
    return Clipping(values, 0)


def _table(text: str) -> list[list[str]]:
    """The rows of a table; none when the text is no table. Spreadsheets put tabs between what they copy."""
    lines = [line for line in text.splitlines() if line.strip()]
    sign = next((sign for sign in "\t;," if all(line.count(sign) >= (1 if sign == "\t" else 2) for line in lines)), "")
    if not sign and "\t" in lines[0] and text.count('"') >= 2:
        sign = "\t"  # a cell of several lines
    if not sign:
        return []
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text.strip("\r\n")), delimiter=sign)]
    rows = [row for row in rows if any(row)]
    return rows if sign == "\t" or (_is_header(rows[0]) and len(rows) > 1) else []


def _is_header(row: Sequence[str]) -> bool:
    return len(mapping.match(row, Lead).columns) > 1


def _of_table(rows: Sequence[list[str]]) -> tuple[dict[str, object], int]:
    if len(rows) > 1 and _is_header(rows[0]):
        return _of_row(rows[0], rows[1]), len(rows) - 2
    return _of_row([""] * len(rows[0]), rows[0]), len(rows) - 1


def _of_row(titles: Sequence[str], cells: Sequence[str]) -> dict[str, object]:
    """The cells by their titles; without one, by what stands in them, as lines of a signature are read."""
    width = min(len(titles), len(cells)) or len(cells)
    placed = mapping.by_contents(mapping.match(titles, Lead), [cells], Lead)
    values: dict[str, object] = {}
    notes: list[str] = []
    for place, name in placed.columns:
        if place < len(cells) and cells[place]:
            _put(name, cells[place], values, notes)
    taken = {place for place, _name in placed.columns}
    unplaced = [(titles[place], cells[place]) for place in range(width) if place not in taken and cells[place]]
    notes += [f"{title}: {cell}" for title, cell in unplaced if title]
    found = signature.read("\n".join(_lines([cell for title, cell in unplaced if not title])), region())
    if said := found.pop("notes", ""):
        notes.append(said)
    values = {**found, **values}
    held = "\n".join(note for note in [str(values.pop("notes", "")), *notes] if note)
    return {**values, "notes": held} if held else values


def _lines(cells: Sequence[str]) -> list[str]:
    """Cells without titles as lines: a name in two cells, a city with its state and code in three."""
    lines = "\n".join(cells)
    lines = CITY_CELLS.sub(r"\1, \2 \3", lines)
    return NAME_CELLS.sub(r"\1 \2", lines, count=1).split("\n")


def _put(name: str, cell: str, values: dict[str, object], notes: list[str]) -> None:
    if name == FULL_NAME:
        values["first_name"], values["last_name"] = split_name(cell)
        return
    kind = Lead.kind(name)
    try:
        if kind.system or kind.linked_to is not None:
            raise Mistake(_("{field} is chosen in the form.").format(field=kind.label))
        value = kind.read(cell)
        if sentence := kind.check(value):
            raise Mistake(sentence)
    except Mistake:
        notes.append(f"{kind.label}: {cell}")
        return
    joint = mapping.JOINED.get(name)
    values[name] = f"{values[name]}{joint}{value}" if joint and values.get(name) else value
