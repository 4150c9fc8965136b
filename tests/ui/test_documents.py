"""SI-26, BX-29, VT-54: documents in the window: dropped, pasted, opened from a private copy, removed, replaced."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QDrag, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from channergy_crm.records import Contact, Document, Lead
from channergy_crm.services import documents, leads, photographs
from channergy_crm.settings import home
from tests import made
from tests.ui.gestures import part, shown
from tests.ui.hands import CTRL, KEY, SHIFT
from ui.documents.details_dialog import DetailsDialog
from ui.documents.document_list import DocumentList
from ui.documents.documents_dialog import DocumentsDialog, open_documents
from ui.shell.preferences_dialog import PreferencesDialog

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
"""the screen is the same on both engines; what it asks for is tested on both"""

BY = "ADMIN"


@pytest.fixture
def lead(hands: Hands, fixed_clock: object) -> Lead:
    """A lead the window shows."""
    held = leads.create({"description": "Wants a price list", "last_name": "Kessler"}, BY)
    hands.go("leads")
    hands.window.session.go_to("lead", held.number)
    return held


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to the system's programs."""
    found: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not found.append(Path(url.toLocalFile())))
    return found


def panel(hands: Hands) -> Any:
    return hands.window._pages[1].panel


def files(folder: Path, **contents: bytes) -> QMimeData:
    """Files somebody drags."""
    paths = [folder / name.replace("_", ".") for name in contents]
    for path, data in zip(paths, contents.values(), strict=True):
        path.write_bytes(data)
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return held


def drop(target: QWidget, held: QMimeData) -> bool:
    """Drag them there and let go; whether they were taken."""
    about = (Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering, dropped = QDragEnterEvent(QPoint(5, 5), *about), QDropEvent(QPointF(5, 5), *about)
    for event in (entering, dropped):
        QApplication.sendEvent(target, event)
    return entering.isAccepted() and dropped.isAccepted()


def names(hands: Hands) -> list[str]:
    """What stands in the list that is seen."""
    found = hands.window.findChild(DocumentList, "documents.list")
    return [row.entry.document.name for row in found.rows.rows] if found is not None and found.isVisible() else []


def test_si26_dropped_on_the_form_undone_and_said_when_one_is_refused(hands: Hands, lead: Lead, tmp_path: Path) -> None:
    held = panel(hands)
    hands.bot.waitUntil(lambda: "none" in held.filed.heading.inside)
    dragged = files(tmp_path, Offer_pdf=b"%PDF-1.7", Plan_txt=b"Plan")
    dragged.setUrls([*dragged.urls(), QUrl.fromLocalFile(str(tmp_path))])
    assert drop(held.form.viewport(), dragged)
    hands.bot.waitUntil(lambda: sorted(names(hands)) == ["Offer.pdf", "Plan.txt"])
    notice = hands.window.notices.recent()[0]
    assert notice.text.startswith("2 documents added.")
    assert "is a folder" in notice.text
    hands.part("notices.undo", QPushButton).click()
    hands.bot.waitUntil(lambda: not names(hands))
    assert "No documents yet" in hands.part("leads.documents_said").text()
    held.form.verticalScrollBar().setValue(0)
    hands.window.session.go_to("lead", leads.create({"description": "Another"}, BY).number)
    hands.bot.waitUntil(lambda: held.record.number != lead.number)
    assert names(hands) == []


def test_si26_dragged_out_it_is_a_copy_and_dropped_here_again_it_is_no_new_one(
    hands: Hands, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[tuple[str, bytes, bool]] = []

    def let_go(drag: QDrag, offered: Qt.DropAction) -> Qt.DropAction:
        """The pointer is over a folder of the system, and comes over the form on its way there."""
        path = Path(drag.mimeData().urls()[0].toLocalFile())
        taken.append((path.name, path.read_bytes(), drop(panel(hands).form.viewport(), drag.mimeData())))
        assert offered == Qt.DropAction.CopyAction
        return offered

    monkeypatch.setattr(QDrag, "exec", let_go)
    documents.add(Lead, lead.number, b"Hello", BY, name="Hello.txt")
    hands.press(KEY.Key_D, CTRL | SHIFT)
    hands.bot.waitUntil(lambda: names(hands) == ["Hello.txt"])
    rows = hands.part("documents.list", DocumentList).viewport()
    for times in (1, 2):
        hands.bot.mousePress(rows, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
        for step in (25, 60):
            hands.bot.mouseMove(rows, QPoint(20 + step, 20))
        hands.bot.waitUntil(lambda times=times: len(taken) == times)
        hands.bot.mouseRelease(rows, Qt.MouseButton.LeftButton, pos=QPoint(80, 20))
    assert taken == [("Hello.txt", b"Hello", False)] * 2
    assert names(hands) == ["Hello.txt"]


def test_si26_pasted_seen_opened_removed_and_brought_back_by_key(
    hands: Hands, lead: Lead, handed_over: list[Path]
) -> None:
    documents.add(Lead, lead.number, b"Hello", BY, name="Hello.txt")
    hands.press(KEY.Key_D, CTRL | SHIFT)
    hands.bot.waitUntil(lambda: names(hands) == ["Hello.txt"])
    listed = hands.part("documents.list", DocumentList)
    hands.bot.waitUntil(listed.hasFocus)
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#1c5cc8"))
    QGuiApplication.clipboard().setImage(picture)
    hands.press(KEY.Key_V, CTRL)
    hands.bot.waitUntil(lambda: names(hands) == ["Picture of 2026-11-23 10.00.00.png", "Hello.txt"])
    pasted = Document.get(Document.name.startswith("Picture"))
    hands.bot.waitUntil(lambda: listed.rows.pictures.get(pasted.hash) is not None)
    assert listed.rows.pictures[pasted.hash].pixelColor(20, 15).name() == "#1c5cc8"
    listed.stand_on(Document.get(Document.name == "Hello.txt").number)
    hands.press(KEY.Key_Return)
    hands.bot.waitUntil(lambda: bool(handed_over))
    (copy,) = handed_over
    assert (copy.name, copy.read_bytes()) == ("Hello.txt", b"Hello")
    if os.name != "nt":
        assert [each.stat().st_mode & 0o777 for each in (copy, copy.parent, home() / "opened")] == [0o600, 0o700, 0o700]
    copy.write_bytes(b"Hello, changed in the other program")
    QApplication.sendEvent(hands.window, QEvent(QEvent.Type.WindowActivate))
    hands.part("notices.action", QPushButton).click()
    hello = Document.get(Document.name == "Hello.txt")
    hands.bot.waitUntil(lambda: "is here now" in hands.window.notices.recent()[0].text)
    assert documents.read(hello.number, BY) == copy.read_bytes()
    hands.press(KEY.Key_Delete)
    hands.bot.waitUntil(lambda: len(names(hands)) == 1)
    hands.part("notices.undo", QPushButton).click()
    hands.bot.waitUntil(lambda: len(names(hands)) == 2)
    hands.window.session.copies.clear()
    assert not copy.parent.exists()


def test_si26_the_first_document_is_pasted_as_the_empty_list_says(hands: Hands, lead: Lead) -> None:
    hands.press(KEY.Key_D, CTRL | SHIFT)
    hands.bot.waitUntil(lambda: getattr(QApplication.focusWidget(), "text", str)() == "Add…")
    picture = QImage(4, 3, QImage.Format.Format_RGB32)
    picture.fill(QColor("#1c5cc8"))
    QGuiApplication.clipboard().setImage(picture)
    hands.press(KEY.Key_V, CTRL)
    hands.bot.waitUntil(lambda: len(names(hands)) == 1)


def test_si26_a_program_is_asked_about_and_never_handed_over(hands: Hands, lead: Lead, handed_over: list[Path]) -> None:
    documents.add(Lead, lead.number, b"MZ\x90\0", BY, name="Invoice.pdf")
    hands.press(KEY.Key_D, CTRL | SHIFT)
    hands.bot.waitUntil(lambda: names(hands) == ["Invoice.pdf"])
    hands.part("documents.list", DocumentList).opened.emit()
    assert "is a program or a script" in hands.window.notices.recent()[0].text
    assert not handed_over
    hands.part("notices.action", QPushButton).click()
    hands.bot.waitUntil(lambda: bool(handed_over))
    assert handed_over[0].is_dir(), "its folder opens, and it is not started"


def test_si26_renamed_noted_replaced_and_the_older_version_is_kept(
    hands: Hands, lead: Lead, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = documents.add(Lead, lead.number, b"first", BY, name="Offer.txt").number
    hands.press(KEY.Key_D, CTRL | SHIFT)
    hands.bot.waitUntil(lambda: names(hands) == ["Offer.txt"])
    (tmp_path / "Offer 2.txt").write_bytes(b"second")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "Offer 2.txt"), ""))
    view = panel(hands).filed.view
    view.replace()
    hands.bot.waitUntil(lambda: names(hands) == ["Offer 2.txt"])
    dialog = DetailsDialog(Document.find(number), view.working, hands.window.session, hands.window)
    shown(hands.bot, dialog)
    assert part(dialog, "document.versions").topLevelItem(0).text(3) == "Offer.txt"
    part(dialog, "document.name").set_value("")
    dialog.accept()
    assert "needs a name" in part(dialog, "document.said").text()
    part(dialog, "document.name").set_value("Angebot")
    part(dialog, "document.note").set_value("by mail")
    dialog.accept()
    hands.bot.waitUntil(lambda: names(hands) == ["Angebot.txt"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "saved.txt"), ""))
    view.save_as()
    hands.bot.waitUntil(lambda: (tmp_path / "saved.txt").exists())
    assert (tmp_path / "saved.txt").read_bytes() == b"second"


def test_bx29_a_contact_has_its_documents_in_a_window_of_its_own_and_its_account_shows_them(hands: Hands) -> None:
    account = made.account("Lantern Toys")
    contact = made.contact(account, "Ann")
    documents.add(Contact, contact.number, b"BEGIN:VCARD", BY, name="Card.vcf")
    open_documents(Contact, contact.number, hands.window.session, hands.window)
    (dialog,) = hands.window.findChildren(DocumentsDialog)
    hands.bot.waitUntil(lambda: len(dialog.view.found) == 1)
    dialog.close()
    hands.window.activateWindow()
    hands.go("accounts")
    hands.window.session.go_to("account", account.number)
    hands.press(KEY.Key_D, CTRL | SHIFT)
    hands.bot.waitUntil(lambda: names(hands) == ["Card.vcf"])
    listed = hands.part("documents.list", DocumentList)
    assert contact.caption() in listed.model().index(0, 0).data()


def test_vt54_the_own_photograph_is_chosen_seen_and_taken_away(hands: Hands, tmp_path: Path) -> None:
    dialog = PreferencesDialog(hands.window.session, hands.window)
    shown(hands.bot, dialog)
    held = dialog.own.photograph
    (tmp_path / "words.png").write_bytes(b"no picture")
    held.take(taking_one(tmp_path / "words.png"))
    said = part(dialog, "preferences.photograph_said")
    hands.bot.waitUntil(lambda: "is no picture" in said.text())
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#1a6b38"))
    picture.save(str(tmp_path / "me.png"))
    held.take(taking_one(tmp_path / "me.png"))
    hands.bot.waitUntil(lambda: held.picture.image is not None)
    assert photographs.of(BY, BY) is not None
    part(dialog, "preferences.photograph_remove").click()
    hands.bot.waitUntil(lambda: held.picture.image is None)
    dialog.reject()


def taking_one(path: Path) -> Any:
    from ui.documents.taking import files as chosen

    return chosen([str(path)])
