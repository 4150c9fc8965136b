"""What the tests of exporting have in common: records full of awkward values, and reading what was written."""

from __future__ import annotations

import csv
from datetime import date, time
from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.fields import (
    Date,
    Flag,
    Link,
    LongText,
    Lookup,
    Money,
    Number,
    OneOf,
    Percent,
    Phone,
    Quantity,
    Rate,
    Repeats,
    Text,
    Time,
)  # fmt: skip
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Account, Customer, PriceBook, Product, Vendor
from channergy_crm.services import leads, operators
from channergy_crm.transfer.exporting.run import Wanted, all_columns, everything
from channergy_crm.transfer.exporting.text import Style
from tests.made import account

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.fields.kind import Kind
    from channergy_crm.work.record import Record

TEXTS = ["=1+1", '\'="quoted"', "-5", '@home; "a", b', "+49 (0) works", "Zoë Łódź 東京", "0800", "'plain"]


def value(kind: Kind[Any], turn: int) -> Any:
    """Something awkward that may stand in a field."""
    if isinstance(kind, LongText):
        return ['two\nlines, "quoted"; x', "=cmd|' /C calc'!A0", "'plain" if kind.required else ""][turn]
    if isinstance(kind, Phone):
        return ["+1 (504) 621-8927", "+1+1", "030 123456"][turn]
    if isinstance(kind, Lookup):
        return ["CALLBK", "Hot", "+not in any list"][turn]
    if isinstance(kind, Repeats):
        return ["FREQ=WEEKLY;INTERVAL=2", "AFTER=14D", ""][turn]
    if isinstance(kind, Text):
        few = list(kind.words) if isinstance(kind, OneOf) else TEXTS
        return few[(turn + len(kind.name)) % len(few)]
    least = -5 if isinstance(kind, Money) and kind.negative else 5
    values: dict[type[Any], list[Any]] = {
        Quantity: [2_500, 1_000, 0], Rate: [8_25, 0, None], Percent: [0, 50, None],
        Number: [3800, 0, None], Money: [123_400_005, least, None], Flag: [True, False, True],
        Date: [date(2026, 2, 1), date(1999, 12, 31), None], Time: [time(9, 5), time(0, 0), None],
    }  # fmt: skip
    return next(found[turn] for known, found in values.items() if isinstance(kind, known))


def fill(record: type[Record]) -> list[Record]:
    """Three records of a type, with something awkward in every field people can fill."""
    of = account("Acme")
    made = []
    for turn in range(3):
        with work.unit("Make", by="ADMIN"):
            key = record._meta.primary_key
            plain = {
                name: value(kind, turn)
                for name, kind in record.kinds().items()
                if not isinstance(kind, Link) and not kind.system and kind is not key
            }
            plain.update({name: 7_00 for name in plain if plain[name] is None and record.kinds()[name].required})
            links: dict[str, Any] = {"owner": "ADMIN", "account": of.number, "customer": of.customer, "is_crm": True}
            parts: dict[str, type[Record]] = {"book": PriceBook, "product": Product, "vendor": Vendor}
            for name, whole in parts.items():
                if isinstance(record._meta.fields.get(name), Link) and record.kinds()[name].required:
                    own = {"owner": "ADMIN"} if whole is Vendor else {}
                    links[name] = whole.create(name=f"{name} {turn}", **own).number
            links = {name: held for name, held in links.items() if name in record._meta.fields}
            if record is Account:
                links["customer"] = Customer.create(company="Behind it").number
            named = {} if key.numeric else {key.name: f"OP{turn}"}
            made.append(record.create(**plain, **links, **named))
    return made


def wanted(record: type[Record]) -> Wanted:
    """All of a record type with all its columns."""
    return Wanted(ListQuery(record, tuple(all_columns(record)), everything(record)))


def cells(path: Path, style: Style) -> list[list[str]]:
    """What stands in a file of text."""
    with path.open(encoding=style.encoding, newline="") as file:
        return list(csv.reader(file, delimiter=style.delimiter))


def written(path: Path) -> list[str]:
    """The first column of a file in the usual style, without its title."""
    return [row[0] for row in cells(path, Style())[1:]]


def three_and_one(operator: str) -> list[int]:
    """The numbers of three leads of an operator, the last one removed; Ann has one too."""
    numbers = [leads.create({"description": text}, operator).number for text in ("beta", "Alpha", "gamma")]
    leads.remove(numbers[2], operator)
    operators.add("ANN", "Ann", operator)
    leads.create({"description": "delta"}, "ANN")
    return numbers
