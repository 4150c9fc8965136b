"""The search box in the header: everything the office holds and everything the program can do (VT-44, VT-45, BX-17)."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from channergy_crm.language import N_, _
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.wording import key_name
from ui.screen import Command
from ui.search.find_verb import FindVerb
from ui.search.recent import recent, remember
from ui.session.within import project_name
from ui.widgets.fields import LineField
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.services.global_search import Group, Hit
    from ui.search.commands import Findable
    from ui.search.results import Line, SearchResults
    from ui.session.background import Progress
    from ui.session.searcher import Searcher
    from ui.session.session import Session

TYPING_PAUSE_MS = 25
SECONDS_PREPARED = 60
WHAT_CAN_BE_TYPED = N_(
    "Type a name, a company, digits of a phone, #12, a command such as “new lead”, or a setting such as “dark”."
)

SEARCH = Command("search", "Search and commands", lambda box: box.begin(), "search", "Ctrl+K")


class SearchBox(LineField):
    """Finds while it is typed; Enter opens the record or runs the command, Esc goes back to the page."""

    def __init__(self, session: Session, window: Any) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._results: SearchResults | None = None
        self._searcher: Searcher | None = None
        self._request, self._came, self._enter_waits, self._everywhere = 0, False, False, False
        self._groups: list[Group] = []
        self.settings: Callable[[], Sequence[Findable]] = list
        """what can be set"""
        self.tags: Callable[[], Sequence[Findable]] = list
        """the tags, each leading to what wears it"""
        self._prepared: float | None = None
        self.setObjectName("main.search")
        self.setAccessibleName(SEARCH.label)
        self.setPlaceholderText(SEARCH.label)
        self.key = key_name(SEARCH.key)
        self.setToolTip(as_tip(_(WHAT_CAN_BE_TYPED)))
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(theme.px(460, self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addAction(icon("search", self), QLineEdit.ActionPosition.LeadingPosition)
        self.find_verb = FindVerb(self, session)
        self._pause = later(self, self._look, TYPING_PAUSE_MS)
        self.textEdited.connect(self._typed)
        self.textChanged.connect(lambda text: None if text else self._emptied())
        session.operator_changed.connect(self.leave)
        window.installEventFilter(self)
        self._add_key()

    def _add_key(self) -> None:
        action = QAction(self._window)
        action.setShortcut(QKeySequence(SEARCH.key))
        action.triggered.connect(lambda: SEARCH.run(self))
        self._window.addAction(action)

    def begin(self) -> None:
        """Ctrl+K: type here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._typed()

    def leave(self) -> None:
        """Done: the box is empty again and the results are gone."""
        self._pause.stop()
        self._enter_waits = self._everywhere = False
        if self._searcher is not None:
            self._searcher.stop()
        self._hide()
        self.clear()

    # Looking

    def results(self) -> SearchResults:
        """The list under the box, made when it is first needed."""
        if self._results is None:
            from ui.search.results import SearchResults

            self._results = SearchResults(self._window)
            self._results.picked.connect(self._take, Qt.ConnectionType.QueuedConnection)  # the click first
        return self._results

    def _typed(self) -> None:
        self._came = False
        self._enter_waits = False
        if self.text().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._groups = []
            from ui.search import lines as search_lines

            self._show_lines(
                [
                    *search_lines.of_recent(recent(self._session), self, self._again),
                    search_lines.remark(_(WHAT_CAN_BE_TYPED)),
                ]
            )

    def _emptied(self) -> None:
        """The cross in the box was pressed."""
        if self._results is not None and self._results.isVisible():
            self._typed()

    def _look(self, *, everywhere: bool = False) -> None:
        """Look for what is typed; `everywhere` in all projects and outside of any, until the box is left."""
        self._everywhere = self._everywhere or everywhere
        self._came = self._came and not everywhere
        if self._searcher is None:
            from channergy_crm.services import global_search
            from ui.session.searcher import Searcher

            self._searcher = Searcher(self._session.office, global_search.find, self)
            self._session.closing.connect(self._searcher.end)
            self._searcher.found.connect(self._found)
            self._searcher.failed.connect(self._failed)
        project = None if self._everywhere else self._session.project
        self._request = self._searcher.request(self.text(), self._session.by, project)

    def _found(self, number: int, groups: list[Group], last: bool) -> None:
        if number != self._request or not self.hasFocus() or not self.text().strip():
            return
        if groups is not self._groups or (last and not self._came):
            self._groups = groups
            if groups or last:
                self._show_groups()
                self._came = True
        if self._enter_waits and self._came:
            self._enter_waits = False
            self._take(self.results().chosen())

    def _failed(self, number: int, text: str) -> None:
        if number == self._request:
            self._session.notices.warn(text)

    # Showing

    def _show_groups(self) -> None:
        from ui.search import commands
        from ui.search import lines as search_lines

        text = self.text()
        offers = commands.offers(text, self._window, self._session)
        likely = [offer for offer in offers if commands.leads_with(offer, text)]
        unlikely = [offer for offer in offers if offer not in likely]
        records = [
            line for group in self._groups for line in search_lines.of_group(group, text, self, self._open, self._list)
        ]
        settings = commands.settings_found(text, self.settings, self._window)
        tags = commands.settings_found(text, self.tags, self._window, "tag")
        lines = [
            *search_lines.of_offers(likely, self._run), *search_lines.of_tags(tags, self._run),
            *records, *search_lines.of_offers(unlikely, self._run),
            *search_lines.of_settings(settings, self._run),
        ]  # fmt: skip
        within = "" if self._everywhere else project_name(self._session)
        self._show_lines([
            *(lines or [search_lines.nothing(text)]),
            *search_lines.of_project(within, self, partial(self._look, everywhere=True)),
        ])  # fmt: skip

    def _show_lines(self, lines: Sequence[Line]) -> None:
        results = self.results()
        before = results.chosen() if self._came and results.isVisible() else None
        results.show_lines(lines)
        if before is not None:
            same = [row for row, line in enumerate(lines) if (line.text, line.detail) == (before.text, before.detail)]
            results.setCurrentRow(same[0]) if same else None
        if self.hasFocus():
            results.stand_under(self)

    # Taking

    def _take(self, line: Line | None) -> None:
        if line is not None and line.run is not None:
            line.run()

    def _open(self, hit: Hit) -> None:
        from channergy_crm.services import global_search

        remember(self._session, self.text().strip())
        self.leave()
        place = self._session.attempt(lambda: global_search.destination(hit, self._session.by))
        if place is not None:
            self._session.go_to(*place)

    def _list(self, screen: str) -> None:
        """The list with this filter: its page is open then."""
        text, window = self.text().strip(), self._window
        remember(self._session, self.text().strip())
        self.leave()
        for place in range(window.tabs.count()):
            if window.tabs.widget(place).objectName() == f"{screen}.page":
                window.tabs.setCurrentIndex(place)
        for table in window.tables_shown()[:1]:
            table.search.setText(text)

    def _run(self, offer: Any) -> None:
        self.leave()
        self._give_back()
        QTimer.singleShot(0, self, offer.run)

    def _again(self, text: str) -> None:
        self.setText(text)
        self._typed()

    def _give_back(self) -> None:
        """The focus goes back to the page."""
        self.clearFocus()
        for table in self._window.tables_shown()[:1]:
            table.grid.setFocus()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, results = event.key(), self._results
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and results is not None:
            results.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text().strip() and not self._came:
                self._enter_waits = True  # what is typed is still being looked for
            elif results is not None and results.isVisible():
                self._take(results.chosen())
        elif key == Qt.Key.Key_Escape:
            self.leave()
            self._give_back()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.prepare()
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self._typed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._results is not None and self._results.isVisible():
            self._results.stand_under(self)
        elif event.type() == QEvent.Type.Close and self._searcher is not None:
            self._searcher.close()
        return super().eventFilter(watched, event)

    def _hide(self) -> None:
        if self._results is not None:
            self._results.hide()

    def prepare(self) -> None:
        """Make ready what the suite wrote meanwhile, beside the window."""
        if self._prepared is not None and monotonic() - self._prepared < SECONDS_PREPARED:
            return
        self._prepared = monotonic()

        def prepare(progress: Progress) -> int:
            from channergy_crm.services import search_text
            from channergy_crm.services.rights import Program

            by = Program.ITSELF
            return search_text.prepare(by, progress.step) if search_text.waiting(by) else 0

        self._session.work(prepare, label=_("Preparing the search"))
