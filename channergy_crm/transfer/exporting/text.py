"""Records as a table of text: for spreadsheets in the ways of the place, or by vtiger's rules (VT-119…VT-131)."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from channergy_crm.errors import Mistake
from channergy_crm.fields import Date, Flag, Lookup, Moment, Money, Phone, Time
from channergy_crm.fields.multi_lookup import MultiLookup, together
from channergy_crm.records import lookups
from channergy_crm.text.folding import fold
from channergy_crm.transfer.importing.rows import spellings_of
from channergy_crm.transfer.reading.formulas import all_defused, defused
from channergy_crm.work.record import Extra

if TYPE_CHECKING:
    from pathlib import Path

Column = Callable[[Sequence[Any]], Iterable[Any]]
"""from the stored values of a column to what is written"""


class Rows(Protocol):
    """What a file is written from."""

    @property
    def titles(self) -> list[str]:
        """The headings of the columns."""

    @property
    def kinds(self) -> list[Any]:
        """What stands in each column."""

    def batches(self) -> Iterator[list[tuple[Any, ...]]]:
        """The stored values, some rows at a time."""


@dataclass(frozen=True)
class Style:
    """What stands between the columns, how letters become bytes, and the sign before cents."""

    delimiter: str = ","
    encoding: str = "utf-8-sig"
    decimal: str = "."
    vtiger: bool = False


def style_of_place(decimal: str) -> Style:
    """Where the decimal sign is a comma, spreadsheets expect semicolons between the columns (VT-131)."""
    return Style(";", decimal=",") if decimal == "," else Style()


def write_text(part: Path, rows: Rows, style: Style) -> None:
    """Write all of it; every value in quotes, so that no other sign is ever taken for the end of a column."""
    columns = [_column(kind, style) for kind in rows.kinds]
    try:
        with part.open("w", encoding=style.encoding, newline="") as file:
            writer = csv.writer(file, delimiter=style.delimiter, quoting=csv.QUOTE_ALL)
            writer.writerow(rows.titles)
            for batch in rows.batches():
                stored = zip(*batch, strict=True)
                written = [column(values) for column, values in zip(columns, stored, strict=False)]
                writer.writerows(zip(*written, strict=True))
    except UnicodeEncodeError as error:
        sign = error.object[error.start]
        raise Mistake(f"“{sign}” cannot be written in {style.encoding}. Choose UTF-8.") from None
    except LookupError:
        raise Mistake(f"There is no encoding called {style.encoding}. Try utf-8 or cp1252.") from None


def _column(kind: Any, style: Style) -> Column:  # noqa: PLR0911
    if isinstance(kind, Extra):
        return partial(_computed, convert=kind.convert)
    if isinstance(kind, MultiLookup):
        return partial(_several, kind=kind, spoken=spoken(kind), style=style)
    if isinstance(kind, Lookup):
        return partial(_looked_up, spoken=spoken(kind))
    if isinstance(kind, Money):
        return partial(_money, style=style)
    if isinstance(kind, Flag):
        return partial(_flags, words=("0", "1") if style.vtiger else ("No", "Yes"))
    if isinstance(kind, Date | Moment):
        return _moments if style.vtiger else _as_they_are
    if kind.numeric or isinstance(kind, Time):
        return _as_they_are
    return _in_one_line if style.vtiger else partial(all_defused, phone=isinstance(kind, Phone))


def spoken(kind: Lookup) -> dict[str, str]:
    """What people read for each stored value, where reading it back gives the same value; else the value itself."""
    meant = spellings_of(kind)
    return {
        choice.value: choice.description if meant[fold(choice.description)] == choice.value else choice.value
        for choice in lookups.choices(*kind.list_key)
    }


def cents(value: int, style: Style) -> str:
    """An amount without anything between its digits but the decimal sign."""
    whole, rest = divmod(abs(value), 100)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}" if style.vtiger and not rest else f"{sign}{whole}{style.decimal}{rest:02}"


def _as_they_are(values: Sequence[Any]) -> Sequence[Any]:
    return values


def _computed(values: Sequence[Any], convert: Callable[[Any], Any]) -> list[Any]:
    found = map(convert, values)
    return [defused(value) if isinstance(value, str) else value for value in found]


def _looked_up(values: Sequence[Any], spoken: dict[str, str]) -> Sequence[Any]:
    return all_defused([spoken.get(value, value) for value in values])


def _several(values: Sequence[Any], kind: MultiLookup, spoken: dict[str, str], style: Style) -> Sequence[Any]:
    """As people write several values; vtiger's own sign stands between them in its files (VT-126)."""
    said = [several_spoken(kind, value, spoken) for value in values]
    return all_defused(said if style.vtiger else [kind.show(value) for value in said])


def several_spoken(kind: MultiLookup, value: str | None, spoken: dict[str, str]) -> str:
    """Stored values in the words people read for them, together."""
    return together(spoken.get(part, part) for part in kind.parts(value or ""))


def _money(values: Sequence[Any], style: Style) -> list[Any]:
    return [None if value is None else cents(value, style) for value in values]


def _flags(values: Sequence[Any], words: tuple[str, str]) -> list[str]:
    return [words[bool(value)] for value in values]


def _moments(values: Sequence[Any]) -> list[Any]:
    """A day and a time, also where there is only a day: `2008-01-07 00:00:00` (VT-125)."""
    return [None if value is None else f"{str(value)[:19]} 00:00:00"[:19] for value in values]


def _in_one_line(values: Sequence[Any]) -> Sequence[Any]:
    """No line breaks, no blanks at the ends (VT-121); a formula stays harmless here too."""
    return all_defused([" ".join(value.split()) if value else value for value in values])
