"""A page as text: every widget somebody can see, from top to bottom, with what it says and whether it can be used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from ui.timeline.latest import Latest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 4
CLOCK = re.compile(r"(Local time</span> <span[^>]*>)\d\d:\d\d")
TAGS = re.compile(r"<[^>]*>|&nbsp;")


def text_of(window: QWidget) -> str:
    """The snapshot of a window, one widget to a line."""
    return "".join(f"{line}\n" for line in _lines(window, 0))


def _lines(widget: QWidget, depth: int) -> Iterator[str]:
    children = [child for child in widget.children() if isinstance(child, QWidget) and child.isVisible()]
    children = [child for child in children if not isinstance(child, Latest)]  # read a moment later, beside the window
    children.sort(key=lambda child: (child.y(), child.x()))
    for child in children:
        said = _said(child)
        named = child.objectName() and not child.objectName().startswith("qt_")
        if named or said:
            off = "" if child.isEnabled() or not child.parentWidget().isEnabled() else "  (off)"
            yield f"{'  ' * depth}{child.objectName() if named else '·'}{'  ' + said if said else ''}{off}"
        if isinstance(child, QAbstractItemView):
            yield from _rows(child, depth + 1)
        elif not isinstance(child, QLineEdit | QComboBox | QHeaderView | QPlainTextEdit):
            yield from _lines(child, depth + 1 if named or said else depth)


def _said(widget: QWidget) -> str:  # noqa: PLR0911
    if isinstance(widget, QLabel):
        masked = CLOCK.sub(r"\g<1>--:--", widget.text())
        return " ".join(TAGS.sub(" ", masked).split())
    if isinstance(widget, QCheckBox):
        return f"[{'x' if widget.isChecked() else ' '}] {widget.text()}".rstrip()
    if isinstance(widget, QAbstractButton):
        return f"[{widget.text() or widget.accessibleName()}]"
    if isinstance(widget, QComboBox):
        return f"<{widget.currentText()}>"
    if isinstance(widget, QLineEdit):
        return f"‹{widget.text()}›"
    if isinstance(widget, QPlainTextEdit):
        return f"‹{' / '.join(widget.toPlainText().splitlines())}›"
    if isinstance(widget, QTabBar):
        return " | ".join(
            f"*{widget.tabText(place)}*" if place == widget.currentIndex() else widget.tabText(place)
            for place in range(widget.count())
        )
    return ""


def _rows(view: QAbstractItemView, depth: int) -> Iterator[str]:
    model = view.model()
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount())
    yield "  " * depth + " | ".join(str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns)
    for row in range(min(ROWS, model.rowCount())):
        yield "  " * depth + " | ".join(str(model.index(row, column).data() or "") for column in columns)
    if model.rowCount() > ROWS:
        yield "  " * depth + f"… {model.rowCount():,} rows"
