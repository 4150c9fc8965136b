"""A quiet window in a corner of the screen: it never takes the keys from what is being typed until somebody asks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainterPath, QPaintEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QWidget

from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, titled
from ui.widgets.controls import IconButton
from ui.widgets.dialog import named

WIDE, HEAD, CORNER = 424, 34, 16
KIND = (
    Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)  # fmt: skip


class QuietWindow(QWidget):
    """Comes up beside what is being typed, in this program or another one, and stays until it is answered."""

    at_the_top = False
    """whether it stands in the upper corner"""

    def __init__(self, name: str, title: str, window: QWidget) -> None:
        super().__init__(window, KIND)
        self._window = window
        self.setObjectName(name)
        self.setWindowTitle(titled(title))
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        theme.stand_on(self, "base")
        self.setFixedWidth(theme.px(WIDE, self))

    def first(self) -> QWidget:
        """Where the keys go when they are wanted here."""
        raise TypeError("each says what is pressed first")

    def tell_keys(self) -> None:
        """Whether keys are taken has changed."""

    def head(self, sign: str, part: str, closing: str) -> tuple[QWidget, Label, IconButton]:
        """The line at the top: a drawing, what it is about, and a button that closes it."""
        head = QWidget(self)
        theme.stand_on(head, "chrome")
        head.setFixedHeight(theme.px(HEAD, self))
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 0, 6, 0)
        row.setSpacing(8)
        drawn = Label(parent=head)
        drawn.setPixmap(icon(sign, head).pixmap(16, 16))
        heading = Label("", head)
        heading.setObjectName(f"{part}.heading")
        heading.setFont(theme.strong(self.font()))
        close = named(IconButton(head), f"{part}.close", closing)
        close.setIcon(icon("close", close))
        close.setToolTip(as_tip(closing))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for one in (drawn, heading, close):
            row.addWidget(one, 1 if one is heading else 0)
        return head, heading, close

    def appear(self) -> None:
        """Come up in the corner of the screen the main window is on; the keys stay where they are."""
        if not self.isVisible():
            before = QApplication.activeWindow()
            self.show()
            if before is not None and QApplication.activeWindow() is self:  # not every window system asks
                before.activateWindow()
        self.settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.settle()

    def settle(self) -> None:
        """As high as its rows, in the corner; window systems listen to that only once it is there."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.setFixedHeight(self.sizeHint().height())
        if self.isVisible():
            room = self._window.screen().availableGeometry()
            self.move(
                room.right() + 1 - self.width() - CORNER,
                room.top() + CORNER if self.at_the_top else room.bottom() + 1 - self.height() - CORNER,
            )

    def take_keys(self) -> None:
        """Somebody wants to press keys here: by its key, or by a press on it."""
        handle = self.windowHandle()
        if handle is not None:
            handle.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, False)
            handle.requestActivate()
        self.activateWindow()
        focus = self.focusWidget()
        if focus is None or not focus.isVisible():
            self.first().setFocus(Qt.FocusReason.ShortcutFocusReason)

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
            self.tell_keys()

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


def come_forward(window: QWidget) -> None:
    """Bring the main window before the others, as large as it was; who pressed something in a quiet one wants it."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
