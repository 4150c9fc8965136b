"""What the tools have in common: a small window beside the main one that blocks nothing and opens where it was left."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import theme
from ui.look.plain import titled
from ui.widgets.controls import Button
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent

    from ui.session.session import Session
    from ui.shell.menu import Menu

T = TypeVar("T", bound="ToolPanel")
FROM_EDGE, BELOW_HEADER = 24, 96


class ToolPanel(QWidget):
    """Esc closes it, Ctrl+C copies what it shows; the page stays as it is and can be worked in meanwhile."""

    def __init__(self, name: str, title: str, session: Session, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Tool)
        self._name, self.session, self._over = name, session, window
        self.setObjectName(f"tools.{name}")
        self.setAccessibleName(title)
        self.setWindowTitle(titled(title))
        theme.stand_on(self, "base")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)

    def first(self) -> QWidget:
        """What has the keys when it opens."""
        raise TypeError("each says where one types")

    def look(self) -> None:
        """It opens: show how everything stands now."""

    def copied(self) -> str:
        """What Ctrl+C takes."""
        raise TypeError("each says what it shows")

    def named(self, widget: QWidget, word: str, said: str) -> None:
        """Give a part its name: `clock.copy`."""
        named(widget, f"{self._name}.{word}", said)

    def button(self, word: str, text: str, does: Callable[[], object]) -> Button:
        """A button of this panel."""
        button = named(Button(text, self), f"{self._name}.{word}", text)
        button.clicked.connect(lambda: does())
        return button

    def foot(self, *buttons: Button) -> None:
        """The last line: what can be done, from the left."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def come_up(self) -> None:
        """Be there, where it was left, with the keys."""
        self.look()
        self.adjustSize()
        if not self.isVisible():
            self.move(self._place())
        self.show()
        self.raise_()
        self.activateWindow()
        self.first().setFocus()

    def copy(self) -> None:
        """Take what it shows along."""
        QGuiApplication.clipboard().setText(self.copied())

    def takes(self, event: QKeyEvent) -> bool:
        """Do what a key means in every tool; False when it means nothing."""
        if event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Close):
            self.close()
            self._over.activateWindow()
            return True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Ctrl+W close it, Ctrl+C copies."""
        if not self.takes(event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.session.station.remember(self._kept(), [self.x(), self.y()])
        super().hideEvent(event)

    def _kept(self) -> str:
        return f"tools.{self._name}.place"

    def _place(self) -> QPoint:
        """Where it was left; else, or where no screen is there any more, at the right under the header."""
        held = self.session.station.recall(self._kept(), [])
        window, room = self._over.window(), self._over.screen().availableVirtualGeometry()
        if isinstance(held, list) and len(held) == 2 and all(isinstance(each, int) for each in held):
            place = QRect(QPoint(*held), self.size())
            if room.intersected(place).height() > self.height() // 2:
                return place.topLeft()
        right = window.mapToGlobal(QPoint(window.width(), 0))
        return QPoint(right.x() - self.width() - FROM_EDGE, right.y() + BELOW_HEADER)


def opens(kind: type[T]) -> Callable[[Menu], None]:
    """What brings up the one panel of this kind; made when it is first wanted."""

    def open_it(menu: Menu) -> None:
        held = menu.window.findChild(kind) or kind(menu)  # type: ignore[arg-type,call-arg]
        held.come_up()

    return open_it
