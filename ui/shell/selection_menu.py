"""Open Selection Menu: every area, page and place of the program on one sheet, found by typing (VT-43, VT-30)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence

from channergy_crm.language import N_, _, closing
from channergy_crm.text.folding import fold
from ui.look.icons import icon
from ui.search.results import Line, SearchResults
from ui.shell import settings_tab
from ui.shell.menu import AFTER_THE_SALE, FILES, MARKETING, SELLING, SET_UP, TOOLS, WINDOW
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LineField
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QKeyEvent

    from ui.screen import Command
    from ui.shell.menu import Menu

DAILY, BASICS = N_("Every day"), N_("Set up")
GROUPS = (
    (SELLING, WINDOW),
    (SELLING, SELLING),
    (MARKETING, MARKETING),
    (AFTER_THE_SALE, AFTER_THE_SALE),
    (BASICS, SET_UP),
    (FILES, FILES),
    (TOOLS, TOOLS),
)
NO_PLACE = ("refresh", "selection_menu")  # unsaid: names of commands
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}


class Way(NamedTuple):
    """One place one can go: its group, its name, what is said behind it, its sign, its key, and what goes there."""

    group: str
    name: str
    detail: str
    sign: str
    key: str
    run: Callable[[], object]


def ways(menu: Menu) -> list[Way]:
    """Everything somebody can go to in this window, by groups, in the order of the sheet."""
    return [*_pages(menu), *_commands(menu), *_topics(menu)]


def _pages(menu: Menu) -> Iterator[Way]:
    """The tabs that are always there."""
    keys = {command.name: command.key for command in menu.commands}
    for tab in menu.window.tabs.declared:
        if not tab.closable:
            key = keys.get(f"go_to_{tab.name}", "")
            yield Way(DAILY, tab.title, "", tab.icon, key, partial(menu.window.go_to, tab.name))


def _commands(menu: Menu) -> Iterator[Way]:
    for title, group in GROUPS:
        for command in menu.commands:
            if command.group == group and command.name not in NO_PLACE:
                yield _way(title, command, menu)


def _way(title: str, command: Command, menu: Menu) -> Way:
    return Way(title, command.label, "", command.icon, command.key, partial(menu.run, command.name))


def _topics(menu: Menu) -> Iterator[Way]:
    """What can be set, topic by topic."""
    for topic in settings_tab.topics(menu):
        run = partial(settings_tab.open_at, menu, topic.name)
        yield Way(BASICS, topic.title, _("Settings"), topic.icon, "", run)


class SelectionMenu(Dialog):
    """Typing narrows, Up and Down move, Enter goes; a click goes too."""

    def __init__(self, offered: Sequence[Way], menu: Menu) -> None:
        super().__init__("selection", _("Open Selection Menu"), menu.window, menu.session.station, size=(520, 600))
        self._window = menu.window
        order = [DAILY, *dict(GROUPS)]
        self._ways = sorted(offered, key=lambda way: order.index(way.group))
        self._filter = self.named(LineField(self), "filter", _("Where to?"))
        self._filter.setPlaceholderText(_("Where to?"))
        self._filter.setClearButtonEnabled(True)
        self._list = self.named(SearchResults(self), "list", _("Areas and pages"))
        self._filter.textChanged.connect(self._narrow)
        self._list.picked.connect(self._take)
        self.body.addWidget(self._filter)
        self.body.addWidget(self._list, 1)
        calm(self._list)
        self._list.show()
        self.finish_with(None, self.button("close", closing(), "Esc"))  # unsaid: a key
        self._narrow("")
        self._filter.setFocus()

    def _narrow(self, typed: str) -> None:
        words, lines, last = fold(typed).split(), list[Line](), ""
        for way in self._ways:
            text = fold(f"{way.name} {way.detail} {_(way.group)}")
            if not all(word in text for word in words):
                continue
            if way.group != last:
                lines.append(Line(_(way.group), heading=True))
                last = way.group
            lines.append(Line(way.name, way.detail, _key(way.key), icon(way.sign, self), run=way.run))
        self._list.show_lines(lines or [Line(_("Nothing is called so."))])

    def _take(self, line: Line | None) -> None:
        if line is not None and line.run is not None:
            self.accept()
            QTimer.singleShot(0, self._window, line.run)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys move in the list while the cursor stays in the line."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self._list.step(STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focusWidget() is self._filter:
            self._take(self._list.chosen())
        else:
            super().keyPressEvent(event)


def _key(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
