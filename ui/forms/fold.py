"""A part under the fields of a record that reads nothing before somebody opens it: its notes, what is linked to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from ui.forms.sections import SectionHead

if TYPE_CHECKING:
    from collections.abc import Callable

SETTLED_MS = 50
NOTES, EVERYTHING = N_("Notes"), N_("More information")


class Fold(QWidget):
    """The head, and under it what `make` makes when it is opened first. Open or folded, it is remembered.

    What it makes has a `list`, is shown a record (`show_record`), reads what belongs to it (`reload`), and tells when
    it has (`filled`).
    """

    def __init__(self, panel: Any, word: str, title: str, inside: str, make: Callable[[QWidget], Any]) -> None:
        super().__init__(panel)
        self._panel, self._station, self._make = panel, panel.session.station, make
        self._memory = f"{panel.prefix}.folded.{title}"
        self._folded = bool(self._station.recall(self._memory, True))
        self._made: Any = None
        self._wanted = False
        self.heading = head = SectionHead(self)
        head.setObjectName(f"{panel.prefix}.section_{word}")
        head.setAccessibleName(_(title))
        head.setText(_(title))
        head.folds, head.inside = True, inside
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

    @property
    def view(self) -> Any:
        """What stands in it, made when it is asked for first."""
        if self._made is None:
            self._made = self._make(self)
            self._made.list.scroll_by_itself(False)
            self._made.setVisible(not self._folded)
            self._made.filled.connect(self._come)
            self._column.addWidget(self._made)
            self._made.show_record(self._panel.record)
        return self._made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It is seen again."""
        if event.type() == QEvent.Type.Show and self._panel.isVisible():
            self.look()
        return False

    def look(self) -> None:
        """Another record is open, or the same one as it is now."""
        if not self._folded and self._panel.isVisible():  # else as soon as somebody sees it
            self.view.show_record(self._panel.record)

    def open(self) -> None:
        """Open it, and bring the keyboard into it."""
        if self._folded:
            self._toggle()
        self._wanted = True
        self.view.show_record(self._panel.record)
        self.view.reload()

    def _come(self) -> None:
        if not self._wanted:
            return
        self._wanted = False
        self._take_focus()
        for wait in (0, SETTLED_MS):  # what is above may still be laid out
            QTimer.singleShot(wait, self, self._scroll_here)

    def _take_focus(self) -> None:
        if not self.view.list.isHidden():
            self.view.list.setFocus()

    def _scroll_here(self) -> None:
        body, form = self._panel.form.widget(), self._panel.form
        if body is not None:
            form.verticalScrollBar().setValue(self.mapTo(body, QPoint(0, 0)).y() - 4)

    def _toggle(self) -> None:
        self._folded = not self._folded
        self._station.remember(self._memory, self._folded)
        self._fold()
        if not self._folded:
            self.view.show_record(self._panel.record)
            self.view.reload()  # somebody waits for it

    def _fold(self) -> None:
        if self._made is not None:
            self._made.setVisible(not self._folded)
        self.heading.folded = self._folded
        self.heading.setAccessibleDescription(_("Folded") if self._folded else _("Unfolded"))
        self.heading.update()


def notes_of(panel: Any) -> Fold:
    """The fold with the notes on the record that is open."""

    def make(parent: QWidget) -> Any:
        from ui.more.notes import NotesView

        return NotesView(panel.session, parent, name=panel.prefix)

    return Fold(panel, "notes", NOTES, _("what stands in no field"), make)


def everything_of(panel: Any) -> Fold:
    """The fold with what is linked to the record that is open (VT-93, VT-97)."""

    def make(parent: QWidget) -> Any:
        from ui.more.view import MoreInformation

        view = MoreInformation(panel.session, parent, name=panel.prefix)
        view.note_wanted.connect(lambda: (panel.noted.open(), panel.noted.view.add_note()))
        view.new_wanted.connect(lambda group: panel.linked_wanted.emit(view, group))
        return view

    return Fold(panel, "more_information", EVERYTHING, _("what is linked to it; make and link more"), make)
