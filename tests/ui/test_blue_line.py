"""The blue line: dragged, clicked, moved by key, remembered; also over the opportunities of an account."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests import made
from tests.ui.hands import KEY, LEFT, Hands
from ui.look import theme
from ui.widgets.splitter import BlueLine, BlueLineHandle

pytestmark = pytest.mark.engines("sqlite")

ACME = "Acme Books; Ann Lee"
LINES = ["accounts.line", "accounts.opportunities.line"]


@pytest.fixture
def lines(hands: Hands) -> Hands:
    """An account with an opportunity, at its opportunities: both lines are on the screen."""
    made.opportunity(made.account(ACME), "Licenses")
    hands.open_account(ACME, "opportunities")
    hands.reads("accounts.opportunities", "name", ["Licenses"])
    return hands


def line(hands: Hands, name: str) -> BlueLine:
    """The two sides and the line between them."""
    return hands.part(name, BlueLine)


def handle(hands: Hands, name: str) -> BlueLineHandle:
    """The line itself."""
    return hands.part(f"{name}.handle", BlueLineHandle)


def drag(handle: QWidget, by: int) -> None:
    """Press, move in three steps and let go."""
    across = handle.parentWidget().orientation() == Qt.Orientation.Horizontal
    middle = handle.rect().center()
    start = handle.mapToGlobal(middle)

    def send(kind: QEvent.Type, place: QPoint, buttons: Any) -> None:
        local = QPointF(handle.mapFromGlobal(place))
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        event = QMouseEvent(kind, local, QPointF(place), button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(handle, event)

    send(QEvent.Type.MouseButtonPress, start, LEFT)
    for step in (1, 2, 3):
        way = by * step // 3
        send(QEvent.Type.MouseMove, start + (QPoint(way, 0) if across else QPoint(0, way)), LEFT)
    end = start + (QPoint(by, 0) if across else QPoint(0, by))
    send(QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton)


def seen(widget: QWidget) -> bool:
    """Whether there is anything of it on the screen."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


@pytest.mark.parametrize("name", LINES)
def test_ch53_dragging_the_line_shares_the_room_otherwise(lines: Hands, name: str) -> None:
    before = line(lines, name).sizes()
    by = -60 if name == "accounts.line" else 60
    drag(handle(lines, name), by)
    after = line(lines, name).sizes()
    assert after[0] == pytest.approx(before[0] + by, abs=3)
    assert after[1] == pytest.approx(before[1] - by, abs=3)
    assert not line(lines, name).list_hidden


@pytest.mark.parametrize("name", LINES)
def test_ch52_clicking_the_line_toggles_between_grid_and_record_and_record_only(lines: Hands, name: str) -> None:
    grid = lines.grid(name.removesuffix(".line"))
    before = line(lines, name).sizes()
    lines.bot.mouseClick(handle(lines, name), LEFT)
    assert line(lines, name).sizes() == [0, sum(before)] and not seen(grid)
    assert seen(lines.part("opportunities.name"))
    lines.bot.mouseClick(handle(lines, name), LEFT)
    assert line(lines, name).sizes() == before and seen(grid)


def test_ch52_a_trembling_hand_still_clicks_and_a_drag_is_no_click(lines: Hands) -> None:
    drag(handle(lines, "accounts.line"), 2)
    assert line(lines, "accounts.line").list_hidden
    drag(handle(lines, "accounts.line"), -1)
    assert not line(lines, "accounts.line").list_hidden
    drag(handle(lines, "accounts.line"), 40)
    assert not line(lines, "accounts.line").list_hidden


def test_ch85_clicking_the_blue_line_maximises_the_opportunities_view(lines: Hands) -> None:
    opportunities, record = lines.grid("accounts.opportunities"), lines.part("opportunities.name")
    before = opportunities.height()
    accounts = lines.grid("accounts")
    room = accounts.height()
    lines.bot.mouseClick(handle(lines, "accounts.line"), LEFT)
    lines.bot.waitUntil(lambda: opportunities.height() >= before + room)
    assert not seen(accounts) and seen(opportunities) and seen(record)


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("key", [KEY.Key_Space, KEY.Key_Return])
def test_ch52_the_line_is_reached_by_tab_and_works_with_keys(lines: Hands, name: str, key: Any) -> None:
    lines.grid("accounts").setFocus()
    target = handle(lines, name)
    for _ in range(60):
        if target.hasFocus():
            break
        lines.press(KEY.Key_Tab)
    assert target.hasFocus(), "Tab never comes to the line"
    assert target.accessibleName() == "Blue line between list and record" and target.toolTip()
    lines.press(key)
    assert line(lines, name).list_hidden
    lines.press(key)
    assert not line(lines, name).list_hidden


@pytest.mark.parametrize(
    ("name", "on", "back"),
    [(LINES[0], KEY.Key_Down, KEY.Key_Up), (LINES[1], KEY.Key_Right, KEY.Key_Left)],
)
def test_ch53_the_arrow_keys_move_the_line_that_has_the_focus(lines: Hands, name: str, on: Any, back: Any) -> None:
    before = line(lines, name).sizes()
    handle(lines, name).setFocus()
    lines.press(on)
    assert line(lines, name).sizes()[0] == pytest.approx(before[0] + 24, abs=2)
    lines.press(back)
    assert line(lines, name).sizes() == pytest.approx(before, abs=2)


def test_the_focus_on_the_line_is_seen(lines: Hands) -> None:
    target = handle(lines, "accounts.line")
    lines.grid("accounts").setFocus()
    without = target.grab().toImage()
    target.setFocus()
    assert target.grab().toImage() != without


def test_ch52_the_line_is_blue_in_light_and_dark(lines: Hands, qapp: QApplication) -> None:
    try:
        for choice in ("light", "dark"):
            theme.apply(qapp, choice)
            target = handle(lines, "accounts.line")
            beside_the_grip = QPoint(20, target.rect().center().y())
            shown = target.grab().toImage().pixelColor(beside_the_grip)
            assert shown.name() == theme.colour(target, "accent").name()
            assert shown.blue() > shown.red() and shown.blue() > shown.green()
    finally:
        theme.apply(qapp, "light")


@pytest.mark.parametrize("name", LINES)
def test_ch53_the_position_is_remembered_in_a_new_window(lines: Hands, name: str) -> None:
    drag(handle(lines, name), 60)
    kept = line(lines, name).sizes()
    lines.open_again()
    lines.open_account(ACME, "opportunities")
    assert line(lines, name).sizes() == pytest.approx(kept, abs=2)


def test_ch52_record_only_is_remembered_in_a_new_window_and_a_click_brings_the_list_back(lines: Hands) -> None:
    lines.bot.mouseClick(handle(lines, "accounts.line"), LEFT)
    lines.open_again()
    lines.go("accounts")
    assert line(lines, "accounts.line").list_hidden
    lines.bot.mouseClick(handle(lines, "accounts.line"), LEFT)
    assert seen(lines.grid("accounts"))
    assert lines.grid("accounts").height() > 100
