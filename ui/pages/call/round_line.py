"""The line under the call bar in a queue: what is shown below, and what else can be done with the one who is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from channergy_crm.language import N_, _
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.widgets.controls import Button
from ui.widgets.dialog import named
from ui.widgets.tab_bars import Segments

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

HIGH = 42
TALK, FIELDS = "talk", "fields"  # unsaid: what is shown
DIAL = "dial"  # unsaid: the verb
VERBS = (
    ("skip", N_("Skip"), "skip", "S"), ("snooze", N_("Snooze"), "clock", "Z"),
    ("do_not_call", N_("Do Not Call"), "cancel", "D"), ("task", N_("Task"), "task", "T"),
    ("convert", N_("Convert"), "convert", "O"),
)  # fmt: skip
"""name, word, drawing and letter of each; never C, which belongs to the dialer"""


class RoundLine(QWidget):
    """*Talk · Fields*, and the verbs of a queue with their keys; the drawings go first where there is no room."""

    wanted = Signal(str)
    """the verb that was pressed"""
    turned = Signal(str)
    """talk or fields"""

    def __init__(self, parent: QWidget, modifier: str) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.parts = named(Segments(self), "call.parts", _("What is shown below"))
        self.parts.offer([(TALK, _("Talk")), (FIELDS, _("Fields"))], TALK)
        self.parts.currentChanged.connect(lambda _place: self.turned.emit(str(self.parts.value())))
        self.said = Label(parent=self)
        self.said.setObjectName("queue.countdown")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(4)
        row.addWidget(self.parts)
        row.addSpacing(12)
        row.addWidget(self.said)
        row.addStretch(1)
        self.buttons: dict[str, Button] = {}
        self.dial = named(Button(icon("phone", self), _("Dial"), self, key="F9"), "call.dial", _("Dial"))
        self.dial.loud()
        self.dial.setToolTip(as_tip(_("{verb} ({key})").format(verb=_("Dial"), key="F9")))
        self.dial.clicked.connect(lambda: self.wanted.emit(DIAL))
        row.addWidget(self.dial)
        row.addSpacing(8)
        for name, word, sign, letter in VERBS:
            key = f"{modifier}+{letter}"
            button = named(Button(icon(sign, self), _(word), self, key=key), f"call.{name}", _(word))
            button.quiet()
            button.setToolTip(as_tip(_("{verb} ({key})").format(verb=_(word), key=key)))
            button.clicked.connect(lambda _on=False, name=name: self.wanted.emit(name))
            self.buttons[name] = button
            row.addWidget(button)

    def offer_parts(self, on: bool) -> None:
        """There is room for talk and fields, one in the place of the other."""
        self.parts.setVisible(on)
        self._fit()

    def offer_verbs(self, on: bool) -> None:
        """There is somebody with whom all that can be done."""
        for button in self.buttons.values():
            button.setEnabled(on)

    def offer_dial(self, on: bool) -> None:
        """Somebody may be dialed now: Enter does it."""
        self.dial.setVisible(on)
        self._fit()

    def show_part(self, part: str) -> None:
        """Choose what is shown below."""
        self.parts.setCurrentIndex([TALK, FIELDS].index(part))

    def sizeHint(self) -> QSize:
        return QSize(400, theme.px(HIGH, self))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, theme.px(HIGH, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for draws, says in ((True, True), (False, True), (False, False)):
            shown = [*self.buttons.values(), *([] if self.dial.isHidden() else [self.dial])]
            for button in shown:
                button.say_drawing(draws)
                button.say_key(says)
            parts = 0 if self.parts.isHidden() else self.parts.sizeHint().width()
            needed = parts + self.said.sizeHint().width() + 72
            if needed + sum(button.sizeHint().width() + 6 for button in shown) <= self.width():
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(self, "base"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(self, "line"))

    def say(self, text: str) -> None:
        """A word beside the tray: the number that comes next, or when it is dialed by itself."""
        if self.said.text() != text:
            self.said.setText(text)
            self._fit()
