"""Who has a part in a deal, a row each: their role, their place, and the number of a contact (SI-29, SI-30)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import DealContact
from channergy_crm.services import deal_people
from ui.editors.for_kind import editor_for, refresh_choices
from ui.editors.new_value import add_value
from ui.editors.record_picker import RecordPicker
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.widgets.controls import LEFT, SMALLEST, Button, IconButton
from ui.widgets.dialog import named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from channergy_crm.services.deal_people import Linked, Part
    from ui.session.session import Session

ROLE_PAUSE_MS = 500
"""whoever goes through the roles by arrow key has chosen when nothing has happened for so long"""
ROLE, NAME, FIELD, GAP = 168, 96, 320, 8
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
BUTTONS = (("up", "chevron_up"), ("down", "chevron_down"), ("remove", "close"))


class Who(IconButton):
    """What somebody is called, and quietly what they are."""

    def __init__(self, part: Part, parent: QWidget) -> None:
        super().__init__(parent)
        self._said, self._beside = part.name, part.title
        self.setToolTip(as_tip(" · ".join(text for text in (part.name, part.title, part.phone) if text)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(NAME, self), theme.px(SMALLEST, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = paint.begin_turned(self), QRectF(self.rect())
        if self.underMouse():
            paint.box(painter, room, ground=theme.colour(self, "hover"))
        if self.hasFocus():
            paint.ring(painter, self, room, paint.FIELD)
            room = room.adjusted(6, 0, -6, 0)
        font, quiet, end = self.font(), theme.small(self.font()), Qt.TextElideMode.ElideRight
        said = QFontMetrics(font).elidedText(self._said, end, int(room.width()))
        painter.setFont(font)
        painter.setPen(theme.colour(self, "text"))
        painter.drawText(room, LEFT, said)
        room.setLeft(room.left() + QFontMetrics(font).horizontalAdvance(said) + GAP)
        painter.setFont(quiet)
        painter.setPen(theme.colour(self, "muted"))
        painter.drawText(room, LEFT, QFontMetrics(quiet).elidedText(self._beside, end, max(0, int(room.width()))))


class PartRow(QWidget):
    """One who has a part. Alt+Up and Alt+Down move them, Del takes them off."""

    def __init__(self, people: DealPeople, part: Part, place: int, count: int, only_read: bool) -> None:
        super().__init__(people)
        self.part, self._people = part, people
        self._only_read = only_read
        name = people.objectName()
        self.who = named(Who(part, self), f"{name}.open_{part.number}", part.name)
        self.who.clicked.connect(self._open)
        self.who.installEventFilter(self)
        self.role: Any = editor_for(people.linked.kind("role"), self, by=people.by)
        named(self.role, f"{name}.role_{part.number}", _("Role of {name}").format(name=part.name))
        self.role.setFixedWidth(theme.px(ROLE, self))
        self.role.set_value(part.role)
        self.role.set_read_only(only_read)
        self._soon = later(self, self.settle, ROLE_PAUSE_MS)
        self.role.changed.connect(self._soon.start)
        self.role.add_requested.connect(self._add_role)
        self.role.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.who, 1)
        row.addWidget(self.role)
        if people.dials:
            row.addWidget(self._dial_button())
        else:
            row.addSpacing(theme.px(SMALLEST, self) + 2)  # so that all roles stand below each other
        said = {"up": _("Move {name} up"), "down": _("Move {name} down"), "remove": _("Take {name} off the deal")}
        free = {"up": place > 0, "down": place < count - 1, "remove": True}
        for word, drawing in BUTTONS:
            button = self._button(word, drawing, said[word].format(name=part.name))
            button.setEnabled(free[word] and not only_read)
            button.clicked.connect(partial(self._do, word))
            row.addWidget(button)

    def _button(self, word: str, drawing: str, said: str) -> IconButton:
        button = named(IconButton(self), f"{self._people.objectName()}.{word}_{self.part.number}", said)
        button.setIcon(icon(drawing, button))
        button.setToolTip(as_tip(said))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.installEventFilter(self)
        return button

    def _open(self) -> None:
        """A contact is shown; of an operator there is nothing to show but the role."""
        if self._people.dials:
            self._people.opened.emit(self.part.key)
        else:
            self.role.setFocus()

    def _dial_button(self) -> IconButton:
        part = self.part
        said = _("Dial {name}, {number}").format(name=part.name, number=part.phone)
        button = self._button("dial", "phone", said if part.phone else _("This contact has no phone number."))
        button.setEnabled(bool(part.phone))
        button.clicked.connect(lambda: self._people.dialed.emit(part.key))
        return button

    def _do(self, word: str) -> None:
        if word == "remove":
            self._people.take_off(self.part)
        else:
            self._people.move_part(self.part, -1 if word == "up" else 1)

    @property
    def is_pending(self) -> bool:
        """Whether a role was chosen that is not written yet."""
        return self._soon.isActive()

    def settle(self) -> None:
        """Write the role that was chosen."""
        self._soon.stop()
        self._people.give_role(self.part, str(self.role.value() or ""))

    def _add_role(self, typed: str) -> None:
        kind: Any = self._people.linked.kind("role")
        value = add_value(kind, typed, self._people.session, self)
        if value is not None:
            self._people.give_role(self.part, value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever has left the role has chosen it. On a button the keys of the row are meant."""
        if watched is not self.role:
            return isinstance(event, QKeyEvent) and self._takes(event)
        if event.type() == QEvent.Type.FocusOut and self.is_pending and QApplication.activePopupWidget() is None:
            self.settle()
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether a key is the row's own: then it is not the window's, which goes to another record by it."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        steps = STEPS.get(Qt.Key(event.key()), 0) if alt else 0
        if self._only_read or not (steps or event.key() == Qt.Key.Key_Delete):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress and steps:
            self._people.move_part(self.part, steps)
        elif event.type() == QEvent.Type.KeyPress:
            self._people.take_off(self.part)
        return True


class DealPeople(QWidget):
    """A heading, a row for each who has a part, and a line in which one more is looked for by typing."""

    opened = Signal(object)
    """somebody wants to see whom a row is about: a contact's number, an operator's ID"""
    dialed = Signal(object)
    """somebody dials the contact of this number"""

    def __init__(self, name: str, title: str, linked: type[Linked], session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.linked, self.session, self.deal = linked, session, 0
        self.dials = linked is DealContact
        self.read: Callable[[int, str], list[Part]] = deal_people.operators
        self.link: Callable[[int, Any, str], Any] = deal_people.link_operator
        self.parts: list[Part] = []
        self._shown: object = None
        heading, self._count, self._empty, self._said = (Label(parent=self) for _part in range(4))
        heading.setText(title)
        heading.setFont(theme.section(self.font()))
        self._count.setObjectName(f"{name}.count")
        self._empty.setObjectName(f"{name}.empty")
        self._said.setObjectName(f"{name}.said")
        self._said.wear("overdue")
        for quiet in (self._count, self._empty):
            quiet.muted()
        self._count.setFont(theme.small(self.font()))
        for wrapped in (self._empty, self._said):
            wrapped.setWordWrap(True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._line = self._add_line(name)
        self._lay_out(heading)

    def _add_line(self, name: str) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(GAP)
        self.picker = picker = RecordPicker(self.linked.kind(deal_people.WHOM[self.linked]), line, bare=True)
        named(picker, f"{name}.who", _("Who is linked to the deal"))
        picker.by = self.by
        picker.setMaximumWidth(theme.px(FIELD, self))
        picker.taken.connect(self._add_one)
        picker.returnPressed.connect(self._add)
        picker.changed.connect(lambda: self._say(""))
        self.add = named(Button(_("Add"), line), f"{name}.add", _("Add"))
        self.add.clicked.connect(self._add)
        for stop in (picker, self.add):
            stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(picker, 1)
        row.addWidget(self.add)
        row.addStretch(0)
        return line

    def _lay_out(self, heading: Label) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(heading)
        top.addWidget(self._count)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._empty)
        column.addLayout(self._rows)
        column.addWidget(self._line)
        column.addWidget(self._said)
        self._say("")

    def by(self) -> str:
        """Who is at work."""
        return self.session.by

    # What is shown

    def show_deal(self, deal: int, empty: str, *, only_read: bool, offers: bool) -> None:
        """Show who has a part in this deal; `empty` is said where nobody has, one more is looked for where it `offers`
        somebody. Rows that say the same as before stay, and so does whoever stands on one.
        """
        if deal != self.deal:
            self.picker.set_value(None)
            self._say("")
        elif any(row.is_pending for row in self.rows()):
            return
        self.deal = deal
        self.parts = (self.session.attempt(lambda: self.read(deal, self.by())) or []) if deal else []
        self._count.setText(f"{len(self.parts):n}" if self.parts else "")
        self._empty.setText(empty)
        self._empty.setVisible(not self.parts)
        looks = bool(deal) and not only_read and offers
        self._line.setVisible(looks)
        for stop in (self.picker, self.add):  # Tab goes on to the next field where nobody is looked for (F-55)
            stop.setFocusPolicy(Qt.FocusPolicy.StrongFocus if looks else Qt.FocusPolicy.NoFocus)
        if (shown := (deal, self.parts, only_read)) != self._shown:
            self._shown = shown
            self._fill(self.parts, only_read)

    def _fill(self, parts: Sequence[Part], only_read: bool) -> None:
        at = next((child.objectName() for child in self.findChildren(QWidget) if child.hasFocus()), "")
        while item := self._rows.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for place, part in enumerate(parts):
            self._rows.addWidget(PartRow(self, part, place, len(parts), only_read))
        if at and at != self.picker.objectName():
            self._stand_on(at)

    def _stand_on(self, name: str) -> None:
        """Where somebody stood; a button that cannot be pressed any more hands on to the name in its row."""
        found = self.findChild(QWidget, name)
        if found is not None and not found.isEnabled():
            found = self.findChild(QWidget, f"{self.objectName()}.open_{name.rpartition('_')[2]}")
        (found or self.picker).setFocus()

    def rows(self) -> list[PartRow]:
        """The rows, in their order."""
        held = [self._rows.itemAt(place) for place in range(self._rows.count())]
        return [row for item in held if item is not None and isinstance(row := item.widget(), PartRow)]

    def refresh_roles(self) -> None:
        """The office offers other roles now."""
        for row in self.rows():
            refresh_choices(row.role, self.linked.kind("role"), self.by)

    def settle(self) -> None:
        """Write the roles that were chosen a moment ago."""
        for row in self.rows():
            if row.is_pending:
                row.settle()

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    # What is done

    def _add(self) -> None:
        """Add: whom the line names; where it is empty, its list is opened."""
        if not self.picker.text().strip():
            self.picker.setFocus()
            self.picker.offer()
        elif problem := self.picker.text_problem():
            self._say(problem)
        else:
            self._add_one(self.picker.value())

    def _add_one(self, key: object) -> None:
        deal, by = self.deal, self.by()
        self.picker.set_value(None)
        if key is not None and self.session.attempt(lambda: self.link(deal, key, by)) is not None:
            self.session.say_done(_("Linked to the deal."))
        self.picker.setFocus()

    def give_role(self, part: Part, role: str) -> None:
        """In which role somebody has a part from now on."""
        if role != part.role:
            self.session.attempt(partial(deal_people.set_role, self.linked, part.number, role, self.by()))

    def move_part(self, part: Part, steps: int) -> None:
        """Move somebody up or down."""
        self.session.attempt(partial(deal_people.move, self.linked, part.number, steps, self.by()))

    def take_off(self, part: Part) -> None:
        """Take somebody off the deal; the notice offers to undo that."""
        name = self.session.attempt(partial(deal_people.unlink, self.linked, part.number, self.by()))
        if name is not None:
            self.session.say_done(_("{name} has no part in the deal any more.").format(name=name))
