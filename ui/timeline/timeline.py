"""The timeline of a record: its head with *Note* and *Task*, the kinds as pills, the list; read beside the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import (
    Contact,
    Customer,
    Document,
    FiledMail,
    Lead,
    Note,
    Opportunity,
    Payment,
    PhoneCall,
    SalesDocument,
    Task,
    Ticket,
    TicketComment,
)
from channergy_crm.services import areas
from channergy_crm.services.timeline import pages
from ui.documents.working import Working
from ui.history import view as steps
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label
from ui.timeline import filed_dialog, mail_dialog, recording
from ui.timeline.entry_list import EntryList
from ui.timeline.writing import Writing
from ui.widgets.controls import Button, Pill
from ui.widgets.dialog import Remark, named
from ui.widgets.fields import LineField
from ui.widgets.menu import Menu
from ui.widgets.timers import later
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QPoint

    from channergy_crm.errors import CRMError
    from channergy_crm.services.history import Entry as Step
    from channergy_crm.services.timeline.pages import Kind, Page
    from channergy_crm.services.timeline.sources import Place
    from channergy_crm.work import Done
    from channergy_crm.work.record import Record
    from ui.session.session import Session

SOON_MS = 150
"""until it is read: whoever walks down a list reads no timeline of what they pass"""
PILLS: Mapping[str, str] = {
    "": N_("All {count}"), "call": N_("Calls {count}"), "message": N_("Messages {count}"),
    "mail": N_("E-mails {count}"), "task": N_("Tasks {count}"), "note": N_("Notes {count}"),
    "document": N_("Documents {count}"), "issued": N_("Sales {count}"), "ticket": N_("Tickets {count}"),
    "change": N_("Changes {count}"),
}  # fmt: skip
MOSTLY_NONE = ("message", "mail", "issued", "ticket")
"""what few have has a pill where there is any"""
ALSO = {"mail": ("mail", "filed"), "issued": ("issued", "sent", "answered", "reminded", "paid"),
        "ticket": ("ticket", "ticket_closed", "ticket_said")}  # fmt: skip
"""a pill that stands for more than one kind: mails that were sent here, and those that are filed"""
NOTHING = N_("Nothing has happened here yet. Calls, tasks and changes come here by themselves; a note is written here.")
NOT_SAVED = N_("The timeline begins when the record is saved.")
WATCHED = {
    each._meta.table_name
    for each in (
        Document,
        FiledMail,
        Note,
        PhoneCall,
        Task,
        Opportunity,
        Contact,
        Customer,
        Lead,
        SalesDocument,
        Ticket,
        TicketComment,
        Payment,
    )
}
"""tables of which something may stand on the timeline of another record"""


class KindPill(Pill):
    """A pill with less air at its sides: five of them stand beside one another in a narrow column."""

    def sizeHint(self) -> QSize:
        return super().sizeHint() - QSize(8, 0)


class Timeline(QWidget):
    """What happened to a record and what is noted about it. It knows no page: `show_record` is all it takes.

    Usable from 300 px on. `name` begins the names of its parts; the list that is seen is always `timeline.list`.
    """

    filled = Signal()
    """it is read"""

    def __init__(self, session: Session, parent: QWidget | None = None, *, name: str = "timeline") -> None:
        super().__init__(parent)
        self.session, self._name = session, name
        self.record: Record | None = None
        self._before: Mapping[Kind, Place] | None = None
        self._asked = 0
        self._reading = False
        self.title = Label(_("Timeline"), self)
        self.finding = named(LineField(self), f"{name}.find", _("Find on the timeline"))
        self.list = EntryList(f"{name}.hidden_list", self)
        self.writing, self._working = Writing(self), Working(session, self)
        self._said = named(Remark("", self), f"{name}.said", _("About the timeline"))
        self._said.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._clear = named(Button(_("Clear the filter"), self), f"{name}.clear", _("Clear the filter"))
        self._older = named(Button(_("Show older"), self), f"{name}.older", _("Show older"))
        self._pills: dict[str, Pill] = {}
        self._soon = later(self, self.reload, SOON_MS)
        self._build()
        self._connect()
        self._count({})

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.title.setFont(theme.section(self.font()))
        self.title.setContentsMargins(0, 0, 8, 0)
        self.finding.setPlaceholderText(_("Find"))
        self.finding.setMinimumWidth(theme.px(60, self))
        self.finding.setMaximumWidth(theme.px(200, self))
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.finding)
        for button in self.writing.buttons:
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self._row_of_pills())
        column.addWidget(self.writing.note)
        column.addWidget(self.writing.task)
        self._said.setContentsMargins(12, 4, 12, 4)
        column.addWidget(self._said)
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
        column.addWidget(self._older, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(0)
        self._older.quiet()
        self._older.hide()
        self._clear.hide()

    def _row_of_pills(self) -> QWidget:
        held = QWidget(self)
        held.setMinimumWidth(1)  # however narrow: what does not fit goes on below
        row = WrappingRow(held)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        self._group = QButtonGroup(held)
        for kind in PILLS:
            pill = named(KindPill("", held), f"{self._name}.{kind or 'all'}", "")
            pill.setCheckable(True)
            pill.setChecked(not kind)
            pill.clicked.connect(lambda _checked=False: self.reload())
            self._group.addButton(pill)
            self._pills[kind] = pill
            row.addWidget(pill)
        return held

    def _connect(self) -> None:
        soon = later(self, self.reload, SOON_MS)
        self.finding.textChanged.connect(lambda _text: soon.start())
        self._clear.clicked.connect(lambda _checked=False: self._all_of_it())
        self._older.clicked.connect(lambda _checked=False: self._read_older())
        self.list.more_wanted.connect(self._read_older)
        self.list.opened.connect(self.open)
        self.list.pinned.connect(self.writing.pin)
        self.list.removed.connect(self._remove)
        self.list.changed.connect(self.writing.change)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.session.done.connect(self._heard)
        self.session.messages_changed.connect(self._look_again)

    # ---------------------------------------------------------------- what is shown

    def show_record(self, record: Record | None) -> None:
        """Show what happened to this record, in a moment; nothing for a new one, or for none."""
        same = self._is_shown(record)
        if not same:
            self.writing.leave()  # what was begun belongs to the record before
        self.record = record if record is not None and not record.is_new else None
        if not same:
            self._before = None
            self.list.show_entries([], [])
            self._older.hide()
            self._count({})
            self._say("" if self.record is not None or record is None else _(NOT_SAVED))
        self.writing.offer(self.record)
        if self.record is not None:
            self._soon.start()

    def add_note(self) -> None:
        """Write a note: the editor opens on top, with what was begun before."""
        self.writing.open_note()

    def add_task(self) -> None:
        """A task for this record: what is to be done, and when."""
        self.writing.open_task()

    def scroll_by_itself(self, on: bool) -> None:
        """Have a bar of its own, or be as high as all its rows in a page that scrolls."""
        self.list.scroll_by_itself(on)

    def choose(self, kind: Kind | None) -> None:
        """Show only entries of this kind, or all of them."""
        self._pills[kind or ""].setChecked(True)
        self.reload()

    def reload(self) -> None:
        """Read it anew, as far as it is shown."""
        self._soon.stop()
        if self.record is not None:
            self._read(None, max(self.list.rows.count(), pages.LIMIT))

    def _is_shown(self, record: Record | None) -> bool:
        held = self.record
        return held is not None and record is not None and (type(held), held.key) == (type(record), record.key)

    def _kind(self) -> str:
        return next(kind for kind, pill in self._pills.items() if pill.isChecked())

    def _read(self, before: Mapping[Kind, Place] | None, limit: int) -> None:
        self._asked += 1
        self._reading = True
        asked, record, by, words = self._asked, self.record, self.session.by, self.finding.text()
        chosen = ALSO.get(self._kind(), (self._kind(),))
        kinds = [kind for kind in pages.KINDS if kind in chosen] or None
        if record is None:
            return
        self.session.work(
            lambda _progress: pages.of(record, by, kinds=kinds, words=words, before=before, limit=limit),
            label=_("Reading the timeline"), done=lambda page: self._show(asked, page, older=before is not None),
            failed=lambda error: self._fail(asked, error), progress=False,
        )  # fmt: skip

    def _show(self, asked: int, page: Page, *, older: bool) -> None:
        if asked != self._asked:
            return
        self._reading, self._before = False, page.before
        self.list.show_entries(page.pinned, page.entries, older=older)
        self._older.setVisible(page.before is not None)
        if not older:
            self._count(page.counts)
        if self.list.rows.rows:
            self._say("")
        elif words := self.finding.text().strip():
            self._say(_("Nothing matches “{words}”.").format(words=words), filtered=True)
        else:
            self._say(_("Nothing of this kind.") if self._kind() else _(NOTHING), filtered=bool(self._kind()))
        self.filled.emit()

    def _fail(self, asked: int, error: CRMError) -> None:
        if asked == self._asked:
            self._reading = False
            self._say(error.message)

    def _read_older(self) -> None:
        if self._before is not None and not self._reading:
            self._read(self._before, pages.LIMIT)

    def _say(self, sentence: str, *, filtered: bool = False) -> None:
        self._said.say(sentence)
        self._clear.setVisible(filtered)
        self.list.setVisible(not sentence)

    def _count(self, counts: Mapping[Kind, int]) -> None:
        for kind, pill in self._pills.items():
            there = ALSO.get(kind, (kind,))
            count = sum(number for each, number in counts.items() if not kind or each in there)
            said = _(PILLS[kind]).format(count=count)
            pill.setText(said)
            pill.setAccessibleName(said)
            pill.setVisible(kind not in MOSTLY_NONE or bool(count) or pill.isChecked())

    def _all_of_it(self) -> None:
        self.finding.clear()
        self.choose(None)
        self.list.setFocus()

    def _look_again(self) -> None:
        if self.record is not None and self.isVisible():
            self._soon.start()

    def _heard(self, done: Done) -> None:
        record = self.record
        if record is None or not self.isVisible():
            return
        if done.touches(record._meta.table_name, record.key) or WATCHED & done.tables:
            self._soon.start()

    # ---------------------------------------------------------------- what can be done with an entry

    def open(self) -> None:
        """Go to what the entry is: its task, or the record it stands at; the own note is written anew."""
        entry = self.list.entry()
        if entry is None:
            return
        if entry.kind == "note" and not entry.opens:
            self.writing.change()
        elif entry.kind == "document":
            if (document := self.session.find(Document, entry.number)) is not None:
                self._working.open(document)
        elif entry.kind == "mail":
            mail_dialog.show_mail(self.session, entry.number, self)
        elif entry.kind == "filed":
            filed_dialog.show_filed(self.session, entry.number, self)
        elif entry.opens is not None:
            table, key = entry.opens
            record = areas.every_table()[table]
            if (found := self.session.find(record, key)) is not None and record.about.target:
                self.session.go_to(*record.opened_at(key, found.caption()))

    def _open_menu(self, at: QPoint) -> None:
        entry = self.list.entry()
        if entry is None:
            return
        menu = Menu(self)
        menu.setObjectName(f"{self._name}.menu")
        if entry.opens is not None or entry.kind in ALSO["mail"]:
            menu.addAction(icon("open", menu), _("Open"), self.open)
        if entry.kind == "note":
            said = _("Take the pin off") if entry.pinned else _("Pin")
            menu.addAction(icon("pin", menu), said, self.writing.pin)
            menu.addAction(icon("edit", menu), _("Change…"), self.writing.change)
            menu.addAction(icon("remove", menu), _("Remove"), self.writing.remove)
        if entry.kind == "filed":
            menu.addAction(icon("remove", menu), _("Remove"), self._remove)
        recording.offer(menu, entry, self.session, self)
        if entry.step is not None:
            undo = menu.addAction(icon("undo", menu), steps.verb(entry.step), partial(self._undo, entry.step))
            undo.setEnabled(entry.step.takes is not None)
        menu.addAction(icon("copy", menu), _("Copy"), self.list.copy)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _remove(self) -> None:
        """Take away the mail that is filed, or the own note, the cursor stands on."""
        entry = self.list.entry()
        if entry is not None and entry.kind == "filed":
            filed_dialog.remove_filed(self.session, entry.number)
        else:
            self.writing.remove()

    def _undo(self, step: Step) -> None:
        steps.take_back(step, self.session)
