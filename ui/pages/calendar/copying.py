"""An entry is copied, pasted on another day or into another calendar, or made twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from channergy_crm.language import _
from channergy_crm.services import dated
from ui.look.wording import key_name
from ui.pages.calendar import words
from ui.pages.calendar.places import Slot, begins

if TYPE_CHECKING:
    from channergy_crm.services.calendar.entries import Entry
    from ui.pages.calendar.deeds import Deeds
    from ui.pages.calendar.host import Host

COPY, PASTE, DUPLICATE = "copy", "paste", "duplicate"  # unsaid: what is wanted
KEYS = {COPY: QKeySequence.StandardKey.Copy, PASTE: QKeySequence.StandardKey.Paste}
TWICE = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_D)


def wanted(event: QEvent) -> str:
    """What a key wants of these; nothing for every other key."""
    if not isinstance(event, QKeyEvent):
        return ""
    found = next((word for word, key in KEYS.items() if event.matches(key)), "")
    return found or (DUPLICATE if event.keyCombination() == TWICE else "")


def is_asked(event: QEvent) -> bool:
    """Whether a window asks who takes such a key: it pastes elsewhere what is no entry."""
    return event.type() == QEvent.Type.ShortcutOverride and bool(wanted(event))


class Copying:
    """What was copied last; it is pasted as long as the clipboard holds it."""

    def __init__(self, page: Host, deeds: Deeds) -> None:
        self._page, self._deeds = page, deeds
        self._held: Entry | None = None

    def copy(self, entry: Entry | None, _more: object = None) -> None:
        """Take a copy of an entry; other programs get it in words."""
        notices = self._page.session.notices
        if entry is None:
            notices.say(_("Go to the entry that is to be copied."))
        elif dated.source(entry.kind) is not None:
            notices.say(_("Only activities are copied here."))
        else:
            self._held = entry
            QGuiApplication.clipboard().setText(words.heard(entry))
            said = _("{name} is copied. {key} puts it where you stand.")
            notices.say(said.format(name=entry.title, key=key_name("Ctrl+V")))

    def paste(self, entry: Entry | None, _more: object = None) -> None:
        """Put it where somebody stands."""
        if self._held is None or QGuiApplication.clipboard().text() != words.heard(self._held):
            said = _("Copy an entry first: go to it and press {key}.").format(key=key_name("Ctrl+C"))
            self._page.session.notices.say(said)
            return
        self._make(self._held, self._place(self._held, entry))

    def duplicate(self, entry: Entry | None, _more: object = None) -> None:
        """Make an entry twice, where it stands."""
        if entry is not None:
            self._make(entry, Slot(entry.day, begins(entry), "" if entry.guest else entry.owner))

    def _place(self, held: Entry, entry: Entry | None) -> Slot:
        """The place somebody stands in; a month has no times, and only side by side an entry becomes another's."""
        page = self._page
        place = page.where.place()
        if place is None:
            place = Slot(entry.day if entry is not None else page.anchor, begins(held))
        minute = place.minute if page.view in ("day", "week") else begins(held)
        side_by_side = page.view in ("day", "week") and place.owner in page.owners
        return Slot(place.day, minute, place.owner if side_by_side else "")

    def _make(self, entry: Entry, slot: Slot) -> None:
        number = self._deeds.copy(entry, slot)
        if number is not None:
            self._page.come_to(number, slot.day)
