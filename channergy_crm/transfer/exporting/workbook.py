"""Records as a workbook: numbers, money and dates as such, phones and ZIP codes as the text they are (BX-33, C11)."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import date, datetime, time
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import lookups
from channergy_crm.work.record import Extra

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from channergy_crm.fields import Kind
    from channergy_crm.transfer.exporting.text import Rows

MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
FORMATS = {
    "text": {"num_format": "@", "quote_prefix": True},
    "number": {"num_format": "0"},
    "money": {"num_format": "#,##0.00"},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},  # unsaid: a format of spreadsheets
    "time": {"num_format": "hh:mm"},
    "title": {"bold": True},
}
_NOT_AS_IT_IS = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|^<(?=r>)")
WAYS = {int: "number", float: "money", datetime: "moment", date: "day", time: "time", str: "text"}


def write_workbook(part: Path, rows: Rows, name: str, total: int) -> None:
    """Write one sheet, row by row, so that the memory it takes does not grow with it."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    if total > MOST_ROWS:
        raise Mistake(
            _("A workbook holds {most:,} rows, and there are {total:,}. Export them as CSV.").format(
                most=MOST_ROWS, total=total
            )
        )
    with ExitStack() as stack:
        drafts = stack.enter_context(TemporaryDirectory(prefix="channergy-crm-export-"))
        book = xlsxwriter.Workbook(str(part), {"constant_memory": True, "tmpdir": drafts})
        sheet = book.add_worksheet(name[:31])
        sheet._escape_control_characters = escaped  # the library's own misses overlapping codes and takes <r> for a tag
        stack.callback(lambda: sheet.row_data_fh.close())  # when it is stopped halfway
        formats = {way: book.add_format(look) for way, look in FORMATS.items()}
        sheet.freeze_panes(1, 0)
        for place, kind in enumerate(rows.kinds):
            sheet.set_column(place, place, min(60, max(10, kind.width)))
        for place, title in enumerate(rows.titles):
            sheet.write_string(0, place, title, formats["title"])  # also one that begins with = or http:
        _fill(sheet, rows, formats)
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from None  # what the disk said, which the library only passes on


def _fill(sheet: Worksheet, rows: Rows, formats: dict[str, object]) -> None:
    values = [_value(kind) for kind in rows.kinds]
    put = {"text": sheet.write_string, "number": sheet.write_number, "money": sheet.write_number}
    line = 0
    for batch in rows.batches():
        for row in batch:
            line += 1
            for place, (read, stored) in enumerate(zip(values, row, strict=False)):
                value = None if stored is None or stored == "" else read(stored)
                if value is None:
                    continue
                way = WAYS[type(value)]
                if isinstance(value, str) and len(value) > LONGEST_TEXT:
                    raise Mistake(_too_long(rows.titles[place], line, len(value)))
                put.get(way, sheet.write_datetime)(line, place, value, formats[way])


def escaped(text: str) -> str:
    """The text as workbooks keep it: what XML cannot hold, and what reads like the code of a sign, as such codes."""
    return _NOT_AS_IT_IS.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _too_long(title: str, line: int, length: int) -> str:
    return _(
        "{column} in row {row} has {length:,} characters; a cell of a workbook holds {longest:,}. Export as CSV."
    ).format(column=title, row=line + 1, length=length, longest=LONGEST_TEXT)


def _value(kind: Kind[object] | Extra) -> Callable[[object], object]:
    """What turns a stored value into a cell: the type it comes out as decides how the cell looks."""
    if isinstance(kind, Extra):
        return lambda stored: plain(kind.convert(stored))
    return kind.exported(lookups.choices)


def plain(value: object) -> object:
    """What is found out only when it is looked at, such as a local time, is its text."""
    return value if value is None or type(value) in WAYS else str(value) or None
