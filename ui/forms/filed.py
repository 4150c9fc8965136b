"""The documents of the record that is open, folded away under its fields (SI-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.incoming.files import is_mail
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Document
from channergy_crm.services.timeline import documents
from ui.forms.fold import Fold
from ui.widgets.drops import dropped_files
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.timeline.documents import Shown
    from channergy_crm.work import Done
    from ui.documents.view import DocumentsView

TITLE = N_("Documents")
NAMED = 3
"""documents whose names stand beside the fold"""
SOON_MS = 150


class Filed(Fold):
    """The fold; beside it stands what is inside, also while it is folded; files may be dropped on the record."""

    def __init__(self, panel: Any) -> None:
        super().__init__(panel, "documents", TITLE, "", self._documents)
        self._session, self._asked = panel.session, 0
        self._soon = later(self, self._look_inside, SOON_MS)
        self._session.done.connect(self._heard)
        panel.form.viewport().installEventFilter(self)
        for target in (panel, panel.form.viewport()):
            target.setAcceptDrops(True)

    def _documents(self, parent: QWidget) -> DocumentsView:
        from ui.documents.view import DocumentsView

        made = DocumentsView(self._session, parent, name=self._panel.prefix)
        made.working.added.connect(lambda _number: self._open())
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It is seen again; or files are dropped on the record, as long as one is open."""
        super().eventFilter(watched, event)
        record = self._panel.record
        if record is None or record.is_new:
            return False
        return dropped_files(event, self._take)

    def _take(self, paths: Sequence[str]) -> None:
        from ui.documents.taking import files

        if all(is_mail(path) for path in paths):  # they stand on the timeline, with what came along as documents
            self._session.filing_wanted.emit(paths, self._panel.record)
            return
        self.view.show_record(self._panel.record)
        self.view.add(files(paths))

    def look(self) -> None:
        """Another record is open, or the same one as it is now."""
        if self._folded and self._panel.isVisible():
            self._soon.start()
        super().look()

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
            failed=lambda _error: self._say(""), progress=False, asker=self,
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

    def _come(self) -> None:
        self._tell(self.view.found)
        super()._come()

    def _take_focus(self) -> None:
        (self.view.list if self.view.found else self.view.add_button).setFocus()

    def _open(self) -> None:
        if self._folded:
            self._toggle()
