"""The pop-up: a quiet window in the corner that says what is due, and stays until it is answered (BX-15).

It never takes the keys from what is being typed, in this program or another one, until somebody asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.services.due import MOST
from ui.look import theme
from ui.look.plain import Label
from ui.shell.quiet_window import Foot, QuietWindow
from ui.shell.reminders.row import ReminderRow
from ui.widgets.controls import Button
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from channergy_crm.services.due import Come

FOOT, MORE = 40, 34


class PopUp(QuietWindow):
    """The first of what is due, most urgent first, and how many more there are."""

    hidden = Signal()
    """put away for now"""
    all_snoozed = Signal()
    all_wanted = Signal()
    """somebody wants to see all of them"""

    def __init__(self, window: QWidget) -> None:
        super().__init__("reminder.popup", _("Reminders"), window)
        self.rows = [ReminderRow(place, self) for place in range(MOST)]
        for row in self.rows:
            row.typing.connect(self.take_keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head, self.heading, close = self.head("reminder", "reminder", _("Hide for 10 minutes"))
        close.clicked.connect(lambda: self.hidden.emit())
        column.addWidget(head)
        for row in self.rows:
            column.addWidget(row)
        self._more = named(Button("", self), "reminder.more", "")
        self._more.quiet()
        self._more.setFixedHeight(theme.px(MORE, self))
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(lambda: self.all_wanted.emit())
        column.addWidget(self._more)
        column.addWidget(self._foot())

    def first(self) -> QWidget:
        """The first button of the first reminder."""
        return self.rows[0].first()

    def _foot(self) -> QWidget:
        foot = Foot(self)
        foot.setFixedHeight(theme.px(FOOT, self))
        row = QHBoxLayout(foot)
        row.setContentsMargins(15, 1, 6, 0)
        self._said = Label("", foot)
        self._said.setFont(theme.small(self.font()))
        self._said.muted()
        self._all = named(Button("", foot), "reminder.snooze_all", "")
        self._all.quiet()
        self._all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._all.clicked.connect(lambda: self.all_snoozed.emit())
        row.addWidget(self._said, 1)
        row.addWidget(self._all)
        return foot

    def tell(self, come: Come) -> None:
        """Say what stands there now; shown or not, it stays as it is."""
        self.heading.setText(ngettext("{count:,} reminder", "{count:,} reminders", come.here).format(count=come.here))
        for row, reminder in zip(self.rows, [*come.first, *[None] * MOST], strict=False):
            row.setVisible(reminder is not None)
            if reminder is not None:
                row.show_reminder(reminder)
        more = come.here - len(come.first)
        said = ngettext("and {count:,} more: open Reminders", "and {count:,} more: open Reminders", more)
        _say(self._more, said.format(count=more))
        self._more.setVisible(more > 0)
        words = {1: "", 2: _("Snooze both 10 min")}.get(come.here, _("Snooze all 10 min"))
        _say(self._all, words)
        self._all.setVisible(bool(words))
        self.tell_keys()
        self.settle()

    def tell_keys(self) -> None:
        """Say whether it takes keys."""
        taking = QApplication.activeWindow() is self
        self._said.setText(_("Esc goes back to your work.") if taking else _("Takes no keys until you press on it."))


def _say(button: Button, words: str) -> None:
    button.setText(words)
    button.setAccessibleName(words)
    button.updateGeometry()
