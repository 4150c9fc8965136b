"""How the office sells: its tax classes, its currency, and how its documents are numbered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.money import currencies, usual_rates
from channergy_crm.records.products import Product, TaxClass
from channergy_crm.records.sales_documents import KINDS, DocumentKind, NumberCircle
from channergy_crm.services import office, rights
from channergy_crm.settings import SALES_CURRENCY, SALES_NUMBERS
from channergy_crm.text import number_patterns
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from channergy_crm.settings import Setting

MOST_DAYS = 3_650
HIGHEST = 100_000_000
"""a count may begin at most there"""
_NAMES = (N_("Standard"), N_("Reduced"), N_("Lower"), N_("Lowest"))


def currency(by: str) -> str:
    """In which money the office sells, as three letters: what it has chosen, or that of its country."""
    return office.get(SALES_CURRENCY, by).strip() or currency_of_country()


def currency_of_country() -> str:
    """What people pay with where the office is."""
    return currencies.of_region(office.region())


# ---------------------------------------------------------------- tax classes


def tax_classes(by: str) -> list[TaxClass]:
    """All of them: the usual one first, the retired ones last."""
    rights.require(by, "see", TaxClass)
    return list(TaxClass.select().order_by(TaxClass.retired, TaxClass.standard.desc(), TaxClass.number))


def add_tax_class(name: str, rate: int, by: str) -> TaxClass:
    """One more, which products may have from now on."""
    rights.require(by, "administer")
    return save_tax_class(TaxClass(name=name.strip(), rate=rate), by)


def save_tax_class(tax_class: TaxClass, by: str) -> TaxClass:
    """Keep what is changed in one. There is one usual class: the one that was gives way."""
    rights.require(by, "administer")
    _require_sound(tax_class)
    with work.unit("Change the tax class {name}", by=by, name=tax_class.caption()):
        for other in TaxClass.select().where(TaxClass.standard) if tax_class.standard else ():
            if other.number != tax_class.number:
                other.standard = False
                other.save()
        tax_class.save()
    return tax_class


def _require_sound(tax_class: TaxClass) -> None:
    if tax_class.standard and tax_class.retired:
        raise Mistake(_("The usual tax class is not retired: tick another one as usual first."), "retired")
    was = TaxClass.find(tax_class.number) if tax_class.number else None
    if was is not None and was.standard and not tax_class.standard:
        raise Mistake(_("One tax class is the usual one: tick another one instead."), "standard")
    if tax_class.no_tax and (tax_class.rate or tax_class.new_rate):
        raise Mistake(_("A reason for no tax is only for a class whose rate is 0."), "no_tax")
    for other in TaxClass.select().where(TaxClass.number != (tax_class.number or 0)):
        if fold(other.name) == fold(tax_class.name or ""):
            raise Mistake(_("There is a tax class {name} already.").format(name=other.caption()), "name")


def remove_tax_class(number: int, by: str) -> str:
    """Delete one; one that products have is retired and stays with them. What was done, in words."""
    rights.require(by, "administer")
    held = TaxClass.find(number)
    if held is None:
        raise Mistake(_("This tax class is gone."))
    if held.standard:
        raise Mistake(_("The usual tax class stays: tick another one as usual first."))
    used = Product.select().where(Product.tax == number).count()
    with work.unit("Remove the tax class {name}", by=by, name=held.caption()):
        if not used:
            held.delete_instance()
            return _("{name} is deleted.").format(name=held.caption())
        held.retired = True
        held.save()
    return _("{name} is retired: {count:,} products have it and keep it.").format(name=held.caption(), count=used)


def fill_usual_rates(by: str) -> int:
    """The rates of the country of the office, in one step; how many classes were changed or made."""
    rights.require(by, "administer")
    rates = usual_rates.of_region(office.region())
    if not rates:
        raise Mistake(_("For this country no rates are known here: type those you charge."))
    held = tax_classes(by)
    with work.unit("Fill in the usual tax rates", by=by) as unit:
        for place, rate in enumerate(rates):
            found = _class_for(held, place)
            found.rate = rate
            found.standard, found.retired = place == 0, False
            found.save()
        return len({change.key for change in unit.changes})


def _class_for(held: list[TaxClass], place: int) -> TaxClass:
    """The usual one takes the first rate, the others go by their name in either language."""
    names = {fold(_NAMES[place]), fold(_(_NAMES[place]))}
    usual = next((each for each in held if each.standard), None) if place == 0 else None
    found = usual or next((each for each in held if fold(each.name) in names), None)
    return found or TaxClass(name=_(_NAMES[place]))


# ---------------------------------------------------------------- numbers


def numbers_of(kind: DocumentKind) -> Setting[str]:
    """The setting that says how the documents of a kind are numbered."""
    return replace(SALES_NUMBERS.of(kind.value), label=KINDS[kind].plural)


def next_count(kind: DocumentKind, by: str) -> int:
    """Which number of this year the next document of a kind gets."""
    rights.require(by, "see", NumberCircle)
    return _last(kind) + 1


def next_number(kind: DocumentKind, by: str, pattern: str = "", count: int = 0) -> str:
    """What the next document of a kind will be called, or one with this count; by this pattern, or the office's."""
    rights.require(by, "see", NumberCircle)
    pattern = pattern or office.get(numbers_of(kind), by)
    return number_patterns.number(pattern, clock.today().year, count or next_count(kind, by))


def begin_at(kind: DocumentKind, count: int, by: str) -> NumberCircle:
    """The next document of a kind gets this number of the year. Only upward: the gap is made on purpose, and the audit
    trail says by whom.
    """
    rights.require(by, "administer")
    year, last = clock.today().year, _last(kind)
    if not last < count <= HIGHEST:
        raise Mistake(
            _("Type a number from {least:,} to {most:,}: what was given is never given again.").format(
                least=last + 1, most=HIGHEST
            ), "count",
        )  # fmt: skip
    said = next_number(kind, by, count=count)
    name = _(KINDS[kind].plural)
    with work.unit("Leave out numbers on purpose: {documents} go on at {number}", by=by, documents=name, number=said):
        circle = NumberCircle.get_or_none((NumberCircle.what == kind.value) & (NumberCircle.year == year))
        circle = circle or NumberCircle(what=kind.value, year=year)
        circle.last = count - 1
        circle.save()
    return circle


def _last(kind: DocumentKind) -> int:
    here = (NumberCircle.what == kind.value) & (NumberCircle.year == clock.today().year)
    return int(NumberCircle.select(NumberCircle.last).where(here).scalar() or 0)
