"""What opens to the side in the menu of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtGui import QAction, QIcon

from ui.look.icons import icon
from ui.look.plain import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu


class Submenu(NamedTuple):
    """An entry that opens to the side; it is filled when somebody comes to it, for the marked records."""

    title: Callable[[], str]
    sign: str
    fill: Callable[[QMenu, list[Any]], object]


def offer_entry(menu: QMenu, text: str, what: Callable[[], object], *, name: str = "", sign: str = "") -> QAction:
    """One more entry of an open menu, named after it."""
    entry = QAction(icon(sign, menu) if sign else QIcon(), unmarked(text), menu)
    entry.setObjectName(f"{menu.objectName()}.{name}" if name else "")
    entry.triggered.connect(lambda: what())
    menu.addAction(entry)
    return entry
