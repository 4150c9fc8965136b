"""What stands over the list of rules: a line to look for one, and *Create rule* with the shelf of ready ones (VS-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from channergy_crm.language import _
from channergy_crm.services.events import shelf
from ui.look.icons import icon
from ui.look.plain import as_tip, unmarked
from ui.look.wording import key_name
from ui.widgets.controls import Button
from ui.widgets.dialog import named
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from channergy_crm.services.events.shelf import Ready
    from ui.session.session import Session


class Finding(QWidget):
    """A rule is begun empty, or from the shelf, by its name there."""

    begun = Signal(str)
    filtered = Signal(str)
    left = Signal()
    """on from the line into the list"""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.line = named(LineField(self), "events.search", _("Filter rules"))
        self.line.setPlaceholderText(_("Filter rules"))
        self.line.setClearButtonEnabled(True)
        self.line.addAction(icon("search", self.line), QLineEdit.ActionPosition.LeadingPosition)
        self.line.textChanged.connect(self.filtered)
        self.line.returnPressed.connect(self.left)
        self.create_button = named(Button(_("Create rule"), self), "events.create", _("Create rule"))
        self.create_button.setIcon(icon("add", self.create_button))
        said = _("An empty one ({key}), or one from the shelf of ready rules").format(key=key_name("Ctrl+N"))
        self.create_button.setToolTip(as_tip(said))
        self.create_button.clicked.connect(self._drop)
        self._menu = QMenu(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.create_button)

    def look_for(self, text: str) -> None:
        """Somebody has begun to type in the list: they go on here."""
        self.line.setFocus()
        self.line.setText(text)

    def new_key(self, page: QWidget) -> None:
        """Ctrl+N begins an empty one, wherever the focus is on the page."""
        action = QAction(_("Create rule"), page)
        action.setObjectName("events.create")
        action.setIcon(icon("add", page))
        action.setShortcut(QKeySequence("Ctrl+N"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _on=False: self.begun.emit(""))
        page.addAction(action)

    def menu(self) -> QMenu:
        """An empty one, and those on the shelf; what is missing for one is said in its tip."""
        menu = self._menu
        menu.clear()
        menu.setToolTipsVisible(True)
        empty = menu.addAction(_("Empty rule"))
        empty.setObjectName("events.create_empty")
        empty.triggered.connect(lambda _on=False: self.begun.emit(""))
        menu.addSection(_("Ready rules"))
        for ready in self._offered():
            action = menu.addAction(unmarked(ready.label))
            action.setObjectName(f"events.shelf_{ready.name}")
            action.setToolTip(as_tip(ready.lacks or ready.said))
            action.triggered.connect(lambda _on=False, name=ready.name: self.begun.emit(name))
        return menu

    def _offered(self) -> list[Ready]:
        return self._session.attempt(lambda: shelf.offered(self._session.by)) or []

    def ready(self, name: str) -> Ready | None:
        """The one on the shelf with this name."""
        return next((each for each in self._offered() if each.name == name), None) if name else None

    def _drop(self) -> None:
        below = self.create_button.mapToGlobal(QPoint(0, self.create_button.height() + 2))
        self.menu().popup(below)
