"""What stands on the paper of a quote, an order, an invoice or a credit note, and the PDF that was kept of it (BX-26).

Whoever sees the document sees its paper. Issued, it is kept with the document the first time it goes anywhere, and from
then on those very bytes are what is printed, saved and mailed.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.money.totals import Totals, reckon
from channergy_crm.records import (
    Account,
    Contact,
    Document,
    OfficeSetting,
    Operator,
    Product,
    SalesDocument,
    SalesLine,
    TaxClass,
    Vendor,
)
from channergy_crm.records.preferences import Preferences
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import documents, office, reading, rights
from channergy_crm.settings import (
    OFFICE_ADDRESS,
    OFFICE_NAME,
    PAPER_ACCENT,
    PAPER_BANK,
    PAPER_BIC,
    PAPER_BLOCKS,
    PAPER_EINVOICE,
    PAPER_FEE,
    PAPER_HOLDER,
    PAPER_IBAN,
    PAPER_LINK,
    PAPER_REGISTER,
    PAPER_SENDER,
    PAPER_SIZE,
    PAPER_TAX,
    PAPER_VAT,
    REGION,
)
from channergy_crm.work import own_units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from channergy_crm.services.contents import Content
    from channergy_crm.settings import Setting
    from channergy_crm.work.record import Record

PAPER, REMINDER = N_("The paper as it was issued"), N_("Reminder {level}")
"""notes of the documents that are kept, in the language of whoever kept them; anybody may write something else"""
LOGO = "sales.paper.logo"  # unsaid: the name of a setting
LARGEST_LOGO = 900_000
"""bytes, made small enough before it is kept"""
PNG, PDF = "image/png", "application/pdf"
LEVELS = (1, 2, 3)
NONE_UNTAXED: Mapping[int, str] = MappingProxyType({})


class Letterhead(NamedTuple):
    """What the office has on all of its paper. `blocks` are the parts of it that are wanted."""

    office: str
    address: str
    region: str
    logo: bytes = b""
    accent: str = PAPER_ACCENT.default
    size: float = 10.0
    sender: str = ""
    holder: str = ""
    bank: str = ""
    iban: str = ""
    bic: str = ""
    tax: str = ""
    vat: str = ""
    register: str = ""
    link: str = ""
    blocks: frozenset[str] = frozenset(PAPER_BLOCKS)
    einvoice: bool = False


class Person(NamedTuple):
    """Whom to ask at the office."""

    name: str
    email: str = ""
    phone: str = ""


class OnPaper(NamedTuple):
    """All of a document that its paper says. `corrects` is the number of the invoice a credit note is for."""

    document: SalesDocument
    lines: Sequence[SalesLine]
    totals: Totals
    head: Letterhead
    person: Person
    their_number: str = ""
    contact: str = ""
    corrects: str = ""
    untaxed: Mapping[int, str] = NONE_UNTAXED
    """why nothing is taken of lines whose rate is 0, by their place: `NoTax`"""

    @property
    def kind(self) -> str:
        """Which of the five it is."""
        return str(self.document.what)


class Receiver(NamedTuple):
    """Who gets a document: the record, and its address; "" where none is known."""

    record: Record | None
    address: str


class Open(NamedTuple):
    """An invoice nobody has paid, in a reminder."""

    number: str
    dated: date | None
    until: date | None
    total: int
    open: int


class Reminding(NamedTuple):
    """What a reminder says: which of the three it is, what is open, and the fee for it in cents."""

    about: OnPaper
    level: int
    owed: Sequence[Open]
    fee: int
    today: date


# ---------------------------------------------------------------- read


def letterhead(by: str, typed: Mapping[str, str] | None = None) -> Letterhead:
    """The office's own, for whoever works here. `typed` is what somebody is just choosing, by the names of settings."""
    rights.require(by, "see")
    instead = typed or {}

    def held(setting: Setting[str]) -> str:
        return instead.get(setting.name, office.get(setting, by)).strip()

    name, address = held(OFFICE_NAME), held(OFFICE_ADDRESS)
    if name == OFFICE_NAME.default:  # nobody has named the office: customers do not buy from a program
        name, _line, address = address.partition("\n")
    size = held(PAPER_SIZE)
    shown = frozenset(name for name, setting in PAPER_BLOCKS.items() if held(setting) == "on")
    return Letterhead(
        name, address, held(REGION), logo(by), held(PAPER_ACCENT) or PAPER_ACCENT.default,
        float(size) if size.isdecimal() and 8 <= int(size) <= 13 else 10.0, held(PAPER_SENDER), held(PAPER_HOLDER),
        held(PAPER_BANK), held(PAPER_IBAN), held(PAPER_BIC), held(PAPER_TAX), held(PAPER_VAT), held(PAPER_REGISTER),
        held(PAPER_LINK), shown, held(PAPER_EINVOICE) == "on",
    )  # fmt: skip


def read(number: int, by: str) -> OnPaper:
    """A document as its paper says it."""
    document = read_head(number, by)
    asked = SalesLine.select().where(SalesLine.document == number).order_by(SalesLine.place, SalesLine.number)
    lines = list(asked)
    totals = reckon([line.item for line in lines], document.way)
    contact = Contact.find(document.contact) if document.contact else None
    before = SalesDocument.find(document.came_from) if document.came_from else None
    corrects = before.document_no if before is not None and document.what == DocumentKind.CREDIT_NOTE else ""
    return OnPaper(document, lines, totals, letterhead(by), _person(document.owner), _their_number(document),
                   contact.caption() if contact is not None else "", corrects or "", _untaxed(lines))  # fmt: skip


def _untaxed(lines: Sequence[SalesLine]) -> Mapping[int, str]:
    """As the tax classes of their products say it now: from when the paper is kept nothing of it changes."""
    asked: Any = Product.select(Product.number, TaxClass.no_tax).join(TaxClass, on=(Product.tax == TaxClass.number))
    keys = sorted({int(line.__data__["product"]) for line in lines if line.__data__.get("product") and not line.rate})
    rows = asked.where(Product.number.in_(keys) & TaxClass.no_tax.is_null(False)).tuples() if keys else ()
    found = {int(number): str(why) for number, why in rows if why}
    return {place: found[line.__data__["product"]] for place, line in enumerate(lines)
            if not line.rate and line.item is not None and line.__data__.get("product") in found}  # fmt: skip


def reminding(number: int, level: int, by: str) -> Reminding:
    """What a reminder of that level says: this invoice and all others the customer has left unpaid and due."""
    rights.require(by, "see", SalesDocument)
    about, today = read(number, by), clock.today()
    if about.kind != DocumentKind.INVOICE or not about.document.is_issued:
        raise Mistake(_("Only of an invoice that is issued is anybody reminded."))
    rows = rights.rows(SalesDocument, by).where(
        (SalesDocument.what == DocumentKind.INVOICE.value) & SalesDocument.issued_on.is_null(False)
        & (SalesDocument.open_amount > 0) & (SalesDocument.until < today) & _same_customer(about.document)
    )  # fmt: skip
    held = {row.number: row for row in [about.document, *rows] if (row.open_amount or 0) > 0}
    owed = [Open(row.document_no, row.dated, row.until, row.total, row.open_amount)
            for row in sorted(held.values(), key=lambda row: (row.dated, row.document_no))]  # fmt: skip
    if not owed:
        raise Mistake(_("Nothing of this invoice is open any more."))
    fee = office.get(PAPER_FEE, by).strip()
    return Reminding(about, level, owed, int(fee) if fee.isdecimal() and len(fee) < 7 else 0, today)


def _same_customer(document: SalesDocument) -> Any:
    if document.account:
        return (SalesDocument.account == document.account) & (SalesDocument.currency == document.currency)
    return SalesDocument.number == document.number


def _person(owner: str) -> Person:
    held, said = Operator.find(owner), Preferences.find(owner)
    name = held.name if held is not None else owner
    return Person(name, (said.email or "") if said is not None else "", (said.phone or "") if said is not None else "")


def _their_number(document: SalesDocument) -> str:
    if document.what == DocumentKind.PURCHASE_ORDER:
        vendor = Vendor.find(document.vendor) if document.vendor else None
        return (vendor.our_number or "") if vendor is not None else ""
    account = Account.find(document.account) if document.account else None
    return str(account.customer or account.number) if account is not None else ""


# ---------------------------------------------------------------- the logo


def logo(by: str) -> bytes:
    """The picture on the office's paper; empty where there is none."""
    rights.require(by, "see", OfficeSetting)
    held = OfficeSetting.find(LOGO)
    number = str(held.value or "") if held is not None else ""
    if not number.isdecimal() or Document.find(int(number)) is None:
        return b""
    return documents.read(int(number), by)


def choose_logo(picture: bytes, by: str) -> None:
    """Keep a picture, a PNG, as the office's logo: every seat has it. No bytes take the logo off."""
    rights.require(by, "administer")
    if len(picture) > LARGEST_LOGO:
        raise Mistake(_("That picture is too large for a letterhead."), "logo")
    with work.unit("Choose the logo of documents", by=by):
        held = OfficeSetting.find(LOGO) or OfficeSetting(name=LOGO)
        held.value = held.value or "-"
        held.save()
        kept = documents.keep(held, picture, by, N_("Choose the logo of documents"), name="logo.png",
                              wanted=_require_png) if picture else None  # fmt: skip
        held.value = str(kept.number) if kept is not None else "-"
        held.save()


def _require_png(content: Content) -> None:
    if content.type != PNG:
        raise Mistake(_("That file is no picture a letterhead can take."), "logo")


# ---------------------------------------------------------------- what is kept


def kept(number: int, by: str, level: int = 0) -> Document | None:
    """The paper that was kept of a document; of one of its reminders, where a level is given. It is known by a
    field of its own, and nothing can be put in its place.
    """
    rights.require(by, "see", SalesDocument)
    documents.subject(SalesDocument, number, by)
    here = (Document.table == SalesDocument._meta.table_name) & (Document.of == str(number))
    found: Document | None = Document.select().where(here & (Document.paper == level)).first()
    return found


def kept_bytes(number: int, by: str, level: int = 0) -> bytes | None:
    """What is in it; None where nothing was kept yet."""
    held = kept(number, by, level)
    return documents.read(held.number, by) if held is not None else None


def keep(number: int, pdf: bytes, name: str, by: str, level: int = 0) -> bytes:
    """Keep the paper of an issued document with it, the first time; the bytes that are kept. Whoever sees the document
    prints it, so no other right is asked for.
    """
    rights.require(by, "see", SalesDocument)
    documents.subject(SalesDocument, number, by)
    held = SalesDocument.get_by_id(number)
    if not held.is_issued:
        raise Mistake(_("A draft is not kept: what stands in it may still change."))
    note = _(REMINDER).format(level=level) if level else _(PAPER)
    try:
        with work.unit("Keep the paper of {name}", by=by, name=held.caption()) as unit:
            if (before := kept_bytes(number, by, level)) is not None:
                return before
            documents.keep(held, pdf, by, N_("Keep the paper of {name}"), name=name, note=note, paper=level)
            unit.finishing.append(_not_taken_back)
    except Mistake:
        if (before := kept_bytes(number, by, level)) is not None:  # another seat was quicker
            return before
        raise
    return pdf


def _not_taken_back(unit: work.Unit) -> None:
    """What was sent stays: Ctrl+Z takes back what was done before it."""
    own_units.discard(unit.number)


# ---------------------------------------------------------------- to whom it goes


def receiver(number: int, by: str) -> Receiver:
    """Who gets the mail with it: the contact, the account or the vendor, the first of whom an address is known."""
    document = read_head(number, by)
    chosen: tuple[tuple[type[Record], int | None], ...] = (
        (Contact, document.contact),
        (Account, document.account),
        (Vendor, document.vendor),
    )
    for record, key in chosen:
        held = reading.find(record, key, by) if key else None
        if held is not None and (address := str(held.__data__.get("email") or "").strip()):
            return Receiver(held, address)
    return Receiver(None, "")


def read_head(number: int, by: str) -> SalesDocument:
    """A document without its lines."""
    rights.require(by, "see", SalesDocument)
    document = reading.find(SalesDocument, number, by)
    if document is None:
        raise Mistake(_("That document is not there any more."))
    return document
