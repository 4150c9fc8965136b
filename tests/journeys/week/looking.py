"""Deeds that change nothing: Home, Find, calculator, clock, pages turned, paper; a list taken out, figures seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QRadioButton

from channergy_crm.records import Lead
from tests.journeys.week import stands
from tests.ui.gestures import activate, part, walk
from tests.ui.hands import CTRL, KEY, SHIFT
from ui.pages.home.page import HomePage
from ui.paper import painting
from ui.paper.preview_dialog import PreviewDialog
from ui.transfer.export_dialog import ExportDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.week.book import Desk

PAGES = ("contacts", "opportunities", "tasks", "board", "calendar")
FIGURES = ("figures", "pipeline", "events")


def see_home(desk: Desk) -> None:
    """Home, until every block says what it is about."""
    stands.page(desk, "home")
    home = desk.hands.window.findChild(HomePage)
    desk.hands.bot.waitUntil(lambda: all(filling.known for filling in home.fillings.values()))


def find_somebody(desk: Desk) -> None:
    """Ctrl+K, a name, Enter."""
    hands = desk.hands
    held = Lead.select().where(Lead.owner == desk.by).order_by(Lead.number).first() or Lead.select().first()
    hands.press(KEY.Key_K, CTRL)
    hands.type(held.last_name)
    results = hands.window.header.search.results
    hands.bot.waitUntil(lambda: any(held.last_name in results().item(row).text() for row in range(results().count())))
    hands.press(KEY.Key_Escape)
    hands.press(KEY.Key_Escape)


def reckon(desk: Desk) -> None:
    """The calculator comes on its key, reckons and goes on Esc."""
    desk.hands.press(KEY.Key_K, CTRL | SHIFT)
    desk.hands.bot.waitUntil(lambda: stands.tool(desk, "calculator") is not None)
    tool = stands.tool(desk, "calculator")
    QTest.keyClicks(tool.line, "19*12")
    QTest.keyClick(tool.line, KEY.Key_Return)
    assert tool.line.text() == "228"
    QTest.keyClick(tool.line, KEY.Key_Escape)
    assert not tool.isVisible()


def look_at_the_clock(desk: Desk) -> None:
    """The clock tells what time it is in the office."""
    desk.hands.press(KEY.Key_H, CTRL | SHIFT)
    desk.hands.bot.waitUntil(lambda: stands.tool(desk, "clock") is not None)
    tool = stands.tool(desk, "clock")
    desk.hands.bot.waitUntil(lambda: "The office" in tool.copied() and tool.isActiveWindow())
    tool.close()
    activate(desk.hands.bot, desk.hands.window)


def turn_the_pages(desk: Desk) -> None:
    """Pages that are looked at on the way."""
    for name in PAGES:
        stands.page(desk, name)
        QApplication.processEvents()


def look_at_figures(desk: Desk) -> None:
    """What supervisors look at."""
    for name in FIGURES:
        stands.page(desk, name)
        QApplication.processEvents()


def meeting(desk: Desk, kind: type[Any], does: Callable[[Any], object], ready: Callable[[Any], bool]) -> list[bool]:
    """Do this with the dialog that comes, once it is ready; the list is filled when it was done."""
    done: list[bool] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and ready(dialog) and not done:
            done.append(True)
            timer.stop()
            does(dialog)

    timer = QTimer(desk.hands.window)
    timer.timeout.connect(look)
    timer.start(10)
    return done


def print_a_list(desk: Desk) -> None:
    """Ctrl+P in the leads: the pages are looked at and kept as a PDF."""
    hands, path = desk.hands, desk.book.folder / f"list {desk.book.next()}.pdf"
    hands.go("leads")
    hands.read_to_the_end("leads")
    if not hands.rows("leads"):
        return

    def keep(dialog: PreviewDialog) -> None:
        assert dialog.paper is not None
        painting.save_pdf(dialog.paper, path, lambda _done, _total: None)
        dialog.reject()

    hands.stand("leads", 0)
    done = meeting(desk, PreviewDialog, keep, lambda dialog: dialog.paper is not None)
    hands.press(KEY.Key_P, CTRL)
    hands.bot.waitUntil(lambda: bool(done))
    assert path.read_bytes().startswith(b"%PDF")
    desk.book.done["PDF files"] += 1


def export_a_list(desk: Desk) -> None:
    """*Export…* of the leads, into a table of text."""
    hands, path = desk.hands, desk.book.folder / f"list {desk.book.next()}.csv"
    hands.go("leads")
    hands.read_to_the_end("leads")

    def fill(dialog: ExportDialog) -> None:
        part(dialog, "export.found", QRadioButton).setChecked(True)
        walk(hands.bot, part(dialog, "export.format"), "Table of text (CSV)")
        part(dialog, "export.file", QLineEdit).setText(str(path))
        part(dialog, "export.export", QPushButton).click()

    done = meeting(desk, ExportDialog, fill, lambda dialog: dialog.isActiveWindow())
    next(each for each in hands.part("leads.list").actions() if each.objectName() == "leads.export").trigger()
    hands.bot.waitUntil(lambda: bool(done) and "exported" in hands.part("notices.text", QLabel).text())
    assert path.stat().st_size
    desk.book.done["exports"] += 1
