"""A quote is billed at its own page without an order, and a part that was credited is billed again (VT-86, VT-137)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.records import SalesDocument
from channergy_crm.services.sales_documents import drafts, flow, issuing
from tests.ui.test_sales_documents import BY, a_quote, in_dialog, item, open_quote
from ui.pages.sales.page import InvoicesPage

if TYPE_CHECKING:
    from typing import Any

    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("fixed_clock")]


def test_vt86_a_quote_is_billed_in_part_and_what_was_credited_is_billed_again(hands: Hands) -> None:
    quote = issuing.issue(a_quote([item("Candle set", quantity=5_000)]).number, BY)
    open_quote(hands, quote)

    def three(dialog: Any) -> None:
        dialog.editors[drafts.lines(quote.number, BY)[0].number].set_value(3_000)
        dialog.accept()

    in_dialog(hands, three, "quotes.to_invoice")
    invoices: InvoicesPage = hands.window.findChild(InvoicesPage)
    bill = issuing.issue(invoices.panel.record.number, BY)
    note = issuing.issue(flow.credit(bill.number, BY, {drafts.lines(bill.number, BY)[0].number: 1_000}).number, BY)
    hands.window.session.go_to("invoice", note.number)
    hands.click("invoices.again")
    assert SalesDocument.get(SalesDocument.number == note.number).answered_on is not None
    assert flow.why_not_to_invoice(SalesDocument.get(SalesDocument.number == quote.number), BY) is None
