"""The timeline of the record that is open: folded away under its fields, beside them where there is room (BX-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from ui.forms.sections import SectionHead
from ui.look import paint, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.timeline.timeline import Timeline

TITLE = N_("Timeline")
SETTLED_MS = 50
WIDE, SIDE = 1480, 380
"""pixels: from which width of a record its timeline stands beside it, and how wide it is there"""


class Beside(QWidget):
    """The right side of a wide record, with a line to the fields."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 0, 0, 0)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.begin_turned(self).fillRect(QRectF(0, 0, 1, self.height()), theme.colour(self, "line"))


class Along(QWidget):
    """The fold. It reads nothing before somebody opens it; open or folded, it is remembered."""

    def __init__(self, panel: Any, row: QHBoxLayout) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, panel.session
        self._memory = f"{panel.prefix}.folded.Timeline"  # unsaid: a name
        self._folded = bool(self._session.station.recall(self._memory, True))
        self._timeline: Timeline | None = None
        self._opened = False
        self._beside = Beside(panel)
        row.addWidget(self._beside)
        self.heading = head = SectionHead(self)
        head.setObjectName(f"{panel.prefix}.section_timeline")
        head.setAccessibleName(_(TITLE))
        head.setText(_(TITLE))
        head.folds, head.inside = True, _("calls, tasks, notes and changes")
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
        """There is more or less room."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and self._panel.isVisible():
            wide = self._panel.width() >= theme.px(WIDE, self)
            if wide != (not self._beside.isHidden()):
                self._stand(wide)
            elif event.type() == QEvent.Type.Show:
                self.look()
        return False

    def write_note(self) -> None:
        """Open it, with the editor for a note on top and the cursor in it."""
        if not self._seen():
            self._toggle()
        timeline = self._made()
        timeline.show_record(self._panel.record)
        timeline.add_note()
        self._opened = True
        self._come()

    def look(self) -> None:
        """Another record is open, or the same one as it is now."""
        if self._seen() and self._panel.isVisible():  # else as soon as somebody sees it
            self._made().show_record(self._panel.record)

    def _come(self) -> None:
        """Somebody has just opened it: it comes into sight."""
        if self._opened and self._beside.isHidden():
            for wait in (0, SETTLED_MS):  # what is above may still be laid out
                QTimer.singleShot(wait, self, self._scroll_here)
        self._opened = False

    def _scroll_here(self) -> None:
        body, form = self._panel.form.widget(), self._panel.form
        if body is not None:
            form.verticalScrollBar().setValue(self.mapTo(body, QPoint(0, 0)).y() - 4)

    def _seen(self) -> bool:
        return not self._beside.isHidden() or not self._folded

    def _made(self) -> Timeline:
        if self._timeline is None:
            from ui.timeline.timeline import Timeline

            self._timeline = Timeline(self._session, self, name=f"{self._panel.prefix}.timeline")
            self._timeline.filled.connect(self._come)
            self._put()
        return self._timeline

    def _put(self) -> None:
        """Into the fold, or beside the fields."""
        if self._timeline is None:
            return
        wide = not self._beside.isHidden()
        (self._beside.column if wide else self._column).addWidget(self._timeline, 1)
        self._timeline.title.setVisible(wide)
        self._timeline.scroll_by_itself(wide)
        self._timeline.setVisible(wide or not self._folded)

    def _stand(self, wide: bool) -> None:
        self._beside.setFixedWidth(theme.px(SIDE, self))
        self._beside.setVisible(wide)
        self.setVisible(not wide)
        if self._seen():
            self._made()
        self._put()
        self.look()

    def _toggle(self) -> None:
        self._folded = not self._folded
        self._session.station.remember(self._memory, self._folded)
        self._fold()
        self._opened = not self._folded
        if not self._folded:
            self._made()
        self._put()
        self.look()
        if self._timeline is not None and not self._folded:
            self._timeline.reload()  # somebody waits for it

    def _fold(self) -> None:
        self.heading.folded = self._folded
        self.heading.setAccessibleDescription(_("Folded") if self._folded else _("Unfolded"))
        self.heading.update()
