"""Deeds in words: notes, documents, tags, templates, mails to marked rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from channergy_crm.records import Document, Note, Template
from channergy_crm.records.tags import Tagging
from channergy_crm.services import templates
from tests.journeys.week import stands
from tests.journeys.week.entering import plus
from tests.journeys.week.looking import meeting
from tests.ui.gestures import write
from tests.ui.hands import CTRL, KEY, LEFT, SHIFT
from ui.editors.choices import SuggestEditor
from ui.pages.leads import LeadsPage
from ui.timeline.composer import NoteLines

if TYPE_CHECKING:
    from tests.journeys.week.book import Desk

PATIENCE_MS = 20_000
"""until the server has taken the mails"""


def write_a_note(desk: Desk) -> None:
    """Ctrl+Shift+N, the words, Ctrl+Enter."""
    stands.at_lead(desk, stands.my_lead(desk))
    desk.hands.part("leads.grid").setFocus()
    desk.hands.press(KEY.Key_N, CTRL | SHIFT)
    _note(desk)


def note_from_anywhere(desk: Desk) -> None:
    """The plus, N: a note to the record that is open."""
    stands.at_lead(desk, stands.my_lead(desk))
    plus(desk, "n")
    _note(desk)


def _note(desk: Desk) -> None:
    hands, text = desk.hands, f"Rang **back** {desk.book.next()}"
    lines = hands.part("leads.timeline.note", NoteLines)
    hands.bot.waitUntil(lines.hasFocus)
    lines.insertPlainText(text)
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: Note.get_or_none(Note.text == text) is not None)
    desk.book.done["notes"] += 1


def keep_a_document(desk: Desk) -> None:
    """A file that is dropped on the form of a lead."""
    hands, path = desk.hands, desk.book.folder / f"Offer {desk.book.next()}.pdf"
    path.write_bytes(b"%PDF-1.7 " + path.name.encode())
    stands.at_lead(desk, stands.my_lead(desk))
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    target = hands.window.findChild(LeadsPage).panel.form.viewport()
    about = (Qt.DropAction.CopyAction, held, LEFT, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(QPoint(5, 5), *about), QDropEvent(QPointF(5, 5), *about)):
        QApplication.sendEvent(target, event)
    hands.bot.waitUntil(lambda: Document.get_or_none(Document.name == path.name) is not None)
    desk.book.done["documents"] += 1


def tag_marked_leads(desk: Desk) -> None:
    """Ctrl+Shift+T with three leads marked, a name, a press."""
    hands, name = desk.hands, f"Fair {desk.book.next()}"
    count = stands.at_leads(desk, 3)

    def fill(dialog: QDialog) -> None:
        editor = dialog.findChild(SuggestEditor, "tags_of_marked.name")
        write(hands.bot, editor, name)
        editor.changed.emit()
        QTimer.singleShot(0, dialog.findChild(QPushButton, "tags_of_marked.put_on").click)

    before = Tagging.select().count()
    done = meeting(desk, QDialog, fill, lambda dialog: dialog.isActiveWindow())
    hands.press(KEY.Key_T, CTRL | SHIFT)
    hands.bot.waitUntil(lambda: bool(done) and Tagging.select().count() == before + count)
    desk.book.done["tags"] += 1
    desk.book.done["tags worn"] += count


def mail_marked_leads(desk: Desk) -> None:
    """A mail to three leads at once, each with their name; the server takes it while they look on."""
    _mail(desk, "")


def mail_a_template(desk: Desk) -> None:
    """The same, with a template that is ready."""
    ready = next(row for row in templates.of_kind("mail", desk.by) if row.name == "Birthday")
    _mail(desk, ready.number)


def _mail(desk: Desk, template: object) -> None:
    hands, server, subject = desk.hands, desk.book.server, f"News {desk.book.next()}"
    count = stands.at_leads(desk, 3)
    hands.pick(hands.menu("leads", 0, "first_name"), f"E-mail to {count} leads…")
    dialog: Any = next(each for each in hands.window.findChildren(QWidget, "mail.dialog") if each.isVisible())
    if template:
        dialog.text.template.setCurrentIndex(dialog.text.template.findData(template))
        dialog.text.template.changed.emit()
    dialog.text.subject.setText(subject)
    dialog.text.body.setPlainText("Dear {{ lead.first_name }}, we have **news**.")
    hands.bot.waitUntil(dialog.send.isEnabled)
    before = len(server.sent)
    hands.bot.mouseClick(dialog.send, LEFT)
    hands.bot.waitUntil(lambda: len(server.sent) == before + count, timeout=PATIENCE_MS)
    desk.book.done["mails"] += count


def write_a_template(desk: Desk) -> None:
    """A new one on its page, with a name that is put in later."""
    hands, name = desk.hands, f"Letter {desk.book.next()}"
    stands.page(desk, "templates")
    hands.bot.waitUntil(hands.button("templates.create").isEnabled)
    hands.click("templates.create")
    for field, text in (("name", name), ("subject", "Hello")):
        hands.part(f"templates.{field}", QLineEdit).setText(text)
        hands.part(f"templates.{field}", QLineEdit).textEdited.emit(text)
    hands.part("templates.body", QPlainTextEdit).setPlainText("Dear {{ lead.first_name }}")
    hands.click("templates.save")
    hands.bot.waitUntil(lambda: Template.get_or_none(Template.name == name) is not None)
    desk.book.done["templates"] += 1
