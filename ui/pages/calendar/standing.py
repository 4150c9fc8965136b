"""What the painted views have in common: the entries, where somebody stands among them, and the keys."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from channergy_crm.language import _
from channergy_crm.records.guests import NO, YES
from ui.pages.calendar import copying, words
from ui.pages.calendar.ink import Worn
from ui.pages.calendar.places import STEP, USUAL, Slot, begins, has_day, whole
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

    from channergy_crm.services.calendar.entries import Entry

KEY = Qt.Key
Key = tuple[int, "date | None", str, int]
"""how an entry is known again: its task, its day where it is a turn of a series, whose calendar it stands in, on which
of its days
"""
DEEDS = {
    KEY.Key_D: ("view", "day"), KEY.Key_W: ("view", "week"), KEY.Key_M: ("view", "month"), KEY.Key_L: ("view", "list"),
    KEY.Key_T: ("today", None), KEY.Key_PageUp: ("turn", -1), KEY.Key_PageDown: ("turn", 1),
}  # fmt: skip
STEPS = {KEY.Key_Left: (-1, 0), KEY.Key_Right: (1, 0), KEY.Key_Up: (0, -1), KEY.Key_Down: (0, 1)}
ANSWERS = {KEY.Key_Y: YES, KEY.Key_N: NO}
ACROSS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
DONE = {KEY.Key_Delete: "remove", KEY.Key_Space: "done", KEY.Key_Menu: "card"}


def key_of(entry: Entry) -> Key:
    """How an entry is known again."""
    return entry.task, whole(entry).day if entry.planned else None, entry.owner, entry.after


class Standing(QWidget):
    """The entries of some days. `wanted` tells what somebody wants: a word, what it is about, and what more is known.

    The words: "open", "done", "remove", "dial", "copy", "paste", "duplicate" (an entry); "card" (an entry, and "keys"
    where it gets the focus or "move" where its day is typed); "move" (an entry, a Slot), "lengthen" (an entry,
    minutes), "answer" (an entry, what is answered), "fixed" (an entry that a hand has tried to move), "give" (an
    entry, -1 or 1: to whom stands beside), "new" (a Slot, minutes), "view", "today", "turn", "more" (a day), "dropped"
    (a number, a Slot).
    """

    wanted = Signal(str, object, object)

    def __init__(self, name: str, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, name, said)
        self.entries: list[Entry] = []
        self.days: tuple[date, ...] = ()
        self.owners: tuple[str, ...] = ()
        self.nothing = ""
        """what is said where there are none"""
        self.here: Slot | None = None
        self.key: Key | None = None
        self.worn = Worn()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # ---------------------------------------------------------------- what each view says otherwise

    def rooms(self) -> Sequence[tuple[Entry, QRectF]]:
        """Where the entries stand that are painted."""
        raise TypeError("each view says where its entries are")

    def walk(self, across: int, down: int) -> None:
        """The cursor goes on."""
        raise TypeError("each view says where the cursor goes")

    def let_go(self) -> None:
        """Nothing is held any more."""

    def reveal(self) -> None:
        """Bring the cursor into sight."""

    def laid_out(self) -> None:
        """Entries or measures are others now."""

    def stepped(self, entry: Entry, across: int, down: int) -> Slot | None:
        """Where an entry goes by Ctrl and an arrow."""
        raise TypeError("each view knows its steps")

    # ---------------------------------------------------------------- entries and the cursor

    def show_entries(self, entries: Sequence[Entry], days: Sequence[date], owners: Sequence[str]) -> None:
        """Show these; the cursor stays on what it stood on, or in its place."""
        before = self.current()
        self.entries, self.days, self.owners = list(entries), tuple(days), tuple(owners)
        self.let_go()
        if before is not None and self.current() is None:
            self.here, self.key = Slot(before.day, begins(before), before.owner), None
        if self.here is not None and self.key is None and self.here.day not in self.days:
            self.here = None
        self.laid_out()
        self.settle()

    def current(self) -> Entry | None:
        """The entry somebody stands on."""
        if self.key is None:
            return None
        held = [entry for entry in self.entries if key_of(entry)[:3] == self.key[:3]]
        return next((entry for entry in held if entry.after == self.key[3]), next(iter(held), None))

    def place(self) -> Slot | None:
        """Where somebody stands: the place of the entry, or an empty one."""
        entry = self.current()
        return self.here if entry is None else Slot(entry.day, begins(entry), entry.owner)

    def stand_on(self, entry: Entry) -> None:
        """Stand on this entry."""
        self.key, self.here = key_of(entry), None
        self.settle()

    def stand_at(self, slot: Slot) -> None:
        """Stand in an empty place, or on the entry that is there."""
        self.key, self.here = None, slot
        self.settle()

    def stand_on_task(self, number: int) -> bool:
        """Stand on the entry of this task; False when it is not among these."""
        here = self.current()
        if here is not None and here.task == number and here.after:
            return True  # on a later one of its days, where somebody stands already
        those = (entry for entry in self.entries if entry.task == number)
        found = min(those, key=lambda entry: (entry.planned, entry.guest, entry.after), default=None)
        if found is not None:
            self.stand_on(found)
        return found is not None

    def settle(self) -> None:
        """The cursor stands elsewhere: it is shown and heard."""
        entry, slot = self.current(), self.here
        said = words.heard(entry) if entry is not None else words.free_heard(slot) if slot is not None else ""
        self.setAccessibleDescription(said or _("Nothing on these days."))
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.reveal()
        self.update()

    def room_of(self, entry: Entry) -> QRectF:
        """Where an entry stands; nothing where it is not painted."""
        return next((room for each, room in self.rooms() if key_of(each) == key_of(entry)), QRectF())

    # ---------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        """What pastes elsewhere in the window pastes entries here."""
        if copying.is_asked(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = KEY(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        entry = self.current()
        if word := copying.wanted(event):
            self.wanted.emit(word, entry, None)
        elif key in STEPS:
            aside, down = STEPS[key]
            self._arrow(entry, (-aside if self.isRightToLeft() else aside, down), held)
        elif key in DEEDS and not held:
            self.wanted.emit(*DEEDS[key], None)
        elif key in ANSWERS and not held and entry is not None:
            self.wanted.emit("answer", entry, ANSWERS[key])
        elif key in (KEY.Key_Return, KEY.Key_Enter) and not held:
            self._enter(entry)
        elif entry is not None and not held and (deed := DONE.get(key)):
            self.wanted.emit(deed, entry, "keys" if deed == "card" else None)
        else:
            super().keyPressEvent(event)

    def _enter(self, entry: Entry | None) -> None:
        if entry is not None:
            self.wanted.emit("open", entry, None)
        elif self.here is not None:
            self.wanted.emit("new", self.here, 0)

    def _arrow(self, entry: Entry | None, step: tuple[int, int], held: Qt.KeyboardModifier) -> None:
        if not held:
            self.walk(*step)
        elif held == Qt.KeyboardModifier.ControlModifier and entry is not None:
            slot = self.stepped(whole(entry), *step)
            if slot is not None:
                self.wanted.emit("move", entry, slot)
        elif held == ACROSS and entry is not None and step[0]:
            self.wanted.emit("give", entry, step[0])
        elif held == Qt.KeyboardModifier.ShiftModifier and entry is not None and step[1] and entry.at is not None:
            self.wanted.emit("lengthen", entry, max(STEP, (entry.minutes or USUAL) + STEP * step[1]))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current() is None and self.here is None and self.days:
            first = next((entry for entry in self.entries if has_day(entry)), None)
            if first is not None:
                self.stand_on(first)
        self.settle()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.laid_out()

    def changeEvent(self, event: QEvent) -> None:
        """Read from the other side."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.laid_out()

    def cursor_of(self, entry: Entry) -> str:
        """How the cursor is painted on an entry; "" where it does not stand there."""
        if self.key is None or key_of(entry)[:3] != self.key[:3]:
            return ""
        return "accent" if self.hasFocus() else "idle"

    def day_after(self, day: date, by: int) -> date:
        """So many of the days shown further on, or that many days where it is none of them."""
        if day in self.days and 0 <= self.days.index(day) + by < len(self.days):
            return self.days[self.days.index(day) + by]
        return day + timedelta(days=by)
