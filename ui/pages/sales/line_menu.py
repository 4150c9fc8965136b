"""What can be done with the line somebody stands on, in a menu that says the keys for it (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from ui.look.plain import unmarked
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

READS = (("describe", N_("Longer text…"), "Shift+Enter"), ("copy", N_("Copy"), "Ctrl+C"))
CHANGES = (
    ("paste", N_("Paste lines"), "Ctrl+V"), ("up", N_("Move up"), "Alt+Up"), ("down", N_("Move down"), "Alt+Down"),
    ("undo", N_("Undo in the lines"), "Ctrl+Z"), ("add", N_("Add line"), "Ins"), ("remove", N_("Remove line"), "Del"),
)  # fmt: skip


def show(
    grid: QWidget, at: QPoint, deeds: Mapping[str, Callable[[], object]], cannot: Container[str], *, reads: bool
) -> Menu:
    """Show it there, with what can be done by name; `reads`: the lines can only be read."""
    menu = Menu(grid)
    menu.setObjectName(f"{grid.objectName()}.menu")
    menu.aboutToHide.connect(menu.deleteLater)
    for name, words, key in (*READS, *(() if reads else CHANGES)):
        entry = menu.addAction(unmarked(f"{_(words)}\t{key}"))
        entry.setObjectName(f"{menu.objectName()}.{name}")
        entry.setEnabled(name not in cannot)
        entry.triggered.connect(lambda _on=False, deed=deeds[name]: deed())
    menu.popup(at)
    return menu
