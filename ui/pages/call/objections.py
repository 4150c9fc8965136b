"""What they say against it, and what has been a good answer; the one noted on this lead first (BX-28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records.scripts import Objection
from channergy_crm.services import scripts
from ui.look import paint, theme
from ui.look.plain import Label, kept_to_itself
from ui.look.wording import spoken
from ui.pages.call.script import labels_of
from ui.widgets.controls import Button, ScrollBar
from ui.widgets.dialog import Plain, Remark, named
from ui.widgets.filled_text import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

    from channergy_crm.records import Lead
    from channergy_crm.services.scripts import Answer
    from channergy_crm.work import Done
    from ui.session.session import Session

HIGH, SIGN, TEXT_AT = 28, 16, 28
"""pixels: a row, where its chevron stands, where its words begin"""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
NONE_YET = N_("No objections are written down yet. They are kept in Settings, under Scripts and snippets.")
TABLE = Objection._meta.table_name


class Objections(QWidget):
    """Rows to open, one at a time. Arrows go from row to row, Enter or Space opens one and closes it again."""

    wanted = Signal(str)
    """the title that is to stand in the lead's Objection"""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "call.objections", _("Objections"))
        self._session = session
        self._lead: Lead | None = None
        self.rows: list[Row] = []
        title = Plain(_("Objections"), self, bold=True)
        title.setFont(theme.section(self.font()))
        title.setWordWrap(False)
        title.setMinimumHeight(theme.px(HIGH, self))  # as high as the drop-down of the script beside it
        self._count = Label(parent=self)
        self._count.setFont(theme.small(self.font()))
        self._count.muted()
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._count, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._area(), 1)
        session.done.connect(self._follow)

    def _area(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, area))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll, self._holder = area, QWidget(area)
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(0)
        self._instead = Remark("", self._holder)
        self._instead.say("")
        self._column.addWidget(self._instead)
        self._column.addStretch(1)
        area.setWidget(self._holder)
        area.viewport().setAutoFillBackground(False)
        self._holder.setAutoFillBackground(False)
        return area

    def show_lead(self, lead: Lead | None) -> None:
        """The answers for this lead; what is noted in its Objection is open, everything else is closed."""
        self._lead = lead
        self._look()
        noted = next((row for row in self.rows if not row.isHidden() and row.noted), None)
        self._open(noted)
        self._scroll.verticalScrollBar().setValue(0)

    def _follow(self, done: Done) -> None:
        if TABLE in done.tables and self.isVisible():
            self._look()

    def _look(self) -> None:
        by, lead = self._session.by, self._lead
        found = self._session.attempt(lambda: scripts.objections(lead, by, spoken)) or []
        self._count.setText(str(len(found)) if found else "")
        self._instead.say("" if found else _(NONE_YET))
        labels = labels_of([answer.said for answer in found], self._session)
        while len(self.rows) < len(found):
            self._add()
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(found))
            if place < len(found):
                row.show_answer(found[place], labels)

    def _add(self) -> None:
        row = Row(len(self.rows), self._holder)
        row.title.clicked.connect(lambda: self._open(None if row.is_open else row))
        row.title.went.connect(lambda by: self._go(row, by))
        row.put.clicked.connect(lambda: self.wanted.emit(row.title.text_said))
        row.copy.clicked.connect(lambda: self._copy(row))
        self.rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)

    def _open(self, wanted: Row | None) -> None:
        for row in self.rows:
            row.set_open(row is wanted)
        if wanted is not None:
            self._scroll.ensureWidgetVisible(wanted, 0, 0)

    def _go(self, row: Row, by: int) -> None:
        """The arrows: to the next row, or the one before."""
        shown: Sequence[Row] = [each for each in self.rows if not each.isHidden()]
        place = max(0, min(len(shown) - 1, shown.index(row) + by))
        shown[place].title.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(shown[place], 0, 0)

    def _copy(self, row: Row) -> None:
        QGuiApplication.clipboard().setText(row.answer.text())
        self._session.notices.say(_("The answer is on the clipboard."), level="done")


class Title(QPushButton):
    """The line of an objection: chevron, words, and whether it is noted on this lead."""

    went = Signal(int)
    """rows down, or up"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text_said, self.aside, self.opened = "", "", False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    def say(self, text: str, aside: str) -> None:
        """Say this from now on."""
        self.text_said, self.aside = text, aside
        self.setAccessibleName(", ".join(each for each in (text, aside) if each))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme.px(HIGH, self))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter opens."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Home: -1_000, Qt.Key.Key_End: 1_000}
        if event.key() in steps and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.went.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn, room = paint.begin_turned(self), theme.theme_of(self), QRectF(self.rect())
        if self.underMouse() and not self.opened:
            paint.box(painter, room, ground=QColor(worn.hover))
        if self.hasFocus():
            paint.ring(painter, self, room, paint.FIELD)
        self._paint_chevron(painter)
        words = room.adjusted(theme.px(TEXT_AT, self), 0, -8, 0)
        if self.aside:
            painter.setFont(theme.small(self.font()))
            painter.setPen(QColor(worn.muted))
            painter.drawText(words, RIGHT, self.aside)
            words.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(self.aside) - 8, 0)
        painter.setFont(theme.strong(self.font()) if self.opened else self.font())
        painter.setPen(QColor(worn.text))
        metrics, mode = painter.fontMetrics(), Qt.TextElideMode.ElideRight
        painter.drawText(words, LEFT, metrics.elidedText(kept_to_itself(self.text_said), mode, int(words.width())))

    def _paint_chevron(self, painter: QPainter) -> None:
        centre, ink = QPointF(theme.px(SIGN, self), self.height() / 2), theme.colour(self, "muted")
        if self.opened:
            paint.chevron(painter, centre, ink)
            return
        painter.save()
        painter.translate(centre)
        painter.rotate(-90)
        paint.chevron(painter, QPointF(0, 0), ink)
        painter.restore()


class Row(QWidget):
    """An objection; open it is a tile with its answer, *Put into Objection* and *Copy*."""

    def __init__(self, place: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_open = self.noted = False
        self.title = named(Title(self), f"call.objection.{place}", "")
        self._body = QWidget(self)
        self.answer = FilledText(self._body)
        self.put = named(Button(_("Put into Objection"), self._body), f"call.objection.{place}.put", "")
        self.copy = named(Button(_("Copy"), self._body), f"call.objection.{place}.copy", "")
        self.copy.quiet()
        verbs = QHBoxLayout()
        verbs.setSpacing(8)
        verbs.addWidget(self.put)
        verbs.addWidget(self.copy)
        verbs.addStretch(1)
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(theme.px(TEXT_AT, self), 0, 12, 10)
        inside.setSpacing(8)
        inside.addWidget(self.answer)
        inside.addLayout(verbs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self._body)
        self._body.hide()

    def show_answer(self, answer: Answer, labels: Mapping[str, str]) -> None:
        """Show this objection."""
        self.noted = answer.noted
        self.title.say(answer.title, _("on this lead") if answer.noted else "")
        self.answer.show_text(answer.said, labels)
        self.put.setAccessibleName(_("Put “{title}” into Objection").format(title=answer.title))
        self.copy.setAccessibleName(_("Copy the answer to “{title}”").format(title=answer.title))

    def set_open(self, on: bool) -> None:
        """Show the answer, or the title alone."""
        if self.is_open != on:
            self.is_open = self.title.opened = on
            self._body.setVisible(on)
            self.title.setAccessibleDescription(self.answer.text() if on else "")
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn = paint.begin_turned(self), theme.theme_of(self)
        if self.is_open:
            paint.box(painter, QRectF(self.rect()), ground=QColor(worn.tile), round_by=paint.TILE)
        else:
            at = theme.px(SIGN, self) - 6
            painter.fillRect(QRectF(at, self.height() - 1, self.width() - at, 1), QColor(worn.hair))
