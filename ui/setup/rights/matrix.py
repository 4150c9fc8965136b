"""The matrix of a role: a row for each record type, a column for each right, changed cell by cell (VT-65…VT-70)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from channergy_crm.access import SCOPES
from channergy_crm.language import N_, _
from channergy_crm.services import roles
from ui.lists.headings import PADDING, Headings, still
from ui.look import paint, theme
from ui.widgets.controls import ScrollBar
from ui.widgets.menu import Menu
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QMouseEvent

    from channergy_crm.access import Right, Scope
    from channergy_crm.work.record import Record

AnyIndex = QModelIndex | QPersistentModelIndex
Rights = dict[str, str]

COLUMNS: tuple[tuple[Right | None, str, int], ...] = (
    (None, N_("Record type"), 148), ("use", N_("Use"), 56), ("view", N_("View"), 104), ("edit", N_("Edit"), 104),
    ("delete", N_("Delete"), 104), ("export", N_("Export"), 80), ("import", N_("Import"), 72),
)  # fmt: skip
WORDS: dict[str, str] = {"none": N_("none"), "own": N_("own"), "group": N_("group"), "all": N_("all")}
KEYS = {Qt.Key.Key_N: "none", Qt.Key.Key_O: "own", Qt.Key.Key_G: "group", Qt.Key.Key_A: "all"}
HIGH, SQUARE, TICK, BESIDE = 28, 6, 15, PADDING
"""pixels"""
HELD = Qt.ItemDataRole.UserRole
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class MatrixCells(QAbstractTableModel):
    """How far one role goes, as cells. `store` is given a record type and its rights; it says whether that held."""

    def __init__(self, store: Callable[[type[Record], Rights], bool], view: QWidget) -> None:
        super().__init__(view)
        self._store = store
        self.records: Sequence[type[Record]] = ()
        self.rights: list[Rights] = []
        self.locked = False

    def show(self, records: Sequence[type[Record]], matrix: Mapping[str, Rights]) -> None:
        """Show the rights of a role."""
        self.beginResetModel()
        self.records = records
        self.rights = [dict(matrix.get(record._meta.table_name, {})) for record in records]
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        across = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _(COLUMNS[section][1]) if across else None

    def is_used(self, row: int) -> bool:
        """Whether the role works with these records at all."""
        return self.rights[row].get("use", "none") != "none"

    def there_is(self, index: AnyIndex) -> bool:
        """Whether there is something to choose in a cell."""
        right = COLUMNS[index.column()][0]
        if right is None or (right != "use" and not self.is_used(index.row())):
            return False
        return roles.has_right(self.records[index.row()], right)

    def scope(self, index: AnyIndex) -> str:
        """How far the right of a cell goes."""
        return self.rights[index.row()].get(str(COLUMNS[index.column()][0]), "none")

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        right = COLUMNS[index.column()][0]
        if role == HELD:
            return self.scope(index)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if right is None:
            return self.records[index.row()].plural
        if not self.there_is(index):
            return "–" if self.is_used(index.row()) else ""
        if right in roles.TICKED:
            return _("Yes") if self.scope(index) != "none" else _("No")
        return _(WORDS[self.scope(index)])

    def choose(self, index: AnyIndex, scope: str) -> None:
        """Let the right of a cell go so far. What is changed or deleted must be seen, so that follows."""
        right, rights = COLUMNS[index.column()][0], dict(self.rights[index.row()])
        if right is None or self.locked or not self.there_is(index):
            return
        rights[right] = scope
        if right == "use" and scope != "none":
            rights.setdefault("view", "own")
        self.take(index.row(), _sensible(rights, str(right)))

    def take(self, row: int, rights: Rights) -> None:
        """Keep the rights of a whole row."""
        if self._store(self.records[row], rights):
            self.rights[row] = rights if rights.get("use", "none") != "none" else {}
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))


def _sensible(rights: Rights, chosen: str) -> Rights:
    """Nobody changes what they do not see: seeing less takes changing with it, changing more brings seeing along."""
    far = {right: SCOPES.index(_scope(rights.get(right, "none"))) for right in roles.REACHING}
    if chosen == "view":
        return {**rights, **{right: SCOPES[min(far[right], far["view"])] for right in ("edit", "delete")}}
    return {**rights, "view": SCOPES[max(far.values())]} if any(far.values()) else rights


def _scope(text: str) -> Scope:
    return next((scope for scope in SCOPES if scope == text), "none")


class RightsMatrix(QTableView):
    """The matrix: the cursor is a cell; O, G, A, N and Space choose, Enter opens what can be chosen."""

    changed = Signal()

    def __init__(self, cells_of: Callable[[RightsMatrix], MatrixCells], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("roles.matrix")
        self.setAccessibleName(_("What this role may do"))
        self.cells = cells_of(self)
        self.setModel(self.cells)
        self.setItemDelegate(CellPainter(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self))
        calm(self)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(HIGH, self))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalHeader(still(Headings(self)))
        for place, (_right, _label, width) in enumerate(COLUMNS):
            self.setColumnWidth(place, theme.px(width, self))

    def sizeHint(self) -> QSize:
        high = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + 2 * self.frameWidth() + 2
        return QSize(sum(theme.px(width, self) for *_names, width in COLUMNS), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(360, self), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Ctrl+V puts in a row here, whatever else it does in the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _copies(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open(index)
        elif key == Qt.Key.Key_Space:
            self._turn(index)
        elif key in KEYS and event.modifiers() == Qt.KeyboardModifier.NoModifier and self._reaches(index):
            self.cells.choose(index, KEYS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index, before = self.indexAt(event.position().toPoint()), self.currentIndex()
        super().mousePressEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if COLUMNS[index.column()][0] in roles.TICKED:
            self._turn(index)
        elif index == before:
            self._open(index)

    def _reaches(self, index: AnyIndex) -> bool:
        return COLUMNS[index.column()][0] in roles.REACHING

    def _turn(self, index: AnyIndex) -> None:
        """Space: a tick on or off, a reach one further."""
        held = self.cells.scope(index)
        if self._reaches(index):
            self.cells.choose(index, SCOPES[(SCOPES.index(_scope(held)) + 1) % len(SCOPES)])
        else:
            self.cells.choose(index, "none" if held != "none" else "all")

    def _open(self, index: AnyIndex) -> None:
        if not self._reaches(index) or not self.cells.there_is(index) or self.cells.locked:
            return
        menu, kept = Menu(self), QPersistentModelIndex(index)
        for scope in SCOPES:
            action = menu.addAction(_(WORDS[scope]))
            action.setObjectName(f"roles.scope.{scope}")
            action.setCheckable(True)
            action.setChecked(scope == self.cells.scope(index))
            action.triggered.connect(lambda _on, chosen=scope: self.cells.choose(kept, chosen))
        menu.aboutToHide.connect(menu.deleteLater)
        room = self.visualRect(self.model().index(index.row(), index.column()))
        menu.popup(self.viewport().mapToGlobal(QPoint(room.left(), room.bottom() + 1)))

    def _copy(self) -> None:
        if (index := self.currentIndex()).isValid():
            rights = self.cells.rights[index.row()]
            cells = [rights.get(str(right), "none") for right, *_more in COLUMNS[1:]]
            QGuiApplication.clipboard().setText("\t".join(cells))

    def _paste(self) -> None:
        held, index = QGuiApplication.clipboard().text().strip().split("\t"), self.currentIndex()
        fits = len(held) == len(COLUMNS) - 1 and all(scope in SCOPES for scope in held)
        if fits and index.isValid() and not self.cells.locked:
            rights = {str(right): scope for (right, *_more), scope in zip(COLUMNS[1:], held, strict=True)}
            self.cells.take(index.row(), _sensible(rights, "use"))


def _copies(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Paste)


class CellPainter(QStyledItemDelegate):
    """Three squares and a word, a tick, or a dash where there is no such right; the cursor has the accent's edge."""

    def __init__(self, matrix: RightsMatrix) -> None:
        super().__init__(matrix)
        self._matrix = matrix

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, cells = QRectF(option.rect), self._matrix.cells
        worn = theme.theme_of(self._matrix)
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), QColor(worn.line))
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        right = COLUMNS[index.column()][0]
        if current:
            ink = worn.accent if self._matrix.hasFocus() else worn.border
            paint.box(painter, room.adjusted(1, 1, -1, -2), ground=QColor(worn.field), edge=QColor(ink))
        if right is None or not cells.there_is(index):
            muted = right is not None or not cells.is_used(index.row())
            left = BESIDE + (4 if right is None else 0)
            self._word(painter, room, str(index.data()), worn.muted if muted else worn.text, left)
        elif right in roles.TICKED:
            self._tick(painter, room, on=cells.scope(index) != "none")
        else:
            self._reach(painter, room, cells.scope(index), drop=current)
        painter.restore()

    def _word(self, painter: QPainter, room: QRectF, text: str, ink: str, left: int = BESIDE) -> None:
        painter.setPen(QColor(ink))
        painter.setFont(self._matrix.font())
        painter.drawText(room.adjusted(left, 0, -4, 0), LEFT, text)

    def _tick(self, painter: QPainter, room: QRectF, *, on: bool) -> None:
        worn = theme.theme_of(self._matrix)
        side = theme.px(TICK, self._matrix)
        box = QRectF(room.left() + BESIDE, room.center().y() - side / 2, side, side)
        paint.box(painter, box, ground=QColor(worn.accent if on else worn.field),
                  edge=None if on else QColor(worn.border), round_by=3)  # fmt: skip
        if on:
            paint.check(painter, box, QColor(worn.base))

    def _reach(self, painter: QPainter, room: QRectF, scope: str, *, drop: bool) -> None:
        worn, far = theme.theme_of(self._matrix), SCOPES.index(_scope(scope))
        for place in range(len(SCOPES) - 1):
            at = QRectF(room.left() + BESIDE + place * (SQUARE + 2), room.center().y() - SQUARE / 2, SQUARE, SQUARE)
            filled = place < far
            paint.box(painter, at, ground=QColor(worn.text) if filled else None,
                      edge=None if filled else QColor(worn.muted), round_by=1)  # fmt: skip
        self._word(painter, room, _(WORDS[scope]), worn.text if far else worn.muted, BESIDE + 32)
        if drop and not self._matrix.cells.locked:
            paint.chevron(painter, QPointF(room.right() - 14, room.center().y()), QColor(worn.text))
