"""`;price` and Space or Tab: a snippet takes its place where several lines are typed; Ctrl+Z takes it back (BX-51)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from channergy_crm.language import _
from channergy_crm.services import filling, notes, snippets
from channergy_crm.text import placeholders
from channergy_crm.text.folding import fold
from channergy_crm.work.record import Record
from ui.editors.offers import TAKES_FIELDS, Offer, Offers, typed_in
from ui.look.wording import spoken
from ui.widgets.timers import later

if TYPE_CHECKING:
    from ui.session.session import Session

WATCHED = "snippets"  # unsaid: a property
KEYS = {Qt.Key.Key_Space: " ", Qt.Key.Key_Tab: ""}
"""what expands, and what is written behind"""


class SnippetKeys(QObject):
    """Listens to the text somebody types into, in one window and in the dialog over it."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._at: QPlainTextEdit | None = None
        self._offers: Offers | None = None
        self._soon = later(self, self._watch_dialog, 0)
        window.installEventFilter(self)
        self._watch(window)

    def _watch(self, over: QWidget) -> None:
        """From now on it is known where somebody types in this window."""
        handle = over.windowHandle()
        if handle is not None and not handle.property(WATCHED):
            handle.setProperty(WATCHED, True)
            handle.focusObjectChanged.connect(self._follow)
            self._follow(QApplication.focusWidget())

    def _watch_dialog(self) -> None:
        dialog = QApplication.activeModalWidget() or QApplication.activeWindow()
        if dialog is not None and self._is_over(dialog):
            self._watch(dialog)

    def _is_over(self, widget: QWidget | None) -> bool:
        while widget is not None and widget is not self._window:
            widget = widget.parentWidget()
        return widget is not None

    @Slot(QObject)
    def _follow(self, now: QObject | None) -> None:
        with suppress(RuntimeError):  # the field is gone
            if self._offers is not None:
                self._offers.hide()
        with suppress(RuntimeError):
            if self._at is not None:
                self._at.removeEventFilter(self)
                self._at.textChanged.disconnect(self._offer)
        self._at = now if isinstance(now, QPlainTextEdit) else None
        if self._at is not None:
            self._at.installEventFilter(self)
            self._at.textChanged.connect(self._offer)

    def _offer(self) -> None:
        """Offer what may follow what was just typed; the store is asked only where a sign stands there."""
        text = self._at
        typed = typed_in(text) if text is not None else ""
        if text is None or not typed:
            if self._offers is not None:
                with suppress(RuntimeError):  # it stood in a dialog that is gone
                    self._offers.put_away()
            return
        by = self._session.by
        found = self._session.attempt(lambda: _OFFERED[typed[0]](by)) or []
        self._shown_in(text).show_for(text, typed, found)

    def _shown_in(self, text: QPlainTextEdit) -> Offers:
        with suppress(RuntimeError):
            if self._offers is not None and self._offers.window() is text.window():
                return self._offers
        self._offers = Offers(text.window())
        self._offers.taken.connect(self._take)
        return self._offers

    def _puts_away(self, event: QKeyEvent) -> bool:
        with suppress(RuntimeError):
            return self._offers is not None and self._offers.isVisible() and event.key() == Qt.Key.Key_Escape
        return False

    def _take(self, text: QPlainTextEdit, written: str, letters: int) -> None:
        cursor = text.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, letters)
        cursor.insertText(written)
        text.setTextCursor(cursor)
        if written.startswith(snippets.SIGN):
            self._expand(text, "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key that expands is used up where there is something to expand."""
        if watched is self._window:
            if event.type() == QEvent.Type.Show:
                self._watch(self._window)
            elif event.type() == QEvent.Type.WindowDeactivate:
                self._soon.start()
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QPlainTextEdit) or watched.isReadOnly():
            return False
        if event.type() == QEvent.Type.ShortcutOverride and self._puts_away(event):
            event.accept()  # Esc puts the list away, and cancels nothing
            return True
        return event.type() == QEvent.Type.KeyPress and self._pressed(watched, event)

    def _pressed(self, text: QPlainTextEdit, event: QKeyEvent) -> bool:
        with suppress(RuntimeError):  # the list stood in a dialog that is gone
            if self._offers is not None and self._offers.takes(event):
                return True
        if event.key() not in KEYS or event.modifiers():
            return False
        return self._expand(text, KEYS[Qt.Key(event.key())])

    def _expand(self, text: QPlainTextEdit, behind: str) -> bool:
        cursor = text.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        key = "" if cursor.hasSelection() else snippets.typed(before)
        if not key:
            return False
        by, record = self._session.by, record_at(text)
        whole = bool(text.property(TAKES_FIELDS))
        found = self._session.attempt(
            lambda: _as_written(key, by) if whole else snippets.expand(key, by, record, spoken)
        )
        if found is None:
            return False
        cursor.beginEditBlock()  # one step of undo
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(key) + 1)
        cursor.insertText(found.text + behind)
        cursor.endEditBlock()
        text.setTextCursor(cursor)
        if found.missing:
            self._session.notices.say(_("What is not known stands in square brackets: look over it."), level="warning")
        return True


def _snippets(by: str) -> list[Offer]:
    rows = snippets.every(by)
    return [
        Offer(row.word or "", " ".join((row.text or "").split())[:60], f"{snippets.SIGN}{row.word}") for row in rows
    ]


def _as_written(key: str, by: str) -> snippets.Expansion | None:
    """What a key becomes where its fields are filled in later."""
    row = next((each for each in snippets.every(by) if fold(each.word) == fold(key)), None)
    return snippets.Expansion(row.text or "", []) if row is not None else None


def _people(by: str) -> list[Offer]:
    return [Offer(id, name, f"@{id} ") for id, name in notes.people(by)]


def _fields(by: str) -> list[Offer]:
    return [Offer(each.label, f"{each.group} {each.name}", placeholders.written(each.name))
            for each in filling.offered(by)]  # fmt: skip


_OFFERED = {snippets.SIGN: _snippets, "@": _people, "{": _fields}
"""by the sign that was typed"""


def record_at(widget: QWidget | None) -> Record | None:
    """The record that is open where somebody types."""
    while widget is not None:
        for holder in (widget, getattr(widget, "panel", None)):
            record = getattr(holder, "record", None)
            if isinstance(record, Record):
                return record
        widget = widget.parentWidget()
    return None
