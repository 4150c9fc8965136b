"""`python -m tests.cut_texts [LANGUAGE …] [--text PERCENT]`: every text that is cut or still English, and where it is.

Every view, tab, topic of the settings and the dialogs that the commands open, at the usual sizes of a screen, over the
sample office whose own words are Greek: whatever stands there in Latin letters is a text of ours. Reported is
 · a label, button, box, tab, title of a group or of a column that has less room than its words need,
 · painted words that have less room than they need and are not shortened with “…”,
 · words shortened with “…” whose whole no tip says,
 · a word that our English texts have and those of the language have not.
The last line counts them. Without a language all there are are looked at.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QDeadlineTimer, QLocale, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QGroupBox,
    QLabel,
    QTabBar,
    QTabWidget,
    QWidget,
)

from channergy_crm import language
from channergy_crm.settings import LANGUAGE, Station
from tests import translations
from tests.ui.every_view import VIEWS, go, sample_office, shown
from tests.ui.pseudo import FOLDERS, MARKUP, in_greek, stored_names, texts
from tests.ui.test_every_widget import cut, inner, path
from tests.ui.test_german_window import NAMES, OF_A_TABLE, PUT_IN
from ui.application import speak
from ui.look import theme
from ui.shell import settings_tab
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.shell.window import MainWindow

SIZES = {"960x700": QSize(960, 628), "1280x1024": QSize(1280, 952), "1440x900": QSize(1440, 828)}
"""screens, and what the bar of the title and that of the tasks leave of them"""
DIALOGS = (
    "main.lookups", "main.fields", "main.operators", "main.keys", "main.imports", "main.find_duplicates",
    "main.results", "leads.export", "leads.search_list", "leads.set_field", "leads.reassign", "leads.merge",
    "leads.put_on_list", "leads.keep_view",
)  # fmt: skip
"""commands that ask or tell something in a dialog"""
WHOLE = (QAbstractButton, QLabel, QTabBar, QGroupBox)
"""what is never shortened"""
CODES = re.compile(r"\b(?:system|light|dark|high_light|high_dark|Esc|\w+=\d+|main\.py \w+)\b")
"""what is typed into a setting as it is, and a key"""
WORDS = re.compile(r"[^\W\d_]{3,}")
OTHERS = {"maps"}
"""a name"""
JOURNAL = "settings.history"
"""the names that the office gave its rules and templates stand in its cells"""
PATIENCE_MS = 1_500
"""for what is read beside the window's thread and changes its layout"""
SOME = 1.5
"""pixels by which letters may stand out of their room, as Qt rounds"""


class Found(NamedTuple):
    """A text with something wrong about it."""

    where: str
    what: str
    text: str


class Painted:
    """Listens to what is painted: words that have no room, and words that were shortened."""

    def __init__(self) -> None:
        self.cut: dict[tuple[str, str], str] = {}
        self.shortened: dict[tuple[str, str], str] = {}
        self._short: dict[str, str] = {}

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While this is open every word that Python paints is heard."""
        draw, shorten, at = QPainter.drawText, QFontMetrics.elidedText, self

        def drawn(painter: QPainter, *told: Any) -> Any:
            at.heard(painter, told)
            return draw(painter, *told)

        def shortened(metrics: QFontMetrics, text: str, *told: Any) -> str:
            said = shorten(metrics, text, *told)
            if said != text:
                at._short[said] = text
            return said

        QPainter.drawText, QFontMetrics.elidedText = drawn, shortened  # type: ignore[method-assign,assignment]
        try:
            yield
        finally:
            QPainter.drawText, QFontMetrics.elidedText = draw, shorten  # type: ignore[method-assign]

    def heard(self, painter: QPainter, told: tuple[Any, ...]) -> None:
        """Somebody paints words into a room."""
        holder = painter.device()
        if len(told) < 3 or not isinstance(told[0], QRect | QRectF) or not isinstance(holder, QWidget):
            return
        room, flags, text = told[0].toRect() if isinstance(told[0], QRectF) else told[0], int(told[1]), str(told[2])
        if not text or "\n" in text:
            return
        if (whole := self._short.get(text)) is not None:
            if not _told(holder, whole):
                self.shortened[path(holder), whole] = f"{text} ({'painted'})"
            return
        metrics = painter.fontMetrics()
        if flags & Qt.TextFlag.TextWordWrap:
            needs = metrics.boundingRect(QRect(0, 0, room.width(), 9_999), flags, text)
            if needs.height() > room.height() + SOME:
                self.cut[path(holder), text] = f"painted, has {room.height()} of {needs.height()} in height"
            return
        if metrics.horizontalAdvance(text) > room.width() + SOME and not flags & Qt.TextFlag.TextDontClip:
            self.cut[path(holder), text] = f"painted, has {room.width()} of {metrics.horizontalAdvance(text)}"
        elif room.height() and metrics.ascent() > room.height() + SOME:
            self.cut[path(holder), text] = f"painted, has {room.height()} of {metrics.ascent()} in height"


def _told(widget: QWidget, whole: str) -> bool:
    """Whether a tip of the widget, or of what it stands in, says all of it; rows and their cells say it themselves."""
    part: QWidget | None = widget
    while part is not None:
        if whole in part.toolTip() or isinstance(part, QAbstractItemView):  # of rows and headings it is asked there
            return True
        part = part.parentWidget()
    return False


def places(window: MainWindow, *, whole: bool = True) -> Iterator[str]:
    """Every place of the window, one after the other: views, tabs that come on demand with their parts, topics."""
    for view in VIEWS:
        go(window, view)
        yield view
    for tab in window.tabs.on_demand if whole else ():
        if tab.name == settings_tab.TAB:
            continue
        window.go_to(tab.name)
        QApplication.processEvents()
        page = window.tabs.currentWidget()
        parts = [each for each in page.findChildren(QTabWidget) if each.isVisible()]
        yield tab.name
        for held in parts[:1]:
            for part in range(1, held.count()):
                held.setCurrentIndex(part)
                QApplication.processEvents()
                yield f"{tab.name}.{part}"
        window.tabs.close_tab(window.tabs.currentIndex())
    menu = window.findChild(Menu)
    assert menu is not None
    for topic in settings_tab.topics(menu):
        settings_tab.open_at(menu, topic.name)
        QApplication.processEvents()
        yield f"settings.{topic.name}"


def cut_in(window: QWidget, where: str, painted: Painted) -> Iterator[Found]:
    """What is cut off in a window once all that was asked for beside it has come and is laid out."""
    patience = QDeadlineTimer(PATIENCE_MS)
    QApplication.processEvents()
    found = list(_cut_now(window, where, painted))
    while found and not patience.hasExpired():
        QApplication.processEvents()
        found = list(_cut_now(window, where, painted))
    yield from found


def _cut_now(window: QWidget, where: str, painted: Painted) -> Iterator[Found]:
    """Widget by widget, and as it is painted."""
    QApplication.processEvents()
    painted.cut.clear()
    painted.shortened.clear()
    window.repaint()
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not inner(widget) and (why := cut(widget) or _short_title(widget)):
            yield Found(where, path(widget), why)
    for (widget_at, text), why in painted.cut.items():
        yield Found(where, widget_at, f"“{text}” {why}")
    for (widget_at, text), why in painted.shortened.items():
        yield Found(where, widget_at, f"“{text}” is shortened: {why}")


def _short_title(widget: QWidget) -> str:
    if isinstance(widget, QGroupBox) and widget.title():
        wants = widget.fontMetrics().horizontalAdvance(widget.title())
        return f"“{widget.title()}” has {widget.width()} of {wants}" if widget.width() < wants else ""
    return ""


def words(text: str) -> list[str]:
    """The words of a text in small letters, in whichever letters, without what is put in."""
    for apart in (MARKUP, FOLDERS, PUT_IN, OF_A_TABLE):
        text = apart.sub(" ", text)
    return [word.lower() for word in WORDS.findall(text)]


class English:
    """What is still English in a window of another language."""

    def __init__(self, code: str, office: str) -> None:
        self._stored, self._only = stored_names(office), set[str]()
        if code in (language.ENGLISH, language.PSEUDO):
            return
        english, other = set[str](), set[str]()
        for message in translations.catalogue(code):
            many = isinstance(message.id, tuple)
            english |= {word for text in (message.id if many else [message.id]) for word in words(text)}
            other |= {word for text in (message.string if many else [message.string]) for word in words(text)}
        place, short = QLocale(code), QLocale.FormatType.ShortFormat
        months = {word for month in range(1, 13) for word in words(place.monthName(month, short))}
        self._only = english - other - NAMES - OTHERS - months
        self._left = cache(self._look)

    def _look(self, text: str, *, may_be_stored: bool) -> str:
        """The words of a text that are ours and English alone."""
        if not self._only.intersection(words(text)) or (may_be_stored and text in self._stored):
            return ""
        text = CODES.sub("", text)
        for name in self._stored:
            text = text.replace(name, "") if len(name) > 3 else text
        return ", ".join(sorted(self._only.intersection(words(text))))

    def left_in(self, window: QWidget, where: str) -> Iterator[Found]:
        """Every text with a word of ours that is English alone."""
        if not self._only:
            return
        for kind, text in dict.fromkeys((kind, text) for kind, text, _widget in texts(window)):
            if (where, kind) == (JOURNAL, "cell"):
                continue
            if left := self._left(text, may_be_stored=kind in ("cell", "choice", "hint")):
                yield Found(where, kind, f"“{text}” is English: {left}")


def looked_at(
    app: QApplication, url: str, code: str, sizes: dict[str, QSize], *, whole: bool = True, percent: int = 100
) -> Iterator[tuple[str, Found]]:  # fmt: skip
    """Everything that is wrong in one language: one window, made smaller and larger. Not `whole` without the dialogs
    and the tabs that come on demand.
    """
    painted, english = Painted(), English(code, url)
    Station().set(LANGUAGE, code)
    speak(app, code)
    theme.text_size(app, percent)
    try:
        with shown(url, "ANN") as window, painted.listening():
            for number, (name, size) in enumerate(sizes.items()):
                window.resize(size)
                QApplication.processEvents()
                for where in places(window, whole=whole):
                    if window.size() != size:
                        yield name, Found(where, "window", f"does not get smaller than {window.size().toTuple()}")
                        window.resize(size)
                    yield from ((name, found) for found in cut_in(window, where, painted))
                    if not number:
                        yield from ((name, found) for found in english.left_in(window, where))
            if whole:
                yield from (("dialog", found) for found in _dialogs(window, painted, english))
    finally:
        theme.text_size(app, 100)
        speak(app, language.ENGLISH)


def _dialogs(window: MainWindow, painted: Painted, english: English) -> Iterator[Found]:
    from PySide6.QtCore import QTimer

    go(window, "leads")
    grid: Any = window.findChild(QAbstractItemView, "leads.grid")
    for action in [each for each in window.findChildren(QAction) if each.objectName() in DIALOGS]:
        grid.mark([0, 1])
        found: list[Found] = []

        def look(where: str = action.objectName(), found: list[Found] = found) -> None:
            for dialog in window.findChildren(QDialog):
                if dialog.isVisible():
                    QApplication.processEvents()
                    found += [*cut_in(dialog, where, painted), *english.left_in(dialog, where)]
                    dialog.done(0)

        once = QTimer(window)
        once.timeout.connect(look)
        once.start(60)
        action.trigger()
        for _again in range(20):
            QApplication.processEvents()
        once.stop()
        yield from found


def main(arguments: list[str]) -> int:
    """Look at the languages that are named, or at all of them."""
    percent = int(arguments.pop(arguments.index("--text") + 1)) if "--text" in arguments else 100
    codes = [each for each in arguments if not each.startswith("-")] or [*language.languages(), language.PSEUDO]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["LANGUAGE"] = language.ENGLISH
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        url = sample_office(Path(folder))
        in_greek(url)
        wrong = 0
        for code in codes:
            held = dict.fromkeys((found, size) for size, found in looked_at(app, url, code, SIZES, percent=percent))
            for found, size in held:
                print(f"{code} {size} {found.where}: {found.what}: {found.text}")
            print(f"{code}: {len(held)}")
            wrong += len(held)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
