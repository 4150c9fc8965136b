"""A list of texts at the left, the form of the chosen one at the right: scripts, objections, snippets (BX-28)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.language import _
from ui.look.plain import as_tip
from ui.setup.rights.part import Column
from ui.setup.rights.two_lines import TwoLineList
from ui.setup.scripts.form import TextForm
from ui.widgets.controls import Button, IconButton
from ui.widgets.dialog import Remark, named, offer, scrolling

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.work import Done
    from ui.session.session import Session
    from ui.setup.scripts.sorts import Sort

NAMES = 280


class TextsPart(QWidget):
    """One sort of texts. Another row is shown only when what is typed could be saved or was given up."""

    def __init__(self, sort: Sort, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{sort.name}.part")
        self._sort, self._session = sort, session
        self._rows: list[Any] = []
        self._new: Any = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = Column(NAMES, self, "side", "right")
        left.lines.setContentsMargins(0, 10, 1, 0)
        self.names = TwoLineList(f"{sort.name}.names", _(sort.title), left)
        left.lines.addLayout(self._verbs(left))
        left.lines.addWidget(self.names, 1)
        right = Column(0, self)
        right.lines.setContentsMargins(20, 14, 20, 14)
        right.lines.addWidget(Remark(_(sort.about), right))
        self._refused = Remark("", right, ink="overdue")
        self._refused.say("")
        right.lines.addWidget(self._refused)
        right.lines.addSpacing(4)
        self.form = self._make_form(right)
        right.lines.addWidget(self.form, 1)
        right.lines.addStretch(0)
        row.addWidget(left)
        row.addWidget(scrolling(right), 1)
        self.names.currentItemChanged.connect(lambda *_now: self._come())
        self.form.saved.connect(self._saved)
        session.done.connect(self._follow)
        self._save_key()

    def _make_form(self, parent: QWidget) -> Any:
        return TextForm(self._sort, self._session, parent)

    def _verbs(self, parent: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 8, 0)
        line.setSpacing(2)
        self.create_button = named(Button(_(self._sort.create), parent), f"{self._sort.name}.create",
                                   _(self._sort.create))  # fmt: skip
        self.create_button.clicked.connect(self._create)
        line.addWidget(self.create_button)
        line.addStretch(1)
        self._up = self._sign(parent, "up", "", _("Earlier (Alt+Up)"), lambda: self._move(-1))
        self._down = self._sign(parent, "down", "", _("Later (Alt+Down)"), lambda: self._move(1))
        self._up.setArrowType(Qt.ArrowType.UpArrow)
        self._down.setArrowType(Qt.ArrowType.DownArrow)
        self._remove_button = self._sign(parent, "remove", "remove", _("Remove (Del)"), self._remove)
        for button in (self._up, self._down, self._remove_button):
            line.addWidget(button)
        for button in (self._up, self._down):
            button.setVisible(self._sort.reorder is not None)
        alt, none = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
        self._keys: dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]] = {
            (Qt.Key.Key_Up, alt): lambda: self._move(-1), (Qt.Key.Key_Down, alt): lambda: self._move(1),
            (Qt.Key.Key_Delete, none): self._remove,
        }  # fmt: skip
        self.names.installEventFilter(self)
        return line

    def _sign(self, parent: QWidget, word: str, drawn: str, said: str, deed: Callable[[], object]) -> IconButton:
        from ui.look.icons import icon

        button = named(IconButton(parent), f"{self._sort.name}.{word}", said)
        if drawn:
            button.setIcon(icon(drawn, button))
        button.setToolTip(as_tip(said))
        button.clicked.connect(lambda: deed())
        return button

    def _save_key(self) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence("Ctrl+S"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: self.form.save())
        self.addAction(action)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the list Alt with an arrow moves the text, before the window takes the key; Del removes it."""
        if watched is not self.names or not isinstance(event, QKeyEvent):
            return False
        deed = self._keys.get((event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
        if deed is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            deed()
        return event.type() == QEvent.Type.KeyPress

    # ---------------------------------------------------------------- what is shown

    def show_all(self, wanted: object = None) -> None:
        """All of them as they are now; the one looked at stays, and what is typed into it, or one that is wanted."""
        by = self._session.by
        found = self._session.attempt(lambda: list(self._sort.every(by)))
        if found is None:
            return
        self._rows = found
        lines = [(row.number, *self._sort.line(row, by)) for row in self._rows]
        if self._new is not None:
            lines.append((0, _("(new)"), _("not saved yet")))
        before = self.names.blockSignals(True)
        self.names.fill(lines)
        if wanted is not None:
            self.names.choose(wanted)
        self.names.blockSignals(before)
        if not self.form.is_edited:
            self.form.show_row(self._chosen())
        self._offer()

    def _chosen(self) -> Any:
        key = self.names.key()
        return self._new if key == 0 else next((row for row in self._rows if row.number == key), None)

    def _come(self) -> None:
        """Another row: what is typed is saved first; where it cannot be, one stays."""
        row, held = self._chosen(), self.form.row
        if held is not None and row is not held and self._key(held) != self._key(row) and not self.settle():
            before = self.names.blockSignals(True)
            self.names.choose(self._key(held))
            self.names.blockSignals(before)
            return
        if self._new is not None and row is not self._new:
            self._new = None
            self.show_all()
            return
        self.form.show_row(row)
        self._offer()

    def _key(self, row: Any) -> object:
        return None if row is None else 0 if row is self._new else row.number

    def _offer(self) -> None:
        row, by = self._chosen(), self._session.by
        refused = self._session.attempt(lambda: self._sort.refused(row, by)) or ""
        nothing = "" if row is not None else _(self._sort.empty)
        self._refused.say(refused or nothing, "overdue" if refused else "muted")
        self.form.setVisible(row is not None)
        offer(self.create_button, self._session.attempt(lambda: self._sort.refused(None, by)) or "")
        for button in (self._up, self._down, self._remove_button):
            offer(button, refused or nothing)

    def _follow(self, done: Done) -> None:
        if self._sort.record._meta.table_name in done.tables and self.isVisible():
            self.show_all()

    # ---------------------------------------------------------------- what is done

    def settle(self) -> bool:
        """Save what is typed; False when it cannot be."""
        return not self.form.is_edited or self.form.save()

    def _create(self) -> None:
        if not self.settle():
            return
        self._new = self._sort.start(self._session.by)
        self.show_all(0)
        self.form.editors[self._sort.fields[0]].setFocus()

    def _saved(self, row: Any) -> None:
        if row is self._new:
            self._new = None
        self.form.row = row
        self.show_all(row.number)

    def _remove(self) -> None:
        row, by = self._chosen(), self._session.by
        if row is None or not self._remove_button.isEnabled():
            return
        self.form.show_row(None)
        if row is self._new:
            self._new = None
        elif self._session.attempt(lambda: (self._sort.remove(row, by), True)):
            self._session.say_done(_("{text} is removed.").format(text=row.caption()))
        self.show_all()
        self.names.setFocus()

    def _move(self, by: int) -> None:
        row = self._chosen()
        if self._sort.reorder is None or row not in self._rows or not self._up.isEnabled() or not self.settle():
            return
        place = next(at for at, each in enumerate(self._rows) if each.number == row.number)
        to, rows, reorder = place + by, list(self._rows), self._sort.reorder
        if 0 <= to < len(rows):
            rows.insert(to, rows.pop(place))
            self._session.attempt(lambda: reorder(rows, self._session.by))
            self.show_all()
