"""Ctrl+F in the calendar: what is shown is filtered by words; Esc gives all back (VT-42)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.text.folding import fold
from ui.editors.base import LineEditor
from ui.look import paint, theme
from ui.look.plain import Label
from ui.pages.calendar import words
from ui.widgets.controls import Button
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from channergy_crm.services.calendar.entries import Entry

WIDE = 320


class Filtering(QWidget):
    """The line, how many of how many are shown, and the way back. `changed` tells that others are to be shown, `left`
    that somebody goes back to the days.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "side")
        self.setObjectName("calendar.filtering")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.line = named(LineEditor(self), "calendar.filter", _("Filter what is shown"))
        self.line.setPlaceholderText(_("What, about whom, where, which kind, whose"))
        self.line.setFixedWidth(theme.px(WIDE, self))
        self.said = Label("", self)
        self.said.setObjectName("calendar.filter_said")
        self.said.setWordWrap(True)
        self.said.wear("muted")
        self.all = named(Button(_("Show all"), self), "calendar.filter_all", _("Show all entries again"))
        self.all.key = "Esc"
        self.all.quiet()
        self.all.clicked.connect(lambda: self.give_back())
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(self.line)
        row.addWidget(self.said, 1)
        row.addWidget(self.all)
        self.line.changed.connect(self.changed.emit)
        self.hide()

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.line.value())

    def asked(self) -> LineEditor:
        """Somebody wants to filter: the line is there for it."""
        self.show()
        return self.line

    def give_back(self) -> None:
        """All is shown again, and the keys go to the days."""
        was_on = self.is_on
        self.line.set_value("")
        self.hide()
        if was_on:
            self.changed.emit()
        self.left.emit()

    def passed(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those that say all the words that are typed."""
        wanted = fold(self.line.value()).split()
        return [each for each in entries if _says(each, wanted)] if wanted else list(entries)

    def tell(self, shown: int, every: int) -> None:
        """How many of how many are shown; where it is none, what is to be done."""
        if not self.is_on:
            self.said.setText(_("Type what you are looking for."))
        elif not shown:
            said = ngettext(
                "The {count:,} entry here does not say that. Fewer words find more; Esc shows all.",
                "None of {count:,} entries says that. Fewer words find more; Esc shows all.", every,
            )  # fmt: skip
            self.said.setText(said.format(count=every))
        else:
            said = ngettext("{shown:,} of {count:,} entry", "{shown:,} of {count:,} entries", every)
            self.said.setText(said.format(shown=shown, count=every))
        self.line.setAccessibleDescription(self.said.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = QRectF(0, self.height() - 1, self.width(), 1)
        paint.begin(self).fillRect(edge, theme.colour(self, "line"))


def _says(entry: Entry, wanted: Sequence[str]) -> bool:
    kind, state = words.kind_said(entry.kind), _(words.STATES[entry.state]) if entry.state in words.STATES else ""
    said = fold(" ".join((entry.title, entry.about, entry.place, entry.owner, kind, state)))
    return all(word in said for word in wanted)
