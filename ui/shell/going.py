"""Signing out: what was typed is settled as when the window is closed, then the next one may come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from channergy_crm.services import signing_in
from ui.session.remembered import remember_secret, station_name, stay_name

if TYPE_CHECKING:
    from ui.shell.window import MainWindow


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
    session.closing.connect(note)
    try:
        if not (window.closing.close_without() if without else window.close()):
            session.closing.disconnect(note)
            return False
        session.signed_out.emit()
    finally:
        QApplication.setQuitOnLastWindowClosed(stays)
    return True
