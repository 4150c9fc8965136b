"""What hands do at the import wizard: open it with a file, go on by key, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.ui.gestures import part, type_in
from tests.ui.hands import CTRL, KEY, Hands

if TYPE_CHECKING:
    from pathlib import Path


def the_wizard(hands: Hands) -> Any:
    """The one on the screen; the last one may not be gone quite yet."""
    return next(each for each in hands.window.findChildren(QWidget, "import.dialog") if each.isVisible())


def asked(hands: Hands, title: str) -> Any:
    """Wait until the wizard stands on that step; the wizard."""
    wizard = the_wizard(hands)
    hands.bot.waitUntil(lambda: wizard.step.title == title and not part(wizard, "import.progress").isVisible())
    return wizard


def go_on(hands: Hands) -> None:
    """Press the key that goes on, as soon as the wizard takes it."""
    wizard = the_wizard(hands)
    button = part(wizard, "import.next", QPushButton)
    hands.bot.waitUntil(lambda: button.isEnabled() and wizard.isActiveWindow())
    hands.bot.keyClick(QApplication.focusWidget() or wizard, KEY.Key_Return, CTRL)


def on(hands: Hands, title: str) -> Any:
    """Go on by key to the step of that name."""
    go_on(hands)
    return asked(hands, title)


def begun(hands: Hands, path: Path) -> Any:
    """Open the wizard by its key, and type the file's path."""
    hands.window.findChild(QAction, "main.import").trigger()
    wizard = asked(hands, "File")
    hands.bot.waitUntil(lambda: QApplication.focusWidget() is part(wizard, "import.file"))
    type_in(part(wizard, "import.file"), str(path))
    hands.bot.keyClick(part(wizard, "import.file"), KEY.Key_Return)
    hands.bot.waitUntil(lambda: wizard.setup.plan is not None)
    return wizard
