"""Who is signed in, at the end of the header, and what they can do about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from channergy_crm.language import _
from ui.look.icons import icon
from ui.look.plain import as_tip, unmarked
from ui.widgets.controls import IconButton
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget


class UserButton(IconButton):
    """The name of whoever works here while Security is on; a menu opens at once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("main.user")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIcon(icon("operator", self))
        self._offered = Menu(self)
        self._offered.setObjectName("main.user_menu")
        self.setMenu(self._offered)
        self.hide()

    def call(self, name: str) -> None:
        """It is this one."""
        self.setText(unmarked(name))
        said = _("Signed in: {name}").format(name=name)
        self.setAccessibleName(said)
        self.setToolTip(as_tip(said))

    def offer(self, actions: Sequence[QAction]) -> None:
        """What can be done here from now on."""
        self._offered.clear()
        self._offered.addActions(actions)
