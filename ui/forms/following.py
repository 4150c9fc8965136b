"""Keeps an open record in step with what others do to it: what is not typed follows, what is typed stays (F-8)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from channergy_crm.language import _, quoted
from channergy_crm.services import reading
from channergy_crm.work.clashes import endings, take_theirs
from ui.editors.for_kind import look_again, stored
from ui.look import theme
from ui.look.plain import Label
from ui.look.wording import shown
from ui.session.allowed import concerns_rights
from ui.widgets.controls import Button
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from channergy_crm.work import Done
    from channergy_crm.work.record import Record

PROCESSES = {"CRMProcesses", "CRMProcessStages", "CRMProjects"}
SUGGESTING = {"CustomLookup", "Operators"} | PROCESSES  # unsaid: tables
"""whoever writes these changes what the editors suggest"""
AGAIN_MS = 250
"""until it is looked again whether somebody has chosen from a drop-down"""


class SaidAbove(QWidget):
    """A sentence above a form, and what can be done about it; not seen while there is nothing to say."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        theme.stand_on(self, "tile")
        self._text = Label(parent=self)
        self._text.setObjectName(f"{name}.text")
        self._text.setWordWrap(True)
        self._buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 5, 12, 5)
        self._row.addWidget(self._text, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; "" for nothing."""
        return self._text.text()

    def say(self, sentence: str, steps: Sequence[tuple[str, str, Callable[[], object]]] = ()) -> None:
        """Say this; each step is the name of its button, what stands on it, and what it does."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._text.setText(sentence)
        self._buttons = [self._button(*step) for step in steps]
        self.setVisible(bool(sentence))

    def _button(self, name: str, text: str, what: Callable[[], object]) -> QPushButton:
        button = Button(text, self)
        button.setObjectName(f"{self.objectName()}.{name}")
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: what())
        self._row.addWidget(button)
        return button


class Following(QObject):
    """What others do to the record of a panel, to its fields and to the lists behind its drop-downs."""

    def __init__(self, panel: Any) -> None:
        super().__init__(panel)
        self._panel, self._form, self._session = panel, panel.form, panel.session
        self.only_read = SaidAbove(f"{panel.prefix}.only_read", panel)
        self.over = SaidAbove(f"{panel.prefix}.over", panel)
        self.lost = SaidAbove(f"{panel.prefix}.lost", panel)
        self.typing = SaidAbove(f"{panel.prefix}.typing", panel)
        self.holds: Callable[[], bool] = lambda: False
        """whether something that stands in no field is not saved yet, and is to stay"""
        self._texts: list[tuple[str, str]] = []
        self._marked: set[str] = set()
        self._missed: list[Done] = []
        self._soon = later(self, self._catch_up, AGAIN_MS)
        self._form.lost.connect(self._keep)
        panel.turned.connect(self._turned)
        self._session.done.connect(self._something_done)
        self._session.fields_changed.connect(self._fields_changed)
        self._session.editing.changed.connect(self.say_who_types)

    @property
    def is_over(self) -> bool:
        """Whether the record has left the list at another window, which is said above it."""
        return bool(self.over.sentence)

    @property
    def keeps_text(self) -> bool:
        """Whether something was typed into a field that is not there any more."""
        return bool(self._texts)

    def say_who_types(self) -> None:
        """Who else is typing into the record that is open."""
        record = self._panel.record
        here = record is not None and not record.is_new
        self.typing.say(self._session.editing.said(type(record), record.key) if here else "")

    def _turned(self) -> None:
        self.say_who_types()
        for name in list(self._marked):
            self._unmark(name)
        self.over.say("")
        self._forget_texts()

    # What was done

    def _something_done(self, done: Done) -> None:
        if done.elsewhere and QApplication.activePopupWidget() is not None:
            self._missed.append(done)  # somebody is choosing from a list: it stays under the hand
            self._soon.start()
            return
        if concerns_rights(done):
            self._panel.look_at_rights()
            self._panel.tell()
        record, table = self._panel.record, self._panel.screen_.record._meta.table_name
        if SUGGESTING & done.tables or len(done.keys(table)) > 1 or table in done.anywhere:
            self._form.refresh_choices()  # an import brings new suggestions
        for row in self._form.rows.values() if done.elsewhere else ():
            look_again(row.editor, done.tables)
        if record is None or record.is_new:
            return
        if done.touches(table, record.key):
            self._follow(record, done)
        elif self._panel.isVisible():
            self._panel.tell()

    def _catch_up(self) -> None:
        missed, self._missed = self._missed, []
        for done in missed:
            self._something_done(done)

    def _fields_changed(self) -> None:
        self._form.refit()
        if not self._panel.is_edited and not self.is_over:
            self._panel.reload()

    def _follow(self, record: Record, done: Done) -> None:
        fresh = self._session.find(type(record), record.key)
        if fresh is None:
            if done.elsewhere:
                self._say_over(_("{name} is not there any more: {what}."), record, done)
            elif not self._panel.is_edited:
                self._panel.show_record(None)
            return
        ended = [name for name in endings(type(record)) if getattr(fresh, name)]
        news = [name for name in ended if not record.__data__.get(name)]
        typed = self._form.changes().keys() | self._form.unreadable().keys()
        if not (typed or self.keeps_text or self.holds() or (news and done.elsewhere)):
            if not (self.is_over and ended):
                self._panel.show_record(fresh)
            return
        self._merge(record, fresh, typed, done)
        if news:
            self._say_over(_("{name} has left the list: {what}."), record, done)
        elif not ended:
            self.over.say("")
        self._panel.tell()

    def _say_over(self, sentence: str, record: Record, done: Done) -> None:
        said = sentence.format(name=record.caption(), what=self._what(record, done))
        if self._panel.is_edited:
            said = _("{sentence} What you typed is still here, and cannot be saved into it.").format(sentence=said)
        self.over.say(said)

    def _what(self, record: Record, done: Done) -> str:
        unit = self._latest(record) if done.by else None
        if unit is None:
            return _("another program has changed it")
        return _("{operator} has worked on it ({deed})").format(operator=unit.by, deed=unit.message)

    def _latest(self, record: Record) -> Any:
        return self._session.attempt(partial(reading.latest_unit, type(record), record.key, self._panel.by))

    # Field by field

    def _merge(self, record: Record, fresh: Record, typed: Collection[str], done: Done) -> None:
        held = record.changes()
        theirs = dict(fresh.__data__)
        for name in ("version", *endings(type(record))):  # so that saving asks again whether it may
            theirs.pop(name, None)
        for name, value in theirs.items():
            base = held[name][0] if name in held else record.__data__.get(name)
            if name in typed:
                self._compare(record, name, (base, value), done)
            elif value != base:
                take_theirs(record, name, value)
                if name in self._form.rows:
                    self._form.show_field(name)

    def _compare(self, record: Record, name: str, change: tuple[object, object], done: Done) -> None:
        row, (base, value) = self._form.rows[name], change
        if value == base:
            self._unmark(name)
            return
        if value == stored(row.kind, row.editor.value()) and not row.editor.text_problem():
            self._take(record, name, value)
            return
        unit = self._latest(record) if done.by else None
        said = _("{field} was changed by {operator}: {before} → {after}").format(
            field=row.kind.label, operator=unit.by if unit else _("another program"),
            before=shown(row.kind, base) or _("nothing"), after=shown(row.kind, value) or _("nothing"),
        )  # fmt: skip
        self._marked.add(name)
        row.tell_change(said, partial(self._take, record, name, value))

    def _take(self, record: Record, name: str, value: object) -> None:
        take_theirs(record, name, value)
        self._unmark(name)
        self._form.show_field(name)
        self._form.edited.emit()

    def _unmark(self, name: str) -> None:
        self._marked.discard(name)
        if name in self._form.rows:
            self._form.rows[name].tell_change("")

    # What was typed into fields that are gone

    def _keep(self, label: str, text: str) -> None:
        self._texts.append((label, text))
        steps: list[tuple[str, str, Callable[[], object]]] = []
        if notes := self._notes():
            add = _("Add to {field}").format(field=self._form.rows[notes].kind.label)
            steps.append(("add", add, partial(self._add_to, notes)))
        steps += [("copy", _("Copy"), self._copy), ("leave_out", _("Leave out"), self._leave_out)]
        self.lost.say(self.why_not_saved(), steps)
        self._form.edited.emit()

    def why_not_saved(self) -> str:
        """A sentence about what was typed into fields that were taken away at another window."""
        return _("{fields} was taken away at another window. What you typed there is kept here: {texts}").format(
            fields=", ".join(quoted(label) for label, _text in self._texts), texts=self._together()
        )

    def _together(self) -> str:
        return "\n".join(f"{label}: {text}" for label, text in self._texts)

    def _notes(self) -> str | None:
        rows = self._form.rows.items()
        long = (name for name, row in rows if row.kind.edited_by == "lines" and not row.kind.system and row.has_a_place)
        return next(long, None)

    def _add_to(self, name: str) -> None:
        row, texts = self._form.rows[name], self._together()
        self._forget_texts()
        self._form.put({name: f"{row.editor.value() or ''}\n\n{texts}".strip()})

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._together())
        self._leave_out()

    def _leave_out(self) -> None:
        self._forget_texts()
        self._form.edited.emit()

    def _forget_texts(self) -> None:
        self._texts = []
        self.lost.say("")
