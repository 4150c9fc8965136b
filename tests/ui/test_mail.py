"""Mail from the window: the server is described and tried, a mail is read, batches stand beside SMS (BX-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QTableView, QWidget

from channergy_crm import settings
from channergy_crm.records.messages import MessageRow
from channergy_crm.services import office as offices
from channergy_crm.services.mail import making
from tests.domain.mail_server import HELLO, MailServer, arrange, lead, prepared
from ui.outgoing.batches_dialog import show_batches
from ui.setup.mail_topic import MailTopic, TryDialog
from ui.timeline.mail_dialog import show_mail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def server() -> Iterator[MailServer]:
    end = MailServer()
    yield end
    end.stop()


def read(hands: Hands, name: str) -> str:
    """What a label of the window says."""
    return str(hands.part(name, QWidget).text())  # type: ignore[attr-defined]


def send_again_all_the_same(hands: Hands) -> None:
    """Of an unknown one it is asked first."""

    def answer() -> None:
        asked = QApplication.activeModalWidget()
        assert asked is not None and "If it did, they get it twice" in read(hands, "send_again.said")
        asked.findChild(QPushButton, "send_again.all").click()

    QTimer.singleShot(100, answer)
    hands.click("messages.again")


def test_bx14_the_server_is_described_tried_and_sends_beside_the_window(hands: Hands, server: MailServer) -> None:
    session = hands.window.session
    session.go_to("setting", "mail.host")
    hands.bot.waitUntil(lambda: "operator of your e-mail server" in read(hands, "mail.stands"))
    assert not hands.button("mail.try").isEnabled()
    arrange(server)
    hands.bot.waitUntil(lambda: "Nothing is missing" in read(hands, "mail.stands"))
    offices.choose(settings.MAIL_ADDRESS, "office", "ADMIN")
    hands.bot.waitUntil(lambda: "looks like name@company.com" in read(hands, "mail.stands"))
    offices.choose(settings.MAIL_ADDRESS, "office@crm.example", "ADMIN")
    topic = hands.window.findChild(MailTopic)
    tried = TryDialog(topic.chosen, topic._work, topic)
    tried.show()
    hands.part("mail_try.address", QLineEdit).setText("me@crm.example")
    tried.accept()
    hands.bot.waitUntil(lambda: read(hands, "mail_try.said") == "The server took it: 250 OK as 1")
    tried.reject()
    assert not MessageRow.select().exists()
    server.ways = ["ok", "close"]
    making.make("one", "News", HELLO, prepared([lead("Ann"), lead("Bob")]), "ADMIN")
    session.messages_wait.emit()
    hands.bot.waitUntil(lambda: hands.said() == "Of 1 message nobody knows whether it went.", timeout=10_000)
    show_batches(session, hands.window)
    sheet = hands.part("messages.messages", QTableView)
    hands.bot.waitUntil(lambda: sheet.model().rowCount() == 2)
    assert [hands.part("messages.batches", QTableView).model().index(0, place).data() for place in (2, 3, 5)] == [
        "E-mail", f"News: {HELLO}", "1 sent, 1 unknown",
    ]  # fmt: skip
    assert [sheet.model().index(0, place).data() for place in (1, 2, 5)] == [
        "bob@people.example", "unknown", "News: Hello Bob",
    ]  # fmt: skip
    send_again_all_the_same(hands)
    hands.bot.waitUntil(lambda: hands.said() == "1 message is sent again.")
    hands.bot.waitUntil(lambda: not hands.button("messages.again").isEnabled())
    assert [sheet.model().index(place, 2).data() for place in range(2)] == ["sent", "waiting"]
    hands.part("messages.dialog", QWidget).close()
    show_mail(session, MessageRow.get(MessageRow.state == "sent").number, hands.window)
    assert hands.part("mail.text", QPlainTextEdit).toPlainText() == "Hello Ann"
    assert read(hands, "mail.to") == "To Ann, ann@people.example" and "250 OK as" in read(hands, "mail.state")
    hands.part("mail.dialog", QWidget).close()
