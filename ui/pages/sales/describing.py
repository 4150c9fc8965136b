"""The longer text of a line: a few lines to type into, right under it, kept with the line (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import SalesLine
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, kept_to_itself
from ui.look.turned import across
from ui.pages.sales.cells import NAME, QUANTITY
from ui.widgets.controls import IconButton
from ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QPaintEvent

    from ui.pages.sales.view import LinesView

LEAST, MOST, HIGH, SIDE = 300, 620, 132, 24
AWAY = {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}
"""the keyboard has gone to another window, and comes back"""
KEEPS = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Area(TextArea):
    """The text itself."""

    def __init__(self, box: Describing) -> None:
        super().__init__(box)
        self._box = box

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in AWAY:
            self._box.close_it(back=False)


class Describing(QWidget):
    """Stands under its line while somebody types. Each letter is in the line at once, all of it one step to take back;
    Esc gives it up, Ctrl+Enter and Tab go back to the cells.
    """

    def __init__(self, grid: LinesView, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid, self._under = grid, parent
        self._held, self._before, self._begun = -1, "", False
        self.setObjectName(f"{grid.objectName()}.describing")
        self._title, keys = Label(parent=self), Label(parent=self)
        self._title.setFont(theme.strong(self.font()))
        keys.setFont(theme.small(self.font()))
        keys.muted(True)
        keys.setText(_("Ctrl+Enter: done · Esc: as it was"))
        self.area = Area(self)
        self.area.setObjectName(f"{grid.objectName()}.description")
        self.area.textChanged.connect(self._typed)
        self.area.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        for part in (self._title, self.area, keys):
            column.addWidget(part)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether somebody types here."""
        return self._held >= 0

    def open_at(self, place: int) -> None:
        """Under the line at this place; of a document that is issued it is only read."""
        lines = self._grid.cells.lines
        line = lines.lines[place]
        title = _("Longer text of line {number}, {name}").format(
            number=lines.counted[place], name=kept_to_itself(line.name or _("no name yet"))
        )
        self._title.setText(title)
        self.area.setAccessibleName(title)
        self._held, self._begun, self._before = -1, False, line.description
        self.area.setPlainText(line.description)
        self.area.setReadOnly(lines.locked)
        self._held = line.id
        self.stand()
        self.show()
        self.raise_()
        self.area.moveCursor(self.area.textCursor().MoveOperation.End)
        self.area.setFocus()

    def stand(self) -> None:
        """Right under its line, as wide as there is room."""
        grid = self._grid
        place = grid.cells.lines.place_of(self._held) if self.is_open else -1
        if place < 0:
            return
        row = grid.visualRect(grid.cells.index(grid.cells.lines.row_of(place), NAME))
        at = across(self._under, QRect(grid.viewport().mapTo(self._under, row.topLeft()), row.size())).bottomLeft()
        room = self._under.width() - at.x() - SIDE
        wide = max(min(theme.px(MOST, self), room), min(theme.px(LEAST, self), self._under.width()))
        left = min(at.x(), max(self._under.width() - wide, 0))
        self.setFixedSize(wide, theme.px(HIGH, self))
        self.setGeometry(across(self._under, QRect(QPoint(left, at.y() + 2), self.size())))
        own = QRect(grid.viewport().mapFrom(self._under, self.pos()), self.size())
        grid.looked_at.emit(own.translated(grid.viewport().pos()).adjusted(0, -row.height(), 0, 8))

    def _typed(self) -> None:
        lines = self._grid.cells.lines
        place = lines.place_of(self._held) if self.is_open else -1
        if place < 0:
            return
        text = self.area.toPlainText()
        if why_not := SalesLine.kind("description").check(text):
            self._title.setText(why_not)
        elif text != lines.lines[place].description:
            (lines.amend if self._begun else lines.put)(place, description=text)
            self._begun = True

    def close_it(self, *, back: bool = True) -> None:
        """It stays as it is; `back` in the cells, where the line is the current one."""
        if not self.is_open:
            return
        self._held = -1
        if back:
            self._grid.setFocus()
        self.hide()

    def give_up(self) -> None:
        """As it was before."""
        lines = self._grid.cells.lines
        place = lines.place_of(self._held)
        if self._begun and place >= 0 and lines.lines[place].description != self._before:
            lines.undo()
        self.close_it()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Its keys are its own, not those of the window."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if not isinstance(event, QKeyEvent) or event.type() not in kinds:
            return super().eventFilter(watched, event)
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        done = key in ENTER and held == Qt.KeyboardModifier.ControlModifier
        if not (done or key == Qt.Key.Key_Escape or (key in KEEPS and not held & Qt.KeyboardModifier.ControlModifier)):
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            (self.give_up if key == Qt.Key.Key_Escape else self.close_it)()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """On a ground of its own, since it stands over the next rows."""
        worn = theme.theme_of(self)
        painter = paint.begin(self)
        painter.fillRect(self.rect(), theme.colour(self, "base"))
        paint.box(painter, QRectF(self.rect()), ground=theme.colour(self, "side"), edge=theme.colour(self, "border"),
                  width=1.5 if worn.dark else 1)  # fmt: skip


class MoreButton(IconButton):
    """At the end of the name of the current line: its longer text is written here."""

    def __init__(self, grid: LinesView) -> None:
        super().__init__(grid.viewport())
        self._grid = grid
        self.setObjectName(f"{grid.objectName().rpartition('.')[0]}.describe_line")
        self.setAccessibleName(_("Longer text"))
        self.setToolTip(as_tip(_("Longer text of this line (Shift+Enter)")))
        self.setIcon(icon("note", self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(grid.text_wanted)
        self.hide()

    def place(self) -> None:
        """At the current line, where that has a longer text."""
        grid, index = self._grid, self._grid.currentIndex()
        line = grid.cells.line(index) if index.isValid() and index.row() < grid.cells.rowCount() else None
        there = line is not None and line.is_item and (not grid.cells.lines.locked or bool(line.description))
        self.setVisible(there)
        if there:
            held = grid.viewport()
            cell = across(held, grid.visualRect(grid.cells.index(index.row(), QUANTITY)))
            side = cell.height() - 4
            self.setGeometry(across(held, QRect(cell.left() - side - 2, cell.top() + 1, side, side)))
