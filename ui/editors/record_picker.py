"""Chooses the record a link points at: type any part of its name or its number, or take one of the latest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QToolButton, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import _, one
from channergy_crm.services import linking
from ui.editors.base import ReadLine, pass_name_on
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.widgets.controls import IconButton
from ui.widgets.fields import INSIDE
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

PAUSE_MS, BUTTON, ROWS, ROW_HEIGHT = 120, 22, 8, 24
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
TAKES = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
KEY = Qt.ItemDataRole.UserRole


class RecordPicker(ReadLine):
    """Shows what the linked record is called. Down opens the list, Enter takes from it, Esc closes it."""

    open_requested = Signal(object)
    """go to the record with this number"""
    create_requested = Signal(str)
    """make a new one; what was typed"""
    taken = Signal(object)
    """the number of the record that was taken from the list"""

    def __init__(self, kind: Kind[object], parent: QWidget | None = None, *, bare: bool = False) -> None:
        super().__init__(parent)
        self.target: type[Record] = kind.linked_to
        self.by: Callable[[], str] = lambda: ""
        self.among: Callable[[], object] = lambda: None
        """the condition for the records that are offered; None for all of them"""
        self._found: QListWidget | None = None
        self._look_later = later(self, self.offer, PAUSE_MS)
        self._buttons = [] if bare else self._made_buttons()
        self.setTextMargins(INSIDE, 0, BUTTON * len(self._buttons), 0)
        self.setPlaceholderText(_("Name or number of the {record}").format(record=one(self.target)))
        self.textEdited.connect(lambda _: self._look_later.start())
        self.changed.connect(self._tell)
        self._tell()

    # The value

    def read_text(self, text: str) -> object:
        """The number of the record that is called just so."""
        return linking.read(self.target, text.strip(), self.by(), self.among()) if text.strip() else None

    def write_text(self, value: object) -> str:
        """What the record is called."""
        try:
            return linking.caption(self.target, value, self.by())
        except CRMError:
            return str(value)

    def set_value(self, value: object) -> None:
        """Show this record."""
        super().set_value(value)
        self._close()
        self._tell()

    def look_again(self) -> None:
        """Others have worked on such records: one may be called otherwise, and others may be found. What is typed and
        the line somebody is at stay.
        """
        if self._value is not None and not self._untidy:
            self._put(self.write_text(self._value))
        if self.is_choosing:
            at = self._list().currentItem().data(KEY)
            self.offer()
            self._go_to(at)

    def set_read_only(self, on: bool) -> None:
        """Let it be read and opened, not changed."""
        super().set_read_only(on)
        self._close()
        self._tell()

    def currentText(self) -> str:  # as a drop-down calls it
        """What is chosen, as people read it."""
        return self.text()

    # The buttons in the line

    def _made_buttons(self) -> list[QToolButton]:
        record = one(self.target)
        self._clear = self._button("clear", "close", _("No record"), self._emptied)
        self._create = self._button("create", "add", _("New {record}").format(record=record), self._ask_for_new)
        self._open = self._button("open", "open", _("Open the {record}").format(record=record), self._ask_to_open)
        return [self._clear, self._create, self._open]

    def _button(self, name: str, sign: str, said: str, what: Callable[[], None]) -> QToolButton:
        button = IconButton(self)
        button.setIcon(icon(sign, button))
        button.setIconSize(QSize(14, 14))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setToolTip(as_tip(said))
        button.setAccessibleName(said)
        button.clicked.connect(what)
        pass_name_on(self, button, name)
        return button

    def _tell(self) -> None:
        if self._buttons:
            self._clear.setEnabled(bool(self.text()) and not self.isReadOnly())
            self._create.setEnabled(not self.isReadOnly())
            self._open.setEnabled(self._value is not None)

    def _emptied(self) -> None:
        self.step_to(None)
        self.setFocus()

    def _ask_for_new(self) -> None:
        typed = self.text().strip() if self.text_problem() else ""
        self._close()
        self.create_requested.emit(typed)

    def _ask_to_open(self) -> None:
        if (value := self.value()) is not None:
            self._close()
            self.open_requested.emit(value)

    # The list under the line

    @property
    def is_choosing(self) -> bool:
        """Whether the list is open."""
        return self._found is not None and self._found.isVisible()

    def _list(self) -> QListWidget:
        """The list, made when it is first needed; it never takes the focus from the line."""
        if self._found is None:
            found = self._found = QListWidget(self)
            found.setWindowFlags(Qt.WindowType.ToolTip)
            found.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            found.setAccessibleName(_("{records} found").format(records=self.target.plural))
            found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            found.setFrameShape(QFrame.Shape.Box)
            found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            found.itemClicked.connect(self._take)
            pass_name_on(self, found, "found")
        return self._found

    def offer(self) -> None:
        """Offer what is found for the text as it stands; nothing typed: the latest."""
        self._look_later.stop()
        if self.isReadOnly():
            return
        typed = self.text().strip() if self._untidy else ""
        try:
            found = linking.candidates(self.target, typed, self.by(), among=self.among())
        except CRMError:
            found = []  # said under the field
        held = self._list()
        held.clear()
        for candidate in found:
            number = "" if str(candidate.key) in candidate.caption else f"   {candidate.key}"
            item = QListWidgetItem(f"{candidate.caption}{number}", held)
            item.setData(KEY, candidate.key)
        if not found:
            self._close()
            return
        held.setCurrentRow(0)
        wide, high = theme.px(280, self), theme.px(ROW_HEIGHT, self)
        held.setFixedSize(max(self.width(), wide), min(len(found), ROWS) * high + 6)
        held.move(self.mapToGlobal(QPoint(0, self.height())))
        held.show()

    def _go_to(self, key: object) -> None:
        held = self._list()
        place = next((row for row in range(held.count()) if held.item(row).data(KEY) == key), 0)
        held.setCurrentRow(place)

    def _take(self, item: QListWidgetItem | None) -> None:
        self._close()
        if item is not None:
            self._untidy = False
            self.step_to(item.data(KEY))
            self.taken.emit(item.data(KEY))

    def _close(self) -> None:
        self._look_later.stop()
        if self._found is not None:
            self._found.hide()

    def event(self, event: QEvent) -> bool:
        """While the list is open its keys are not the page's: Esc cancels no changes then."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.uses(event):
            event.accept()
            return True
        return super().event(event)

    def uses(self, event: QKeyEvent) -> bool:
        """Whether this key is for the list."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = Qt.Key(event.key())
        return key in STEPS or (self.is_choosing and (key in TAKES or key == Qt.Key.Key_Escape))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Up move in the list, Enter takes, Esc closes it."""
        if not self.uses(event) or self.isReadOnly():
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if not self.is_choosing:
            self.offer()
        elif key in STEPS:
            held = self._list()
            held.setCurrentRow((held.currentRow() + STEPS[key]) % held.count())
        elif key in TAKES:
            self._take(self._list().currentItem())
        else:
            self._close()
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._close()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._close()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons at the right edge."""
        super().resizeEvent(event)
        for place, button in enumerate(reversed(self._buttons), 1):
            button.setGeometry(self.width() - place * BUTTON - 1, 3, BUTTON, max(self.height() - 6, 12))


def picks(editor: object, event: QEvent) -> bool:
    """Whether a key in a cell was meant for the list of a picker; it has it now, and the cell stays open."""
    if not (isinstance(editor, RecordPicker) and isinstance(event, QKeyEvent) and editor.uses(event)):
        return False
    if event.type() != QEvent.Type.KeyPress:
        return False
    editor.keyPressEvent(event)
    return True
