"""What a mail is made of: a template, its subject, its text, the documents that go along (VT-161)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.records.templates import TemplateKind
from channergy_crm.services import documents, templates
from channergy_crm.services.mail import attaching, making
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.editors.lines import TextEditor
from ui.look import theme
from ui.look.plain import Label, as_tip, kept_to_itself, unmarked
from ui.outgoing.marking import Marking
from ui.widgets.controls import Button, IconButton
from ui.widgets.dialog import Remark, named
from ui.widgets.drops import dropped_files
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextCursor

    from channergy_crm.work.record import Record
    from ui.session.session import Session

    Records = list[tuple[type[Record], object]]

LONGEST_SUBJECT, LINES, MOST_LINES, NAME = 250, 12, 20, 240


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
        self._lay_out(marking)
        for each in (self.subject, self.body):
            each.changed.connect(self.changed)
        self._look_at_what_is_typed_into()
        self._offer_templates()
        self._show_along()
        self.template.changed.connect(self._take_template)

    def _lay_out(self, marking: Marking) -> None:
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
        along = QWidget(self)
        self._along = WrappingRow(along, one_line=0)
        self._along.setContentsMargins(0, 0, 0, 0)
        self._along.setSpacing(4)
        self._refused = named(Remark("", self, ink="overdue"), "mail.not_attached", _("What does not go along"))
        self._refused.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addWidget(marking)
        column.addWidget(self.body)
        column.addWidget(along)
        column.addWidget(self._refused)
        column.addStretch(1)

    def _look_at_what_is_typed_into(self) -> None:
        self.setAcceptDrops(True)
        parts: list[QWidget] = [self, self.subject, self.body, self.body.viewport()]
        for part in parts:
            part.installEventFilter(self)

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
        """Where somebody is; files go along wherever they are dropped."""
        if dropped_files(event, self.take_files):
            return True
        if event.type() == QEvent.Type.FocusIn and watched in (self.subject, self.body):
            self._at = self.subject if watched is self.subject else self.body
        return False

    # ---------------------------------------------------------------- what goes along

    def _show_along(self) -> None:
        """The documents that go along, each with a cross, and the way to more of them."""
        while (item := self._along.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, name in self.attached.items():
            self._along.addWidget(self._one_along(number, name))
        add = named(Button(_("Attach…"), self), "mail.attach", _("Attach…"))
        add.quiet()
        menu = QMenu(add)
        menu.aboutToShow.connect(partial(self._fill, menu))
        add.setMenu(menu)
        self._along.addWidget(add)

    def _one_along(self, number: int, name: str) -> QWidget:
        """Its name, cut short in the middle where it is long: the ending says what it is; and the cross."""
        from ui.look.icons import icon

        held = QWidget(self)
        short = QFontMetrics(self.font()).elidedText(name, Qt.TextElideMode.ElideMiddle, theme.px(NAME, self))
        said = Label(kept_to_itself(short), held)
        said.setToolTip(as_tip(name))
        cross = named(IconButton(held), f"mail.attached.{number}.remove", _("Take {name} off").format(name=name))
        cross.setIcon(icon("close", cross))
        cross.setToolTip(as_tip(cross.accessibleName()))
        cross.clicked.connect(partial(self._take_off, number))
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(said)
        row.addWidget(cross)
        return held

    def _fill(self, menu: QMenu) -> None:
        """The documents of the one it goes to, and any file."""
        menu.clear()
        by, one = self._session.by, len(self._records) == 1
        there = self._session.attempt(lambda: documents.of(self._records, by)) if one else []
        for each in there or []:
            if each.number not in self.attached:
                action = menu.addAction(unmarked(each.name))
                action.triggered.connect(partial(self._attach_as_far_as, each.number, each.name))
        if menu.actions():
            menu.addSeparator()
        menu.addAction(_("A file…")).triggered.connect(lambda: self._ask())

    def _ask(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen, _form = QFileDialog.getOpenFileNames(self, _("Files that go along"))
        self.take_files(chosen)

    def take_files(self, paths: Sequence[str]) -> None:
        """Files that were chosen or dropped go along. To one person they become documents of theirs; what goes to many
        is kept with whoever sends it.
        """
        (record, key), by, one = self._records[0], self._session.by, len(self._records) == 1
        self._refused.say("")
        for path in map(Path, paths):

            def work(progress: Any, path: Path = path) -> Any:
                if one:
                    return documents.add(record, key, path, by, tell=progress.step)
                return attaching.keep(path, by, progress.step)

            self._session.work(work, label=_("Reading the file"),
                               done=lambda made: self._attach_as_far_as(made.number, made.name),
                               failed=lambda error: self._refuse(error.message))  # fmt: skip

    def _attach_as_far_as(self, number: int, name: str) -> None:
        """As far as a mail takes so much."""
        try:
            making.require_attachable([*self.attached, number], self._session.by)
        except CRMError as error:
            self._refuse(error.message)
        else:
            self.attach(number, name)

    def _refuse(self, why: str) -> None:
        """Why one does not go along, below those that do: the notices of the window stand behind this one."""
        before = self._refused.text()
        self._refused.say("\n".join(filter(None, (before, why))))

    def attach(self, number: int, name: str) -> None:
        """Let a document go along."""
        self.attached[number] = name
        self._show_along()
        self.changed.emit()

    def _take_off(self, number: int) -> None:
        self.attached.pop(number, None)
        self._refused.say("")
        self._show_along()
        self.changed.emit()


def _called(row: Any) -> str:
    if not row.language:
        return row.name or ""
    return _("{template}, {language}").format(template=row.name, language=row.language)
