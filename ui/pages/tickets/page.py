"""The tab Tickets: the list, the ticket with what is said about it, and the answers that may fit (VT-178…VT-193)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.query import spelling
from channergy_crm.records import Account, Contact, Product, Ticket
from channergy_crm.services import linking
from channergy_crm.services.tickets import keeping, limits
from ui.lists.row_words import NO_SIGN
from ui.look import paint, theme
from ui.look.wording import shown
from ui.pages import facts
from ui.pages.call.of_tickets import TicketCalling
from ui.pages.record_page import RecordPage
from ui.pages.tickets import deeds, words
from ui.pages.tickets.answers import AnswersColumn
from ui.pages.tickets.panel import TicketPanel
from ui.pages.tickets.parts import TicketParts
from ui.screens.tickets import TICKETS
from ui.widgets.controls import Button
from ui.widgets.summary import Fact, Summary

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from channergy_crm.records import FAQ
    from channergy_crm.work import Done
    from ui.forms.record_panel import RecordPanel
    from ui.session.session import Session

OPEN, WAITS, CLOSED, ALL = "open", "waiting", "closed", "all"  # unsaid: parts of the list
SHOWN = [(OPEN, N_("Open tickets")), (WAITS, N_("Waiting for them")), (CLOSED, N_("Closed tickets")),
         (ALL, N_("All tickets"))]  # fmt: skip
NONE = {WAITS: N_("No ticket waits for a customer."), CLOSED: N_("No ticket is closed yet.")}
BESIDE = ((1800, 400), (1400, 360), (1180, 328))
"""from which width of the page on the answers stand beside the ticket, and how wide"""
WATCHED = {each._meta.table_name for each in (Account, Contact, Product)}


class Lined(QWidget):
    """A hair across the page, or one before what stands at the right."""

    def __init__(self, parent: QWidget, *, across: bool) -> None:
        super().__init__(parent)
        self._across = across
        if across:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        wide = self.width() if self._across else 1
        paint.begin(self).fillRect(QRectF(0, 0, wide, self.height()), theme.colour(self, "line"))


class TicketsPage(RecordPage):
    """The operator's tickets; the one that is open with its comments, and an answer is written below them."""

    shows = SHOWN
    list_widths = ((1800, 392), (1400, 340), (1180, 288), (0, 260))
    panel_type = TicketPanel
    panel: TicketPanel

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._whom: tuple[object, str] = (None, "")
        super().__init__(TICKETS, session, parent)
        assert self.panel.strip is not None  # noqa: S101  it has a summary
        self.panel.strip.beside_the_name = 100_000  # there are four facts
        for button in self.panel.strip.findChildren(Button, "tickets.dial"):
            button.loud(False)  # what is sent below is what people come for
        self.lines = words.TicketLines()
        self.table.model.sign = lambda _values: NO_SIGN
        self.table.model.say_in_two_lines(self.lines)
        self.steps.verbs = [self.panel.commands.named(each.name) for each in self.panel.commands.having("more")]
        self.panel.turned.connect(self._ticket_turned)
        self.parts_.settle(self.panel)
        self.calling = TicketCalling(self, self._over)
        self.answers.taken.connect(self._put_in)
        self.answers.make_wanted.connect(partial(self.panel.commands.run, "to_faq"))
        self.table.opened.connect(lambda _key: self.parts_.enter())
        self.view_bar.which.currentIndexChanged.connect(self._which_turned)
        self.panel.commands.take_over("merge", self.merge)
        session.done.connect(self._heard)
        self._ticket_turned()

    def beside(self) -> QWidget:
        """The strip and the verbs over everything; below them the parts, and the answers beside those."""
        self.parts_ = TicketParts(self.session, self.panel, self)
        self.answers = AnswersColumn(self.session, self)
        self._at_right = Lined(self, across=False)
        room = QHBoxLayout(self._at_right)
        room.setContentsMargins(1, 0, 0, 0)
        side = QWidget(self)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.parts_, 1)
        below.addWidget(self._at_right)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.panel.strip is not None:
            column.addWidget(self.panel.strip)
        self._over = QVBoxLayout()
        column.addLayout(self._over)
        column.addWidget(self.panel.command_bar)
        column.addWidget(Lined(self, across=True))
        column.addLayout(below, 1)
        self._stand(beside=0)
        return side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The answers stand beside the ticket where there is room, else they are one of its parts."""
        wide = event.size().width()
        self._stand(next((width for least, width in BESIDE if wide >= theme.px(least, self)), 0))
        super().resizeEvent(event)

    def _stand(self, beside: int) -> None:
        room = self._at_right.layout()
        if beside and room is not None:
            self.parts_.take_answers(None)
            room.addWidget(self.answers)
            self.answers.show()
            self._at_right.setFixedWidth(theme.px(beside, self))
        else:
            self.parts_.take_answers(self.answers)
        self._at_right.setVisible(bool(beside))

    # ---------------------------------------------------------------- the list

    def _which(self) -> str:
        bar = getattr(self, "view_bar", None)  # a view may be looked through before the page is built
        held = bar.which.currentData() if bar is not None else OPEN
        return held if isinstance(held, str) else ALL

    def _which_turned(self) -> None:
        which = self._which()
        self.table.say_when_empty(_(NONE[which]) if which in NONE else TICKETS.empty)
        self.table.refresh()

    def condition(self) -> object:
        held: Any = super().condition()
        wanted = {OPEN: ~Ticket.closed, WAITS: Ticket.waiting, CLOSED: Ticket.closed}.get(self._which())
        return held if wanted is None else held & wanted

    def show_in_list(self, record: Ticket) -> None:
        which = self._which()
        if (which == OPEN and record.closed) or (which == CLOSED and not record.closed):
            self.view_bar.show_base(CLOSED if record.closed else OPEN)
            self._which_turned()

    def start(self) -> Ticket:
        return keeping.start(self.session.by)

    def save(self, record: Ticket, by: str) -> Ticket:
        return keeping.save(record, by)

    # ---------------------------------------------------------------- what is said

    def summary(self, record: Ticket) -> Summary:
        return Summary(
            record.caption(), self._line_of(record), tag=shown(Ticket.kind("category"), record.category),
            facts=[facts.phone(self.panel.phone(), opens=""), *self._stage(record), self._limit(record)],
        )  # fmt: skip

    def _line_of(self, record: Ticket) -> str:
        keys = tuple(record.__data__.get(name) for name in ("contact", "account", "product"))
        if self._whom[0] != keys:
            found = []
            for kind, key in zip((Contact, Account, Product), keys, strict=True):
                if key is not None:
                    name = self.session.attempt(partial(linking.caption, kind, key, self.session.by))
                    found.append(name or "")
            self._whom = (keys, " · ".join(each for each in found if each))
        number = _("Ticket {number}").format(number=record.number)
        return " · ".join(part for part in (number, self._whom[1]) if part)

    def _stage(self, record: Ticket) -> list[Fact]:
        priority, severity = (shown(Ticket.kind(name), getattr(record, name)) for name in ("priority", "severity"))
        return [
            Fact(_("Status"), shown(Ticket.kind("status"), record.status), "done" if record.closed else "",
                 opens="status", empty=_("None")),
            Fact(_("Priority · Severity"), priority or severity, more=severity if priority else "", opens="priority",
                 empty=_("None")),
        ]  # fmt: skip

    def _limit(self, record: Ticket) -> Fact:
        if record.closed:
            return Fact(_("Closed"), words.moment(record.closed_on), "done")
        limit = limits.next_limit(record)
        if limit is None:
            return Fact(_("Answer due"), "", empty=_("waits for them") if record.waiting else _("nothing promised"))
        answer = limit == record.due
        said = _("Answer due") if answer else _("Solution due")
        more = words.away(limit) if words.warns(record) else ""
        promised = words.promised(record) if answer else ""
        return Fact(said, words.at(limit), words.warns(record), ", ".join(each for each in (more, promised) if each))

    def standing(self) -> str:
        """How many are open, and how many of them are due within the hour."""
        counted = self.session.attempt(lambda: keeping.counts(self.session.by, self.session.shown))
        if counted is None or self._which() != OPEN or self.table.search.text():
            return super().standing()
        said = [ngettext("{count:,} open ticket", "{count:,} open tickets", counted.open).format(count=counted.open)]
        said.append(self.whose())
        if counted.late:
            said.append(ngettext("{count:,} late", "{count:,} late", counted.late).format(count=counted.late))
        if counted.soon:
            soon = ngettext("{count:,} due within the hour", "{count:,} due within the hour", counted.soon)
            said.append(soon.format(count=counted.soon))
        return " · ".join(part for part in said if part)

    def _ticket_turned(self) -> None:
        record = self.panel.record
        self.parts_.show_ticket(record)
        self.answers.show_ticket(record)

    def _heard(self, done: Done) -> None:
        if WATCHED & done.tables:
            self._whom = (None, "")
            self.panel.forget_number()

    def tick(self) -> None:
        """A minute has gone by: what was in time may be late now."""
        self.lines.look()
        super().tick()
        self.table.grid.viewport().update()

    # ---------------------------------------------------------------- coming and going

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page: to a ticket, to those a filter finds, or to a new one about somebody."""
        if what == "tickets_where":
            self.view_bar.choose(None)
            self.view_bar.show_base(ALL)
            self.table.search.setText(spelling.by_labels(Ticket, str(key)))
            self.table.grid.setFocus()
            return
        if what != "new_ticket" or not self.leave():
            super().show_target(what, key) if what != "new_ticket" else None
            return
        told = key.items() if isinstance(key, Mapping) else [key] if isinstance(key, tuple) else []
        given: dict[str, Any] = {name: number for name, number in told if name in ("account", "contact", "product")}
        record = self.session.attempt(lambda: keeping.start(self.session.by, **given))
        if record is not None:
            self.panel.new(record)
            self.parts_.show_fields()
            self.panel.form.focus_first()

    def leave(self) -> bool:
        """What was typed as an answer stays with its ticket; the fields are saved."""
        self.parts_.keep()
        return super().leave()

    def take_focus(self) -> None:
        """The keys go to the list of tickets."""
        self.table.grid.setFocus()

    def _put_in(self, answer: FAQ) -> None:
        self.parts_.put_in(answer)

    def take_up(self, panel: RecordPanel, key: object, values: dict[str, object]) -> None:
        """Go on with what was typed before, in the fields."""
        super().take_up(panel, key, values)
        self.parts_.show_fields()

    def merge(self) -> None:
        """Merge: the tickets that are marked, or the one that is open with another."""
        held = self.panel.record
        keys = self.table.marked() if self.table.grid.several else [held.number] if held is not None else []
        if keys and self.leave():
            deeds.merge(self.panel, keys)
