"""The pop-up: a quiet window in the corner that says what is due, and stays until it is answered (BX-15).

It never takes the keys from what is being typed, in this program or another one, until somebody asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainterPath, QRegion
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.services.due import MOST
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, titled
from ui.shell.reminders.row import ReminderRow
from ui.widgets.controls import Button, IconButton
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent

    from channergy_crm.services.due import Come

WIDE, HEAD, FOOT, MORE, CORNER = 424, 34, 40, 34, 16
KIND = (
    Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)  # fmt: skip


class PopUp(QWidget):
    """The first of what is due, most urgent first, and how many more there are."""

    hidden = Signal()
    """put away for now"""
    all_snoozed = Signal()
    all_wanted = Signal()
    """somebody wants to see all of them"""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, KIND)
        self._window = window
        self.setObjectName("reminder.popup")
        self.setWindowTitle(titled(_("Reminders")))
        self.setAccessibleName(_("Reminders"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        theme.stand_on(self, "base")
        self.setFixedWidth(theme.px(WIDE, self))
        self.rows = [ReminderRow(place, self) for place in range(MOST)]
        for row in self.rows:
            row.typing.connect(self.take_keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._head())
        for row in self.rows:
            column.addWidget(row)
        self._more = named(Button("", self), "reminder.more", "")
        self._more.quiet()
        self._more.setFixedHeight(theme.px(MORE, self))
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(lambda: self.all_wanted.emit())
        column.addWidget(self._more)
        column.addWidget(self._foot())

    def _head(self) -> QWidget:
        head = QWidget(self)
        theme.stand_on(head, "chrome")
        head.setFixedHeight(theme.px(HEAD, self))
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 0, 6, 0)
        row.setSpacing(8)
        sign = Label(parent=head)
        sign.setPixmap(icon("reminder", head).pixmap(16, 16))
        self.heading = Label("", head)
        self.heading.setObjectName("reminder.heading")
        self.heading.setFont(theme.strong(self.font()))
        close = named(IconButton(head), "reminder.close", _("Hide for 10 minutes"))
        close.setIcon(icon("close", close))
        close.setToolTip(as_tip(close.accessibleName()))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(lambda: self.hidden.emit())
        for part in (sign, self.heading, close):
            row.addWidget(part, 1 if part is self.heading else 0)
        return head

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
        self._tell_keys()
        self._settle()

    def _tell_keys(self) -> None:
        taking = QApplication.activeWindow() is self
        self._said.setText(_("Esc goes back to your work.") if taking else _("Takes no keys until you press on it."))

    def appear(self) -> None:
        """Come up in the corner of the screen the main window is on; the keys stay where they are."""
        if not self.isVisible():
            before = QApplication.activeWindow()
            self.show()
            if before is not None and QApplication.activeWindow() is self:  # not every window system asks
                before.activateWindow()
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()

    def _settle(self) -> None:
        """As high as its rows, in the corner; window systems listen to that only once it is there."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.setFixedHeight(self.sizeHint().height())
        if self.isVisible():
            room = self._window.screen().availableGeometry()
            self.move(room.right() + 1 - self.width() - CORNER, room.bottom() + 1 - self.height() - CORNER)

    def take_keys(self) -> None:
        """Somebody wants to press keys here: by its key, or by a press on it."""
        handle = self.windowHandle()
        if handle is not None:
            handle.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, False)
            handle.requestActivate()
        self.activateWindow()
        focus = self.focusWidget()
        if focus is None or not focus.isVisible():
            self.rows[0].first().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def give_keys_back(self) -> None:
        """From now on it takes no keys any more; they go back to the main window."""
        self._refuse_keys()
        self._window.activateWindow()

    def _refuse_keys(self) -> None:
        handle = self.windowHandle()
        if handle is not None:
            handle.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            if QApplication.activeWindow() is not self:
                self._refuse_keys()
            self._tell_keys()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside its buttons is a press on it."""
        self.take_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.give_keys_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QAbstractButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), paint.DIALOG, paint.DIALOG)
        self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(
            paint.begin(self), QRectF(self.rect()), ground=theme.colour(self, "base"),
            edge=theme.colour(self, "border"), round_by=paint.DIALOG,
        )  # fmt: skip


class Foot(QWidget):
    """Its lower part, under a line."""

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.begin(self).fillRect(0, 0, self.width(), 1, theme.colour(self, "line"))


def _say(button: Button, words: str) -> None:
    button.setText(words)
    button.setAccessibleName(words)
    button.updateGeometry()
