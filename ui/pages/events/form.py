"""The form of a rule: its fields come as what happens needs them; what is wrong stands beside its field (VS-8)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Account
from channergy_crm.records.events import Event, EventState, GoesTo
from ui.editors.for_kind import stored
from ui.look import paint, theme
from ui.pages.events import choices, lines
from ui.pages.events.form_editors import editor_of
from ui.pages.events.lines import GROUPS, Built
from ui.setup.row_form import RowForm
from ui.setup.scripts.put_in import PutIn
from ui.widgets.dialog import Remark, named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.session.session import Session

WIDEST, AIR = 660, 14
"""pixels: the longest lines, and what stands free above and below the line between two groups"""
TEXTS = ("action", "notes")
FIRST = "first"
"""what stands in `field` where only the first order of a customer counts"""


class Rule(QWidget):
    """The line between two groups."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(2 * AIR + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.begin(self).fillRect(QRectF(0, AIR, self.width(), 1), theme.colour(self, "line"))


class EventForm(RowForm):
    """One rule at a time. `edited` is sent with every change; whoever counts waits for a pause."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        named(self, "events.form", _("Rule"))
        self._filling, self._at = False, TEXTS[0]
        self._lines: dict[str, Built] = {}
        self.setMaximumWidth(theme.px(WIDEST, self))
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
        self._put_in = PutIn("events", self._session, self)
        self._put_in.quiet()
        self._put_in.chosen.connect(self._put_into_text)
        row = QHBoxLayout()
        row.addWidget(self._put_in)
        row.addStretch(1)
        self._lines["action"].under.addLayout(row)
        for field in TEXTS:
            self.editors[field].installEventFilter(self)

    # ---------------------------------------------------------------- what it shows

    def show_row(self, row: Any) -> None:
        """Show this rule, as it is kept; None when there is none."""
        self.row, self._filling = row, True
        if row is not None:
            self._offer_lists(row)
        for field, editor in self.editors.items():
            editor.set_value(getattr(row, field) if row is not None else None)
        self._arrange()
        self._filling = False
        self.say({})
        self.read_through()

    def _offer_lists(self, row: Event) -> None:
        """What is chosen among depends on the office, which may have changed."""
        by, attempt = self._session.by, self._session.attempt
        self.editors["otherwise"].set_choices(attempt(lambda: choices.others(by)) or [])
        self.editors["priority"].set_choices(attempt(lambda: choices.priorities(by)) or [])
        for field in ("trigger", "table", "goes_to", "field", "done_field"):
            self.editors[field].set_value(getattr(row, field))

    @property
    def record(self) -> Any:
        """The record type the rule is about, as it is chosen."""
        return choices.record_of(str(self.editors["table"].value() or ""))

    def _arrange(self) -> None:
        """Offer what fits what happens, and show only what it needs."""
        value = lambda field: self.editors[field].value()  # noqa: E731
        trigger, by, attempt = value("trigger") or "", self._session.by, self._session.attempt
        tables = choices.tables(trigger)
        self.editors["table"].set_choices(tables)
        if tables and value("table") not in dict(tables):
            self.editors["table"].set_value(tables[0][0])
        record = self.record
        self.editors["filter_text"].about(record or Account)
        self.editors["field"].set_choices(choices.fields(trigger, record))
        self.editors["done_field"].set_choices(choices.settable(record))
        self.editors["ends_by"].set_choices(choices.ends(record))
        offered = attempt(lambda: choices.values(trigger, record, value("field") or "", by))
        self.editors["value"].offer(offered)
        self.editors["done_value"].offer(attempt(lambda: choices.values_of(record, value("done_field") or "", by)))
        self.editors["receiver"].set_choices(attempt(lambda: choices.receivers(value("goes_to") or "", by)) or [])
        self._show_what_is_needed()

    def _show_what_is_needed(self) -> None:
        hidden = self.hidden()
        for field, built in self._lines.items():
            for part in built.parts[field]:
                part.setVisible(field not in hidden)
        for built in self._lines.values():
            built.widget.setVisible(any(field not in hidden for field in built.parts))

    def hidden(self) -> set[str]:
        """The fields that say nothing for what happens, and for whom."""
        value = lambda field: self.editors[field].value()  # noqa: E731
        trigger, goes = value("trigger") or "", value("goes_to") or ""
        asked = choices.asks(trigger)
        gone = {field for field in ("field", "value", "amount", "unit", "yearly") if field not in asked}
        if "code" in asked or trigger == "in_stage":
            gone.discard("value")
        if "value" in asked and "field" in asked and not value("field"):
            gone.add("value")
        if goes not in choices.FOR_SOMEBODY:
            gone.add("receiver")
        if goes in choices.STANDS_ALONE:
            gone.add("otherwise")
        if not value("due_working"):
            gone.add("country")
        if not value("done_field"):
            gone.add("done_value")
        return gone

    # ---------------------------------------------------------------- what is typed

    def values(self) -> dict[str, Any]:
        """What stands in the fields, as a rule keeps it; what is not asked for is empty."""
        hidden = self.hidden()
        found = {field: editor.value() for field, editor in self.editors.items()}
        return {field: stored(Event.kind(field), None if field in hidden else value) for field, value in found.items()}

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
            self._arrange()
            self._filling = False
        self._wrong[field].say("")
        theme.mark(self.editors[field], "problem", False)
        self._soon.start()
        self.edited.emit()

    def read_through(self) -> None:
        """Read the filter aloud, and say beside the texts what cannot be filled in."""
        editor = self.editors["filter_text"]
        self._aloud.say(editor.aloud() if self.row is not None and editor.value() else "")
        for field in ("filter_text", "action"):
            problem = self.editors[field].text_problem() if self.row is not None else ""
            self._wrong[field].say(problem or "")
            theme.mark(self.editors[field], "problem", bool(problem))

    # ---------------------------------------------------------------- its texts

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field is put into the text somebody was in last."""
        if event.type() == QEvent.Type.FocusIn:
            self._at = next((field for field in TEXTS if self.editors[field] is watched), self._at)
        return False

    def _put_into_text(self, written: str) -> None:
        editor = self.editors[self._at]
        put = getattr(editor, "insertPlainText", None) or editor.insert
        put(written)
        editor.setFocus()

    # ---------------------------------------------------------------- saving

    def save(self) -> bool:
        """Write it; False when it cannot be, which is said beside its field. A new one is kept as it is offered."""
        if self.row is not None and (problems := self.problems()):
            self.say(problems)
            return False
        return super().save()

    @property
    def is_edited(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.row is not None and bool(self.typed())

    def write(self, by: str) -> None:
        """Keep the rule."""
        from channergy_crm.services.events import writing

        self.row = writing.save(self.row, by)

    def said(self) -> str:
        """What is told when it is saved."""
        name = self.row.caption()
        active = self.row.state == EventState.ACTIVE
        return (_("Rule {name} is saved and goes on.") if active else _("Rule {name} is saved.")).format(name=name)

    def offer_verbs(self) -> None:
        """The verbs stand over the form."""

    def focus(self, field: str) -> None:
        """The keys go to this field."""
        self.editors[field].setFocus()


ARRANGING = {"trigger", "table", "goes_to", "field", "due_working", "done_field"}
"""what decides which other fields are asked for"""
