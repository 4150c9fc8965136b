"""Who may do what with documents: whose they are, and who lets them go out (VT-66…VT-71, VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Refused
from channergy_crm.records import Payment, SalesDocument, SalesLine
from channergy_crm.records.roles import Role, RoleRight
from channergy_crm.services import roles, saving
from channergy_crm.services.sales_documents import chain, drafts, flow, issuing, open_lines, payments
from tests.domain.secured import ANN, BEA, CY, OWNERS, REACHED, Secured
from tests.domain.selling import BY, DAY, again, draft, issued, product

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.store.database import Office

pytestmark = pytest.mark.engines("sqlite")
WORKING = {"use": "all", "view": "all", "edit": "all"}
NO_ISSUE = "Your role does not let you issue documents. An administrator gives that right in Settings > Roles."


@pytest.fixture
def ann(office: Office, fixed_clock: object) -> Secured:
    """Ann, who may write everything."""
    ann = Secured()
    ann.let(WORKING)
    return ann


def owned(document: SalesDocument, owner: str) -> SalesDocument:
    held = again(document)
    held.owner = owner
    saving.save(held, BY)
    return held


def test_vt86_who_writes_drafts_does_not_issue_them_without_that_job(ann: Secured) -> None:
    quote = draft("quote", (product(), 3))
    rows = drafts.lines(quote.number, ANN)
    rows[0].quantity = 2_000
    drafts.save(quote, rows, ANN)
    assert issuing.why_not(again(quote), ANN) == NO_ISSUE
    with pytest.raises(Refused, match="does not let you issue"):
        issuing.issue(quote.number, ANN)
    assert not again(quote).is_issued
    issuing.issue(quote.number, BY)
    order = flow.to_order(quote.number, ANN)
    assert issuing.why_not(order, ANN) == NO_ISSUE
    roles.let_do(ann.role, ["issue"], BY)
    assert issuing.issue(order.number, ANN).document_no == "2026-0001"


def test_vt86_of_the_usual_roles_newcomers_and_readers_issue_nothing(office: Office) -> None:
    roles.make_usual(BY)
    able = {role.name for role in Role.select() for held in RoleRight.select()
            if (held.role, held.table, held.deed) == (role.number, "", "issue")}  # fmt: skip
    assert able == {"Team leader", "Operator"}


@pytest.mark.parametrize("scope", list(REACHED))
def test_vt66_documents_with_lines_and_payments_are_seen_as_far_as_a_role_goes(ann: Secured, scope: str) -> None:
    ann.let({"use": "all", "view": scope, "edit": scope}, SalesDocument)
    ann.job("issue")
    candle = product()
    for whose, owner in OWNERS.items():
        invoice = owned(issued("invoice", (candle, 2)), owner)
        payments.pay(invoice.number, 1_00, DAY, BY)
        read: list[Callable[[], object]] = [
            lambda number=invoice.number: drafts.lines(number, ANN),
            lambda number=invoice.number: open_lines.still_open(number, ANN),
            lambda number=invoice.number: payments.of(number, ANN),
            lambda number=invoice.number: chain.chain(number, ANN),
        ]
        written: list[Callable[[], object]] = [
            lambda number=invoice.number: payments.pay(number, 1_00, DAY, ANN),
            lambda number=invoice.number: flow.credit(number, ANN),
            lambda number=invoice.number: issuing.sent(number, ANN),
        ]
        for deed in (*read, *written):
            if whose in REACHED[scope]:
                assert deed()
            else:
                with pytest.raises(Refused):
                    deed()
    mine = {each.number for each in SalesDocument.select() if each.owner in [OWNERS[one] for one in REACHED[scope]]}
    if scope != "none":
        assert {debt.number for debt in payments.debts(ANN)} <= mine
    assert Payment.select().count() == len(OWNERS) + len(REACHED[scope])


def test_vt69_who_may_not_change_them_writes_neither_lines_nor_payments(ann: Secured) -> None:
    ann.let({"use": "all", "view": "all", "edit": "own"}, SalesDocument)
    ann.job("issue")
    theirs = owned(draft("invoice", (product(), 2)), CY)
    rows = drafts.lines(theirs.number, ANN)
    rows[0].price = 1
    with pytest.raises(Refused, match="only your own"):
        drafts.save(theirs, rows, ANN)
    with pytest.raises(Refused, match="only your own"):
        issuing.issue(theirs.number, ANN)
    assert SalesLine.get().price == 10_00 and BEA != CY
