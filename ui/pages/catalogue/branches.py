"""The categories as a tree over the list of products, each with its count, for the arrow keys (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.widgets.controls import IconButton
from ui.widgets.dialog import Plain, named, offer
from ui.widgets.views import HEIGHT, calm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.products.categories import Branch

MOST_ROWS, ALL_OPEN = 7, 12
"""rows that are seen at once; so many branches are all open at first"""
INDENT = 14
PATH = Qt.ItemDataRole.UserRole
NAME, COUNT = range(2)


class Branches(QWidget):
    """Which category the list shows. Left closes, Right opens, F2 calls it otherwise, Enter goes to the list."""

    chosen = Signal()
    rename_wanted = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._closed: set[str] | None = None
        self._quiet = False
        self.tree = named(calm(QTreeWidget(self)), "products.branch", _("Category"))
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setIndentation(theme.px(INDENT, self))
        self.tree.setUniformRowHeights(True)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(COUNT, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.viewport().setAutoFillBackground(False)
        self.rename = named(IconButton(self), "products.rename_category", _("Rename the category"))
        self.rename.setIcon(icon("edit", self.rename))
        self.rename.setToolTip(as_tip(_("Call the category otherwise (F2)")))
        head = QHBoxLayout()
        head.addWidget(Plain(_("Categories"), self), 1)
        head.addWidget(self.rename)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.tree)
        self.rename.clicked.connect(lambda _checked=False: self.rename_wanted.emit())
        self.tree.currentItemChanged.connect(lambda _now, _before: self._chosen())
        self.tree.itemExpanded.connect(lambda _item: self._fit())
        self.tree.itemCollapsed.connect(lambda _item: self._fit())
        self.tree.installEventFilter(self)

    @property
    def path(self) -> str:
        """The category that is shown; nothing for all."""
        held = self.tree.currentItem()
        return str(held.data(NAME, PATH) or "") if held is not None else ""

    def show_all(self, branches: Sequence[Branch], count: int, path: str) -> None:
        """Show these categories, and stand on one that is still there; so many products there are in all."""
        self._remember(branches)
        self._quiet = True
        self.tree.clear()
        self._items = {"": self._made(_("All categories"), "", count, None)}
        for each in branches:
            above = self._items.get(each.path.removesuffix(each.name).rstrip(" >"))
            self._items[each.path] = self._made(each.name, each.path, each.products, above if each.depth else None)
        for each_path, item in self._items.items():
            item.setExpanded(bool(item.childCount()) and each_path not in (self._closed or ()))
        self.tree.setCurrentItem(self._items.get(path, self._items[""]))
        self._quiet = False
        self.setVisible(bool(branches))
        self._fit()
        self._tell()

    def choose(self, path: str) -> None:
        """Stand on this category."""
        self.tree.setCurrentItem(self._items.get(path, self._items[""]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F2 renames, Enter goes to the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        if event.key() == Qt.Key.Key_F2 and self.path:
            self.rename_wanted.emit()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return True
        return False

    def _remember(self, branches: Sequence[Branch]) -> None:
        """Which are closed: as somebody left them; at first those inside others, where there are many."""
        if self._closed is None:
            self._closed = {each.path for each in branches} if len(branches) > ALL_OPEN else set()
        else:
            known = {path for path, item in self._items.items() if path and item.childCount()}
            self._closed -= known
            self._closed |= {path for path in known if not self._items[path].isExpanded()}

    def _made(self, name: str, path: str, count: int, above: QTreeWidgetItem | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([name, f"{count:,}"])
        item.setData(NAME, PATH, path)
        item.setSizeHint(NAME, QSize(0, theme.px(HEIGHT - 2, self)))
        item.setTextAlignment(COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(NAME, as_tip(path or name))
        said = ngettext("{name}, {count:,} product", "{name}, {count:,} products", count).format(name=name, count=count)
        item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, said)
        if above is None:
            self.tree.addTopLevelItem(item)
        else:
            above.addChild(item)
        return item

    def _fit(self) -> None:
        """As tall as what is open, up to a few rows."""
        if self._quiet or not self._items:
            return
        rows, item = 0, self.tree.topLevelItem(0)
        while item is not None and rows < MOST_ROWS:
            rows, item = rows + 1, self.tree.itemBelow(item)
        self.tree.setFixedHeight(rows * theme.px(HEIGHT - 2, self) + 2)

    def _chosen(self) -> None:
        if not self._quiet:
            self._tell()
            self.chosen.emit()

    def _tell(self) -> None:
        offer(self.rename, "" if self.path else _("Choose a category first."))
