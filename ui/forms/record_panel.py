"""One record at work: its summary, its commands, its form; saved, cancelled, never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.errors import Clash, CRMError, Mistake, Surroundings
from channergy_crm.language import N_, _, one, varied
from channergy_crm.records.sync import TABLES as SENT
from channergy_crm.services import saving
from channergy_crm.work.called import called
from ui.forms import leave_dialog
from ui.forms.along import Along
from ui.forms.filed import Filed
from ui.forms.fold import everything_of, notes_of
from ui.forms.following import Following
from ui.forms.form import Form, as_shown, keep_from_view, only_read
from ui.forms.looks_like import line_for
from ui.forms.past import Past
from ui.forms.synced import Synced
from ui.look.wording import naming
from ui.session.allowed import DEEDS, hidden, refused
from ui.tags.line import stand_above
from ui.widgets.command_bar import CommandBar, Commands
from ui.widgets.controls import Button
from ui.widgets.strip import SummaryStrip
from ui.widgets.summary import Summary
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from channergy_crm.work.record import Record
    from ui.screen import Command, Screen
    from ui.session.beside import Told
    from ui.session.session import Session

DRAFT_PAUSE_MS = 700
SAVED, CREATED = N_("{record} saved."), N_("{record} created.")


class Kept(NamedTuple):
    """Why a record stays open with what was typed into it, and whether whoever typed it can mend that."""

    why: str
    mendable: bool


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
    linked_wanted = Signal(object, object)
    """a part that shows what is linked, and its group in which something new shall be made"""
    given_up = Signal()
    """a new record was started and is not wanted after all"""
    stuck = Signal()
    """its fields have to be seen: what was typed cannot be saved, or one is asked for; whoever holds it shows it"""
    is_left = False
    """somebody goes on to something else, and what was typed was saved on the way"""
    told: Told | None = None
    """what was said of saving it when it was left"""
    kept: Kept | None = None
    """why it was not saved when it was tried last; None when it was, or when somebody chose to stay"""
    refused: Mapping[str, str] = {}
    """why a command may not be done at all, by its name"""
    _again: Callable[[], object]

    def __init__(
        self, screen: Screen, session: Session, *, save: Callable[[Any, str], object],
        start: Callable[[], Record] | None = None,
        summary: Callable[[Any], Summary] | None = None, prefix: str = "", extra: Iterable[QWidget] = (),
        nothing: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.screen_, self.session, self._save, self._start, self._summarise = screen, session, save, start, summary
        self.prefix = prefix or screen.name
        self.commands = Commands(self.prefix, [self._within_rights(each) for each in screen.commands], self)
        self.form = Form(screen.name, screen.record, screen.sections, session.station, self, by=lambda: self.by)
        self.strip = SummaryStrip(self.prefix, self) if summary else None
        self._nothing = nothing or _("No {record} is open.").format(record=one(screen.record))
        self.why_no_new: Callable[[], str | None] = lambda: None
        """why no record can be started now"""
        self.dial: Callable[[str], object] = lambda number: session.dial(number, record=self.record)
        """what dials a number of the record"""
        self.log_call: Callable[[], object] = lambda: None
        """what notes a call that was made elsewhere"""
        self.settling: list[Callable[[], bool]] = []
        """what else is settled when the record is left; each says whether it may be"""
        self.over_commands = QVBoxLayout()
        """what stands between the strip and the commands for a while"""
        self._draft_later = later(self, self.save_draft, DRAFT_PAUSE_MS)
        self.following = Following(self)
        self._build()
        self.form.edited.connect(self._edited)
        self.form.add_requested.connect(self._add_choice)
        self.form.link_opened.connect(lambda target, key: session.go_to(target.about.target, key))
        self.form.link_wanted.connect(self.link_wanted)
        self.show_record(None)

    def _within_rights(self, command: Command) -> Command:
        """A command that says why not, where it may not be done at all."""
        if command.name not in DEEDS:
            return command
        return varied(command, offered=lambda panel: self.refused.get(command.name) or command.offered(panel))

    def look_at_rights(self) -> None:
        """What may be done with the record that is open, or with a new one; what may not be changed is only read."""
        record, kind = self.record, self.screen_.record
        verbs = [each.name for each in self.commands.all if each.name in DEEDS] if self.session.secured else []
        keep_from_view(self.form, hidden(self.session, kind) if verbs else frozenset())
        found = {name: refused(self.session, name, kind if name == "create" else record or kind) for name in verbs}
        self.refused = {name: why_not for name, why_not in found.items() if why_not}
        why_not = refused(self.session, "edit_cell", record) if verbs else ""
        only_read(self.form, bool(why_not))
        self.following.only_read.say(why_not)

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
                self.strip.hold(button)
            self.strip.opened.connect(self._open_field)
        column.addLayout(self.over_commands)
        self.command_bar = CommandBar(self.commands, self)
        column.addWidget(self.command_bar)
        column.addWidget(self.following.only_read)
        column.addWidget(self.following.typing)
        column.addWidget(self.following.over)
        column.addWidget(self.following.lost)
        if self.screen_.record._meta.table_name in SENT:
            self.synced = Synced(self)
            column.addWidget(self.synced.line)
        across = QHBoxLayout()
        column.addLayout(across, 1)
        across.setSpacing(0)
        across.addWidget(self.form, 1)
        self.past, self.along, self.tags = Past(self), Along(self, across), stand_above(self, column)
        self.filed = Filed(self) if self.screen_.record.about.documents else None
        self.noted, self.linked = notes_of(self), everything_of(self)
        if (line := line_for(self)) is not None:
            column.addWidget(line)
        for command in self.commands.all:
            if command.role.startswith("beside:"):
                row = self.form.rows[command.role.removeprefix("beside:")]
                button = self.commands.button(command, row, small=True)
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from field to field (F-55)
                row.line.insertWidget(1, button)

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
        self.kept = None
        self.form.load(record)
        self.look_at_rights()
        self.tell()
        _note_typing(self)
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

    def save_changes(
        self, save: Callable[[Any, str], object] | None = None, *, again: Callable[[], object] | None = None,
        is_left: bool = False,
    ) -> bool:  # fmt: skip
        """Save what was typed; False when something keeps it from being saved, which is said beside the field.

        `save` is another service than the usual one: it writes something else in the same step, and `again` does all
        of that once more, where the surroundings were to blame.
        """
        record, self.kept, self.is_left = self.record, None, is_left
        self._again = again or self.save_changes
        if record is None:
            return True
        self.session.look_at_fields()
        if self.following.keeps_text:
            self.stuck.emit()
            self.session.notices.warn(_("Not saved yet: {reason}").format(reason=self.following.why_not_saved()))
            return False
        unreadable = self.form.unreadable()
        if not self.form.changes() and not unreadable and not record.is_new:
            return True
        for name, value in self.form.values().items():  # also what was typed at an earlier try and taken back since
            if getattr(record, name) != value and name not in unreadable:
                setattr(record, name, value)
        if wrong := record.problems() | unreadable:
            first = next((name for name in self.form.rows if name in wrong), next(iter(wrong)))
            reason = naming(record.kind(first).label, wrong[first])
            return self._keep(_("Not saved yet: {reason}").format(reason=reason), wrong)
        return self._write(record, save or self._save)

    def _keep(self, sentence: str, wrong: dict[str, str] | None = None, *, mendable: bool = True) -> bool:
        """It stays open, unsaved: all that is wrong is said, each under its field; the first also in the notice."""
        self.kept = Kept(sentence, mendable)
        self.stuck.emit()
        self.form.say(wrong or {})
        self.session.notices.warn(sentence, None if mendable else self._again)
        return False

    def _write(self, record: Record, save: Callable[[Any, str], object]) -> bool:
        new = record.is_new
        try:
            save(record, self.by)
        except Clash as clash:
            return self._settle(record, clash, save)
        except Mistake as mistake:
            name = mistake.field
            return self._keep(mistake.message, {name: mistake.message} if name and name in self.form.rows else None)
        except Surroundings as error:
            return self._keep(error.message, mendable=False)
        self._saved(record, CREATED if new else SAVED)
        return True

    def _settle(self, record: Record, clash: Clash, save: Callable[[Any, str], object]) -> bool:
        from ui.forms.clash_dialog import ClashDialog

        dialog = ClashDialog(clash, record, self, self.session.station)
        if not dialog.exec():
            return False
        try:
            merged = saving.settle_clash(record, clash, dialog.choice(), self.by, save)
        except Clash as again:  # somebody has saved it while both versions were looked at
            return self._settle(record, again, save)
        except CRMError as error:
            return self._keep(error.message, mendable=not isinstance(error, Surroundings))
        self._saved(merged, SAVED)
        return True

    def _saved(self, record: Record, said: str) -> None:
        self.session.drafts.drop(self.prefix)
        self.form.learn()
        self.show_record(self.session.find(type(record), record.key))
        self.told = self.session.say_done(_(said).format(record=called(record)))
        self.saved.emit(record.key)

    def cancel_changes(self) -> None:
        """Give up what was typed; the notice offers it back (CH-44, CH-117)."""
        record = self.record
        if record is None:
            return
        typed, lost = self.form.changes(), self.form.unreadable()
        self.show_record(None if record.is_new else self.session.find(type(record), record.key))
        self.session.drafts.drop(self.prefix)
        if record.is_new:
            self.given_up.emit()
        if typed or lost:
            back = (_("Bring back"), lambda: self._bring_back(record, typed)) if typed else None
            self.session.notices.say(_("Changes cancelled."), action=back)

    def _bring_back(self, record: Record, typed: dict[str, object]) -> None:
        if record.is_new and self.leave():
            self.show_record(record)
        if self.record is not None and self.record.key == record.key:
            self.form.put(typed)
        elif not record.is_new:
            self.asked_back.emit(record.key, typed)

    def leave(self) -> bool:
        """Settle what was typed before something else is shown: it is saved, and said with Undo (C7, F-52).

        False when the record stays open: it cannot be saved as it is, or somebody who wants to be asked stays with it.
        """
        self.told = None
        if not all(settle() for settle in self.settling):
            return False
        if not self.is_edited:
            self.kept = None
            return True
        answer = leave_dialog.answer(self)
        if answer == "discard":
            self.session.drafts.drop(self.prefix)
            self.show_record(None if self.record.is_new else self.session.find(type(self.record), self.record.key))
            return True
        if answer == "save" and self.save_changes(is_left=True):
            return True
        self.save_draft()
        if answer == "stay":
            self.kept = None
        elif self.kept is not None and self.kept.mendable:
            way_out = (_("Cancel Changes"), self.cancel_changes)
            self.session.notices.say(self.kept.why, action=way_out, level="warning")
        return False

    # Drafts

    def _edited(self) -> None:
        self._draft_later.start()
        self.tell()

    def save_draft(self) -> None:
        """Keep what is typed on the disk, in case the program ends without a word (BX-19)."""
        self._draft_later.stop()
        _note_typing(self)
        if self.is_edited:
            self.session.drafts.put(self.prefix, self.record, {**_started_with(self.record), **self.form.changes()})
        else:
            self.session.drafts.drop(self.prefix)

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
            self.strip.show_summary(blank if record is None or new else self._summarise(as_shown(record, self.form)))
        self.commands.refresh()

    def _open_field(self, name: str) -> None:
        """A fact was pressed: its field, be it folded away or in a part that is not open."""
        if self.record is not None and name in self.form.rows:
            self.stuck.emit()
            self.form.focus(name)

    def _add_choice(self, name: str, typed: str) -> None:
        kind: Any = self.screen_.record.kind(name)
        from ui.editors.new_value import add_value

        value = add_value(kind, typed, self.session, self)
        if value is not None:
            self.form.put({name: kind.with_value(self.form.rows[name].editor.value(), value)})


def _note_typing(panel: RecordPanel) -> None:
    """Tell the others which record is typed into."""
    key = panel.record.key if panel.record is not None and panel.is_edited else None
    panel.session.editing.note(panel.prefix, panel.screen_.record, key)


def _started_with(record: Record) -> dict[str, object]:
    """What a new record was started with, such as its account, so that a draft of it finds its place again."""
    return {name: record.__data__[name] for name in record.kinds() if record.is_new and name in record._dirty}
