"""A chart with its head: what it shows, what is to say about it, *Copy as table*, and a line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.widgets.controls import IconButton
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from ui.charts.chart import Chart


class Panel(QWidget):
    """One place of the page."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.title = Label(title, self)
        self.title.setFont(theme.section(self.font()))
        self.about = Label("", self)
        self.about.muted()
        self.about.setFont(theme.small(self.font()))
        self.below = Remark("", self)
        self.below.setObjectName(f"{name}.below")
        self.below.hide()
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.head.addWidget(self.about)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 8, 16, 8)
        self.column.setSpacing(4)
        self.column.addLayout(self.head)

    def hold(self, *charts: Chart) -> None:
        """These charts, of which one is seen, and the button that copies that one."""
        self._charts = charts
        copy = named(IconButton(self), f"{self._name}.copy", _("Copy as table"))
        copy.setIcon(icon("copy", copy))
        copy.setToolTip(as_tip(_("Copy as table")))
        copy.clicked.connect(self._copy)
        self.head.addWidget(copy)
        for chart in charts:
            self.column.addWidget(chart, 1)
        self.column.addWidget(self.below)
        self.column.addStretch(0)

    def _copy(self) -> None:
        for chart in self._charts:
            if not chart.isHidden():
                chart.copy()
