"""The form of one script, objection or snippet: its fields, what is wrong beside them, how it reads (BX-28)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _
from ui.editors.base import FlagEditor
from ui.editors.lines import TextEditor
from ui.look import theme
from ui.look.plain import Label
from ui.look.wording import key_name
from ui.setup.scripts import sorts
from ui.setup.scripts.put_in import Preview, PutIn
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.session.session import Session
    from ui.setup.scripts.sorts import Sort

LABELS, NARROW, WIDEST = 116, 300, 620
"""pixels: the names of the fields, a short field, and the longest lines"""


class TextForm(QWidget):
    """One text at a time. *Save* writes it; what cannot be written is said beside its field, and stays typed."""

    saved = Signal(object)
    """the row as it is kept now"""
    edited = Signal()

    def __init__(self, sort: Sort, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._sort, self._session = sort, session
        self.row: Any = None
        self._filling = False
        self.editors: dict[str, Any] = {}
        self._wrong: dict[str, Remark] = {}
        self._at = next(field for field in sort.fields if field in sorts.FILLED)
        self._soon = later(self, self._read_through)
        labels = [sort.record.kind(field).label for field in sort.fields]
        widest = max(self.fontMetrics().horizontalAdvance(label) for label in labels) + 12
        self._labels = max(theme.px(LABELS, self), widest)
        self.setMaximumWidth(self._labels + theme.px(WIDEST, self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        grid = QGridLayout()
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        for place, field in enumerate(sort.fields):
            self._add(field, place, grid)
        column.addLayout(self._verbs())
        self._preview = Preview(sort.name, session, self)
        column.addWidget(self._preview)
        column.addStretch(1)

    def _add(self, field: str, place: int, grid: QGridLayout) -> None:
        label = self._sort.record.kind(field).label
        editor = named(sorts.editor(self._sort, field, self._session.by, self), f"{self._sort.name}.{field}", label)
        if field not in sorts.FILLED and not isinstance(editor, FlagEditor):
            editor.setMaximumWidth(theme.px(NARROW, self))
        wrong = self._wrong[field] = Remark("", self, ink="overdue")
        wrong.setObjectName(f"{self._sort.name}.{field}.wrong")
        wrong.say("")
        words = Label(label, self)
        words.muted()
        words.setFixedWidth(self._labels)
        words.setContentsMargins(0, 6, 8, 0)
        words.setBuddy(editor)
        cell = QVBoxLayout()
        cell.setSpacing(2)
        cell.addWidget(editor)
        cell.addWidget(wrong)
        grid.addWidget(words, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(cell, place, 1)
        self.editors[field] = editor
        editor.changed.connect(self._changed)
        if field in sorts.FILLED:
            editor.installEventFilter(self)

    def _verbs(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(self._labels, 0, 0, 0)
        line.setSpacing(8)
        save = Button(_("Save"), self, key=key_name("Ctrl+S"))
        self.save_button = named(save, f"{self._sort.name}.save", _("Save"))
        self.cancel_button = named(Button(_("Cancel"), self), f"{self._sort.name}.cancel", _("Cancel"))
        self.cancel_button.quiet()
        self.put_in = PutIn(self._sort.name, self._session, self)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.take_back)
        self.put_in.chosen.connect(self._put_in)
        for button in (self.save_button, self.cancel_button):
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.put_in)
        return line

    # ---------------------------------------------------------------- what it shows

    def show_row(self, row: Any) -> None:
        """Show this one, as it is kept; None when there is none."""
        self.row, self._filling = row, True
        for field, editor in self.editors.items():
            editor.set_value(sorts.shown(field, row) if row is not None else None)
        self._filling = False
        self._say({})
        self._offer()
        self._read_through()

    @property
    def is_edited(self) -> bool:
        """Whether something is typed that is not saved."""
        if self.row is None:
            return False
        return any(sorts.is_changed(field, editor.value(), self.row) for field, editor in self.editors.items())

    def _offer(self) -> None:
        row, by = self.row, self._session.by
        refused = self._session.attempt(lambda: self._sort.refused(row, by)) or ""
        why_not = refused or ("" if row is not None else _(self._sort.empty))
        for editor in self.editors.values():
            editor.set_read_only(bool(why_not))
        settled = "" if self.is_edited else _("There is nothing to save.")
        offer(self.save_button, why_not or settled)
        offer(self.cancel_button, why_not or settled)
        offer(self.put_in, why_not)
        self.save_button.loud(not (why_not or settled))

    def _changed(self) -> None:
        if not self._filling:
            self._offer()
            self._soon.start()
            self.edited.emit()

    def _read_through(self) -> None:
        editor = self.editors[self._at]
        self._preview.show_text(editor.value() if self.row is not None else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The text somebody is in is the one that is read through, and into which a field is put."""
        if event.type() == QEvent.Type.FocusIn:
            self._at = next(field for field, editor in self.editors.items() if editor is watched)
            self._soon.start()
        return False

    def _put_in(self, written: str) -> None:
        editor = self.editors[self._at]
        if isinstance(editor, TextEditor) and not editor.isReadOnly():
            editor.insertPlainText(written)
            editor.setFocus()

    # ---------------------------------------------------------------- saving

    def save(self) -> bool:
        """Write what is typed; False when it cannot be, which is said beside its field."""
        if self.row is None or not self.is_edited:
            return True
        by, held = self._session.by, self.row.held()
        problems = {field: said for field, each in self.editors.items() if (said := each.text_problem())}
        if problems:
            self._say(problems)
            return False
        for field, editor in self.editors.items():
            if sorts.is_changed(field, editor.value(), self.row):
                sorts.put(field, editor.value(), self.row, by)
        try:
            self._sort.save(self.row, by)
        except CRMError as error:
            self.row.hold(held)
            field = (error.field if isinstance(error, Mistake) else "") or ""
            self._say({field if field in self.editors else self._sort.fields[0]: error.message})
            return False
        self._say({})
        self._session.say_done(_("{text} is saved.").format(text=self.row.caption()))
        self.saved.emit(self.row)
        return True

    def take_back(self) -> None:
        """What is typed goes, as it was kept before."""
        self.show_row(self.row)
        self.edited.emit()

    def _say(self, problems: dict[str, str]) -> None:
        for field, wrong in self._wrong.items():
            wrong.say(problems.get(field, ""))
            theme.mark(self.editors[field], "problem", field in problems)
        first: Sequence[str] = [field for field in self.editors if field in problems]
        if first:
            self.editors[first[0]].setFocus()
