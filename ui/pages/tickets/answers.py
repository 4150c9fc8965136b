"""The column *Answers*: what may fit the ticket, what was asked of the same product lately (VT-176)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.records import FAQ, Ticket
from channergy_crm.services import faq
from channergy_crm.services.tickets import keeping
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, unmarked
from ui.look.wording import day_in_words, shown
from ui.pages.tickets.answer_list import AnswerList
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.fields import LineField
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from channergy_crm.work import Done
    from ui.session.session import Session

SIDE, PAUSE_MS, MOST_LIKE = 20, 150, 4
WATCHED = {FAQ._meta.table_name, Ticket._meta.table_name}
LEFT = Qt.AlignmentFlag.AlignLeft


class Search(LineField):
    """Where an answer is looked for; Down goes to what was found."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class AnswersColumn(QWidget):
    """What is found for the ticket that is open, or by what somebody types."""

    taken = Signal(object)
    """an answer that shall be put into what is written"""
    make_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.ticket: Ticket | None = None
        self.title = Label(_("Answers"), self)
        self.title.setFont(theme.section(self.font()))
        self._found_for = Label(_("found for this ticket"), self)
        self._found_for.setFont(theme.small(self.font()))
        self._found_for.muted(True)
        self.search = named(Search(self), "faq.search", _("Search the answers"))
        self.search.setPlaceholderText(_("Search the answers"))
        self.search.addAction(icon("search", self.search), LineField.ActionPosition.LeadingPosition)
        self._count = Remark("", self)
        self._count.setObjectName("faq.found")
        self.list = AnswerList("faq", _("Put into answer"), self)
        self._like = QWidget(self)
        self.make = named(Button(_("Make an answer of this ticket"), self), "tickets.make_answer",
                          _("Make an answer of this ticket"))  # fmt: skip
        self.make.setIcon(icon("faq", self.make))
        self.make.quiet()
        self._soon = later(self, self.look, PAUSE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(SIDE, 0, SIDE, 0)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self._found_for)
        field = QHBoxLayout()
        field.setContentsMargins(SIDE, 0, SIDE, 0)
        field.addWidget(self.search)
        self._count.setContentsMargins(SIDE, 0, SIDE, 0)
        self._like_column = QVBoxLayout(self._like)
        self._like_column.setContentsMargins(SIDE - 12, 4, SIDE, 4)
        self._like_column.setSpacing(2)
        foot = QHBoxLayout()
        foot.setContentsMargins(SIDE - 12, 2, SIDE, 2)
        foot.addWidget(self.make)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(field)
        column.addWidget(self._count)
        column.addWidget(self.list, 1)
        column.addWidget(self._like)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.search.down.connect(self.list.setFocus)
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.taken.connect(self.taken)
        self.list.opened.connect(lambda held: self._session.go_to("faq_answer", held.number))
        self.make.clicked.connect(lambda _checked=False: self.make_wanted.emit())
        self._session.done.connect(self._heard)

    def show_ticket(self, ticket: Ticket | None) -> None:
        """Show what may fit this one; what was typed for another one goes."""
        held = ticket if ticket is not None and not ticket.is_new else None
        if held is None or self.ticket is None or held.number != self.ticket.number:
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
        self.ticket = held
        self.make.setEnabled(held is not None)
        self._soon.start()

    def look(self) -> None:
        """Look now."""
        self._soon.stop()
        typed, ticket, by = self.search.text().strip(), self.ticket, self._session.by
        product = ticket.__data__["product"] if ticket is not None else None
        number = ticket.number if ticket is not None else None

        def find() -> tuple[Sequence[FAQ], int]:
            if typed or number is None:
                return faq.search(typed, by, product=product), faq.count(by)
            return faq.found_for(number, by), faq.count(by)

        found, count = self._session.attempt(find) or ([], 0)
        self._found_for.setVisible(not typed and number is not None)
        self.list.show_answers(found)
        self.list.setVisible(bool(found))
        self._count.say(self._counted(len(found), count, typed))
        like = partial(keeping.same_product, number, by, MOST_LIKE) if number is not None else None
        self._show_like(self._session.attempt(like) or [] if like is not None else [])

    def _counted(self, found: int, count: int, typed: str) -> str:
        if found:
            said = ngettext("{found} of {count:,} answer", "{found} of {count:,} answers", count)
            return said.format(found=found, count=count)
        if not count:
            return _("No answers are kept yet. Solve the ticket, then make an answer of it.")
        return _("No answer has these words.") if typed else _("Nothing fits this ticket yet. Search by other words.")

    def _show_like(self, tickets: Sequence[Ticket]) -> None:
        while (item := self._like_column.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.setParent(None)
                part.deleteLater()
        self._like.setVisible(bool(tickets))
        if not tickets:
            return
        title = Label(_("Same product, lately"), self._like)
        title.setFont(theme.section(self.font()))
        title.setContentsMargins(12, 0, 0, 0)
        self._like_column.addWidget(title)
        for held in tickets:
            self._like_column.addWidget(self._line_of(held))

    def _line_of(self, held: Ticket) -> QWidget:
        line = QWidget(self._like)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        said = self.fontMetrics().elidedText(held.caption(), Qt.TextElideMode.ElideRight, theme.px(200, self))
        name = named(Button(unmarked(said), line), f"tickets.like_{held.number}", held.caption())
        name.quiet()
        name.setToolTip(as_tip(held.caption()))
        name.clicked.connect(lambda _checked=False, key=held.number: self._session.go_to("ticket", key))
        when = Label("", line)
        when.setFont(theme.small(self.font()))
        when.muted(True)
        closed = held.closed_on
        day = _("closed {day}").format(day=day_in_words(closed.date(), inside=True)) if closed else ""
        when.setText(day or shown(Ticket.kind("status"), held.status))
        row.addWidget(name, 0, LEFT)
        row.addStretch(1)
        row.addWidget(when)
        return line

    def _heard(self, done: Done) -> None:
        if self.isVisible() and WATCHED & done.tables:
            self._soon.start()
