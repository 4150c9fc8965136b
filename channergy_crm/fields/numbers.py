"""Kinds that hold a number: counts, money, percentages and the numbers of records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.fields.kind import Kind
from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.fields.lists import FileStyle, Lists, Written


MOST_FIGURES = 18
"""a longer number is in no column"""


def is_whole(word: str) -> bool:
    """Whether this is a whole number that a column can hold: figures of any script, but no ² and no ①."""
    return word.isdecimal() and len(word) <= MOST_FIGURES


class Number(Kind["int | None"], peewee.IntegerField["int | None"]):
    """A whole number."""

    numeric = True
    edited_by = "whole"
    written_as = "number"

    def __init__(self, label: str = "", *, least: int = 0, most: int = 2_000_000_000, **options: Any) -> None:
        super().__init__(label, **{"width": 12, **options})
        self.least = least
        self.most = most

    def read(self, text: str) -> int | None:
        from channergy_crm.text.amounts import read_whole

        return read_whole(text, self.label) if text.strip() else None

    def check(self, value: int | None) -> str | None:
        if value is not None and not self.least <= value <= self.most:
            return _("{field} must be between {least:,} and {most:,}.").format(
                field=self.label, least=self.least, most=self.most
            )
        return super().check(value)

    def match(self, word: str) -> peewee.ColumnBase | None:
        return (self == int(word)) if is_whole(word) and int(word) <= self.most else None


class RecordNumber(Kind[int], peewee.AutoField[int]):
    """The number a record gets from the program, counted up and never given twice."""

    numeric = True
    edited_by = "fixed"
    written_as = "key"
    counted = True

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, system=True, width=10, **{**options, "primary_key": True})

    def read(self, text: str) -> int | None:
        return int(text) if is_whole(text.strip()) else None

    def match(self, word: str) -> peewee.ColumnBase | None:
        return (self == int(word)) if is_whole(word) and len(word) < 10 else None


class Money(Kind["int | None"], peewee.BigIntegerField["int | None"]):
    """An amount of money in whole cents; what is paid or planned is not `negative`."""

    numeric = True
    edited_by = shown_as = "money"
    written_as = "number"

    def __init__(self, label: str = "", *, negative: bool = True, **options: Any) -> None:
        super().__init__(label, **{"width": 14, **options})
        self.negative = negative

    def show(self, value: int | None) -> str:
        return "" if value is None else f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"

    def read(self, text: str) -> int | None:
        from channergy_crm.text.amounts import read_cents

        return read_cents(text, self.label) if text.strip() else None

    def check(self, value: int | None) -> str | None:
        if value is not None and abs(value) > 10**15:
            return _("{field} is too large.").format(field=self.label)
        if value is not None and value < 0 and not self.negative:
            return _("{field} cannot be negative.").format(field=self.label)
        return super().check(value)

    def exported(self, lists: Lists) -> Callable[[int | None], object]:
        return lambda value: None if value is None else value / 100.0

    def written(self, style: FileStyle, lists: Lists) -> Written[int | None]:
        return lambda values: [None if value is None else _cents(value, style) for value in values]


def _cents(value: int, style: FileStyle) -> str:
    """An amount without anything between its digits but the decimal sign."""
    whole, rest = divmod(abs(value), 100)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}" if style.vtiger and not rest else f"{sign}{whole}{style.decimal}{rest:02}"


class Percent(Number):
    """A whole number from 0 to 100."""

    edited_by = shown_as = "percent"

    def __init__(self, label: str = "", **options: object) -> None:
        super().__init__(label, least=0, most=100, **{"width": 8, **options})

    def read(self, text: str) -> int | None:
        from channergy_crm.text.amounts import NO_PERCENT, read_whole

        bare = text.strip().removesuffix("%").strip()
        return read_whole(bare, self.label, NO_PERCENT) if bare else None
