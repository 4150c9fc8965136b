"""What an office decides of its sales, and what keeps documents when people are forgotten, merged or deleted."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Account, Product, SalesDocument, SalesLine, TaxClass, Vendor
from channergy_crm.records.sales_documents import DocumentKind, NumberCircle, State
from channergy_crm.services import office as offices
from channergy_crm.services import saving, selling
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.privacy import anonymising
from channergy_crm.settings import REGION, SALES_CURRENCY
from channergy_crm.text import number_patterns
from channergy_crm.work import UnitRow
from tests.factories import BY, stored

if TYPE_CHECKING:
    from channergy_crm.store.database import Office


def invoice(*, issued: date | None, product: Any = None, **links: Any) -> SalesDocument:
    """With one line; issued on a day, or a draft."""
    with work.unit("Write", by=BY):
        made = SalesDocument(
            what=DocumentKind.INVOICE.value, name="Quentin Ltd", addressee="Xaver Quentin\nMain St", owner=BY,
            dated=issued or date(2026, 11, 1), subject="Website", opening="Dear Xaver", total=11_900, **links,
        )  # fmt: skip
        made.save()
        SalesLine(document=made.key, name="Candle", quantity=1_000, price=10_000, rate=1_900,
                  product=product and product.key).save()  # fmt: skip
        if issued:
            made.document_no, made.year, made.count = f"{issued.year}-{made.key:04}", issued.year, made.key
            made.state, made.issued_on = State.OPEN.value, datetime(issued.year, issued.month, issued.day, 9)
            made.save()
    return made


def fresh(record: Any) -> Any:
    return type(record).find(record.key)


def test_dp5_issued_documents_are_kept_and_named(office: Office, fixed_clock: datetime) -> None:
    account = stored(Account)
    held, draft = invoice(issued=date(2020, 5, 1), account=account.key), invoice(issued=None, account=account.key)
    said = f"Invoice {held.document_no} is of 2020-05-01: it is kept until 2030-12-31."
    assert anonymising.preview(Account, account.key, BY).held == [said]
    with pytest.raises(Refused, match="is of 2020-05-01: it is kept until 2030-12-31"):
        anonymising.anonymise(Account, account.key, "asked", BY)
    assert fresh(draft).addressee.startswith("Xaver")


def test_dp3_after_its_years_a_document_is_emptied_and_keeps_its_number_and_sums(
    office: Office, fixed_clock: datetime
) -> None:
    account = stored(Account)
    old, draft = invoice(issued=date(2014, 5, 1), account=account.key), invoice(issued=None, account=account.key)
    anonymising.anonymise(Account, account.key, "asked", BY)
    for made in (old, draft):
        now = fresh(made)
        assert (now.addressee, now.opening, now.document_no) == ("", "", made.document_no)
        assert now.name.startswith("Anonymised #") and now.total == 11_900
    assert [line.name for line in SalesLine.select().order_by(SalesLine.number)] == ["Candle", "Candle"]
    with pytest.raises(Mistake, match="is issued"), work.unit("Change", by=BY):
        now = fresh(old)
        now.addressee = "Somebody else"
        now.save()


@pytest.mark.parametrize("record", [Account, Vendor])
def test_merging_takes_issued_documents_along(office: Office, record: Any) -> None:
    kept, gone = stored(record), stored(record)
    link = "account" if record is Account else "vendor"
    made = invoice(issued=date(2026, 5, 1), **{link: gone.key})
    merging.merge(proposal.propose(record, [kept.key, gone.key], BY), 0, {}, BY)
    assert fresh(made).__data__[link] == kept.key


def test_an_issued_line_may_lead_to_another_product_and_nothing_else(office: Office) -> None:
    one, other = stored(Product), stored(Product)
    made = invoice(issued=date(2026, 5, 1), product=one)
    line = SalesLine.get(SalesLine.document == made.key)
    with work.unit("Merge", by=BY):
        line.product = other.key
        line.save()
    with pytest.raises(Mistake, match="is issued"), work.unit("Change", by=BY):
        line.price = 1
        line.save()


def test_who_has_documents_is_not_deleted_and_the_documents_are_named(office: Office) -> None:
    account, product = stored(Account), stored(Product)
    made = [invoice(issued=date(2026, 5, 1), account=account.key, product=product) for _turn in range(4)]
    first = f"{account.caption()} has documents and stays: Invoice {made[0].document_no}, "
    with pytest.raises(Mistake) as refused:
        saving.delete(fresh(account), BY)
    assert refused.value.message.startswith(first) and refused.value.message.endswith(" and 1 more.")
    with pytest.raises(Mistake, match="Make it inactive instead"):
        saving.delete_all([fresh(product)], BY)
    saving.delete(stored(Product), BY)


def test_the_usual_rates_of_a_country_are_filled_in_one_step(office: Office) -> None:
    offices.choose(REGION, "FR", BY)
    assert selling.currency(BY) == "EUR"
    selling.fill_usual_rates(BY)
    selling.fill_usual_rates(BY)
    assert [(each.name, each.rate) for each in selling.tax_classes(BY)] == [
        ("Standard", 2_000), ("0 %", 0), ("Reduced", 1_000), ("Lower", 550), ("Lowest", 210),
    ]  # fmt: skip
    assert UnitRow.select().where(UnitRow.name == "Fill in the usual tax rates").count() == 1
    offices.choose(REGION, "US", BY)
    with pytest.raises(Mistake, match="no rates are known"):
        selling.fill_usual_rates(BY)
    offices.choose(SALES_CURRENCY, "CHF", BY)
    assert selling.currency(BY) == "CHF"


def test_one_tax_class_is_the_usual_one_and_one_in_use_is_retired(office: Office) -> None:
    books, tea = selling.add_tax_class("Books", 700, BY), selling.add_tax_class("Tea", 550, BY)
    with pytest.raises(Mistake, match="There is a tax class"):
        selling.add_tax_class("books", 700, BY)
    books.standard = True
    selling.save_tax_class(books, BY)
    assert [each.name for each in TaxClass.select().where(TaxClass.standard)] == ["Books"]
    with pytest.raises(Mistake, match="usual tax class stays"):
        selling.remove_tax_class(books.number, BY)
    product = stored(Product)
    product.tax = tea.number
    saving.save(product, BY)
    assert "retired" in selling.remove_tax_class(tea.number, BY) and fresh(tea).retired
    coffee = selling.add_tax_class("Coffee", 550, BY)
    assert "deleted" in selling.remove_tax_class(coffee.number, BY) and fresh(coffee) is None


def test_a_circle_goes_on_higher_with_a_gap_made_on_purpose(office: Office, fixed_clock: datetime) -> None:
    kind = DocumentKind.INVOICE
    assert selling.next_number(kind, BY) == f"{fixed_clock.year}-0001"
    selling.begin_at(kind, 119, BY)
    assert selling.next_number(kind, BY) == f"{fixed_clock.year}-0119"
    with pytest.raises(Mistake, match="Type a number from 119"):
        selling.begin_at(kind, 50, BY)
    assert NumberCircle.get().last == 118
    assert UnitRow.select().where(UnitRow.name.startswith("Leave out numbers on purpose")).count() == 1


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [("{year}-{number:04}", ""), ("R{year2}/{number}", ""), ("{number}", "{year} is missing"),
     ("{year}", "{number} is missing"), ("{year}{number}", "stands a sign"), ("{year}{number:4}", ""),
     ("{year}-{nr}-{number}", "In braces"), ("{year}-{number:99}", "digits"), ("{year}-{number} ", "sign that is seen"),
     ("x" * 40 + "{year}-{number}", "at most 40")],
)  # fmt: skip
def test_patterns_of_numbers(pattern: str, wrong: str) -> None:
    said = number_patterns.check(pattern)
    assert said is None if not wrong else wrong in (said or "")
    assert number_patterns.number("A-{year2}-{number:4}", 2026, 119) == "A-26-0119"
