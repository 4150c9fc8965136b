"""The guided tour: goes through the steps with whoever wants it, over the sample office only (BX-36, VT-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from channergy_crm.language import _
from ui.look import theme
from ui.look.wording import key_name
from ui.shell.tour.card import EDGE, MARGIN, TourCard, TourRing
from ui.shell.tour.steps import STEPS, SoFar, TourStep

if TYPE_CHECKING:
    from channergy_crm.work import Done
    from ui.shell.window import MainWindow

LOOK_MS = 200
"""how often it looks whether a step was done, and where the part it speaks of stands"""
CARD_KEY = "Ctrl+F1"
REMEMBERED, OVER = "tour.step", "over"
"""the step somebody is at, for each operator at this workstation"""


class Guide(QObject):
    """One tour in a window, from where it was left; it goes with *End* or with the last step."""

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        there = {tab.name for tab in [*window.tabs.declared, *window.tabs.on_demand]}
        self.steps = [step for step in STEPS if not step.tab or step.tab in there]
        self._before: QWidget | None = None
        self._stands = SoFar(window, set())
        self.card, self._ring = TourCard(window), TourRing(window)
        self.card.went_on.connect(lambda: self.go(1))
        self.card.went_back.connect(lambda: self.go(-1))
        self.card.ended.connect(self.end)
        shortcut = QShortcut(QKeySequence(CARD_KEY), window)
        shortcut.activated.connect(self.turn_to_card)
        self._shortcut = shortcut
        window.installEventFilter(self)
        window.session.done.connect(self._heard)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._look)
        kept = window.session.station.recall(_kept_as(window), "")
        names = [step.name for step in self.steps]
        self.at = names.index(kept) if kept in names else 0
        self._begin_step()
        self._looking.start()
        self.turn_to_card()

    @property
    def step(self) -> TourStep:
        """Where somebody is."""
        return self.steps[self.at]

    # ---------------------------------------------------------------- from step to step

    def go(self, by: int) -> None:
        """On to the next step, or back; behind the last one the tour is over."""
        if self.at + by >= len(self.steps):
            self.end(whole=True)
        elif self.at + by >= 0:
            self.at += by
            self._begin_step()

    def end(self, *, whole: bool = False) -> None:
        """It goes, and the keys go where they were; it can be taken up again at this step."""
        station = self._window.session.station
        station.remember(_kept_as(self._window), OVER if whole else self.step.name)
        self._looking.stop()
        self._window.removeEventFilter(self)
        if self._has_keys():
            self._give_keys_back()
        for part in (self.card, self._ring):
            part.hide()
            part.deleteLater()
        self.ended.emit()
        self._shortcut.setEnabled(False)
        self._shortcut.deleteLater()
        self.setParent(None)
        self.deleteLater()

    def _begin_step(self) -> None:
        step, had_keys = self.step, self._has_keys()
        self._stands.heard.clear()
        if step.tab and self._stands.tab != step.tab:
            self._window.go_to(step.tab)
        keys = dict(zip(("key", "other", "third"), map(key_name, step.keys or (CARD_KEY,)), strict=False))
        place = _("Step {number} of {count}").format(number=self.at + 1, count=len(self.steps))
        hint = _("{key}: to this card and back").format(key=key_name(CARD_KEY))
        self.card.say(place, _(step.title), _(step.said).format(**keys), hint if self.at else "",
                      first=self.at == 0, last=self.at == len(self.steps) - 1)  # fmt: skip
        self.card.show()
        self._stand()
        if had_keys and step.done is not None:
            self._give_keys_back()  # what is to be done is done there
        elif step.done is None and had_keys:
            self.card.on.setFocus()
        self._window.session.station.remember(_kept_as(self._window), step.name)

    def _heard(self, done: Done) -> None:
        if not done.elsewhere:
            self._stands.heard |= done.tables

    def _look(self) -> None:
        """A step that was done is left; what it speaks of may have come or moved."""
        if self.step.done is not None and QApplication.activeModalWidget() is None and self.step.done(self._stands):
            self.go(1)
        elif isValid(self):
            self._stand()

    # ---------------------------------------------------------------- where it stands

    def target(self) -> QWidget | None:
        """The part of the window the step speaks of, where it is seen."""
        if self.step.tab and self.step.tab != self._stands.tab:
            return None
        return next(filter(None, (self._stands.sees(name) for name in self.step.parts)), None)

    def _stand(self) -> None:
        part, window = self.target(), self._window
        place = None
        if part is not None:
            place = QRect(part.mapTo(window, QPoint(0, 0)), part.size()).intersected(window.rect())
            self._ring.go_round(place)
            place = place.adjusted(-EDGE, -EDGE, EDGE, EDGE)
        self._ring.setVisible(part is not None)
        margin = theme.px(MARGIN)
        room = window.rect().adjusted(margin, margin, -margin, -margin - window.statusBar().height())
        self.card.stand_by(place, room)
        self._ring.raise_()
        self.card.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window is another size."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._stand)
        return False

    # ---------------------------------------------------------------- the keys

    def _has_keys(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.card.isAncestorOf(focus)

    def turn_to_card(self) -> None:
        """The keys come to the card, or go back to where they were."""
        if self._has_keys():
            self._give_keys_back()
            return
        self._before = QApplication.focusWidget()
        self.card.on.setFocus()

    def _give_keys_back(self) -> None:
        before = self._before
        if before is not None and isValid(before) and before.isVisible() and before.window() is self._window:
            before.setFocus()
        if self._has_keys() or QApplication.focusWidget() is None:
            place = self._window.tabs.currentIndex()
            self._window.tabs.pages[place].take_focus()


def _kept_as(window: MainWindow) -> str:
    return f"{REMEMBERED}.{window.session.by}"


def is_over(window: MainWindow) -> bool:
    """Whether whoever works here has been through all of it."""
    return bool(window.session.station.recall(_kept_as(window), "") == OVER)
