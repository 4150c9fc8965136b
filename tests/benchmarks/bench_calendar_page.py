"""The calendar on the screen: a month of 2,000 entries painted, a week of as many, a repaint while an entry is dragged.

`python -m tests.benchmarks.bench_calendar_page [ENTRIES]`. The floor is a bare widget that paints as many boxes with a
line of text as the view shows.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from datetime import timedelta
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm import clock
from channergy_crm.records import Task
from channergy_crm.work import bulk, unit
from tests.benchmarks import measure

ENTRIES, TIMES, MONTH, WEEK, FRAME = 2_000, 15, 50.0, 50.0, 16.0
"""milliseconds that were promised"""


def fill(entries: int) -> None:
    """So many calls, meetings and tasks in the month of today."""
    dice, first = random.Random(14), clock.today().replace(day=1)
    many = bulk.Many(Task)
    with unit("Make", by="ADMIN") as done:
        rows = [
            many.row({
                "action": f"{dice.choice(['Call', 'Offer for', 'Fair with'])} customer {number}", "owner": "ADMIN",
                "is_crm": True, "closed": dice.random() < 0.3, "activity": dice.choice(["call", "meeting", "task"]),
                "reminder_date": first + timedelta(days=dice.randrange(28)), "minutes": dice.choice([15, 30, 60]),
                "reminder_time": None if dice.random() < 0.2 else clock.now().time().replace(
                    hour=dice.randrange(8, 18), minute=15 * dice.randrange(4), second=0, microsecond=0),
            })
            for number in range(entries)
        ]  # fmt: skip
        many.insert(done, rows, bulk.reserve(Task, entries))


class Bare(QWidget):
    """Boxes with a line of text each, and nothing else."""

    def __init__(self, rooms: list[QRectF], parent: QWidget) -> None:
        super().__init__(parent)
        self.rooms = rooms

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor("#ffffff"))
        for room in self.rooms:
            painter.drawRoundedRect(room, 4, 4)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, "Call customer 12")


Times = list[tuple[float, float]]
"""pairs of milliseconds: by the clock, and of the processor"""


def painted(view: QWidget) -> Times:
    """The view onto a picture, as often as it takes to be sure."""
    picture = QImage(view.size(), QImage.Format.Format_ARGB32_Premultiplied)
    return [measure.worked(lambda: view.render(picture)) for _time in range(TIMES)]


def moves(view: Any) -> Times:
    """A step of a drag: the mouse moves, and what is shown is painted."""
    room = next(room for _entry, room in view.rooms() if room.top() > view.height() / 3)
    begun, left = room.center(), Qt.MouseButton.LeftButton
    picture = QImage(view.size(), QImage.Format.Format_ARGB32_Premultiplied)

    def send(what: QEvent.Type, at: QPointF) -> None:
        button = Qt.MouseButton.NoButton if what == QEvent.Type.MouseMove else left
        none = Qt.KeyboardModifier.NoModifier
        where = QPointF(view.mapToGlobal(at.toPoint()))
        QApplication.sendEvent(view, QMouseEvent(what, at, where, button, left, none))

    def step(place: int) -> None:
        send(QEvent.Type.MouseMove, begun + QPointF(0, 16 * (place + 1)))
        view.render(picture)

    send(QEvent.Type.MouseButtonPress, begun)
    took = [measure.worked(lambda place=place: step(place)) for place in range(TIMES)]
    view.let_go()
    return took


def main() -> int:
    """Measure, and say what was too slow."""
    from ui.application import open_office
    from ui.pages.calendar.page import CalendarPage

    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    app: Any = QApplication(["bench", "-style", "Fusion"])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        window = open_office(f"sqlite:///{folder}/office.db", "ADMIN")
        fill(entries)
        window.resize(1440, 900)
        window.show()
        window.go_to("calendar")
        page: Any = window.findChild(CalendarPage)
        figures = []
        for name, limit in (("month", MONTH), ("week", WEEK)):
            page.take("view", name, None)
            page.reload()
            while page.held is None or page.held.asked.last - page.held.asked.first < timedelta(days=6) or (
                not page.views[name].isVisible()
            ):  # fmt: skip
                app.processEvents()
            view = page.views[name]
            view.grab()
            bare = Bare([room for _entry, room in view.rooms()], window)
            bare.resize(view.size())
            floor = measure.median(wall for wall, _work in painted(bare))
            shown = len(page.held.entries)
            figures += [
                measure.figure_of(
                    f"a {name} of {shown:,} entries painted", painted(view), limit, floor
                ),
                measure.figure_of(f"a step of a drag in a {name}", moves(view), FRAME, floor),
                measure.figure(f"reading a {name}", page.held.took, 1_000.0, floor),
            ]  # fmt: skip
        code = measure.show("calendar_page", figures)
        window.close()
        window.session.office.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
