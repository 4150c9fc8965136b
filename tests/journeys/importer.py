"""What hands do at the import wizard: open it with a file, go on by key, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.ui.hands import CTRL, KEY, part, type_in

if TYPE_CHECKING:
    from pathlib import Path

    from ui.shell.window import MainWindow


def the_wizard(window: MainWindow) -> Any:
    """The one on the screen; the last one may not be gone quite yet."""
    return next(each for each in window.findChildren(QWidget, "import.dialog") if each.isVisible())


def asked(qtbot: Any, window: MainWindow, title: str) -> Any:
    """Wait until the wizard stands on that step; the wizard."""
    wizard = the_wizard(window)
    qtbot.waitUntil(lambda: wizard.step.title == title and not part(wizard, "import.progress").isVisible())
    return wizard


def on(qtbot: Any, window: MainWindow, title: str) -> Any:
    """Go on by key to the step of that name."""
    wizard = the_wizard(window)
    button = part(wizard, "import.next", QPushButton)
    qtbot.waitUntil(button.isEnabled)
    qtbot.keyClick(QApplication.focusWidget() or wizard, KEY.Key_Return, CTRL)
    return asked(qtbot, window, title)


def begun(qtbot: Any, window: MainWindow, path: Path) -> Any:
    """Open the wizard by its key, and type the file's path."""
    window.findChild(QAction, "main.import").trigger()
    wizard = asked(qtbot, window, "File")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is part(wizard, "import.file"))
    type_in(qtbot, part(wizard, "import.file"), str(path))
    qtbot.keyClick(part(wizard, "import.file"), KEY.Key_Return)
    qtbot.waitUntil(lambda: wizard.setup.plan is not None)
    return wizard
