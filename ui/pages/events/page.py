"""The page of the tab Events: a tray *Rules · Status · Override*, and the three parts of CRM Management (VS-7)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.services import rights
from ui.look import theme
from ui.pages.events.rules_page import TRAY, RulesPage, list_width
from ui.pages.page import PlainPage
from ui.session.allowed import concerns_rights
from ui.setup.rights.part import Column
from ui.widgets.dialog import named
from ui.widgets.tab_bars import Tray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLineEdit

    from channergy_crm.work import Done
    from ui.session.session import Session

RULES, STATUS, OVERRIDE = "rules", "status", "override"
PLACES = ((RULES, N_("Rules")), (STATUS, N_("Status")), (OVERRIDE, N_("Override")))
SIDE, PART_SIDE = 12, 16
"""pixels left of the tray: over the list of rules, and over the other parts; what stands below begins there too"""
TARGETS = {"event": RULES, "events_status": STATUS, "events_override": OVERRIDE}
"""by what other pages ask for"""


def _build(name: str, session: Session, parent: QWidget) -> PlainPage:
    if name == STATUS:
        from ui.pages.events.status_page import StatusPage

        return StatusPage(session, parent)
    from ui.pages.events.override_page import OverridePage

    return OverridePage(session, parent)


class EventsPage(PlainPage):
    """The tray stands at the upper left of each of the parts; a part is built when it is first looked at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        named(self, "events.page", _("Events"))
        self.rules = RulesPage(session, self)
        self._built: dict[str, PlainPage] = {}
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.rules)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.tray = named(Tray(self), "events.parts", _("Parts of CRM Management"))
        for _name, title in PLACES:
            self.tray.addTab(_(title))
        self.tray.INDENT = 0
        self.tray.raise_()
        self.tray.currentChanged.connect(self._turn)
        self.rules.changed.connect(self._tell)
        session.done.connect(self._heard)
        session.operator_changed.connect(self.refresh)
        for first, then in pairwise([self.tray, *self.rules.in_order()]):
            QWidget.setTabOrder(first, then)

    @property
    def _shown(self) -> PlainPage | None:
        """The part on the screen, but for the rules."""
        return self._built.get(PLACES[self.tray.currentIndex()][0])

    def _turn(self, place: int) -> None:
        if self._stack.currentWidget() is self.rules and place != 0 and not self.rules.leave():
            before = self.tray.blockSignals(True)
            self.tray.setCurrentIndex(0)
            self.tray.blockSignals(before)
            return
        name = PLACES[place][0]
        if name == RULES:
            self._stack.setCurrentWidget(self.rules)
            self.rules.activate()
        else:
            self._show_part(name)
        self.tray.raise_()
        self._fit_tray()
        self.tell_window()

    def _show_part(self, name: str) -> None:
        part = self._built.get(name)
        if part is None:
            room = Column(0, self, "side")
            room.lines.setContentsMargins(0, theme.px(TRAY, self), 0, 0)
            room.lines.setSpacing(0)
            part = self._built[name] = _build(name, self._session, room)
            theme.stand_on(part, "base")
            room.lines.addWidget(part, 1)
            self._stack.addWidget(room)
        around = part.parentWidget()
        if around is not None:
            self._stack.setCurrentWidget(around)
        part.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tray()

    def _fit_tray(self) -> None:
        """Over the list it is no wider than that."""
        room = list_width(self.rules) if self._shown is None else self.width()
        side = theme.px(SIDE if self._shown is None else PART_SIDE, self)
        self.tray.tighten(self.tray.needs() > room - 2 * side)
        self.tray.move(side, 0)
        self.tray.resize(self.tray.sizeHint())

    def _tell(self) -> None:
        self.tray.set_count(0, len(self.rules.events))
        late = sum(each.late for each in self.rules.standings.values())
        self.tray.set_count(1, late, "overdue")
        self._fit_tray()
        self.tell_window()

    def _heard(self, done: Done) -> None:
        if concerns_rights(done) and self.isVisible():
            self.rules.reload()

    # ---------------------------------------------------------------- what the window asks of a page

    def activate(self) -> None:
        """Somebody looks at this page."""
        refused = self._session.attempt(lambda: rights.may_lead_events(self._session.by) or "")
        self.tray.setVisible(not refused)
        self._fit_tray()
        if refused:
            self._stack.setCurrentWidget(self.rules)
        if (part := self._shown) is not None and not refused:
            part.activate()
        else:
            self.rules.activate()

    def leave(self) -> bool:
        """What is typed is settled."""
        part = self._shown
        return part.leave() if part is not None else self.rules.leave()

    def take_focus(self) -> None:
        """The keys go to the list, or to where the part wants them."""
        part = self._shown
        if part is None:
            self.rules.take_focus()
        elif (take := getattr(part, "take_focus", None)) is not None:
            take()
        else:
            self.tray.setFocus()

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page: to a rule by its number, to the status, to the override."""
        name = TARGETS.get(what, RULES)
        self.tray.setCurrentIndex([each for each, _title in PLACES].index(name))
        if name == RULES and isinstance(key, int):
            self.rules.reload(key)
        elif name != RULES and self._shown is not None:
            self._shown.show_target(what, key)

    def parts(self) -> Sequence[QWidget]:
        """The tray, then those of the part."""
        part = self._shown
        return [self.tray, *(part.parts() if part is not None else self.rules.parts())]

    def refresh(self) -> None:
        """Read what is shown anew."""
        part = self._shown
        if part is not None:
            part.refresh()
        else:
            self.rules.reload()
            self.rules.pane.counting.count()

    def filter_line(self) -> QLineEdit | None:
        """Where what is shown is filtered."""
        part = self._shown
        return part.filter_line() if part is not None else self.rules.finding.line

    def tick(self) -> None:
        """A minute has gone by."""
        if (part := self._shown) is not None:
            part.tick()

    def standing(self) -> str:
        """How many rules there are, or what the part says."""
        part = self._shown
        if part is None:
            return self.rules.standing()
        said = getattr(part, "standing", None)
        return str(said()) if said is not None else ""
