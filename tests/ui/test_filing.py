"""Mails are dropped, chosen or wait in a folder: what is clear is filed at once, the rest is asked for (BX-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTableView, QWidget

from channergy_crm.records import FiledMail, Lead
from channergy_crm.services import leads
from channergy_crm.services import office as offices
from channergy_crm.settings import WATCH_AFTER, WATCH_HOST, WATCH_PORT, WATCH_SECURITY, WATCH_USER
from tests.domain.imap_server import PASSWORD, USER, ImapServer
from tests.domain.test_filed_mail import written
from ui.filing.page import FilingDialog
from ui.filing.record_dialog import RecordDialog
from ui.filing.taking import take
from ui.timeline.timeline import Timeline

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
BY = "ADMIN"


def saved(folder: Path, name: str, sender: str, number: int) -> str:
    path = folder / name
    path.write_bytes(written(sender, Message_ID=f"<{number}@x.example>").as_bytes())
    return str(path)


def drop(window: QWidget, paths: list[str], at: QPoint) -> None:
    """What the system does when somebody lets files go over a window."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(path) for path in paths])
    about = (Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(at, *about))
    QApplication.sendEvent(window, QDropEvent(QPointF(at), *about))


def test_bx14_a_mail_dropped_on_a_row_is_filed_there_read_and_removed_from_the_timeline(
    hands: Hands, tmp_path: Path
) -> None:
    lead = leads.create({"description": "Parkas", "last_name": "Yarrow", "email": "yusuf@yarrow.example"}, BY)
    hands.go("leads")
    hands.bot.waitUntil(lambda: "Yarrow" in hands.column("leads", "last_name"))
    grid = hands.grid("leads")
    row = hands.row("leads", "last_name", "Yarrow")
    at = grid.viewport().mapTo(hands.window, grid.visualRect(grid.model().index(row, 0)).center())
    drop(hands.window, [saved(tmp_path, "a.eml", "ida@icke.example", 1)], at)
    hands.bot.waitUntil(lambda: FiledMail.select().count() == 1)
    filed = FiledMail.get()
    assert (filed.table, filed.of) == (Lead._meta.table_name, str(lead.number))
    hands.bot.waitUntil(lambda: "None of the addresses" in hands.said())
    drop(hands.window, [saved(tmp_path, "b.eml", "yusuf@yarrow.example", 1)], at)
    hands.bot.waitUntil(lambda: hands.said() == "This e-mail is filed already.")
    view = Timeline(hands.window.session, hands.window)
    view.show_record(Lead.find(lead.number))
    view.show()
    hands.bot.waitUntil(lambda: view.list.rows.count() > 0)
    view.choose("mail")
    hands.bot.waitUntil(lambda: view.list.rows.count() == 1)
    view.open()
    assert "forty parkas" in hands.part("filed.text", QPlainTextEdit).toPlainText()
    hands.click("filed.remove")
    hands.bot.waitUntil(lambda: hands.said() == "E-mail removed.")
    assert FiledMail.select().count() == 0
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: FiledMail.select().count() == 1)
    view.close()


def test_bx14_what_is_not_clear_is_asked_a_line_each(hands: Hands, tmp_path: Path) -> None:
    lead = leads.create({"description": "Parkas", "last_name": "Yarrow", "email": "yusuf@yarrow.example"}, BY)
    (tmp_path / "c.eml").write_bytes(b"\0")
    senders = ["yusuf@yarrow.example", "Ida Icke <i@icke.example>", "Bo <bo@icke.example>"]
    paths = [saved(tmp_path, f"{number}.eml", sender, number) for number, sender in enumerate(senders)]
    paths.append(str(tmp_path / "c.eml"))
    take(hands.window.session, hands.window, paths)
    hands.bot.waitUntil(lambda: hands.window.findChild(FilingDialog) is not None)
    dialog, sheet = hands.window.findChild(FilingDialog), hands.part("filing.list", QTableView)
    cells = [[sheet.model().index(row, column).data() for column in (0, 3, 4)] for row in range(4)]
    assert cells == [
        ["yusuf@yarrow.example", "Yarrow (lead)", "the sender's address"],
        ["Ida Icke", "nowhere yet", "nobody here has this address"],
        ["Bo", "nowhere yet", "nobody here has this address"],
        ["c.eml", "", "That is no e-mail that can be read."],
    ]
    assert sheet.currentIndex().row() == 1, "the cursor stands on the first that is not clear"
    hands.choose("filing.goes_to", "Make a lead of it")
    assert hands.button("filing.file").text() == "File 2 e-mails"
    sheet.selectRow(2)
    chosen = RecordDialog(hands.window.session, dialog)
    chosen.accept()
    assert chosen.person is None
    chosen._picker.set_value(lead.number)
    chosen.accept()
    assert chosen.person is not None
    dialog.put([2], chosen.person)
    hands.click("filing.file")
    hands.bot.waitUntil(lambda: FiledMail.select().count() == 3)
    assert Lead.get(Lead.email == "i@icke.example").last_name == "Icke"
    hands.bot.waitUntil(lambda: hands.said() == "3 e-mails are filed.")


def test_k26_the_watched_folder_is_described_and_tried(hands: Hands) -> None:
    server = ImapServer()
    session = hands.window.session
    session.go_to("setting", "watch.host")
    hands.bot.waitUntil(lambda: "where the mailbox lies" in hands.part("watch.stands", QWidget).text())  # type: ignore[attr-defined]
    for setting, value in ((WATCH_HOST, "127.0.0.1"), (WATCH_PORT, str(server.port)), (WATCH_SECURITY, "none"),
                           (WATCH_USER, USER), (WATCH_AFTER, "move")):  # fmt: skip
        offices.choose(setting, value, BY)
    hands.fill("watch.password", PASSWORD)
    said = hands.part("watch.stands", QWidget)
    hands.bot.waitUntil(lambda: "Nothing is missing" in said.text(), timeout=10_000)  # type: ignore[attr-defined]
    hands.click("watch.try")
    hands.bot.waitUntil(lambda: said.text() == "It works: 0 mails lie in “CRM”.")  # type: ignore[attr-defined]
    server.stop()
