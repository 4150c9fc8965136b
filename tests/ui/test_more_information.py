"""More information in the window: what is linked, made there and linked; notes, images of contacts, the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QAction, QColor, QDesktopServices, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication

from channergy_crm.records import Contact, Lead, Task
from channergy_crm.services import accounts, contact_images, leads, notes, saving
from tests import made
from tests.ui.gestures import part
from tests.ui.hands import KEY
from ui.documents.faces import Faces
from ui.forms.more_dialog import open_more
from ui.forms.new_record_dialog import NewRecordDialog
from ui.more.rows import said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
"""the screen is the same on both engines; what it asks for is tested on both"""

BY = "ADMIN"


def rows(view: Any) -> list[str]:
    return [said(row) for row in view.list.rows.rows]


@pytest.fixture
def lead(hands: Hands) -> Lead:
    held = leads.create({"description": "Wants a price list", "last_name": "Kessler"}, BY)
    hands.go("leads")
    hands.window.session.go_to("lead", held.number)
    return held


def test_vt162_vt163_vt164_a_lead_is_linked_by_what_is_made_there_and_by_what_is_there(
    hands: Hands, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = saving.save(task_of("Prepare a demo"), BY)
    panel = hands.window._pages[1].panel
    hands.window.findChild(QAction, "main.more_information").trigger()
    view = panel.linked.view
    hands.bot.waitUntil(lambda: "Tasks none" in rows(view))
    assert hands.part("more_information.list") is view.list

    def fill(dialog: NewRecordDialog) -> int:
        assert dialog.reference is not None and dialog.reference.picker is not None
        assert dialog.reference.picker.text() == "Kessler"
        dialog._panel.form.put({"action": "Send the price list"})
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(NewRecordDialog, "exec", fill)
    hands.click("leads.more_information_new_task")
    hands.bot.waitUntil(lambda: "Tasks 1" in rows(view) and view.list.row().entry.said == "Send the price list")
    hands.click("leads.more_information_link_task")
    view.line.picker.setText("Prepare a demo")
    view.line.picker.textEdited.emit("Prepare a demo")
    hands.bot.keyClick(view.line.picker, KEY.Key_Return)
    hands.bot.waitUntil(lambda: "Tasks 2" in rows(view))
    assert Task.find(other.number).lead == lead.number and view.line.isHidden()
    hands.bot.waitUntil(lambda: view.list.row().entry.said == "Prepare a demo")
    hands.bot.keyClick(view.list, KEY.Key_Delete)
    hands.bot.waitUntil(lambda: "Tasks 1" in rows(view))
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: "Tasks 2" in rows(view))


def task_of(action: str) -> Task:
    task = accounts.start_task(BY)
    task.action = action
    return task


def test_vt93_all_of_a_long_group_is_shown_and_a_note_is_written_from_there(hands: Hands, lead: Lead) -> None:
    for number in range(10):
        task = accounts.start_task(BY, lead=lead)
        task.action = f"Call {number}"
        saving.save(task, BY)
    panel = hands.window._pages[1].panel
    panel.linked.open()
    view = panel.linked.view
    hands.bot.waitUntil(lambda: "All 10" in rows(view))
    view.list.stand_on_row(rows(view).index("All 10"))
    hands.bot.keyClick(view.list, KEY.Key_Return)
    hands.bot.waitUntil(lambda: "Call 0" in rows(view) and "All 10" not in rows(view))
    hands.click("leads.more_information_new_note")
    panel.noted.view.writing.note.lines.set_value("Prefers Tuesdays")
    panel.noted.view.writing.save_note()
    hands.bot.waitUntil(lambda: "Notes 1" in rows(view))
    listed = hands.part("notes.list")
    hands.bot.waitUntil(lambda: listed.rows.count() == 1)
    assert "Prefers Tuesdays" in listed.rows.data(listed.rows.index(1))


def test_vt97_vt103_a_contact_has_notes_documents_and_an_image_in_a_window_of_its_own(
    hands: Hands, tmp_path: Path
) -> None:
    account = made.account("Acme Books; Ann Lee")
    contact = made.contact(account, "Ann")
    notes.add(Contact, contact.number, "Decides alone", BY)
    hands.open_account("Acme Books; Ann Lee", "contacts")
    hands.reads("accounts.contacts", "first_name", ["Ann"])
    dialog = open_more(Contact, contact.number, hands.window.session, hands.window)
    assert dialog is not None
    hands.bot.waitUntil(lambda: "Notes 1" in rows(dialog.linked))
    held = dialog.image.photograph
    damaged = tmp_path / "Ann.png"
    damaged.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    held.take(chosen(damaged))
    words = part(dialog, "more_information.image_said")
    hands.bot.waitUntil(lambda: "the file is damaged" in words.text())
    picture = QImage(90, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("#1a6b38"))
    picture.save(str(tmp_path / "Ann.png"))
    held.take(chosen(tmp_path / "Ann.png"))
    hands.bot.waitUntil(lambda: held.picture.image is not None)
    dialog.close()
    table = hands.window._pages[2].contacts.table
    faces = table.findChild(Faces)
    image = contact_images.of(contact.number, BY)
    assert image is not None
    hands.bot.waitUntil(lambda: faces.picture(image.number) is not None)
    place = table.model.columns.index("image")
    hands.bot.waitUntil(lambda: table.model.index(0, place).data() == "Picture")
    at = table.grid.visualRect(table.model.index(0, place)).center()
    QApplication.sendEvent(
        table.grid.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, table.grid.viewport().mapToGlobal(at))
    )
    hands.bot.waitUntil(lambda: faces._large is not None and faces._large.isVisible())
    assert faces._large.image.pixelColor(40, 30).name() == "#1a6b38"
    QApplication.sendEvent(table.grid.viewport(), QEvent(QEvent.Type.Leave))
    assert not faces._large.isVisible()


def chosen(path: Path) -> Any:
    from ui.documents.taking import files

    return files([str(path)])


def test_vt92_locate_map_asks_for_the_country_beside_its_field_and_then_opens_the_address(
    hands: Hands, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not opened.append(url))
    form = hands.window._pages[1].panel.form
    form.put({"address": "Marienplatz 1", "city": "München"})
    hands.window._pages[1].panel.commands.named("locate").trigger()
    assert "outside the USA" in form.rows["country"]._said.text() and not opened
    hands.bot.waitUntil(form.rows["country"].editor.hasFocus)
    form.put({"country": "Germany"})
    hands.window._pages[1].panel.commands.named("locate").trigger()
    (url,) = opened
    assert url.toString(QUrl.ComponentFormattingOption.FullyEncoded).endswith(
        "Marienplatz%201%2C%20M%C3%BCnchen%2C%20Germany"
    )


def test_vt99_only_contacts_of_the_same_customer_are_offered_as_whom_one_reports_to(hands: Hands) -> None:
    account, other = made.account("Acme Books; Ann Lee"), made.account("Birch Toys; Bo Chan")
    for first in ("Ann", "Bea"):
        made.contact(account, first)
    made.contact(other, "Dan")
    hands.open_account("Acme Books; Ann Lee", "contacts")
    hands.reads("accounts.contacts", "first_name", ["Ann", "Bea"])
    table = hands.window._pages[2].contacts.table
    table.edit_cell(table.model.key(0), "reports_to")
    editor = hands.window.findChild(object, "cell.reports_to")
    editor.offer()
    found = editor._list()
    assert [found.item(row).text().split()[0] for row in range(found.count())] == ["Bea"]
