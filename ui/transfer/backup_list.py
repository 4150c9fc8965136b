"""The backups that are kept, as a list: when, how large, how many rows, whole, encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from channergy_crm.language import N_, _, figures
from ui.look import theme
from ui.look.plain import as_tip
from ui.look.wording import shown
from ui.transfer.wizard.setup import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    from channergy_crm.store.kept_backups import Backup

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
TITLES = (N_("When"), N_("Looked through"), N_("Encrypted"), N_("Rows"), N_("Size"))
WIDTHS = (160, 190, 0, 100, 100)
CHECKED, SEALED, NUMBERS = 1, 2, (3, 4)
MOST_ROWS, LEAST_ROWS = 8, 3


class Backups(QAbstractTableModel):
    """The backups, the newest first."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.held: Sequence[Backup] = ()

    def show(self, held: Sequence[Backup]) -> None:
        """Show these."""
        self.beginResetModel()
        self.held = held
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.held)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == ROLE.TextAlignmentRole:
            return _aligned(section)
        return _(TITLES[section]) if role == ROLE.DisplayRole else None

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> Any:
        one = self.held[index.row()]
        if role == ROLE.DisplayRole:
            return _texts(one)[index.column()]
        if role == ROLE.ToolTipRole:
            return as_tip(str(one.path))
        if role == ROLE.TextAlignmentRole:
            return _aligned(index.column())
        wrong = role == ROLE.ForegroundRole and one.verified is None and index.column() == CHECKED
        return theme.colour(self._view, "overdue") if wrong else None


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _texts(one: Backup) -> tuple[str, ...]:
    whole = _("whole, {moment}").format(moment=shown(None, one.verified)) if one.verified else _("damaged")
    size = _("{size:,.1f} MB").format(size=one.size / 2**20)
    return shown(None, one.made), whole, _("yes") if one.is_sealed else "", figures(sum(one.rows.values())), size


class BackupList(Sheet):
    """As tall as what it holds, up to eight rows."""

    chosen = Signal()
    """another one is looked at"""
    opened = Signal()
    """Enter, or pressed twice"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("backups.grid", _("Backups"), parent)
        self._model = Backups(self)
        self.setModel(self._model)
        self.setSelectionBehavior(Sheet.SelectionBehavior.SelectRows)
        self._measure()
        self.horizontalHeader().setSectionResizeMode(SEALED, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(lambda *_rows: self.chosen.emit())
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def show_backups(self, held: Sequence[Backup]) -> None:
        """Show these; the one looked at stays where it is."""
        before = self.current()
        self._model.show(held)
        paths = [one.path for one in held]
        row = paths.index(before.path) if before is not None and before.path in paths else 0
        if held:
            self.setCurrentIndex(self._model.index(row, 0))
        self._measure()

    def current(self) -> Backup | None:
        """The one that is looked at."""
        index = self.currentIndex()
        return self._model.held[index.row()] if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters, higher rows."""
        super().changeEvent(event)
        if event.type() == event.Type.FontChange and hasattr(self, "_model"):
            self._measure()

    def _measure(self) -> None:
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, theme.px(width, self))
        row = theme.px(28, self)
        self.verticalHeader().setDefaultSectionSize(row)
        rows = min(max(len(self._model.held), LEAST_ROWS), MOST_ROWS)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * row + 2)
