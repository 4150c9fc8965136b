"""What a pair of eyes finds on the screen: what is filled, what can be scrolled sideways, which colours are there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QMenu, QWidget

from tests.ui.test_every_widget import cut, inner, path
from ui.look import theme
from ui.widgets.controls import LOUD, Button, Pill, Tag
from ui.widgets.summary import Tile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.look.theme import Theme

GROUNDS = ("base", "side", "chrome", "tile", "idle", "hover")
FEW = 0.0005
"""of all the pixels: what the smooth edges of letters hit by accident"""


def seen(window: QWidget) -> Iterator[QWidget]:
    """Everything that stands on the screen and is not covered by something else."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window.window() and not inner(widget):
            yield widget


def loud(window: QWidget) -> list[Button]:
    """The buttons that would be filled if they could be pressed."""
    buttons = [widget for widget in seen(window) if isinstance(widget, Button)]
    return [button for button in buttons if button.look == LOUD and not button.visibleRegion().isEmpty()]


def filled(window: QWidget) -> list[str]:
    """The buttons that are filled now."""
    return [button.objectName() for button in loud(window) if button.isEnabled()]


def sideways(window: QWidget) -> list[str]:
    """What can be scrolled to the side."""
    areas = [area for area in window.findChildren(QAbstractScrollArea) if area.isVisible()]
    return [path(area) for area in areas if area.horizontalScrollBar().maximum() > area.horizontalScrollBar().minimum()]


def unread(window: QWidget) -> list[str]:
    """What does not say all it has to say, and why."""
    return [f"{path(widget)}: {why}" for widget in seen(window) if (why := cut(widget) or _short(widget))]


def _short(widget: QWidget) -> str:
    """Of what only we have: facts, pills, tags, and the name of a record, which is whole on as many lines as needed."""
    has, wants = widget.width(), 0
    if isinstance(widget, Tile):
        wants = widget.sizeHint().width()
    elif isinstance(widget, Pill | Tag):
        wants = widget.sizeHint().width() if not isinstance(widget, Tag) or widget.text() else 0
    elif isinstance(widget, QLabel) and widget.objectName().endswith("summary_name") and not widget.wordWrap():
        wants = widget.fontMetrics().horizontalAdvance(widget.text())
    return f"it has {has} of {wants}" if has < wants else ""


def colours(window: QWidget) -> Counter[str]:
    """Every colour of a window, and on how many pixels it is."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(picture.constBits()).cast("I"))
    return Counter({QColor(pixel).name(): count for pixel, count in counted.items() if count > 9})


def strange_grounds(window: QWidget, strange: Theme) -> list[tuple[str, int]]:
    """The grounds of another theme that are in the picture, and on how many pixels."""
    found = colours(window)
    few = FEW * sum(found.values())
    return [(name, found[getattr(strange, name)]) for name in GROUNDS if found[getattr(strange, name)] > few]


def strange_inks(window: QWidget, worn: Theme) -> list[str]:
    """Labels that speak in a colour of another theme; what stands over everything else wears the other one."""
    wrong = []
    for label in seen(window):
        if isinstance(label, QLabel) and label.text():
            own = theme.theme_of(label)
            ink = label.palette().color(label.foregroundRole()).name()
            if ink not in own or (own is not worn and not _over(label)):
                wrong.append(f"{path(label)}: {ink}")
    return wrong


def _over(widget: QWidget) -> bool:
    return widget.objectName().startswith("notices.")


def focus() -> str:
    """Where the keys go; "" when that is nowhere somebody can see."""
    held = QApplication.focusWidget()
    return (held.objectName() or type(held).__name__) if held is not None and held.isVisible() else ""


def close_menus() -> None:
    """What dropped down goes."""
    while isinstance(popup := QApplication.activePopupWidget(), QMenu):
        popup.close()
