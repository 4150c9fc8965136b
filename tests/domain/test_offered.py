"""Which products and older documents are offered while a document is written (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.records import Account, Product, SalesDocument, SalesLine, TaxClass
from channergy_crm.services import accounts
from channergy_crm.services.products import offered
from channergy_crm.services.sales_documents import drafts, older

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.usefixtures("fixed_clock")
BY = "ADMIN"


def kept(record: Any) -> Any:
    with work.unit("Make", by=BY):
        record.save()
    return record


def test_vt142_products_are_found_by_code_first_then_by_any_words(office: Office) -> None:
    rows = (("CS-204", "Candle set"), ("CS-300", "Lantern"), ("GB-1", "Box for candles CS"))
    made = {code: kept(Product(code=code, name=name, in_stock=5_000)) for code, name in rows}
    kept(Product(code="CS-999", name="Gone", inactive=True))
    assert [each.code for each in offered.find("cs", BY)] == ["CS-204", "CS-300", "GB-1"]
    assert [each.code for each in offered.find("candle set", BY)] == ["CS-204"]
    assert offered.find(" ", BY) == [] and len(offered.find("c", BY, limit=2)) == 2
    assert offered.with_codes(["cs-204", "nothing", ""], BY) == {"cs-204": made["CS-204"].number}
    kept(Product(code="SV-1", name="Delivery", service=True))
    service = Product.get(Product.code == "SV-1")
    assert offered.stock_of([made["GB-1"].number, service.number], BY) == {
        made["GB-1"].number: offered.Stock(5_000), service.number: offered.Stock(None),
    }  # fmt: skip


def test_vt142_rates_are_known_by_the_names_of_their_classes(office: Office) -> None:
    usual = TaxClass.get(TaxClass.standard)
    usual.rate = 825
    kept(usual)
    assert offered.rates(clock.today(), BY)["standard"] == 825 == offered.usual_rate(clock.today(), BY)


def test_vt142_older_documents_are_those_of_the_same_customer_or_those_with_the_words(office: Office) -> None:
    one, two = (accounts.make(Account(name=name, owner=BY), BY) for name in ("Millstone", "Harbor"))
    held = {}
    for account in (one, two):
        draft = drafts.start("quote", BY, account=account.number)
        held[account.number] = drafts.save(draft, [SalesLine(what="item", name="Candle", quantity=1_000, rate=0)], BY)
    new = drafts.start("quote", BY, account=one.number)
    assert [each.number for each in older.find(new, "", BY)] == [held[one.number].number]
    assert [each.number for each in older.find(new, "harbor", BY)] == [held[two.number].number]
    assert older.find(held[one.number], "", BY) == [] and SalesDocument.select().count() == 2
