"""The cards of one column: which they are, and how each is painted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QLocale, QMimeData, QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from channergy_crm import clock
from channergy_crm.language import _, ngettext
from channergy_crm.records.projects import Means
from channergy_crm.services.board import UNPROCESSED
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.wording import day_in_words, written_money

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.board import Card
    from channergy_crm.services.board_cards import Face

    AnyIndex = QModelIndex | QPersistentModelIndex

DEALS = "application/x-channergy-deals"  # unsaid: a form of data
HIGH, BETWEEN, INSIDE, SIGN = 72, 8, 10, 13
"""pixels: a card, the ground below it, its padding, a drawing"""
AROUND = 30
"""cards whose faces are read together"""
SOON_DAYS = 7


class Said(NamedTuple):
    """What a card says, piece by piece, with the colour of its day and of its reminder."""

    subject: str
    amount: str
    customer: str
    likely: str
    day: str
    owner: str
    reminder: str = ""
    stands: str = ""
    ink: str = ""
    reminder_ink: str = ""
    day_alone: str = ""
    """the day in as few words as can be, for a narrow card"""


def say(card: Card, face: Face | None) -> Said:
    """A card in words."""
    if card.stage == UNPROCESSED:
        return Said(face.subject if face else "", "", face.customer if face else "", "", "", face.owner if face else "")
    amount = card.actual if card.means is Means.WON and card.actual is not None else card.amount
    day, ink = _day(card, face)
    reminder, reminder_ink = _reminder(face)
    stands = ""
    if card.rotten:
        stands = ngettext("{count:,} day here", "{count:,} days here", card.rotten).format(count=card.rotten)
    return Said(
        face.subject if face else "", short_money(amount) if amount is not None else "", face.customer if face else "",
        f"{card.probability} %" if card.probability is not None and card.means is Means.OPEN else "", day,
        face.owner if face else "", reminder, stands, ink, reminder_ink, _day_alone(card),
    )  # fmt: skip


def _day(card: Card, face: Face | None) -> tuple[str, str]:
    """When it closes or has closed, and the colour of that by meaning."""
    if not card.day:
        return ("", "") if card.means is not Means.LOST or face is None else (face.reason, "")
    day, today = date.fromisoformat(card.day[:10]), clock.today()
    said = day_in_words(day, inside=True)
    if card.means is Means.WON:
        return _("won {day}").format(day=said), "done"
    if card.means is Means.LOST:
        reason = face.reason if face is not None else ""
        return (_("lost {day}: {reason}") if reason else _("lost {day}")).format(day=said, reason=reason), ""
    ink = "overdue" if day < today else "soon" if (day - today).days < SOON_DAYS else ""
    return (_("overdue since {day}") if day < today else _("closes {day}")).format(day=said), ink


def _day_alone(card: Card) -> str:
    if not card.day:
        return ""
    day = date.fromisoformat(card.day[:10])
    locale = QLocale()
    return f"{day.day} {locale.monthName(day.month, QLocale.FormatType.ShortFormat)}"


def _reminder(face: Face | None) -> tuple[str, str]:
    if face is None or face.reminder is None:
        return "", ""
    day, at = face.reminder
    ink = "overdue" if day < clock.today() else "soon" if day == clock.today() else ""
    return f"{day_in_words(day)} {at:%H:%M}" if at is not None else day_in_words(day), ink


def short_money(cents: int) -> str:
    """An amount as it stands on the board: whole, unless its cents say something."""
    locale = QLocale()
    return locale.toString(cents // 100) if cents % 100 == 0 else written_money(cents, locale)


class CardModel(QAbstractListModel):
    """The cards of one column; their faces are read when they are first seen."""

    def __init__(self, faces: Callable[[Sequence[Card]], dict[tuple[str, int], Face]], parent: QWidget) -> None:
        super().__init__(parent)
        self._read = faces
        self._faces: dict[tuple[str, int], Face] = {}
        self.cards: list[Card] = []

    def show_cards(self, cards: list[Card], faces: dict[tuple[str, int], Face]) -> None:
        """Show these; what is known of them already is not read again."""
        self.beginResetModel()
        self.cards, self._faces = cards, faces
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.cards)

    def face(self, row: int) -> Face | None:
        """What a card says beside its figures; those around it are read with it."""
        card = self.cards[row]
        if (card.record, card.number) not in self._faces:
            start = max(0, row - 2)
            some = [
                each for each in self.cards[start : start + AROUND] if (each.record, each.number) not in self._faces
            ]
            self._faces.update(self._read(some))
        return self._faces.get((card.record, card.number))

    def said(self, row: int) -> Said:
        """A card in words."""
        return say(self.cards[row], self.face(row))

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.said(index.row()).subject
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = self.said(index.row())
            whole = ", ".join(part for part in (said.subject, said.customer, said.amount, said.likely, said.day,
                                                said.stands, said.reminder, said.owner) if part)  # fmt: skip
            return as_tip(whole) if role == Qt.ItemDataRole.ToolTipRole else whole
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        held = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return held | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else held | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        return [DEALS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        held = QMimeData()
        numbers = [str(self.cards[index.row()].number) for index in indexes
                   if self.cards[index.row()].record == "opportunity"]  # fmt: skip
        if numbers:
            held.setData(DEALS, ",".join(numbers).encode())
        return held

    def supportedDragActions(self) -> Qt.DropAction:
        """A card is moved, never copied."""
        return Qt.DropAction.MoveAction

    def row_of(self, number: int, record: str = "opportunity") -> int:
        """Where a card stands; -1 where it does not."""
        found = (row for row, card in enumerate(self.cards) if card.number == number and card.record == record)
        return next(found, -1)


class CardDelegate(QStyledItemDelegate):
    """Paints a card: the subject and its amount, the customer and how likely, when it closes and whose it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        widget: Any = option.widget
        return QSize(0, theme.px(HIGH, widget) + BETWEEN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        view: Any = option.widget
        worn = theme.theme_of(view)
        room = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -BETWEEN - 0.5)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        here = selected and view.hasFocus()
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        ground = worn.soft if here else worn.idle if selected else worn.field
        paint.box(painter, room, ground=QColor(ground), edge=QColor(worn.accent if here else worn.line),
                  width=2 if here else 1, round_by=6)  # fmt: skip
        self._words(painter, room.adjusted(INSIDE, 7, -INSIDE, -7), view, index.model().said(index.row()))  # type: ignore[attr-defined]
        painter.restore()

    def _words(self, painter: QPainter, room: QRectF, view: QWidget, said: Said) -> None:
        worn, third = theme.theme_of(view), room.height() / 3
        small, strong = theme.small(view.font()), theme.strong(view.font())
        lines = [QRectF(room.left(), room.top() + place * third, room.width(), third) for place in range(3)]
        taken = _right(painter, lines[0], said.amount, strong, QColor(worn.text))
        _left(painter, lines[0], said.subject, view.font(), QColor(worn.text), taken)
        taken = _right(painter, lines[1], said.likely, small, QColor(worn.muted))
        if said.stands:
            before = lines[1].adjusted(0, 0, -taken, 0)
            taken += _right(painter, before, said.stands, small, QColor(worn.soon))
        _left(painter, lines[1], said.customer, small, QColor(worn.muted), taken)
        self._last(painter, lines[2], view, said)

    def _last(self, painter: QPainter, line: QRectF, view: QWidget, said: Said) -> None:
        """When it closes, with a sign where that is soon or past; the reminder; whose it is."""
        worn, small = theme.theme_of(view), theme.small(view.font())
        taken = _right(painter, line, said.owner, small, QColor(worn.muted))
        letters, at = QFontMetrics(small), 0.0
        signed = SIGN + 6 if said.ink in ("overdue", "soon") else 0
        room = line.width() - taken - signed - (SIGN + 12 if said.reminder else 0)
        day = said.day if letters.horizontalAdvance(said.day) <= room or not said.day_alone else said.day_alone
        if said.reminder:
            ink = QColor(getattr(worn, said.reminder_ink or "muted"))
            free = line.width() - taken - signed - letters.horizontalAdvance(day) - SIGN - 20
            wide = letters.horizontalAdvance(said.reminder)
            if wide <= free:
                taken += _right(painter, line.adjusted(0, 0, -taken, 0), said.reminder, small, ink)
            right = line.right() - taken
            _draw(painter, view, "reminder", ink, QRectF(right - SIGN, line.center().y() - SIGN / 2, SIGN, SIGN))
            taken += SIGN + 6
        ink = QColor(getattr(worn, said.ink or "muted"))
        if signed:
            sign = "warning" if said.ink == "overdue" else "clock"
            _draw(painter, view, sign, ink, QRectF(line.left(), line.center().y() - SIGN / 2, SIGN, SIGN))
            at = signed
        _left(painter, line.adjusted(at, 0, 0, 0), day, small, ink, taken)


def _right(painter: QPainter, line: QRectF, text: str, font: Any, ink: QColor) -> float:
    """Write at the right end; how much room that takes."""
    if not text:
        return 0
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    return QFontMetrics(font).horizontalAdvance(text) + 8


def _left(painter: QPainter, line: QRectF, text: str, font: Any, ink: QColor, taken: float) -> None:
    """Write at the left, no farther than there is room."""
    painter.setFont(font)
    painter.setPen(ink)
    room = line.adjusted(0, 0, -taken, 0)
    fits = QFontMetrics(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fits)


def _draw(painter: QPainter, view: QWidget, name: str, ink: QColor, room: QRectF) -> None:
    palette = QPalette(view.palette())
    palette.setColor(QPalette.ColorRole.ButtonText, ink)
    icon(name, palette).paint(painter, room.toRect())
