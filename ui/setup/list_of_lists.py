"""The lists of the office, found by typing, and the way to begin another one (CH-149…CH-151)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import BY_TABLE
from channergy_crm.text.folding import fold
from ui.editors.base import LineEditor
from ui.look.plain import as_tip
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.fields import LineField
from ui.widgets.views import calm

KEY = Qt.ItemDataRole.UserRole


class ListOfLists(QWidget):
    """A filter line, the lists under it, and *New list…*."""

    chosen = Signal(str, str)
    """Table name and field name of the list the cursor is on."""

    def __init__(self, fields: list[tuple[str, str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._filter = named(LineField(self), "lookups.filter", _("Filter the lists"))
        self._filter.setPlaceholderText(_("Filter the lists"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._narrow)
        self._lists = named(calm(QListWidget(self)), "lookups.lists", _("Lists"))
        self._lists.currentItemChanged.connect(self._choose)
        self._new = named(Button(_("New list…"), self), "lookups.new_list", _("New list…"))
        self._new.clicked.connect(self._begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._filter, self._lists, self._new, self._question()):
            column.addWidget(part)
        for table, field, label in fields:
            self._add(table, field, label)
        self._lists.setCurrentRow(0)
        self.setFocusProxy(self._filter)

    def go_to(self, table: str, field: str) -> None:
        """Choose a list; one that is not there yet is begun."""
        held = [item for item in self._items() if item.data(KEY) == (table, field)]
        item = held[0] if held else self._add(table, field, f"{table}: {field}")
        self._filter.clear()
        self._lists.setCurrentItem(item)

    def announce(self) -> None:
        """Tell which list is chosen, once somebody listens."""
        self._choose()

    def label(self) -> str:
        """What people call the chosen list."""
        item = self._lists.currentItem()
        return item.text() if item is not None else ""

    def _question(self) -> QWidget:
        self._asked = QWidget(self)
        self._table = named(LineEditor(self, suggestions=sorted(BY_TABLE)), "lookups.new_table", _("Table name"))
        self._table.setPlaceholderText(_("Table name, or All"))
        self._field = named(LineEditor(self), "lookups.new_field", _("Field name"))
        self._field.setPlaceholderText(_("Field name"))
        self._make = named(Button(_("Begin this list"), self), "lookups.make_list", _("Begin this list"))
        self._problem = Remark("", self, ink="overdue")
        self._problem.hide()
        column = QVBoxLayout(self._asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Remark(_("Both names exactly as the table has them: upper and lower case count."), self))
        for part in (self._table, self._field, self._problem, self._make):
            column.addWidget(part)
        self._make.clicked.connect(self._make_list)
        for line in (self._table, self._field):
            line.returnPressed.connect(self._make_list)
        self._asked.hide()
        return self._asked

    def _begin(self) -> None:
        self._new.hide()
        self._asked.show()
        self._table.setFocus()

    def _make_list(self) -> None:
        table, field = self._table.value(), self._field.value()
        if not table or not field:
            self._problem.say(_("A list needs the name of a table (All when it goes across tables) and of a field."))
            (self._field if table else self._table).setFocus()
            return
        self._problem.say("")
        self._table.clear()
        self._field.clear()
        self._asked.hide()
        self._new.show()
        self.go_to(table, field)

    def _add(self, table: str, field: str, label: str) -> QListWidgetItem:
        item = QListWidgetItem(label, self._lists)
        item.setData(KEY, (table, field))
        item.setToolTip(as_tip(f"{label} ({table} / {field})"))
        item.setSizeHint(QSize(0, 26))
        return item

    def _items(self) -> list[QListWidgetItem]:
        return [self._lists.item(row) for row in range(self._lists.count())]

    def _narrow(self, typed: str) -> None:
        words = fold(typed).split()
        for item in self._items():
            item.setHidden(not all(word in fold(item.toolTip()) for word in words))
        seen = [item for item in self._items() if not item.isHidden()]
        if seen and self._lists.currentItem() not in seen:
            self._lists.setCurrentItem(seen[0])

    def _choose(self) -> None:
        item = self._lists.currentItem()
        if item is not None:
            self.chosen.emit(*item.data(KEY))
