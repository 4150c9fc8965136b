"""A titled group of fields on a form: in two columns, folded or open, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.language import N_, _, source
from ui.look import theme
from ui.look.icons import icon
from ui.widgets.controls import IconButton

if TYPE_CHECKING:
    from collections.abc import Iterable

    from channergy_crm.settings import Station
    from ui.forms.field_row import FieldRow
    from ui.screen import Section

OWN_FIELDS = N_("More fields")
BETWEEN = 8
"""pixels between a label and its field, and between two columns"""


class FormSection(QWidget):
    """The heading, and under it the rows that have a place in forms; without any, nothing is seen of it."""

    def __init__(self, name: str, section: Section, station: Station, parent: QWidget) -> None:
        super().__init__(parent)
        title = source(section, "title")
        self._memory, self._station = f"{name}.folded.{title}", station
        self._folded = bool(station.recall(self._memory, section.folded))
        self._empty = True
        self._rows: list[FieldRow] = []
        self._columns = 2
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 6)
        self._grid.setHorizontalSpacing(BETWEEN)
        self._grid.setVerticalSpacing(4)
        self.heading = IconButton(parent)
        self.heading.setObjectName(f"{name}.section_{title.lower().replace(' ', '_')}")
        self.heading.setAccessibleName(section.title)
        self.heading.setText(section.title)
        self.heading.setFont(theme.strong(self.font()))
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setAutoRaise(True)
        # One that starts folded can be opened by key; the others would only stand in the way of Tab.
        self.heading.setFocusPolicy(Qt.FocusPolicy.TabFocus if section.folded else Qt.FocusPolicy.NoFocus)
        self.heading.clicked.connect(self._toggle)
        self._show()

    def arrange(self, rows: Iterable[FieldRow]) -> None:
        """Put these rows in their order, left and right in turns, long texts across."""
        self._rows = list(rows)
        for row in self._rows:
            row.dress()
        self._place_rows()
        self._show()

    def use_columns(self, columns: int) -> None:
        """One column where two have no room beside each other."""
        if columns != self._columns:
            self._columns = columns
            self._place_rows()
        self._grid.activate()

    def _place_rows(self) -> None:
        place, columns = 0, self._columns
        for row in self._rows:
            self._grid.removeWidget(row.label)
            self._grid.removeWidget(row)
            if not row.has_a_place:
                continue
            across = row.kind.edited_by == "lines"
            if across and place % columns:
                place += 1
            line, left = place // columns, (place % columns) * 2
            self._grid.addWidget(row.label, line, left, Qt.AlignmentFlag.AlignTop)
            wide = 2 * columns - 1 if across else 1
            self._grid.addWidget(row, line, left + 1, 1, wide, Qt.AlignmentFlag.AlignTop)
            place += columns if across else 1
        for column in (1, 3):
            self._grid.setColumnStretch(column, int(column < 2 * columns))
        self._empty = not place

    def _show(self) -> None:
        self.heading.setVisible(not self._empty)
        self.setVisible(not self._folded and not self._empty)
        self.heading.setIcon(icon("chevron_right" if self._folded else "chevron_down", self.heading))
        self.heading.setAccessibleDescription(_("Folded") if self._folded else _("Open"))

    def open(self) -> None:
        """Open for now: something in it has been filled in. Whether it is folded next time stays as it was."""
        self._folded = False
        self._show()

    def _toggle(self) -> None:
        self._folded = not self._folded
        self._show()
        self._station.remember(self._memory, self._folded)
