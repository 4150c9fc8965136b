"""What Python still holds of layouts whose items Qt has thrown away.

A layout that is filled before it is put into another leaves a Python object for each of its items with the outer one.
When Qt then takes an item away by itself, because its widget goes to another layout or dies, that object stays behind,
and whatever is made later at the same place in memory is taken for it.
"""

from __future__ import annotations

import ctypes
import gc

import shiboken6
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

_alive: set[int] = set()
"""how the memory of an item begins while there is one"""


def left_over() -> list[str]:
    """The widgets whose layout holds an item that is gone."""
    if not _alive:
        _alive.update(_beginnings())
    items = [item for item in shiboken6.getAllValidWrappers() if isinstance(item, QLayoutItem)]
    gone = [item for item in items if not isinstance(item, QLayout) and _beginning(item) not in _alive]
    return [_whose(item) for item in gone]


def _whose(item: QLayoutItem) -> str:
    layouts = [each for each in gc.get_referrers(item) if isinstance(each, QLayout) and shiboken6.isValid(each)]
    return ", ".join(layout.parentWidget().objectName() for layout in layouts) or repr(item)


def _beginning(item: QLayoutItem) -> int:
    place: int = shiboken6.getCppPointer(item)[0]
    return ctypes.c_void_p.from_address(place).value or 0


def _beginnings() -> set[int]:
    host = QWidget()
    row = QHBoxLayout(host)
    row.addWidget(QWidget(host))
    row.addStretch()
    found = {_beginning(row.itemAt(place)) for place in range(row.count())}
    shiboken6.delete(host)
    return found
