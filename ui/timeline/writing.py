"""What is written on a timeline: a note is added, changed, pinned, removed; a task is made for the record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from channergy_crm.errors import CRMError, Surroundings
from channergy_crm.language import _
from channergy_crm.records import Account, Lead, Note, Opportunity
from channergy_crm.services import accounts, notes, tasks
from channergy_crm.work.called import called
from ui.look.icons import icon
from ui.look.wording import key_name
from ui.session.beside import Told
from ui.timeline.composer import NoteComposer, TaskComposer
from ui.widgets.controls import Button
from ui.widgets.dialog import named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.timeline.sources import Entry
    from channergy_crm.work.record import Record

DRAFT_PAUSE_MS = 700
TASKS_OF = {Lead: "lead", Account: "account", Opportunity: "opportunity"}
"""what a task can be made for, and how `accounts.start_task` calls it"""


class Writing:
    """The two editors on top of the list, their buttons, and what becomes of what is written."""

    def __init__(self, timeline: Any) -> None:
        self._timeline = timeline
        self._session, name = timeline.session, timeline._name
        self._changing: int | None = None
        self.note, self.task = NoteComposer(name, timeline), TaskComposer(name, timeline)
        to_note = Button(_("Note"), timeline, key=key_name("Ctrl+Shift+N"))
        self._to_note = named(to_note, f"{name}.add_note", _("Add a note"))
        self._to_task = named(Button(_("Task"), timeline), f"{name}.add_task", _("Add a task"))
        self.buttons = (self._to_note, self._to_task)
        for button, sign, what in (
            (self._to_note, "note", self.open_note), (self._to_task, "task", self.open_task)
        ):  # fmt: skip
            button.quiet()
            button.say_key(False)  # there is little room
            button.setIcon(icon(sign, button))
            button.clicked.connect(lambda _checked=False, what=what: what())
        self._draft_later = later(timeline, self._keep_draft, DRAFT_PAUSE_MS)
        self.note.lines.changed.connect(self._draft_later.start)
        self.note.saved.connect(self.save_note)
        self.note.given_up.connect(self.give_up)
        self.task.saved.connect(self.save_task)
        self.task.given_up.connect(self.give_up)

    def offer(self, record: Record | None) -> None:
        """What can be written about this record."""
        self._to_note.setVisible(record is not None)
        self._to_task.setVisible(type(record) in TASKS_OF)

    # ---------------------------------------------------------------- a note

    def open_note(self) -> None:
        """Write a note, or go on with the one that was begun."""
        if self._timeline.record is None:
            return
        self.task.hide()
        if self.note.isHidden() or self._changing is not None:
            self._changing = None
            self.note.open_with(self._draft())
        else:
            self.note.lines.setFocus()

    def change(self) -> None:
        """Write the note of the cursor anew, if it is one's own."""
        note = self._own_note()
        if note is not None:
            self.leave()
            self._changing = note.number
            self.note.open_with(note.text)

    def save_note(self) -> None:
        """Ctrl+Enter."""
        record, text, by = self._timeline.record, self.note.lines.value(), self._session.by
        if record is None:
            return
        if self._changing is not None:
            saved = self._try(self.note, partial(notes.change, self._changing, text, by))
        else:
            saved = self._try(self.note, partial(notes.add, type(record), record.key, text, by))
        if saved is None:
            return
        if self._changing is None:
            self._draft_later.stop()
            self._session.drafts.drop(self._form())
        self._changing = None
        self.note.hide()
        self._session.say_done(_("Note saved."))
        self._timeline.reload()
        self._timeline.list.setFocus()

    def pin(self) -> None:
        """Pin the note of the cursor, or take its pin off."""
        entry = self._entry()
        if entry is not None:
            on = not entry.pinned
            if self._session.attempt(lambda: notes.pin(entry.number, self._session.by, on=on)) is not None:
                self._session.say_done(_("Pinned.") if on else _("The pin is off."))

    def remove(self) -> None:
        """Remove the own note of the cursor; the notice takes it back."""
        note = self._own_note()
        if note is None:
            return

        def gone() -> bool:
            notes.remove(note.number, self._session.by)
            return True

        if self._session.attempt(gone):
            self._session.say_done(_("Note removed."))

    def _entry(self) -> Entry | None:
        entry = self._timeline.list.entry()
        return entry if entry is not None and entry.kind == "note" else None

    def _own_note(self) -> Note | None:
        """The note of the cursor, where this one may change it; else it is said why not."""
        entry = self._entry()
        if entry is None:
            return None
        note = Note(number=entry.number, text=entry.note, author=entry.by)
        if reason := self._session.attempt(lambda: notes.why_not_mine(note, self._session.by) or ""):
            self._session.notices.warn(reason)
        return note if reason == "" else None

    # ---------------------------------------------------------------- a task

    def open_task(self) -> None:
        """A task for this record (VT-163)."""
        if type(self._timeline.record) in TASKS_OF:
            self.leave()
            self.task.open_empty()

    def save_task(self) -> None:
        """Ctrl+Enter."""
        record, by = self._timeline.record, self._session.by
        if problem := self.task.problem():
            self.task.wrong.say(problem)
            return
        action, day, at = self.task.values()

        def save() -> Record:
            asked: Any = {TASKS_OF[type(record)]: record}
            task = accounts.start_task(by, **asked)
            task.action, task.reminder_date, task.reminder_time = action, day, at if day else None
            return tasks.save(task, by)

        if (saved := self._try(self.task, save)) is not None:
            self.task.hide()
            self._session.say_done(_("{record} created.").format(record=called(saved)))
            self._timeline.reload()
            self._timeline.list.setFocus()

    # ---------------------------------------------------------------- nothing is lost

    def give_up(self) -> None:
        """Esc: the editor goes; a note that was begun is kept and comes back with it."""
        begun = not self.note.isHidden() and self._changing is None and bool(self.note.lines.value().strip())
        self.leave()
        if begun:
            again = (_("Go on with it"), self.open_note)
            self._session.notices.say(_("The note is not saved; what was begun is kept."), action=again)
        self._timeline.list.setFocus()

    def leave(self) -> None:
        """Another record comes, or something else is written: what was begun is kept."""
        if not self.note.isHidden():
            self._keep_draft()
        self._draft_later.stop()
        self._changing = None
        self.note.hide()
        self.task.hide()

    def _keep_draft(self) -> None:
        record, text = self._timeline.record, self.note.lines.value()
        if record is None or self._changing is not None or self.note.isHidden():
            return
        if text.strip():
            note = Note(table=record._meta.table_name, of=str(record.key))
            self._session.drafts.put(self._form(), note, {"text": text})
        else:
            self._session.drafts.drop(self._form())

    def _draft(self) -> str:
        held = self._session.drafts.get(self._form(), Note)
        if held is None:
            return ""
        self._session.drafts.take(self._form())
        return str(held[1].get("text") or "")

    def _form(self) -> str:
        record = self._timeline.record
        return f"note.{record._meta.table_name}.{record.key}" if record is not None else "note"

    def _try(self, composer: NoteComposer | TaskComposer, what: Callable[[], Any]) -> Any:
        """Do it; what keeps it from being saved is said below what was typed, which stays."""
        composer.wrong.say("")
        try:
            return what()
        except Surroundings as error:
            again = (_("Retry"), composer.saved.emit)
            self._session.tell(Told(error.message, action=again, level="warning"))
        except CRMError as error:
            composer.wrong.say(error.message)
        return None
