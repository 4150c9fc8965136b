"""Settings as a page: topics with a search at the left, one topic at the right, saved as changed (F-54)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.icons import icon
from ui.setup.settings_rows import TopicPage
from ui.setup.settings_topics import TopicList
from ui.setup.whole_page import WholePage
from ui.widgets.controls import ScrollBar
from ui.widgets.dialog import named, scrolling
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QAction, QKeyEvent, QPaintEvent, QResizeEvent

    from ui.areas import Topic
    from ui.session.chosen import Chosen

SIDE, WIDE = 240, 1440
"""pixels: the topics, and a page that has room for them beside a topic that takes the whole page"""


class FindLine(LineField):
    """Where a setting is looked for; the arrow leads into the list, Enter to the first that is found."""

    def __init__(self, found: TopicList, parent: QWidget) -> None:
        super().__init__(parent)
        self._found = found
        named(self, "settings.find", _("Find a setting"))
        self.setPlaceholderText(_("Find a setting"))
        self.setClearButtonEnabled(True)
        sign: QAction = self.addAction(icon("search", self), LineField.ActionPosition.LeadingPosition)
        sign.setEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._found.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._found.open_current()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class SettingsPage(QWidget):
    """What can be set, by topic. `topics` is asked whenever an area may have come or gone."""

    def __init__(self, chosen: Chosen, topics: Callable[[], Sequence[Topic]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen, self._ask, self._by = chosen, topics, chosen.session.by
        self._built: dict[str, QScrollArea] = {}
        self.setObjectName("settings.page")
        self._side = Side(self)
        self.turning = self.topics = TopicList(self._side)
        self._find = FindLine(self.topics, self._side)
        self._stack = QStackedWidget(self)
        self._side.hold(self._find, self.topics)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self._stack, 1)
        self._find.textChanged.connect(lambda: self._list())
        self.topics.turned.connect(self._show)
        self.topics.opened.connect(self._come_to)
        chosen.changed.connect(self._look)
        self._list()

    # ---------------------------------------------------------------- what the window asks of a page

    @property
    def widget(self) -> QWidget:
        """What is put into the window."""
        return self

    def first_look(self, *, whole: bool) -> None:
        """There is nothing to read before."""

    def activate(self) -> None:
        """Somebody looks at this page, maybe another operator."""
        if self._by != self._chosen.session.by:
            self._by = self._chosen.session.by
            for area in self._built.values():
                self._stack.removeWidget(area)
                area.deleteLater()
            self._built.clear()
            self._show(self.topics.current())
        self._look()

    def leave(self) -> bool:
        """What is chosen is stored; what cannot be stays where it was typed."""
        for topic in self._pages():
            topic.finish()
        return True

    def take_focus(self) -> None:
        """The keys go to the topics."""
        self.topics.setFocus()

    def show_target(self, what: str, key: object) -> None:
        """To a topic or to a setting, by name."""
        self._find.clear()
        for topic in self._ask():
            names = {topic.name, f"settings.{topic.name}", *(part.name for part in topic.parts)}
            if key in names:
                self.topics.come_to(topic.name)
                self._come_to(topic.name, str(key))
                return
        self.take_focus()

    def tick(self) -> None:
        """Nothing here follows the clock."""

    def standing(self) -> str:
        """Nothing has to be saved."""
        return _("Settings · saved as you change them")

    def lists(self) -> Sequence[Any]:
        """No lists of records."""
        return []

    def main_list(self) -> None:
        """No list."""

    def panels(self) -> Sequence[Any]:
        """No record."""
        return []

    def take_up(self, panel: object, key: object, values: dict[str, object]) -> None:
        """Nothing is typed here that could be left over."""

    # ---------------------------------------------------------------- topics

    def _pages(self) -> list[TopicPage]:
        whole = [page for area in self._built.values() if (page := area.widget()) is not None]
        return [each for page in whole for each in (page, *page.findChildren(TopicPage)) if isinstance(each, TopicPage)]

    def _list(self) -> None:
        self.topics.fill(self._ask(), self._find.text())

    def _look(self) -> None:
        if [topic.name for topic in self._ask()] != self.topics.names and not self._find.text():
            self._list()
        for page in self._pages():
            page.look()

    def _show(self, name: str) -> None:
        topic = next((each for each in self._ask() if each.name == name), None)
        if topic is None:
            return
        self.leave()
        if name not in self._built:
            page = topic.build(self)
            if isinstance(page, WholePage):
                page.others.turned.connect(self.topics.come_to)
            self._built[name] = area = scrolling(page)
            area.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, area))
            area.setObjectName(f"settings.topic.{name}")
            self._stack.addWidget(area)
        self._stack.setCurrentWidget(self._built[name])
        self._make_room()

    def _make_room(self) -> None:
        """A topic that takes the whole page has it where there is little room; the others stand before its title."""
        area = self._stack.currentWidget()
        page = area.widget() if isinstance(area, QScrollArea) else None
        narrow = isinstance(page, WholePage) and self.width() < theme.px(WIDE, self)
        self._side.setVisible(not narrow)
        if isinstance(page, WholePage):
            page.stand_alone(self._ask() if narrow else (), self.topics.current())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _come_to(self, name: str, part: str) -> None:
        """The keyboard goes to that part of a topic, or to the first of it."""
        self._show(name)
        area = self._built[name]
        page = area.widget()
        if page is None:
            return
        if (bring_up := getattr(page, "bring_up", None)) is not None:
            bring_up(part)
        found = [page, *page.findChildren(QWidget)]
        named_so = [each for each in found if each.objectName() == part and not each.isHidden()]
        within = [*named_so, *(each for one in named_so for each in one.findChildren(QWidget))]
        for each in (*within, *found):
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled() and each.isVisibleTo(page):
                each.setFocus(Qt.FocusReason.OtherFocusReason)
                area.ensureWidgetVisible(each, 50, 80)
                return
        self.take_focus()


class Side(QWidget):
    """Where the topics stand: its own ground, and a line to the page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "side")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 1, 0)
        self._column.setSpacing(8)

    def hold(self, find: QWidget, topics: QWidget) -> None:
        """The search above, the topics below."""
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        line.addWidget(find)
        self._column.addLayout(line)
        self._column.addWidget(topics, 1)
        self.setFixedWidth(theme.px(SIDE, self))

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters, wider topics."""
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self.setFixedWidth(theme.px(SIDE, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = QRectF(self.width() - 1, 0, 1, self.height())
        paint.begin(self).fillRect(edge, theme.colour(self, "line"))
