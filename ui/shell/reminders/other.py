"""*Other…*: five minutes, or any day and time as people say it, shown in full before Enter (BX-15)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from ui.editors.base import LineEditor
from ui.editors.dates import typed_moment
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.pages.call.next_try import in_words
from ui.pages.call.words import Words
from ui.pages.snooze import MORNING
from ui.widgets.controls import IconButton, Pill
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

LINE = 116


def in_minutes(now: datetime, minutes: int) -> datetime:
    """So many minutes from now on, to the minute."""
    return (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)


class OtherTime(QWidget):
    """A line to type in, and what it says in full; a day without a time is that day at nine."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        said = _("Snooze until")
        self.line = named(LineEditor(self), f"{name}.until", said)
        self.line.setPlaceholderText(_("fri 10, +2d"))
        self.line.setFixedWidth(theme.px(LINE, self))
        self.line.changed.connect(self._typed)
        self.line.returnPressed.connect(self._enter)
        self.says = Words("", self, ink="muted")
        self.says.setObjectName(f"{name}.until_said")
        five = named(Pill(_("5 min"), self), f"{name}.snooze_five", _("Snooze to {day}").format(day=_("5 min")))
        five.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        five.clicked.connect(lambda: self._put(5))
        back = named(IconButton(self), f"{name}.until_back", _("Back"))
        back.setIcon(icon("close", back))
        back.setToolTip(_("Back (Esc)"))
        back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        back.clicked.connect(lambda: self._leave())
        for part in (five, self.line, self.says, back):
            row.addWidget(part, 1 if part is self.says else 0)

    def take_keys(self) -> None:
        """Begin to type."""
        self.line.set_value("")
        self._typed()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def moment(self) -> datetime | None:
        """What is typed, None for nothing. `Mistake` when it cannot be read or is over."""
        now, text = clock.now(), self.line.text()
        day, at = typed_moment(text, now, self.locale())
        if day is None:
            return None
        moment = datetime.combine(day, at or MORNING)
        if moment <= now:
            raise Mistake(_("“{text}” is over already.").format(text=text.strip()))
        return moment

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # the line has heard them already
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.line.set_value("")
        self.left.emit()

    def _put(self, minutes: int) -> None:
        self.chosen.emit(in_minutes(clock.now(), minutes))

    def _enter(self) -> None:
        try:
            moment = self.moment()
        except Mistake:
            return  # it is said beside the line
        if moment is not None:
            self._leave()
            self.chosen.emit(moment)

    def _typed(self) -> None:
        self.says.ink = "muted"
        try:
            moment = self.moment()
            said = in_words(moment, clock.now()) if moment else ""
        except Mistake as mistake:
            self.says.ink, said = "overdue", mistake.message
        theme.mark(self.line, "problem", self.says.ink == "overdue")
        self.says.setText(said)
        self.says.setToolTip(as_tip(said))
        self.says.update()
