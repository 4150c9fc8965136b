"""What looks like a slip and would be taken as it is: what is meant is chosen here, for all rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from channergy_crm.language import N_, _, ngettext
from ui.editors.for_kind import lookup_choices
from ui.look.plain import as_tip
from ui.look.theme import colour
from ui.transfer.wizard.fields import ChoiceDelegate
from ui.transfer.wizard.setup import Sheet, lay_out
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.titled_rows import TitledRows

if TYPE_CHECKING:
    from channergy_crm.transfer.importing.checking import Checked
    from channergy_crm.transfer.importing.spelling import Slip

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE, FLAG = Qt.ItemDataRole, Qt.ItemFlag
TITLES = (N_("Field"), N_("In the file"), N_("Is taken as"), N_("Why"))


class Slips(TitledRows):
    """One value a row; those that were decided stay, to be decided anew."""

    said = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(TITLES, view)
        self.checked: Checked | None = None
        self._by = ""

    def show(self, checked: Checked, by: str) -> None:
        """Show these, with the earlier ones that were decided."""
        replaced = checked.plan.replaced
        decided = [slip for slip in self.rows if slip.text in replaced.get(slip.name, ())]
        self.checked, self._by = checked, by
        self.show_rows(sorted({(slip.name, slip.text): slip for slip in (*checked.outcome.slips, *decided)}.values()))

    def open_ones(self) -> list[int]:
        """The rows for which something is suggested that nobody has taken yet."""
        return [row for row, slip in enumerate(self.rows) if slip.meant and self._taken(slip) == slip.text]

    def _taken(self, slip: Slip) -> str:
        held = self.checked.plan.replaced.get(slip.name, {}) if self.checked else {}
        return held.get(slip.text, slip.text)

    def choices(self, index: AnyIndex) -> list[tuple[str, str]]:
        """As it is, what is suggested, or any value of the list."""
        slip = self.rows[index.row()]
        kind = self.checked.plan.record.kind(slip.name) if self.checked else None
        listed = [text for _value, text in lookup_choices(kind, self._by)] if kind and kind.list_key else []
        others = list(dict.fromkeys([*([slip.meant] if slip.meant else []), *listed]))
        same = _("{text} (as it is)").format(text=slip.text)
        return [(slip.text, same), *((text, text) for text in others if text != slip.text)]

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        able = FLAG.ItemIsSelectable | FLAG.ItemIsEnabled
        return able | FLAG.ItemIsEditable if index.column() == 2 else able

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> object:
        slip = self.rows[index.row()]
        taken = self._taken(slip)
        if role == ROLE.EditRole:
            return taken
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole):
            label = self.checked.plan.record.kind(slip.name).label if self.checked else ""
            text = (label, slip.text, taken, slip.sentence)[index.column()]
            return as_tip(text) if role == ROLE.ToolTipRole else text
        if role == ROLE.ForegroundRole and index.column() > 1:
            return colour(self._view, "done" if taken != slip.text and index.column() == 2 else "muted")
        return None

    def setData(self, index: AnyIndex, value: object, role: int = ROLE.EditRole) -> bool:
        slip = self.rows[index.row()]
        if self.checked is None or not value or value == self._taken(slip):
            return False
        self.checked.take_as(slip.name, slip.text, str(value))
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), len(TITLES) - 1))
        self.said.emit()
        return True


class SlipsPage(QWidget):
    """The values, and a button that takes every suggestion."""

    said = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = Sheet("import.slips", _("What looks like a slip"), self)
        self._sheet.setItemDelegate(ChoiceDelegate("import.slips", self._sheet))
        self.model = Slips(self._sheet)
        self._sheet.setModel(self.model)
        for place, width in enumerate((150, 200, 220)):
            self._sheet.setColumnWidth(place, width)
        self._sheet.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self._about = named(Remark("", self), "import.about_slips", _("About these values"))
        take = _("Take all suggestions")
        self._all = named(Button(take, self), "import.take_suggestions", take)
        self._all.setAutoDefault(False)
        self._all.clicked.connect(self._take_all)
        lay_out(self, self._sheet, self._about, self._all)
        self.model.said.connect(self._changed)

    def show_checked(self, checked: Checked, by: str) -> None:
        """Show what looks like a slip."""
        at = self._sheet.currentIndex().row()
        self.model.show(checked, by)
        if self.model.rows:
            self._sheet.setCurrentIndex(self.model.index(min(max(at, 0), len(self.model.rows) - 1), 2))
        none = _("Nothing in this file looks like a slip.")
        some = _("These values are taken as they are, unless you say what is meant; the preset remembers it.")
        self._about.say(some if self.model.rows else none, "muted")
        self._tell()

    def _tell(self) -> None:
        count = len(self.model.open_ones())
        self._all.setText(ngettext("Take the suggestion", "Take all {count:,} suggestions", count).format(count=count))
        self._all.setVisible(bool(count))

    def _changed(self) -> None:
        self._tell()
        self.said.emit()

    def _take_all(self) -> None:
        for row in self.model.open_ones():
            self.model.setData(self.model.index(row, 2), self.model.rows[row].meant)
        self._sheet.setFocus()

    def settle(self) -> None:
        """Take over what stands in an open cell."""
        self._sheet.settle()
