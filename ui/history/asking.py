"""What of the trail is wanted: who, which records, from which day to which, words of what was done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from channergy_crm.language import _
from channergy_crm.records import those
from channergy_crm.services import operators, rights
from channergy_crm.services.audit import Asked
from channergy_crm.services.rights import Program
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.editors.dates import DateEditor
from ui.look import theme
from ui.widgets.dialog import named
from ui.widgets.timers import later
from ui.widgets.wrapping_row import WrappingRow

SOON_MS = 250
ALL = "*"


class Asking(QWidget):
    """A line of filters; `changed` tells when somebody has said something else, a moment after the last key."""

    changed = Signal()

    def __init__(self, name: str, by: str, parent: QWidget, *, days: bool = True) -> None:
        super().__init__(parent)
        self._soon = later(self, self.changed.emit, SOON_MS)
        self._who = named(ChoiceEditor(_everybody(by), self, allow_empty=False), f"{name}.who", _("Who"))
        sees_all = rights.may(by, "administer") is None
        self._who.set_value(ALL if sees_all else by)
        self._who.setEnabled(sees_all)
        self._table = named(ChoiceEditor(_types(), self, allow_empty=False), f"{name}.type", _("Records"))
        self._table.set_value(ALL)
        hint = _("Words of what was done") if days else _("Name, or words of what was done")
        self._words = named(LineEditor(self), f"{name}.words", hint)
        self._words.setPlaceholderText(hint)
        self._first = named(DateEditor(self, past=True), f"{name}.first", _("From"))
        self._last = named(DateEditor(self, past=True), f"{name}.last", _("To"))
        self._first.setPlaceholderText(_("From"))
        self._last.setPlaceholderText(_("To"))
        row = WrappingRow(self)
        row.setContentsMargins(0, 0, 0, 0)
        parts: list[tuple[LineEditor | ChoiceEditor | DateEditor, int]] = [
            (self._words, 220), (self._who, 190), (self._table, 170), (self._first, 140), (self._last, 140),
        ]  # fmt: skip
        for part, wide in parts:
            part.setFixedWidth(theme.px(wide, self))
            if days or part not in (self._first, self._last):
                row.addWidget(part)
            else:
                part.hide()
            part.changed.connect(self._soon.start)

    def asked(self) -> Asked:
        """What is wanted now; a day that cannot be read is none."""
        first, last = (None if day.text_problem() else day.value() for day in (self._first, self._last))
        who, table = ("" if each.value() == ALL else str(each.value()) for each in (self._who, self._table))
        return Asked(who, table, first, last, str(self._words.value() or "").strip())

    def problem(self) -> str:
        """What is wrong with one of the days; "" where both can be read."""
        return next((said for day in (self._first, self._last) if (said := day.text_problem())), "")

    def is_empty(self) -> bool:
        """Whether nothing is filtered."""
        asked = self.asked()
        return not (asked.table or asked.first or asked.last or asked.words or (asked.who and self._who.isEnabled()))

    def choose_type(self, table: str) -> None:
        """Only these records."""
        self._table.set_value(table)
        self.changed.emit()


def _everybody(by: str) -> list[tuple[object, str]]:
    people = [(each.id, f"{each.id}  {each.name}") for each in operators.everybody(by, retired=True)]
    return [(ALL, _("Everybody")), *people, *((part.value, _(part.value)) for part in Program)]


def _types() -> list[tuple[object, str]]:
    kinds = those(lambda record: record.about.comes_back)
    return [(ALL, _("All records")), *((record._meta.table_name, record.plural) for record in kinds)]
