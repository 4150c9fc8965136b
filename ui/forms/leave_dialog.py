"""What becomes of what was typed when a record is left: it is saved, or who wants to be asked says what (C7)."""

from __future__ import annotations

from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from channergy_crm.language import _, one
from channergy_crm.settings import ASK, LEAVING
from ui.widgets.controls import Button

Answer = Literal["save", "discard", "stay"]


def answer(panel: Any) -> Answer:
    """What is to be done with what was typed into this record: it is saved, unless this workstation asks."""
    if panel.session.station.get(LEAVING) != ASK:
        return "save"
    new = _("the new {record}").format(record=one(panel.screen_.record))
    return ask_to_save(new if panel.record.is_new else panel.record.caption(), panel)


def ask_to_save(title: str, parent: QWidget | None = None) -> Answer:
    """Ask about the unsaved changes to `title`. Enter saves, Esc stays."""
    box = QMessageBox(parent)
    box.setObjectName("leave.dialog")
    box.setAccessibleName(_("Unsaved changes"))
    box.setWindowTitle(_("Unsaved changes"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(_("Save the changes to {title}?").format(title=title))
    box.setInformativeText(_("What you typed is lost if you discard it."))
    role = QMessageBox.ButtonRole
    answers: dict[Button, Answer] = {
        _button(box, "save", _("Save"), role.AcceptRole): "save",
        _button(box, "discard", _("Discard"), role.DestructiveRole): "discard",
        _button(box, "stay", _("Stay"), role.RejectRole): "stay",
    }
    save, _discard, stay = answers
    save.loud()
    box.setDefaultButton(save)
    box.setEscapeButton(stay)
    box.exec()
    clicked = box.clickedButton()
    answer: Answer = next((answer for button, answer in answers.items() if button is clicked), "stay")
    box.deleteLater()
    return answer


def _button(box: QMessageBox, word: str, text: str, role: QMessageBox.ButtonRole) -> Button:
    button = Button(text, box)
    box.addButton(button, role)
    button.setObjectName(f"leave.{word}")
    button.setAccessibleName(text)
    return button
