"""Text of records where Qt would take it for markup or for a sign of its own: labels, tips, questions, buttons, titles.

Whatever people typed, or a file holds, is shown as it stands: no label, tip or box is made without this (F-12).
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Written
from PySide6.QtWidgets import QInputDialog, QLabel, QMessageBox, QWidget

LONGEST_TIP = 2_000
"""letters; more of them no screen holds, and laying them out takes long"""


class Label(QLabel):
    """Words as they were typed, never as markup."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def take_markup(self) -> None:
        """From now on what it says is put together as markup, with everything people typed escaped in it."""
        self.setTextFormat(Qt.TextFormat.RichText)


def as_tip(text: str) -> str:
    """What a tip says so that it is shown as it was typed; what is very long is cut off."""
    shown = text if len(text) <= LONGEST_TIP else f"{text[:LONGEST_TIP]}…"
    return Written.convertFromPlainText(shown) if Written.mightBeRichText(shown) else shown


def unmarked(text: str) -> str:
    """What a button, a menu or a tab says so that `&` stays `&` and underlines nothing."""
    return text.replace("&", "&&")


def titled(text: str) -> str:
    """What a window is called: on one line, and Qt's sign for unsaved changes is none."""
    return " ".join(text.split()).replace("[*]", "[*][*]")


def warn(parent: QWidget | None, title: str, text: str) -> None:
    """Say something that has to be read before anything goes on."""
    box = QMessageBox(QMessageBox.Icon.Warning, titled(title), "", QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.exec()


def ask_for_a_line(parent: QWidget, title: str, label: str, begun: str = "") -> str | None:
    """One line somebody types, going on from what was begun; None when it was called off."""
    box = QInputDialog(parent)
    box.setWindowTitle(titled(title))
    box.setLabelText(label)
    box.setTextValue(begun)
    for words in box.findChildren(QLabel):
        words.setTextFormat(Qt.TextFormat.PlainText)
    taken = box.exec()
    box.deleteLater()
    return box.textValue() if taken else None
