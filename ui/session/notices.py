"""Shows passing news at the lower edge of the window, with Undo or another step; gone after eight seconds."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from channergy_crm import clock
from channergy_crm.language import _, closing
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.look.turned import across
from ui.session.notice import Level, Notice, sign
from ui.widgets.controls import Button, IconButton

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT = 50
MARGIN = 8
WIDEST = 720


class Notices(QWidget):
    """Shows the latest news over the lower edge of another widget, as wide as its words and no wider.

    It takes no focus, waits while the mouse or the focus is on it, and keeps the last fifty.
    """

    def __init__(self, over: QWidget, *, seconds: float = 8.0) -> None:
        super().__init__(over)
        self._over = over
        self._kept: deque[Notice] = deque(maxlen=KEPT)
        self._level: Level = "news"
        self._undo: Callable[[], object] | None = None
        self._action: Callable[[], object] | None = None
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.setInterval(round(seconds * 1000))
        self._seconds = seconds
        self._gone.timeout.connect(self._go)
        self._build()
        over.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        *,
        undo: Callable[[], object] | None = None,
        action: tuple[str, Callable[[], object]] | None = None,
        level: Level = "news",
        seconds: float = 0.0,
    ) -> None:
        """Tell one sentence, with *Undo* or another step if there is one. It takes the place of the one before, and
        stands for as long as usual, or for so many seconds.
        """
        if not self._says(text, level):  # a warning that comes again while it can be read is no other one
            self._kept.appendleft(Notice(text, level, clock.now()))
        self._level, self._undo = level, undo
        self._text.setText(text)
        self._undo_button.setVisible(undo is not None)
        self._offer(action)
        self._row.setContentsMargins(36, 4, 4, 4)
        self.show()
        self.raise_()
        self._place()
        self._gone.start(round((seconds or self._seconds) * 1000))
        self._announce(text)

    def _offer(self, action: tuple[str, Callable[[], object]] | None) -> None:
        self._action = action[1] if action else None
        self._action_button.setVisible(action is not None)
        if action:
            self._action_button.setText(action[0])
            self._action_button.setAccessibleName(action[0])

    def _says(self, text: str, level: Level) -> bool:
        latest = self._kept[0] if self._kept else None
        return level == "warning" and self.isVisible() and latest is not None and latest[:2] == (text, level)

    def add(self, sentence: str, action: tuple[str, Callable[[], object]] | None = None) -> None:
        """Go on with what is said just now, whose Undo stays; or say it, when nothing is."""
        if not self.isVisible():
            self.say(sentence, action=action)
            return
        if action is not None:
            self._offer(action)
        self._kept[0] = self._kept[0]._replace(text=f"{self._kept[0].text} {sentence}")
        self._text.setText(self._kept[0].text)
        self._place()
        self._gone.start()
        self._announce(sentence)

    def warn(self, sentence: str, retry: Callable[[], object] | None = None) -> None:
        """Tell what went wrong or what is missing; *Retry* when it may go better another time."""
        self.say(sentence, action=(_("Retry"), retry) if retry is not None else None, level="warning")

    def recent(self) -> list[Notice]:
        """The last fifty, the newest first."""
        return list(self._kept)

    def recent_button(self, parent: QWidget) -> QToolButton:
        """The small button of the status line that opens the list of recent notices."""
        button = IconButton(parent)
        button.setObjectName("notices.recent")
        button.setAccessibleName(_("Recent notices"))
        button.setToolTip(_("Recent notices"))
        button.setIcon(icon("notices", button))
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(lambda: self.show_recent(button))
        return button

    def show_recent(self, at: QWidget) -> QWidget:
        """Open the list of recent notices above a widget."""
        from ui.session.recent_notices import RecentNotices

        popup = RecentNotices(self.recent(), at)
        popup.show()
        popup.setFocus()
        return popup

    def dismiss(self) -> None:
        """Take the notice away now; it stays among the recent ones."""
        self._gone.stop()
        self._undo = self._action = None
        self.hide()

    def enterEvent(self, event: QEvent) -> None:
        """Somebody is reading: wait."""
        self._gone.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Nobody is reading any more: the time starts again."""
        if self.isVisible():
            self._gone.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the lower edge when the window changes its size."""
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dark over light, light over dark."""
        painter = paint.begin(self)
        ground = QColor(theme.other(theme.theme_of(self)).text)
        paint.box(painter, QRectF(self.rect()), ground=ground, round_by=paint.DIALOG)
        room = QRect(MARGIN + 4, (self.height() - 16) // 2, 16, 16)
        sign(self._level, self).paint(painter, across(self, room))

    def _build(self) -> None:
        self.setAccessibleName(_("Notice"))
        theme.stand_on(self, theme.OVER)
        self._text = Label(parent=self)
        self._text.setObjectName("notices.text")
        self._undo_button = self._button("notices.undo", _("Undo"))
        self._action_button = self._button("notices.action", "")
        self._undo_button.clicked.connect(lambda: self._answer(self._undo))
        self._action_button.clicked.connect(lambda: self._answer(self._action))
        close = IconButton(self)
        close.setObjectName("notices.close")
        close.setAccessibleName(_("Close the notice"))
        close.setToolTip(as_tip(closing()))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.setIcon(icon("close", close))
        close.setIconSize(QSize(16, 16))
        close.clicked.connect(self.dismiss)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        for button in (self._undo_button, self._action_button, close):
            row.addWidget(button)

    def _button(self, name: str, text: str) -> QPushButton:
        button = Button(text, self)
        button.quiet()
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # reached by Tab, but a click takes no focus from the work
        return button

    def _place(self) -> None:
        room = self._over.size()
        self._text.setWordWrap(False)
        wanted = self._row.totalSizeHint().width()
        width = min(wanted, room.width() - 2 * MARGIN, WIDEST)
        self._text.setWordWrap(wanted > width)
        height = self._row.totalHeightForWidth(width) if wanted > width else self._row.totalSizeHint().height()
        self.setGeometry((room.width() - width) // 2, room.height() - height - MARGIN, width, height)

    def _answer(self, step: Callable[[], object] | None) -> None:
        self.dismiss()
        if step is not None:
            step()

    def _go(self) -> None:
        focused = self.focusWidget()
        if focused is not None and focused.hasFocus():
            self._gone.start()  # somebody came here by key: stay until they go on
        else:
            self.dismiss()

    def _announce(self, text: str) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        said = QAccessibleAnnouncementEvent(self, text)
        if self._level == "warning":
            said.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(said)
