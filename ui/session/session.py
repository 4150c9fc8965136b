"""Who works in which window: the office, the operator and the workstation, what is told, undone and dialed there."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from channergy_crm import work
from channergy_crm.errors import CRMError, Surroundings
from channergy_crm.language import _
from channergy_crm.records import CustomField, OfficeSetting, Project
from channergy_crm.services import reading, rights, saving
from channergy_crm.settings import Station, home
from channergy_crm.text.links import mail_address, mail_link
from channergy_crm.work.drafts import Drafts
from ui.session.beside import Beside, Told
from ui.session.clipboard import QtClipboard
from ui.session.editing import Editing
from ui.session.elsewhere import Others
from ui.session.private_copies import PrivateCopies
from ui.session.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtCore import QUrl

    from channergy_crm.dialing import Dialed
    from channergy_crm.store.database import Office
    from channergy_crm.store.reader import Reader
    from channergy_crm.work.record import Record
    from ui.session.background import Background, Progress
    from ui.session.notices import Notices

T = TypeVar("T")
R = TypeVar("R", bound="Record")
FIELDS = {CustomField._meta.table_name, Project._meta.table_name}
"""what changes which fields there are: one's own, and whether there are projects to belong to"""
SETTINGS = OfficeSetting._meta.table_name
AT_ONCE = 40  # changes that are reversed before anybody could notice a pause


class Session(QObject):
    """One workstation at work: given to every page when it is built."""

    operator_changed = Signal()
    """somebody else works here, or other records are looked at"""
    done = Signal(object)
    """a unit of work that was finished: here, on a worker, or at another window"""
    going = Signal(str, object)
    """the page to go to and what to show there"""
    undo_changed = Signal()
    brought_back = Signal(object)
    """what was taken back or done again: the lists that show it come to it"""
    closing = Signal()
    """the main window goes, and the office with it"""
    messages_wait = Signal()
    """messages were put down here that are to be sent"""
    mail_wanted = Signal(object)
    """the record of somebody who is to be written to inside the program"""
    filing_wanted = Signal(object, object)
    """files that hold mails, by their paths, and the record they were dropped on, None elsewhere"""
    messages_changed = Signal()
    """of messages that were put down here something is known now"""
    signed_out = Signal()
    """the window has been closed because somebody went home; the next one may come"""
    fields_changed = Signal()
    """the office has other fields now, or calls them otherwise"""

    def __init__(
        self, office: Office, station: Station, notices: Notices, background: Background, operator: str
    ) -> None:
        super().__init__(notices)
        self.office, self.station, self.notices, self.background = office, station, notices, background
        self.work = Beside(background, office, self.tell)
        whose = f"{office.url}#{operator}" if rights.is_secured() else office.url  # what Ann typed is shown to Ann
        self.drafts = Drafts(home() / "drafts", whose, notices.warn)
        station.tell = notices.warn
        self.looking = Searcher(office, _look_alikes, self)
        self._operator = self._shown = operator
        self.copies = PrivateCopies()
        self.project: int | None = None
        """the project whose records are shown, by its number; None for those of all (`within.choose_project`)"""
        self.came_from = ""
        """the page somebody went away from last, to show something on another one"""
        self.others = Others(office, self)
        self.editing = Editing(self.others, self.work, lambda: self.by, self)
        self._stop = work.listen(self.done.emit)
        self._latest: work.Done | None = None
        self._secured: bool | None = None
        self.done.connect(self._remember)
        self.done.connect(self.undo_changed)
        self.done.connect(lambda done: self.fields_changed.emit() if FIELDS & set(done.tables) else None)

    @property
    def by(self) -> str:
        """The operator who works here now."""
        return self._operator

    @property
    def secured(self) -> bool:
        """Whether Security is on, as far as this window has heard; it is asked for every verb that is offered."""
        if self._secured is None:
            with suppress(Surroundings):  # said by whatever is asked of the store next
                self._secured = rights.is_secured()
        return bool(self._secured)

    @property
    def shown(self) -> str:
        """Whose records the lists show: the operator's own, or those of somebody they may look at (K3)."""
        return self._shown

    def set_operator(self, operator: str) -> None:
        """Another operator sits down; every page follows (CH-7, CH-9). While Security is on nobody takes another one's
        place: the records of that operator are shown to whoever may look at them.
        """
        if operator == self._shown:
            return
        if not rights.is_secured():
            self._operator = operator
        elif operator != self.by and not rights.views_all(self.by):
            return
        self._shown = operator
        self.operator_changed.emit()
        self.undo_changed.emit()

    def attempt(self, what: Callable[[], T]) -> T | None:
        """Do something; what the user can mend, or the surroundings did, is said as a notice."""
        try:
            return what()
        except Surroundings as error:
            self.notices.warn(error.message, lambda: self.attempt(what))
        except CRMError as error:
            self.notices.warn(error.message)
        return None

    def find(self, record: type[R], key: object) -> R | None:
        """The record of this key as it is now, or None; why it may not be read is said as a notice."""
        return self.attempt(lambda: reading.find(record, key, self.by))

    def tell(self, told: Told) -> None:
        """Tell how something ended; its Undo takes back the very unit it names, whatever was done in between."""
        undo = partial(self.undo_unit, told.unit) if told.unit else None
        self.notices.say(told.text, undo=undo, action=told.action, level=told.level)

    def look_at_fields(self) -> None:
        """Take on the fields another workstation has added or changed meanwhile."""
        from channergy_crm.services import custom_fields
        from channergy_crm.services.rights import Program

        with suppress(Surroundings):  # said by whatever comes next
            if custom_fields.look(Program.ITSELF):
                self.fields_changed.emit()

    def say_done(self, text: str, action: tuple[str, Callable[[], object]] | None = None) -> Told:
        """Tell what the latest unit did; its Undo takes back that unit, whatever is done in between."""
        told = Told(text, self._latest.number if self._latest else None, action)
        self.tell(told)
        return told

    def tell_together(self, told: Sequence[Told]) -> None:
        """Several things done in one go are told in one notice, whose Undo takes all of them back."""

        def undo() -> None:
            for each in reversed(told):
                if each.unit:
                    self.undo_unit(each.unit)

        self.notices.say(" ".join(each.text for each in told), undo=undo, level="done")

    def _remember(self, done: work.Done) -> None:
        if SETTINGS in done.tables:
            self._secured = None
        if not done.elsewhere:
            self._latest = done

    def undo_unit(self, number: int) -> None:
        """Take back one unit: the Undo of a notice."""
        self._reverse(number, self._undone)

    def reverse_unit(self, number: int, *, again: bool) -> None:
        """Take back one unit out of the history, or do `again` what was taken back."""
        self._reverse(number, self._redone if again else self._undone)

    def undo(self) -> None:
        """Ctrl+Z."""
        if entry := self.attempt(lambda: saving.undoable(self.by)):
            self._reverse(entry.number, self._undone)

    def redo(self) -> None:
        """Ctrl+Shift+Z."""
        if entry := self.attempt(lambda: saving.redoable(self.by)):
            self._reverse(entry.number, self._redone)

    def _redone(self, done: work.Done) -> Told:
        self.brought_back.emit(done)
        return Told(_("Done again: {name}.").format(name=done.name), done.number)

    def _undone(self, done: work.Done) -> Told:
        self.brought_back.emit(done)
        return Told(_("Undone: {name}.").format(name=done.name), action=(_("Redo"), self.redo), level="news")

    def _reverse(self, number: int, told: Callable[[work.Done], Told]) -> None:
        """Reverse a unit: a small one at once, a large one beside the window, with progress and Cancel."""
        by = self.by
        size = self.attempt(lambda: saving.size(number, by))
        if size is None:
            return
        self.work(
            lambda progress: saving.reverse(number, by, progress.step), label=_("Taking back"),
            told=lambda done: told(done) if done else None, cancelled=_("Stopped; nothing was taken back."),
            at_once=size <= AT_ONCE,
        )  # fmt: skip

    def go_to(self, page: str, target: object = None) -> None:
        """Go to a page and show something on it."""
        self.going.emit(page, target)

    def dial(
        self, number: str, heard: Callable[[Dialed | None], object] | None = None, record: Record | None = None,
        override: str = "", *, noted: bool = True,
    ) -> None:  # fmt: skip
        """Hand a number to the telephone, off the window's thread (CH-45, CH-70, CH-83).

        `record` is for whom. `heard` is told what became of it; None when there was nothing to dial. Against a rule
        who may gives a reason, the `override` (BX-5, BX-6). A call that is not `noted` is written down at once.
        """
        from channergy_crm import dialing
        from channergy_crm.services import calls, office
        from ui.session.call_anyway import offer
        from ui.session.dial_keys import DialKeys

        clipboard: dialing.Clipboard = dialing.SystemClipboard()
        if clipboard.check() is not None:
            clipboard = QtClipboard(QGuiApplication.clipboard(), self.background.here)
        bridge = dialing.chosen(self.station, clipboard, operator=self.by, region=office.region())
        by, keys = self.by, DialKeys(bridge.keys, self)

        def dial(_progress: Progress) -> dialing.Dialed:
            with keys.on_their_way():
                return calls.dial(
                    number, by, bridge=bridge, clipboard=clipboard, record=record, override=override, noted=noted
                )

        def failed(error: CRMError) -> None:
            if not offer(error, self.notices, lambda reason: self.dial(number, heard, record, reason, noted=noted)):
                self.notices.warn(error.message)
            if heard is not None:
                heard(None)

        def told(dialed: dialing.Dialed) -> Told | None:
            moved_on = dialed.sent and self.notices.recent()[0].text != saying
            return None if moved_on else Told(dialed.message, level="done" if dialed.sent else "warning")

        saying = _("Dialing {number}…").format(number=number.strip())
        self.notices.say(saying)
        keys.hold()
        self.work(dial, label=_("Dialing"), told=told, done=heard, failed=failed, progress=False, finishes=True)

    def write_email(self, address: str) -> None:
        """Open the default mail program with this address filled in (CH-29)."""
        from PySide6.QtCore import QUrl

        known = mail_address(address)
        if not known:
            self.notices.warn(_("“{text}” is not one e-mail address such as name@company.com.").format(text=address))
            return
        self._open(QUrl(mail_link(known)), _("No mail program answers on this workstation."))

    def open_website(self, address: str) -> None:
        """Open a web site in the default browser."""
        from PySide6.QtCore import QUrl

        text = address.strip()
        url = QUrl.fromUserInput(text)
        if url.scheme() not in ("http", "https") or not url.host():
            self.notices.warn(_("“{text}” is not a web address such as www.company.com.").format(text=text))
            return
        self._open(url, _("No browser answers on this workstation."))

    def _open(self, url: QUrl, otherwise: str) -> None:
        from PySide6.QtGui import QDesktopServices

        if not QDesktopServices.openUrl(url):
            self.notices.warn(otherwise)

    def close(self) -> None:
        """Stop listening; the window is going."""
        self.closing.emit()
        self.others.stop()
        self._stop()
        self.looking.end()
        self.drafts.close()
        self.copies.clear()


def _look_alikes(reader: Reader, record: type[Record], values: dict[str, object], by: str) -> Iterator[object]:
    from channergy_crm.services.duplicates import look_alikes

    yield look_alikes.like(reader, record, values, by)
