"""The form of a rule: its fields come as what happens needs them; what is wrong stands beside its field (VS-8)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Account
from channergy_crm.records.events import Event, EventState
from channergy_crm.services.events import writing
from ui.editors.for_kind import stored
from ui.look import paint, theme
from ui.pages.events import choices, lines
from ui.pages.events.editors import ValueEditor
from ui.pages.events.form_editors import editor_of
from ui.pages.events.lines import GROUPS, Built
from ui.pages.events.putting import PutInto
from ui.setup.row_form import RowForm
from ui.widgets.dialog import Remark, named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from channergy_crm.work.record import Record
    from ui.session.session import Session

WIDEST, AIR = 660, 7
"""pixels: the longest lines, and what stands free above and below the line between two groups"""
TEXTS = ("action", "notes")
NUMBERS = {"amount", "due_after", "most_a_day", "due_time"}
"""what can be typed so that it is no value; it counts as typed all the same"""


class Rule(QWidget):
    """The line between two groups."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(2 * AIR + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.begin(self).fillRect(QRectF(0, AIR, self.width(), 1), theme.colour(self, "line"))


class EventForm(RowForm):
    """One rule at a time. `edited` is sent with every change; whoever counts waits for a pause."""

    given_up = Signal()
    """Esc where something is typed"""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        named(self, "events.form", _("Rule"))
        self._filling = self._keeping = False
        self._at = TEXTS[0]
        self._lines: dict[str, Built] = {}
        for cell in lines.every_cell():
            kind = Event.kind(cell.field)
            editor = editor_of(cell.field, session, self)
            self.editors[cell.field] = named(editor, f"events.{cell.field}", kind.label)
            editor.changed.connect(partial(self._changed, cell.field))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for group in GROUPS:
            if group.title:
                column.addWidget(Rule(self))
                column.addWidget(lines.heading(group, self))
            for spec in group.lines:
                built = lines.build(spec, self.editors, self._wrong, self)
                self._lines |= {cell.field: built for cell in spec.cells}
                column.addWidget(built.widget)
        column.addStretch(1)
        self._add_remarks()
        self._soon = later(self, self.read_through, 400)

    def _add_remarks(self) -> None:
        """What the filter reads like, and a button that puts a field into a text."""
        self._aloud = Remark("", self)
        self._aloud.setObjectName("events.filter_aloud")
        self._aloud.setFont(theme.small(self.font()))
        self._lines["filter_text"].under.insertWidget(0, self._aloud)
        self._put_in = PutInto(self._session, lambda: (str(_value(self, "table")), str(_value(self, "trigger"))), self)
        self._reads = Remark("", self)
        self._reads.setObjectName("events.action_reads")
        self._reads.setFont(theme.small(self.font()))
        self._put_in.chosen.connect(self._put_into_text)
        row = QHBoxLayout()
        row.addWidget(self._put_in)
        row.addWidget(self._reads, 1)
        self._lines["action"].under.addLayout(row)
        for field in TEXTS:
            self.editors[field].installEventFilter(self)

    # ---------------------------------------------------------------- what it shows

    def show_row(self, row: Event | None) -> None:
        """Show this rule, as it is kept; None when there is none."""
        self.row, self._filling = row, True
        by, attempt = self._session.by, self._session.attempt
        self.editors["otherwise"].set_choices(attempt(lambda: choices.others(by)) or [])
        self.editors["priority"].set_choices(attempt(lambda: choices.priorities(by)) or [])
        for field, editor in self.editors.items():
            editor.set_value(_shown(row, field) if row is not None else None)
        self.arrange()
        self._filling = False
        self.say({})
        self.read_through()

    @property
    def record(self) -> type[Record] | None:
        """The record type the rule is about, as it is chosen."""
        return choices.record_of(_value(self, "table"))

    def arrange(self, *, keeps: bool = True) -> None:
        """Offer what fits what happens, and show only what it needs; a rule that is shown `keeps` what it holds."""
        by, attempt = self._session.by, self._session.attempt
        table, record = _value(self, "table"), self.record
        self._choose_among("trigger", choices.triggers(table), keeps=keeps)
        trigger = _value(self, "trigger")
        self._choose_among("unit", choices.units(trigger), keeps=keeps)
        asked = choices.asks(trigger)
        self._choose_among("field", choices.fields(trigger, table), must="first" in asked, keeps=keeps)
        number = self.row.number if self.row is not None else None
        field, done = _value(self, "field"), _value(self, "done_field")
        any_value = _("any value") if trigger == "value" else _("choose")
        self.editors["value"].offer(attempt(lambda: choices.values(trigger, record, field, by, number)), any_value)
        self.editors["filter_text"].about(record or Account)
        self.editors["action"].about(table, trigger)
        self.editors["done_field"].set_choices(choices.settable(record))
        self.editors["ends_by"].set_choices(choices.ends(record))
        self.editors["done_value"].offer(attempt(lambda: choices.values_of(record, done, by)), _("nothing"))
        goes = _value(self, "goes_to")
        self._choose_among("receiver", attempt(lambda: choices.receivers(goes, by)) or [], must=False, keeps=keeps)
        self._show_what_is_needed()

    def _choose_among(self, field: str, offered: choices.Choices, *, must: bool = True, keeps: bool) -> None:
        """Offer these; what does not fit any more gives way to the first, or to none where none need be chosen."""
        editor = self.editors[field]
        held = editor.value()
        editor.set_choices(offered)
        known = [value for value, _said in offered]
        if not keeps and (held or "") not in [value or "" for value in known]:
            editor.set_value(known[0] if known and must else None)

    def _show_what_is_needed(self) -> None:
        hidden = self.hidden()
        for field, built in self._lines.items():
            for part in built.parts[field]:
                part.setVisible(field not in hidden)
        for built in self._lines.values():
            built.widget.setVisible(any(field not in hidden for field in built.parts))

    def hidden(self) -> set[str]:
        """The fields that say nothing for what happens, and for whom."""
        asked, goes = choices.asks(_value(self, "trigger")), _value(self, "goes_to")
        needs = {
            "field": {"field", "first"}, "value": {"value", "code", "event"}, "amount": {"amount"},
            "unit": {"amount"}, "yearly": {"yearly"},
        }  # fmt: skip
        gone = {field for field, those in needs.items() if not those & asked}
        if {"value", "field"} <= asked and not _value(self, "field"):
            gone.add("value")
        if goes not in choices.FOR_SOMEBODY:
            gone.add("receiver")
        if goes in choices.STANDS_ALONE:
            gone.add("otherwise")
        if not _value(self, "due_working"):
            gone.add("country")
        if not _value(self, "done_field"):
            gone.add("done_value")
        return gone

    def say(self, problems: dict[str, str]) -> None:
        """What is wrong beside each field; the first of them comes into sight."""
        self._soon.stop()
        super().say(problems)
        area: QWidget | None = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        first = next((field for field in self.editors if field in problems), "")
        if isinstance(area, QScrollArea) and first:
            area.ensureWidgetVisible(self._lines[first].widget, 0, 24)

    # ---------------------------------------------------------------- what is typed

    def values(self) -> dict[str, object]:
        """What stands in the fields, as a rule keeps it; what is not asked for is empty."""
        hidden = self.hidden()
        found = {field: None if field in hidden else editor.value() for field, editor in self.editors.items()}
        unit = str(found["unit"] or "")
        if unit.startswith(choices.AFTER_SIGN):
            found |= {"unit": unit.removeprefix(choices.AFTER_SIGN), "amount": -(found["amount"] or 0)}
        return {field: stored(Event.kind(field), value) for field, value in found.items()}

    def typed(self) -> dict[str, Any]:
        """What is typed and not saved, by field."""
        return {
            field: value for field, value in self.values().items() if (value or "") != (getattr(self.row, field) or "")
        }

    def as_typed(self) -> Event | None:
        """The rule as it is typed, apart from the one that is kept; None while something cannot be read."""
        if self.row is None or self.problems():
            return None
        draft = Event()
        draft.hold(self.row.held())
        for field, value in self.typed().items():
            setattr(draft, field, value)
        return draft

    def problems(self) -> dict[str, str]:
        """What cannot be read, by field."""
        hidden = self.hidden()
        every = {field: editor.text_problem() for field, editor in self.editors.items() if field not in hidden}
        return {field: said for field, said in every.items() if said}

    def _changed(self, field: str) -> None:
        if self._filling:
            return
        if field in ARRANGING:
            self._filling = True
            self.arrange(keeps=False)
            self._filling = False
        self._wrong[field].say("")
        theme.mark(self.editors[field], "problem", False)
        self._soon.start()
        self.edited.emit()

    def read_through(self) -> None:
        """Read the filter aloud, and say beside the texts what cannot be filled in."""
        editor = self.editors["filter_text"]
        read = self.row is not None and editor.value() and editor.text_problem() is None
        self._aloud.say(editor.aloud() if read else "")
        for field in ("filter_text", "action", *NUMBERS):
            problem = self.editors[field].text_problem() if self.row is not None else ""
            if problem or self.editors[field].value():  # what is said of an empty one stays said
                self._wrong[field].say(problem or "")
                theme.mark(self.editors[field], "problem", bool(problem))

    # ---------------------------------------------------------------- its texts

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field is put into the text somebody was in last."""
        if event.type() == QEvent.Type.FocusIn:
            self._at = next((field for field in TEXTS if self.editors[field] is watched), self._at)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up what is typed; where nothing is, it goes to the list."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers() and self.is_edited:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def say_how_it_reads(self, text: str) -> None:
        """How the task reads for the first of those who would get one."""
        self._reads.setText(_("such as “{text}”").format(text=text) if text else "")

    def _put_into_text(self, written: str) -> None:
        editor = self.editors[self._at]
        put = getattr(editor, "insertPlainText", None) or editor.insert
        put(written)
        editor.setFocus()

    # ---------------------------------------------------------------- saving

    @property
    def is_edited(self) -> bool:
        """Whether something is typed that is not saved."""
        return self._keeping or super().is_edited or (self.row is not None and bool(NUMBERS & self.problems().keys()))

    def save(self) -> bool:
        """Write it; False when it cannot be, which is said beside its field. A new one is kept as it was begun."""
        if self.row is None:
            return True
        if problems := self.problems():
            self.say(problems)
            return False
        self._keeping = self.row.is_new
        try:
            return super().save()
        finally:
            self._keeping = False

    def write(self, by: str) -> None:
        """Keep the rule."""
        self.row = writing.save(self.row, by)

    def said(self) -> str:
        """What is told when it is saved."""
        name = self.row.caption()
        active = self.row.state == EventState.ACTIVE
        return (_("Rule {name} is saved and goes on.") if active else _("Rule {name} is saved.")).format(name=name)

    def offer_verbs(self) -> None:
        """The verbs stand over the form."""

    def in_order(self) -> list[QWidget]:
        """What Tab goes through, field by field."""
        found: list[QWidget] = []
        for field, editor in self.editors.items():
            found += editor.parts if isinstance(editor, ValueEditor) else [editor]
            found += [self._put_in] if field == "action" else []
        return found


def _value(form: EventForm, field: str) -> Any:
    return form.editors[field].value() or ""


def put_back(form: EventForm, typed: dict[str, Any]) -> None:
    """Show this as typed again."""
    for _twice in range(2):  # what is offered in one field hangs on another
        for field, value in typed.items():
            form.editors[field].set_value(value)
        form.arrange()
    form.read_through()
    form.edited.emit()


def _shown(row: Event, field: str) -> object:
    """What the editor of a field shows: how long after a day is said with words, not below zero."""
    if field == "amount":
        return abs(row.amount) if row.amount is not None else None
    if field == "unit" and (row.amount or 0) < 0:
        return f"{choices.AFTER_SIGN}{row.unit}"
    if field == "due_working":
        return bool(row.due_working)
    if field in ("field", "otherwise"):
        return getattr(row, field) or ""
    return getattr(row, field)


ARRANGING = {"trigger", "table", "goes_to", "field", "due_working", "done_field"}
"""what decides which other fields are asked for"""
