"""The head over the form of a rule: its name, three facts, what can be done with it, and the questions that raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from ui.look import paint, theme
from ui.look.plain import Label, as_tip
from ui.widgets.controls import LOUD, Button
from ui.widgets.dialog import Plain, Remark, named
from ui.widgets.summary import Tile
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from ui.widgets.command_bar import Commands
    from ui.widgets.summary import Fact

SIDES, NARROW_SIDES, ROOMY = 24, 16, 760
WIDTHS = (340, 216, 430)
"""how the facts share the line"""


class WhatOfThem(QWidget):
    """The question in place, when a rule is switched off: what becomes of the follow-ups that are open?"""

    answered = Signal(bool)
    """whether they are withdrawn"""
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = Plain("", self)
        self._words.setObjectName("events.question")
        self.keep = named(Button("", self), "events.keep", "")
        self.withdraw = named(Button("", self), "events.withdraw", "")
        self.stay = named(Button(_("Leave it active"), self), "events.stay", _("Leave it active"))
        self.stay.quiet()
        self.keep.clicked.connect(lambda: self.answered.emit(False))
        self.withdraw.clicked.connect(lambda: self.answered.emit(True))
        self.stay.clicked.connect(self.given_up)
        room = QWidget(self)
        row = WrappingRow(room, 120)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.keep, self.withdraw, self.stay):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 2)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(room)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it as it is."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def ask(self, count: int) -> None:
        """Ask about so many."""
        said = ngettext(
            "{count:,} follow-up is open. Undo switches the rule on again, whatever you choose.",
            "{count:,} follow-ups are open. Undo switches the rule on again, whatever you choose.", count,
        )  # fmt: skip
        self._words.setText(said.format(count=count))
        keep = ngettext("Deactivate, keep {count:,}", "Deactivate, keep {count:,}", count).format(count=count)
        withdraw = ngettext("Deactivate, withdraw {count:,}", "Deactivate, withdraw {count:,}", count)
        for button, words in ((self.keep, keep), (self.withdraw, withdraw.format(count=count))):
            button.setText(words)
            button.setAccessibleName(words)
        self.show()
        self.keep.setFocus()


class Head(QWidget):
    """Stays while the form below it scrolls."""

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "events.head", _("About the rule"))
        self._title = Label("", self)
        self._title.setObjectName("events.title")
        self._title.setFont(theme.title(self.font()))
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._line = Label("", self)
        self._line.setObjectName("events.about")
        self._line.muted()
        self._line.setWordWrap(True)
        self._tiles = [Tile(self) for _width in WIDTHS]
        self.question = WhatOfThem(self)
        self.said = Remark("", self)
        self.said.setObjectName("events.said")
        self.said.say("")
        self._room = QWidget(self)
        self._verbs = WrappingRow(self._room, 160)
        self._verbs.setContentsMargins(0, 0, 0, 0)
        self._verbs.setSpacing(8)
        self.buttons = {command.name: self._button(commands, command.name) for command in commands.all}
        self._column = column = QVBoxLayout(self)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._line)
        column.addSpacing(8)
        column.addLayout(self._tile_row())
        column.addSpacing(8)
        column.addWidget(self._room)
        self.under = QVBoxLayout()
        self.under.setSpacing(4)
        for part in (self.question, self.said):
            self.under.addWidget(part)
        column.addLayout(self.under)

    def _tile_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for place, (tile, width) in enumerate(zip(self._tiles, WIDTHS, strict=True)):
            tile.setObjectName(f"events.fact_{place + 1}")
            tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(tile, width)
        return row

    def _button(self, commands: Commands, name: str) -> Button:
        command = next(each for each in commands.all if each.name == name)
        button = commands.button(command, self._room)
        assert isinstance(button, Button)  # noqa: S101  it has its word
        if command.role == "danger":
            self._verbs.add_last(button)
        else:
            self._verbs.addWidget(button)
        button.quiet(name not in ("activate", "deactivate", "try_on"))
        button.say_key(name == "activate")
        return button

    def loud(self, name: str) -> None:
        """Which verb is the one that is filled."""
        for word in ("activate", "save"):
            button = self.buttons[word]
            if word == name:
                button.loud()
            else:
                button.quiet(word == "save")
        self.fit_verbs()

    def show_rule(self, name: str, line: str) -> None:
        """What it is called, and what is said under that."""
        self._title.setText(name)
        self._title.setToolTip(as_tip(name))
        self._line.setText(line)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """What it would make, how many later, who gets them."""
        for tile, fact in zip(self._tiles, facts, strict=True):
            tile.show_fact(fact)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Facts give way to what they are brief, else nobody could make the window narrower."""
        least = sum(tile.least() + 8 for tile in self._tiles)
        return QSize(least + 2 * NARROW_SIDES, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What stands beside a value gives way where there is little room."""
        sides = theme.px(SIDES if self.width() >= ROOMY else NARROW_SIDES, self)
        self._column.setContentsMargins(sides, 12, sides, 10)
        for tile in self._tiles:
            tile.brief(False)
        room = self.width() - 2 * sides - 2 * 8
        if sum(tile.sizeHint().width() for tile in self._tiles) > room:
            for tile in self._tiles:
                tile.brief(True)
        self.fit_verbs()

    def fit_verbs(self) -> None:
        """In a narrow window the drawings go first, then the key: the words stay, in one line if they fit into one."""
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        for drawn, key in ((True, True), (False, True), (False, False)):
            for button in self.buttons.values():
                button.say_drawing(drawn)
                button.say_key(key and button.look == LOUD)
            if self._verbs.sizeHint().width() <= room:
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        line = QRectF(0, self.height() - 1, self.width(), 1)
        paint.begin(self).fillRect(line, theme.colour(self, "line"))
