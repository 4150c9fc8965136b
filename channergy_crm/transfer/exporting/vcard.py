"""People as vCards, 3.0 and 4.0, as address books and telephones take them (BX-27)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from channergy_crm.fields.more_phones import FEWEST_DIGITS
from channergy_crm.text.folding import fold
from channergy_crm.text.names import person_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vobject.base import Component

    from channergy_crm.transfer.exporting.text import Rows
    from channergy_crm.work.record import Record

NEEDED = ("first_name", "last_name", "phone", "email")
TAKEN = (
    *NEEDED, "company", "account_name", "title", "other_phone", "more_phones", "fax", "website", "address", "city",
    "state", "postal_code", "country", "notes",
)  # fmt: skip
TEXTS = {"title": "title", "email": "email", "website": "url", "notes": "note"}
NUMBERS = {"phone": ["work", "voice"], "other_phone": ["voice"], "fax": ["work", "fax"]}
_KNOWN = "mobile:cell handy:cell cell:cell home:home work:work fax:fax"  # unsaid: looked for
LABELS = dict(pair.split(":") for pair in _KNOWN.split())
PLACE = {"address": "street", "city": "city", "state": "region", "postal_code": "code", "country": "country"}


def card_columns(record: type[Record]) -> list[str]:
    """What of a record stands on a card; nothing when the record is no person."""
    known = record.kinds().keys() | record.extras().keys()
    return [name for name in TAKEN if name in known] if known.issuperset(NEEDED) else []


def write_cards(part: Path, rows: Rows, names: list[str], version: str) -> None:
    """Write one card after the other."""
    with part.open("w", encoding="utf-8", newline="") as file:
        for batch in rows.batches():
            for row in batch:
                file.write(card(dict(zip(names, row, strict=False)), version))


def card(values: Mapping[str, str | None], version: str) -> str:
    """One card."""
    import vobject

    made = vobject.vCard()
    made.add("version").value = version
    first, last = values.get("first_name") or "", values.get("last_name") or ""
    company = values.get("company") or values.get("account_name") or ""
    made.add("n").value = vobject.vcard.Name(family=last, given=first)
    made.add("fn").value = person_name(first, last) or company or values.get("email") or values.get("phone") or "?"
    if company:
        made.add("org").value = [company]
    for name, word in TEXTS.items():
        if text := values.get(name):
            made.add(word).value = text
    for name, types in NUMBERS.items():
        if number := values.get(name):
            line = made.add("tel")
            line.value, line.params["TYPE"] = number, types
    _add_more_numbers(made, values.get("more_phones") or "")
    place = {part: values.get(name) or "" for name, part in PLACE.items()}
    if any(place.values()):
        made.add("adr").value = vobject.vcard.Address(**place)
    return str(made.serialize())


def _add_more_numbers(made: Component, text: str) -> None:
    """Further numbers with what they are; a label no telephone knows goes as address books write it."""
    for number, held in enumerate(re.split(r"[\r\n]+", text), 1):
        label, _colon, digits = held.rpartition(":")
        label = label.strip()
        if len(re.sub(r"\D", "", digits)) < FEWEST_DIGITS:
            continue
        line = made.add("tel")
        kind = LABELS.get(fold(label))
        line.value, line.params["TYPE"] = digits.strip(), [kind or "voice"]
        if label and kind is None:
            line.group = f"item{number}"
            named = made.add("x-ablabel")
            named.value, named.group = label, line.group
