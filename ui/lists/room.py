"""What of a list has room: two lines where it is narrow, otherwise the columns from the first on."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from channergy_crm.records.tags import Worn
from ui.lists.row_layout import CHECK, NARROW, SIGN, fitting
from ui.look import theme
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.lists.columns import Columns
    from ui.lists.grid import Grid
    from ui.lists.table_model import RecordModel

MEASURED = 40
"""rows that are looked at for how wide their words are"""
WIDEST, PADDING, LEAST = 360, 18, 40
NAMED = 3
"""the part of a list a name may take, as one of so many, while other cells are cut"""
WHEN = {"day", "time", "moment"}
CHIP = 8
"""what the ground of a tag needs beside its word"""


def squeezed(wanted: list[int], made: list[bool], room: int, whole: Sequence[int] = ()) -> list[int]:
    """Widths that fit: where cells are typed into none is left out, so the widest give way, but those somebody made.

    `whole` is what each column needs to say all of it, if that matters; it gives way only where nothing else is left.
    """
    lowest = whole or [LEAST] * len(wanted)

    def at_most(most: int) -> list[int]:
        columns = zip(wanted, made, lowest, strict=True)
        return [width if stays else min(width, max(most, low)) for width, stays, low in columns]

    top = max(wanted, default=LEAST)
    fits = bisect_right(range(LEAST, top + 1), room, key=lambda most: sum(at_most(most)))
    if not fits and whole:
        return squeezed(wanted, made, room)
    return at_most(LEAST + max(fits - 1, 0))


class Room(QObject):
    """Fits the columns of one list into its width, whenever either changes.

    A column is as wide as somebody made it, or as its words need. The last ones are left out first; what describes
    takes what is left.
    """

    def __init__(self, grid: Grid, model: RecordModel, columns: Columns) -> None:
        super().__init__(grid)
        self._grid, self._model, self._columns = grid, model, columns
        self._may_be_narrow, self._fitting = True, False
        self._needed: dict[str, int] = {}
        self._dragged: dict[str, int] = {}
        self._keep = later(self, self._keep_dragged)
        self._again = later(self, self.fit)
        grid.resized.connect(self.fit)
        model.modelReset.connect(self.fit)
        grid.horizontalScrollBar().rangeChanged.connect(self._outgrown)
        grid.horizontalHeader().sectionResized.connect(self._resized)

    def stays_wide(self) -> None:
        """Cells are typed into: it is a table however narrow it is."""
        self._may_be_narrow = False
        self.fit()

    def _outgrown(self, _least: int, most: int) -> None:
        if most and not self._dragged:  # a bar at the side came after the columns were fitted
            self._again.start()

    def fit(self) -> None:
        """Show what has room."""
        header = self._grid.horizontalHeader()
        if self._fitting or header.count() != len(self._model.columns) or not header.count():
            return
        self._fitting = True
        try:
            narrow = self._is_narrow()
            if narrow != self._grid.rows.in_two_lines:
                self._grid.show_two_lines(narrow)
            elif self._model.sectioning is not None:
                self._grid.fit_height()
            self._show(1) if narrow else self._fit_columns()
        finally:
            self._fitting = False

    def _is_narrow(self) -> bool:
        if self._model.sectioning is not None:
            return True
        wide = self._grid.width() >= theme.px(NARROW, self._grid)
        return self._may_be_narrow and self._model.two_lines is not None and not wide

    def _fit_columns(self) -> None:
        header, words = self._grid.horizontalHeader(), self._model.words
        self._measure()
        shown = [header.logicalIndex(place) for place in range(header.count())]
        wanted = [self._wanted(place) for place in shown]
        room = self._grid.viewport().width()
        if not self._may_be_narrow:
            made = self._columns.widths()
            stay, whole = (
                [self._model.columns[place] in made for place in shown],
                [self._whole(place, room) for place in shown],
            )
            wanted = squeezed(wanted, stay, room, whole)
        count = fitting(wanted, [words.long[place] for place in shown], room)
        last, left = shown[count - 1], room - sum(wanted[:count])
        made = self._columns.widths()
        if left > 0 and not words.long[last] and self._model.columns[shown[0]] not in made:
            named = next((at for at, place in enumerate(shown) if not self._is_picture(place)), 0)
            wanted[named] += left  # a name has use for it, a number has not
        else:
            wanted[count - 1] = max(wanted[count - 1] + left, header.minimumSectionSize())
        for place, width in zip(shown, wanted, strict=True):
            header.resizeSection(place, width)
        self._show(count)

    def _show(self, count: int) -> None:
        """Show that many columns from the left."""
        header = self._grid.horizontalHeader()
        for place in range(header.count()):
            section = header.logicalIndex(place)
            if header.isSectionHidden(section) != (place >= count):
                header.setSectionHidden(section, place >= count)

    def _wanted(self, place: int) -> int:
        name, source = self._model.columns[place], self._model.words.sources[place]
        if made := self._columns.widths().get(name):
            return int(made)
        heading = self._grid.headings.wish(place)
        if self._is_picture(place):
            return heading
        if not self._may_be_narrow and name not in self._needed:
            return heading  # nothing is written there: others have use for its room
        if self._model.words.long[place]:
            return max(heading, min(int(source.width) * 7 + PADDING, 280))
        return max(heading, min(self._needed.get(name, 0) + PADDING, WIDEST))

    def _is_picture(self, place: int) -> bool:
        return bool(getattr(self._model.words.sources[place], "pictured", False))

    def _whole(self, place: int, room: int) -> int:
        """How wide a name, a day or a phone number is, which is not cut while anything else can give way.

        The words of a task may be long, and leave the others a part of the list.
        """
        name, source = self._model.columns[place], self._model.words.sources[place]
        titled, exact = name in self._model.record.about.title, getattr(source, "written_as", "") in WHEN
        if not titled and not exact and not getattr(source, "dialed", False):
            return LEAST
        needed = self._needed.get(name, 0) + PADDING
        return max(LEAST, min(needed, room // NAMED) if titled else needed)

    def _measure(self) -> None:
        """How wide the words of the first rows are; what was wider once stays so, or columns would dance."""
        grid, model, words = self._grid, self._model, self._model.words
        for number in range(min(MEASURED, model.rowCount())):
            if (row := model.row(number)) is None:
                continue
            for place, name in enumerate(model.columns):
                if not words.long[place] or (not self._may_be_narrow and words.text(row, place)):
                    more = SIGN if place == model.signed or place in model.marks else CHECK if place == 0 else 0
                    if isinstance(worn := row.values[place], Worn):
                        more += CHIP * len(worn)
                    self._needed[name] = max(self._needed.get(name, 0), grid.measure(words.text(row, place)) + more)

    def _resized(self, section: int, _before: int, now: int) -> None:
        """Somebody drags the edge of a heading: that width is kept."""
        header = self._grid.horizontalHeader()
        last = max((header.visualIndex(place) for place in range(header.count())
                    if not header.isSectionHidden(place)), default=-1)  # fmt: skip
        if not self._fitting and now and header.visualIndex(section) != last and section < len(self._model.columns):
            self._dragged[self._model.columns[section]] = now
            self._keep.start()

    def _keep_dragged(self) -> None:
        if QGuiApplication.mouseButtons():
            self._keep.start()
            return
        self._columns.keep_widths(self._dragged)
        self._dragged.clear()
        self.fit()
