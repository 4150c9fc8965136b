"""Signing out: what was typed is settled as when the window is closed, then the next one may come."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from channergy_crm.errors import CRMError
from channergy_crm.services import signing_in
from ui.session.remembered import remember_secret, station_name, stay_name

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

SIGNING_OUT = "signing_out"
"""a property of the window while somebody goes home"""


def note_closing(window: MainWindow) -> None:
    """Have it stand in the sign-in history when this window is closed and nobody signs out."""
    session = window.session

    def note() -> None:
        if session.secured and not window.property(SIGNING_OUT):
            with suppress(CRMError):  # the window goes; there is nobody left to tell
                signing_in.closed(session.by, station_name())

    session.closing.connect(note)


def sign_out(window: MainWindow, *, without: bool = False) -> bool:
    """Close the window for whoever works in it; False when something typed keeps it open, which is said.

    `without` is for somebody else in front of it: nothing is saved in their name, what was typed waits for them.
    """
    session = window.session

    def note() -> None:
        remember_secret(stay_name(session.office.url), "")
        session.attempt(lambda: signing_in.sign_out(session.by, station_name()))

    stays = QApplication.quitOnLastWindowClosed()
    QApplication.setQuitOnLastWindowClosed(False)  # there is no window for a moment
    window.setProperty(SIGNING_OUT, True)
    session.closing.connect(note)
    try:
        if not (window.closing.close_without() if without else window.close()):
            session.closing.disconnect(note)
            window.setProperty(SIGNING_OUT, False)
            return False
        session.signed_out.emit()
    finally:
        QApplication.setQuitOnLastWindowClosed(stays)
    return True
