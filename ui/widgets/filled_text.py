"""A text with words put in, each on a chip; what is not known is in the colour of soon, with a sign and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from channergy_crm.language import _
from channergy_crm.text.marked import Run
from channergy_crm.text.marked import runs as marked_runs
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import kept_to_itself
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

    from channergy_crm.text.placeholders import Filled, Piece

LINE, HIGH, SIGN = 20, 18, 12
"""pixels: a line, the ground of a chip, the sign of what is not known"""
AIR, BREAK, FOR_SIGN = "\u00a0", "\u2028", 5
"""what gives a chip room at its ends, a new line, and how much room the sign takes: a line does not end behind it"""


class Chip(NamedTuple):
    """From where to where it goes in the text, and whether its field is not known."""

    begins: int
    ends: int
    missing: bool


class FilledText(QWidget):
    """As wide as there is room, as high as its lines. Painted letter by letter: nothing in it is markup."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said, self._chips, self._forms = "", list[Chip](), list[tuple[int, int, Run]]()
        self._layout, self._laid_out = QTextLayout(), 0
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._again = later(self, self.updateGeometry, 0)

    def show_text(self, filled: Filled, labels: Mapping[str, str], *, marked: bool = False) -> None:
        """Show this; `labels` is what people call the fields of which nothing is known. In a `marked` one the verbs of
        Markdown are seen by what they do.
        """
        self._said, self._chips, self._forms = "", [], []
        runs = marked_runs(filled.pieces) if marked else [Run(piece.text, piece) for piece in filled.pieces]
        for run in runs:
            begins = len(self._said)
            self._put(run.piece._replace(text=run.text), labels)
            if run.strong or run.slanted or run.link:
                self._forms.append((begins, len(self._said), run))
        spoken = [_spoken(run.piece._replace(text=run.text), labels) for run in runs]
        self.setAccessibleName("".join(spoken))
        self._laid_out = 0
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What stands there, in words."""
        return self.accessibleName()

    def _put(self, piece: Piece, labels: Mapping[str, str]) -> None:
        begins, words = len(self._said), kept_to_itself(piece.text).replace("\n", BREAK)
        if piece.missing:
            words = f"{AIR * FOR_SIGN}{labels.get(piece.name, piece.name)}{AIR}"
        elif piece.filled:
            words = f"{AIR}{words}{AIR}"
        self._said += words
        if piece.missing or piece.filled:
            self._chips.append(Chip(begins, len(self._said), piece.missing))

    # ---------------------------------------------------------------- lines

    def _font(self) -> QFont:
        return theme.name(self.font())

    def _lay_out(self, width: int) -> float:
        """Break it into lines of this width; how high they are."""
        line_high = theme.px(LINE, self)
        if self._laid_out != width:
            self._laid_out = width
            self._layout = QTextLayout(self._said, self._font())
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            self._layout.setTextOption(option)
            self._layout.setFormats([_formed(*form) for form in self._forms])
            self._layout.setCacheEnabled(True)
            self._layout.beginLayout()
            count = 0
            while (line := self._layout.createLine()).isValid():
                line.setLineWidth(width)
                line.setPosition(QPointF(0, count * line_high + (line_high - line.height()) / 2))
                count += 1
            self._layout.endLayout()
        return max(1, self._layout.lineCount()) * line_high

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is there."""
        return round(self._lay_out(max(width, 40)))

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 0 else 200
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.heightForWidth(max(self.width(), 40)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Broken anew, and as high as that takes."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._again.start()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters."""
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._laid_out = 0
            self.updateGeometry()

    # ---------------------------------------------------------------- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn = paint.begin(self), theme.theme_of(self)
        self._lay_out(max(self.width(), 40))
        links = [(begins, ends) for begins, ends, run in self._forms if run.link]
        formats = [_inked(begins, ends, theme.colour(self, "accent_text")) for begins, ends in links]
        for chip in self._chips:
            ground, ink = (worn.soon_soft, worn.soon) if chip.missing else (worn.chip, worn.chip_text)
            self._paint_chip(painter, chip, QColor(ground), QColor(ink))
            formats.append(_inked(chip.begins, chip.ends, QColor(ink)))
        painter.setPen(theme.colour(self, "text"))
        self._layout.draw(painter, QPointF(0, 0), formats)

    def _paint_chip(self, painter: QPainter, chip: Chip, ground: QColor, ink: QColor) -> None:
        for place in range(self._layout.lineCount()):
            line = self._layout.lineAt(place)
            begins, ends = line.textStart(), line.textStart() + line.textLength()
            first, last = max(chip.begins, begins), min(chip.ends, ends)
            if first >= last:
                continue
            left, right = sorted((_x(line, first), _x(line, last)))
            high = theme.px(HIGH, self)
            middle = line.position().y() + line.height() / 2
            paint.box(painter, QRectF(left, middle - high / 2, right - left, high), ground=ground, round_by=paint.TAG)
            if chip.missing and first == chip.begins:
                size = theme.px(SIGN, self)
                palette = QPalette(self.palette())
                palette.setColor(QPalette.ColorRole.ButtonText, ink)
                room = QRectF(left + 3, middle - size / 2, size, size).toRect()
                icon("warning", palette).paint(painter, room, Qt.AlignmentFlag.AlignCenter)


def _x(line: object, at: int) -> float:
    found = line.cursorToX(at)  # type: ignore[attr-defined]
    return float(found[0] if isinstance(found, tuple) else found)


def _formed(begins: int, ends: int, run: Run) -> QTextLayout.FormatRange:
    """Bold, slanted, or underlined where it leads somewhere."""
    marked, drawn = QTextLayout.FormatRange(), QTextCharFormat()
    if run.strong:
        drawn.setFontWeight(QFont.Weight.Bold)
    drawn.setFontItalic(run.slanted)
    drawn.setFontUnderline(bool(run.link))
    marked.start, marked.length, marked.format = begins, ends - begins, drawn
    return marked


def _inked(begins: int, ends: int, ink: QColor) -> QTextLayout.FormatRange:
    marked, drawn = QTextLayout.FormatRange(), QTextCharFormat()
    drawn.setForeground(ink)
    marked.start, marked.length, marked.format = begins, ends - begins, drawn
    return marked


def _spoken(piece: Piece, labels: Mapping[str, str]) -> str:
    if not piece.missing:
        return piece.text
    return _("({field} not known)").format(field=labels.get(piece.name, piece.name))
