"""The cards of one column: which they are, and how each is painted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QLocale, QMimeData, QModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPalette, QPixmap, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from channergy_crm import clock
from channergy_crm.language import _, ngettext
from channergy_crm.records.projects import Means
from channergy_crm.services.board import UNPROCESSED
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.turned import turned
from ui.look.wording import day_in_words, whole_money
from ui.widgets.controls import LEFT, RIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QFont, QPainter
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.board import Card
    from channergy_crm.services.board_cards import Face

    AnyIndex = QModelIndex | QPersistentModelIndex

CARDS = "application/x-channergy-cards"  # unsaid: a form of data
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
    papers: str = ""
    """that there are documents"""


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
        face.subject if face else "", whole_money(amount) if amount is not None else "", face.customer if face else "",
        f"{card.probability} %" if card.probability is not None and card.means is Means.OPEN else "", day,
        face.owner if face else "", reminder, stands, ink, reminder_ink, _day_alone(card),
        _papers(face),
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


def _papers(face: Face | None) -> str:
    if face is None or not face.documents:
        return ""
    return ngettext("{count:,} document", "{count:,} documents", face.documents).format(count=face.documents)


def _day_alone(card: Card) -> str:
    """Of an open deal, whose sign and colour say the rest; why one was lost is cut short rather than left out."""
    if not card.day or card.means is not Means.OPEN:
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


class CardModel(QStandardItemModel):
    """The cards of one column; their faces are read when they are first seen. How many there are Qt counts itself: it
    asks once for every card when they are laid out.
    """

    def __init__(self, faces: Callable[[Sequence[Card]], dict[tuple[str, int], Face]], parent: QWidget) -> None:
        super().__init__(parent)
        self._read = faces
        self._faces: dict[tuple[str, int], Face] = {}
        self._said: dict[int, Said] = {}
        self.cards: list[Card] = []

    def show_cards(self, cards: list[Card], faces: dict[tuple[str, int], Face]) -> None:
        """Show these; what is known of them already is not read again."""
        blocked = self.blockSignals(True)
        self.setColumnCount(1)
        self.setRowCount(len(cards))
        self.blockSignals(blocked)
        self.beginResetModel()
        self.cards, self._faces = cards, faces
        self._said.clear()
        self.endResetModel()

    def shows(self, cards: list[Card], faces: dict[tuple[str, int], Face]) -> bool:
        """Whether it shows just these."""
        return faces is self._faces and cards == self.cards

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
        """A card in words; what was said once stands until the cards are shown anew."""
        if row not in self._said:
            self._said[row] = say(self.cards[row], self.face(row))
        return self._said[row]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.said(index.row()).subject
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = self.said(index.row())
            parts = (said.subject, said.customer, said.amount, said.likely, said.day, said.stands, said.reminder,
                     said.papers, said.owner)  # fmt: skip
            whole = ", ".join(filter(None, parts))
            return as_tip(whole) if role == Qt.ItemDataRole.ToolTipRole else whole
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        held = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return held | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else held | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        return [CARDS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        held = QMimeData()
        those = [self.cards[index.row()] for index in indexes]
        held.setData(CARDS, ",".join(f"{card.record}:{card.number}" for card in those).encode())
        return held

    def supportedDragActions(self) -> Qt.DropAction:
        """A card is moved, never copied."""
        return Qt.DropAction.MoveAction

    def row_of(self, number: int, record: str = "opportunity") -> int:
        """Where a card stands; -1 where it does not."""
        found = (row for row, card in enumerate(self.cards) if card.number == number and card.record == record)
        return next(found, -1)


def carried(data: QMimeData) -> list[tuple[str, int]]:
    """The cards that are dragged: what each is about, and its number."""
    words = bytes(data.data(CARDS).data()).decode().split(",")
    pairs = (word.partition(":") for word in words)
    return [(record, int(number)) for record, _sign, number in pairs if number.isdigit()]


class Ink:
    """Fonts, their measures, colours and drawings of the moment: made once for each theme and size of letters."""

    def __init__(self, view: QWidget) -> None:
        self._view, self.worn = view, theme.theme_of(view)
        self.normal, self.small, self.strong = view.font(), theme.small(view.font()), theme.strong(view.font())
        self._measures = {id(font): QFontMetrics(font) for font in (self.normal, self.small, self.strong)}
        self._colours: dict[str, QColor] = {}
        self._pictures: dict[tuple[str, str], QPixmap] = {}

    def wide(self, text: str, font: QFont) -> int:
        """How wide that is in one of these fonts."""
        return self._measures[id(font)].horizontalAdvance(text)

    def fitted(self, text: str, font: QFont, room: float) -> str:
        """As much of it as there is room for."""
        return self._measures[id(font)].elidedText(text, Qt.TextElideMode.ElideRight, int(room))

    def colour(self, name: str) -> QColor:
        """A colour by its meaning."""
        if name not in self._colours:
            self._colours[name] = QColor(getattr(self.worn, name))
        return self._colours[name]

    def picture(self, name: str, ink: str) -> QPixmap:
        """A drawing in that colour."""
        if (name, ink) not in self._pictures:
            palette = QPalette(self._view.palette())
            palette.setColor(QPalette.ColorRole.ButtonText, self.colour(ink))
            ratio = self._view.devicePixelRatioF()
            drawn = icon(name, palette).pixmap(QSize(SIGN, SIGN), ratio)
            self._pictures[name, ink] = drawn
        return self._pictures[name, ink]


class CardDelegate(QStyledItemDelegate):
    """Paints a card: the subject and its amount, the customer and how likely, when it closes and whose it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._held: tuple[object, Ink] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        widget: Any = option.widget
        return QSize(0, theme.px(HIGH, widget) + BETWEEN)

    def _ink(self, view: QWidget) -> Ink:
        worn = theme.theme_of(view), view.font().key(), view.devicePixelRatioF()
        if self._held is None or self._held[0] != worn:
            self._held = worn, Ink(view)
        return self._held[1]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        view: Any = option.widget
        ink, painter = self._ink(view), turned(painter, view.viewport())
        room = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -BETWEEN - 0.5)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        here = selected and view.hasFocus()
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        ground = ink.colour("soft" if here else "idle" if selected else "field")
        edge = ink.colour("accent" if here else "line")
        paint.box(painter, room, ground=ground, edge=edge, width=ink.worn.ring if here else 1, round_by=6)
        model: Any = index.model()
        _words(painter, room.adjusted(INSIDE, 7, -INSIDE, -7), ink, model.said(index.row()))
        painter.restore()


def _words(painter: QPainter, room: QRectF, ink: Ink, said: Said) -> None:
    third = room.height() / 3
    lines = [QRectF(room.left(), room.top() + place * third, room.width(), third) for place in range(3)]
    taken = _right(painter, lines[0], said.amount, ink.strong, ink, "text")
    if said.papers:
        at = QPointF(lines[0].right() - taken - SIGN, lines[0].center().y() - SIGN / 2)
        painter.drawPixmap(at, ink.picture("document", "muted"))
        taken += SIGN + 6
    _left(painter, lines[0], said.subject, ink.normal, ink, "text", taken)
    taken = _right(painter, lines[1], said.likely, ink.small, ink, "muted")
    if said.stands:
        before = lines[1].adjusted(0, 0, -taken, 0)
        taken += _right(painter, before, said.stands, ink.small, ink, "soon")
    _left(painter, lines[1], said.customer, ink.small, ink, "muted", taken)
    _last(painter, lines[2], ink, said)


def _last(painter: QPainter, line: QRectF, ink: Ink, said: Said) -> None:
    """When it closes, with a sign where that is soon or past; the reminder; whose it is."""
    taken = _right(painter, line, said.owner, ink.small, ink, "muted")
    signed = SIGN + 6 if said.ink in ("overdue", "soon") else 0
    room = line.width() - taken - signed - (SIGN + 12 if said.reminder else 0)
    day = said.day if ink.wide(said.day, ink.small) < room or not said.day_alone else said.day_alone
    if said.reminder:
        tone = said.reminder_ink or "muted"
        free = line.width() - taken - signed - ink.wide(day, ink.small) - SIGN - 20
        if ink.wide(said.reminder, ink.small) <= free:
            taken += _right(painter, line.adjusted(0, 0, -taken, 0), said.reminder, ink.small, ink, tone)
        at = QPointF(line.right() - taken - SIGN, line.center().y() - SIGN / 2)
        painter.drawPixmap(at, ink.picture("reminder", tone))
        taken += SIGN + 6
    if signed:
        sign = "warning" if said.ink == "overdue" else "clock"
        painter.drawPixmap(QPointF(line.left(), line.center().y() - SIGN / 2), ink.picture(sign, said.ink))
    _left(painter, line.adjusted(signed, 0, 0, 0), day, ink.small, ink, said.ink or "muted", taken)


def _right(painter: QPainter, line: QRectF, text: str, font: QFont, ink: Ink, tone: str) -> float:
    """Write at the right end; how much room that takes."""
    if not text:
        return 0
    painter.setFont(font)
    painter.setPen(ink.colour(tone))
    painter.drawText(line, RIGHT, text)
    return ink.wide(text, font) + 8


def _left(painter: QPainter, line: QRectF, text: str, font: QFont, ink: Ink, tone: str, taken: float) -> None:
    """Write at the left, no farther than there is room."""
    if not text:
        return
    painter.setFont(font)
    painter.setPen(ink.colour(tone))
    room = line.adjusted(0, 0, -taken, 0)
    painter.drawText(room, LEFT, ink.fitted(" ".join(text.split()), font, room.width()))
