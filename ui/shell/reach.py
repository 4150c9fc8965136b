"""The keys of the page that is shown work wherever the focus is in the window, and the focus is never nowhere (F-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.command_bar import WHY_NOT
from ui.widgets.own_undo import UndoOfFields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ui.pages.page import Page
    from ui.session.notices import Notices


class Reach(QObject):
    """What no widget wanted to hear comes here: a command of the page, or the way back to its list."""

    def __init__(self, window: QWidget, notices: Notices, page: Callable[[], Page | None]) -> None:
        super().__init__(window)
        self._window, self._notices, self._page = window, notices, page
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._take_focus)
        self._watched = False
        self._undo = UndoOfFields(self)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What came to the window itself, and the first time it is seen."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.hear(event)
        handle = self._window.windowHandle() if event.type() == QEvent.Type.Show and not self._watched else None
        if handle is not None:
            self._watched = True
            handle.focusObjectChanged.connect(self._focus_moved)
        if event.type() == QEvent.Type.WindowActivate:
            self._soon.start(0)  # a dialog has gone that had the keys, and nobody in the window had them before
        return False

    @Slot(QObject)
    def _focus_moved(self, now: QObject | None) -> None:
        self._undo.follow(now if isinstance(now, QWidget) else None)
        self._soon.start(0)

    def hear(self, event: QKeyEvent) -> bool:
        """Do what this key means on the page that is shown; False when it means nothing there."""
        page = self._page()
        if page is None:
            return False
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            page.take_focus()
            return True
        for action in self._fitting(page.widget, QKeySequence(event.keyCombination())):
            if action.isEnabled():
                action.trigger()
                return True
            if why_not := action.property(WHY_NOT):
                self._notices.say(str(why_not), level="warning")
                return True
        return False

    @staticmethod
    def _fitting(page: QWidget, pressed: QKeySequence) -> Iterator[QAction]:
        """The actions of what is seen of the page that have this key; those that can be done now come first, and of
        them those of what is seen whole: the part of an account before the account itself.
        """
        found = [action for action in page.findChildren(QAction) if pressed in action.shortcuts() and _is_seen(action)]
        return iter(sorted(found, key=lambda action: (not action.isEnabled(), not _is_owner_seen(action))))

    def _take_focus(self) -> None:
        """The widget that had the focus is gone, hidden or disabled: the page has it again."""
        free = QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None
        page, held = self._page(), QApplication.focusWidget()
        nowhere = held is None or not held.isVisible()  # hidden while another window had the keys, it keeps them
        if page is not None and free and nowhere and self._window.isActiveWindow():
            page.take_focus()


def _is_seen(action: QAction) -> bool:
    """Whether anything stands on the screen that offers it: what it belongs to, or a list it can be reached from."""
    return any(isinstance(widget, QWidget) and widget.isVisible() for widget in action.associatedObjects())


def _is_owner_seen(action: QAction) -> bool:
    owner = action.parent()
    return isinstance(owner, QWidget) and owner.isVisible()
