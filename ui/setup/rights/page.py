"""Settings > Operators and rights: users, groups, roles, sign-in history, each a part of the whole page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from channergy_crm.language import N_, _
from channergy_crm.services import groups, operators, roles
from ui.setup.rights.groups_part import GroupsPart
from ui.setup.rights.roles_part import RolesPart
from ui.setup.rights.sign_ins_part import SignInsPart
from ui.setup.rights.users_part import UsersPart
from ui.setup.whole_page import WholePage
from ui.widgets.dialog import named
from ui.widgets.tab_bars import Tray

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session
    from ui.setup.rights.part import Part

PARTS: tuple[tuple[str, Callable[[Session, QWidget], Part]], ...] = (
    (N_("Users"), UsersPart),
    (N_("Groups"), GroupsPart),
    (N_("Roles"), RolesPart),
    (N_("Sign-in history"), SignInsPart),
)


class RightsPage(WholePage):
    """The topic that takes the whole page; a part is built when somebody looks at it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("rights.page", _("Operators and rights"), parent)
        self._session = session
        self._tray = named(Tray(self), "rights.parts", _("Parts"))
        for label, _build in PARTS:
            self._tray.addTab(_(label))
        self.head.addWidget(self._tray)
        self.head.addStretch(1)
        self._stack = QStackedWidget(self)
        self.lines.addWidget(self._stack, 1)
        self._built: dict[int, Part] = {}
        self._tray.currentChanged.connect(self._turn)
        session.done.connect(lambda _done: self._count() if self.isVisible() else None)

    def show_part(self, place: int) -> None:
        """Look at a part."""
        self._tray.setCurrentIndex(place)
        self._turn(place)

    def showEvent(self, event: QShowEvent) -> None:
        """Everything as it is now."""
        super().showEvent(event)
        self._turn(self._tray.currentIndex())

    def _turn(self, place: int) -> None:
        part = self._built.get(place)
        if part is None:
            part = self._built[place] = PARTS[place][1](self._session, self)
            self._stack.addWidget(part)
        self._stack.setCurrentWidget(part)
        part.show_all()
        self._count()

    def _count(self) -> None:
        by = self._session.by
        for place, count in enumerate((len(operators.everybody(by)), len(groups.every(by)), len(roles.every(by)))):
            self._tray.set_count(place, count)
