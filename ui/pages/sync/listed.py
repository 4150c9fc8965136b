"""A list of the sync: read a part at a time beside the window, with a sentence above it and its verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.settings import VIPER
from ui.forms.at_field import come_to
from ui.history.sheet import Sheet
from ui.look.icons import icon
from ui.look.wording import key_name
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from channergy_crm.errors import CRMError
    from ui.history.sheet import Column, Line
    from ui.session.session import Session

ENTER = "Enter"  # unsaid: a key
SHOWN, MOST_ANEW = 100, 1_000
"""rows read at once, and at most when the list is read anew"""


class KeyedSheet(Sheet):
    """A list in which single keys do something to the row under the cursor."""

    def __init__(self, name: str, said: str, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(name, said, columns, parent)
        self.verbs: dict[int, Callable[[], object]] = {}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key of a verb does it."""
        verb = self.verbs.get(event.key()) if event.modifiers() == Qt.KeyboardModifier.NoModifier else None
        if verb is not None:
            verb()
        else:
            super().keyPressEvent(event)


class Listed(QWidget):
    """Filters and verbs, what is to be said, the list. `counted` tells that something else is listed."""

    counted = Signal()
    acted = Signal()
    """something was done with a row, so that the figures of the page are others"""

    def __init__(self, word: str, title: str, columns: Sequence[Column], session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self._word, self._times = session, word, 0
        self._reading = self._whole = False
        self.looked = True
        """whether a round has come to its end, so that what is not listed is not there"""
        self.grid = KeyedSheet(f"sync.{word}", title, columns, self)
        self._said = named(Remark("", self), f"sync.{word}_said", title)
        self._line = QWidget(self)
        self.tools = WrappingRow(self._line)
        self.tools.setContentsMargins(0, 0, 0, 0)
        self._offered: list[tuple[Button, Callable[[], str]]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._said)
        column.addWidget(self.grid, 1)
        self._said.say("")
        self.grid.opened.connect(self.open_record)
        self.grid.turned.connect(self.offer)
        self.grid.more_wanted.connect(self._read_on)

    def below(self, part: QWidget) -> None:
        """Something about the row under the cursor stands below the list."""
        column = self.layout()
        if column is not None:
            column.addWidget(part)

    # ---------------------------------------------------------------- what each list says of itself

    def read(self, start: int, count: int, by: str) -> Sequence[Any]:
        """Some of its rows, beside the window."""
        raise NotImplementedError

    def line(self, item: Any) -> Line:
        """A row in words."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What is said where there are no rows."""
        raise NotImplementedError

    def open_record(self) -> None:
        """Enter: the record of the row."""
        one = self.grid.about()
        if one is not None:
            come_to(self.session, self, one.table, int(one.key))

    # ---------------------------------------------------------------- verbs

    def verb(
        self, name: str, text: str, sign: str, what: Callable[[], object], why_not: Callable[[], str] | None = None,
        *, key: str = "", quiet: bool = True,
    ) -> Button:  # fmt: skip
        """Something to do with the row under the cursor; a letter does it from within the list."""
        button = named(Button(text, self, key=key_name(key)), f"sync.{name}", text)
        button.setIcon(icon(sign, button))
        button.quiet(quiet)
        button.clicked.connect(lambda: what())
        self.tools.addWidget(button)
        self._offered.append((button, why_not or self.why_none))
        if len(key) == 1:
            self.grid.verbs[ord(key)] = button.click
        return button

    def tool_widgets(self) -> list[QWidget]:
        """Filters and verbs, in their order."""
        items = (self.tools.itemAt(place) for place in range(self.tools.count()))
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]

    def why_none(self) -> str:
        """Why nothing can be done with a row; "" where one is under the cursor."""
        return "" if self.grid.about() is not None else _("The list is empty.")

    def offer(self) -> None:
        """Off verbs say why."""
        for button, why_not in self._offered:
            offer(button, why_not())

    def told(self, what: Callable[[], object]) -> bool:
        """Do it here and now; what keeps it from being done is said as a notice. Then the list is read anew."""
        done = self.session.attempt(lambda: (what(), True)[1])
        self.reload()
        self.acted.emit()
        self.grid.setFocus()
        return bool(done)

    # ---------------------------------------------------------------- reading

    def reload(self) -> None:
        """Read it anew; the cursor stays in its place."""
        self._times += 1
        times, by = self._times, self.session.by
        count = max(SHOWN, min(self.grid.rows.rowCount(), MOST_ANEW))
        self._reading = True
        self.session.work(
            lambda _progress: self.read(0, count, by), label=VIPER.label,
            done=lambda items: self._show(times, items, whole=len(items) < count),
            failed=lambda error: self._fail(times, error), progress=False,
        )  # fmt: skip

    def _read_on(self) -> None:
        if self._reading or self._whole:
            return
        self._reading = True
        times, start, by = self._times, self.grid.rows.rowCount(), self.session.by
        self.session.work(
            lambda _progress: self.read(start, SHOWN, by), label=VIPER.label,
            done=lambda items: self._show(times, items, whole=len(items) < SHOWN, more=True),
            failed=lambda error: self._fail(times, error), progress=False,
        )  # fmt: skip

    def _show(self, times: int, items: Sequence[Any], *, whole: bool, more: bool = False) -> None:
        if times != self._times:
            return
        self._reading, self._whole = False, whole
        self.grid.show_lines([self.line(each) for each in items], more=more)
        yet = _("Nothing has been looked at yet: what the first sync finds is listed here.")
        self._said.say("" if self.grid.rows.rowCount() else self.nothing() if self.looked else yet)
        self.offer()
        self.counted.emit()

    def _fail(self, times: int, error: CRMError) -> None:
        if times == self._times:
            self._reading, self._whole = False, True
            self.grid.show_lines([])
            self._said.say(error.message, "overdue")
            self.offer()
