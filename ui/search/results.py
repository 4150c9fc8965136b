"""What the search box has found, under it: groups with signs, the hit marked, moved through by key or mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPalette, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)  # fmt: skip

from channergy_crm.language import _
from ui.look import theme
from ui.look.plain import as_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROW, HEADING, GAP, SIGN = 28, 26, 8, 16
LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Line:
    """One line of the list; without `run` it is a heading or a remark nobody can choose."""

    text: str
    detail: str = ""
    side: str = ""
    sign: QIcon | None = None
    marks: Sequence[tuple[int, int]] = ()
    detail_marks: Sequence[tuple[int, int]] = ()
    run: Callable[[], object] | None = None
    heading: bool = False


class SearchResults(QListWidget):
    """The list under the box. It never takes the focus from the box."""

    picked = Signal(object)
    """the line somebody clicked on"""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("main.search_results")
        self.setAccessibleName(_("Search results"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.Box)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Lines(self))
        self.itemClicked.connect(lambda item: self.picked.emit(item.data(LINE)))
        self.hide()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these, the first that can be chosen chosen."""
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.text, self)
            item.setData(LINE, line)
            said = ", ".join(part for part in (line.text, line.detail, line.side) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            item.setToolTip(as_tip(line.detail))
            item.setFlags(_CHOOSABLE if line.run else Qt.ItemFlag.NoItemFlags)
        self.setCurrentRow(-1)
        self.step(1)
        self.scrollToTop()

    def step(self, by: int) -> None:
        """To the next or the previous line that can be chosen, round the end."""
        rows = [row for row in range(self.count()) if self.item(row).data(LINE).run]
        if rows:
            place = rows.index(self.currentRow()) + by if self.currentRow() in rows else 0
            self.setCurrentRow(rows[place % len(rows)])

    def chosen(self) -> Line | None:
        """The line Enter would take."""
        item = self.currentItem()
        line: Line | None = item.data(LINE) if item is not None else None
        return line

    def stand_under(self, box: QWidget) -> None:
        """Take the place under the box, as high as there is something to show and room for it."""
        window = box.window()
        at = box.mapTo(window, box.rect().bottomLeft())
        width = min(max(box.width(), 680), window.width() - 16)
        left = max(8, min(at.x() + (box.width() - width) // 2, window.width() - width - 8))
        wanted = sum(self.sizeHintForRow(row) for row in range(self.count())) + 2 * self.frameWidth()
        self.setGeometry(QRect(left, at.y() + 2, width, max(ROW, min(wanted, window.height() - at.y() - 48))))
        self.show()
        self.raise_()


_CHOOSABLE = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


class _Lines(QStyledItemDelegate):
    """Draws a line: sign, name with the hit marked, the rest muted, the owner or the key at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LINE)
        return QSize(200, HEADING if line.heading else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE)
        box: QRect = option.rect.adjusted(12, 0, -12, 0)
        font: QFont = option.font
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = option.palette
        painter.save()
        if chosen:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        ink = palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        muted = ink if chosen else theme.colour(palette, "muted")
        if line.heading or line.run is None:
            _write(painter, box, line.text, (), theme.small(font) if line.heading else font, muted)
            painter.restore()
            return
        if line.sign is not None:
            line.sign.paint(painter, QRect(box.left(), box.center().y() - SIGN // 2 + 1, SIGN, SIGN))
        box.setLeft(box.left() + SIGN + GAP)
        if line.side:
            wide = QFontMetrics(theme.small(font)).horizontalAdvance(line.side) + 4
            _write(painter, QRect(box.right() - wide, box.top(), wide, box.height()), line.side, (), theme.small(font),
                   muted)  # fmt: skip
            box.setRight(box.right() - wide - GAP)
        used = _write(painter, box, line.text, line.marks, font, ink)
        box.setLeft(box.left() + used + 12)
        _write(painter, box, line.detail, line.detail_marks, font, muted)
        painter.restore()


def _write(painter: QPainter, box: QRect, text: str, marks: Sequence[tuple[int, int]], font: QFont, ink: QColor) -> int:
    """One line of text with pieces of it in bold; tells how wide it is."""
    if box.width() < 12 or not text:
        return 0
    metrics = QFontMetrics(theme.strong(font) if marks else font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    layout = QTextLayout(shown, font)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    bold.setFontUnderline(True)
    ranges = []
    for start, length in marks:
        if start < len(shown):
            piece = QTextLayout.FormatRange()
            piece.start, piece.length, piece.format = start, min(length, len(shown) - start), bold
            ranges.append(piece)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(box.width() + 20)
    layout.endLayout()
    painter.setPen(ink)
    layout.draw(painter, QPointF(box.left(), box.top() + (box.height() - line.height()) / 2))
    return int(line.naturalTextWidth()) + 1
