"""Menus with rows that are easy to hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMenu, QProxyStyle, QStyle, QStyleFactory, QStyleOptionMenuItem

from ui.look import theme
from ui.widgets.controls import SMALLEST

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QStyleOption, QWidget


class _Rows(QProxyStyle):
    """Fusion, with higher rows. Only menus wear it, so Python is asked nothing while anything else is painted."""

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, /, w: QWidget | None = None
    ) -> QSize:
        wanted = super().sizeFromContents(kind, option, size, w)  # type: ignore[arg-type]
        separator = QStyleOptionMenuItem.MenuItemType.Separator
        if isinstance(option, QStyleOptionMenuItem) and option.menuItemType != separator:
            wanted.setHeight(max(wanted.height(), theme.px(SMALLEST, w)))
        return wanted


def _rows() -> _Rows:
    """One for all menus; it lives as long as the program."""
    app = QApplication.instance()
    assert app is not None  # noqa: S101  menus want a program
    made = app.findChild(_Rows)
    if made is None:
        made = _Rows(QStyleFactory.create("Fusion"))
        made.setParent(app)
    return made


class Menu(QMenu):
    """A menu of the program."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[call-overload]
        self.aboutToShow.connect(self._dress)  # most menus of a window are never opened

    def _dress(self) -> None:
        if not isinstance(self.style(), _Rows):
            self.setStyle(_rows())
