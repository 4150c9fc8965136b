"""The lines of a document with what stands under them: the closing text, the internal notes, the sums (VT-142)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.errors import Mistake
from channergy_crm.language import _, ngettext
from channergy_crm.money.totals import ONE
from ui.look import theme
from ui.pages.sales import cells, kept_lines, pasting
from ui.pages.sales.cells import GRIP, NAME, QUANTITY
from ui.pages.sales.grid import LinesGrid
from ui.pages.sales.lines import Line, Lines, Wrong, new_line
from ui.pages.sales.model import LinesModel
from ui.pages.sales.totals import WIDE, TotalsBox
from ui.pages.sales.view import PADDING

if TYPE_CHECKING:
    from channergy_crm.money.totals import Way
    from ui.pages.sales.offers import Offers
    from ui.session.session import Session

COLUMN_OF = {"name": NAME, "quantity": QUANTITY, "unit": cells.UNIT, "price": cells.PRICE, "discount": cells.DISCOUNT,
             "rate": cells.TAX}  # fmt: skip
LINES = "application/x-channergy-crm-lines"
COPIED = ("code", "name", "quantity", "unit", "price", "discount", "rate")


class Sheet(QWidget):
    """The grid and the sums over one set of lines; it does what the keys and verbs of the grid ask for."""

    edited = Signal()
    older_wanted = Signal()

    def __init__(self, name: str, session: Session, offers: Offers, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = Lines()
        self._session, self._offers = session, offers
        self._quantities: dict[int, int] = {}
        self.cells = LinesModel(self.lines, self)
        self.cells.rates, self.cells.why = offers.rates, offers.why
        self.grid = LinesGrid(f"{name}.lines", self.cells, offers, self)
        self.totals = TotalsBox(name, self)
        self.below = QHBoxLayout()
        self.below.setSpacing(24)
        self.below.addWidget(self.totals, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(8)
        column.addWidget(self.grid)
        column.addLayout(self.below)
        self.currency = ""
        self._listen()

    def _listen(self) -> None:
        self.lines.changed.append(self._changed)
        self.cells.named.connect(self._named)
        self.cells.repriced.connect(self._reprice)
        self.grid.product_taken.connect(self._take)
        self.grid.copied.connect(self.copy)
        self.grid.pasted.connect(self.paste_held)
        self.grid.ways.heading.connect(partial(self.add_words, "heading"))
        self.grid.ways.sentence.connect(partial(self.add_words, "text"))
        self.grid.ways.older.connect(self.older_wanted)

    def hold(self, part: QWidget) -> None:
        """What stands beside the sums."""
        self.below.insertWidget(0, part, 1)

    def fit(self, width: int) -> None:
        """The sums stand under the column of totals."""
        wide = min(theme.px(WIDE, self), max(width // 2 - 24, 200))
        self.totals.setFixedWidth(wide)
        self.below.setContentsMargins(0, 0, self.grid.columnWidth(GRIP) + PADDING, 0)

    # Showing

    def show_lines(self, lines: list[Line], way: Way) -> None:
        """Show these, as they are stored."""
        self.cells.stock = self._offers.stock(lines)
        self._quantities = {line.id: line.quantity or 0 for line in lines}
        self.lines.show(lines, way)

    def tell(self) -> None:
        """Say what it comes to."""
        self.totals.show_totals(self.lines.totals, self.lines.way, self.currency)

    def _changed(self, _places: object) -> None:
        self.tell()
        self.edited.emit()

    # Adding

    def _named(self, _place: int, text: str) -> None:
        """Typed into the last row, and no product was chosen: a line of its own, or the product with just this code."""
        if (product := self._offers.with_code(text)) is not None:
            self._take(-1, product, edit=False)
            return
        self._append([new_line(name=text, quantity=ONE, rate=self._usual_rate())])

    def take_lines(self, lines: list[Line]) -> None:
        """Lines of an older document, after the current one."""
        at = self.grid.current_place()
        place = at + 1 if 0 <= at < len(self.lines.lines) else len(self.lines.lines)
        fresh = [line._replace(id=new_line().id) for line in lines]
        self._put_in(place, fresh)
        self.grid.setFocus()

    def _usual_rate(self) -> int | None:
        """What a line without a product is taxed with: as the line before it, or as usual."""
        before = next((line.rate for line in reversed(self.lines.lines) if line.is_item), None)
        return before if before is not None else self._offers.usual_rate()

    def _append(self, lines: list[Line]) -> None:
        self._quantities |= {line.id: line.quantity or 0 for line in lines}
        self.lines.insert(len(self.lines.lines), lines)

    def _take(self, place: int, product: int, *, edit: bool = True) -> None:
        """A product for a new line, or another one for a line that is there, in its quantity."""
        held = self.lines.lines[place] if place >= 0 else None
        line = self._offers.line(product, (held.quantity if held is not None else None) or ONE)
        if line is None:
            return
        self.cells.stock |= self._offers.stock([line])
        if held is None:
            place = len(self.lines.lines)
            self._append([line])
        else:
            self.lines.put(place, **{**line._asdict(), "id": held.id, "number": held.number, "came_from": None})
        if edit:
            self.grid.go_to(place, QUANTITY, edit=True)

    def _reprice(self, place: int) -> None:
        line = self.lines.lines[place]
        before = self._quantities.get(line.id, line.quantity or 0)
        self._quantities[line.id] = line.quantity or 0
        price = self._offers.repriced(line, before) if before != line.quantity else None
        if price is not None:
            self.lines.amend(place, price=price)

    def add_words(self, what: str) -> None:
        """A group heading or a sentence after the current line, with the cursor in it."""
        at = self.grid.current_place()
        place = at + 1 if 0 <= at < len(self.lines.lines) and self.grid.hasFocus() else len(self.lines.lines)
        said = _("New group") if what == "heading" else ""
        self.lines.insert(place, [new_line(what=what, name=said)])
        self.grid.go_to(place, NAME, edit=True)

    # To a spreadsheet and from it

    def copy(self) -> None:
        """The chosen lines, with what the columns are called above them."""
        lines = [self.lines.lines[place] for place in self.grid.places()]
        if not lines:
            return
        rows = [[_(pasting.SAID[name]) for name in COPIED]]
        rows += [[self._copied(line, name) for name in COPIED] for line in lines]
        held = QMimeData()
        held.setText(pasting.written(rows))
        held.setData(LINES, kept_lines.written(lines).encode())
        QGuiApplication.clipboard().setMimeData(held)
        said = ngettext("{count:,} line copied.", "{count:,} lines copied.", len(lines))
        self._session.notices.say(said.format(count=len(lines)))

    def _copied(self, line: Line, name: str) -> str:
        if name == "code":
            return line.code
        return cells.said(line, COLUMN_OF[name]) if line.is_item or name == "name" else ""

    def paste_held(self) -> None:
        """What was copied: lines of a document as they are, headings and longer texts as well; else a spreadsheet."""
        held = QGuiApplication.clipboard().mimeData()
        if not held.hasFormat(LINES):
            self.paste(held.text())
            return
        try:
            lines = kept_lines.read(bytes(held.data(LINES).data()).decode())
        except (ValueError, TypeError):  # of another version of the program
            self.paste(held.text())
            return
        at = self.grid.current_place()
        place = at if at >= 0 else len(self.lines.lines)
        fresh = [line._replace(number=None, came_from=None) for line in lines]
        self._put_in(place, fresh)
        said = ngettext("{count:,} line pasted.", "{count:,} lines pasted.", len(fresh)).format(count=len(fresh))
        self._session.notices.say(said, action=(_("Undo"), self.lines.undo))

    def _put_in(self, place: int, lines: list[Line]) -> None:
        self.cells.stock |= self._offers.stock(lines)
        self._quantities |= {line.id: line.quantity or 0 for line in lines}
        self.lines.insert(place, lines)
        self.grid.choose(range(place, place + len(lines)))

    def paste(self, text: str) -> None:
        """Put the rows of a spreadsheet in as lines, before the current one; what is not understood stays in its cell
        with the reason, and is told.
        """
        table = pasting.read(text, self._offers.is_code)
        if not table.rows:
            self._session.notices.warn(_("There are no lines in what was copied."))
            return
        at = self.grid.current_place()
        place = at if at >= 0 else len(self.lines.lines)
        made, wrong = self._read(table)
        self.cells.stock |= self._offers.stock(made)
        self._quantities |= {line.id: line.quantity or 0 for line in made}
        self.lines.insert(place, made)
        self.lines.keep_wrong(wrong)
        self.grid.choose(range(place, place + len(made)))
        self._tell_pasted(table, len(made), len(wrong))

    def _read(self, table: pasting.Table) -> tuple[list[Line], dict[tuple[int, str], Wrong]]:
        made, wrong = [], dict[tuple[int, str], Wrong]()
        for start, texts in self._offers.with_products(table):
            line = start
            for name, text in texts.items():
                try:
                    line = line._replace(**cells.read(COLUMN_OF[name], text, self._offers.rates()))
                except Mistake as mistake:
                    wrong[line.id, name] = Wrong(text, mistake.message)
            made.append(line)
        return made, wrong

    def _tell_pasted(self, table: pasting.Table, count: int, wrong: int) -> None:
        said = [ngettext("{count:,} line pasted.", "{count:,} lines pasted.", count).format(count=count)]
        if wrong:
            cells_ = ngettext("{count:,} cell was not understood and is marked.",
                              "{count:,} cells were not understood and are marked.", wrong)  # fmt: skip
            said.append(cells_.format(count=wrong))
        if table.unknown:
            names = ", ".join(table.unknown)
            said.append(_("Nobody here knows the columns {names}; they were left out.").format(names=names))
        if table.more:
            more = ngettext("{count:,} row more was left out.", "{count:,} rows more were left out.", table.more)
            said.append(more.format(count=table.more))
        self._session.notices.say(" ".join(said), action=(_("Undo"), self.lines.undo))
