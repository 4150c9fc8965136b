"""The window is closed right after dialing: nobody waits for it, and the number arrives all the same (BX-1, CH-45)."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication

from channergy_crm.dialing.clipboard_hotkey import ClipboardHotkey
from channergy_crm.settings import BRIDGE
from tests.ui.hands import KEY, Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("three_leads")]
LONG = 20.0
"""seconds; nothing here takes them"""


class Gone(QObject):
    """Tells other threads when a window is not seen any more."""

    def __init__(self, hands: Hands) -> None:
        super().__init__(hands.window)
        self.told = threading.Event()
        hands.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear it go."""
        if event.type() == QEvent.Type.Hide:
            self.told.set()
        return False


def test_bx1_the_number_is_copied_while_the_window_closes_and_nobody_waits_for_anybody(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only the window itself can copy, who closes it and who copies would wait for each other: five seconds."""
    for screen in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(screen, raising=False)
    QGuiApplication.clipboard().setText("an address")
    hands.press(KEY.Key_F9)
    hands.window.close()
    assert QGuiApplication.clipboard().text() == "+18005550102"
    assert hands.window.background.wait(0), "it went because the number was copied, not because time was up"


def test_bx1_who_closes_sees_the_window_go_while_the_dialer_is_still_coming(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, gone, office_closes = list[object](), Gone(hands), threading.Event()
    hands.window.session.closing.connect(office_closes.set)

    def dial_slowly(_bridge: ClipboardHotkey, number: str) -> None:
        sent.append((number, gone.told.wait(LONG), office_closes.is_set()))

    monkeypatch.setattr(ClipboardHotkey, "check", lambda _bridge: None)
    monkeypatch.setattr(ClipboardHotkey, "dial", dial_slowly)
    hands.window.session.station.set(BRIDGE, "clipboard_hotkey")
    hands.press(KEY.Key_F9)
    hands.window.close()
    assert sent == [("+18005550102", True, False)], "first nobody sees it any more, then it is dialed, then all ends"
