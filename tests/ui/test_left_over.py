"""An item of a layout that Qt has thrown away is noticed after every test; here it is seen that it would be."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tests.ui.left_over import left_over


def test_a_row_filled_before_it_is_in_its_place_keeps_what_is_gone(qtbot: Any) -> None:
    host = QWidget()
    host.setObjectName("host")
    button = QPushButton("Press", host)
    row = QHBoxLayout()
    row.addWidget(button)
    column = QVBoxLayout(host)
    column.addLayout(row)
    assert left_over() == []
    shiboken6.delete(button)
    assert left_over() == ["host"]
    shiboken6.delete(host)
    assert left_over() == []


def test_a_row_filled_in_its_place_keeps_nothing(qtbot: Any) -> None:
    host = QWidget()
    button = QPushButton("Press", host)
    column = QVBoxLayout(host)
    row = QHBoxLayout()
    column.addLayout(row)
    row.addWidget(button)
    shiboken6.delete(button)
    assert left_over() == []
    shiboken6.delete(host)
