"""The editor that belongs to a kind of field, in forms and in grids."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from channergy_crm.records import lookups
from channergy_crm.records.operators import Operator
from channergy_crm.services import reading
from channergy_crm.services.rights import Program
from ui.editors.base import FlagEditor, LineEditor, MoneyEditor, NumberEditor, PercentEditor, TextEditor
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.editors.dates import DateEditor, TimeEditor, written_date
from ui.editors.multi_choice import SeveralEditor
from ui.editors.record_picker import RecordPicker
from ui.look.wording import operator_choices, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class FixedEditor(LineEditor):
    """Shows what the program itself keeps: it can be read and copied, not changed."""

    def __init__(self, kind: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._held: Any = None
        self.setReadOnly(True)

    def value(self) -> Any:
        """The value as it was given."""
        return self._held

    def set_value(self, value: Any) -> None:
        """Show this value."""
        self._held = value
        is_number = isinstance(value, int) and not isinstance(value, bool)
        text = str(value) if is_number else shown(self._kind, value)
        if isinstance(value, date):
            text = written_date(value, self.locale()) + (f" {value:%H:%M}" if isinstance(value, datetime) else "")
        super().set_value(text)

    def set_read_only(self, on: bool) -> None:
        """It always is."""

    def text_problem(self) -> str | None:
        """What the program keeps can always be read."""
        return None


def _operator_name(value: Any) -> str:
    held = reading.find(Operator, value, Program.ITSELF) if value else None
    return f"{value}  {held.name} (retired)" if held else str(value or "")


def lookup_choices(kind: Any) -> list[tuple[str, str]]:
    """The values a list still offers."""
    return [(choice.value, choice.description) for choice in lookups.choices(*kind.list_key) if not choice.retired]


def editor_for(kind: Any, parent: QWidget | None = None, *, in_grid: bool = False) -> Any:
    """An editor for values of this kind; in a grid every one is a single line."""
    word = "fixed" if kind.system else kind.edited_by
    return EDITORS[IN_A_CELL.get(word, word) if in_grid else word](kind, parent)


def _line(kind: Any, parent: QWidget | None) -> Any:
    return LineEditor(parent, max_length=getattr(kind, "limit", None))


def _whole(kind: Any, parent: QWidget | None) -> Any:
    suffix = f" {kind.hint}" if kind.hint else ""
    return NumberEditor(parent, minimum=kind.least, maximum=kind.most, suffix=suffix)


def _choice(kind: Any, parent: QWidget | None) -> Any:
    describe: Callable[[Any], str] = lambda value: lookups.describe(kind, value or "")  # noqa: E731
    return ChoiceEditor(lookup_choices(kind), parent, may_add=True, describe=describe)


def _link(kind: Any, parent: QWidget | None, *, bare: bool = False) -> Any:
    """Operators are few and stand in a drop-down; any other record is looked for by typing."""
    if kind.linked_to is Operator:
        return ChoiceEditor(operator_choices(), parent, allow_empty=not kind.required, describe=_operator_name)
    return RecordPicker(kind, parent, bare=bare)


EDITORS: dict[str, Callable[[Any, QWidget | None], Any]] = {
    "fixed": FixedEditor,
    "line": _line,
    "lines": lambda kind, parent: TextEditor(parent, lines=2, most_lines=6),
    "suggestions": lambda kind, parent: SuggestEditor(reading.suggestions(kind, Program.ITSELF), parent),
    "whole": _whole,
    "percent": lambda kind, parent: PercentEditor(parent),
    "money": lambda kind, parent: MoneyEditor(parent),
    "date": lambda kind, parent: DateEditor(parent),
    "time": lambda kind, parent: TimeEditor(parent),
    "tick": lambda kind, parent: FlagEditor("", parent),
    "choice": _choice,
    "several": lambda kind, parent: SeveralEditor(lookup_choices(kind), kind.parts, parent),
    "link": _link,
    "bare_link": partial(_link, bare=True),
}
"""by the word a kind has for what it is edited by"""
IN_A_CELL = {"lines": "line", "link": "bare_link"}


def refresh_choices(editor: Any, kind: Any) -> None:
    """Offer what the lists hold now."""
    if kind.list_key and isinstance(editor, ChoiceEditor | SeveralEditor):
        editor.set_choices(lookup_choices(kind))
    elif kind.linked_to is not None and isinstance(editor, ChoiceEditor):
        editor.set_choices(operator_choices())
    elif isinstance(editor, SuggestEditor):
        editor.set_suggestions(reading.suggestions(kind, Program.ITSELF))


def stored(kind: Any, value: Any) -> Any:
    """What an editor gives, as the record keeps it: an empty text is '', an empty anything else is None."""
    return kind.empty if value is None else value


def width_of(kind: Any) -> int:
    """How many pixels wide a field is that holds what it usually holds."""
    if kind.dialed:
        return 190
    if kind.edited_by == "link" and kind.numeric and not kind.system:
        return 340  # what the record is called, and three buttons
    return max(90, min(420, 64 + int(kind.width) * 8))
