"""Next and previous record of the list, from inside the record, with the place one is at (BX-18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from channergy_crm.language import _
from ui.lists.row_menu import fill_row_menu
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.look.wording import key_name
from ui.widgets.controls import IconButton
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from channergy_crm.work.record import Record
    from ui.lists.table import RecordTable

MANY = 999


class Steps(QWidget):
    """‹ 12 of 345 › beside a record: works as well while the list itself is folded away."""

    def __init__(self, table: RecordTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table, self._new = table, False
        self._held = ("", "")
        self._place = Label(parent=self)
        self._place.setObjectName(f"{table.name}.place")
        self._place.setFont(theme.small(self.font()))
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        longest = _("{place:,} of {count:,}").format(place=MANY, count=MANY)
        self._place.setMinimumWidth(self._place.fontMetrics().horizontalAdvance(longest))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._back = self._button("previous", _("Previous record"), "Alt+Up", -1)
        self._on = self._button("next", _("Next record"), "Alt+Down", 1)
        self.verbs: list[QAction] = []
        """what else can be done with the record now; it stands first in the menu"""
        self._menu_button = self._more()
        for part in (self._back, self._place, self._on, self._menu_button):
            row.addWidget(part)
        table.grid.selectionModel().currentRowChanged.connect(self._tell)
        table.settled.connect(self._tell)
        self._tell()

    def _button(self, name: str, text: str, key: str, by: int) -> QToolButton:
        button = IconButton(self)
        button.setObjectName(f"{self._table.name}.{name}_record")
        button.setAccessibleName(text)
        button.setToolTip(as_tip(f"{text} ({key_name(key)})"))
        button.setAutoRaise(True)
        button.setIcon(icon(name, button))
        button.clicked.connect(lambda: self._table.step(by))
        return button

    def _more(self) -> IconButton:
        """What can be done with the record, as in the menu of its row (VT-106)."""
        more = IconButton(self)
        more.setObjectName(f"{self._table.name}.more_for_record")
        more.setAccessibleName(_("More for this record"))
        more.setToolTip(as_tip(more.accessibleName()))
        more.setIcon(icon("more", more))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = Menu(more)
        menu.setObjectName(f"{self._table.name}.record_menu")
        menu.aboutToShow.connect(lambda: self._fill(menu))
        menu.aboutToHide.connect(lambda: _give_keys_back(menu))
        more.setMenu(menu)
        return more

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        for before in menu.findChildren(QMenu):
            before.deleteLater()
        menu.addActions(self.verbs)
        if self._table.current() is not None and not self._new:
            if self.verbs:
                menu.addSeparator()
            fill_row_menu(self._table, menu, of_record=True)
        if menu.isEmpty():
            none = menu.addAction(_("Save the record first."))
            none.setEnabled(False)

    def stand_beside(self, record: Record | None) -> None:
        """The record at work: one that is new has no place in the list, which is said (F-63)."""
        self._new = record is not None and record.is_new
        self._tell()

    def hold(self, place: str, why_not: str) -> None:
        """Say another place than that in the list, and why nobody steps from here; "" for the list again."""
        self._held = place, why_not
        self._tell()

    def _tell(self) -> None:
        row, count = self._table.grid.currentIndex().row(), self._table.model.rowCount()
        place = _("{place:,} of {count:,}").format(place=row + 1, count=count) if row >= 0 else ""
        held, why_not = self._held
        self._place.setText(_("new") if self._new else held or place)
        empty = why_not or ("" if count else _("The list is empty."))
        first = "" if row > 0 else _("This is the first record.")
        last = "" if row + 1 < count else _("This is the last record.")
        self._offer(self._back, empty or first, _("Previous record (Alt+Up)"))
        nothing = "" if self.verbs or self._new or count else empty
        self._offer(self._menu_button, nothing, _("More for this record"))
        self._offer(self._on, empty or last, _("Next record (Alt+Down)"))

    def _offer(self, button: QToolButton, why_not: str, tip: str) -> None:
        button.setEnabled(not why_not)
        button.setToolTip(as_tip(why_not or tip))


def _give_keys_back(menu: QMenu) -> None:
    """A menu that is not seen has no keys of its own: one that means two things would mean nothing."""
    for each in (menu, *menu.findChildren(QMenu)):
        for entry in each.actions():
            if entry.parent() is each:
                entry.setShortcuts([])
