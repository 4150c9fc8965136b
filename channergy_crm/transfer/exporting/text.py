"""Records as a table of text: for spreadsheets in the ways of the place, or by vtiger's rules (VT-119…VT-131)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import lookups
from channergy_crm.transfer.reading.formulas import all_defused, defused
from channergy_crm.work.record import Extra

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from channergy_crm.fields import Kind
    from channergy_crm.fields.lists import Written
    from channergy_crm.store.reader import Row


class Rows(Protocol):
    """What a file is written from."""

    @property
    def titles(self) -> list[str]:
        """The headings of the columns."""

    @property
    def kinds(self) -> list[Kind[object] | Extra]:
        """What stands in each column."""

    def batches(self) -> Iterator[list[Row]]:
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
        raise Mistake(
            _("“{sign}” cannot be written in {encoding}. Choose UTF-8.").format(sign=sign, encoding=style.encoding)
        ) from None
    except LookupError:
        raise Mistake(
            _("There is no encoding called {encoding}. Try utf-8 or cp1252.").format(encoding=style.encoding)
        ) from None


def _column(kind: Kind[object] | Extra, style: Style) -> Written[object]:
    """What turns the stored values of a column into what is written; text stays harmless in a spreadsheet."""
    if isinstance(kind, Extra):
        return partial(_computed, convert=kind.convert)
    written = kind.written(style, lookups.choices)
    return partial(_harmless, written=written, phone=kind.dialed) if kind.textual else written


def _harmless(values: Sequence[object], written: Written[object], phone: bool) -> Sequence[object]:
    return all_defused(written(values), phone=phone)


def _computed(values: Sequence[object], convert: Callable[[object], object]) -> list[object]:
    found = map(convert, values)
    return [defused(value) if isinstance(value, str) else value for value in found]
