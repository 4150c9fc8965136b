"""The paper of a document goes by mail: what arrives is what was kept, and the document was sent (BX-26, K26)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from channergy_crm.outgoing.mail import sending
from channergy_crm.records import Account, SalesDocument, Vendor
from channergy_crm.services import documents, sales_paper
from channergy_crm.services.mail import making, recipients
from channergy_crm.services.rights import Program
from channergy_crm.services.sales_documents import mailed
from channergy_crm.work import unit
from tests.domain.mail_server import PROGRESS, MailServer, arrange
from tests.domain.test_sales_paper import PDF, issued

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record


@pytest.fixture
def server(office: Office, fixed_clock: datetime) -> Iterator[MailServer]:
    """A server that takes everything, and the office sends by it."""
    sending._went.clear()
    end = MailServer()
    arrange(end)
    yield end
    end.stop()


def written(to: Record, document: SalesDocument, by: str, level: int = 0) -> None:
    """A mail with the paper of a document, put down as the window does, and while the program is closed."""
    held = sales_paper.kept(document.number, by, level)
    assert held is not None
    ready = recipients.prepare([(type(to), to.key)], "Your invoice", "Please find it attached.", by)
    making.make(uuid4().hex, "Your invoice", "Please find it attached.", ready, by, [held.number])


def sent_on(document: SalesDocument) -> datetime | None:
    return SalesDocument.get_by_id(document.number).sent_on


def test_k26_the_very_bytes_that_were_kept_arrive_and_then_it_is_sent(server: MailServer, operator: str) -> None:
    with unit("Make an account", by=operator):
        account = Account.create(name="Harbor", owner=operator, email="desk@harbor.example")
    document = issued(operator, account=account.number)
    sales_paper.keep(document.number, PDF, "Invoice 2026-1.pdf", operator)
    written(account, document, operator)
    assert sent_on(document) is None, "it waits"
    server.ways = ["450 Later"]
    sending.run(PROGRESS)
    assert sent_on(document) is None and not server.sent, "the server has not taken it"
    document_of = documents.of([(SalesDocument, document.number)], operator)
    documents.change(document_of[0].number, operator, name="Renamed")
    written(account, document, operator)
    sending.run(PROGRESS)
    (mail,) = server.mails()
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("Renamed.pdf", PDF)
    assert sent_on(document) is not None and mailed.settle(Program.ITSELF) == 0


def test_bx26_a_reminder_that_went_does_not_say_that_the_invoice_was_sent(server: MailServer, operator: str) -> None:
    with unit("Make an account", by=operator):
        account = Account.create(name="Harbor", owner=operator, email="desk@harbor.example")
    document = issued(operator, account=account.number)
    sales_paper.keep(document.number, PDF, "Reminder.pdf", operator, level=1)
    written(account, document, operator, level=1)
    sending.run(PROGRESS)
    assert len(server.sent) == 1 and sent_on(document) is None


def test_k26_a_vendor_is_written_to_with_a_purchase_order(server: MailServer, operator: str) -> None:
    with unit("Make a vendor", by=operator):
        vendor = Vendor.create(name="Wax Works", owner=operator, email="orders@wax.example")
    order = issued(operator, "purchase_order", vendor=vendor.number)
    sales_paper.keep(order.number, PDF, "Purchase order.pdf", operator)
    written(vendor, order, operator)
    sending.run(PROGRESS)
    assert [to for to, _mail in server.sent] == ["orders@wax.example"] and sent_on(order) is not None
