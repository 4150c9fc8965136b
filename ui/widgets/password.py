"""Where a password is typed: hidden until somebody wants to see it, and a word when Caps Lock is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.widgets.controls import SIGN, IconButton
from ui.widgets.fields import INSIDE, LineField

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

NO_MEMORY = (
    Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData
)


class PasswordField(LineField):
    """One line nobody reads over a shoulder. `name` is that of the field; its eye is called `<name>.eye`."""

    caps = Signal(bool)
    """whether Caps Lock seems to be on: a letter was typed that tells"""

    def __init__(self, name: str, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(NO_MEMORY)
        self._eye = IconButton(self)
        self._eye.setObjectName(f"{name}.eye")
        self._eye.setAccessibleName(_("Show the password"))
        self._eye.setToolTip(as_tip(_("Show the password")))
        self._eye.setIcon(icon("eye", self._eye))
        self._eye.setCheckable(True)
        self._eye.setCursor(Qt.CursorShape.ArrowCursor)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.toggled.connect(self._show)
        self.setTextMargins(INSIDE, 0, self._eye.sizeHint().width(), 0)

    def _show(self, on: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def empty(self) -> None:
        """Nothing is typed, hidden again, and the cursor stands here."""
        self._eye.setChecked(False)
        self.clear()
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The eye stands at the end of the line."""
        super().resizeEvent(event)
        side = min(self._eye.sizeHint().height(), self.height() - 2)
        self._eye.setGeometry(QRect(self.width() - side - 2, (self.height() - side) // 2, side, side))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt does not say whether Caps Lock is on; a letter that comes out large without Shift does."""
        typed = event.text()
        if typed.isalpha() and typed.lower() != typed.upper():
            self.caps.emit(typed.isupper() != bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps.emit(False)  # it may be on or off now; the next letter tells
        super().keyPressEvent(event)


class Saying(QWidget):
    """A sentence with its sign, in the colour of what it means; it keeps its room when it says nothing."""

    LINES = 2

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._ink, self._drawing = "overdue", ""
        line = QHBoxLayout(self)
        line.setContentsMargins(SIGN + 4, 0, 0, 0)
        line.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self.words = Label(parent=self)
        self.words.setObjectName(name)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setFont(theme.small(self.font()))
        line.addWidget(self.words)

    def say(self, text: str, ink: str = "overdue", drawing: str = "warning") -> None:
        """Say this; "" is nothing."""
        self._ink, self._drawing = ink, drawing if text else ""
        self.words.setText(text)
        self.words.wear(ink)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        high = self.words.fontMetrics().lineSpacing() * self.LINES + 4
        wide = self.width() - SIGN - 4
        needed = self.words.heightForWidth(wide) if self.words.text() and wide > SIGN else 0
        return QSize(SIGN, max(high, needed))

    def hasHeightForWidth(self) -> bool:
        """Its room is its own affair: it does not shrink with what it says."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawing:
            palette = QPalette(self.palette())
            palette.setColor(QPalette.ColorRole.ButtonText, theme.colour(self, self._ink))
            icon(self._drawing, palette).paint(paint.begin(self), QRect(0, 0, SIGN - 3, SIGN - 3))
