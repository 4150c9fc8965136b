"""The form of one script, objection or snippet: its fields, what is wrong beside them, how it reads (BX-28)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.editors.base import FlagEditor
from ui.editors.lines import TextEditor
from ui.look import theme
from ui.look.plain import Label
from ui.setup.row_form import RowForm
from ui.setup.scripts import sorts
from ui.setup.scripts.put_in import Preview, PutIn
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.timers import later

if TYPE_CHECKING:
    from ui.session.session import Session
    from ui.setup.scripts.sorts import Sort

LABELS, NARROW, WIDEST = 116, 300, 620
"""pixels: the names of the fields, a short field, and the longest lines"""


class TextForm(RowForm):
    """One text at a time, read through while it is written."""

    def __init__(self, sort: Sort, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._sort = sort
        self._filling = False
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
        line = self.verbs(self._sort.name, self._labels)
        self.put_in = PutIn(self._sort.name, self._session, self)
        self.put_in.chosen.connect(self._put_in)
        line.addWidget(self.put_in)
        return line

    # ---------------------------------------------------------------- what it shows

    def show_row(self, row: Any) -> None:
        """Show this one, as it is kept; None when there is none."""
        self.row, self._filling, by = row, True, self._session.by
        self.refused = self._session.attempt(lambda: self._sort.refused(row, by)) or ""
        for field, editor in self.editors.items():
            editor.set_value(sorts.shown(field, row) if row is not None else None)
        self._filling = False
        self.say({})
        self.offer_verbs()
        self._read_through()

    def typed(self) -> dict[str, Any]:
        """What is typed and not saved, by field."""
        values = {field: editor.value() for field, editor in self.editors.items()}
        return {field: value for field, value in values.items() if sorts.is_changed(field, value, self.row)}

    def offer_verbs(self) -> None:
        """*Save* and *Cancel* where there is something to save; nothing is typed where nothing may be."""
        why_not = self.refused or ("" if self.row is not None else _(self._sort.empty))
        for editor in self.editors.values():
            editor.set_read_only(bool(why_not))
        settled = "" if self.is_edited else _("There is nothing to save.")
        offer(self.save_button, why_not or settled)
        offer(self.cancel_button, why_not or settled)
        offer(self.put_in, why_not)
        self.save_button.loud(not (why_not or settled))

    def _changed(self) -> None:
        if not self._filling:
            self.offer_verbs()
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

    def put(self, field: str, value: Any) -> None:
        """Into the row, as it is kept."""
        sorts.put(field, value, self.row, self._session.by)

    def write(self, by: str) -> None:
        """Save the text."""
        self._sort.save(self.row, by)

    def said(self) -> str:
        """What is told when it is saved."""
        return _("{text} is saved.").format(text=self.row.caption())
