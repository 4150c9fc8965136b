"""SMS from the window: written to the marked rows, sent beside the window, told on the timeline, decided (SI-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTableView, QWidget

from channergy_crm import settings
from channergy_crm.records import Lead
from channergy_crm.records.messages import MessageRow
from channergy_crm.services import office as offices
from tests.domain.sms_gateway import SmsServer, arrange, lead, mobile
from ui.outgoing.batches_dialog import show_batches
from ui.outgoing.send import send_sms
from ui.setup.sms_topic import SmsTopic, TryDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def server() -> Iterator[SmsServer]:
    end = SmsServer()
    yield end
    end.stop()


def dialog(hands: Hands, name: str) -> Any:
    found = hands.window.findChild(QWidget, name)
    assert found is not None and found.isVisible()
    return found


def read(hands: Hands, name: str) -> str:
    """What a label of the dialog says."""
    return str(hands.part(name, QWidget).text())  # type: ignore[attr-defined]


def test_si24_without_a_gateway_it_is_said_how_one_is_chosen(hands: Hands) -> None:
    held = lead("Ann", mobile(1))
    send_sms(hands.window.session, [(Lead, held.key)], hands.window)
    assert not hands.part("sms.text", QWidget).isVisible() and not hands.part("sms.send", QWidget).isVisible()
    hands.click("sms.arrange")
    hands.bot.waitUntil(lambda: hands.window.findChild(QWidget, "sms.gateway") is not None)
    assert hands.part("sms.gateway", QWidget).isVisible()
    show_batches(hands.window.session, hands.window)
    hands.bot.waitUntil(lambda: "No message has been sent yet" in read(hands, "messages.said"))
    dialog(hands, "messages.dialog").close()


def a_long_address_breaks(hands: Hands, text: QPlainTextEdit) -> None:
    """What has no blank in it makes the preview no wider than the dialog; what was written comes back."""
    written = text.toPlainText()
    text.setPlainText("https://offer.example/" + "a" * 120)
    long = hands.part("sms.preview.0", QLabel)
    hands.bot.waitUntil(lambda: "aaa" in long.text())
    assert long.minimumSizeHint().width() <= text.width() // 2
    text.setPlainText(written)
    hands.bot.waitUntil(lambda: hands.button("sms.send").isEnabled())


def test_si24_written_to_the_marked_rows_sent_and_decided(hands: Hands, server: SmsServer) -> None:
    arrange(server)
    lead("Ann", mobile(1))
    lead("Bob", mobile(2))
    lead("Landline", "+49 30 25002525")
    hands.go("leads")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 3)
    hands.grid("leads").selectAll()
    menu = hands.menu("leads", 0, "last_name")
    hands.pick(menu, "SMS to 3 leads…")
    text = hands.part("sms.text", QPlainTextEdit)
    assert "Write what it says" in hands.button("sms.send").toolTip()
    button = hands.button("sms.put_in")
    assert button.width() <= button.sizeHint().width() + 2, "no wider while there is no length beside it"
    text.setPlainText("Hi {{ lead.frist_name }}")
    hands.bot.waitUntil(lambda: "did you mean" in read(hands, "sms.said"))
    text.setPlainText("Hi {{ lead.first_name }} 😀")
    hands.bot.waitUntil(lambda: hands.button("sms.send").text() == "Send 2 messages")
    assert read(hands, "sms.length") == "9 signs, 1 part, 61 left · “😀” makes it 70 signs a part · 2 parts in all"
    assert (
        read(hands, "sms.left_out") == "no mobile number: 1 (Landline)" and read(hands, "sms.head") == "2 of 3 get it"
    )
    assert {read(hands, f"sms.preview.{place}") for place in range(2)} == {
        f"{name}, {mobile(place)}:\nHi {name} 😀" for place, name in ((1, "Ann"), (2, "Bob"))
    }
    a_long_address_breaks(hands, text)
    server.ways = ["ok", "close"]
    hands.click("sms.send")
    hands.bot.waitUntil(lambda: read(hands, "sms.state") == "1 sent, 1 unknown; cost 0.07", timeout=10_000)
    assert not hands.button("sms.stop").isEnabled() and "nobody knows" in read(hands, "sms.why")
    hands.bot.waitUntil(lambda: hands.said() == "Of 1 message nobody knows whether it went.")
    hands.click("sms.show")
    hands.bot.waitUntil(lambda: "Of 1 message nobody knows" in read(hands, "messages.said"))
    sheet = hands.part("messages.messages", QTableView)
    assert sheet.model().rowCount() == 2 and sheet.model().index(0, 2).data() == "unknown"
    hands.click("messages.went")
    hands.bot.waitUntil(lambda: not hands.button("messages.went").isEnabled())
    assert {row.state for row in MessageRow.select()} == {"sent"} and len(server.sent) == 2
    dialog(hands, "messages.dialog").close()
    dialog(hands, "sms.dialog").close()


def test_si24_a_gateway_is_described_and_tried(hands: Hands, server: SmsServer) -> None:
    hands.window.session.go_to("setting", "sms.gateway")
    arrange(server)
    hands.bot.waitUntil(lambda: "Nothing is missing" in read(hands, "sms.stands"))
    offices.choose(settings.SMS_URL, "http://gateway.example/", "ADMIN")
    hands.bot.waitUntil(lambda: "Without encryption" in read(hands, "sms.stands"))
    offices.choose(settings.SMS_URL, f"{server.address}/send", "ADMIN")

    topic = hands.window.findChild(SmsTopic)
    tried = TryDialog(topic.chosen, topic._work, topic)
    tried.show()
    hands.part("sms_try.number", QLineEdit).setText(mobile(5))
    tried.accept()
    hands.bot.waitUntil(lambda: read(hands, "sms_try.said") == "The gateway took it, as id-try.")
    tried.reject()
    assert [number for _reference, number, _text in server.sent] == [mobile(5)] and not MessageRow.select().exists()
