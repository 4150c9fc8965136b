"""In the form of a new entry: the next times that everybody has who comes, one of which is taken by Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from channergy_crm.language import _, all_of, ngettext
from channergy_crm.services.calendar import free
from ui.look import theme
from ui.look.wording import day_in_words
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from ui.session.session import Session

KEY, OFFERED, SHOWN, ROW = "Ctrl+J", 12, 5, 26
"""times that are offered, rows that are seen at once, pixels of a row"""
GAP = Qt.ItemDataRole.UserRole


class Times(QListWidget):
    """The times. `taken` tells one of them, `left` that somebody wants none."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.taken.emit(item.data(GAP)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.taken.emit(self.currentItem().data(GAP))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FreeTimes(QWidget):
    """The button, the sentence, the list. `asked` tells that somebody wants times; `taken` the one they took; `settled`
    that there is more or less to see.
    """

    asked = Signal()
    taken = Signal(object)
    settled = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.verb = named(Button(_("Find a free time"), self), "calendar.find_free", _("Find a free time"))
        self.verb.key = KEY
        self.verb.say_key(True)
        self.verb.quiet()
        self.verb.clicked.connect(lambda: self.asked.emit())
        self.said = named(Remark("", self), "calendar.free_said", _("About free times"))
        self.said.setFont(theme.small(self.font()))
        self.times = named(calm(Times(self)), "calendar.free", _("Free times"))
        self.times.taken.connect(self._take)
        self.times.left.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.verb, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.said)
        column.addWidget(self.times)
        action = QAction(_("Find a free time"), parent)
        action.setObjectName("calendar.find_free_key")
        action.setShortcut(QKeySequence(KEY))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: self.asked.emit())
        parent.addAction(action)
        self.put_away()

    def put_away(self) -> None:
        """Nothing is offered."""
        self.times.clear()
        self.times.hide()
        self.said.say("")

    def offer(self, owners: Sequence[str], first: date, minutes: int) -> None:
        """Offer the next times of so many minutes that all of these have."""
        by = self._session.by
        found = self._session.attempt(lambda: [free.next_free(owners, first, minutes, by, OFFERED)])
        unknown = self._session.attempt(lambda: free.not_known(owners, by)) or []
        if found is None:
            return
        self.times.clear()
        for gap in found[0]:
            said = _("{day}, {time} to {until}").format(
                day=day_in_words(gap.day), time=f"{gap.at:%H:%M}", until=f"{gap.until:%H:%M}")  # fmt: skip
            row = QListWidgetItem(said, self.times)
            row.setData(GAP, gap)
            row.setSizeHint(QSize(0, theme.px(ROW, self)))
        self.times.setVisible(bool(found[0]))
        self.times.setFixedHeight(theme.px(ROW, self) * min(SHOWN, max(1, len(found[0]))))
        self.said.say(self._sentence(len(found[0]), minutes, unknown))
        self.settled.emit()
        if found[0]:
            self.times.setCurrentRow(0)
            self.times.setFocus()
        else:
            self.verb.setFocus()

    def _sentence(self, found: int, minutes: int, unknown: Sequence[str]) -> str:
        if not found:
            said = ngettext(
                "Within four weeks all of them have no {minutes:,} minute. Begin later, or ask fewer guests.",
                "Within four weeks all of them have no {minutes:,} minutes. Take less time, or ask fewer guests.",
                minutes,
            ).format(minutes=minutes)
        else:
            said = _("Enter takes the time, Esc leaves it as it is.")
        if unknown:
            names = _("Not known of {names}: their calendars are not shown to you.").format(names=all_of(list(unknown)))
            said = f"{said} {names}"
        return said

    def _take(self, gap: object) -> None:
        self.put_away()
        self.settled.emit()
        self.taken.emit(gap)

    def _leave(self) -> None:
        self.put_away()
        self.settled.emit()
        self.verb.setFocus()
