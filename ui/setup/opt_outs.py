"""Who does not want to be called, texted or written to: one list, to look through, to add to, to take off (DP-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import DoNotCall
from channergy_crm.records.do_not_call import OWN, STOPPED
from channergy_crm.records.privacy import OptOut
from channergy_crm.services import register
from channergy_crm.services.privacy import refusals
from channergy_crm.services.privacy.refusals import EMAIL, PHONE, SHOWN, SMS
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.history.sheet import Column, Line, Sheet
from ui.look import theme
from ui.look.icons import icon
from ui.look.wording import in_full, shown
from ui.session.beside import Told
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.timers import later
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from channergy_crm.errors import CRMError
    from channergy_crm.services.privacy.refusals import Added, Entry
    from channergy_crm.work import Done
    from ui.session.session import Session

WAYS = {PHONE: N_("Calls"), SMS: N_("SMS"), EMAIL: N_("E-mail")}
EVERY = "*"
SOON_MS, HIGH = 300, 320
TABLES = {DoNotCall._meta.table_name, OptOut._meta.table_name}


class Listed(Sheet):
    """Del takes the row under the cursor off, Ins adds."""

    unwanted = Signal()
    wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The two keys of a list one adds to."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Insert):
            (self.unwanted if event.key() == Qt.Key.Key_Delete else self.wanted).emit()
        else:
            super().keyPressEvent(event)


class OptOuts(QWidget):
    """The line that looks through the list, its verbs, and the list; Enter in the line checks a number."""

    checked = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._times, self._reading = session, 0, False
        self.words = named(LineEditor(self), "gate.number", _("Find or check a number"))
        self.words.setPlaceholderText(_("Number, address, list or reason"))
        ways = [(EVERY, _("All of them")), *((way, _(said)) for way, said in WAYS.items())]
        self._way = named(ChoiceEditor(ways, self, allow_empty=False), "gate.way", _("What is not wanted"))
        self._way.set_value(EVERY)
        columns = [Column(_("Number or address"), 210, True), Column(_("Not wanted"), 90), Column(_("Since"), 100),
                   Column(_("List"), 110), Column(_("Reason"), 190)]  # fmt: skip
        self.grid = Listed("gate.grid", _("Who does not want to be reached"), columns, self)
        self.grid.setFixedHeight(theme.px(HIGH, self))
        self._said = named(Remark("", self), "gate.said", _("About the list"))
        self._add = self._verb("add", _("Add…"), "add", self.add)
        self._take_off = self._verb("take_off", _("Take off…"), "remove", self.take_off)
        self._soon = later(self, self.look, SOON_MS)
        self._lay_out()
        self._connect()

    def _verb(self, word: str, text: str, sign: str, what: Callable[[], object]) -> Button:
        button = named(Button(text, self), f"gate.{word}", text)
        button.setIcon(icon(sign, button))
        button.clicked.connect(lambda: what())
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        line = QWidget(self)
        row = WrappingRow(line)
        row.setContentsMargins(0, 0, 0, 0)
        self.words.setFixedWidth(theme.px(260, self))
        self._way.setFixedWidth(theme.px(120, self))
        for part in (self.words, self._way, self._add, self._take_off):
            row.addWidget(part)
        column.addWidget(line)
        column.addWidget(self._said)
        self._said.say("")
        column.addWidget(self.grid)

    def _connect(self) -> None:
        self.words.changed.connect(self._soon.start)
        self.words.returnPressed.connect(lambda: self.checked.emit(self.words.text()))
        self._way.changed.connect(self.look)
        self.grid.turned.connect(self._offer)
        self.grid.more_wanted.connect(self._read_on)
        self.grid.unwanted.connect(self.take_off)
        self.grid.wanted.connect(self.add)
        self._session.done.connect(self._heard)
        self._offer()

    # ---------------------------------------------------------------- reading

    def look(self) -> None:
        """Read the first of them, beside the window."""
        self._times += 1
        self._read(0)

    def _read_on(self) -> None:
        if not self._reading and self.grid.rows.lines:
            self._read(len(self.grid.rows.lines))

    def _read(self, start: int) -> None:
        self._reading = True
        times, by = self._times, self._session.by
        way, words = self._asked()

        def show(found: Sequence[Entry]) -> None:
            if times == self._times:
                self._reading = len(found) < SHOWN  # the end has come: nothing more is read
                self.grid.show_lines([_line(entry) for entry in found], more=start > 0)
                self._said.say(self._nothing() if not self.grid.rows.lines else "")

        self._session.work(
            lambda _progress: refusals.listed(words, way, start, by), label=_("Reading who does not want it"),
            done=show, failed=lambda error: self._fail(times, error), progress=False,
        )  # fmt: skip

    def _asked(self) -> tuple[str, str]:
        way = str(self._way.value())
        return "" if way == EVERY else way, self.words.text()

    def _nothing(self) -> str:
        if self._asked() != ("", ""):
            return _("Nobody like that is on the list. Take the words away, or choose another way.")
        return _("Nobody has said yet that they do not want to be called or written to. Add takes down who does.")

    def _fail(self, times: int, error: CRMError) -> None:
        if times == self._times:
            self._reading = False
            self.grid.show_lines([])
            self._said.say(error.message, "overdue")

    def _heard(self, done: Done) -> None:
        if done.tables & TABLES:
            self._soon.start()

    # ---------------------------------------------------------------- what can be done

    def _offer(self) -> None:
        entry: Entry | None = self.grid.about()
        by = self._session.by
        if entry is None:
            offer(self._take_off, _("There is nobody on the list."))
        else:
            offer(self._take_off, self._session.attempt(lambda: refusals.why_it_stays(entry, by)) or "")

    def add(self) -> None:
        """Take down one or several, one a line."""
        from ui.setup.opt_out_dialogs import AddDialog

        way, words = self._asked()
        dialog = AddDialog(self._session, way or PHONE, words if register.key(words) or "@" in words else "", self)
        dialog.exec()
        if (added := dialog.added) is not None:
            self._session.tell(Told(told(added), added.unit or None))
            self.look()

    def take_off(self) -> None:
        """They want it again: asks for the reason, which is kept."""
        from ui.setup.opt_out_dialogs import TakeOffDialog

        entry: Entry | None = self.grid.about()
        if entry is None:
            return
        if why := self._session.attempt(lambda: refusals.why_it_stays(entry, self._session.by)):
            self._said.say(why, "overdue")
            return
        dialog = TakeOffDialog(self._session, entry, self)
        if dialog.exec():
            said = _("{address} is off the list.").format(address=entry.address)
            self._session.tell(Told(said, dialog.unit))
            self.look()
        self.grid.setFocus()


def told(added: Added) -> str:
    """How many were taken down, in words."""
    said = ngettext("{count:,} is on the list now.", "{count:,} are on the list now.", added.added)
    parts = [said.format(count=added.added)] if added.added else []
    if added.there:
        there = ngettext("{count:,} was there already.", "{count:,} were there already.", added.there)
        parts.append(there.format(count=added.there))
    return " ".join(parts)


def _line(entry: Entry) -> Line:
    address = entry.address or _("somebody who was forgotten")
    source = {OWN: "", STOPPED: ""}.get(entry.source, entry.source)
    words = (address, _(WAYS[entry.channel]), shown(None, entry.since) if entry.since else "", source, entry.reason)
    parts = (address, words[1], in_full(None, entry.since) if entry.since else "", source, entry.reason)
    return Line(words, entry, " · ".join(filter(None, parts)), quiet=not entry.address)
