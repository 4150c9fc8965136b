"""Enter in a field of one line goes on to the next field, as Tab does (F-55)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from ui.editors.record_picker import RecordPicker

if TYPE_CHECKING:
    from collections.abc import Collection

    from ui.forms.field_row import FieldRow

ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def enter_goes_on(form: QScrollArea, rows: Collection[FieldRow], editor: QObject, event: QEvent) -> bool:
    """Whether it was Enter in a field of one line, which now is left for the next one.

    A list that is open takes the key for itself, a text of several lines writes a line, and in a dialog Enter presses
    its button.
    """
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not isinstance(editor, QWidget):
        return False
    if event.key() not in ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if isinstance(form.window(), QDialog) or (isinstance(editor, RecordPicker) and editor.uses(event)):
        return False
    if editor not in {row.editor for row in rows if row.kind.edited_by != "lines"}:
        return False
    _go_on(form, {row.editor for row in rows}, editor)
    return True


def _go_on(form: QScrollArea, fields: Collection[QWidget], editor: QWidget) -> None:
    """To the next field in the order of Tab, past what is no field; after the last one to where Tab goes."""
    part = editor.nextInFocusChain()
    while part is not None and part is not editor and form.isAncestorOf(part):
        if part in fields and _reached(part):
            form.ensureWidgetVisible(part)
            part.setFocus(Qt.FocusReason.TabFocusReason)
            return
        part = part.nextInFocusChain()
    form.focusNextChild()


def _reached(field: QWidget) -> bool:
    return bool(field.focusPolicy() & Qt.FocusPolicy.TabFocus) and field.isVisible() and field.isEnabled()
