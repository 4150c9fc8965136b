"""The history of the record that is open, folded away under its fields (BX-32)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from ui.forms.sections import SectionHead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.services.history import Subject
    from ui.history.view import HistoryView

TITLE = N_("History")
SETTLED_MS = 50


class Past(QWidget):
    """The fold. It reads nothing before somebody opens it; open or folded, it is remembered.

    `also` are the records that are read as one with the open one, such as the customer of an account.
    """

    def __init__(self, panel: Any) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, panel.session
        self._memory = f"{panel.prefix}.folded.History"  # unsaid: a name
        self._folded = bool(self._session.station.recall(self._memory, True))
        self._view: HistoryView | None = None
        self._wanted = self._opened = False
        self.also: Callable[[Any], Sequence[Subject]] = lambda record: ()
        self.heading = head = SectionHead(self)
        head.setObjectName(f"{panel.prefix}.section_history")
        head.setAccessibleName(_(TITLE))
        head.setText(_(TITLE))
        head.folds, head.inside = True, _("who changed what, and when")
        head.clicked.connect(self._toggle)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(head)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._fold()
        panel.form.columns.stand_below(self)
        panel.turned.connect(self.look)
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It is seen again."""
        if event.type() == QEvent.Type.Show and self._panel.isVisible():
            self.look()
        return False

    def open(self) -> None:
        """Open it, and bring the keyboard into it."""
        if self._folded:
            self._toggle()
        self._wanted = True
        self._made().grid.setFocus()
        self._come()

    def look(self) -> None:
        """Another record is open, or the same one as it is now."""
        if self._folded or not self._panel.isVisible():
            return  # as soon as somebody sees it
        record = self._panel.record
        new = record is None or record.is_new
        self._made().show_history([] if new else [(type(record), record.key), *self.also(record)])

    def _come(self) -> None:
        """Somebody has just opened it: it comes into sight, and is gone into where that was asked for."""
        view = self._view
        if view is None or view.grid.isHidden():
            return  # as soon as it is read
        if self._opened:
            for wait in (0, SETTLED_MS):  # what is above may still be laid out
                QTimer.singleShot(wait, self, self._scroll_here)
        if self._wanted:
            view.grid.setFocus()
        self._wanted = self._opened = False

    def _scroll_here(self) -> None:
        body, form = self._panel.form.widget(), self._panel.form
        if body is not None:
            form.verticalScrollBar().setValue(self.mapTo(body, QPoint(0, 0)).y() - 4)

    def _made(self) -> HistoryView:
        if self._view is None:
            from ui.history.view import HistoryView

            self._view = HistoryView(self._panel.prefix, self._session, self)
            self._view.filled.connect(self._come)
            self._put()
        return self._view

    def _put(self) -> None:
        """Into the fold."""
        if self._view is None:
            return
        self._column.addWidget(self._view, 1)
        self._view.title.hide()
        self._view.grid.scroll_by_itself(False)
        self._view.setVisible(not self._folded)

    def _toggle(self) -> None:
        self._folded = not self._folded
        self._session.station.remember(self._memory, self._folded)
        self._fold()
        self._opened = not self._folded
        if not self._folded:
            self._made()
        self._put()
        self.look()
        if self._view is not None and not self._folded:
            self._view.reload()  # somebody waits for it

    def _fold(self) -> None:
        self.heading.folded = self._folded
        self.heading.setAccessibleDescription(_("Folded") if self._folded else _("Unfolded"))
        self.heading.update()
