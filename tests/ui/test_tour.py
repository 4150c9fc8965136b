"""The guided tour over the sample office, done by keys in the real window (BX-36, VT-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QRect, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from channergy_crm.records import Lead, PhoneCall
from channergy_crm.services import office as office_
from channergy_crm.services.rights import Program
from channergy_crm.settings import SAMPLE
from tests.ui.hands import CTRL, KEY, SHIFT
from ui.shell.menu import Menu
from ui.shell.tour import beginning, guide
from ui.shell.tour.guide import Guide

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def tour(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The tour from its beginning; it looks more often than for people."""
    monkeypatch.setattr(guide, "LOOK_MS", 20)
    window.session.station.remember("tour.step.ANN", "")
    window.resize(1280, 900)
    window.findChild(Menu).run("tour")
    begun = window.findChild(Guide)
    yield begun
    if window.findChild(Guide) is not None:
        window.findChild(Guide).end()


def press(key: Any, *held: Any) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None, "the keys are nowhere"
    QTest.keyClick(focus, key, *held)


def listed(qtbot: Any, window: MainWindow) -> Any:
    """The list of the page, read, with a record under the cursor."""
    table: Any = window.main_table()
    qtbot.waitUntil(lambda: not table.is_reading and table.current() is not None)
    return table


def answering(window: MainWindow, key: Any) -> QTimer:
    """Press a key in the dialog that comes."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and dialog.isActiveWindow():
            timer.stop()
            QTest.keyClick(dialog.focusWidget() or dialog, key)

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(10)
    return timer


def test_bx36_vt13_the_tour_is_done_by_keys_and_changes_what_it_says(qtbot: Any, window: MainWindow, tour: Any) -> None:
    def comes(name: str) -> None:
        qtbot.waitUntil(lambda: tour.step.name == name, timeout=3000)
        assert QApplication.focusWidget() is not None, name

    comes("welcome")
    assert QApplication.focusWidget().objectName() == "tour.next"
    press(KEY.Key_Return)
    comes("reminders")
    press(KEY.Key_2, CTRL)
    comes("dial")
    listed(qtbot, window)
    calls = PhoneCall.select().count()
    press(KEY.Key_L, CTRL | SHIFT)
    comes("result")
    press(KEY.Key_1)
    comes("note")
    press(KEY.Key_Tab)
    press(KEY.Key_Return, CTRL)
    comes("undo")
    assert PhoneCall.select().count() == calls + 1
    press(KEY.Key_Z, CTRL)
    comes("filter")
    assert PhoneCall.select().count() == calls
    press(KEY.Key_F, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "a")
    comes("search")
    press(KEY.Key_K, CTRL)
    comes("convert")
    press(KEY.Key_Escape)
    window.main_table().search.clear()
    window.main_table().grid.setFocus()
    table = listed(qtbot, window)
    lead = Lead.get_by_id(table.current())
    assert lead.owner == "ANN"
    timer = answering(window, KEY.Key_Return)
    press(KEY.Key_O, CTRL | SHIFT)
    timer.stop()
    if tour.step.name == "convert":  # it belongs to an account that looks like it: nothing is chosen beforehand
        tour.go(1)
    comes("board")
    tour.go(1)
    comes("quote")
    tour.turn_to_card()
    press(KEY.Key_Return)
    while tour.step.name != "help":
        press(KEY.Key_Return)
    press(KEY.Key_F1)
    qtbot.waitUntil(lambda: window.findChild(Guide) is None)
    assert guide.is_over(window) and QApplication.focusWidget() is not None


def test_bx36_it_stands_beside_what_it_speaks_of_at_every_size_and_is_taken_up_again(
    qtbot: Any, window: MainWindow, tour: Any
) -> None:
    for size in ((960, 700), (1280, 960)):
        window.resize(*size)
        tour.at = 0
        for _step in tour.steps:
            QApplication.processEvents()
            tour._look() if tour.step.done is None else tour._stand()
            card = tour.card.geometry()
            assert window.rect().contains(card), (size, tour.step.name)
            part = tour.target()
            in_a_call = tour.step.name in ("result", "note")  # what the call bar shows is walked by keys above
            assert part is not None or not tour.step.parts or in_a_call, (size, tour.step.name)
            if part is not None and tour.step.name in ("dial", "undo", "search"):
                there = QRect(part.mapTo(window, part.rect().topLeft()), part.size())
                assert not there.intersects(card), (size, tour.step.name)
            for label in tour.card.findChildren(QLabel):
                assert label.height() >= label.heightForWidth(label.width()) or not label.text(), label.text()
            if tour.step is tour.steps[-1]:
                break
            tour.go(1)
    tour.at = 5
    tour._begin_step()
    tour.turn_to_card()
    press(KEY.Key_Escape)
    assert window.findChild(Guide) is None and QApplication.focusWidget() is not None
    beginning.begin(window)
    again = window.findChild(Guide)
    assert again.at == 5
    again.card.back.click()
    assert again.at == 4
    press(KEY.Key_F1, CTRL)
    press(KEY.Key_F1, CTRL)
    again.end()


def test_bx36_an_office_of_ones_own_is_left_alone(hands: Any) -> None:
    assert office_.get(SAMPLE, Program.ITSELF) == ""
    hands.window.findChild(Menu).run("tour")
    assert hands.window.findChild(Guide) is None and "sample office" in hands.said()
    assert hands.part("notices.action", QWidget).isVisible()
    beginning.offer(hands.window)
    assert hands.window.findChild(Guide) is None


def test_bx36_the_sample_office_offers_it_quietly_until_it_was_taken(window: MainWindow) -> None:
    window.session.station.remember("tour.step.ANN", "")
    beginning.offer(window)
    assert "made up" in window.findChild(QLabel, "notices.text").text()
    window.notices.dismiss()
    window.session.station.remember("tour.step.ANN", guide.OVER)
    beginning.offer(window)
    assert not window.notices.isVisible()
