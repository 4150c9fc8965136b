"""The form of a record: groups of one column each, side by side where there is room; what is wrong stands under it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QWidget,
)  # fmt: skip

from channergy_crm.services import linking
from ui.editors.choices import SuggestEditor
from ui.editors.for_kind import refresh_choices, stored
from ui.editors.record_picker import RecordPicker
from ui.forms.columns import Columns
from ui.forms.enter_key import enter_goes_on
from ui.forms.field_row import FieldRow, join_times
from ui.forms.in_place import InPlace
from ui.forms.sections import OWN_FIELDS, FormSection
from ui.screen import Section
from ui.widgets.controls import ScrollBar
from ui.widgets.own_undo import forget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence, Set

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from channergy_crm.settings import Station
    from channergy_crm.work.record import Record

ROOM_FOR_A_SENTENCE, SETTLED_MS, SEEN_MS = 100, 30, 200
"""pixels under a wrong field: what is wrong is read there, above the notice at the lower edge"""
LEAST = 28
"""pixels; in a small window with large letters the verbs over it are whole"""


class Form(QScrollArea):
    """Shows one record and takes what people type; it writes nothing itself."""

    edited = Signal()
    typed = Signal(str)
    """the python name of a field somebody has changed"""
    shown = Signal()
    """a record is shown, or none"""
    fitted = Signal()
    """its columns have other widths than before"""
    offered = Signal()
    """other values can be chosen than before"""
    left = Signal(str)
    """the python name of a field the focus has just left"""
    lost = Signal(str, str)
    """what a field is called that the office has taken away, and what was typed into it"""
    link_opened = Signal(object, object)
    """the type and the number of a record somebody wants to see"""
    link_wanted = Signal(str, object, str)
    """a field that shall point at a record that is yet to be made, the type of it, and what was typed"""
    add_requested = Signal(str, str)
    """field name and what was typed: a new value for the list behind a drop-down"""

    def __init__(
        self, name: str, record: type[Record], sections: Sequence[Section], station: Station,
        parent: QWidget | None = None, *, by: Callable[[], str],
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setMinimumHeight(LEAST)
        self._name = name
        self._record_type = record
        self._station = station
        self._by = by  # who chooses, and looks for the records that links point at
        self.record: Record | None = None
        self.rows: dict[str, FieldRow] = {}
        self.is_only_read = False
        self.elsewhere: dict[str, str] = {}
        """fields that are only read in this record, each with the sentence why"""
        self._section_of: dict[str, FormSection] = {}
        self._held: dict[str, object] = {}  # as the record has it
        self._loaded: dict[str, object] = {}  # as the editors give it back: without blanks around it, for one
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self))
        self._body = QWidget(self)
        self.columns = Columns(self._body)
        self._apart: list[FormSection] = []
        self._parts = [(self._add_section(section), section.fields) for section in sections]
        self._own = self._add_section(Section(OWN_FIELDS, []))
        self._room, self._fitted_to = QSize(), QSize()
        self._offers_old = False
        self._fit_own()
        join_times(self.rows)
        self.columns.place(self._all_parts(), 1)
        self.setWidget(self._body)
        if (follows := record.about.in_form) is not None:
            InPlace(self, follows, by)

    def _all_parts(self) -> list[FormSection]:
        return [part for part in (*(part for part, _fields in self._parts), self._own) if part not in self._apart]

    def _add_section(self, section: Section) -> FormSection:
        part = FormSection(self._name, section, self._station, self._body, lambda: self.record)
        part.arrange([self._row(name, part) for name in section.fields])
        return part

    def _row(self, name: str, part: FormSection) -> FieldRow:
        kind = self._record_type.kind(name)
        row = self.rows[name] = FieldRow(kind, f"{self._name}.{name}", part.body, self._by)
        self._section_of[name] = part
        self.listen(name)
        return row

    def listen(self, name: str) -> None:
        """Hear what is typed into the editor of a field, which may have taken the place of another one."""
        kind, editor = self.rows[name].kind, self.rows[name].editor
        editor.changed.connect(lambda: self._changed(name))
        if kind.list_key and hasattr(editor, "add_requested"):
            editor.add_requested.connect(lambda typed: self.add_requested.emit(name, typed))
        if isinstance(editor, RecordPicker):
            editor.open_requested.connect(lambda key: self.link_opened.emit(editor.target, key))
            editor.create_requested.connect(lambda typed: self.link_wanted.emit(name, editor.target, typed))
            editor.among = lambda: linking.alike(kind, self.record.__data__ if self.record is not None else {})
        editor.installEventFilter(self)
        if (self.is_only_read or name in self.elsewhere) and not kind.system:
            editor.set_read_only(True)

    def refit(self) -> None:
        """The office has other fields now, or calls them otherwise; what is typed stays."""
        if self.record is not None:
            self.record.take_on_fields()
        for part, names in self._parts:
            part.arrange([self.rows[name] for name in names])
        join_times(self.rows)
        before = [row for row in self.rows.values() if not row.kind.own][-1:]
        for one, next_one in pairwise([*before, *self._fit_own()]):
            self.setTabOrder(one.editor, next_one.editor)
        self._fitted_to = QSize()
        self._fit_columns()

    def _fit_own(self) -> list[FieldRow]:
        """The rows of the office's own fields, in their order."""
        names = [kind.name for kind in self._record_type.own_fields() if not kind.off_form]
        typed = self.changes()
        gone = [name for name, row in self.rows.items() if row.kind.own and name not in names]
        lost = [(self.rows[name].kind, typed[name]) for name in gone if name in typed]
        for name in gone:
            row = self.rows.pop(name)
            row.label.deleteLater()
            row.deleteLater()
        for name in names:
            if name not in self.rows:
                self._row(name, self._own)
                self.show_field(name)
        for kind, value in lost:
            self.lost.emit(kind.label, kind.show(value))
        rows = [self.rows[name] for name in names]
        self._own.arrange(rows)
        return rows

    def _fit_columns(self) -> None:
        """As many columns as there is room for; in each one width for all labels."""
        if not self.rows or not self.isVisible() or self._room == self._fitted_to:
            return  # how much room there is shows when it is seen
        self._fitted_to = self._room
        high = self.window().height()
        for part in self._all_parts():
            part.space(high)
        self.columns.fit(self._all_parts(), self._room.width())
        self._body.resize(self._room.expandedTo(QSize(0, self._body.minimumSizeHint().height())))
        self.fitted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room = event.size()
        self._fit_columns()
        if (held := self.focusWidget()) is not None and event.size() != event.oldSize():
            QTimer.singleShot(SETTLED_MS, held, lambda: see(self, held))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._offers_old:
            self.refresh_choices()
        self._fit_columns()

    def load(self, record: Record | None) -> None:
        """Show a record; what was typed before is gone, so ask first."""
        self.record = record
        self._body.setEnabled(record is not None)
        for name, row in self.rows.items():
            self.show_field(name)
            forget(row.editor)
        for part in (*self._all_parts(), *self._apart):
            part.tell()
        self.shown.emit()

    def show_field(self, name: str) -> None:
        """Show what the record holds in one field; what was typed into it is gone."""
        row = self.rows[name]
        value = getattr(self.record, name) if self.record is not None else None
        row.editor.set_value(value)
        row.say("", wrong=False)
        self._held[name], self._loaded[name] = value, stored(row.kind, row.editor.value())

    def changes(self) -> dict[str, object]:
        """What was typed and differs from the record, by field."""
        if self.record is None:
            return {}
        typed = {name: stored(row.kind, row.editor.value()) for name, row in self.rows.items() if not row.kind.system}
        return {name: value for name, value in typed.items() if value != self._loaded[name]}

    def values(self) -> dict[str, object]:
        """What the record shall hold: what was typed, and everything else as it was."""
        held = {name: self._held[name] for name, row in self.rows.items() if not row.kind.system}
        return held | self.changes()

    @property
    def is_edited(self) -> bool:
        """Whether there is something to save, or something that cannot be read yet."""
        return bool(self.changes()) or any(row.editor.text_problem() for row in self.rows.values())

    def put(self, values: dict[str, object]) -> None:
        """Type these values for somebody: a draft, or what a number tells."""
        for name, value in values.items():
            if name in self.rows:
                self.rows[name].editor.set_value(value)
                if value:
                    self._section_of[name].open()
        self.edited.emit()

    def unreadable(self) -> dict[str, str]:
        """What is typed and cannot be read: one sentence by field."""
        found = {name: row.editor.text_problem() for name, row in self.rows.items()}
        return {name: sentence for name, sentence in found.items() if sentence}

    def say(self, problems: dict[str, str]) -> None:
        """Say what is wrong under each field and go to the first of them."""
        for name, row in self.rows.items():
            if name in problems:
                row.say(problems[name], wrong=True)
        first = next((name for name in self.rows if name in problems), None)
        if first:
            self.focus(first)
            self.columns.settle(self._all_parts())
            self._body.resize(self._room.expandedTo(QSize(0, self._body.minimumSizeHint().height())))
            editor = self.rows[first].editor
            see_below(self, editor)
            for wait in (0, SETTLED_MS):  # what stands above may still take room from the form
                QTimer.singleShot(wait, editor, lambda: see_below(self, editor))

    def focus(self, name: str) -> None:
        """Bring a field into view and the cursor into it."""
        editor = self.rows[name].editor
        if editor.isHidden() or not editor.isVisibleTo(self._body):
            self._section_of[name].open()
        self.ensureWidgetVisible(editor)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(SEEN_MS, editor, lambda: see(self, editor))  # a group was opened, or the page is new

    def focus_first(self, name: str = "") -> None:
        """The cursor into this field, otherwise into the first that can be written."""
        self.focus(name or next(name for name, row in self.rows.items() if not row.kind.system))

    def refresh_choices(self) -> None:
        """Offer what the office's lists hold now; a form nobody sees does so when it is seen."""
        self._offers_old = not self.isVisible()
        if self._offers_old:
            return
        for row in self.rows.values():
            refresh_choices(row.editor, row.kind, self._by)
        self.offered.emit()

    def learn(self) -> None:
        """What is typed into a field with suggestions is suggested from now on."""
        for row in self.rows.values():
            if isinstance(row.editor, SuggestEditor):
                row.editor.learn()

    def _changed(self, name: str) -> None:
        row = self.rows[name]
        if row.sentence and not row.editor.text_problem():
            row.say("", wrong=False)
        self.edited.emit()
        self.typed.emit(name)

    def check(self, name: str) -> None:
        """Say what is wrong or odd about one field, without taking the text away."""
        row = self.rows[name]
        value = stored(row.kind, row.editor.value())
        wrong = row.editor.text_problem() or (row.kind.check(value) if not row.kind.system else None)
        row.say(wrong or row.kind.advice(value) or "", wrong=bool(wrong))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if enter_goes_on(self, self.rows.values(), watched, event):
            return True
        if event.type() == QEvent.Type.FocusOut and self.record is not None:
            name = next((name for name, row in self.rows.items() if row.editor is watched), None)
            if name and watched.property("readOnly") is not True:
                if not self.rows[name].sentence or name in self.changes():
                    self.check(name)
                self.left.emit(name)
        return super().eventFilter(watched, event)


def see(area: QScrollArea, editor: QWidget) -> None:
    """Bring the field into view that has the cursor."""
    if editor.hasFocus():
        area.ensureWidgetVisible(editor)


def see_below(area: QScrollArea, editor: QWidget) -> None:
    """Bring into view what is said under a field."""
    body = area.widget()
    assert body is not None  # noqa: S101  a form has one
    below = editor.mapTo(body, editor.rect().bottomLeft())
    area.ensureVisible(below.x(), below.y() + ROOM_FOR_A_SENTENCE, 0, 0)


def take_out(form: Form, name: str) -> FormSection:
    """The group of a field, which stands in none of the columns any more: whoever takes it finds a place for it."""
    part = form._section_of[name]
    form._apart.append(part)
    form.columns.place(form._all_parts(), 1)
    return part


def keep_from_view(form: Form, names: Set[str]) -> None:
    """Show the form without the fields whoever is here is not shown (VT-96)."""
    if names == {name for name, row in form.rows.items() if row.is_kept}:
        return
    for name, row in form.rows.items():
        row.is_kept = name in names
    form.refit()


def only_read(form: Form, on: bool) -> None:
    """Nothing in it may be changed by whoever looks at it, or all of it again that people write."""
    if on == form.is_only_read:
        return
    form.is_only_read = on
    for name, row in form.rows.items():
        if not row.kind.system:
            row.editor.set_read_only(on or name in form.elsewhere)


def as_shown(record: Record, form: Form) -> Record:
    """The record without what whoever is here is not shown."""
    kept = [name for name, row in form.rows.items() if row.is_kept]
    return type(record)(**{**record.__data__, **dict.fromkeys(kept)}) if kept else record
