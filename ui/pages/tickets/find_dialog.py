"""*Find an answer*: while somebody is on the phone an answer is looked for, and put into the note (VT-176)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from channergy_crm.language import _
from channergy_crm.services import faq
from ui.look.icons import icon
from ui.pages.tickets.answer_list import AnswerList
from ui.pages.tickets.answers import Search
from ui.widgets.dialog import Dialog, Remark
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.records import FAQ
    from ui.session.session import Session

PAUSE_MS = 120
NOTE = "call.note"


class FindDialog(Dialog):
    """Stands beside the call and keeps nobody from it: the window is worked in as before."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__("find_answer", _("Find an answer"), window, session.station, size=(440, 460))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._window = session, window
        self.search = self.named(Search(self), "search", _("Search the answers"))
        self.search.setPlaceholderText(_("Search the answers"))
        self.search.addAction(icon("search", self.search), Search.ActionPosition.LeadingPosition)
        take = _("Put into the note") if self._note() is not None else _("Copy")
        self.list = AnswerList("find_answer", take, self)
        self._said = self.named(Remark("", self), "said", _("What was found"))
        self.body.addWidget(self.search)
        self.body.addWidget(self._said)
        self.body.addWidget(self.list, 1)
        self.finish_with(None, self.button("away", _("Close")))
        self._soon = later(self, self.look, PAUSE_MS)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.search.down.connect(self.list.setFocus)
        self.search.returnPressed.connect(self._take_first)
        self.list.taken.connect(self.take)
        self.list.opened.connect(self._open)
        self.look()
        self.search.setFocus()

    def look(self) -> None:
        """Show what has these words, the most used first."""
        self._soon.stop()
        typed, by = self.search.text().strip(), self._session.by
        found = self._session.attempt(lambda: faq.search(typed, by)) or []
        self.list.show_answers(found)
        self.list.setVisible(bool(found))
        nothing = _("No answer has these words.") if typed else _("No answers yet: the tab FAQ makes the first.")
        self._said.say("" if found else nothing)

    def _take_first(self) -> None:
        """Enter in the search takes what stands on top."""
        if self._soon.isActive():
            self.look()
        if (held := self.list.current_entry()) is not None:
            self.take(held)

    def take(self, answer: FAQ) -> None:
        """Into the note of the call, where one is written; else onto the clipboard."""
        note = self._note()
        if note is None:
            QGuiApplication.clipboard().setText(answer.answer or "")
            self._session.notices.say(_("The answer is in the clipboard."))
        else:
            cursor = note.textCursor()
            before = note.toPlainText()[: cursor.selectionStart()]
            cursor.insertText(answer.answer if not before or before[-1].isspace() else f" {answer.answer}")
            note.setFocus()
        self.accept()

    def _note(self) -> QPlainTextEdit | None:
        """Where a call is noted now."""
        return next((each for each in self._window.findChildren(QPlainTextEdit, NOTE) if each.isVisible()), None)

    def _open(self, answer: FAQ) -> None:
        self.accept()
        self._session.go_to("faq_answer", answer.number)
