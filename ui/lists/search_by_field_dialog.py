"""Search a list by one field: its values in a drop-down, or any part of a text (SI-34, SI-35)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from channergy_crm.language import N_, _, many
from channergy_crm.services import search_lists
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from ui.lists.table import RecordTable
    from ui.session.background import Job
    from ui.session.session import Session

FIRST = N_("Choose a field; the values that stand in it are offered then.")


class SearchListDialog(Dialog):
    """The values are read beside the window; a text can be typed at once."""

    def __init__(self, table: RecordTable, session: Session) -> None:
        record = table.record
        super().__init__("search_list", _("Search {records} by a field").format(records=many(table.called)), table,
                         session.station,
                         size=(480, 220))  # fmt: skip
        self._table, self._session = table, session
        self._offered: set[str] = set()
        self._way = search_lists.Way()
        self._reading: Job | None = None
        self._field = self.named(ChoiceEditor(search_lists.fields(record, session.by), self), "field", _("Field"))
        self._value = self.named(SuggestEditor([], self), "value", _("Value"))
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for place, (label, editor) in enumerate(((_("Field"), self._field), (_("Value"), self._value))):
            grid.addWidget(Plain(label, self), place, 0)
            grid.addWidget(editor, place, 1)
        self.body.addLayout(grid)
        self._said = self.named(Remark(_(FIRST), self), "said", _("What is found"))
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self._search = self.button("search", _("Search"), _("Show the rows with this value (Enter)"))
        self.finish_with(self._search, self.button("cancel", _("Cancel"), _("Leave the list as it is (Esc)")))
        self._field.changed.connect(self._field_chosen)
        self._value.changed.connect(self._tell)
        self._tell()
        self._field.setFocus()

    def filter_text(self) -> str:
        """The filter that was chosen."""
        text = self._value.value()
        return search_lists.filter_for(self._table.record, self._field.value(), text, exact=text in self._offered)

    def _field_chosen(self) -> None:
        self._stop_reading()
        self._offered = set()
        self._value.set_suggestions([])
        self._value.setEditText("")
        name = self._field.value()
        self._way = search_lists.way(self._table.record, name, self._session.by) if name else search_lists.Way()
        self._tell()
        if name and self._way.values:
            query, by = self._table.query_for(""), self._session.by
            self._reading = self._session.work(
                lambda _progress: search_lists.values(query, name, by), label=_("Reading values"),
                done=partial(self._came, name),
                failed=lambda error: self._said.say(error.message, "overdue"), progress=False,
            )  # fmt: skip

    def done(self, result: int) -> None:
        """Close; the values that have not come yet are wanted no more."""
        self._stop_reading()
        super().done(result)

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()

    def _came(self, name: str, values: list[tuple[str, int]]) -> None:
        if name == self._field.value():
            self._offered = {text for text, _count in values}
            self._value.set_suggestions([text for text, _count in values])
            self._tell()

    def _tell(self) -> None:
        name, text = self._field.value(), self._value.value()
        known = text in self._offered
        self._search.setEnabled(bool(name and text) and (known or self._way.text))
        self._said.say(self._sentence(name, text, known=known))

    def _sentence(self, name: str | None, text: str, *, known: bool) -> str:
        if not name:
            return _(FIRST)
        if text and (known or self._way.text):
            exactly, partly = _("Rows whose {field} is “{text}”."), _("Rows whose {field} contains “{text}”.")
            return (exactly if known else partly).format(field=self._table.record.kind(name).label, text=text)
        if not self._way.values:
            return _("Type a part of a text.")
        said = _("{count:,} values stand there. Choose one, or type a part of a text.")
        if not self._way.text:
            said = _("{count:,} values stand there. Choose one of them.")
        return said.format(count=len(self._offered))
