"""Keep or change a view of a list: its name, its filter read as a sentence, its colours, who sees it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import N_, _
from channergy_crm.query import sentence, spelling
from channergy_crm.query.listing import label
from channergy_crm.records import ListView
from channergy_crm.records.tags import can_be_tagged
from channergy_crm.services import tags, views
from ui.editors.base import FlagEditor, LineEditor
from ui.editors.choices import ChoiceEditor
from ui.lists.columns_dialog import ColumnsDialog
from ui.lists.filter_line import FilterLine
from ui.tags.opening import filter_for
from ui.widgets.dialog import Dialog, Plain, Remark
from ui.widgets.fields import NO_LIMIT

if TYPE_CHECKING:
    from channergy_crm.work.record import Record
    from ui.session.session import Session
    from ui.widgets.controls import Button

INKS = [
    ("overdue", N_("Red")), ("soon", N_("Amber")), ("done", N_("Green")), ("accent", N_("Blue")), ("muted", N_("Grey")),
]  # fmt: skip
RULES = 3


class ViewDialog(Dialog):
    """What the view shows stands as a sentence under its filter; saving says beside it what is wrong."""

    def __init__(
        self, view: ListView, record: type[Record], columns: list[tuple[str, str]], session: Session, parent: QWidget
    ) -> None:
        super().__init__("view", _("View of the list"), parent, session.station, size=(620, 460))
        self._view, self._record, self._all, self._session = view, record, columns, session
        self._chosen = view.column_names()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._title = self.named(LineEditor(self, max_length=60), "name", _("Name"))
        self._title.set_value(view.name)
        self._filter = FilterLine("view", record, self)
        self._filter.setMaximumWidth(NO_LIMIT)
        self._filter.setText(spelling.by_labels(record, view.filter_text))
        self._sentence = Remark("", self)
        self._sentence.setObjectName("view.sentence")
        known = session.attempt(lambda: tags.every(session.by)) or () if can_be_tagged(record) else ()
        names = dict.fromkeys(str(tag.name) for tag in known)
        self._tag = self.named(ChoiceEditor([(name, name) for name in names], self), "tag", _("Only with the tag"))
        self._columns = self.button("columns", _("Choose columns…"))
        self._columns_said = Remark("", self)
        self._flags = {name: self._flag(name) for name in ("pinned", "opens")}
        self._mine = self.named(FlagEditor(_("Only for me"), self), "only_for_me", _("Only for me"))
        self._mine.setToolTip(_("Otherwise everybody in the office can use this view"))
        self._mine.set_value(not view.shared)
        self._rules = [self._rule(place, rule) for place, rule in enumerate(self._held_rules())]
        self._wrong = Remark("", self, ink="overdue")
        self._lay_out()
        self._filter.textChanged.connect(self._read)
        self._tag.changed.connect(self._add_tag)
        self._columns.clicked.connect(self._choose_columns)
        self._read()
        self._tell_columns()
        self._title.setFocus()

    def _flag(self, name: str) -> FlagEditor:
        editor = self.named(FlagEditor(self._record_label(name), self), name, self._record_label(name))
        editor.set_value(getattr(self._view, name))
        return editor

    def _record_label(self, name: str) -> str:
        return ListView.kind(name).label

    def _held_rules(self) -> list[tuple[str, str]]:
        held = self._view.colour_rules()[:RULES]
        return held + [("", "overdue")] * (RULES - len(held))

    def _rule(self, place: int, rule: tuple[str, str]) -> tuple[FilterLine, ChoiceEditor]:
        line = FilterLine(f"view.rule_{place + 1}", self._record, self)
        line.setMaximumWidth(NO_LIMIT)
        line.setPlaceholderText(_("Rows that fit this filter, such as  due<today"))
        line.setText(spelling.by_labels(self._record, rule[0]))
        inks, said = [(ink, _(name)) for ink, name in INKS], _("Colour {number}").format(number=place + 1)
        ink = self.named(ChoiceEditor(inks, self, allow_empty=False), f"ink_{place + 1}", said)
        ink.set_value(rule[1])
        ink.setMinimumContentsLength(7)
        return line, ink

    def _lay_out(self) -> None:
        rows: list[tuple[str, QWidget]] = [(_("Name"), self._title), (_("Filter"), self._filter)]
        for place, (words, widget) in enumerate(rows):
            self._grid.addWidget(Plain(words, self), place, 0)
            self._grid.addWidget(widget, place, 1)
        self._grid.addWidget(self._filter.said, 2, 1)
        self._grid.addWidget(self._sentence, 3, 1)
        self._grid.addWidget(Plain(_("Columns"), self), 4, 0)
        line = QHBoxLayout()
        line.addWidget(self._columns)
        line.addWidget(self._columns_said, 1)
        self._grid.addLayout(line, 4, 1)
        for place, (text, ink) in enumerate(self._rules):
            self._grid.addWidget(Plain(_("Colours") if place == 0 else "", self), 5 + 2 * place, 0)
            pair = QHBoxLayout()
            pair.addWidget(text, 1)
            pair.addWidget(ink)
            self._grid.addLayout(pair, 5 + 2 * place, 1)
            self._grid.addWidget(text.said, 6 + 2 * place, 1)
        self._grid.addWidget(Plain(_("Only with the tag"), self), 19, 0)
        self._grid.addWidget(self._tag, 19, 1)
        for place, flag in enumerate([*self._flags.values(), self._mine]):
            self._grid.addWidget(flag, 20 + place, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.body.addWidget(self._wrong)
        save: Button = self.button("save", _("Keep view"))
        self.finish_with(save, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))

    def _read(self) -> None:
        self._wrong.say("")
        if self._filter.readable():
            self._sentence.say(sentence.sentence(self._record, self._filter.text()) + ".")
        else:
            self._sentence.say("")

    def _add_tag(self) -> None:
        """A tag is chosen: the filter asks for it too (BX-40)."""
        text, name = self._filter.text().strip(), self._tag.value()
        if name and filter_for(name) not in text:
            before = f"({text})" if " OR " in text else text
            self._filter.setText(f"{before} {filter_for(name)}".strip())

    def _choose_columns(self) -> None:
        shown = self._chosen or [name for name, _label in self._all][:6]
        dialog = ColumnsDialog(self._all, shown, self, self._session.station)
        if dialog.exec():
            self._chosen = dialog.chosen()
            self._tell_columns()

    def _tell_columns(self) -> None:
        sort = ", ".join(
            (_("{field} down") if descending else _("{field} up")).format(field=label(self._record, name))
            for name, descending in self._view.sort_order()
        )
        self._columns_said.say(
            _("{count} columns, sorted by {fields}.").format(count=len(self._chosen), fields=sort or _("nothing"))
        )

    def accept(self) -> None:
        """Keep the view, or say what is wrong with it."""
        view = self._view
        view.name, view.filter_text = self._title.value(), self._filter.text().strip()
        view.columns = json.dumps(self._chosen)
        rules = [(text.text().strip(), ink.value()) for text, ink in self._rules if text.text().strip()]
        view.colours = json.dumps(rules)
        view.shared = not self._mine.value()
        for name, flag in self._flags.items():
            setattr(view, name, flag.value())
        if not all([self._filter.readable(), *(text.readable() for text, _ink in self._rules)]):
            return
        try:
            views.save(view, self._record, self._session.by)
        except Mistake as mistake:
            self._wrong.say(mistake.message, "overdue")
            if mistake.field == "name":
                self._title.setFocus()
            return
        except CRMError as error:
            self._wrong.say(error.message, "overdue")
            return
        super().accept()
