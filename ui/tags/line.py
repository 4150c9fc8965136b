"""The tags of the record that is open: a line over its fields, typed into with completion (BX-40)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Tag, Tagging
from channergy_crm.records.tags import LONGEST, can_be_tagged
from channergy_crm.services import tags
from channergy_crm.text.folding import fold
from ui.editors.base import offer_while_typing
from ui.look import theme
from ui.look.plain import Label
from ui.tags.opening import open_rows
from ui.widgets.dialog import named
from ui.widgets.fields import LineField
from ui.widgets.tag_chip import TagChip
from ui.widgets.timers import later
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from channergy_crm.work import Done

TABLES = {record._meta.table_name for record in (Tag, Tagging)}
SOON_MS, FIELD, BESIDE = 60, 150, 24
"""pixels: of the field, and beside its words"""


class TagField(LineField):
    """Where a tag is typed: Enter or a comma puts it on, Backspace in the empty field takes the last one off."""

    typed = Signal(str)
    last_off = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self.setPlaceholderText(_("Add a tag"))
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        self.setFixedWidth(max(theme.px(FIELD, self), words + BESIDE))
        self.names: list[str] = []
        """the tags that can be completed"""
        offer_while_typing(self, self._fitting)
        held: QCompleter | None = self.completer()
        if held is not None:
            held.activated.connect(self._chosen)
        self.textEdited.connect(self._edited)

    def _fitting(self, typed: str) -> list[str]:
        wanted = fold(typed.strip())
        return [name for name in self.names if wanted in fold(name)][:12]

    def _edited(self, text: str) -> None:
        if text.endswith((",", ";")):
            self._give(text)

    def _give(self, text: str) -> None:
        text = text.strip(" ,;")
        self.clear()
        if text:
            self.typed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to no other field here as long as something is typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self._give(self.text())
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.last_off.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _chosen(self, text: str) -> None:
        later(self, partial(self._give, text), 0).start()  # the completer writes into the field afterwards


class TagLine(QWidget):
    """The chips of one record and the field behind them. It is read beside the window, a moment after the record."""

    def __init__(self, panel: Any) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, panel.session
        self._asked = 0
        self._shown: list[Tag] = []
        self.setObjectName(f"{panel.prefix}.tag_line")
        self.chips = QWidget(self)
        self._row = WrappingRow(self.chips, one_line=0)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.field = named(TagField(self.chips), f"{panel.prefix}.tags", _("Tags"))
        self.field.typed.connect(self.put_on)
        self.field.last_off.connect(self._take_last_off)
        self.label = label = Label(_("Tags"), self)
        label.muted()
        label.setFixedHeight(theme.px(28, self))
        self._line = line = QHBoxLayout(self)
        line.setSpacing(8)
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.chips, 1)
        self._soon = later(self, self._read, SOON_MS)
        panel.turned.connect(self._turned)
        panel.form.fitted.connect(self._align)
        panel.installEventFilter(self)
        self._session.done.connect(self._heard)
        self._align()
        self.hide()

    def _align(self) -> None:
        """Its label stands over those of the first column, the tags over its fields."""
        columns = self._panel.form.columns
        self._line.setContentsMargins(columns.sides, 4, columns.sides, 2)
        self.label.setFixedWidth(max(columns.labels, self.label.sizeHint().width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The record is seen again."""
        if event.type() == QEvent.Type.Show:
            self._soon.start()
        return False

    def _turned(self) -> None:
        record = self._panel.record
        there = record is not None and not record.is_new
        self.setVisible(there)
        self._asked += 1
        if there:
            self._show(())
            self._soon.start()

    def _heard(self, done: Done) -> None:
        if TABLES & done.tables and self.isVisible():
            self._soon.start()

    def _read(self) -> None:
        record, by = self._panel.record, self._session.by
        if record is None or record.is_new or not self._panel.isVisible():
            return
        self._asked += 1
        asked = self._asked

        def found(both: tuple[list[Tag], list[Tag]]) -> None:
            if asked == self._asked:
                self._show(both[0])
                self.field.names = list(dict.fromkeys(str(tag.name) for tag in both[1]))

        self._session.work(
            lambda _progress: (tags.of(record, by), tags.every(by)), label=_("Reading the tags"), done=found,
            failed=lambda _error: None, progress=False,
        )  # fmt: skip

    def _show(self, found: Sequence[Tag]) -> None:
        self._shown = list(found)
        focus = self.field.hasFocus()
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None and old is not self.field:
                focus = focus or old.hasFocus()
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for tag in found:
            chip = TagChip(str(tag.name), str(tag.colour), self.chips)
            chip.setObjectName(f"{self._panel.prefix}.tag_{tag.number}")
            chip.taken_off.connect(self.take_off)
            chip.clicked.connect(partial(self._open, str(tag.name)))
            self._row.addWidget(chip)
            chip.show()
            QWidget.setTabOrder(chip, self.field)
        self._row.addWidget(self.field)
        if focus and not self.field.hasFocus():
            self.field.setFocus()
        self._row.invalidate()
        self._row.activate()

    def put_on(self, name: str) -> None:
        """Put a tag on the record that is open; Undo takes it off again."""
        record, by = self._panel.record, self._session.by
        done = self._session.attempt(lambda: tags.put_on(type(record), [record.key], name, by))
        if done is not None and done.records:
            self._session.say_done(_("Tag “{tag}” put on.").format(tag=name))

    def take_off(self, name: str) -> None:
        """Take one off."""
        record, by = self._panel.record, self._session.by
        if self._session.attempt(lambda: tags.take_off(type(record), [record.key], name, by)) is not None:
            self._session.say_done(_("Tag “{tag}” taken off.").format(tag=name))

    def _take_last_off(self) -> None:
        if self._shown:
            self.take_off(str(self._shown[-1].name))

    def _open(self, name: str) -> None:
        open_rows(self._session, self.window(), name, type(self._panel.record))


def stand_above(panel: Any, column: QVBoxLayout) -> TagLine | None:
    """The line over the fields that were put into the column last, for records tags can be put on."""
    if not can_be_tagged(panel.screen_.record):
        return None
    line = TagLine(panel)
    column.insertWidget(column.count() - 1, line)
    return line
