"""The form of one template: what is made from it, its subject and text, for whom it is; what is wrong beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records.templates import SAID, Template, TemplateKind
from channergy_crm.services import templates
from channergy_crm.text import label_sheets
from ui.editors.base import FlagEditor, LineEditor
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.editors.lines import TextEditor
from ui.look import theme
from ui.look.plain import Label
from ui.outgoing.marking import Marking
from ui.setup.row_form import RowForm
from ui.widgets.dialog import Remark, named, offer

if TYPE_CHECKING:
    from ui.session.session import Session

FIELDS = ("name", "what", "language", "shared", "subject", "sheet", "body")
ONLY_FOR = {"subject": TemplateKind.MAIL, "sheet": TemplateKind.LABEL}
"""fields that one kind of template has"""
NARROW, LINES, MOST_LINES = 300, 14, 26


class TemplateForm(RowForm):
    """One template at a time."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._filling = False
        self._labels: dict[str, Label] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._why = named(Remark("", self), "templates.why_not", _("Why it cannot be changed"))
        self._why.say("")
        column.addWidget(self._why)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        for place, field in enumerate(FIELDS[:-1]):
            self._add(field, place, grid)
        body = self._editor("body")
        self._at: Any = body
        for each in (body, self.editors["subject"]):
            each.installEventFilter(self)
        self.marking = Marking("templates", body, session, self)
        self.marking.put_in.chosen.connect(self._put_in)
        self.marking.snippet.chosen.connect(self._put_in)
        column.addWidget(self.marking)
        column.addWidget(body)
        column.addWidget(self._wrong["body"])
        column.addLayout(self.verbs("templates", 0))
        column.addStretch(1)

    def _add(self, field: str, place: int, grid: QGridLayout) -> None:
        editor, words = self._editor(field), Label(Template.kind(field).label, self)
        words.muted()
        words.setContentsMargins(0, 6, 0, 0)
        words.setBuddy(editor)
        self._labels[field] = words
        cell = QVBoxLayout()
        cell.setSpacing(2)
        cell.addWidget(editor)
        cell.addWidget(self._wrong[field])
        grid.addWidget(words, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(cell, place, 1)

    def _editor(self, field: str) -> Any:
        kind: Any = Template.kind(field)
        editor: Any
        if field == "what":
            editor = ChoiceEditor([(each.value, _(said)) for each, said in SAID.items()], self, allow_empty=False)
        elif field == "shared":
            editor = FlagEditor(_("Everybody may use it"), self)
        elif field == "language":
            editor = SuggestEditor((), self)
        elif field == "sheet":
            editor = SuggestEditor([each.name for each in label_sheets.SHEETS], self)
        elif field == "body":
            editor = TextEditor(self, lines=LINES, most_lines=MOST_LINES)
        else:
            editor = LineEditor(self, max_length=kind.limit)
        if field in ("what", "language", "sheet"):
            editor.setMaximumWidth(theme.px(NARROW, self))
        named(editor, f"templates.{field}", kind.label)
        wrong = self._wrong[field] = Remark("", self, ink="overdue")
        wrong.setObjectName(f"templates.{field}.wrong")
        wrong.say("")
        self.editors[field] = editor
        editor.changed.connect(self._changed)
        return editor

    # ---------------------------------------------------------------- what it shows

    def show_row(self, row: Any) -> None:
        """Show this one, as it is kept; None when there is none."""
        self.row, self._filling, by = row, True, self._session.by
        self.refused = (self._session.attempt(lambda: templates.why_not(row, by) or "") or "") if row else ""
        known = self._session.attempt(lambda: templates.every(by)) or []
        self.editors["language"].set_suggestions(sorted({each.language for each in known if each.language}))
        for field, editor in self.editors.items():
            editor.set_value(getattr(row, field) if row is not None else None)
        self._filling = False
        self.say({})
        self.offer_verbs()

    def held(self) -> Template:
        """A template with what stands in the form now, saved or not, to read it through."""
        values = {field: editor.value() for field, editor in self.editors.items()}
        return Template(**values)

    def typed(self) -> dict[str, Any]:
        """What is typed and not saved, by field."""
        values = {field: editor.value() for field, editor in self.editors.items()}
        return {field: value for field, value in values.items() if (value or "") != (getattr(self.row, field) or "")}

    def offer_verbs(self) -> None:
        """*Save* and *Cancel* where there is something to save; nothing is typed where nothing may be."""
        why_not = self.refused or ("" if self.row is not None else _("There is no template yet; create one."))
        self._why.say(self.refused)
        for editor in self.editors.values():
            editor.set_read_only(bool(why_not))
        for field, kind in ONLY_FOR.items():
            for part in (self.editors[field], self._labels[field]):
                part.setVisible(self.editors["what"].value() == kind)
        is_new = self.row is not None and self.row.is_new
        settled = "" if self.is_edited else _("There is nothing to save.")
        offer(self.save_button, why_not or settled)
        offer(self.cancel_button, why_not or ("" if is_new else settled))
        for verb in self.marking.findChildren(QWidget):
            verb.setEnabled(not why_not)
        self.save_button.loud(not (why_not or settled))

    def _changed(self) -> None:
        if not self._filling:
            self.offer_verbs()
            self.edited.emit()

    def _put_in(self, written: str) -> None:
        line: Any = self.editors["subject"]
        if self._at is line and line.isVisible():
            line.insert(written)
            line.setFocus()
        else:
            self.editors["body"].insertPlainText(written)
            self.editors["body"].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field is put in where somebody was last, the subject or the text."""
        if event.type() == QEvent.Type.FocusIn:
            self._at = watched
        return False

    # ---------------------------------------------------------------- saving

    def put(self, field: str, value: Any) -> None:
        """Into the row, as it is kept."""
        setattr(self.row, field, value if value is not None else "")

    def write(self, by: str) -> None:
        """Save the template."""
        templates.save(self.row, by)

    def said(self) -> str:
        """What is told when it is saved."""
        return _("{text} is saved.").format(text=self.row.caption())
