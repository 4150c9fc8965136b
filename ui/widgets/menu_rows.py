"""How the rows of menus are measured."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProxyStyle, QStyleFactory, QStyleOptionMenuItem

from ui.look import theme
from ui.widgets.controls import SMALLEST

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QStyle, QStyleOption, QWidget


class MenuRows(QProxyStyle):
    """Fusion, with higher rows. Only menus wear it, so Python is asked nothing while anything else is painted."""

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, /, w: QWidget | None = None
    ) -> QSize:
        """As Qt has it, but no row is lower than what can be hit."""
        wanted = super().sizeFromContents(kind, option, size, w)  # type: ignore[arg-type]
        separator = QStyleOptionMenuItem.MenuItemType.Separator
        if isinstance(option, QStyleOptionMenuItem) and option.menuItemType != separator:
            wanted.setHeight(max(wanted.height(), theme.px(SMALLEST, w)))
        return wanted


@cache
def menu_rows() -> MenuRows:
    """One for all menus; it lives as long as the program."""
    return MenuRows(QStyleFactory.create("Fusion"))  # unsaid: the name of a style
