"""Where a product is typed into a line: what is found for any part of its name or code drops below (VT-142)."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.look.plain import kept_to_itself
from ui.widgets.fields import LineField
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent

    from channergy_crm.services.products.offered import Offered

PAUSE_MS, ROWS, ROW_HEIGHT, WIDEST, NARROWEST = 90, 10, 24, 560, 320
SLOW = 0.03
"""seconds; where finding took longer, the next is looked for beside the window"""
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
NUMBER = Qt.ItemDataRole.UserRole


class Products(Protocol):
    """Who finds products."""

    def find(self, text: str) -> Sequence[Offered]:
        """Here and now."""

    def find_beside(self, text: str, found: Callable[[Sequence[Offered]], object], asker: QWidget) -> None:
        """Beside the window; who asked is told if it is still there."""

    def said(self, offered: Offered) -> str:
        """A line of the list."""


class ProductLine(LineField):
    """A line with a list below it. Down and Up choose, Tab and Enter take; nothing found: it is what was typed."""

    taken = Signal(int)
    """the number of the product; 0 where the words shall stand as they are"""
    _slow = False

    def __init__(self, products: Products, parent: QWidget) -> None:
        super().__init__(parent)
        self._products = products
        self._list: QListWidget | None = None
        self.is_taken = False
        self._look_later = later(self, self.look, PAUSE_MS)
        self.textEdited.connect(lambda _text: self._look_later.start())

    @property
    def is_choosing(self) -> bool:
        """Whether something is found."""
        return self._list is not None and self._list.isVisible()

    def look(self) -> None:
        """Offer what is found for the text as it stands."""
        self._look_later.stop()
        text = self.text().strip()
        if not text:
            self.offer("", [])
        elif ProductLine._slow:
            self._products.find_beside(text, lambda found: self.offer(text, found), self)
        else:
            self._look_now()

    def _look_now(self) -> None:
        """Whoever goes on waits for it: what they meant is taken."""
        self._look_later.stop()
        text, begun = self.text().strip(), monotonic()
        found = self._products.find(text) if text else []
        ProductLine._slow = monotonic() - begun > SLOW
        self.offer(text, found)

    def offer(self, text: str, found: Sequence[Offered]) -> None:
        """Show these, if that is still what is typed, and last the words themselves."""
        if text != self.text().strip():
            return
        held = self._made()
        held.clear()
        for each in found:
            item = QListWidgetItem(kept_to_itself(self._products.said(each)), held)
            item.setData(NUMBER, each.number)
        as_it_is = _("“{text}” as a line of its own").format(text=text)
        QListWidgetItem(kept_to_itself(as_it_is), held).setData(NUMBER, 0)
        if not found or not self.isVisible():
            held.hide()
            return
        held.setCurrentRow(0)
        width = max(NARROWEST, min(WIDEST, held.sizeHintForColumn(0) + 24, self.window().width()))
        held.setFixedSize(width, min(len(found) + 1, ROWS) * theme.px(ROW_HEIGHT, self) + 6)
        held.move(self.mapToGlobal(QPoint(0, self.height())))
        held.show()

    def _made(self) -> QListWidget:
        if self._list is None:
            held = self._list = QListWidget(self)
            held.setWindowFlags(Qt.WindowType.ToolTip)
            held.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            held.setObjectName(f"{self.objectName()}.found")
            held.setAccessibleName(_("Products found"))
            held.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            held.setFrameShape(QFrame.Shape.Box)
            held.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            held.itemClicked.connect(self._take)
        return self._list

    def took(self, event: QKeyEvent) -> bool:
        """Whether the key was for the list. Tab and Enter look now, so that whoever types fast takes what they meant;
        Ctrl+Enter takes the words as they stand.
        """
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._close()
            return False
        if held:
            return False
        if key in STEPS and self._list is not None and self.is_choosing:
            self._list.setCurrentRow((self._list.currentRow() + STEPS[key]) % self._list.count())
            return True
        if key == Qt.Key.Key_Escape and self.is_choosing:
            self._close()
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isModified():
            return self._take_or_look()
        return False

    def _take_or_look(self) -> bool:
        if self._look_later.isActive():
            self._look_now()
        if self._list is not None and self.is_choosing:
            self._take(self._list.currentItem())
            return True
        return False

    def _take(self, item: QListWidgetItem | None) -> None:
        self._close()
        if item is not None:
            number = int(item.data(NUMBER))
            self.is_taken = bool(number)
            self.taken.emit(number)

    def _close(self) -> None:
        self._look_later.stop()
        if self._list is not None:
            self._list.hide()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._close()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._close()
        super().hideEvent(event)
