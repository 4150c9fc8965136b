"""Rows that are no records: what stands above the titles, titles repeated, lines, and what a report ends with."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import N_, _
from channergy_crm.text.folding import fold
from channergy_crm.transfer.reading.source import Row, too_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from channergy_crm.transfer.reading.losses import Losses

_MARK = "\ufeff \t\r\n"
LONGEST_END = 60  # rows a report may end with
LONGEST_REMARK = 400
MOST_CELLS = 4  # into which its commas may part a remark

ABOVE = N_("Rows above the column titles")
REPEATED = N_("Rows that repeat the column titles")
LINE = N_("Rows that hold nothing but a line")
ENDING = N_("Rows of a report's frame, such as totals and remarks")

_TOTAL = re.compile(
    r"(?:(?:grand|sub|report|overall|page) ?-?)?(?:totals?|count|sum|average|avg|summe|gesamt(?:summe|zahl)?|anzahl|"
    r"zwischensumme|total general|total général|sous-total|nombre|suma|subtotal|recuento|average|mittelwert)"
    r"(?: (?:number )?(?:of )?(?:records?|rows?|count|items?|entries|results?|leads?|contacts?|accounts?|customers?|"
    r"opportunities|deals?|lines?|datensätze|zeilen|kontakte|enregistrements|lignes|registros|filas))?"
    r"\s*[:=]?\s*(?P<count>[-+]?[$€£]?\s?[\d.,' ]*%?)(?: ?(?:records?|rows?|entries|leads?|contacts?|items?))?",
    re.I,
)
_COUNTED = re.compile(
    r"(?:\(?\d[\d.,' ]* (?:records?|rows?|entries|results?|items?|datensätze|zeilen|lignes|enregistrements|filas|"
    r"registros)(?: (?:total|found|exported|selected|listed|affected|returned|in set))?\)?"
    r"|(?:records?|rows?|entries|results?|datensätze|enregistrements|registros)(?: (?:total|found|exported))? ?[:=] ?"
    r"\d[\d.,' ]*)\.?",
    re.I,
)
_REMARK = re.compile(
    r"""(?:copyright|©|\(c\))\s*(?:\(c\)|©)?\s*(?:19|20)\d\d\b.*
    |copyright\s*(?:\(c\)|©).*
    |.{0,80}\ball\ rights\ reserved\.?
    |(?:strictly\ )?confidential\ information
    |(?:strictly\ )?confidential(?:\ information)?\s*[-–—:.,;/]+.*\b(?:not|only|use|internal|proprietary)\b.*
    |(?:generated|exported|printed|created|downloaded|prepared|produced|run)\s+(?:by|on|at|from|with)\b
        .*\d{1,4}[-./:\ ]\d.*
    |(?:report\ )?(?:generated|exported|printed|downloaded|prepared)\s*(?:by|on|at|from)?\s*:.*
    |(?:report|list|data)\ (?:generated|exported|created|printed|run|date|time)\b.*\d.*
    |(?:erstellt|exportiert|gedruckt|generiert)\s+(?:am|von)\b.*\d{1,4}[-./:\ ]\d.*
    |(?:généré|exporté|imprimé|créé)\s+(?:le|par)\b.*\d{1,4}[-./:\ ]\d.*
    |(?:generado|exportado|impreso|creado)\s+(?:el|por)\b.*\d{1,4}[-./:\ ]\d.*
    |page\s+\d+(?:\s*(?:of|/|von|de|sur)\s*\d+)?|seite\s+\d+(?:\s*(?:von|/)\s*\d+)?
    |[-*=\s]*(?:end\ of\ (?:report|file|list|data|export)|eof
        |ende\ des\ berichts|fin\ du\ rapport|fin\ del\ informe)[-*=.\s]*
    |filtered\ by\b.*|as\ of\ \d.*|(?:applied\ )?filters?\s*:.*""",
    re.I | re.X,
)
_MAYBE = re.compile(r"copyright|©|\(c\)|grand|sub|report|over|page|total|count|sum|av|gesamt|anzahl|zwischen", re.I)
"""how a row may begin that is no record although every cell of it is filled"""
_BEGINS = re.compile(
    r"[\W\d_]|[cC][oOrRrRéÉ]|[sS][tTuUeEoO]|[gG][eEéÉrR]|[eE][xXrRnNoO]|[pP][rRaA]|[dD][oOaA]|[rR][uUeEoO]|[lL][iIeE]"
    r"|[iI][mMtT]|[fF][iI]|[aA][sSpPvVnN]|[oO][vV]|[tT][oO]|[zZ][wW]|[nN][oO]|[mM][iI]"
)
"""how all of what a report says of itself begins, but for rights reserved"""
_GRAND = re.compile(r"grand|total g[eé]n[eé]ral", re.I)
_RULE = re.compile(r"(?:[-=_*#+~.|:\s–—]*[-=_*#+~–—]{3}[-=_*#+~.|:\s–—]*)")
_FIGURE = re.compile(r"[-+(]?[$€£]?\s?\d[\d.,' ]*\s?[%$€£]?\)?")


class Frame(NamedTuple):
    """What is known of the rows of a table: the titles, and which row holds them (0: none does)."""

    header: Sequence[str]
    title_row: int

    def records(self, rows: Iterable[Row], losses: Losses) -> Iterator[Row]:
        """The rows that are records; of the others is told. One that is too wide has that as its problem."""
        titles, width = [_plain(title) for title in self.header], len(self.header)
        starts = frozenset(title[:1] for title in titles)
        order: list[int] = []
        waiting: list[Row] = []
        last, gap, remarked = self.title_row, 0, 0
        for row in rows:
            if row.values[0][:1] == "\ufeff":
                row = _without_mark(row)
            if row.number <= self.title_row:
                if row.number < self.title_row:
                    losses.tell(_(ABOVE), row.number, said(row.values))
            elif kind := "" if row.problem else self._kind(row.values, titles, starts):
                if kind == REPEATED:
                    order = _order([_plain(value) for value in row.values], titles)
                remarked = remarked or (row.number if kind == ENDING else 0)
                losses.tell(_(kind), row.number, said(row.values))
            elif not row.problem and width > 1 and len(waiting) < LONGEST_END and _is_thin(row.values):
                waiting.append(row)
            else:
                for each in waiting:
                    yield _placed(each, order, width)
                yield _placed(row, order, width)
                waiting, gap, remarked = [], 0, 0
            gap = gap or (row.number if waiting and row.number > last + 1 else 0)
            last = row.number
        for row in waiting:
            if remarked and (row.number > remarked or 0 < gap <= row.number):
                losses.tell(_(ENDING), row.number, said(row.values))
            else:
                yield _placed(row, order, width)

    def _kind(self, values: Sequence[str], titles: Sequence[str], starts: frozenset[str]) -> str:
        """What a row is that is no record; nothing when it may be one. `starts` are the letters titles begin with."""
        filled = [text for value in values if (text := value.strip())]
        if not filled:
            return ""
        first = filled[0]
        if self.title_row and _may_begin(first, starts) and self._repeats(values, titles):
            return REPEATED
        if _is_rule(first) and all(map(_is_rule, filled)):
            return LINE
        if len(filled) == len(titles) > 2 and not _MAYBE.match(first):
            return ""
        return ENDING if is_frame(filled) else ""

    def _repeats(self, values: Sequence[str], titles: Sequence[str]) -> bool:
        if len(titles) == 1:
            return values[0].strip() == self.header[0] and not any(values[1:])
        first = next(value for value in values if value.strip())
        if len(first) > LONGEST_REMARK or _plain(first) not in titles:
            return False
        return sorted(filter(None, map(_plain, values))) == sorted(filter(None, titles))


def _may_begin(text: str, starts: frozenset[str]) -> bool:
    """Whether a title may begin like this: seen at a glance where there are plain letters."""
    return not text.isascii() or text[0] in "\"'`" or text[0].lower() in starts


def _is_rule(text: str) -> bool:
    return not text[0].isalnum() and len(text) > 2 and _RULE.fullmatch(text) is not None


def is_frame(filled: Sequence[str]) -> bool:
    """Whether the cells of a row that hold anything are no record but what a report says of itself.

    “Total records: 3” and “Grand Total; 12,500.00” are; a company that is called “Total Wine” is not.
    """
    text = " ".join(filled)
    if not filled or len(text) > LONGEST_REMARK or "@" in text:
        return False
    if not _BEGINS.match(text) and "reserved" not in text.lower():
        return False
    if len(filled) <= MOST_CELLS and (_REMARK.fullmatch(text) or _COUNTED.fullmatch(text)):
        return True
    total = _TOTAL.fullmatch(filled[0])
    if not total:
        return False
    figures = [*filter(None, [total["count"].strip()]), *filled[1:]]
    if not figures:
        return _GRAND.match(filled[0]) is not None
    return all(map(_is_figure, figures))


def title_row_of(rows: Sequence[Row]) -> Row | None:
    """Which of the first rows holds the titles, by its looks: the first that is not much thinner than most of them."""
    widths = Counter(_filled(row.values) for row in rows if not row.problem)
    if not widths:
        return rows[0] if rows else None
    most = max(widths, key=lambda width: (widths[width] * (width > 2), width))
    enough = most / 2 if most > 2 and widths[most] > 1 else 0
    return next((row for row in rows if not row.problem and _filled(row.values) > enough), rows[0])


def joined_titles(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """The titles two rows say together: “Address” over “Street” and “City” is “Address Street”, “Address City”."""
    found, group = [], ""
    for place, title in enumerate(below):
        group = (above[place].strip() if place < len(above) else "") or group
        alone = place < len(above) and above[place].strip()
        found.append(f"{group} {title.strip()}".strip() if title.strip() or alone else "")
    return found


def said(values: Sequence[str]) -> str:
    """What stands in a row, to be told."""
    return ", ".join(value.strip() for value in values if value.strip())


def _placed(row: Row, order: Sequence[int], width: int) -> Row:
    """A row in the order of the titles, below titles that came again in another order."""
    values = row.values
    if not order and len(values) <= width:
        return row
    if order:
        moved = [values[place] if place < len(values) else "" for place in order]
        values = [*moved, *values[width:]]
    return Row(row.number, values, row.problem or too_wide(values, width))


def _order(values: Sequence[str], titles: Sequence[str]) -> list[int]:
    """Where the values of each column stand from here on; nothing when they stand where they did."""
    if list(values[: len(titles)]) == list(titles) or len(set(titles)) < len(titles) or set(titles) - set(values):
        return []
    return [values.index(title) for title in titles]


def _without_mark(row: Row) -> Row:
    """Files that were put together have the mark of an encoding in the middle."""
    if row.values and row.values[0].startswith("\ufeff"):
        return row._replace(values=[row.values[0].lstrip("\ufeff"), *row.values[1:]])
    return row


def _is_thin(values: Sequence[str]) -> bool:
    if len(values) > 1 and values[0].strip(_MARK) and values[1].strip(_MARK):
        return False  # nearly every row of nearly every file
    return _filled(values) == 1


def _filled(values: Sequence[str]) -> int:
    return sum(bool(value.strip(_MARK)) for value in values)


def _is_figure(text: str) -> bool:
    """Whether this is an amount, and not the digits of a telephone number."""
    return _FIGURE.fullmatch(text) is not None and re.search(r"\d{10}", text) is None


def _plain(title: str) -> str:
    return fold(" ".join(title.strip('\ufeff"').split()))
