"""Settings in the window, as somebody comes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.ui.gestures import walk
from ui.editors.choices import ChoiceEditor
from ui.setup.settings_page import SettingsPage
from ui.setup.settings_rows import TopicPage
from ui.shell import settings_tab
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from tests.ui.hands import Hands

PLACE = 6
"""where the tab stands: behind the six that stay"""


def menu_of(hands: Hands) -> Menu:
    """What can be done anywhere in the window."""
    menu = hands.window.findChild(Menu)
    assert menu is not None
    return menu


def settings(hands: Hands, at: str = "") -> SettingsPage:
    """Settings, opened at a topic or at a setting."""
    settings_tab.open_at(menu_of(hands), at)
    return hands.part("settings.page", SettingsPage)


def topic(hands: Hands) -> TopicPage:
    """The topic that is looked at."""
    (seen,) = [page for page in hands.window.findChildren(TopicPage) if page.isVisible()]
    return seen


def choose(hands: Hands, name: str, text: str) -> None:
    """Walk through a drop-down to this."""
    walk(hands.bot, hands.part(name, ChoiceEditor), text)


def press(hands: Hands, key: Qt.Key) -> None:
    """A key with Ctrl."""
    hands.press(key, Qt.KeyboardModifier.ControlModifier)
