"""The documents of the record that is open, folded away under its fields (SI-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Document
from channergy_crm.services.timeline import documents
from ui.forms.sections import SectionHead
from ui.widgets.drops import dropped_files
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.timeline.documents import Shown
    from channergy_crm.work import Done
    from ui.documents.view import DocumentsView

TITLE = N_("Documents")
NAMED = 3
"""documents whose names stand beside the fold"""
SOON_MS, SETTLED_MS = 150, 50


class Filed(QWidget):
    """The fold; beside it stands what is inside. Open or folded, it is remembered; files may be dropped on the record.

    Its list is made when somebody opens it: what nobody has opened is no stop of Tab.
    """

    def __init__(self, panel: Any) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, panel.session
        self._memory = f"{panel.prefix}.folded.Documents"  # unsaid: a name
        self._folded = bool(self._session.station.recall(self._memory, True))
        self._wanted = False
        self._asked = 0
        self._view: DocumentsView | None = None
        self._soon = later(self, self._look_inside, SOON_MS)
        self.heading = head = SectionHead(self)
        head.setObjectName(f"{panel.prefix}.section_documents")
        head.setAccessibleName(_(TITLE))
        head.setText(_(TITLE))
        head.folds = True
        head.clicked.connect(self._toggle)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(head)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._fold()
        panel.form.columns.stand_below(self)
        panel.turned.connect(self.look)
        self._session.done.connect(self._heard)
        for target in (panel, panel.form.viewport()):
            target.setAcceptDrops(True)
            target.installEventFilter(self)

    @property
    def view(self) -> DocumentsView:
        """The list with its verbs."""
        if self._view is None:
            from ui.documents.view import DocumentsView

            self._view = DocumentsView(self._session, self, name=self._panel.prefix)
            self._view.list.scroll_by_itself(False)
            self._view.setVisible(not self._folded)
            self._view.filled.connect(self._filled)
            self._view.working.added.connect(lambda _number: self._open())
            self._column.addWidget(self._view)
            self._view.show_record(self._panel.record)
        return self._view

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It is seen again; or files are dropped on the record, as long as one is open."""
        if event.type() == QEvent.Type.Show and self._panel.isVisible():
            self.look()
        record = self._panel.record
        if record is None or record.is_new:
            return False
        return dropped_files(event, self._take)

    def _take(self, paths: Sequence[str]) -> None:
        from ui.documents.taking import files

        self.view.show_record(self._panel.record)
        self.view.add(files(paths))

    def open(self) -> None:
        """Open it, and bring the keyboard into it."""
        self._open()
        self._wanted = True
        self.look()
        self.view.reload()

    def look(self) -> None:
        """Another record is open, or the same one as it is now."""
        if not self._panel.isVisible():
            return  # as soon as somebody sees it
        if self._folded:
            self._soon.start()
        else:
            self.view.show_record(self._panel.record)

    def _look_inside(self) -> None:
        """What is inside, while it is folded."""
        record, by = self._panel.record, self._session.by
        self._asked += 1
        asked = self._asked
        if record is None or record.is_new:
            self._say("")
            return
        self._session.work(
            lambda _progress: documents.of(record, by), label=_("Reading the documents"),
            done=lambda found: self._tell(found) if asked == self._asked else None,
            failed=lambda _error: self._say(""), progress=False,
        )  # fmt: skip

    def _heard(self, done: Done) -> None:
        if self._folded and self._panel.isVisible() and Document._meta.table_name in done.tables:
            self._soon.start()

    def _tell(self, found: Sequence[Shown]) -> None:
        names = [each.document.caption() for each in found[:NAMED]]
        if more := len(found) - len(names):
            names.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        self._say(" · ".join(names) or _("none; files may be dropped here"))

    def _say(self, inside: str) -> None:
        self.heading.inside = inside
        self.heading.update()

    def _filled(self) -> None:
        self._tell(self.view.found)
        if self._wanted:
            self._wanted = False
            (self.view.list if self.view.found else self.view.add_button).setFocus()
            for wait in (0, SETTLED_MS):  # what is above may still be laid out
                QTimer.singleShot(wait, self, self._scroll_here)

    def _scroll_here(self) -> None:
        body, form = self._panel.form.widget(), self._panel.form
        if body is not None:
            form.verticalScrollBar().setValue(self.mapTo(body, QPoint(0, 0)).y() - 4)

    def _open(self) -> None:
        if self._folded:
            self._toggle()

    def _toggle(self) -> None:
        self._folded = not self._folded
        self._session.station.remember(self._memory, self._folded)
        self._fold()
        if not self._folded:
            self.view.show_record(self._panel.record)
            self.view.reload()  # somebody waits for it

    def _fold(self) -> None:
        if self._view is not None:
            self._view.setVisible(not self._folded)
        self.heading.folded = self._folded
        self.heading.setAccessibleDescription(_("Folded") if self._folded else _("Open"))
        self.heading.update()
