"""One record at work: its summary, its commands, its form; saved, cancelled, never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.errors import Clash, CRMError, Mistake, Surroundings
from channergy_crm.language import N_, _, one
from channergy_crm.services import reading, saving
from ui.forms.following import Following
from ui.forms.form import Form
from ui.forms.looks_like import line_for
from ui.widgets.command_bar import Commands, command_bar
from ui.widgets.controls import Button
from ui.widgets.summary import Summary, SummaryStrip
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from channergy_crm.work.record import Record
    from ui.screen import Screen
    from ui.session.session import Session

DRAFT_PAUSE_MS = 700
SAVED = N_("{record} {name} saved.")


class RecordPanel(QWidget):
    """Shows one record of a screen and takes changes to it. `save` is the service that writes it."""

    saved = Signal(object)
    """the number of the record that was saved"""
    turned = Signal()
    """another record is shown, or none, or the same one as it is now"""
    asked_back = Signal(object, object)
    """the number of a record that is not open any more, and what had been typed into it"""
    link_wanted = Signal(str, object, str)
    """a field that shall point at a record that is yet to be made, the type of it, and what was typed"""
    given_up = Signal()
    """a new record was started and is not wanted after all"""

    def __init__(
        self, screen: Screen, session: Session, *, save: Callable[[Any, str], object],
        start: Callable[[], Record] | None = None,
        summary: Callable[[Any], Summary] | None = None, prefix: str = "", extra: Iterable[QWidget] = (),
        nothing: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.screen_, self.session, self._save, self._start, self._summarise = screen, session, save, start, summary
        self.prefix = prefix or screen.name
        self.commands = Commands(self.prefix, screen.commands, self)
        self.form = Form(screen.name, screen.record, screen.sections, session.station, self, by=lambda: self.by)
        self.strip = SummaryStrip(self.prefix, self) if summary else None
        self._nothing = nothing or _("No {record} is open.").format(record=one(screen.record))
        self.why_no_new: Callable[[], str | None] = lambda: None
        """why no record can be started now"""
        self._draft_later = later(self, self.save_draft, DRAFT_PAUSE_MS)
        self.following = Following(self)
        self._build()
        self.form.edited.connect(self._edited)
        self.form.add_requested.connect(self._add_choice)
        self.form.link_opened.connect(lambda target, key: session.go_to(target.about.target, key))
        self.form.link_wanted.connect(self.link_wanted)
        self.show_record(None)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.strip is not None:
            column.addWidget(self.strip)
            for command in self.commands.having("strip"):
                button = self.commands.button(command, self.strip)
                if isinstance(button, Button):
                    button.loud()
                self.strip.buttons.addWidget(button)
        column.addWidget(command_bar(self.commands, self))
        column.addWidget(self.following.over)
        column.addWidget(self.following.lost)
        column.addWidget(self.form, 1)
        if (line := line_for(self)) is not None:
            column.addWidget(line)
        for command in self.commands.all:
            if command.role.startswith("beside:"):
                row = self.form.rows[command.role.removeprefix("beside:")]
                button = self.commands.button(command, row, small=True)
                row.line.insertWidget(1, button)
                self.setTabOrder(row.editor, button)

    # The record

    @property
    def record(self) -> Any:
        """The record that is shown, or None."""
        return self.form.record

    @property
    def by(self) -> str:
        """The operator at work."""
        return self.session.by

    @property
    def is_edited(self) -> bool:
        """Whether something typed is not saved yet."""
        return self.record is not None and (self.form.is_edited or self.following.keeps_text)

    def show_record(self, record: Record | None) -> None:
        """Show a record as it is in the store (or a new one); what was typed before must be settled."""
        self.form.load(record)
        self.tell()
        self.turned.emit()

    def new(self, record: Record | None = None, focus: str = "") -> None:
        """Start a new record, with the cursor in its first field."""
        if self._start is None and record is None:
            return
        if self.leave():
            started = record or self.session.attempt(self._start)  # type: ignore[arg-type]
            if started is not None:
                self.show_record(started)
                self.form.focus_first(focus)

    def reload(self) -> None:
        """Show what the store holds now."""
        record = self.record
        if record is not None and not record.is_new:
            self.show_record(self.session.find(type(record), record.key))

    # Saving

    def save_changes(self) -> bool:
        """Save what was typed; False when something keeps it from being saved, which is said beside the field."""
        record = self.record
        if record is None:
            return True
        self.session.look_at_fields()
        if self.following.keeps_text:
            reason = self.following.why_not_saved()
            self.session.notices.warn(_("Not saved yet: {reason}").format(reason=reason))
            return False
        unreadable = self.form.unreadable()
        if not self.form.changes() and not unreadable and not record.is_new:
            return True
        for name, value in self.form.values().items():  # also what was typed at an earlier try and taken back since
            if getattr(record, name) != value and name not in unreadable:
                setattr(record, name, value)
        if wrong := record.problems() | unreadable:
            self._refuse(wrong, unreadable)
            return False
        return self._write(record)

    def _refuse(self, wrong: dict[str, str], unreadable: dict[str, str]) -> None:
        """Everything that is wrong is said, each under its field; the first also in the notice."""
        self.form.say(wrong)
        first = next((name for name in self.form.rows if name in wrong), next(iter(wrong)))
        reason = wrong[first]
        if first in unreadable:
            reason = _("{field} cannot be read.").format(field=self.form.rows[first].kind.label)
        self.session.notices.warn(_("Not saved yet: {reason}").format(reason=reason))

    def _write(self, record: Record) -> bool:
        new = record.is_new
        try:
            self._save(record, self.by)
        except Clash as clash:
            return self._settle(record, clash)
        except Mistake as mistake:
            if mistake.field in self.form.rows:
                self.form.say({mistake.field: mistake.message})
            self.session.notices.warn(mistake.message)
            return False
        except Surroundings as error:
            self.session.notices.warn(error.message, self.save_changes)
            return False
        self._saved(record, N_("{record} {name} created.") if new else SAVED)
        return True

    def _settle(self, record: Record, clash: Clash) -> bool:
        from ui.forms.clash_dialog import ClashDialog

        dialog = ClashDialog(clash, record, self, self.session.station)
        if not dialog.exec():
            return False
        try:
            merged = saving.settle_clash(record, dialog.choice(), self.by)
        except CRMError as error:
            self.session.notices.warn(error.message)
            return False
        self._saved(merged, SAVED)
        return True

    def _saved(self, record: Record, said: str) -> None:
        self.session.drafts.drop(self.prefix)
        self.form.learn()
        self.show_record(self.session.find(type(record), record.key))
        self.session.say_done(_(said).format(record=record.singular, name=record.caption()))
        self.saved.emit(record.key)

    def cancel_changes(self) -> None:
        """Give up what was typed; the notice offers it back (CH-44, CH-117)."""
        record = self.record
        if record is None:
            return
        typed = self.form.changes()
        self.show_record(None if record.is_new else self.session.find(type(record), record.key))
        self.session.drafts.drop(self.prefix)
        if record.is_new:
            self.given_up.emit()
        if typed:
            self.session.notices.say(
                _("Changes cancelled."), action=(_("Bring back"), lambda: self._bring_back(record, typed))
            )

    def _bring_back(self, record: Record, typed: dict[str, object]) -> None:
        if record.is_new and self.leave():
            self.show_record(record)
        if self.record is not None and self.record.key == record.key:
            self.form.put(typed)
        elif not record.is_new:
            self.asked_back.emit(record.key, typed)

    def leave(self) -> bool:
        """Settle unsaved changes before something else is shown: save, discard, or stay (False)."""
        if not self.is_edited:
            return True
        from ui.forms.leave_dialog import ask_to_save

        new = _("the new {record}").format(record=one(self.screen_.record))
        answer = ask_to_save(new if self.record.is_new else self.record.caption(), self)
        if answer == "save":
            return self.save_changes()
        if answer == "discard":
            self.session.drafts.drop(self.prefix)
            self.show_record(None if self.record.is_new else self.session.find(type(self.record), self.record.key))
            return True
        return False

    # Drafts

    def _edited(self) -> None:
        self._draft_later.start()
        self.tell()

    def save_draft(self) -> None:
        """Keep what is typed on the disk, in case the program ends without a word (BX-19)."""
        self._draft_later.stop()
        if self.is_edited:
            self.session.drafts.put(self.prefix, self.record, {**self._started_with(), **self.form.changes()})
        else:
            self.session.drafts.drop(self.prefix)

    def _started_with(self) -> dict[str, object]:
        """What a new record was started with, such as its account, so that a draft of it finds its place again."""
        record = self.record
        return {name: record.__data__[name] for name in record.kinds() if record.is_new and name in record._dirty}

    def draft(self) -> tuple[object, dict[str, object]] | None:
        """What was typed here when the program ended last time."""
        return self.session.drafts.get(self.prefix, self.screen_.record)

    def take_up(self, key: object, values: dict[str, object]) -> None:
        """Go on with a draft."""
        self.session.drafts.take(self.prefix)
        record = self._start() if key is None and self._start else None
        if key is not None:
            record = self.session.find(self.screen_.record, key)
        if record is not None:
            for name, value in values.items():
                if record.is_new and record.kind(name).system:
                    setattr(record, name, value)
            self.show_record(record)
            self.form.put(values)

    # What it says

    def tell(self) -> None:
        """Say above the record what it is now, and offer what can be done with it."""
        if self.strip is not None and self._summarise is not None:
            record = self.record
            new = record is not None and record.is_new
            blank = Summary(_("New {record}").format(record=one(self.screen_.record)) if new else self._nothing)
            self.strip.show_summary(blank if record is None or new else self._summarise(record))
        self.commands.refresh()

    def _add_choice(self, name: str, typed: str) -> None:
        kind: Any = self.screen_.record.kind(name)
        from ui.editors.new_value import add_value

        value = add_value(kind, typed, self.session, self)
        if value is not None:
            self.form.put({name: kind.with_value(self.form.rows[name].editor.value(), value)})


def _anew(record: Record, session: Session) -> Record | None:
    """The record as the store holds it now; None when it is gone, or may not be seen, which is said."""
    return session.attempt(lambda: reading.find(type(record), record.key, session.by))
