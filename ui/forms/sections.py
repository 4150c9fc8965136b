"""A group of fields on a form: its head, and under it one field below the other; folded or open, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, source
from ui.look import paint, theme
from ui.look.wording import shown
from ui.widgets.controls import LEFT, SMALLEST, IconButton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QPaintEvent

    from channergy_crm.settings import Station
    from channergy_crm.work.record import Record
    from ui.forms.field_row import FieldRow
    from ui.screen import Section

OWN_FIELDS = N_("More fields")
BETWEEN, PITCH, WIDE_PITCH, TALL = 8, 4, 8, 960
"""pixels: between a label and its field, between two fields, the same in a window as high as that"""
CHEVRON = 20
DAYS = {"date", "time"}


class SectionHead(IconButton):
    """What a group is called; where it can be folded away, an angle before it, and behind it what is inside."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.folds = self.folded = False
        self.inside = ""
        self._quiet = theme.small(self.font())
        self.setFont(theme.section(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + CHEVRON, theme.px(SMALLEST))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, at, middle = paint.begin_turned(self), 0.0, self.height() / 2
        if self.folds or self.folded or self.underMouse():
            ink = theme.colour(self, "text" if self.folds else "muted")
            at, spot = (CHEVRON, QPointF(6, middle)) if self.folds or self.folded else (0.0, QPointF(-20, middle))
            if self.folded:
                painter.save()
                painter.translate(spot)
                painter.rotate(-90)
                paint.chevron(painter, QPointF(0, 0), ink)
                painter.restore()
            else:
                paint.chevron(painter, spot, ink)
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        painter.setPen(theme.colour(self, "text"))
        painter.setFont(self.font())
        painter.drawText(QRectF(at, 0, words + 2, self.height()), LEFT, self.text())
        if self.folded and self.inside:
            quiet = self._quiet
            room = QRectF(at + words + 10, 0, self.width() - at - words - 10, self.height())
            painter.setFont(quiet)
            painter.setPen(theme.colour(self, "muted"))
            end = Qt.TextElideMode.ElideRight
            painter.drawText(room, LEFT, QFontMetrics(quiet).elidedText(self.inside, end, int(room.width())))
        if self.hasFocus():
            paint.ring(painter, self, QRectF(self.rect()).adjusted(0, 1, -1, -1), paint.FIELD)


class FormSection(QWidget):
    """The head, and under it the rows that have a place in forms; without any, nothing is seen of it."""

    def __init__(
        self, name: str, section: Section, station: Station, parent: QWidget, record: Callable[[], Record | None]
    ) -> None:
        super().__init__(parent)
        title = source(section, "title")
        self.section, self._record = section, record
        self._memory, self._station = f"{name}.folded.{title}", station
        self._folded = bool(station.recall(self._memory, section.folded)) if title else False
        self.empty = True
        self.rows: list[FieldRow] = []
        self.heading = head = SectionHead(self)
        word = title.lower().replace(" ", "_") or f"of_{section.fields[0]}"
        head.setObjectName(f"{name}.section_{word}")
        head.setAccessibleName(section.title)
        head.setText(section.title)
        head.folds = section.folded
        # One that starts folded can be opened by key; the others would only stand in the way of Tab.
        head.setFocusPolicy(Qt.FocusPolicy.TabFocus if section.folded else Qt.FocusPolicy.NoFocus)
        head.clicked.connect(self._toggle)
        self._body = QWidget(self)
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(BETWEEN)
        self._grid.setVerticalSpacing(PITCH)
        self._grid.setColumnStretch(1, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(head)
        column.addWidget(self._body, 1)
        column.addStretch(0)
        self.beside_titled = False
        self._show()

    @property
    def body(self) -> QWidget:
        """What the rows stand in."""
        return self._body

    def arrange(self, rows: Iterable[FieldRow]) -> None:
        """Put these rows in their order, one below the other."""
        self.rows = list(rows)
        days = any(row.kind.edited_by in DAYS for row in self.rows)
        for row in self.rows:
            row.dress()
            row.align_with_days(days)
        for place, row in enumerate(self.rows):
            self._grid.removeWidget(row.label)
            self._grid.removeWidget(row)
            self._grid.setRowStretch(place, 0)
        shown = [row for row in self.rows if row.has_a_place]
        for place, row in enumerate(shown):
            side = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(row.label, place, 0, side)
            if row.is_tall:
                self._grid.addWidget(row, place, 1)
                self._grid.setRowStretch(place, 2 if place == 0 else 1)
            else:
                self._grid.addWidget(row, place, 1, side)
        self.empty = not shown
        self._show()

    @property
    def is_tall(self) -> bool:
        """Whether it takes as much height as there is beside it."""
        return any(row.is_tall for row in self.rows)

    def space(self, height: int) -> None:
        """More room between fields in a high window."""
        wanted = WIDE_PITCH if height >= TALL else PITCH
        if self._grid.verticalSpacing() != wanted:
            self._grid.setVerticalSpacing(wanted)

    def settle(self) -> None:
        """Lay it out now: a sentence has come under a field."""
        self._grid.activate()
        self._column.activate()

    def stand_beside(self, titled: bool) -> None:
        """Leave room for a head where those beside it have one."""
        self.beside_titled = titled
        self._show()

    def _show(self) -> None:
        titled = bool(self.heading.text())
        self.setVisible(not self.empty)
        self.heading.setVisible(titled)
        head = 0 if titled or not self.beside_titled else self.heading.sizeHint().height() + 2
        self._column.setContentsMargins(0, head, 0, 0)
        self._body.setVisible(not self._folded)
        self.heading.folded = self._folded
        self.tell()
        self.heading.setAccessibleDescription(_("Folded") if self._folded else _("Unfolded"))

    def tell(self) -> None:
        """Say beside the head what is inside while it is folded."""
        if self._folded:
            self.heading.inside = self._inside()
        self.heading.update()

    def _inside(self) -> str:
        record = self._record()
        held = [(row.kind, getattr(record, row.kind.name)) for row in self.rows] if record is not None else []
        said = [f"{kind.label} {shown(kind, value)}" for kind, value in held if value not in (None, "", False)]
        return " · ".join(said) or _("empty")

    def open(self) -> None:
        """Open for now: something in it has been filled in. Whether it is folded next time stays as it was."""
        self._folded = False
        self._show()

    def _toggle(self) -> None:
        if not self.heading.text():
            return
        self._folded = not self._folded
        self._show()
        self._station.remember(self._memory, self._folded)
