"""What a mail is made of: a template, its subject, its text, the documents that go along (VT-161)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records.templates import TemplateKind
from channergy_crm.services import documents, templates
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.editors.lines import TextEditor
from ui.look.plain import Label, as_tip, unmarked
from ui.outgoing.marking import Marking
from ui.widgets.controls import Button, IconButton
from ui.widgets.dialog import named, offer

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCursor

    from channergy_crm.work.record import Record
    from ui.session.session import Session

    Records = list[tuple[type[Record], object]]

LONGEST_SUBJECT, LINES, MOST_LINES = 250, 12, 20


class Mail(NamedTuple):
    """What was written: subject and text with their fields in them, and the number of the template it began with."""

    subject: str
    body: str
    template: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet."""
        return not self.subject.strip() and not self.body.strip()


class MailText(QWidget):
    """Everything that is typed into a mail. `changed` tells of every letter."""

    changed = Signal()

    def __init__(self, session: Session, records: Records, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._records = session, records
        self._held: list[Any] = []
        self.attached: dict[int, str] = {}
        named(self, "mail.compose", _("Write the mail"))
        self.template = named(ChoiceEditor([], self, allow_empty=False), "mail.template", _("Template"))
        self.subject = named(LineEditor(self, max_length=LONGEST_SUBJECT), "mail.subject", _("Subject"))
        self.body = named(TextEditor(self, lines=LINES, most_lines=MOST_LINES), "mail.body", _("Text"))
        self.body.setPlaceholderText(_("What the mail says; fields become what is known of each person."))
        self._at: QWidget = self.body
        marking = Marking("mail", self.body, session, self)
        for drop in (marking.put_in, marking.snippet):
            drop.chosen.connect(self._put_in)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, (said, editor) in enumerate(((_("Template"), self.template), (_("Subject"), self.subject))):
            words = Label(said, self)
            words.muted()
            words.setBuddy(editor)
            grid.addWidget(words, place, 0)
            grid.addWidget(editor, place, 1)
        self._along = QHBoxLayout()
        self._along.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(marking)
        column.addWidget(self.body)
        column.addLayout(self._along)
        column.addStretch(1)
        for each in (self.subject, self.body):
            each.installEventFilter(self)
            each.changed.connect(self.changed)
        self._offer_templates()
        self._show_along()
        self.template.changed.connect(self._take_template)

    def _offer_templates(self) -> None:
        by = self._session.by
        self._held = self._session.attempt(lambda: templates.of_kind(TemplateKind.MAIL.value, by)) or []
        self.template.set_choices([(0, _("None")), *((row.number, _called(row)) for row in self._held)])
        self.template.set_value(0)

    # ---------------------------------------------------------------- what is written

    def written(self) -> Mail:
        """What stands there now."""
        return Mail(self.subject.value(), self.body.value(), self.template.value() or None)

    def take(self, mail: Mail) -> None:
        """Go on with what was written before."""
        self.template.set_value(mail.template or 0)
        self.subject.set_value(mail.subject)
        self.body.set_value(mail.body)

    def _take_template(self) -> None:
        """Its subject and its text take the place of what stands there; Ctrl+Z in the text brings that back."""
        row = next((each for each in self._held if each.number == self.template.value()), None)
        if row is None:
            return
        for editor, text in ((self.subject, row.subject or ""), (self.body, row.body or "")):
            editor.selectAll()
            if editor is self.body:
                cursor: QTextCursor = self.body.textCursor()
                cursor.insertText(text)
            else:
                self.subject.insert(text)
                self.subject.home(False)
        self.changed.emit()

    def _put_in(self, text: str) -> None:
        """A field or a snippet, where somebody was last."""
        if self._at is self.subject:
            self.subject.insert(" ".join(text.split()))
        else:
            self.body.insertPlainText(text)
        self._at.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where somebody is."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._at = watched
        return False

    # ---------------------------------------------------------------- what goes along

    def _show_along(self) -> None:
        """The documents that go along, each with a cross, and the way to more of them: to one person only."""
        while (item := self._along.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, name in self.attached.items():
            self._along.addWidget(Label(name, self))
            cross = named(IconButton(self), f"mail.attached.{number}.remove", _("Take {name} off").format(name=name))
            from ui.look.icons import icon

            cross.setIcon(icon("close", cross))
            cross.setToolTip(as_tip(cross.accessibleName()))
            cross.clicked.connect(partial(self._take_off, number))
            self._along.addWidget(cross)
        add = named(Button(_("Attach…"), self), "mail.attach", _("Attach…"))
        add.quiet()
        menu = QMenu(add)
        menu.aboutToShow.connect(partial(self._fill, menu))
        add.setMenu(menu)
        one = len(self._records) == 1
        offer(add, "" if one else _("Documents stand with one person; to many goes the text alone."))
        self._along.addWidget(add)
        self._along.addStretch(1)

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        by = self._session.by
        for each in self._session.attempt(lambda: documents.of(self._records, by)) or []:
            if each.number not in self.attached:
                action = menu.addAction(unmarked(each.name))
                action.triggered.connect(partial(self.attach, each.number, each.name))
        if menu.actions():
            menu.addSeparator()
        menu.addAction(_("A file…")).triggered.connect(lambda: self._ask())

    def _ask(self) -> None:
        """A file becomes a document of this person, and goes along."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _form = QFileDialog.getOpenFileName(self, _("A file that goes along"))
        if not chosen:
            return
        (record, key), by = self._records[0], self._session.by
        self._session.work(
            lambda progress: documents.add(record, key, Path(chosen), by, tell=progress.step),
            label=_("Reading the file"), done=lambda made: self.attach(made.number, made.name),
        )  # fmt: skip

    def attach(self, number: int, name: str) -> None:
        """Let a document go along."""
        self.attached[number] = name
        self._show_along()
        self.changed.emit()

    def _take_off(self, number: int) -> None:
        self.attached.pop(number, None)
        self._show_along()
        self.changed.emit()


def _called(row: Any) -> str:
    if not row.language:
        return row.name or ""
    return _("{template}, {language}").format(template=row.name, language=row.language)
