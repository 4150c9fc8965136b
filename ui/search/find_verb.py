"""*Find* in the search box: all that is found, on a page of its own (VT-41)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from channergy_crm.language import N_, _
from ui.look.plain import as_tip
from ui.look.wording import key_name
from ui.search.recent import remember
from ui.widgets.controls import Button
from ui.widgets.naming import named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from ui.session.session import Session

FIND, KEY = N_("Find"), "Ctrl+Return"
CLEAR, GAP = 26, 3
"""pixels: the cross at the end of the box, and what is left around the verb"""


class FindVerb(Button):
    """Stands in the box while something is typed there; a click, Ctrl+Enter, or Tab and Enter find everything."""

    def __init__(self, box: QLineEdit, session: Session) -> None:
        super().__init__(_(FIND), box)
        self._box, self._session = box, session
        named(self, "main.find", _(FIND))
        self.setToolTip(as_tip(_("Find everything and show all of it ({key})").format(key=key_name("Ctrl+Enter"))))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.quiet()
        self.hide()
        self.clicked.connect(self.show_all)
        box.textChanged.connect(lambda _text: self._stand())
        box.installEventFilter(self)

    def show_all(self) -> None:
        """Show all that is found for what is typed."""
        text, box = self._box.text().strip(), self._box
        if text:
            remember(self._session, text)
            box.clear()
            box.clearFocus()
            self._session.go_to("find", text)

    def _stand(self) -> None:
        typed = bool(self._box.text().strip())
        wide = self.sizeHint().width() if typed else 0
        self.setVisible(typed)
        margins = self._box.textMargins()
        self._box.setTextMargins(margins.left(), margins.top(), wide + GAP if typed else margins.left(), 0)
        high = self._box.height() - 2 * GAP
        self.setGeometry(self._box.width() - CLEAR - wide, GAP, wide, high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place at the end of the box, and hear Ctrl+Enter in it."""
        if event.type() == QEvent.Type.Resize:
            self._stand()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.show_all()
                return True
        return False
