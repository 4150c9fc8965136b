"""The parts of a ticket: comments with what is written below them, fields, more information, documents, changes."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import N_, _
from channergy_crm.records import Document, Ticket, TicketComment
from channergy_crm.records.messages import MessageRow
from channergy_crm.services.tickets import comments, mails
from channergy_crm.services.timeline import documents
from channergy_crm.work.called import called
from ui.pages.tickets import kept
from ui.pages.tickets.comments_view import CommentsView
from ui.pages.tickets.composer import Composer, Typed
from ui.widgets.dialog import Remark, named
from ui.widgets.tab_bars import Parts
from ui.widgets.timers import later

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from channergy_crm.records import FAQ
    from channergy_crm.work import Done
    from ui.documents.working import Working
    from ui.pages.tickets.panel import TicketPanel
    from ui.session.session import Session

COMMENTS, FIELDS, MORE, DOCUMENTS, CHANGES, ANSWERS = range(6)
TITLES = (N_("Comments"), N_("Fields"), N_("More information"), N_("Documents"), N_("Changes"))
NOTHING = N_("Nothing was said yet. What you write below goes to the customer, or stays with us.")
NONE_OPEN = N_("Choose a ticket in the list, or create one: what was said about it is shown here.")
COMMENTED = {each._meta.table_name for each in (TicketComment, Ticket, MessageRow, Document)}
KEEP_MS, SOON_MS = 700, 0


class TicketParts(Parts):
    """What there is of the ticket that is open, part by part; parts nobody looks at read nothing."""

    def __init__(self, session: Session, panel: TicketPanel, parent: QWidget) -> None:
        super().__init__("tickets.tabs", _("Parts of the ticket"), parent)
        self._session, self._panel = session, panel
        self.ticket: Ticket | None = None
        self._held = kept.Kept(session)
        self.comments = CommentsView("tickets", self)
        self.composer = Composer("tickets", self)
        self._said = named(Remark("", self), "tickets.comments_said", _("About the comments"))
        self._said.setContentsMargins(24, 8, 24, 8)
        self._views: dict[int, Any] = {}
        rooms = (self._talk(), panel, QWidget(self), QWidget(self), QWidget(self))
        for room, title in zip(rooms, TITLES, strict=True):
            self.addTab(room, _(title))
        self._keep_later = later(self, self.keep, KEEP_MS)
        self.composer.changed.connect(self._keep_later.start)
        self.composer.sent.connect(self.send)
        self.composer.attach_wanted.connect(self._attach)
        self.comments.opened.connect(lambda file: self._working.open(file))
        self.comments.saved.connect(lambda file: self._working.save_as(file))
        self.currentChanged.connect(lambda _place: self._show_part())
        session.done.connect(self._something_done)

    def _talk(self) -> QWidget:
        room = QWidget(self)
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._said)
        column.addWidget(self.comments, 1)
        column.addStretch(0)
        column.addWidget(self.composer)
        return room

    def settle(self, panel: TicketPanel) -> None:
        """The folds of other records are parts here; what cannot be saved is shown."""
        panel.stuck.connect(partial(self.setCurrentIndex, FIELDS))
        panel.give_away({
            "past": partial(self._come, CHANGES), "filed": partial(self._come, DOCUMENTS),
            "noted": partial(self._come, MORE), "linked": partial(self._come, MORE),
        })  # fmt: skip

    def take_answers(self, answers: QWidget | None) -> None:
        """The answers are a part of the ticket where there is no room beside it."""
        there = self.count() > ANSWERS
        if answers is not None and not there:
            self.addTab(answers, _("Answers"))
        elif answers is None and there:
            self.removeTab(ANSWERS)

    # ---------------------------------------------------------------- which ticket

    def show_ticket(self, ticket: Ticket | None) -> None:
        """Show this one; what was typed for another one is kept with it."""
        before = self.ticket
        same = before is not None and ticket is not None and before.number == ticket.number
        if not same:
            self.keep()
        self.ticket = ticket
        saved = ticket is not None and not ticket.is_new
        if ticket is not None and saved:
            why_not = self._session.attempt(lambda: mails.why_not(ticket)) or ""
            self.composer.show_ticket(ticket, why_not, "" if why_not else mails.address(ticket))
        else:
            self.composer.show_ticket(None, "", "")
        if not same:
            self.composer.put(self._held.of(ticket.number) if ticket is not None and saved else Typed())
            self._name_files()
        for place in (COMMENTS, MORE, DOCUMENTS, CHANGES):
            self.setTabEnabled(place, saved or ticket is None)
        if ticket is not None and not saved:
            self.setCurrentIndex(FIELDS)
        self._read_comments()
        self._count_documents()
        self._show_part()

    def show_fields(self) -> None:
        """Show the master data."""
        self.setCurrentIndex(FIELDS)

    def enter(self) -> None:
        """Enter in the list: on in the part that is open."""
        if self.currentIndex() == COMMENTS:
            self.composer.text.setFocus()
        elif self.currentIndex() == FIELDS:
            self._panel.form.focus_first()

    def _read_comments(self) -> None:
        ticket, by = self.ticket, self._session.by
        said = None
        if ticket is not None and not ticket.is_new:
            said = self._session.attempt(lambda: comments.of(ticket.number, by))
        self.comments.show_comments(self._with_first(ticket, said or []))
        self.tray.set_count(COMMENTS, len(said or []))
        nothing = _(NOTHING) if ticket is not None else _(NONE_OPEN)
        self._said.say("" if self.comments.rows.rows else nothing)
        self.comments.setVisible(bool(self.comments.rows.rows))

    def _with_first(self, ticket: Ticket | None, said: list[comments.Said]) -> list[comments.Said]:
        """What somebody wrote when the ticket was opened stands first."""
        if ticket is None or not ticket.description:
            return said
        who = self._panel.who()
        name = who.caption() if who is not None else _("Description")
        first = comments.Said(0, name, who is not None, ticket.description, ticket.created_on, False, False,
                              ticket.came_by or "", "", self._came_with(ticket))  # fmt: skip
        return [first, *said]

    def _came_with(self, ticket: Ticket) -> list[Document]:
        by = self._session.by
        return [] if ticket.is_new else self._session.attempt(lambda: comments.came_with(ticket.number, by)) or []

    def _count_documents(self) -> None:
        ticket, by = self.ticket, self._session.by
        found = None
        if ticket is not None and not ticket.is_new:
            found = self._session.attempt(lambda: documents.of(ticket, by))
        self.tray.set_count(DOCUMENTS, len(found or []))

    # ---------------------------------------------------------------- the parts

    def _come(self, place: int) -> Any:
        self.setCurrentIndex(place)
        return self._view(place)

    def _view(self, place: int) -> Any:
        if place not in self._views:
            room: Any = self.widget(place)
            self._views[place] = made = MAKES[place](self._session, room)
            column = QVBoxLayout(room)
            column.setContentsMargins(12, 0, 12, 0)
            column.addWidget(made)
            if place == MORE:
                made.linked.new_wanted.connect(lambda group: self._panel.linked_wanted.emit(made.linked, group))
        return self._views[place]

    def _show_part(self) -> None:
        place, ticket = self.currentIndex(), self.ticket
        if place not in MAKES or not self.isVisible():
            return
        held = ticket if ticket is not None and not ticket.is_new else None
        view = self._view(place)
        if place == CHANGES:
            view.show_history([(Ticket, held.number)] if held is not None else [])
        else:
            view.show_record(held)

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: the part that is open is read."""
        super().showEvent(event)
        self._show_part()

    def _something_done(self, done: Done) -> None:
        if COMMENTED & done.tables and self.ticket is not None:
            self._read_comments()
        if Document._meta.table_name in done.tables:
            self._count_documents()

    @cached_property
    def _working(self) -> Working:
        from ui.documents.working import Working

        made = Working(self._session, self)
        made.added_all.connect(self._attached)
        return made

    def _attach(self) -> None:
        """Files for what is written: documents of the ticket, named beside it."""
        from ui.documents import taking

        if self.ticket is not None and not self.ticket.is_new:
            self._working.add(Ticket, self.ticket.number, taking.files(self._working.choose()))

    def _attached(self, numbers: list[int]) -> None:
        """They stand beside what is written for the ticket they are of."""
        held = [self._session.find(Document, number) for number in numbers]
        mine = str(self.ticket.number) if self.ticket is not None else ""
        self.composer.files += [each.number for each in held if each is not None and each.of == mine]
        self._name_files()
        self.composer.changed.emit()

    def _name_files(self) -> None:
        held = (self._session.find(Document, number) for number in self.composer.files)
        self.composer.say_files([each.name or "" for each in held if each is not None])

    # ---------------------------------------------------------------- what is written

    def keep(self) -> None:
        """What is typed is kept with its ticket, also in case the program ends without a word."""
        self._keep_later.stop()
        if self.ticket is not None and not self.ticket.is_new:
            self._held.keep(self.ticket.number, self.composer.typed())

    def put_in(self, answer: FAQ) -> None:
        """Put an answer into what is written."""
        self.setCurrentIndex(COMMENTS)
        self.composer.insert(answer.answer or "", answer.number)

    def send(self) -> None:
        """Write it down, and send it where it goes by mail; what is wrong is said beside it and nothing is lost."""
        ticket, by, composer = self.ticket, self._session.by, self.composer
        if ticket is None or ticket.is_new or not self._panel.save_changes():
            return
        internal, status = composer.internal, composer.status
        try:
            comments.say(ticket.number, composer.text.toPlainText(), by, internal=internal, status=status,
                         answers=list(composer.answers), files=list(composer.files))  # fmt: skip
        except CRMError as error:
            composer.say_wrong(error.message)
            return
        composer.put(Typed())
        self._name_files()
        self._held.drop(ticket.number)
        said = _("Note on {record} saved.") if internal else _("{record} is answered.")
        self._session.say_done(said.format(record=called(ticket)))


def _more(session: Session, parent: QWidget) -> QWidget:
    from ui.pages.tickets.more import MoreOfTicket

    return MoreOfTicket(session, parent)


def _documents(session: Session, parent: QWidget) -> QWidget:
    from ui.documents.view import DocumentsView

    view = DocumentsView(session, parent, name="tickets")
    view.list.scroll_by_itself(True)
    return view


def _changes(session: Session, parent: QWidget) -> QWidget:
    from ui.history.view import HistoryView

    view = HistoryView("tickets", session, parent)
    view.title.hide()
    return view


MAKES: dict[int, Any] = {MORE: _more, DOCUMENTS: _documents, CHANGES: _changes}
"""what makes a part that is not there before somebody looks at it"""
