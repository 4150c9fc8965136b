"""What the lines of a document ask the office: which products are meant, what they cost and why, how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.money.totals import ONE
from channergy_crm.records import Account, Product, SalesDocument
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services.products import offered, prices
from channergy_crm.services.sales_documents import drafts
from channergy_crm.text.folding import fold
from ui.look.wording import written_decimal, written_money
from ui.pages.sales.lines import Line, new_line, of_record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.products.offered import Offered
    from ui.pages.sales.pasting import Table
    from ui.session.session import Session


class Offers:
    """Asks for one document, as it stands in its form."""

    def __init__(self, session: Session, document: Callable[[], SalesDocument | None]) -> None:
        self._session, self._document = session, document
        self._why: dict[tuple[object, ...], str] = {}
        self._rates: tuple[object, Mapping[str, int]] = (None, {})

    def forget(self) -> None:
        """Another document, or prices are others now."""
        self._why.clear()
        self._rates = (None, {})

    # Products

    def find(self, text: str) -> Sequence[Offered]:
        """The products that may be meant."""
        return self._session.attempt(lambda: offered.find(text, self._session.by)) or []

    def find_beside(self, text: str, found: Callable[[Sequence[Offered]], object], asker: QWidget) -> None:
        """The same beside the window."""
        by = self._session.by
        self._session.work(
            lambda _progress: offered.find(text, by), label=_("Looking for products"), done=found, progress=False,
            asker=asker,
        )  # fmt: skip

    def said(self, each: Offered) -> str:
        """Code, name, price and stock in a line."""
        parts = [each.code, each.name]
        if each.price is not None:
            parts.append(written_money(each.price, QLocale()))
        if each.in_stock is not None:
            count = written_decimal(Product.kind("in_stock").exact(each.in_stock))  # type: ignore[attr-defined]
            parts.append(_("{count} in stock").format(count=count))
        return "   ".join(part for part in parts if part)

    def is_code(self, codes: Collection[str]) -> Collection[str]:
        """Which of these are codes of products."""
        return set(self._session.attempt(lambda: offered.with_codes(codes, self._session.by)) or {})

    def with_code(self, code: str) -> int | None:
        """The product that has just this code."""
        found = self._session.attempt(lambda: offered.with_codes({code}, self._session.by)) or {}
        return found.get(fold(code))

    # Lines

    def line(self, product: int, quantity: int = ONE) -> Line | None:
        """A line with a product in it, priced for this document."""
        document = self._document()
        if document is None:
            return None
        record = self._session.attempt(lambda: drafts.line_for(product, document, quantity, self._session.by))
        return of_record(record) if record is not None else None

    def repriced(self, line: Line, before: int) -> int | None:
        """What a unit costs now that there are more or fewer; None where somebody has set the price by hand."""
        if line.product is None or line.quantity is None:
            return None
        old, new = self._found(line.product, before), self._found(line.product, line.quantity)
        if old is None or new is None or old.price != line.price or new.price == line.price:
            return None
        return int(new.price) if new.price is not None else None

    def why(self, line: Line) -> str:
        """Which rule made the price of a line: a price book from a quantity on, the list price, or by hand."""
        if line.product is None or line.quantity is None:
            return ""
        key = (line.product, line.quantity, line.price)
        if key not in self._why:
            found = self._found(line.product, line.quantity)
            by_hand = found is not None and found.price != line.price
            said = found.why if found is not None else ""
            self._why[key] = _("Set by hand; {rule}").format(rule=said) if by_hand and said else said
        return self._why[key]

    def _found(self, number: int, quantity: int) -> prices.Found | None:
        document, by = self._document(), self._session.by
        product = self._session.find(Product, number)
        if document is None or product is None or document.what == DocumentKind.PURCHASE_ORDER:
            return None
        return self._session.attempt(
            lambda: prices.price_for(
                product,
                quantity,
                document.dated or clock.today(),
                by,
                account=self._account(document),
                currency=document.currency or "",
                book=document.__data__.get("price_book"),
            )
        )

    def _account(self, document: SalesDocument) -> Account | None:
        key = document.__data__.get("account")
        return self._session.find(Account, key) if key else None

    def stock(self, lines: Iterable[Line]) -> dict[int, int | None]:
        """How much there is of the products of these lines."""
        wanted = {line.product for line in lines if line.product}
        found = self._session.attempt(lambda: offered.stock_of(wanted, self._session.by)) if wanted else {}
        return {number: each.in_stock for number, each in (found or {}).items()}

    def rates(self) -> Mapping[str, int]:
        """What is taken on the day of the document, by the name of the tax class."""
        document = self._document()
        day: date = (document.dated if document is not None else None) or clock.today()
        if self._rates[0] != day:
            self._rates = (day, self._session.attempt(lambda: offered.rates(day, self._session.by)) or {})
        return self._rates[1]

    def usual_rate(self) -> int | None:
        """What is usually taken on the day of the document."""
        document = self._document()
        day = (document.dated if document is not None else None) or clock.today()
        return self._session.attempt(lambda: offered.usual_rate(day, self._session.by))

    # Pasting

    def with_products(self, table: Table) -> list[tuple[Line, dict[str, str]]]:
        """A line for each row that was pasted, and what is still to be typed into it."""
        codes = {row["code"] for row in table.rows if "code" in row}
        known = self._session.attempt(lambda: offered.with_codes(codes, self._session.by)) if codes else {}
        made: dict[int, Line | None] = {}
        found = []
        for row in table.rows:
            product = (known or {}).get(fold(row.get("code", "")))
            if product is not None and product not in made:
                made[product] = self.line(product)
            line = made.get(product) if product is not None else None
            found.append(
                (
                    _fresh(line) if line is not None else _free(row, self.usual_rate()),
                    _rest(row, known=line is not None),
                )
            )
        return found


def _fresh(line: Line) -> Line:
    return line._replace(id=new_line().id)


def _free(row: dict[str, str], rate: int | None) -> Line:
    if not row.keys() & {"quantity", "price", "code"}:
        return new_line(what="text")
    return new_line(code=row.get("code", ""), quantity=ONE, rate=rate)


def _rest(row: dict[str, str], *, known: bool) -> dict[str, str]:
    return {name: text for name, text in row.items() if name != "code" and not (known and name == "name" and not text)}
