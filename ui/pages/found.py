"""The page *Search*: all that is found in records, notes, names of documents, subjects of mails (VT-41, VT-44)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from channergy_crm.language import _, ngettext
from channergy_crm.services import global_search, search_writing
from ui.look import theme
from ui.pages.page import PlainPage
from ui.search import lines as search_lines
from ui.search.results import Line, SearchResults
from ui.session.searcher import Searcher
from ui.session.within import project_name
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.fields import LineField
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.global_search import Group, Hit
    from channergy_crm.services.search_writing import Writing
    from channergy_crm.store.reader import Reader
    from ui.session.session import Session

MOST = 200
"""of one record type"""
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
Found = tuple["Sequence[Group]", "Sequence[Writing]"]


def look(reader: Reader, text: str, by: str, project: int | None) -> Iterator[Found]:
    """The records first; what is written beside them when that has been looked through, too."""
    groups: Sequence[Group] = []
    for groups in global_search.find(reader, text, by, project, MOST):
        yield groups, []
    yield groups, search_writing.find(reader, text, by)


class FoundPage(PlainPage):
    """A line to type into, *Find*, and below it everything by kinds; Enter or a click opens."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._text, self._request, self._count = session, "", 0, 0
        self._searcher = Searcher(session.office, look, self)
        self._searcher.found.connect(self._found)
        self._searcher.failed.connect(self._failed)
        session.closing.connect(self._searcher.end)
        theme.stand_on(self, "base")
        self.line = named(LineField(self), "found.text", _("What to find"))
        self.line.setPlaceholderText(_("A name, a company, digits of a phone, #12, words of a note"))
        self.line.setClearButtonEnabled(True)
        self.line.returnPressed.connect(self._enter)
        find = named(Button(_("Find"), self), "found.find", _("Find"))
        find.loud()
        find.clicked.connect(lambda: self.look_for(self.line.text()))
        self._said = Remark("", self)
        self._said.setObjectName("found.said")
        self.list = calm(named(SearchResults(self), "found.list", _("Search results")))
        self.list.setFrameShape(SearchResults.Shape.NoFrame)
        self.list.picked.connect(self._take)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.line, 1)
        head.addWidget(find)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 0)
        column.addLayout(head)
        column.addWidget(self._said)
        column.addWidget(self.list, 1)
        self.list.show()
        self._show([], [])

    def look_for(self, text: str) -> None:
        """Look for this from now on."""
        self._text = text.strip()
        if self.line.text() != text:
            self.line.setText(text)
        if not self._text:
            self._show([], [])
            return
        self._said.setText(_("Looking for “{text}”…").format(text=self._text))
        self._request = self._searcher.request(self._text, self._session.by, self._session.project)

    def _found(self, number: int, found: Found, last: bool) -> None:
        if number == self._request and (last or found[0]):
            self._show(*found, last=last)

    def _failed(self, number: int, text: str) -> None:
        if number == self._request:
            self._said.setText(text)

    def _show(self, groups: Sequence[Group], writings: Sequence[Writing], *, last: bool = True) -> None:
        shown = [
            line for group in groups for line in search_lines.of_group(group, self._text, self, self._open, self._list)
        ]
        shown += search_lines.of_writings(writings, self._text, self, self._come_to)
        self._count = sum(line.run is not None for line in shown)
        self.list.show_lines(shown)
        self._said.setText(self._sentence(last))
        self.tell_window()

    def _sentence(self, last: bool) -> str:
        if not self._text:
            return _("Type what you look for; everything you may see in the office is looked through.")
        if not self._count:
            nothing, looking = _("Nothing matches “{text}”."), _("Looking for “{text}”…")
            return (nothing if last else looking).format(text=self._text)
        return self.standing()

    def standing(self) -> str:
        """How much was found, for what, and in which project."""
        if not self._text:
            return ""
        said = ngettext("{count:,} found for “{text}”", "{count:,} found for “{text}”", self._count)
        told = said.format(count=self._count, text=self._text)
        return " · ".join(part for part in (told, project_name(self._session)) if part)

    def _open(self, hit: Hit) -> None:
        place = self._session.attempt(lambda: global_search.destination(hit, self._session.by))
        if place is not None:
            self._session.go_to(*place)

    def _come_to(self, writing: Writing) -> None:
        place = self._session.attempt(lambda: writing.at.opened_at(writing.key, writing.title))
        if place is not None:
            self._session.go_to(*place)

    def _list(self, _screen: str) -> None:
        """There are more of one kind than are shown: another word narrows them."""
        self.take_focus()

    def _take(self, line: Line | None) -> None:
        if line is not None and line.run is not None:
            line.run()

    def _enter(self) -> None:
        """Enter finds what is typed; once it is found, it opens what is chosen."""
        if self.line.text().strip() == self._text and self._count:
            self._take(self.list.chosen())
        else:
            self.look_for(self.line.text())

    # The page

    def take_focus(self) -> None:
        """The keys go to the line."""
        self.line.setFocus()

    def show_target(self, what: str, key: object) -> None:
        """Come here with a text."""
        self.look_for(str(key or ""))
        self.take_focus()

    def refresh(self) -> None:
        self.look_for(self._text)

    def filter_line(self) -> QLineEdit:
        return self.line

    def parts(self) -> Sequence[QWidget]:
        return [self.line]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move in what was found while the cursor stays in the line."""
        if (step := STEPS.get(Qt.Key(event.key()))) is not None:
            self.list.step(step)
        else:
            super().keyPressEvent(event)
