"""The keys that open the dialer never reach our own fields and menus (CH-46)."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

from channergy_crm.dialing import Dialed, SystemClipboard, keyboard
from channergy_crm.dialing.clipboard_hotkey import ClipboardHotkey
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.dialing.keyboard import Hotkey
from channergy_crm.settings import BRIDGE
from tests.ui.hands import ALT, CTRL, KEY, PLAIN, SHIFT, Hands
from ui.session.dial_keys import DialKeys
from ui.setup.try_dialing import dialed_told

DIALERS = [("alt+c", KEY.Key_C, ALT), ("Ctrl + Shift + D", KEY.Key_D, CTRL | SHIFT), ("f12", KEY.Key_F12, PLAIN),
           ("option+enter", KEY.Key_Return, ALT)]  # fmt: skip


class Window(QMainWindow):
    """A window with a field, a menu at its top, and a shortcut."""

    def __init__(self, hotkey: str) -> None:
        super().__init__()
        self.field = QLineEdit("Yusuf", self)
        self.setCentralWidget(self.field)
        self.heard: list[str] = []
        self.menuBar().addMenu("&Calls").aboutToShow.connect(lambda: self.heard.append("menu"))
        self.field.returnPressed.connect(lambda: self.heard.append("enter"))
        shortcut = QShortcut(QKeySequence(hotkey), self.field)
        for signal in (shortcut.activated, shortcut.activatedAmbiguously):  # where the menu has the same key
            signal.connect(lambda: self.heard.append("shortcut"))


def shown(qtbot: Any, hotkey: str = "Ctrl+F11") -> Window:
    window = Window(hotkey)
    qtbot.addWidget(window)
    window.show()
    window.field.setFocus()
    window.field.setCursorPosition(0)
    return window


def test_f3_without_care_the_dialers_key_would_type_into_the_field(qtbot: Any) -> None:
    """What F-3 saw: Alt+C on a field that has the focus types its letter. If this ends, so may the care."""
    window = shown(qtbot)
    window.menuBar().clear()
    QApplication.sendEvent(window.field, QKeyEvent(QEvent.Type.KeyPress, KEY.Key_C, ALT, "c"))
    assert window.field.text() == "cYusuf"


@pytest.mark.parametrize(("hotkey", "key", "held"), DIALERS)
def test_f3_the_dialers_key_reaches_no_field_no_menu_and_no_shortcut(
    qtbot: Any, hotkey: str, key: Any, held: Any
) -> None:
    window = shown(qtbot, hotkey.replace(" ", "").replace("option", "alt"))
    keys = DialKeys([hotkey], window)
    keys.hold()
    qtbot.keyClick(window.windowHandle(), key, held)
    assert (window.field.text(), window.heard) == ("Yusuf", [])
    with keys.on_their_way():
        pass
    qtbot.keyClick(window.windowHandle(), key, held)  # it may still be on its way
    assert (window.field.text(), window.heard) == ("Yusuf", [])
    with qtbot.waitSignal(keys.destroyed):
        pass
    qtbot.keyClick(window.windowHandle(), key, held)
    assert window.heard or window.field.text() != "Yusuf"


def test_f3_somebody_who_types_on_meanwhile_loses_no_letter(qtbot: Any) -> None:
    window = shown(qtbot)
    keys = DialKeys(["alt+c", "ctrl+v"], window)
    keys.hold()
    for key in (KEY.Key_C, KEY.Key_V, KEY.Key_C):
        qtbot.keyClick(window.windowHandle(), key)
    assert window.field.text() == "cvcYusuf"
    with keys.on_their_way():
        pass


def test_f3_while_a_number_is_on_its_way_it_is_said_and_the_key_types_nothing(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dialing is said before anything is done, and the key goes past the field until it is done."""
    go_on, session = threading.Event(), hands.window.session

    def slow(bridge: ClipboardHotkey, number: str) -> None:
        go_on.wait(20)

    monkeypatch.setattr(ClipboardHotkey, "check", lambda bridge: None)
    monkeypatch.setattr(ClipboardHotkey, "dial", slow)
    session.station.set(BRIDGE, "clipboard_hotkey")
    window = shown(hands.bot)
    try:
        session.dial("512-555-0101")
        assert hands.said() == "Dialing 512-555-0101…"
        hands.bot.keyClick(window.windowHandle(), KEY.Key_C, ALT)
    finally:
        go_on.set()
    hands.bot.waitUntil(lambda: hands.said() == "Dialing +15125550101.")
    hands.bot.keyClick(window.windowHandle(), KEY.Key_C, ALT)
    assert (window.field.text(), window.heard) == ("Yusuf", [])


def test_f3_a_test_dial_says_what_can_be_known() -> None:
    number, clipboard = "+15125550101", SystemClipboard()
    told = dialed_told(Dialed(number, "clipboard_hotkey", True, "Dialing."), ClipboardHotkey(clipboard))
    assert told.text.splitlines()[-1] == (
        "The keys were sent. Whether a dialer took them cannot be seen from here: look whether the number stands there."
    )
    assert "keys" not in dialed_told(Dialed(number, "copy_only", True, "Copied."), CopyOnly(clipboard)).text


@pytest.mark.display
def test_f3_a_key_pressed_as_a_dial_presses_it_types_nothing_on_a_real_screen(qtbot: Any) -> None:
    window = shown(qtbot)
    window.menuBar().clear()
    window.activateWindow()
    qtbot.waitUntil(window.field.hasFocus)
    keys = DialKeys(["alt+c"], window)
    keys.hold()
    with keys.on_their_way():
        keyboard.press(Hotkey.read("alt+c"))
    with qtbot.waitSignal(keys.destroyed):
        pass
    assert window.field.text() == "Yusuf"
    keyboard.press(Hotkey.read("alt+c"))
    qtbot.waitUntil(lambda: window.field.text() == "cYusuf")
