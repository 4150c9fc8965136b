"""Help to be read: the topics with a search at the left, the page beside them, back and forward (VT-13)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm import language
from channergy_crm.language import _
from channergy_crm.text import help_pages
from channergy_crm.text.help_pages import DOES
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.wording import key_name
from ui.pages.help.text import HelpText
from ui.pages.help.topics import Topics
from ui.setup.rights.part import Column
from ui.widgets.controls import IconButton
from ui.widgets.dialog import Remark, named
from ui.widgets.fields import LineField
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIDE, SOON_MS = 250, 120
"""pixels of the topics; milliseconds after typing"""
BACK, ON = QKeySequence.StandardKey.Back, QKeySequence.StandardKey.Forward
PRINT = QKeySequence.StandardKey.Print


class HelpView(QWidget):
    """`keys_of` says which keys matter on a page, each with what it does; `prints` puts the page on paper, where
    that can be done.
    """

    wanted = Signal(str)
    """something is to be done in the program: the name of a command, or `settings/` and a topic"""
    turned = Signal(str)
    """another page is read: its name"""

    def __init__(
        self, name: str, keys_of: Callable[[str], Sequence[tuple[str, str]]], parent: QWidget | None = None, *,
        prints: Callable[[HelpView], object] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._name, self._keys_of, self._prints = name, keys_of, prints
        self._been: list[str] = []
        self._at = -1
        theme.stand_on(self, "base")
        self._side = Column(SIDE, self, "side", "right")
        self._side.lines.setContentsMargins(0, 10, 1, 0)
        self.line = named(LineField(self._side), f"{self._name}.find", _("Find in the help"))
        self.line.setPlaceholderText(_("Find in the help"))
        self.line.setClearButtonEnabled(True)
        self.topics = named(Topics(self._side), f"{self._name}.topics", _("Topics"))
        self._nothing = named(Remark("", self._side), f"{self._name}.nothing", _("About what was found"))
        self._nothing.setContentsMargins(12, 4, 12, 0)
        self._nothing.say("")
        self.text = named(HelpText(self), f"{self._name}.text", _("Page of help"))
        self._lay_out()
        self._soon = later(self, self._look, SOON_MS)
        self.line.textChanged.connect(lambda _typed: self._soon.start())
        self.topics.chosen.connect(self.show_page)
        self.text.followed.connect(self.follow)
        for part in (self.line, self.topics):
            part.installEventFilter(self)
        self.topics.show_all()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 0)
        line.addWidget(self.line)
        self._side.lines.addLayout(line)
        self._side.lines.addWidget(self._nothing)
        self._side.lines.addWidget(self.topics, 1)
        tools = QHBoxLayout()
        tools.setContentsMargins(16, 8, 12, 0)
        tools.setSpacing(2)
        self._back = self._tool("back", "previous", _("Back"), BACK, partial(self.go, -1))
        self._on = self._tool("forward", "next", _("Forward"), ON, partial(self.go, 1))
        tools.addWidget(self._back)
        tools.addWidget(self._on)
        tools.addStretch(1)
        tools.addWidget(self._tool("copy", "copy", _("Copy the page"), None, self.copy))
        if self._prints is not None:
            tools.addWidget(self._tool("print", "print", _("Print the page"), PRINT, self.print_page))
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(tools)
        right.addWidget(self.text, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(right, 1)

    def _tool(
        self, word: str, sign: str, said: str, key: QKeySequence.StandardKey | None, deed: Callable[[], object]
    ) -> IconButton:
        button = named(IconButton(self), f"{self._name}.{word}", said)
        button.setIcon(icon(sign, button))
        pressed = key_name(QKeySequence(key).toString()) if key is not None else ""
        button.setToolTip(as_tip(f"{said} ({pressed})" if pressed else said))
        button.clicked.connect(lambda: deed())
        return button

    # ---------------------------------------------------------------- pages

    @property
    def shown(self) -> str:
        """The name of the page that is read."""
        return self._been[self._at] if self._been else ""

    def show_page(self, name: str) -> None:
        """Read this page; what was read before is a step back."""
        if name != self.shown:
            del self._been[self._at + 1 :]
            self._been.append(name)
            self._at = len(self._been) - 1
        self._read()

    def go(self, by: int) -> None:
        """Back to the page that was read before, or forward again."""
        if 0 <= self._at + by < len(self._been):
            self._at += by
            self._read()

    def _read(self) -> None:
        page = help_pages.page(self.shown)
        foreign = page.language != language.in_use() and language.in_use() != language.PSEUDO
        note = _("This page is not there in your language yet; it is in English.") if foreign else ""
        self.text.show_page(page, self._keys_of(page.name), note, self.line.text())
        self.topics.come_to(page.name)
        self._back.setEnabled(self._at > 0)
        self._on.setEnabled(self._at < len(self._been) - 1)
        self.turned.emit(page.name)

    def follow(self, link: str) -> None:
        """A link: to a page, or to something in the program."""
        if link.startswith(DOES):
            self.wanted.emit(link.removeprefix(DOES))
        elif link in help_pages.names():
            self.show_page(link)

    def _look(self) -> None:
        """Keep the topics with what is typed, and show the best of them."""
        typed = self.line.text().strip()
        found = help_pages.find(typed, [help_pages.page(name) for name in help_pages.names()]) if typed else []
        if not typed:
            self.topics.show_all()
            self._read()
        elif found:
            self.topics.show_found(found)
            self.show_page(found[0].page.name)
        else:
            self.topics.show_found([])
        self._nothing.say(_("Nothing about that is written here.") if typed and not found else "")

    def copy(self) -> None:
        """What is marked, or all of the page."""
        marked = self.text.textCursor().selectedText().replace("\u2029", "\n")
        QGuiApplication.clipboard().setText(marked or self.text.toPlainText())

    def print_page(self) -> None:
        """As it will come out first; from there to a printer or into a file."""
        if self._prints is not None:
            self._prints(self)

    # ---------------------------------------------------------------- keys

    def take_focus(self) -> None:
        """The keys go to the line; the arrows turn the topics from there."""
        self.line.setFocus()
        self.line.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        """Another language is spoken."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._been:
            self._look()

    def event(self, event: QEvent) -> bool:
        """Back, forward and printing mean the page of help while somebody is in it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._deed(event):
            event.accept()
            return True
        return super().event(event)

    def _deed(self, event: QKeyEvent) -> Callable[[], object] | None:
        if event.matches(PRINT) and self._prints is not None:
            return self.print_page
        by = -1 if event.matches(BACK) else 1 if event.matches(ON) else 0
        return partial(self.go, by) if by and 0 <= self._at + by < len(self._been) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (deed := self._deed(event)) is not None:
            deed()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """In the line Up and Down turn the topics, the page keys the page; Enter goes into the page, Esc empties it."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key, bar, line = Qt.Key(event.key()), self.text.verticalScrollBar(), watched is self.line
        if (deed := self._deed(event)) is not None:
            deed()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and line:
            bar.setValue(bar.value() + (bar.pageStep() if key == Qt.Key.Key_PageDown else -bar.pageStep()))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.topics.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.text.setFocus()
        elif key == Qt.Key.Key_Escape and line and self.line.text():
            self.line.clear()
        else:
            return False
        return True
