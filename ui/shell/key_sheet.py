"""Shift+F1: every key, by where it works, found by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, closing
from channergy_crm.text.folding import fold
from ui.widgets.dialog import Dialog, Plain, Remark, scrolling
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from channergy_crm.settings import Station

Row = tuple[str, str, str]
"""Where a key works, the key, and what it does."""


class KeySheet(Dialog):
    """Two columns of sections; the filter line keeps what has every typed word in it."""

    def __init__(self, rows: Sequence[Row], parent: QWidget | None = None, station: Station | None = None) -> None:
        super().__init__("keys", _("Keys"), parent, station, size=(760, 460))
        names = dict.fromkeys(section for section, _key, _what in rows)
        self._sections = [Section(_(name), [row for row in rows if row[0] == name]) for name in names]
        self._filter = self.named(LineField(self), "filter", _("Filter the keys"))
        self._filter.setPlaceholderText(_("Filter the keys"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._narrow)
        self._nothing = Remark(_("No key does that."), self)
        self._nothing.hide()
        self.body.addWidget(self._filter)
        self.body.addWidget(self._nothing)
        self._area = scrolling(self._columns())
        self.body.addWidget(self._area, 1)
        self.finish_with(None, self.button("close", closing(), "Esc"))  # unsaid: a key
        self._filter.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key that opened it closes it; the page keys turn the sheet."""
        if event.key() == Qt.Key.Key_F1 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.reject()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar = self._area.verticalScrollBar()
            step = bar.pageStep() if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) else bar.singleStep() * 2
            bar.setValue(bar.value() + (step if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_Down) else -step))
        else:
            super().keyPressEvent(event)

    def _columns(self) -> QWidget:
        sheet = QWidget(self)
        row = QHBoxLayout(sheet)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(32)
        left, right = halves([section.lines for section in self._sections])
        for places in (left, right):
            column = QVBoxLayout()
            column.setSpacing(16)
            for place in places:
                column.addWidget(self._sections[place])
            column.addStretch(1)
            row.addLayout(column, 1)
        return sheet

    def _narrow(self, typed: str) -> None:
        words = fold(typed).split()
        seen = [section.narrow(words) for section in self._sections]
        self._nothing.setVisible(not any(seen))


class Section(QWidget):
    """A title, and under it keys and what they do."""

    def __init__(self, name: str, rows: Sequence[Row]) -> None:
        super().__init__()
        self.lines = len(rows) + 2
        self._keys: list[tuple[str, Remark, Plain]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 130)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Plain(name, self, bold=True), 0, 0, 1, 2)
        for place, (section, key, what) in enumerate(rows, 1):
            keys, words = Remark(key, self), Plain(what, self)
            grid.addWidget(keys, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, place, 1, Qt.AlignmentFlag.AlignTop)
            self._keys.append((fold(f"{section} {key} {what}"), keys, words))

    def narrow(self, words: Sequence[str]) -> bool:
        """Keep the lines with all of these words; tells whether one is left."""
        left = False
        for text, keys, what in self._keys:
            wanted = all(word in text for word in words)
            keys.setVisible(wanted)
            what.setVisible(wanted)
            left = left or wanted
        self.setVisible(left)
        return left


def halves(sizes: Sequence[int]) -> tuple[list[int], list[int]]:
    """Places for two columns of about one height, in reading order."""
    total, before = sum(sizes), 0
    left: list[int] = []
    for place, size in enumerate(sizes):
        if left and before + size / 2 > total / 2:
            break
        left.append(place)
        before += size
    return left, list(range(len(left), len(sizes)))
