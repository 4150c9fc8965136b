"""Under the form of an account: the opportunities and tasks that are open, the most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Opportunity, Task
from channergy_crm.services import reminders
from ui.lists.row_words import joined
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.look.turned import draw_icon
from ui.look.wording import day_in_words, shown
from ui.pages.facts import INKS
from ui.widgets.controls import LEFT, SIGN, SMALLEST, IconButton
from ui.widgets.side_by_side import SideBySide
from ui.widgets.summary import SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QPainter, QPaintEvent

SIDE_BY_SIDE, GAP = 760, 10
BOTH = {"opportunity": N_("Open opportunities"), "account_task": N_("Open tasks")}
"""what is listed, and under which title"""
AT_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Said(NamedTuple):
    """What a row says: a day with its colour, what it is about, a tag, an amount, a small remark at the end."""

    name: str
    when: str = ""
    ink: str = ""
    tag: str = ""
    amount: str = ""
    remark: str = ""


class WorkRow(IconButton):
    """One opportunity or task; it is quiet until pointed at."""

    def __init__(self, name: str, said: Said, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = said
        self.setObjectName(name)
        words = [said.when, said.name, said.tag, said.amount, said.remark]
        self.setAccessibleName(" · ".join(word for word in words if word))
        self.setToolTip(as_tip(self.accessibleName()))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240, self), theme.px(SMALLEST, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = paint.begin_turned(self), QRectF(self.rect())
        if self.underMouse():
            paint.box(painter, room, ground=theme.colour(self, "hover"))
        if self.hasFocus():
            paint.ring(painter, self, room, paint.FIELD)
            room = room.adjusted(6, 0, -6, 0)
        if self._said.when:
            self._paint_task(painter, room)
        else:
            self._paint_deal(painter, room)

    def _paint_task(self, painter: QPainter, room: QRectF) -> None:
        said, wide = self._said, theme.px(152, self)
        ink = theme.colour(self, said.ink or "muted")
        if said.ink:
            inked = QPalette(self.palette())
            inked.setColor(QPalette.ColorRole.ButtonText, ink)
            place = QRectF(room.left(), room.center().y() - SIGN / 2, SIGN, SIGN)
            draw_icon(painter, icon(SIGNS[said.ink], inked), place.toRect())
        self._write(painter, room.adjusted(SIGN + 6, 0, 0, 0), said.when, ink)
        self._write(painter, room.adjusted(wide, 0, 0, 0), said.name, theme.colour(self, "text"))

    def _paint_deal(self, painter: QPainter, room: QRectF) -> None:
        """From the right: remark, amount and tag come whole; the name takes what is left."""
        said, small = self._said, QFontMetrics(theme.small(self.font()))
        remark = max(small.horizontalAdvance(said.remark), theme.px(96, self))
        amount = max(self.fontMetrics().horizontalAdvance(said.amount), theme.px(84, self))
        tag = max(small.horizontalAdvance(said.tag) + 12, theme.px(112, self)) if said.tag else 0
        muted = theme.colour(self, "muted")
        self._write(painter, room, said.remark, muted, at_right=True, small=True)
        self._write(
            painter, room.adjusted(0, 0, -remark - GAP, 0), said.amount, theme.colour(self, "text"), at_right=True
        )
        left = room.right() - remark - amount - tag - 3 * GAP
        if said.tag:
            box = QRectF(left, room.center().y() - 10, small.horizontalAdvance(said.tag) + 12, 20)
            paint.box(painter, box, ground=theme.colour(self, "chip"), round_by=paint.TAG)
            self._write(painter, box.adjusted(6, 0, 0, 0), said.tag, theme.colour(self, "chip_text"), small=True)
        name = QRectF(room.left(), room.top(), left - GAP - room.left(), room.height())
        self._write(painter, name, said.name, theme.colour(self, "text"))

    def _write(
        self, painter: QPainter, room: QRectF, text: str, ink: QColor, *, at_right: bool = False, small: bool = False
    ) -> None:
        font = theme.small(self.font()) if small else self.font()
        painter.setFont(font)
        painter.setPen(ink)
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, AT_RIGHT if at_right else LEFT, cut)


class OpenWork(SideBySide):
    """Two short lists, side by side where there is room; or one of them."""

    wanted = Signal(str, object)
    """somebody wants to see an opportunity or a task of the account: what it is, and its number"""

    def __init__(self, name: str, parent: QWidget, lists: Mapping[str, str] = BOTH) -> None:
        super().__init__(parent, SIDE_BY_SIDE, GAP)
        self._name = name
        self.sides.setContentsMargins(0, 12, 0, 0)
        self._lists: dict[str, tuple[Label, QVBoxLayout]] = {}
        self._shown: dict[str, list[tuple[int, Said]]] = {}
        for word, title in lists.items():
            self._lists[word] = self._list(word, _(title))

    def _list(self, word: str, title: str) -> tuple[Label, QVBoxLayout]:
        heading, count = Label(title, self), Label(parent=self)
        heading.setFont(theme.section(self.font()))
        count.setFont(theme.small(self.font()))
        count.setObjectName(f"{self._name}.{word}_count")
        count.muted()
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(heading)
        top.addWidget(count)
        top.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(top)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        column.addLayout(rows)
        column.addStretch(1)
        self.sides.addLayout(column, 1)
        return count, rows

    def show_work(self, deals: Sequence[Opportunity], tasks: Sequence[Task], counts: tuple[int, int]) -> None:
        """Show these, and how many there are in all."""
        said = {"opportunity": [(deal.number, _deal(deal)) for deal in deals],
                "account_task": [(task.number, _task(task)) for task in tasks]}  # fmt: skip
        for (word, rows), count in zip(said.items(), counts, strict=True):
            if word not in self._lists:
                continue
            self._lists[word][0].setText(f"{count:n}" if count else _("none"))
            self._fill(word, rows)

    def _fill(self, word: str, said: list[tuple[int, Said]]) -> None:
        """Make the rows anew where they say something else now; whoever stood on one stands there again."""
        if said == self._shown.get(word):
            return
        self._shown[word] = said
        rows = self._lists[word][1]
        at = next((row.objectName() for row in self.findChildren(WorkRow) if row.hasFocus()), "")
        while item := rows.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, each in said:
            row = WorkRow(f"{self._name}.{word}_{number}", each, self)
            row.clicked.connect(lambda _checked=False, number=number: self.wanted.emit(word, number))
            rows.addWidget(row)
            if row.objectName() == at:
                row.setFocus()


def _deal(deal: Opportunity) -> Said:
    stage = [shown(Opportunity.kind("stage"), deal.stage), shown(Opportunity.kind("probability"), deal.probability)]
    closes = _("closes {day}").format(day=day_in_words(deal.close_date_1, inside=True)) if deal.close_date_1 else ""
    return Said(deal.caption(), tag=" ".join(part for part in stage if part), remark=closes,
                amount=shown(Opportunity.kind("amount"), deal.amount))  # fmt: skip


def _task(task: Task) -> Said:
    standing = INKS.get(reminders.standing(task.reminder_date, task.reminder_time), "") if task.reminder_date else ""
    when = joined(task.reminder_date, task.reminder_time) or _("no date")
    return Said(task.caption(), when=when, ink=standing)
