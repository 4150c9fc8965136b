"""The tabs Tickets and FAQ: read, answered, split, joined, solved, and answers put in (VT-172…VT-193)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPlainTextEdit, QWidget

from channergy_crm.records import FAQ, PhoneCall, Ticket
from channergy_crm.records.tickets import CLOSED, PUBLISHED, WAITING
from channergy_crm.services import accounts, bulk_changes, documents, faq, notes, saving
from channergy_crm.services.tickets import comments, keeping
from tests import made
from tests.ui.hands import CTRL, KEY
from ui.documents.view import DocumentsView
from ui.lists.row_menu import row_menu
from ui.more.notes import NotesView
from ui.more.rows import said
from ui.more.view import MoreInformation
from ui.pages.tickets.close_dialog import CloseDialog
from ui.pages.tickets.duplicate_dialog import DuplicateDialog
from ui.pages.tickets.faq import FAQPage
from ui.pages.tickets.figures import SupportFigures
from ui.pages.tickets.find_dialog import FindDialog
from ui.pages.tickets.join_dialog import JoinDialog
from ui.pages.tickets.page import TicketsPage
from ui.pages.tickets.parts import CHANGES, COMMENTS, DOCUMENTS, FIELDS, MORE
from ui.shell.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("fixed_clock")]
BY = "ADMIN"


def ticket(title: str, **values: Any) -> Ticket:
    held = keeping.start(BY)
    for name, value in {"title": title, **values}.items():
        setattr(held, name, value)
    return keeping.save(held, BY)


def answer(question: str, text: str) -> FAQ:
    held = faq.start(BY)
    held.question, held.answer = question, text
    return faq.save(held, BY)


def opened(hands: Hands, held: Ticket) -> TicketsPage:
    hands.window.session.go_to("ticket", held.number)
    page: TicketsPage = hands.window.findChild(TicketsPage)
    hands.bot.waitUntil(lambda: page.panel.record is not None and page.panel.record.number == held.number)
    return page


def in_dialog(hands: Hands, kind: type[QWidget], does: Callable[[Any], object]) -> None:
    """Do something in the question that comes up next."""

    def look() -> None:
        dialog: Any = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            does(dialog)
        else:
            QTimer.singleShot(20, hands.window, look)

    QTimer.singleShot(20, hands.window, look)


def test_vt178_vt179_vt183_a_ticket_is_found_on_top_of_the_list_and_opened_by_a_click_on_its_title(
    hands: Hands,
) -> None:
    first, second = ticket("Box arrived broken"), ticket("Which wax?")
    page = opened(hands, first)
    hands.reads("tickets", "title", ["Box arrived broken", "Which wax?"])
    hands.click_row("tickets", 1, "title")
    hands.bot.waitUntil(lambda: page.panel.record.number == second.number)
    hands.press(KEY.Key_F, CTRL)
    assert QApplication.focusWidget() is hands.part("tickets.search") and page.table.search.isVisible()
    hands.type("broken")
    hands.reads("tickets", "title", ["Box arrived broken"])
    hands.bot.waitUntil(lambda: page.panel.record.number == first.number)


def test_vt180_vt184_a_fact_of_a_ticket_is_pressed_and_changed_and_a_ticket_is_given_away_removed_and_back(
    hands: Hands,
) -> None:
    held = ticket("Box arrived broken")
    page = opened(hands, held)
    (tile,) = (each for each in page.panel.strip.tiles if each.fact.opens == "priority")
    assert tile.cursor().shape() == Qt.CursorShape.PointingHandCursor, "it says so where the mouse is over it"
    hands.bot.mouseClick(tile, Qt.MouseButton.LeftButton)
    editor = page.panel.form.rows["priority"].editor
    assert page.parts_.currentIndex() == FIELDS and editor.isAncestorOf(QApplication.focusWidget())
    editor.set_value("Urgent")
    assert page.panel.save_changes() and keeping.require(held.number, BY).priority == "Urgent"
    verbs = {action.objectName().rpartition(".")[2]: action for action in row_menu(page.table).actions()}
    assert {"set_field", "remove"} <= verbs.keys()
    assert {"set_field", "reassign", "deal_out"} <= {
        action.objectName().rpartition(".")[2] for action in page.table.actions()
    }
    bulk_changes.give(Ticket, {held.number: made.colleague()}, BY)
    assert keeping.require(held.number, BY).__data__["owner"] == "BEN"
    page.panel.commands.run("remove")
    assert Ticket.find(held.number) is None and "removed" in hands.said()
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: Ticket.find(held.number) is not None)


def test_vt193_more_information_shows_and_adds_tasks_notes_and_documents_of_a_ticket(
    hands: Hands, tmp_path: Path
) -> None:
    held = ticket("Box arrived broken")
    task = accounts.start_task(BY)
    task.action, task.ticket = "Send two new ones", held.number
    saving.save(task, BY)
    notes.add(Ticket, held.number, "The lid is brass.", BY)
    (tmp_path / "box.txt").write_text("a box", "utf-8")
    documents.add(Ticket, held.number, tmp_path / "box.txt", BY)
    page = opened(hands, held)
    page.parts_.setCurrentIndex(MORE)
    view = page.parts_.widget(MORE).findChild(MoreInformation)
    hands.bot.waitUntil(lambda: "Tasks 1" in [said(row) for row in view.list.rows.rows])
    notes_of = page.parts_.widget(MORE).findChild(NotesView)
    hands.bot.waitUntil(lambda: "The lid is brass." in str([row.entry for row in notes_of.list.rows.rows]))
    assert notes_of.add_button.isEnabled()
    page.parts_.setCurrentIndex(DOCUMENTS)
    shelf = page.parts_.widget(DOCUMENTS).findChild(DocumentsView)
    hands.bot.waitUntil(lambda: [row.entry.document.name for row in shelf.list.rows.rows] == ["box.txt"])
    assert shelf.add_button.isEnabled()


def test_vt178_vt183_vt191_a_ticket_is_opened_read_and_answered_and_a_note_stays_with_us(hands: Hands) -> None:
    who = made.contact(made.account("Millstone"), "Chiara", email="chiara@millstone.example")
    held, other = ticket("Box arrived broken", contact=who.number), ticket("Which wax?")
    comments.from_customer(held.number, "Two boxes were open.", who.number, BY)
    page = opened(hands, held)
    hands.reads("tickets", "title", ["Box arrived broken", "Which wax?"])
    composer = page.parts_.composer
    assert [each.text for each in page.parts_.comments.rows.rows] == ["Two boxes were open."]
    assert "sends no e-mail yet" in composer.to.text() and composer.send.text() == "Save answer"
    composer.text.setPlainText("Keep them")
    opened(hands, other)
    assert composer.text.toPlainText() == "", "it is kept with its ticket"
    opened(hands, held)
    assert composer.text.toPlainText() == "Keep them"
    composer.kind.setCurrentIndex(1)
    assert composer.send.text() == "Save note" and composer.status == ""
    composer.kind.setCurrentIndex(0)
    composer.text.setFocus()
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: keeping.require(held.number, BY).status == WAITING)
    assert [each.text for each in page.parts_.comments.rows.rows] == ["Two boxes were open.", "Keep them"]
    assert composer.text.toPlainText() == ""
    composer.send.click()
    assert "Write something" in composer.wrong.text()


def test_vt193_files_stand_under_the_comment_they_came_with_and_are_opened_from_there(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not seen.append(Path(url.toLocalFile()).name))
    paths = [tmp_path / name for name in ("box.txt", "lid.txt")]
    for path in paths:
        path.write_text(path.name, "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in paths], ""))
    held, other = ticket("Box arrived broken"), ticket("Which wax?")
    page = opened(hands, held)
    composer, view = page.parts_.composer, page.parts_.comments
    composer.attach.click()
    hands.bot.waitUntil(lambda: "box.txt and lid.txt" in composer.beside.text())
    opened(hands, other)
    assert composer.beside.isHidden()
    opened(hands, held)
    assert "box.txt and lid.txt" in composer.beside.text(), "they are kept with what is written"
    composer.text.setPlainText("See there.")
    composer.send.click()
    hands.bot.waitUntil(
        lambda: [[each.name for each in said.files] for said in view.rows.rows] == [["box.txt", "lid.txt"]]
    )
    assert composer.beside.isHidden() and page.parts_.currentIndex() == COMMENTS
    assert "lid.txt" in str(view.model().index(0, 0).data()), "they are read out, too"
    view.stand_on_row(0)
    view.setFocus()
    hands.press(KEY.Key_Return)
    menu = view.findChild(QMenu, "tickets.comment_menu")
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Open box.txt", "Open lid.txt", "Save box.txt as…", "Save lid.txt as…", "Copy",
    ]  # fmt: skip
    menu.actions()[0].trigger()
    menu.close()
    hands.bot.waitUntil(lambda: seen == ["box.txt"])
    room = view.visualRect(view.model().index(0, 0))
    hands.bot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=room.bottomLeft() + QPoint(60, -16))
    hands.bot.waitUntil(lambda: seen == ["box.txt", "lid.txt"])


def test_vt193_dialing_from_a_ticket_opens_the_call_bar_and_the_call_stands_at_the_ticket(hands: Hands) -> None:
    who = made.contact(made.account("Millstone"), "Chiara", phone="800-555-0101")
    held, other = ticket("Box arrived broken", contact=who.number), ticket("Which wax?", contact=who.number)
    page = opened(hands, held)
    page.table.grid.setFocus()
    hands.press(KEY.Key_F9)
    hands.bot.waitUntil(lambda: page.calling.is_open)
    assert page.panel.command_bar.isHidden(), "the bar stands in the place of the verbs"
    hands.part("call.note", QPlainTextEdit).setPlainText("Two boxes, she says.")
    opened(hands, other)
    assert not page.calling.is_open and not page.panel.command_bar.isHidden(), "the note is kept for her ticket"
    opened(hands, held)
    hands.press(KEY.Key_F9)
    hands.bot.waitUntil(lambda: page.calling.is_open)
    assert hands.part("call.note", QPlainTextEdit).toPlainText() == "Two boxes, she says."
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: not page.calling.is_open)
    said = comments.of(held.number, BY)
    assert len(said) == 1 and said[0].internal and said[0].text.endswith("Two boxes, she says.")
    assert not comments.of(other.number, BY)
    assert [each.contact for each in PhoneCall.select().where(PhoneCall.code != "")] == [who.number]


def test_vt176_an_answer_is_put_into_what_is_written_and_counted_when_it_is_sent(hands: Hands) -> None:
    kept = answer("How long must broken goods be kept?", "Three weeks.")
    held = ticket("Broken goods")
    page = opened(hands, held)
    hands.bot.waitUntil(lambda: page.answers.list.rows.rowCount() == 1)
    page.answers.search.setText("nothing like it")
    hands.bot.waitUntil(lambda: page.answers.list.rows.rowCount() == 0)
    page.answers.search.setText("weeks")
    hands.bot.waitUntil(lambda: page.answers.list.rows.rowCount() == 1)
    page.parts_.composer.text.setPlainText("Please:")
    page.parts_.composer.text.moveCursor(page.parts_.composer.text.textCursor().MoveOperation.End)
    page.answers.list.setFocus()
    hands.press(KEY.Key_Return)
    assert page.parts_.composer.text.toPlainText() == "Please: Three weeks."
    page.parts_.composer.send.click()
    assert FAQ.get_by_id(kept.number).used == 1


def test_vt176_while_on_the_phone_an_answer_is_found_and_copied_or_put_into_the_note(hands: Hands) -> None:
    answer("Which wax?", "Bees.")
    hands.window.findChild(QAction, "main.find_answer").trigger()
    dialog = hands.window.findChild(FindDialog)
    assert not dialog.isModal()
    dialog.search.setText("wax")
    dialog._take_first()
    assert QGuiApplication.clipboard().text() == "Bees."
    note = QPlainTextEdit(hands.window)
    note.setObjectName("call.note")
    note.show()
    FindDialog(hands.window.session, hands.window).take(FAQ.select().get())
    assert note.toPlainText() == "Bees."
    note.setParent(None)


def test_vt185_vt184_a_part_becomes_a_ticket_and_two_become_one(hands: Hands) -> None:
    held = ticket("Two things")
    page = opened(hands, held)

    def split(dialog: DuplicateDialog) -> None:
        dialog.title.setText(" ")
        dialog.accept()
        assert dialog.isVisible()
        dialog.title.setText("The second thing")
        dialog.accept()

    in_dialog(hands, DuplicateDialog, split)
    page.panel.commands.run("duplicate")
    part = Ticket.get(Ticket.title == "The second thing")
    hands.bot.waitUntil(lambda: page.panel.record.number == part.number)

    def join(dialog: JoinDialog) -> None:
        dialog.accept()
        assert dialog.isVisible(), "one alone is nothing to merge"
        dialog._add(held.number)
        dialog._tickets[held.number].setChecked(True)
        dialog.accept()

    in_dialog(hands, JoinDialog, join)
    page.panel.commands.run("merge")
    hands.bot.waitUntil(lambda: page.panel.record is not None and page.panel.record.number == held.number)
    assert Ticket.find(part.number) is None


def test_vt190_vt186_a_ticket_is_closed_with_its_solution_and_becomes_an_answer_that_is_published(hands: Hands) -> None:
    held = ticket("How long must broken goods be kept?")
    page = opened(hands, held)

    def close(dialog: CloseDialog) -> None:
        dialog.solution.setPlainText("Three weeks.")
        dialog.accept()

    in_dialog(hands, CloseDialog, close)
    page.panel.commands.run("close_ticket")
    assert keeping.require(held.number, BY).status == CLOSED
    page.panel.commands.run("to_faq")
    hands.bot.waitUntil(lambda: hands.here() == "faq")
    answers: FAQPage = hands.window.findChild(FAQPage)
    assert answers.panel.form.rows["answer"].editor.value() == "Three weeks."
    assert answers.panel.save_changes()
    answers.panel.commands.run("publish")
    assert FAQ.select().get().status == PUBLISHED


def test_vt181_vt189_vt192_a_new_ticket_knows_whom_it_is_about_and_its_parts_open(hands: Hands) -> None:
    who = made.contact(made.account("Millstone"), "Chiara")
    hands.window.session.go_to("new_ticket", ("contact", who.number))
    page: TicketsPage = hands.window.findChild(TicketsPage)
    hands.bot.waitUntil(lambda: page.panel.record is not None and page.panel.record.is_new)
    assert page.parts_.currentIndex() == FIELDS and not page.parts_.isTabEnabled(COMMENTS)
    assert page.panel.form.rows.keys() >= {
        "title", "account", "contact", "product", "came_by", "description", "status", "priority", "severity",
        "category", "owner", "quiet", "solution",
    }  # fmt: skip
    page.panel.form.rows["title"].editor.setText("Lid does not close")
    assert page.panel.save_changes()
    held = Ticket.select().get()
    assert (held.contact, held.account) == (who.number, keeping.account_of(who.number))
    for place in (MORE, CHANGES):
        page.parts_.setCurrentIndex(place)
    page.panel.past.open()
    assert page.parts_.currentIndex() == CHANGES
    menu = hands.window.findChild(Menu)
    names = {command.name for command in menu.commands}
    assert {"tickets", "faq", "new_ticket", "new_faq_answer", "find_answer"} <= names
    hands.click("tickets.create")
    assert page.panel.record.is_new and page.panel.record.contact is None


def test_vt175_support_figures_open_the_tickets_behind_them_and_go_into_a_file(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = made.account("Millstone")
    held = ticket("Box arrived broken", account=account.number)
    ticket("Which wax?")
    hands.window.session.go_to("support_figures")
    page: SupportFigures = hands.window.findChild(SupportFigures)
    hands.bot.waitUntil(lambda: len(page.charts["customers"].marks) == 2)
    assert page.tiles[0].fact.text == "2" and not page.nothing.isVisible()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "support.csv"), ""))
    page.export.click()
    hands.bot.waitUntil(lambda: (tmp_path / "support.csv").exists())
    assert "Millstone" in (tmp_path / "support.csv").read_text("utf-8-sig")
    page.charts["customers"].opened.emit(account.number)
    hands.bot.waitUntil(lambda: hands.here() == "tickets")
    hands.reads("tickets", "title", ["Box arrived broken"])
    assert held.number


def test_vt180_marked_tickets_are_merged_set_and_given_away_from_the_list(hands: Hands) -> None:
    first, second = ticket("One"), ticket("Two")
    page = opened(hands, first)
    hands.reads("tickets", "title", ["One", "Two"])
    hands.bot.keyClick(page.table.grid, KEY.Key_A, CTRL)
    assert page.table.grid.several
    in_dialog(hands, JoinDialog, lambda dialog: dialog.accept())
    page.panel.commands.run("merge")
    hands.bot.waitUntil(lambda: Ticket.select().count() == 1)
    left = Ticket.select().get()
    assert left.number in (first.number, second.number)
    bulk_changes.set_field(Ticket, [left.number], "status", CLOSED, BY)
    assert (keeping.require(left.number, BY).closed, keeping.require(left.number, BY).due) == (True, None)
    menu = row_menu(page.table)
    verbs = [action for action in menu.actions() if not action.isSeparator()]
    assert 3 <= len(verbs) <= 10 and any(action.objectName().endswith("merge") for action in verbs)
