"""Documents on their way out of the window: kept once, saved and mailed as those very bytes (BX-26, BX-52, K26)."""

from __future__ import annotations

import json
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from channergy_crm import clock
from channergy_crm.records import Account, SalesDocument, Vendor
from channergy_crm.records.messages import BatchRow
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import office as settings
from channergy_crm.services import preferences, sales_paper
from channergy_crm.settings import OFFICE_ADDRESS, PAPER_EINVOICE, Setting
from channergy_crm.work import unit
from tests.domain.test_sales_paper import issued
from tests.ui.hands import Hands, opened
from ui.outgoing.mail_dialog import MailDialog
from ui.paper import sales
from ui.paper.sales.dialog import SalesPreview
from ui.paper.sales.out import Out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 11, 28, 10)
pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain


@pytest.fixture
def hands(office: Any, qtbot: Any, american: None) -> Iterator[Hands]:
    with clock.fixed(NOW), opened(qtbot, office.url) as hands:
        yield hands


def invoice(count: int, **said: object) -> SalesDocument:
    with unit("Make an account", by="ADMIN"):
        account = Account.create(name=f"Harbor {count}", owner="ADMIN", email="desk@harbor.example")
    return issued("ADMIN", count=count, account=account.number, addressee="Harbor\n1 Main St\nBoston, MA 02110", **said)


def previewed(hands: Hands, document: SalesDocument, look: Callable[[SalesPreview], None]) -> None:
    """The preview, looked at and closed."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, SalesPreview):
            look(dialog)
            dialog.reject()

    QTimer.singleShot(0, answer)
    sales.preview(document.number, hands.window.session, hands.window)


def test_bx26_what_goes_out_is_kept_once_and_stays_those_bytes(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, asked = invoice(1), list[str]()
    previewed(hands, document, lambda dialog: asked.append(" ".join(dialog.view.read())))
    assert "Invoice 2026-1" in asked[0]
    assert sales_paper.kept_bytes(document.number, "ADMIN") is None, "looked at is not kept"

    def name(*arguments: object) -> tuple[str, str]:
        asked.append(Path(str(arguments[2])).name)
        return str(tmp_path / f"{len(asked)}.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    Out(document, hands.window.session, hands.window).save()
    first = (tmp_path / "2.pdf").read_bytes()
    assert asked[1] == "Invoice 2026-1 Harbor Gifts.pdf"
    assert sales_paper.kept_bytes(document.number, "ADMIN") == first == sales.pdf_of(document, "ADMIN")
    settings.choose(OFFICE_ADDRESS, "Another street\n10115 Berlin", "ADMIN")
    Out(document, hands.window.session, hands.window).save()
    assert (tmp_path / "3.pdf").read_bytes() == first
    previewed(hands, document, lambda dialog: asked.append(str(len(dialog.paper.pages[0].pictures))))
    assert asked[-1] == "1", "what is shown is what was kept"


def test_bx26_a_draft_can_be_looked_at_but_not_mailed(hands: Hands) -> None:
    with unit("Make a draft", by="ADMIN"):
        draft = SalesDocument(what="quote", dated=clock.today(), owner="ADMIN")
        draft.save()
    seen: list[object] = []

    def look(dialog: SalesPreview) -> None:
        seen.append(dialog.findChild(QPushButton, "print.mail").isEnabled())
        seen.append([words.style for words in dialog.paper.pages[0].words if words.text == "Draft"])

    previewed(hands, draft, look)
    assert seen == [False, ["draft"]]
    assert sales.pdf_of(draft, "ADMIN").startswith(b"%PDF")
    assert sales_paper.kept(draft.number, "ADMIN") is None


def test_k26_it_is_mailed_in_the_mail_program_with_its_file_and_marked_as_sent(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, shown = invoice(2), list[Path]()
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not shown.append(Path(url.toLocalFile())))
    sales.mail(document, hands.window.session, hands.window)
    mail = message_from_bytes(shown[0].read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"], mail["X-Unsent"]) == ("desk@harbor.example", "Invoice 2026-2", "1")
    files = {each.get_filename(): each.get_content() for each in mail.iter_attachments()}
    assert files == {"Invoice 2026-2 Harbor Gifts.pdf": sales_paper.kept_bytes(document.number, "ADMIN")}
    assert SalesDocument.get_by_id(document.number).sent_on is not None
    nobody = issued("ADMIN", count=3)
    sales.mail(nobody, hands.window.session, hands.window)
    assert "No e-mail address" in hands.said() and len(shown) == 1


def test_k26_a_purchase_order_is_written_here_to_its_vendor_and_goes_though_the_window_closes(
    hands: Hands,
) -> None:
    for name, value in {"mail.host": "127.0.0.1", "mail.address": "office@acme.example"}.items():
        settings.choose(Setting(name, "office", ""), value, "ADMIN")
    preferences.save(Preferences(operator="ADMIN", own_composer=True), "ADMIN")
    with unit("Make a vendor", by="ADMIN"):
        vendor = Vendor.create(name="Wax Works", owner="ADMIN", email="orders@wax.example")
    order = issued("ADMIN", "purchase_order", count=6, vendor=vendor.number)
    sales.mail(order, hands.window.session, hands.window)
    dialog = hands.window.findChild(MailDialog)
    hands.bot.waitUntil(lambda: dialog.send.isEnabled())
    kept = sales_paper.kept(order.number, "ADMIN")
    assert "orders@wax.example" in dialog._head.text() and kept is not None
    assert dialog.text.attached == {kept.number: kept.name}
    dialog.accept()
    hands.window.session.closing.emit()
    batch = BatchRow.get()
    assert json.loads(batch.attachments) == [kept.number]


def test_bx26_a_reminder_is_kept_with_its_invoice(hands: Hands) -> None:
    document = invoice(4)
    out = Out(document, hands.window.session, hands.window, level=2)
    with pypdfium2.PdfDocument(out.pdf()) as pdf:
        text = pdf[0].get_textpage().get_text_bounded()
    assert "Second reminder" in text and "2026-4" in text
    assert sales_paper.kept_bytes(document.number, "ADMIN", level=2) and not sales_paper.kept(document.number, "ADMIN")


def test_bx26_an_e_invoice_that_lacks_something_says_so_and_is_not_kept(hands: Hands, tmp_path: Path) -> None:
    pytest.importorskip("facturx")
    settings.choose(PAPER_EINVOICE, "on", "ADMIN")
    document = invoice(5)
    Out(document, hands.window.session, hands.window).write(tmp_path / "a.pdf")
    assert "tax number" in hands.said() and not (tmp_path / "a.pdf").exists()
    assert sales_paper.kept(document.number, "ADMIN") is None
    seen: list[object] = []

    def look(dialog: SalesPreview) -> None:
        seen.append(dialog.findChild(QLabel, "print.lacking").text())
        seen.append([dialog.findChild(QPushButton, f"print.{verb}").isEnabled() for verb in ("print", "save", "mail")])

    previewed(hands, document, look)
    assert "tax number" in str(seen[0]) and "postal code" in str(seen[0]) and seen[1] == [False] * 3
    with unit("Make a draft", by="ADMIN"):
        draft = SalesDocument(what="invoice", dated=clock.today(), owner="ADMIN", currency="EUR", name="Harbor")
        draft.save()
    previewed(hands, draft, look)
    assert "Before it is issued" in str(seen[2]) and seen[3] == [True, True, False], "a draft may be printed"
    assert "tax number" in sales.lacking(draft, "ADMIN")
    settings.choose(PAPER_EINVOICE, "off", "ADMIN")
    assert sales.lacking(draft, "ADMIN") == ""
