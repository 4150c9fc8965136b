"""What is done with entries: moved, lengthened, closed, removed, opened, dialed; each change is one undoable unit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from channergy_crm.language import _
from channergy_crm.records import Task
from channergy_crm.services import dated, saving, tasks
from channergy_crm.services.calendar import making, moving
from ui.pages.calendar import words
from ui.pages.calendar.places import has_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.calendar.entries import Entry
    from ui.pages.calendar.places import Slot
    from ui.session.session import Session


class Deeds:
    """Each answers whether it was done; why not is said as a notice."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def move(self, entry: Entry, slot: Slot, *, every: bool = False) -> int | None:
        """Put an entry there; of a series this turn alone, or all from here on. The number of what stands there now."""
        by, planned = self._session.by, entry.day if entry.planned else None
        given = slot.owner if slot.owner != entry.owner and not entry.guest else ""
        if dated.source(entry.kind) is not None:
            done: Any = self._session.attempt(partial(dated.move, entry.kind, entry.task, slot.day, by))
        else:
            stood = None if planned else (entry.day if has_day(entry) else None, entry.at)
            if every and planned is not None:
                what: Any = partial(moving.move_following, planned=planned, owner=given)
            else:
                what = partial(moving.move, planned=planned, stood=stood, owner=given)
            done = self._session.attempt(partial(what, entry.task, slot.day, slot.at, by))
        if done is None:
            return None
        there = words.when(entry._replace(day=slot.day, at=slot.at))
        said = _("{name} belongs to {owner} now: {when}.") if given else _("{name}: {when}.")
        self._session.say_done(said.format(name=entry.title, owner=given, when=there))
        return entry.task if dated.source(entry.kind) is not None else int(done.task)

    def copy(self, entry: Entry, slot: Slot) -> int | None:
        """Make one like it there. The number of the new one."""
        by, planned = self._session.by, entry.day if entry.planned else None
        if dated.source(entry.kind) is not None:
            self._session.notices.say(_("Only activities are copied here."))
            return None
        how = partial(moving.copy_to, entry.task, slot.day, slot.at, by, planned=planned, owner=slot.owner)
        if (done := self._session.attempt(how)) is None:
            return None
        there = words.when(entry._replace(day=slot.day, at=slot.at))
        self._session.say_done(_("{name} stands here too: {when}.").format(name=entry.title, when=there))
        return done.task

    def lengthen(self, entry: Entry, minutes: int) -> int | None:
        """Let an entry take so many minutes. The number of what stands there now."""
        by, planned = self._session.by, entry.day if entry.planned else None
        if dated.source(entry.kind) is not None:
            return None
        lasted = None if planned else entry.minutes
        how = partial(moving.lengthen, entry.task, minutes, by, planned=planned, lasted=lasted)
        if (done := self._session.attempt(how)) is None:
            return None
        there = words.when(entry._replace(minutes=minutes))
        self._session.say_done(_("{name}: {when}.").format(name=entry.title, when=there))
        return done.task

    def done(self, entry: Entry) -> bool:
        """Close an entry, or open it again."""
        if dated.source(entry.kind) is not None or entry.planned:
            self._session.notices.say(_("Only an activity that has come can be done."))
            return False
        by, closed = self._session.by, entry.state == "done"
        deed = tasks.reopen if closed else tasks.close
        if not self._session.attempt(lambda: deed([entry.task], by)):
            return False
        said = _("{name} is open again.") if closed else _("{name} is done.")
        self._session.say_done(said.format(name=entry.title))
        return True

    def remove(self, entry: Entry, *, every: bool = False) -> bool:
        """Take an entry off; Undo brings it back. Of a series only this turn, or all from here on."""
        by = self._session.by
        if dated.source(entry.kind) is not None:
            self._session.notices.say(_("Only activities are removed here."))
            return False
        if entry.planned:
            off: Any = moving.end_before if every else moving.take_out
            if self._session.attempt(partial(off, entry.task, entry.day, by)) is None:
                return False
            self._session.say_done(_("{name} is removed.").format(name=entry.title))
            return True
        task = self._session.find(Task, entry.task)
        if task is None or self._session.attempt(lambda: saving.delete_all([task], by)) is None:
            return False
        self._session.say_done(_("{name} is removed.").format(name=entry.title))
        return True

    def answer(self, entry: Entry, answer: str) -> bool:
        """Say whether one comes oneself."""
        by = self._session.by
        if dated.source(entry.kind) is not None:
            return False
        done: Any = self._session.attempt(partial(making.answer, entry.task, answer, by))
        if done is None:
            return False
        self._session.say_done(_("{name}: {answer}.").format(name=entry.title, answer=words.answer_said(answer)))
        return True

    def invite(self, entry: Entry, guests: Sequence[making.Person]) -> bool:
        """Say who is invited; who stays keeps the answer."""
        by = self._session.by
        held = self._session.attempt(lambda: [making.set_guests(entry.task, guests, by)])
        if held is None:
            return False
        said = words.guests_said(entry._replace(guests=len(held[0])))
        self._session.say_done(_("{name}: {answer}.").format(name=entry.title, answer=said))
        return True

    def open(self, entry: Entry) -> None:
        """Go to the record."""
        if (source := dated.source(entry.kind)) is not None:
            found = self._session.attempt(lambda: [source.record.opened_at(entry.task, entry.title)])
            if found:
                self._session.go_to(*found[0])
        else:
            found = self._session.attempt(lambda: [Task.opened_at(entry.task, entry.title)])
            if found:
                self._session.go_to(*found[0])

    def dial(self, entry: Entry) -> None:
        """Call whom it is about."""
        source = dated.source(entry.kind)
        record = source.record.about.target if source is not None and source.record is not Task else "task"
        self._session.go_to(f"call_{record}", entry.task)
