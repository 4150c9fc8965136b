"""An issued invoice or credit note as Factur-X: its XML, checked against its schema, put into the PDF (BX-26).

An optional extra: what it needs is imported when it is used. The XML follows the profile EN 16931 and is valid against
the schema of that profile; no more than that is claimed.
"""
# unsaid file: the words of the standard

from __future__ import annotations

import io
import logging
import re
from decimal import ROUND_HALF_UP, Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import _, into
from channergy_crm.money.totals import shared
from channergy_crm.records.products import NoTax
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services.sales_texts import UNTAXED
from channergy_crm.text.folding import fold
from channergy_crm.text.iban import bare, is_iban
from channergy_crm.text.postal import country_code

if TYPE_CHECKING:
    from channergy_crm.records import SalesLine
    from channergy_crm.services.sales_paper import OnPaper

INSTALL = "pip install channergy-crm[einvoice]"
PROFILE, SCHEMA = "urn:cen.eu:en16931:2017", "FACTUR-X_EN16931"
TYPES = {DocumentKind.INVOICE: "380", DocumentKind.CREDIT_NOTE: "381"}
TRANSFER, TAX = "58", "VAT"
NO_TAX: dict[str, tuple[str, str]] = {
    NoTax.EXEMPT: ("E", ""), NoTax.REVERSE: ("AE", "VATEX-EU-AE"), NoTax.WITHIN: ("K", "VATEX-EU-IC"),
    NoTax.EXPORT: ("G", "VATEX-EU-G"), NoTax.SMALL: ("E", ""),
}  # fmt: skip
"""the category of what is not taxed, and the code of its reason where the standard has one"""
UNITS = {
    "": "C62", "piece": "H87", "pieces": "H87", "pc": "H87", "pcs": "H87", "stuck": "H87", "stk": "H87", "set": "SET",
    "hour": "HUR", "hours": "HUR", "h": "HUR", "stunde": "HUR", "std": "HUR", "day": "DAY", "days": "DAY", "tag": "DAY",
    "week": "WEE", "woche": "WEE", "month": "MON", "monat": "MON", "year": "ANN", "jahr": "ANN", "minute": "MIN",
    "m": "MTR", "meter": "MTR", "km": "KMT", "cm": "CMT", "mm": "MMT", "m2": "MTK", "m²": "MTK", "m3": "MTQ",
    "m³": "MTQ", "kg": "KGM", "g": "GRM", "t": "TNE", "l": "LTR", "liter": "LTR", "litre": "LTR", "ft": "FOT",
    "in": "INH", "lb": "LBR", "oz": "ONZ", "pallet": "XPX", "palette": "XPX", "box": "XBX", "karton": "XCT",
    "carton": "XCT", "pack": "XPK", "paket": "XPK", "bag": "XBG", "roll": "XRO", "rolle": "XRO", "lot": "LO",
    "pauschal": "LS", "lump sum": "LS", "pair": "PR", "paar": "PR", "dozen": "DZN", "dutzend": "DZN",
}  # fmt: skip
"""what people call a unit, folded, and its code in the lists of the United Nations"""
_TOWN = re.compile(r"(?:[A-Z]{1,3}-)?(\d{4,5}) +(\S.*)")
_AMERICAN = re.compile(r"(.+?),? +([A-Z]{2}) +(\d{5}(?:-\d{4})?)")


class Place(NamedTuple):
    """An address taken apart as far as the standard asks for it."""

    name: str
    street: str
    code: str
    city: str
    country: str


# ---------------------------------------------------------------- what is lacking


def why_missing() -> str | None:
    """None where this workstation can write e-invoices, or the sentence what to install."""
    if find_spec("facturx") and find_spec("drafthorse"):
        return None
    return _("E-invoices need another part of the program. Install it with: {command}").format(command=INSTALL)


def lacking(said: OnPaper) -> list[str]:
    """What the standard needs and nobody has typed, each in a sentence; empty when nothing is lacking."""
    head, document = said.head, said.document
    seller, buyer = place(f"{head.office}\n{head.address}", head.region), place(_addressee(said), head.region)
    found: list[tuple[bool, str]] = [
        (bool(seller.city), _("The address of the office lacks its postal code and town, in Settings > The office.")),
        (bool(seller.country), _("The country of the office is not known, in Settings > The office.")),
        (bool(head.vat or head.tax), _("The office has no tax number yet, in Settings > Documents on paper.")),
        (bool(buyer.name), _("The document has no address of the customer.")),
        (bool(document.dated), _("The document has no date.")),
        (bool(re.fullmatch(r"[A-Z]{3}", document.currency or "")), _("The document has no currency such as EUR.")),
    ]  # fmt: skip
    owing = {NoTax.REVERSE, NoTax.WITHIN} & set(said.untaxed.values())
    if owing:
        found.append((bool(document.their_tax_number), _("The document has no tax number of the customer.")))
    unknown = dict.fromkeys(line.unit for line in said.lines if line.item is not None and unit_code(line) is None)
    sentences = [sentence for right, sentence in found if not right]
    return sentences + [
        _("The unit “{unit}” has no code in the standard; call it as others do, such as piece, hour or kg.").format(
            unit=unit) for unit in unknown
    ]  # fmt: skip


def unit_code(line: SalesLine) -> str | None:
    """The code of the unit of a line; None for one the standard does not know."""
    return UNITS.get(fold((line.unit or "").strip().rstrip(".")))


def place(address: str, region: str) -> Place:
    """An address as it stands on an envelope, taken apart; a country it does not name is that of the office."""
    lines = [" ".join(line.split()) for line in address.splitlines() if line.strip()]
    country = country_code(lines[-1]) if len(lines) > 1 else ""
    rest = lines[1:-1] if country else lines[1:]
    city = code = ""
    for at in reversed(range(len(rest))):
        if found := _TOWN.fullmatch(rest[at]):
            code, city = found.groups()
        elif found := _AMERICAN.fullmatch(rest[at]):
            city, _state, code = found.groups()
        if city:
            del rest[at]
            break
    return Place(lines[0] if lines else "", rest[-1] if rest else "", code, city, country or region.upper())


def _addressee(said: OnPaper) -> str:
    return said.document.addressee or said.document.name or ""


# ---------------------------------------------------------------- the XML


def put_into(pdf: bytes, said: OnPaper) -> bytes:
    """The same PDF with the XML in it. Raises `Mistake` with everything that is lacking."""
    if (reason := why_missing()) is not None:
        raise Mistake(reason)
    if found := lacking(said):
        raise Mistake(" ".join([_("No e-invoice can be made of it yet."), *found]))
    from facturx import generate_from_file

    logging.getLogger("factur-x").setLevel(logging.WARNING)
    held = io.BytesIO(pdf)
    generate_from_file(held, xml(said), flavor="factur-x", level="en16931", check_xsd=True, check_schematron=False,
                       lang=said.document.language or None, afrelationship="alternative")  # fmt: skip
    return held.getvalue()


def xml(said: OnPaper) -> bytes:
    """The XML of an invoice or a credit note, valid against the schema of its profile."""
    from drafthorse.models.document import Document

    made, document = Document(), said.document
    made.context.guideline_parameter.id = PROFILE
    made.header.id = document.document_no
    made.header.type_code = TYPES[DocumentKind(said.kind)]
    made.header.issue_date_time = document.dated
    trade = made.trade
    _parties(trade.agreement, said)
    if document.delivery:
        trade.delivery.event.occurrence = document.delivery
    for number, (line, net, why) in enumerate(_net_lines(said), 1):
        trade.items.add(_item(number, line, net, why))
    _settle(trade.settlement, said)
    return bytes(made.serialize(schema=SCHEMA))


def _euros(cents: int) -> Decimal:
    return Decimal(cents) / 100


def _parties(agreement: Any, said: OnPaper) -> None:
    from drafthorse.models.party import TaxRegistration

    head, document = said.head, said.document
    if document.their_reference:
        agreement.buyer_reference = document.their_reference
    _address(agreement.seller, place(f"{head.office}\n{head.address}", head.region))
    agreement.seller.contact.person_name = said.person.name
    if said.person.phone:
        agreement.seller.contact.telephone.number = said.person.phone
    if said.person.email:
        agreement.seller.contact.email.address = said.person.email
    for scheme, number in (("FC", head.tax), ("VA", head.vat)):
        if number:
            agreement.seller.tax_registrations.add(TaxRegistration(id=(scheme, number)))
    if said.their_number:
        agreement.buyer.id = said.their_number
    _address(agreement.buyer, place(_addressee(said), head.region))
    if document.their_tax_number:
        agreement.buyer.tax_registrations.add(TaxRegistration(id=("VA", document.their_tax_number)))


def _address(party: Any, where: Place) -> None:
    party.name = where.name
    for name, value in (("postcode", where.code), ("line_one", where.street), ("city_name", where.city)):
        if value:
            setattr(party.address, name, value)
    party.address.country_id = where.country


def _net_lines(said: OnPaper) -> list[tuple[SalesLine, int, str]]:
    """Each item with its sum without tax, and why none is taken: where prices have their tax in them, the sum is its
    share of what its rate comes to.
    """
    items = [(line, each, said.untaxed.get(place, ""))
             for place, (line, each) in enumerate(zip(said.lines, said.totals.items, strict=True))
             if line.item is not None]  # fmt: skip
    if not said.document.gross:
        return items
    found: dict[int, int] = {}
    for rate in said.totals.rates:
        places = [at for at, (line, _sum, _why) in enumerate(items) if (line.rate or 0) == rate.rate]
        found |= dict(zip(places, shared(rate.net, [items[at][1] for at in places]), strict=True))
    return [(line, found[at], why) for at, (line, _sum, why) in enumerate(items)]


def _item(number: int, line: SalesLine, net: int, why: str) -> Any:
    from drafthorse.models.tradelines import LineItem

    made, quantity = LineItem(), Decimal(line.quantity or 0) / 1000
    made.document.line_id = str(number)
    made.product.name = line.name or line.code or "-"
    if line.code:
        made.product.seller_assigned_id = line.code
    if line.description:
        made.product.description = line.description
    price = _euros(net) / quantity if quantity else _euros(line.price or 0)
    made.agreement.net.amount = price.quantize(Decimal("0.000001"), ROUND_HALF_UP).normalize() + 0
    made.delivery.billed_quantity = (quantity, unit_code(line) or UNITS[""])
    _rate(made.settlement.trade_tax, line.rate or 0, why)
    made.settlement.monetary_summation.total_amount = _euros(net)
    return made


def _rate(tax: Any, rate: int, why: str = "") -> None:
    tax.type_code = TAX
    tax.category_code = "S" if rate else NO_TAX[why][0] if why else "Z"
    tax.rate_applicable_percent = Decimal(rate) / 100


def _settle(settlement: Any, said: OnPaper) -> None:
    from drafthorse.models.payment import PaymentTerms

    document = said.document
    settlement.currency_code = document.currency
    settlement.payment_reference = document.document_no
    _means(settlement, said)
    taken_off = _taxes(settlement, said)
    if document.terms or document.until:
        terms = PaymentTerms()
        if document.terms:
            terms.description = document.terms
        if document.until:
            terms.due = document.until
        settlement.terms.add(terms)
    if said.corrects:
        settlement.invoice_referenced_document.issuer_assigned_id = said.corrects
    _sums(settlement.monetary_summation, said, taken_off)


def _means(settlement: Any, said: OnPaper) -> None:
    from drafthorse.models.payment import PaymentMeans

    head = said.head
    if not is_iban(head.iban):
        return
    means = PaymentMeans()
    means.type_code = TRANSFER
    means.payee_account.account_name = head.holder or head.office
    means.payee_account.iban = bare(head.iban)
    if head.bic:
        means.payee_institution.bic = bare(head.bic)
    settlement.payment_means.add(means)


def _taxes(settlement: Any, said: OnPaper) -> int:
    """The taxes, and what is taken off the whole document at each rate; how many cents that is."""
    from drafthorse.models.accounting import ApplicableTradeTax, CategoryTradeTax, TradeAllowanceCharge

    sums: dict[tuple[int, str], int] = {}
    for line, net, why in _net_lines(said):
        sums[line.rate or 0, why] = sums.get((line.rate or 0, why), 0) + net
    for rate in said.totals.rates:
        whys = [why for held, why in sums if held == rate.rate] or [""]
        bases = shared(rate.net, [sums.get((rate.rate, why), 0) for why in whys])
        for why, basis in zip(whys, bases, strict=True):
            tax = ApplicableTradeTax()
            tax.calculated_amount, tax.basis_amount = _euros(rate.tax), _euros(basis)
            _rate(tax, rate.rate, why)
            if why:
                _say_why(tax, why, said)
            settlement.trade_tax.add(tax)
            if off := sums.get((rate.rate, why), 0) - basis:
                less, category = TradeAllowanceCharge(), CategoryTradeTax()
                less.indicator, less.actual_amount, less.reason = off < 0, _euros(abs(off)), "Discount"
                _rate(category, rate.rate, why)
                less.trade_tax.add(category)
                settlement.allowance_charge.add(less)
    return sum(sums.values()) - said.totals.net


def _say_why(tax: Any, why: str, said: OnPaper) -> None:
    """The sentence that stands on the paper, and its code where there is one."""
    tax.exemption_reason = into(said.document.language or "")(UNTAXED[why])
    if code := NO_TAX[why][1]:
        tax.exemption_reason_code = code


def _sums(summation: Any, said: OnPaper, taken_off: int) -> None:
    totals, currency = said.totals, said.document.currency
    summation.line_total = _euros(totals.net + taken_off)
    summation.charge_total, summation.allowance_total = Decimal("0.00"), _euros(taken_off)
    summation.tax_basis_total = (_euros(totals.net), None)
    summation.tax_total = (_euros(totals.tax), currency)
    summation.grand_total = (_euros(totals.total), None)
    summation.prepaid_total, summation.due_amount = Decimal("0.00"), _euros(totals.total)
