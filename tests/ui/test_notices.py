"""Passing news: seen, heard, undone, gone, kept, and never in the way."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from channergy_crm import clock
from tests.ui.gestures import activate
from ui.session.notices import Notices

SHORT = 0.05


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(800, 400)
    qtbot.addWidget(window)
    line = QLineEdit(window)
    line.setObjectName("work")
    window.show()
    activate(qtbot, window)
    line.setFocus()
    return window


def part(notices, kind, name):
    return notices.findChild(kind, f"notices.{name}")


def enter(notices):
    middle = QPointF(5, 5)
    QApplication.sendEvent(notices, QEnterEvent(middle, middle, middle))


def test_news_is_seen_at_the_lower_edge_and_takes_no_focus(window):
    notices = Notices(window)
    notices.say("Lead saved.")
    assert notices.isVisible()
    assert part(notices, QLabel, "text").text() == "Lead saved."
    assert notices.geometry().bottom() < window.height() and notices.geometry().top() > window.height() / 2
    assert window.focusWidget().objectName() == "work"
    assert not part(notices, QPushButton, "undo").isVisible()
    assert not part(notices, QPushButton, "action").isVisible()


def test_a_click_on_undo_undoes_once_and_leaves_the_focus_where_it_was(window, qtbot):
    notices, undone = Notices(window), []
    notices.say("Lead removed.", undo=lambda: undone.append(1))
    undo = part(notices, QPushButton, "undo")
    assert undo.accessibleName() == "Undo"
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert undone == [1] and not notices.isVisible()
    assert window.focusWidget().objectName() == "work"


def test_another_step_may_be_offered(window, qtbot):
    notices, shown = Notices(window), []
    notices.say("38 leads imported.", action=("Show them", lambda: shown.append(1)), level="done")
    button = part(notices, QPushButton, "action")
    assert button.text() == button.accessibleName() == "Show them"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown == [1]


def test_news_is_gone_after_a_while(window, qtbot):
    notices = Notices(window, seconds=SHORT)
    notices.say("Saved.")
    qtbot.waitUntil(lambda: not notices.isVisible())


def test_news_is_shown_for_eight_seconds():
    assert Notices.__init__.__kwdefaults__ == {"seconds": 8.0}


def test_it_waits_while_somebody_reads(window, qtbot):
    notices = Notices(window, seconds=SHORT)
    notices.say("Saved.")
    enter(notices)
    with qtbot.assertNotEmitted(notices._gone.timeout, wait=150):
        pass
    assert notices.isVisible()
    QApplication.sendEvent(notices, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not notices.isVisible())


def test_it_waits_while_somebody_came_there_by_key(window, qtbot):
    notices = Notices(window, seconds=SHORT)
    notices.say("Removed.", undo=lambda: None)
    part(notices, QPushButton, "undo").setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(notices._gone.timeout):
        pass
    assert notices.isVisible()
    window.findChild(QLineEdit, "work").setFocus()
    qtbot.waitUntil(lambda: not notices.isVisible())


def test_the_newest_takes_the_place_and_fifty_are_kept(window):
    notices = Notices(window)
    with clock.fixed(datetime(2026, 11, 21, 14, 30)):
        for number in range(60):
            notices.say(f"News {number}", level="warning")
    assert part(notices, QLabel, "text").text() == "News 59"
    assert [notice.text for notice in notices.recent()] == [f"News {number}" for number in range(59, 9, -1)]
    assert notices.recent()[0].at == datetime(2026, 11, 21, 14, 30)


def test_recent_notices_open_from_the_status_line(window, qtbot):
    notices = Notices(window)
    button = notices.recent_button(window)
    assert (button.objectName(), button.accessibleName()) == ("notices.recent", "Recent notices")
    notices.show_recent(button).close()
    with clock.fixed(datetime(2026, 11, 21, 14, 30)):
        notices.say("Lead saved.")
    popup = notices.show_recent(button)
    assert popup.item(0).text() == "14:30  Lead saved."
    with qtbot.waitSignal(popup.destroyed):
        qtbot.keyClick(popup, Qt.Key.Key_Escape)


def test_it_can_be_closed(window, qtbot):
    notices = Notices(window)
    notices.say("Saved.")
    qtbot.mouseClick(part(notices, QToolButton, "close"), Qt.MouseButton.LeftButton)
    assert not notices.isVisible()
    assert len(notices.recent()) == 1


@pytest.mark.parametrize("width", [320, 500, 1400])
def test_long_news_stays_inside_the_window_and_whole(window, width):
    notices = Notices(window)
    text = "A number here has 10 digits; this one has 6. It is saved as typed, and can be mended later. " * 2
    window.resize(width, 400)
    notices.say(text.strip(), undo=lambda: None, level="warning")
    assert window.rect().contains(notices.geometry())
    label = part(notices, QLabel, "text")
    assert label.height() >= label.heightForWidth(label.width())


def test_it_stays_at_the_lower_edge_when_the_window_grows(window):
    notices = Notices(window)
    notices.say("Saved.")
    window.resize(1000, 700)
    assert window.height() - notices.geometry().bottom() < 12
    assert abs(notices.geometry().center().x() - 500) <= 1
