"""How far somebody has come today, in one quiet line with a thin bar; only where goals are set (BX-22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from channergy_crm.language import _
from channergy_crm.records import PhoneCall
from channergy_crm.records.goals import Goal
from channergy_crm.services import goals
from ui.charts import ink
from ui.look import paint, theme
from ui.look.plain import as_tip
from ui.widgets.controls import LEFT
from ui.widgets.dialog import named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from channergy_crm.errors import CRMError
    from channergy_crm.services.goals import Goals
    from channergy_crm.work import Done
    from ui.session.session import Session

FOLLOWED = {PhoneCall._meta.table_name, Goal._meta.table_name}
BAR, LONG, GAP, SIGN = 6, 96, 8, 16
"""pixels: the bar, how long it is at least, between it and the words, the check"""


class GoalsBar(QAbstractButton):
    """Follows what is done in the office; a press opens the figures. There is nothing of it where no goal is set."""

    def __init__(self, session: Session, parent: QWidget, name: str = "goals.bar") -> None:
        super().__init__(parent)
        self._session, self._asked_times = session, 0
        self._held: Goals | None = None
        named(self, name, _("Goals of today"))
        self.setFont(theme.small(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._soon = later(self, self.look)
        self.clicked.connect(lambda: session.go_to("figures"))
        session.done.connect(self._heard)
        session.operator_changed.connect(self.look)
        self.hide()
        self._soon.start(0)

    def _heard(self, done: Done) -> None:
        if done.tables & FOLLOWED:
            self._soon.start(50)

    def look(self) -> None:
        """Read it anew, beside the window."""
        self._asked_times += 1
        times, by = self._asked_times, self._session.by

        def show(held: Goals) -> None:
            if times == self._asked_times:
                self.show_goals(held)

        def failed(_error: CRMError) -> None:
            """Whoever does not see calls has no goals; a store that is gone is said elsewhere."""

        self._session.work(lambda _progress: goals.today(by), label=_("Counting the calls of today"), done=show,
                           failed=failed, progress=False)  # fmt: skip

    def show_goals(self, held: Goals) -> None:
        """Say this."""
        self._held = held
        self.setText(goals.said(held))
        self.setAccessibleName(_("Goals of today: {said}").format(said=self.text()) if held.any else "")
        self.setToolTip(as_tip(_("Goals of today: {said}").format(said=self.text())))
        self.setVisible(held.any)
        self.updateGeometry()
        self.update()

    def _is_met(self) -> bool:
        set_ = [each for each in self._held if each.of is not None] if self._held is not None else []
        return bool(set_) and all(each.reached for each in set_)

    def _words_need(self, text: str) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(text) + (SIGN + 4 if self._is_met() else 0)

    def _brief(self) -> str:
        """The first of the goals: what is said where there is little room."""
        return self.text().partition(" · ")[0]

    def sizeHint(self) -> QSize:
        return QSize(self._words_need(self.text()) + theme.px(LONG, self) + GAP + 12, theme.px(26, self))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._words_need(self._brief()) + 40, theme.px(24, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = paint.begin_turned(self), QRectF(self.rect())
        if self._held is None:
            return
        if self.underMouse():
            paint.box(painter, room, ground=theme.colour(self, "hover"))
        if self.hasFocus():
            paint.ring(painter, self, room, paint.FIELD)
        at, met = 6.0, self._is_met()
        tone = theme.colour(self, "done" if met else "muted")
        if met:
            paint.check(painter, QRectF(at, (self.height() - SIGN) / 2, SIGN, SIGN), tone)
            at += SIGN + 4
        painter.setPen(tone)
        painter.setFont(self.font())
        said = self.text() if self._words_need(self.text()) + 40 <= self.width() else self._brief()
        painter.drawText(QRectF(at, 0, self.width() - at, self.height()), LEFT, said)
        at += QFontMetrics(self.font()).horizontalAdvance(said) + GAP
        whole = QRectF(at, (self.height() - BAR) / 2, max(0.0, self.width() - at - 6), BAR)
        paint.box(painter, whole, ground=theme.colour(self, "line"), round_by=BAR / 2)
        first = next((each for each in self._held if each.of), None)
        share = min(1.0, first.done / first.of) if first is not None and first.of else 0.0
        if share:
            filled = QRectF(whole.left(), whole.top(), max(BAR, whole.width() * share), BAR)
            paint.box(painter, filled, ground=tone if met else ink.colour(self, "bar"), round_by=BAR / 2)
