"""Mails from the window: templates written and read through, one mail composed, many merged (BX-14, BX-26, VT-52)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTableView, QToolButton, QWidget

from channergy_crm import settings
from channergy_crm.records import Lead, Template
from channergy_crm.records.messages import BatchRow, MessageRow
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import leads, office, preferences, templates
from channergy_crm.settings import Setting
from channergy_crm.work.drafts import Drafts
from tests.ui.hands import CTRL, KEY, LEFT, opened
from tests.ui.two_leads import typed
from ui.outgoing import mail_out
from ui.outgoing.mail import offer_drafts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
SERVER = {"mail.host": "127.0.0.1", "mail.address": "office@acme.example"}


@pytest.fixture
def bob(qtbot: Any, database_url: str, fixed_clock: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    """The window of an office with a mail server and three leads; mails are held back for a moment."""
    monkeypatch.setattr(mail_out, "HOLD_SECONDS", 0.3)
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        for name, value in SERVER.items():
            office.choose(Setting(name, "office", ""), value, "ADMIN")
        for first, email in (("Cy", ""), ("Ann", "ann@acme.example"), ("Bob", "bob@acme.example")):
            leads.create({"description": first, "first_name": first, "email": email}, "ADMIN")
        preferences.save(Preferences(operator="ADMIN", signature="Admin, Sales", own_composer=True), "ADMIN")
        hands.go("leads")
        hands.reads("leads", "First Name", ["Bob", "Ann", "Cy"])
        hands.bot.waitUntil(lambda: typed(hands, "first_name") == "Bob")
        yield hands


def composer(hands: Hands) -> Any:
    found = [each for each in hands.window.findChildren(QWidget, "mail.dialog") if each.isVisible()]
    return found[-1] if found else None


def write(hands: Hands, subject: str, body: str) -> Any:
    """The composer that is open, with this in it, once it is known who gets it."""
    dialog = composer(hands)
    assert dialog is not None
    dialog.text.subject.setText(subject)
    dialog.text.body.setPlainText(body)
    hands.bot.waitUntil(lambda: dialog.send.isEnabled())
    return dialog


def test_vt9_vt51_vt52_an_address_opens_the_composer_and_the_mail_is_held_back_first(bob: Hands) -> None:
    bob.bot.mouseClick(bob.part("leads.send_email", QToolButton), LEFT)
    dialog = write(bob, "Parkas", "Good day **{{ lead.first_name }}**")
    assert dialog.through.findChild(QWidget, "mail.preview").text() == "Good day Bob"
    bob.bot.keyClick(dialog.text.body, KEY.Key_Return, CTRL)
    assert not dialog.isVisible() and bob.window.session.drafts.texts_left("mail.") == {}
    bob.click("notices.undo")
    assert dialog.isVisible() and MessageRow.select().count() == 0
    bob.bot.mouseClick(dialog.send, LEFT)
    bob.bot.waitUntil(lambda: MessageRow.select().count() == 1)
    row = MessageRow.get()
    assert (row.channel, row.address) == ("email", "bob@acme.example")
    assert "Good day Bob" in row.text and row.text.endswith("Admin, Sales")
    bob.bot.waitUntil(lambda: "1 mail is being sent" in bob.said())


def drop_on(widget: QWidget, path: Path) -> None:
    """A file is let go there."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    how = Qt.DropAction.CopyAction, held, LEFT, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(QPoint(5, 5), *how))
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), *how))


def too_large(bob: Hands, dialog: Any, folder: Path) -> None:
    """It is said where the files are, and the name of a file makes no window wider."""
    wide = dialog.minimumSizeHint().width()
    large = folder / f"{'long ' * 40}.pdf"
    large.write_bytes(b"%PDF" * 4_000_000)
    drop_on(dialog.text, large)
    refused = bob.part("mail.not_attached")
    bob.bot.waitUntil(lambda: "MB" in refused.text())
    dialog.text.attach(99, large.name)
    assert dialog.minimumSizeHint().width() == wide
    dialog.text._take_off(99)
    assert refused.isHidden()


def test_bx14_vt157_vt161_a_template_is_merged_with_the_marked_rows_and_read_through(
    bob: Hands, tmp_path: Path
) -> None:
    bob.grid("leads").selectAll()
    bob.pick(bob.menu("leads", 0, "first_name"), "E-mail to 3 leads…")
    dialog = composer(bob)
    assert dialog is not None
    ready = next(row for row in templates.of_kind("mail", "ADMIN") if row.name == "Birthday")
    dialog.text.template.setCurrentIndex(dialog.text.template.findData(ready.number))
    dialog.text.template.changed.emit()
    assert dialog.text.subject.value() == ready.subject
    dialog.text.body.setPlainText("Dear {{ lead.title }}")
    preview = dialog.through.findChild(QWidget, "mail.preview")
    bob.bot.waitUntil(lambda: "(Title not known)" in preview.text() and "Title" in bob.part("mail.left_out").text())
    dialog = write(bob, "Hello {{ lead.first_name }}", "Dear {{ lead.first_name }}")
    assert bob.part("mail.head").text() == "2 of 3 get it" and "Cy" in bob.part("mail.left_out").text()
    read = []
    for _time in range(3):
        read.append(dialog.through.findChild(QWidget, "mail.preview_subject").text())
        bob.bot.mouseClick(dialog.through.findChild(QToolButton, "mail.next"), LEFT)
    assert sorted(read) == ["Hello Ann", "Hello Bob", "Hello Cy"]
    assert dialog.send.text() == "Send 2 mails"
    offer = tmp_path / "offer.pdf"
    offer.write_bytes(b"%PDF-1.4")
    drop_on(dialog.text.body.viewport(), offer)
    bob.bot.waitUntil(lambda: list(dialog.text.attached.values()) == ["offer.pdf"])
    too_large(bob, dialog, tmp_path)
    bob.bot.waitUntil(lambda: dialog.send.isEnabled())
    bob.bot.mouseClick(dialog.send, LEFT)
    bob.bot.waitUntil(lambda: MessageRow.select().count() == 2)
    assert {row.address for row in MessageRow.select()} == {"ann@acme.example", "bob@acme.example"}
    assert BatchRow.get().attachments == "[1]"


def test_bx26_a_template_is_written_checked_and_read_through_on_its_page(bob: Hands) -> None:
    bob.window.session.go_to("templates")
    bob.bot.waitUntil(lambda: bob.part("templates.grid", QTableView).model().rowCount() == 12)
    bob.click("templates.create")
    for field, text in (("name", "Parkas"), ("subject", "Hi")):
        bob.part(f"templates.{field}", QLineEdit).setText(text)
        bob.part(f"templates.{field}", QLineEdit).textEdited.emit(text)
    body = bob.part("templates.body", QPlainTextEdit)
    body.setPlainText("Dear {{ lead.frist_name }}")
    bob.click("templates.save")
    assert "did you mean “lead.first_name”" in bob.part("templates.body.wrong").text()
    body.clear()
    body.setFocus()
    bob.type("Dear {{ lead.first")
    bob.press(KEY.Key_Return)  # what stands first under the cursor
    assert body.toPlainText() == "Dear {{ lead.first_name }}"
    body.setPlainText("Dear {{ lead.first_name }}, ")
    body.selectAll()
    bob.bot.keyClick(body, KEY.Key_B, CTRL)
    bob.click("templates.save")
    assert Template.get(Template.name == "Parkas").body == "**Dear {{ lead.first_name }}, **"
    bob.bot.waitUntil(lambda: "Dear Bob" in bob.part("templates.preview").text())
    bob.window.session.undo()
    assert Template.get_or_none(Template.name == "Parkas") is None


def test_c7_a_mail_that_was_being_written_when_the_program_ended_is_offered_again(bob: Hands) -> None:
    session, number = bob.window.session, Lead.get(Lead.first_name == "Bob").number
    ended = Drafts(settings.home() / "drafts", session.office.url)
    texts = {"subject": "Parkas", "body": "Half a sente", "records": f'[["CRMLeads", {number}]]',
             "attached": '{"7": "offer.pdf"}'}  # fmt: skip
    ended.put_texts("mail.1", "CRMLeads", number, texts)
    ended.close()
    session.drafts = Drafts(settings.home() / "drafts", session.office.url)
    offer_drafts(session)
    assert "was kept" in bob.said()
    bob.click("notices.action")
    dialog = composer(bob)
    assert dialog is not None and dialog.text.written()[:2] == ("Parkas", "Half a sente")
    assert dialog.text.attached == {7: "offer.pdf"}
    dialog.throw_away()
    session.drafts.close()
    assert not list((settings.home() / "drafts").rglob("mail.*"))
