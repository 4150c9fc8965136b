"""A language that is written from right to left turns the page: every part stands mirrored (BX-35, VT-1)."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QWidget,
)

from channergy_crm import language
from channergy_crm.services.calendar.entries import Entry
from tests.ui.every_view import VIEWS, go
from tests.ui.test_every_widget import path
from ui.application import speak
from ui.charts.bars import Bars
from ui.charts.chart import Mark
from ui.charts.heat import Heat
from ui.charts.lengths import Lengths
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.turned import in_row, kept_in_row, turned
from ui.pages.calendar.hours import HoursView
from ui.pages.calendar.month import MonthView
from ui.pages.calendar.view import EntryView
from ui.shell import settings_tab
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.shell.window import MainWindow

LEFTWARDS, RIGHTWARDS = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
INSIDE = (QLineEdit, QComboBox, QTabBar, QTabWidget, QScrollBar, QStackedWidget)
"""what Qt lays out in its own way, tabs and what is beside them when their window is next laid out"""
MARGINS = 24
"""pixels by which something may be off: the margins of a layout stay at their side in Qt"""


@pytest.fixture
def leftwards(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    speak(qapp, language.ENGLISH)
    assert qapp.layoutDirection() == RIGHTWARDS


def places(page: QWidget) -> dict[int, tuple[QRect, int, str]]:
    """Where everything on a page stands in what it stands in, and how wide that is."""
    found = {}
    for widget in page.findChildren(QWidget):
        held = widget.parentWidget()
        if not widget.isVisible() or held is None or widget.isWindow() or isinstance(held, INSIDE):
            continue
        if isinstance(held, QAbstractScrollArea) or held.objectName() == "qt_scrollarea_viewport":
            continue  # the bar at its side moves what is in it
        found[id(widget)] = (widget.geometry(), held.width(), path(widget))
    return found


def unmirrored(before: dict[int, tuple[QRect, int, str]], after: dict[int, tuple[QRect, int, str]]) -> list[str]:
    """What does not stand at the other side: x' = W - x - w."""
    return [
        f"{name}: {was.x()} is {after[key][0].x()} of {width}, {was.width()} wide"
        for key, (was, width, name) in before.items()
        if key in after and (after[key][0].size(), after[key][1]) == (was.size(), width)
        and abs(after[key][0].x() - (width - was.x() - was.width())) > MARGINS
    ]  # fmt: skip


def test_vt1_every_part_of_every_view_and_topic_stands_mirrored(leftwards: QApplication, window: MainWindow) -> None:
    """In one window, turned and turned back; what has come meanwhile is left out."""
    menu = window.findChild(Menu)
    assert menu is not None
    topics = [topic.name for topic in settings_tab.topics(menu)]
    wrong = {}
    for view in [*VIEWS, *topics]:
        if view in VIEWS:
            go(window, view)
        else:
            settings_tab.open_at(menu, view)
        QApplication.processEvents()
        before = places(window)
        leftwards.setLayoutDirection(LEFTWARDS)
        QApplication.processEvents()
        there = places(window)
        leftwards.setLayoutDirection(RIGHTWARDS)
        QApplication.processEvents()
        again = places(window)
        wrong[view] = unmirrored({key: held for key, held in before.items() if again.get(key) == held}, there)
    assert {view: said for view, said in wrong.items() if said} == {}


def test_vt1_the_language_says_which_way_the_page_is_read(leftwards: QApplication) -> None:
    assert speak(leftwards, language.PSEUDO_RTL) == "pseudo-rtl" and leftwards.layoutDirection() == LEFTWARDS
    assert language._("Save").endswith("]\u200f") and kept_in_row(language._("Save")) == language._("Save")
    assert kept_in_row("+1 504 621 8927") == in_row("+1 504 621 8927") == "\u2066+1 504 621 8927\u2069"


def picture_of(size: QSize, draw: Any) -> QImage:
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    with QPainter(picture) as painter:
        draw(painter)
    return picture


def test_vt1_what_is_painted_stands_mirrored_and_a_check_stays_a_check(leftwards: QApplication) -> None:
    """Rectangles, lines, paths and pictures at the other side; what points along the line points the other way."""
    widget = QWidget()
    widget.resize(80, 40)

    def draw(painter: QPainter) -> None:
        path = QPainterPath(QPointF(60, 4))
        path.lineTo(70, 4)
        path.lineTo(70, 14)
        painter = turned(painter, widget)
        painter.fillRect(QRect(0, 0, 6, 40), Qt.GlobalColor.blue)
        painter.fillPath(path, Qt.GlobalColor.red)
        painter.drawLine(10, 30, 30, 35)
        painter.drawPixmap(QPoint(40, 20), icon("phone", widget).pixmap(12, 12).copy(0, 0, 6, 6))
        painter.save()
        painter.translate(QPointF(20, 12))
        painter.rotate(-90)
        paint.chevron(painter, QPointF(0, 0), theme.colour(widget, "text"))
        painter.restore()

    widget.setLayoutDirection(RIGHTWARDS)
    straight = picture_of(widget.size(), draw)
    widget.setLayoutDirection(LEFTWARDS)
    backwards = picture_of(widget.size(), draw)
    assert backwards.pixelColor(79, 20) == Qt.GlobalColor.blue and backwards.pixelColor(2, 20) == Qt.GlobalColor.white
    for at in ((3, 39), (68, 6), (20, 12)):
        assert backwards.pixelColor(79 - at[0], at[1]) == straight.pixelColor(*at), at
    room = QRectF(4, 4, 15, 15)
    ink = theme.colour(widget, "text")
    checks = [
        picture_of(QSize(80, 40), lambda painter, at=at: paint.check(at(painter), room, ink)).copy(where)
        for at, where in ((lambda p: p, QRect(4, 4, 15, 15)), (lambda p: turned(p, widget), QRect(61, 4, 15, 15)))
    ]
    assert checks[0] == checks[1]
    one = icon("next", widget).pixmap(16, 16).toImage()
    widget.setLayoutDirection(RIGHTWARDS)
    assert icon("next", widget).pixmap(16, 16).toImage() == one.flipped(Qt.Orientation.Horizontal)
    assert one != one.flipped(Qt.Orientation.Horizontal)


def marks(count: int) -> list[Mark]:
    return [
        Mark(n, (n, n % 3), f"No. {n}", str(n + 1), f"the {n}", n + 1.0, n / 2, cells=(str(n),)) for n in range(count)
    ]


def drawn(over: QWidget) -> Iterator[Any]:
    """A chart of each kind, hours and month of a calendar."""
    for kind in (Bars, Lengths):
        chart: Any = kind("chart", "A chart", over)
        chart.show_marks(marks(5), ("Name", "Figure"))
        yield chart
    heat = Heat("chart", "A map", over)
    heat.show_map(["8", "9", "10", "11", "12"], ["Mo", "Tu", "We", "Th", "Fr"], marks(5), ("Day", "Hour"))
    yield heat
    monday = date(2026, 11, 30)
    days = tuple(monday + timedelta(days=n) for n in range(28))
    entries = [
        Entry(
            n, days[n % 5], time(9 + n) if n < 4 else None, 60, "call", f"Call {n}", "", "", "ANN", "", False, 0, True
        )
        for n in range(6)
    ]
    for view in (HoursView("calendar", "Hours", over), MonthView("calendar", "Month", over)):
        view.bar.hide() if isinstance(view, HoursView) else None
        view.show_entries(entries, days[:5] if isinstance(view, HoursView) else days, ("ANN",))
        yield view


class Rooms:
    """Every rectangle that is painted, wherever its words come from."""

    def __init__(self, widget: QWidget, patch: pytest.MonkeyPatch) -> None:
        self.seen: list[tuple[str, QRectF]] = []
        with patch.context() as patched:
            for name in ("fillRect", "drawRoundedRect", "drawText"):
                patched.setattr(QPainter, name, self._heard(name, getattr(QPainter, name)))
            widget.grab()

    def _heard(self, name: str, paints: Any) -> Any:
        def painted(painter: QPainter, *told: Any) -> Any:
            if isinstance(told[0], QRect | QRectF):
                self.seen.append((name, QRectF(told[0])))
            return paints(painter, *told)

        return painted

    def held(self, width: float = 0.0) -> list[tuple[str, int, int, int, int]]:
        """From the left; with a width from the right."""
        return sorted(
            (name, round(width - room.right() if width else room.left()), round(room.top()), round(room.width()),
             round(room.height())) for name, room in self.seen
        )  # fmt: skip


def test_vt1_calendar_and_charts_are_painted_mirrored_and_pressed_so(
    leftwards: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever paints itself: every bar, square, line and word at the other side, and a hand finds it there."""
    over = QWidget()
    for widget in drawn(over):
        widget.resize(720, 480)
        widget.setLayoutDirection(RIGHTWARDS)
        before = Rooms(widget, monkeypatch)
        widget.setLayoutDirection(LEFTWARDS)
        after = Rooms(widget, monkeypatch)
        assert len(before.seen) > 5 and after.held(720) == before.held(), type(widget).__name__
        if isinstance(widget, EntryView):
            entry, room = widget.rooms()[0]
            at = QPointF(720 - room.center().x(), room.center().y())
        else:
            entry, room = widget.marks[1].key, widget.room_of(widget.marks[1])
            at = QPointF(720 - room.left() - 6, room.center().y())
        told = QSignalSpy(widget.wanted if isinstance(widget, EntryView) else widget.opened)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at.toPoint())
        assert told.count() == 1 and entry in told.at(0), type(widget).__name__


def test_vt1_the_sheet_of_document_lines_begins_at_the_right(leftwards: QApplication, window: MainWindow) -> None:
    """Its columns stand in the order they are read; an editor and the verbs stand where their cell is."""
    window.go_to("invoices")
    grid: Any = window.findChild(QAbstractItemView, "invoices.lines")
    spans = {}
    for direction in (RIGHTWARDS, LEFTWARDS, RIGHTWARDS):
        leftwards.setLayoutDirection(direction)
        QApplication.processEvents()
        wide = grid.viewport().width()
        columns = [column for column in range(grid.cells.columnCount()) if not grid.isColumnHidden(column)]
        spans[direction] = [grid.begins(column) for column in columns], grid.ways_begin()
        places = [grid.columnViewportPosition(column) for column in columns]
        assert places == sorted(places, reverse=direction == LEFTWARDS)
        add = grid.ways.add.geometry()
        assert (add.center().x() < wide / 2) == (direction == RIGHTWARDS)
    assert spans[RIGHTWARDS] == spans[LEFTWARDS]
