"""The documents of the record that is open, folded away under its fields (SI-26)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, ngettext
from ui.documents.view import DocumentsView
from ui.forms.sections import SectionHead

TITLE = N_("Documents")
NAMED = 3
"""documents whose names stand beside the fold"""
SETTLED_MS = 50


class Filed(QWidget):
    """The fold; beside it stands what is inside. Open or folded, it is remembered; files may be dropped on the form."""

    def __init__(self, panel: Any) -> None:
        super().__init__(panel)
        self._panel, self._session = panel, panel.session
        self._memory = f"{panel.prefix}.folded.Documents"  # unsaid: a name
        self._folded = bool(self._session.station.recall(self._memory, True))
        self._wanted = False
        self.view = DocumentsView(self._session, self, name=panel.prefix)
        self.view.list.scroll_by_itself(False)
        self.heading = head = SectionHead(self)
        head.setObjectName(f"{panel.prefix}.section_documents")
        head.setAccessibleName(_(TITLE))
        head.setText(_(TITLE))
        head.folds = True
        head.clicked.connect(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(head)
        column.addWidget(self.view)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._fold()
        panel.form.columns.stand_below(self)
        panel.turned.connect(self.look)
        panel.installEventFilter(self)
        for target in (panel, panel.form.viewport()):
            self.view.take_drops(target)
        self.view.filled.connect(self._filled)
        self.view.working.added.connect(lambda _number: self._open())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It is seen again."""
        if event.type() == QEvent.Type.Show and self._panel.isVisible():
            self.look()
        return False

    def open(self) -> None:
        """Open it, and bring the keyboard into it."""
        self._open()
        self._wanted = True
        self.look()
        self.view.reload()

    def look(self) -> None:
        """Another record is open, or the same one as it is now."""
        if self._panel.isVisible():
            self.view.show_record(self._panel.record)

    def _filled(self) -> None:
        found = self.view.found
        names = [each.document.caption() for each in found[:NAMED]]
        if more := len(found) - len(names):
            names.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        self.heading.inside = " · ".join(names) or _("none; files may be dropped here")
        self.heading.update()
        if self._wanted:
            self._wanted = False
            (self.view.list if found else self.view.add_button).setFocus()
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
            self.view.reload()  # somebody waits for it

    def _fold(self) -> None:
        self.view.setVisible(not self._folded)
        self.heading.folded = self._folded
        self.heading.setAccessibleDescription(_("Folded") if self._folded else _("Open"))
        self.heading.update()
