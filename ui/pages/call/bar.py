"""The call bar: how long the call lasts, how it went, what was said, when to try again, and on to the next (BX-1)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.phones.there import local_clock
from channergy_crm.records import Lead
from channergy_crm.records.call_log import zone_of
from channergy_crm.records.calls import Meaning
from channergy_crm.services import calling_hours, calls, calls_to, office
from channergy_crm.services.calls import Call
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.pages.call.next_try import NextTry
from ui.pages.call.noted import Noted
from ui.pages.call.places import DOT, place
from ui.pages.call.results import Results
from ui.pages.call.words import Words
from ui.widgets.controls import Button
from ui.widgets.dialog import named
from ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent

    from channergy_crm.dialing import Dialed
    from channergy_crm.records.call_log import Called

SECOND_MS = 1000
NARROW = 760
"""below, the note stands under the results"""
WIDE_HEIGHT, NARROW_HEIGHT, HINTED_HEIGHT = 204, 262, 212


class Note(TextArea):
    """What was said; Tab leaves it."""

    focused = Signal()
    """the keys came here, or went"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit()


class CallBar(QWidget):
    """Stands in the place of the commands while somebody is on the telephone."""

    saved = Signal()
    """Save call was pressed"""
    noted = Signal()
    """something was typed or chosen"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "call.panel", _("Call"))
        self._called: Called | None = None
        self._by = ""
        self._number, self._since, self._trouble, self._tries = "", clock.now(), "", ""
        self._comes_in = False
        self.ended: datetime | None = None
        """when somebody said how it went: from then on it is wrapped up"""
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
        self.calling = Words("", self, ink="muted")
        self.number, self.local_time, self.said = (Words("", self, ink="muted") for _word in range(3))
        for name in ("number", "local_time", "said"):
            getattr(self, name).setObjectName(f"call.{name}")
        self.hang_up = named(Button(icon("cancel", self), _("Hang up"), self), "call.hang_up", _("Hang up"))
        self.hang_up.quiet()
        self.hang_up.hide()
        self.results = Results(self)
        self.results.other.setParent(self)
        self.note_label = Words(_("Note"), self, ink="muted")
        self.note = named(Note(self), "call.note", _("Note"))
        self.hints = [
            Words(_("Alt+1…9  result"), self, ink="muted", small=True),
            Words(_("Esc  leave without one"), self, ink="muted", small=True),
        ]
        self.for_now = Words("", self, ink="muted", small=True)
        self.for_now.setObjectName("call.hint")
        self.esc = Words(_("Esc  leave without a result"), self, ink="muted", small=True)
        self.is_hinted = False
        """whether a line says which keys there are just now, as in a queue"""
        self.next_try = NextTry(self)
        self.save = named(
            Button(icon("save_next", self), "", self, key=_("Ctrl+Enter")), "call.save_and_next", _("Save call"),
        )  # fmt: skip
        self.save.loud()

    def hint(self, on: bool) -> None:
        """Say in a line of its own which keys there are just now, or not."""
        self.is_hinted = on
        typing = self.note.hasFocus()
        results = _("+ −  step through     T  type it, for example  fri 10   +2d   tmrw 9:30")
        self.for_now.setText(_("Shift+Tab  back to the results     Alt+1…9  result") if typing else results)
        self.setFixedHeight(self.sizeHint().height())
        place(self)

    def _connect(self) -> None:
        self.results.chosen.connect(self._result_chosen)
        self.results.pill_wanted.connect(self.next_try.step)
        self.results.next_try_wanted.connect(self.next_try.take_keys)
        self.save.clicked.connect(self.saved)
        self.note.textChanged.connect(self.noted)
        self.note.focused.connect(lambda: self.hint(self.is_hinted))
        self.next_try.changed.connect(self.noted)

    # A call

    def begin(
        self, called: Called, number: str, by: str, noted_before: Noted | None = None, *, comes_in: bool = False
    ) -> None:
        """A call to them begins, or goes on as it stood; one that `comes_in` is theirs, and no try."""
        held, self.ended = noted_before or Noted(number, clock.now()), None
        self._called, self._by, self._number, self._since, self._trouble = called, by, held.number, held.since, ""
        self.hang_up.hide()
        self._comes_in = comes_in
        calling = _("Calling {number}").format(number="").strip()
        self.calling.setText(_("Call from") if comes_in else calling)
        self.results.offer(calls.results(by))
        self.next_try.begin(
            zone_of(called, held.number), calling_hours.place(held.number or called.phone or "", called)
        )
        self.note.setPlainText(held.note)
        if held.code:
            self.results.choose_code(held.code)
        if held.chosen_by_hand:
            self.next_try.put(held.next_try, touched=True)
        self._order()
        self.tell(called)
        self._tick.start()
        self.show()
        place(self)

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
        """They are dialed once more: the time starts again, what was noted stays."""
        self._number, self._since, self._trouble, self.ended = number, clock.now(), "", None
        self._tell()

    def hung_up(self) -> None:
        """The call is over; how it went is still to be said."""
        self.ended = self.ended or clock.now()
        self.hang_up.hide()
        place(self)

    def heard(self, dialed: Dialed | None, *, can_hang_up: bool = False) -> None:
        """What became of dialing; None when there was nothing to dial."""
        self.hang_up.setVisible(can_hang_up)
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
    def dialed(self) -> tuple[str, datetime]:
        """The number that was dialed, and when."""
        return self._number, self._since

    def call(self) -> Call | None:
        """How the call went, as it is noted here; None while no result is chosen."""
        result = self.results.result
        if result is None:
            return None
        return Call(result.code, self.note.toPlainText(), self.next_try.value(), anyone=self.next_try.is_for_anyone)

    def _result_chosen(self) -> None:
        result = self.results.result
        self.ended = self.ended or clock.now()
        self.next_try.offer_anyone(
            isinstance(self._called, Lead) and result is not None and result.meaning == Meaning.CALL_BACK
        )
        if result is not None and self._called is not None:
            self.next_try.propose(calls_to.proposed_try(result, self._called, clock.now(), self._by))
        self._tell()
        self._order()
        self.noted.emit()

    # What it says

    def tell(self, called: Called) -> None:
        """Say how things stand with them by now."""
        self._called = called
        self._tell()

    def _tell(self) -> None:
        self._tell_time()
        if self._called is None:
            return
        this = calls_to.tried(self._called, self.results.result, self._by)
        tries = _("try {number} of {most}") if this.most else _("try {number}")
        self._tries = "" if self._comes_in else tries.format(number=this.number, most=this.most)
        self._tell_call()

    def _tell_call(self) -> None:
        self.said.ink = "soon" if self._trouble else "muted"
        self.said.setText(" · ".join(part for part in (self._trouble, self._tries) if part))
        self.number.setText(self._number.strip())
        self.local_time.setText(_their_time(self._called, self._number))
        for words in (self.calling, self.number, self.local_time):
            words.setVisible(bool(words.text()) and not self._trouble)
        place(self)

    def _tell_time(self) -> None:
        seconds = max(0, int((clock.now() - self._since).total_seconds()))
        minutes, rest = divmod(seconds, 60)
        self.timer.setText(f"{minutes:02}:{rest:02}")
        if not rest:
            self.local_time.setText(_their_time(self._called, self._number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing typed here reaches what stands behind the bar."""
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier or event.key() == Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    # Where things stand

    @property
    def is_narrow(self) -> bool:
        """Whether the note stands under the results."""
        return self.width() < self.px(NARROW)

    def sizeHint(self) -> QSize:
        wide = HINTED_HEIGHT if self.is_hinted else WIDE_HEIGHT
        return QSize(theme.px(600, self), theme.px(NARROW_HEIGHT if self.is_narrow else wide, self))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(480, self), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self._tell_call()

    def px(self, pixels: float) -> int:
        """Pixels at the size of its text."""
        return theme.px(pixels, self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(self, "tile"))
        painter.fillRect(0, 0, self.width(), 2, theme.colour(self, "accent"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(self, "line"))
        painter.end()
        dot = paint.begin_turned(self)
        middle = self.px(10) + self.px(28) / 2
        dot.setPen(Qt.PenStyle.NoPen)
        dot.setBrush(theme.colour(self, "soon" if self._trouble else "done"))
        left = 16 if self.is_narrow else 24
        dot.drawEllipse(QRectF(left, middle - DOT / 2, DOT, DOT))


def say_save(bar: CallBar, verb: str) -> None:
    """What saving does, on its button: it may go on to the next one."""
    bar.save.setText(verb)
    bar.save.setAccessibleName(verb)
    bar.save.setToolTip(as_tip(_("{verb} ({key})").format(verb=verb, key=_("Ctrl+Enter"))))
    place(bar)


def _their_time(called: Called | None, number: str) -> str:
    known = zone_of(called, number) if called is not None else ""
    there = local_clock(known or number, office.region())
    return _("{time} there").format(time=there) if there else ""
