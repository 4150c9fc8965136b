"""Kinds that hold a number with decimals as a whole one: quantities, and rates in percent."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.fields.kind import Kind
from channergy_crm.language import _
from channergy_crm.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.fields.lists import FileStyle, Lists, Written


_PLAIN = pattern(r"[-+]?[0-9]+\.[0-9]{3}")
"""with a comma instead it would be read as grouping"""


class Scaled(Kind["int | None"], peewee.BigIntegerField["int | None"]):
    """A number with up to `places` decimals. What is stored is a whole number of its smallest part."""

    numeric = True
    written_as = "number"
    places: ClassVar[int] = 0

    def __init__(self, label: str = "", *, least: int = -(10**15), most: int = 10**15, **options: Any) -> None:
        super().__init__(label, **{"width": 10, **options})
        self.least, self.most = least, most

    def show(self, value: int | None) -> str:
        return "" if value is None else f"{self.exact(value).normalize():f}"

    def exact(self, value: int) -> Decimal:
        """The number itself."""
        return Decimal(value).scaleb(-self.places)

    def read(self, text: str) -> int | None:
        return self.typed(text, ".")

    def typed(self, text: str, point: str) -> int | None:
        """As people write it where the decimal sign is `point`: three digits behind that one never make a thousand of
        one and a quarter.
        """
        from channergy_crm.text.amounts import read_decimal

        bare = text.strip().removesuffix("%").strip()
        if not bare:
            return None
        number = read_decimal(bare, self.label, point=point).scaleb(self.places)
        if number != number.to_integral_value():
            raise Mistake(
                _("{field} takes at most {count} decimals.").format(field=self.label, count=self.places), self.name
            )
        return int(number)

    def check(self, value: int | None) -> str | None:
        if value is not None and not self.least <= value <= self.most:
            return _("{field} must be between {least} and {most}.").format(
                field=self.label, least=self.show(self.least), most=self.show(self.most)
            )
        return super().check(value)

    def exported(self, lists: Lists) -> Callable[[int | None], object]:
        return lambda value: None if value is None else _as_number(self.exact(value))

    def written(self, style: FileStyle, lists: Lists) -> Written[int | None]:
        return lambda values: [_written(self.show(value), style.decimal) for value in values]


def read_typed(kind: Any, text: str, point: str) -> Any:
    """What was typed where the decimal sign is `point`; that matters to numbers with decimals alone."""
    return kind.typed(text, point) if isinstance(kind, Scaled) else kind.read(text)


def _written(text: str, decimal: str) -> str:
    """With the decimal sign of the file; a comma before three digits would be read as grouping them."""
    if decimal == ".":
        return text
    return text.replace(".", decimal) + ("0" if _PLAIN.fullmatch(text) else "")


def _as_number(exact: Decimal) -> int | float:
    return int(exact) if exact == exact.to_integral_value() else float(exact)


class Quantity(Scaled):
    """How many, or how much: 3, 0.25, 1,200."""

    edited_by = shown_as = "quantity"
    places = 3


class Rate(Scaled):
    """A share in percent with two decimals: 8.25 %."""

    edited_by = shown_as = "rate"
    places = 2

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, **{"least": 0, "most": 10_000, "width": 8, **options})
