"""My Preferences: everybody's own data and wishes, in a window of their own (VT-46)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.services import rights
from ui.look.plain import unmarked
from ui.shell.preferences_home import HomePart
from ui.shell.preferences_pages import PAGES, Away, OwnData
from ui.widgets.dialog import Dialog, scrolling
from ui.widgets.tab_bars import Parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.areas import Block
    from ui.session.session import Session


class PreferencesDialog(Dialog):
    """Parts under a tray: what is chosen in the first two is kept by *Save*, the others do at once what they say.

    `blocks` are what the areas add to Home.
    """

    def __init__(self, session: Session, parent: QWidget | None = None, blocks: Sequence[Block] = ()) -> None:
        super().__init__("preferences", _("My Preferences"), parent, session.station, size=(640, 620))
        self.parts = Parts("preferences.parts", _("Parts of my preferences"), self)
        self.parts.tray.INDENT = 0
        self.body.addWidget(self.parts, 1)
        secured = rights.is_secured()
        self.own, self.home = OwnData(session, self), HomePart(session, self, blocks)
        made = {"own": self.own, "home": self.home}
        for name, (title, build) in PAGES.items():
            if name == "password" and not secured:
                continue
            page = made.get(name) or build(session, self)
            area = scrolling(page) if name == "own" else page
            self.parts.addTab(area, unmarked(_(title)))
        self._save = self.button("save", _("Save"))
        self.finish_with(self._save, self.button("cancel", _("Cancel")))
        self.own.rows["title"].editor.setFocus()

    def accept(self) -> None:
        """Keep what was chosen; what is wrong is said beside its field, and the dialog stays."""
        away = self.findChild(Away)
        if away is not None and not away.settle():
            self.parts.setCurrentWidget(away)
        elif not self.own.save(self.home.first_page()):
            self.parts.setCurrentIndex(0)
        elif self.home.save():
            super().accept()
