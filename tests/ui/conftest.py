"""The main window over a new office, on each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm.settings import BRIDGE, Station
from tests.ui.at_work import Hands

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 8
"""seconds"""


@pytest.fixture(autouse=True)
def undressed_again(qapp: QApplication) -> Iterator[None]:
    """A window that is made while the program wears a style sheet takes four times as long."""
    yield
    if qapp.styleSheet():
        qapp.setStyleSheet("")


@pytest.fixture
def hands(qtbot: Any, database_url: str) -> Iterator[Hands]:
    """The hands of ADMIN at the real window; numbers are dialed to the clipboard only.

    A dialog nobody answers is closed after a while, and the test fails instead of waiting for ever.
    """
    Station().set(BRIDGE, "copy_only")
    waiting: list[QWidget] = []
    unanswered: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or (waiting and waiting[-1] is not dialog):
            waiting.clear()
        if dialog is not None:
            waiting.append(dialog)
        if dialog is not None and len(waiting) > PATIENCE:
            unanswered.append(dialog.objectName() or type(dialog).__name__)
            dialog.close()

    watch = QTimer()
    watch.timeout.connect(look)
    watch.start(1000)
    hands = Hands(qtbot, database_url)
    yield hands
    with hands.answering("leave.discard"):
        hands.window.close()
    assert not hands.window.isVisible(), "The window could not be closed: something wrong is still open in it"
    watch.stop()
    assert not unanswered, f"Nobody answered {', '.join(unanswered)}"
