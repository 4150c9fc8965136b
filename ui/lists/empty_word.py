"""What stands in the place of an empty list: one sentence, the button that makes the first row, a quiet second way."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.look.icons import icon
from ui.look.plain import as_tip, kept_to_itself
from ui.widgets.controls import Button

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 60
"""letters of a filter that are repeated"""
PLACES = ("first", "second", "third")


def _always() -> str | None:
    return None


class Way(NamedTuple):
    """A way out of an empty list: its words, what it does, its sign, and why it cannot be gone now."""

    text: str
    run: Callable[[], object]
    sign: str = ""
    why_not: Callable[[], str | None] = _always


class EmptyWord(QWidget):
    """Never blank: what would be here, and how it comes about. Made when the list is first seen."""

    clear = Signal()
    again = Signal()

    def __init__(self, name: str, grid: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._grid = name, grid
        self._offered: tuple[Way, ...] = ()
        self._ways: list[tuple[Button, Way]] = []
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody sees the list."""
        if event.type() == QEvent.Type.Show:
            watched.removeEventFilter(self)
            self.make()
        return False

    def make(self) -> None:
        """Make its parts, unless they are there."""
        if self.layout() is not None:
            return
        from ui.widgets.remark import Remark

        self._said = Remark("", self)
        self._said.setObjectName(f"{self._name}.empty")
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._clear = self._button("clear_filter", _("Clear the filter"))
        self._clear.clicked.connect(self.clear)
        self._again = self._button("try_again", _("Try again"))
        self._again.clicked.connect(self.again)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._said)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._row.addWidget(self._clear)
        self._row.addWidget(self._again)
        self._row.addStretch(1)
        column.addLayout(self._row)
        column.addStretch(2)
        self._put_ways()

    def _button(self, word: str, text: str) -> Button:
        button = Button(text, self)
        button.setObjectName(f"{self._name}.{word}")
        button.setAccessibleName(text)
        button.hide()
        return button

    def offer(self, *ways: Way) -> None:
        """The buttons of an empty list that is not filtered, the usual one first."""
        self._offered = ways
        if self.layout() is not None:
            self._put_ways()

    def _put_ways(self) -> None:
        for button, _way in self._ways:
            self._row.removeWidget(button)
            button.deleteLater()
        self._ways = []
        for place, way in zip(PLACES, self._offered, strict=False):
            button = self._button(f"make_{place}", way.text)
            if way.sign:
                button.setIcon(icon(way.sign, button))
            button.quiet(place != PLACES[0])
            button.clicked.connect(lambda _checked=False, way=way: way.run())
            self._row.insertWidget(self._row.count() - 1, button)
            self._ways.append((button, way))
        stops = [self._grid, self._clear, self._again, *(button for button, _way in self._ways)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)  # in the place of the list, not behind what was made before

    def say(self, text: str, *, filtered: str, project: str = "") -> None:
        """What is said, and which buttons stand under it; `filtered`: what the list is filtered with, `project`: the
        one whose rows alone it shows.
        """
        self.make()
        if project:
            alone = _("{text} Only the project {project} is shown; choose “All projects” in the header for the others.")
            text = alone.format(text=text, project=kept_to_itself(project))
        shown = filtered if len(filtered) <= LONGEST else f"{filtered[:LONGEST]}…"
        self._said.setText(_("Nothing matches “{filter}”.").format(filter=kept_to_itself(shown)) if filtered else text)
        self._clear.setVisible(bool(filtered))
        self._again.hide()
        for button, _way in self._ways:
            button.setVisible(not filtered)
        self.look()

    def look(self) -> None:
        """Which of the ways can be gone now; the others say why not."""
        for button, way in self._ways:
            why_not = way.why_not()
            button.setEnabled(why_not is None)
            button.setToolTip(as_tip(why_not or ""))

    def say_trouble(self, text: str, *, keyboard: bool) -> None:
        """Why the list cannot be read, and the button that tries again; it gets the `keyboard` if the list had it."""
        self.make()
        self._said.setText(text)
        self._clear.hide()
        for button, _way in self._ways:
            button.hide()
        self._again.show()
        if keyboard:
            self._again.setFocus()

    @property
    def has_keyboard(self) -> bool:
        """Whether one of its buttons has it."""
        ways = (button for button, _way in self._ways)
        return self.layout() is not None and any(each.hasFocus() for each in (self._clear, self._again, *ways))
