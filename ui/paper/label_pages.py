"""Labels laid out on a sheet as it is sold, from whichever label is the first that is left (BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.text import label_sheets
from ui.paper.sheet import LABEL_SIZES, LINE, MILLIMETRE, Page, Paper, Rule, Sheet, Words, size_named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.services.letters import Letter
    from channergy_crm.text.label_sheets import LabelSheet

    Tell = Callable[[int, int], None]

SIZE = 10.0
INSIDE = 4.0
"""millimetres between the edge of a label and what stands on it: no printer reaches the edge of its paper"""
STEPS = 100
USUAL, SMALLEST = "label11", min(LABEL_SIZES, key=lambda style: LABEL_SIZES[style])
STYLES = tuple(style for style in LABEL_SIZES if LABEL_SIZES[style] <= LABEL_SIZES[USUAL])
"""the largest first"""


class Fitted(NamedTuple):
    """What stands on a label: its lines, in which letters, and whether something was cut off."""

    lines: list[str]
    style: str
    cut: bool = False


def laid_out(
    letters: Sequence[Letter], labels: LabelSheet, start: int, title: str, tell: Tell, *, outlined: bool = False
) -> Paper:
    """A label for each, the first one on label `start` of its sheet, from 1. `outlined` shows where labels begin and
    end, which no printer does.
    """
    width, height = label_sheets.SIZES[labels.paper]
    sheet = Sheet(width * MILLIMETRE, height * MILLIMETRE, SIZE)
    pages = [Page() for _page in range(label_sheets.pages(labels, len(letters), start))]
    for number, each in enumerate(letters, start - 1):
        if number % STEPS == 0:
            tell(number, len(letters))
        page, place = divmod(number, labels.labels)
        _put(pages[page], labels.place(place), fitted(each.body.text, labels, sheet), labels, sheet)
    if outlined:
        for page_ in pages:
            page_.rules += _outlines(labels)
    return Paper(title, sheet, pages, size_named(labels.paper))


def cut(letters: Sequence[Letter], labels: LabelSheet) -> list[Letter]:
    """Those whose text a label cannot hold in the smallest letters either: it ends with a sign."""
    width, height = label_sheets.SIZES[labels.paper]
    sheet = Sheet(width * MILLIMETRE, height * MILLIMETRE, SIZE)
    return [each for each in letters if fitted(each.body.text, labels, sheet).cut]


def fitted(text: str, labels: LabelSheet, sheet: Sheet) -> Fitted:
    """A text on a label: in smaller letters where it is long, and only in the smallest on more lines or cut off."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    room, high = (labels.width - 2 * INSIDE) * MILLIMETRE, (labels.height - INSIDE / 2) * MILLIMETRE
    for style in STYLES:
        low = len(lines) * LINE * sheet.height_of(style) <= high
        if low and all(sheet.width_of(line, style) <= room for line in lines):
            return Fitted(lines, style)
    most = max(1, int(high / (LINE * sheet.height_of(SMALLEST))))
    whole = sheet.fitted("\n".join(lines), room, SMALLEST)
    if len(whole) <= most:
        return Fitted(whole, SMALLEST)
    if len(lines) <= most:  # the town, which stands last, is kept
        return Fitted([sheet.fitted(line, room, SMALLEST, 1)[0] for line in lines], SMALLEST, cut=True)
    held, last = whole[: most - 1], " ".join(whole[most - 1 :])
    return Fitted([*held, sheet.fitted(f"{last} …", room, SMALLEST, 1)[0]], SMALLEST, cut=True)


def _put(page: Page, corner: tuple[float, float], text: Fitted, labels: LabelSheet, sheet: Sheet) -> None:
    """In the middle of the height of a label."""
    x, top = (side * MILLIMETRE for side in corner)
    line = LINE * sheet.height_of(text.style)
    y = top + (labels.height * MILLIMETRE - line * len(text.lines)) / 2 + 0.8 * line
    for number, said in enumerate(text.lines):
        page.words.append(Words(said, x + INSIDE * MILLIMETRE, y + number * line, text.style))


def _outlines(labels: LabelSheet) -> list[Rule]:
    return [
        Rule(x * MILLIMETRE, edge * MILLIMETRE, labels.width * MILLIMETRE)
        for x, y in map(labels.place, range(labels.labels))
        for edge in (y, y + labels.height)
    ]
