"""A topic of Settings that takes the whole page; where there is little room the other topics stand before its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label
from ui.widgets.dialog import named
from ui.widgets.fields import ComboBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.areas import Topic


class OtherTopics(ComboBox):
    """The topics as a drop-down, for a page that leaves them no room at its side."""

    turned = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "settings.other_topics", _("Topics"))
        self.setVisible(False)
        self.activated.connect(lambda place: self.turned.emit(self.itemData(place)))

    def fill(self, topics: Sequence[Topic], current: str) -> None:
        """All of them, this one chosen."""
        self.clear()
        for topic in topics:
            self.addItem(icon(topic.icon, self), topic.title, topic.name)
        self.setCurrentIndex(self.findData(current))


class WholePage(QWidget):
    """A head with the title, to which a part may add something, and below it all the room there is."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(0)
        self.head = QHBoxLayout()
        self.lines.addLayout(self.head)
        self.head.setContentsMargins(24, 6, 12, 6)
        self.head.setSpacing(12)
        self.others = OtherTopics(self)
        self._title = Label(title, self)
        self._title.setFont(theme.title(self.font()))
        self.head.addWidget(self.others)
        self.head.addWidget(self._title)

    def stand_alone(self, topics: Sequence[Topic], current: str) -> None:
        """There is no room for the topics at the side: they stand before the title, which they say already."""
        self.others.setVisible(bool(topics))
        self._title.setVisible(not topics)
        if topics:
            self.others.fill(topics, current)
