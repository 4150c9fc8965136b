"""The call bar: how long the call lasts, how it went, what was said, when to try again, and on to the next (BX-1)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.services import calls
from channergy_crm.services.calls import Call
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.pages.call.next_try import EDITOR, NextTry
from ui.pages.call.noted import Noted
from ui.pages.call.results import Results
from ui.pages.call.words import Words
from ui.widgets.controls import Button
from ui.widgets.dialog import named
from ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from channergy_crm.dialing import Dialed
    from channergy_crm.records import Lead

SECOND_MS = 1000
NARROW, ROOMY = 760, 980
"""below: the note stands under the results; from there on: the time there is said"""
WIDE_HEIGHT, NARROW_HEIGHT = 204, 262
BLOCK, WIDEST = 0.557, 504
"""the share of the results in the room, and the most they take"""
DOT = 10


class Note(TextArea):
    """What was said; Tab leaves it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)


class CallBar(QWidget):
    """Stands in the place of the commands while somebody is on the telephone."""

    saved = Signal()
    """Save call, next lead was pressed"""
    noted = Signal()
    """something was typed or chosen"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "call.panel", _("Call"))
        self._lead: Lead | None = None
        self._by = ""
        self._number, self._since, self._trouble, self._tries = "", clock.now(), "", ""
        self._tick = QTimer(self)
        self._tick.setInterval(SECOND_MS)
        self._tick.timeout.connect(self._tell_time)
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        self.timer = Words("", self)
        self.timer.setFont(theme.fact(self.font()))
        self.timer.setObjectName("call.timer")
        self.said = Words("", self, ink="muted")
        self.said.setObjectName("call.said")
        self.results = Results(self)
        self.results.other.setParent(self)
        self._note_label = Words(_("Note"), self, ink="muted")
        self.note = named(Note(self), "call.note", _("Note"))
        self._hints = [
            Words(_("Alt+1…9  result"), self, ink="muted", small=True),
            Words(_("Esc  leave without one"), self, ink="muted", small=True),
        ]
        self.next_try = NextTry(self)
        self.save = named(
            Button(icon("save_next", self), _("Save call, next lead"), self, key=_("Ctrl+Enter")),
            "call.save_and_next", _("Save call, next lead"),
        )  # fmt: skip
        self.save.setToolTip(as_tip(_("Save call, next lead ({key})").format(key=_("Ctrl+Enter"))))
        self.save.loud()

    def _connect(self) -> None:
        self.results.chosen.connect(self._result_chosen)
        self.results.pill_wanted.connect(self.next_try.step)
        self.results.next_try_wanted.connect(self.next_try.take_keys)
        self.save.clicked.connect(self.saved)
        self.note.textChanged.connect(self.noted)
        self.next_try.changed.connect(self.noted)

    # A call

    def begin(self, lead: Lead, number: str, by: str, noted_before: Noted | None = None) -> None:
        """A call to this lead begins, or goes on as it stood."""
        held = noted_before or Noted(number, clock.now())
        self._lead, self._by, self._number, self._since, self._trouble = lead, by, held.number, held.since, ""
        self.results.offer(calls.results(by))
        self.next_try.begin(lead.time_zone)
        self.note.setPlainText(held.note)
        if held.code:
            self.results.choose_code(held.code)
        if held.chosen_by_hand:
            self.next_try.put(held.next_try, touched=True)
        self._order()
        self.tell(lead)
        self._tick.start()
        self.show()
        self._place()

    def _order(self) -> None:
        """Tab goes from the results to the note."""
        here = self.results.focusProxy() or self.results.other
        order = [here, self.note, self.next_try.editor, *self.next_try.pills, self.save]
        for one, after in pairwise(order if here is self.results.other else [self.results.other, *order]):
            self.setTabOrder(one, after)

    def end(self) -> Noted:
        """The call is over for this bar: it goes, and hands out what stood in it."""
        self._tick.stop()
        self.hide()
        result = self.results.result
        return Noted(
            self._number, self._since, self.note.toPlainText().strip(), result.code if result else "",
            self.next_try.value(), self.next_try.touched,
        )  # fmt: skip

    def dial_again(self, number: str) -> None:
        """The same lead is dialed once more: the time starts again, what was noted stays."""
        self._number, self._since, self._trouble = number, clock.now(), ""
        self._tell()

    def heard(self, dialed: Dialed | None) -> None:
        """What became of dialing; None when there was nothing to dial."""
        self._trouble = ""
        if dialed is None:
            self._trouble = _("Not dialed")
        elif not dialed.sent:
            self._trouble = _("Not dialed: {number} is on the clipboard").format(number=dialed.number)
        self._tell()

    @property
    def is_open(self) -> bool:
        """Whether a call is being noted."""
        return self._tick.isActive()

    @property
    def has_result(self) -> bool:
        """Whether it was said how the call went."""
        return self.results.result is not None

    def call(self) -> Call | None:
        """How the call went, as it is noted here; None while no result is chosen."""
        result = self.results.result
        return Call(result.code, self.note.toPlainText(), self.next_try.value()) if result else None

    def _result_chosen(self) -> None:
        result = self.results.result
        if result is not None and self._lead is not None:
            self.next_try.propose(calls.proposed_try(result, self._lead, clock.now(), self._by))
        self._tell()
        self._order()
        self.noted.emit()

    # What it says

    def tell(self, lead: Lead) -> None:
        """Say how things stand with this lead by now."""
        self._lead = lead
        self._tell()

    def _tell(self) -> None:
        self._tell_time()
        if self._lead is None:
            return
        this = calls.tried(self._lead, self.results.result, self._by)
        tries = _("try {number} of {most}") if this.most else _("try {number}")
        self._tries = tries.format(number=this.number, most=this.most)
        self._tell_call()

    def _tell_call(self) -> None:
        calling = _("Calling {number}").format(number=self._number.strip()) if not self._narrow else _("Calling")
        self.said.ink = "soon" if self._trouble else "muted"
        self.said.setText(f"{self._trouble or calling} · {self._tries}")
        self._place()

    def _tell_time(self) -> None:
        seconds = max(0, int((clock.now() - self._since).total_seconds()))
        minutes, rest = divmod(seconds, 60)
        self.timer.setText(f"{minutes:02}:{rest:02}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing typed here reaches what stands behind the bar."""
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier or event.key() == Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    # Where things stand

    @property
    def _narrow(self) -> bool:
        return self.width() < self._px(NARROW)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(600, self), theme.px(NARROW_HEIGHT if self._narrow else WIDE_HEIGHT, self))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(480, self), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self._tell_call()

    def _place(self) -> None:
        """Everything in its place: the note beside the results, or under them where it is narrow."""
        px, pad = self._px, 16 if self._narrow else 24
        inner, top = self.width() - 2 * pad, px(42)
        block = inner if self._narrow else min(px(WIDEST), int(inner * BLOCK))
        self.results.setGeometry(pad, top, block, px(102))
        words = max(self._note_label.sizeHint().width(), self.next_try.label.sizeHint().width()) + 12
        if self._narrow:
            self._note_label.setGeometry(pad, px(152), words, px(28))
            self.note.setGeometry(pad + words, px(152), inner - words, px(48))
        else:
            left = pad + block + 24
            self._note_label.setGeometry(left, px(10), words, px(28))
            self.note.setGeometry(left, top, self.width() - pad - left, px(102))
        self._place_head(pad, block)
        self.save.say_key(True)
        if inner - self.save.sizeHint().width() - 16 < words + px(EDITOR):
            self.save.say_key(False)  # the tip says it
        bottom, verb = px(212 if self._narrow else 158), self.save.sizeHint()
        self.save.setGeometry(self.width() - pad - verb.width(), bottom, verb.width(), verb.height())
        self.next_try.shows_there, self.next_try.label_width = self.width() >= px(ROOMY), words
        self.next_try.setGeometry(pad, bottom, inner - verb.width() - 16, verb.height())
        self.next_try.arrange()

    def _place_head(self, pad: int, block: int) -> None:
        """The first line: time, number and try; what else can be pressed at the right, as far as there is room."""
        top, high, right = self._px(10), self._px(28), self.width() - pad
        other = 0 if self.results.other.isHidden() else self.results.other.sizeHint().width()
        at, long = pad + DOT + 8, self.timer.sizeHint().width()
        self.timer.setGeometry(at, top, long, high)
        at += long + 12
        taken = at + self.said.sizeHint().width() + other if self._narrow else self._note_label.geometry().right()
        for hint in reversed(self._hints):
            width = hint.sizeHint().width()
            hint.setVisible(right - width >= taken + 24)
            hint.setGeometry(right - width, top, width, high)
            right -= width + 16 if hint.isVisibleTo(self) else 0
        ends = right if self._narrow else pad + block
        self.results.other.setGeometry(ends - other, self._px(9), other, self._px(30))
        self.said.setGeometry(at, top, max(0, min(self.said.sizeHint().width(), ends - other - 8 - at)), high)

    def _px(self, pixels: float) -> int:
        return theme.px(pixels, self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(self, "tile"))
        painter.fillRect(0, 0, self.width(), 2, theme.colour(self, "accent"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(self, "line"))
        painter.end()
        dot = paint.begin(self)
        middle = self._px(10) + self._px(28) / 2
        dot.setPen(Qt.PenStyle.NoPen)
        dot.setBrush(theme.colour(self, "soon" if self._trouble else "done"))
        left = 16 if self._narrow else 24
        dot.drawEllipse(QRectF(left, middle - DOT / 2, DOT, DOT))
