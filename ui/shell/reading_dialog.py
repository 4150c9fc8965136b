"""What the program says of itself to those who run it, what is new, and on what it runs (VT-38)."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QTextEdit

from channergy_crm import __version__, resources
from channergy_crm.language import N_, _, closing
from channergy_crm.text.chapters import Chapter, chapters
from channergy_crm.text.folding import fold
from ui.look import theme
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LineField, TextArea

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session

_MAKERS = "Run it|Run the tests|Where things are|Add a record type|Where this differs from"  # unsaid: of the README
FOR_MAKERS = tuple(_MAKERS.split("|"))
"""how the chapters of the README begin that are not about working with the program"""
RUNS_ON = N_("This program")


def readme_dialog(session: Session, parent: QWidget) -> Reading:
    """What the README says to those who run the program: commands, servers, backups."""
    about = [each for each in chapters(resources.text("README.md")) if not each.title.startswith(FOR_MAKERS)]
    return Reading("readme", _("For administrators"), about, session, parent)


def release_dialog(session: Session, parent: QWidget) -> Reading:
    """The versions, the newest first, and what this one runs on."""
    told = chapters(resources.text("CHANGELOG.md"))
    return Reading("whats_new", _("What is new"), [*told, Chapter(_(RUNS_ON), runs_on(session))], session, parent)


def runs_on(session: Session) -> str:
    """The version of the program and of what it stands on: what support asks first."""
    engine = session.attempt(session.office.engine_version) or "–"
    lines = [
        ("Channergy CRM", __version__),  # unsaid: a name
        ("Python", platform.python_version()),  # unsaid: a name
        ("Qt", qVersion()),  # unsaid: a name
        (_("Database"), engine),
        (_("System"), platform.platform()),
    ]
    return "\n".join(f"{name}\t{value}" for name, value in lines)


class Reading(Dialog):
    """Topics at the left, the one that is read beside them. What is typed keeps the topics in which it stands."""

    def __init__(
        self, name: str, title: str, told: Sequence[Chapter], session: Session, parent: QWidget
    ) -> None:  # fmt: skip
        super().__init__(name, title, parent, session.station, size=(860, 620))
        self._told = list(told)
        self.line = self.named(LineField(self), "find", _("Find in all topics"))
        self.line.setPlaceholderText(_("Find in all topics"))
        self.line.setClearButtonEnabled(True)
        self.topics = self.named(QListWidget(self), "topics", _("Topics"))
        self.topics.setFrameShape(QFrame.Shape.NoFrame)
        self.topics.setFixedWidth(theme.px(220, self))
        self.topics.setWordWrap(True)
        self.topics.setSpacing(3)
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page = self.named(TextArea(self), "page", title)
        self.page.setReadOnly(True)
        self.page.setTabStopDistance(theme.px(150, self))
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.topics)
        across.addWidget(self.page, 1)
        self.body.addWidget(self.line)
        self.body.addLayout(across, 1)
        close, copy = self.button("close", closing(), "Esc"), self.button("copy", _("Copy"))  # unsaid: a key
        copy.clicked.connect(self._copy)
        row = self.finish_with(None, close)
        row.addButton(copy, row.ButtonRole.ActionRole)
        self.line.textChanged.connect(lambda _typed: self._narrow())
        self.topics.currentRowChanged.connect(lambda _row: self._read())
        self._narrow()
        self.line.setFocus()

    def _words(self) -> list[str]:
        return fold(self.line.text()).split()

    def _narrow(self) -> None:
        """Keep the topics with all of these words, those that are called so first."""
        words, called = self._words(), self.topics.currentItem().text() if self.topics.currentItem() else ""
        self._held = [each for each in self._told if all(word in fold(f"{each.title} {each.text}") for word in words)]
        if words:
            self._held.sort(key=lambda each: not all(word in fold(each.title) for word in words))
        self.topics.blockSignals(True)
        self.topics.clear()
        self.topics.addItems([each.title for each in self._held])
        same = [at for at, each in enumerate(self._held) if each.title == called]
        self.topics.setCurrentRow(same[0] if same and not words else 0 if self._held else -1)
        self.topics.blockSignals(False)
        self._read()

    def _read(self) -> None:
        """Show the topic, come to the first of the words and mark every one."""
        at = self.topics.currentRow()
        shown = self._held[at].text if 0 <= at < len(self._held) else _("Nothing about that is written here.")
        self.page.setPlainText(shown)
        marks = [mark for word in self._words() for mark in self._marked(word)]
        self.page.setExtraSelections(marks)
        if marks:
            first = min((mark.cursor for mark in marks), key=QTextCursor.selectionStart)
            first.clearSelection()
            self.page.setTextCursor(first)
            self.page.centerCursor()

    def _marked(self, word: str) -> list[QTextEdit.ExtraSelection]:
        found, cursor = list[QTextEdit.ExtraSelection](), QTextCursor(self.page.document())
        while not (cursor := self.page.document().find(word, cursor)).isNull():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format.setBackground(theme.colour(self, "soft"))
            found.append(mark)
        return found

    def _copy(self) -> None:
        """What is marked, or all of the topic."""
        marked = self.page.textCursor().selectedText().replace("\u2029", "\n")
        QGuiApplication.clipboard().setText(marked or self.page.toPlainText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down turn the topics, the page keys the page, while the cursor stays in the line."""
        key, bar = Qt.Key(event.key()), self.page.verticalScrollBar()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.topics.count():
            step = 1 if key == Qt.Key.Key_Down else -1
            self.topics.setCurrentRow(max(0, min(self.topics.currentRow() + step, self.topics.count() - 1)))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            bar.setValue(bar.value() + (bar.pageStep() if key == Qt.Key.Key_PageDown else -bar.pageStep()))
        else:
            super().keyPressEvent(event)
