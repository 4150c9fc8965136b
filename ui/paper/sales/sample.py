"""A document of the office as it would come out, beside the settings that make it look so (BX-26)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import N_, into
from channergy_crm.money.totals import reckon
from channergy_crm.records import SalesDocument, SalesLine
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import sales_paper, sales_texts
from channergy_crm.services.sales_paper import OnPaper, Open, Person, Reminding
from ui.paper.pages_view import PagesView
from ui.paper.sales import pages, reminder
from ui.paper.sales.kept import nobody
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ui.paper.sheet import Paper
    from ui.session.session import Session

SOON_MS = 150
LINES = ((N_("Candle, 20 cm"), "CP-020", 12_000, 6_40, N_("Beeswax, poured by hand.")),
         (N_("Gift box"), "GB-010", 12_000, 3_20, ""),
         (N_("Delivery"), "SV-001", 1_000, 18_00, ""))  # fmt: skip
ADDRESS = N_("Sample Company\nMs. Ann Example\n12 Mill Road\n12345 Anytown")


class Sample(QWidget):
    """The first page of a document of a kind, in a language; painted anew soon after something is chosen."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._kind, self._language = session, DocumentKind.INVOICE.value, ""
        self.typing: Callable[[], Mapping[str, str]] = dict
        """what is being typed, by the names of settings: it stands in the sample before it is stored"""
        self.view = PagesView("paper.sample", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._soon = later(self, self.paint_now, SOON_MS)

    def show_as(self, kind: str, language: str) -> None:
        """A document of this kind, in this language, soon."""
        self._kind, self._language = kind, language
        self._soon.start()

    def paint_now(self) -> None:
        """As it would come out now."""
        self._soon.stop()
        paper = self._session.attempt(lambda: laid_out(self._kind, self._language, self._session.by, self.typing()))
        self.view.show_paper(paper, focus=False)


def laid_out(kind: str, language: str, by: str, typed: Mapping[str, str] | None = None) -> Paper:
    """The pages of a sample, with the letterhead of the office."""
    whole = kind if kind in list(DocumentKind) else DocumentKind.INVOICE.value
    said, instead = document(whole, language, by, typed), typed or {}
    begun = kind if kind in sales_texts.KINDS else whole
    texts = {part: _text(begun, language, part, by, instead) for part in (sales_texts.OPENING, sales_texts.CLOSING)}
    if kind in sales_texts.REMINDERS:
        total, held = said.totals.total, said.document
        owed = [Open(held.document_no, held.dated, held.until, total, total)]
        return reminder.laid_out(Reminding(said, sales_texts.REMINDERS.index(kind) + 1, owed, 0, clock.today()), texts)
    return pages.laid_out(said, texts, nobody)


def _text(kind: str, language: str, part: str, by: str, typed: Mapping[str, str]) -> str:
    name = sales_texts.setting(kind, language, part).name
    if name in typed:
        return typed[name].strip() or sales_texts.usual(kind, language, part)
    return sales_texts.text(kind, language, part, by)


def document(kind: str, language: str, by: str, typed: Mapping[str, str] | None = None) -> OnPaper:
    """A document nobody has written."""
    head, words, today = sales_paper.letterhead(by, typed), into(language), clock.today()
    address = words(ADDRESS)
    held = SalesDocument(what=kind, document_no=f"{today.year}-118", addressee=address, name=address.split("\n")[0],
                         language=language, dated=today, until=today + timedelta(days=30), issued_on=clock.now(),
                         currency="EUR" if head.iban else "USD", revision=1)  # fmt: skip
    lines = [
        SalesLine(what="item", name=words(name), code=code, quantity=quantity, price=price, rate=19_00,
                  description=words(more) if more else "")
        for name, code, quantity, price, more in LINES
    ]  # fmt: skip
    return OnPaper(held, lines, reckon([line.item for line in lines], held.way), head, Person(by), "10042", "",
                   f"{today.year}-100" if kind == DocumentKind.CREDIT_NOTE else "")  # fmt: skip
