"""What is linked to a record, with the verbs that make it, link it and take it off; read beside the window (VT-79)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Document, SalesDocument, Ticket
from channergy_crm.services import areas
from channergy_crm.services.linked import changing, reading, ways
from ui.documents import taking
from ui.documents.working import Working
from ui.look.icons import icon
from ui.more.link_line import LinkLine
from ui.more.linked_list import LinkedList
from ui.more.rows import All
from ui.timeline.timeline_dialog import open_timeline
from ui.widgets.dialog import Remark, named
from ui.widgets.menu import Menu
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.errors import CRMError
    from channergy_crm.services.linked.reading import Group
    from channergy_crm.services.linked.reading import Row as Linked
    from channergy_crm.work import Done
    from channergy_crm.work.record import Record
    from ui.more.rows import Row
    from ui.session.session import Session

SOON_MS = 150
"""until it is read: whoever walks down a list reads nothing of what they pass"""
NOTHING = N_("Nothing is linked to this record, and your role lets you link nothing to it.")
NOT_SAVED = N_("Contacts, tasks, notes and more can be linked when the record is saved.")


class MoreInformation(QWidget):
    """It knows no page: `show_record` is all it takes. `name` begins the names of its parts."""

    filled = Signal()
    """it is read"""
    new_wanted = Signal(object)
    """a group in which a new record shall be made: whoever has a form for it asks"""
    note_wanted = Signal()
    """a note shall be written"""

    def __init__(self, session: Session, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self._session, self._name = session, name
        self.record: Record | None = None
        self.groups: Sequence[Group] = ()
        self._asked = 0
        self._stand_on: tuple[str, object] | None = None
        self.list = LinkedList(name, self)
        self.line = LinkLine(name, session, self)
        self.working = Working(session, self)
        self._said = named(Remark("", self), f"{name}.more_information_said", _("About what is linked"))
        self._said.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._said.setContentsMargins(12, 4, 12, 4)
        self._soon = later(self, self.reload, SOON_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._said)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self._connect()

    def _connect(self) -> None:
        self.list.opened.connect(self.open)
        self.list.all_wanted.connect(self.show_all)
        self.list.new_wanted.connect(self.new)
        self.list.link_wanted.connect(self.begin_to_link)
        self.list.unlinked.connect(self.unlink)
        self.line.chosen.connect(self.link)
        self.line.given_up.connect(self.list.setFocus)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self._session.done.connect(self._heard)

    # ---------------------------------------------------------------- what is shown

    def show_record(self, record: Record | None) -> None:
        """Show what is linked to this record, in a moment; nothing for a new one, or for none."""
        held = record if record is not None and not record.is_new else None
        before = self.record
        if before is None or held is None or (type(before), before.key) != (type(held), held.key):
            self._asked += 1
            self.groups = ()
            self.list.rows.whole.clear()
            self.list.show_groups([])
            self.line.hide()
            self._say("" if held is not None or record is None else _(NOT_SAVED))
        self.record = held
        if held is not None:
            self._soon.start()

    def reload(self) -> None:
        """Read it now, beside the window; of the groups that are shown whole all of it."""
        self._soon.stop()
        record, by = self.record, self._session.by
        if record is None:
            return
        self._asked += 1
        asked, whole = self._asked, list(self.list.rows.whole)
        kind, key = type(record), record.key

        def read(_progress: object) -> tuple[list[Group], dict[str, Sequence[Linked]]]:
            groups = reading.of(kind, key, by)
            return groups, {name: reading.rest(kind, key, name, by) for name in whole}

        self._session.work(
            read, label=_("Reading what is linked"), done=lambda told: self._show(asked, *told),
            failed=lambda error: self._fail(asked, error), progress=False,
        )  # fmt: skip

    def _show(self, asked: int, groups: Sequence[Group], whole: dict[str, Sequence[Linked]]) -> None:
        if asked != self._asked:
            return
        self.groups = groups
        self.list.rows.whole = whole
        self.list.show_groups(groups)
        self._say("" if groups else _(NOTHING))
        if self._stand_on is not None:
            self._come_to(*self._stand_on)
            self._stand_on = None
        self.filled.emit()

    def _fail(self, asked: int, error: CRMError) -> None:
        if asked == self._asked:
            self._say(error.message)

    def _say(self, sentence: str) -> None:
        self._said.say(sentence)
        self.list.setVisible(not sentence)

    def _come_to(self, name: str, key: object) -> None:
        for place, row in enumerate(self.list.rows.rows):
            if row.group.name == name and getattr(row.entry, "key", None) == key:
                self.list.stand_on_row(place)

    def _heard(self, done: Done) -> None:
        if self.record is not None and self.isVisible() and done.tables & self._watched(type(self.record)):
            self._soon.start()

    def _watched(self, record: type[Record]) -> set[str]:
        """The tables of which something may stand here, or say that it does."""
        found = ways.of(record)
        records = [record, *(way.record for way in found), *(way.join[0] for way in found if way.join is not None)]
        return {each._meta.table_name for each in records if each is not None}

    def show_all(self, group: Group) -> None:
        """All of a group, not only its first ones."""
        self.list.rows.whole[group.name] = group.rows
        self.reload()

    # ---------------------------------------------------------------- what can be done

    def open(self, row: Row) -> None:
        """Go to what a row is; what has no page is read on the timeline."""
        if self.record is None or row.entry is None or isinstance(row.entry, All):
            return
        if row.group.name == "document":
            if (document := self._session.find(Document, row.entry.key)) is not None:
                self.working.open(document)
            return
        table, key = row.entry.opens or ("", None)
        record = areas.every_table().get(table)
        if record is not None and record.about.target and (found := self._session.find(record, key)) is not None:
            self._session.attempt(lambda: self._session.go_to(*record.opened_at(key, found.caption())))
        else:
            open_timeline(type(self.record), self.record.key, self._session, self)

    def new(self, group: Group) -> None:
        """Something new that is linked already: a note, documents, or a record."""
        if self.record is None or (why_not := group.why_not.get("new")):
            if self.record is not None:
                self._session.notices.warn(why_not or "")
        elif group.name == "note":
            self.note_wanted.emit()
        elif group.name == "document":
            self.working.add(type(self.record), self.record.key, taking.files(self.working.choose()))
        elif group.record is SalesDocument:
            target, word = reading.QUOTED[type(self.record)]
            self._session.go_to(target, (word, self.record.key))
        elif group.record is Ticket and type(self.record) in reading.ASKED:
            self._session.go_to("new_ticket", (reading.ASKED[type(self.record)], self.record.key))
        else:
            self.new_wanted.emit(group)

    def made(self, group: Group, key: object) -> None:
        """A new one was made there: the cursor comes to it."""
        self._stand_on = (group.name, key)
        self.reload()
        self.list.setFocus()

    def begin_to_link(self, group: Group) -> None:
        """A line to choose an existing record in."""
        if self.record is None or group.record is None:
            return
        if why_not := group.why_not.get("link"):
            self._session.notices.warn(why_not)
        else:
            self.line.ask(self.record, group)

    def link(self, group: Group, key: object) -> None:
        """Link an existing record; why it cannot be is said beside the line, and what was typed stays."""
        record, by = self.record, self._session.by
        if record is None:
            return
        if self.line.attempt(lambda: changing.link(type(record), record.key, group.name, key, by)) is None:
            return
        self.line.hide()
        self._stand_on = (group.name, key)
        self._session.say_done(_("Linked."))
        self.reload()
        self.list.setFocus()

    def unlink(self, row: Row) -> None:
        """Take it off; both stay, and the notice takes it back."""
        record, by, entry = self.record, self._session.by, row.entry
        if record is None or entry is None or isinstance(entry, All):
            return
        if "unlink" not in row.group.offers or (row.group.why_not.get("unlink")):
            said = row.group.why_not.get("unlink") or _("This link is not taken off here.")
            self._session.notices.warn(said)
            return
        off = self._session.attempt(lambda: changing.unlink(type(record), record.key, row.group.name, entry.key, by))
        if off is not None:
            self._session.say_done(_("{name} is no longer linked here.").format(name=off))
            self.reload()

    def _open_menu(self, at: QPoint) -> None:
        row = self.list.row()
        if row is None or row.entry is None or isinstance(row.entry, All):
            return
        menu, group = Menu(self), row.group
        menu.setObjectName(f"{self._name}.more_information_menu")
        verbs: list[tuple[str, str, str, Any]] = [
            ("open", "open", _("Open"), lambda: self.open(row)),
            ("new", "add", _("New…"), lambda: self.new(group)),
            ("link", "merge", _("Link an existing one…"), lambda: self.begin_to_link(group)),
            ("unlink", "close", _("Unlink"), lambda: self.unlink(row)),
        ]
        for verb, sign, said, what in verbs:
            if verb == "open" or verb in group.offers:
                menu.addAction(icon(sign, menu), said, what).setEnabled(verb not in group.why_not)
        menu.addAction(icon("copy", menu), _("Copy"), self.list.copy)
        menu.popup(self.list.viewport().mapToGlobal(at))
