"""The editor that belongs to a kind of field, in forms and in grids."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from channergy_crm.errors import Refused
from channergy_crm.language import _
from channergy_crm.records import lookups
from channergy_crm.records.operators import Operator
from channergy_crm.services import lookups as lists
from channergy_crm.services import reading
from ui.editors.base import DecimalEditor, FlagEditor, LineEditor, MoneyEditor, NumberEditor, PercentEditor
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.editors.dates import DateEditor, TimeEditor, written_date
from ui.editors.lines import TextEditor
from ui.editors.multi_choice import SeveralEditor
from ui.editors.record_picker import RecordPicker
from ui.editors.repeats import RepeatsEditor
from ui.look.wording import operator_choices, owner_choices, shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.fields import Kind, Lookup, Number

T = TypeVar("T")
By = Callable[[], str]
"""who is at work when it is asked"""


class FixedEditor(LineEditor):
    """Shows what the program itself keeps: it can be read and copied, not changed."""

    def __init__(self, kind: Kind[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._held: object = None
        self.bare = True  # what the program writes is text, not a field
        self.setReadOnly(True)

    def value(self) -> Any:
        """The value as it was given."""
        return self._held

    def set_value(self, value: object) -> None:
        """Show this value."""
        self._held = value
        is_number = isinstance(value, int) and not isinstance(value, bool) and not self._kind.shown_as
        text = str(value) if is_number else shown(self._kind, value)
        if isinstance(value, date):
            text = written_date(value, self.locale()) + (f" {value:%H:%M}" if isinstance(value, datetime) else "")
        super().set_value(text)

    def set_read_only(self, on: bool) -> None:
        """It always is."""

    def text_problem(self) -> str | None:
        """What the program keeps can always be read."""
        return None


def _operator_name(by: By, value: object) -> str:
    with suppress(Refused):
        held = reading.find(Operator, value, by()) if value else None
        return _("{operator}  {name} (retired)").format(operator=value, name=held.name) if held else str(value or "")
    return str(value)


def _offered(read: Callable[[], list[T]]) -> list[T]:
    """What a drop-down offers: nothing to whoever may not work in the office."""
    with suppress(Refused):
        return read()
    return []


def lookup_choices(kind: Any, by: str) -> list[tuple[str, str]]:
    """The values a list still offers."""
    table, field = kind.list_key
    held = _offered(lambda: lists.offered(table, field, by))
    return [(choice.value, choice.description) for choice in held]


def _operators(kind: Kind[Any], by: By) -> list[tuple[str, str]]:
    """Who may own it, groups as well; elsewhere who works here."""
    return _offered(lambda: owner_choices(by()) if kind.assigning else operator_choices(by()))


def _suggestions(kind: Kind[Any], by: By) -> list[str]:
    return _offered(lambda: reading.suggestions(kind.model, kind.name, by()))


def editor_for(kind: Kind[Any], parent: QWidget | None = None, *, by: By, in_grid: bool = False) -> Any:
    """An editor for values of this kind, for who is at work; in a grid every one is a single line."""
    word = "fixed" if kind.system else kind.edited_by
    return EDITORS[IN_A_CELL.get(word, word) if in_grid else word](kind, parent, by)


def chosen_from(
    labels: Sequence[tuple[object, str]], kind: Kind[Any], parent: QWidget | None = None, *, by: By,
    in_grid: bool = False,
) -> Any:  # fmt: skip
    """An editor for values of this kind where the office has fixed these, as they are stored and as they read; what
    stands there already stays. Without any it is the usual one (SI-37).
    """
    if not labels:
        return editor_for(kind, parent, by=by, in_grid=in_grid)
    return ChoiceEditor(labels, parent, allow_empty=not kind.required, describe=partial(shown, kind))


def _line(kind: Kind[Any], parent: QWidget | None, by: By) -> LineEditor:
    return LineEditor(parent, max_length=getattr(kind, "limit", None))


def _whole(kind: Number, parent: QWidget | None, by: By) -> NumberEditor:
    suffix = f" {kind.hint}" if kind.hint else ""
    return NumberEditor(parent, minimum=kind.least, maximum=kind.most, suffix=suffix)


def _choice(kind: Lookup, parent: QWidget | None, by: By) -> ChoiceEditor:
    describe: Callable[[object], str] = lambda value: lookups.describe(kind, str(value or ""))  # noqa: E731
    return ChoiceEditor(lookup_choices(kind, by()), parent, may_add=True, describe=describe, beside=True)


def _link(kind: Kind[Any], parent: QWidget | None, by: By, *, bare: bool = False) -> ChoiceEditor | RecordPicker:
    """Operators are few and stand in a drop-down; any other record is looked for by typing."""
    if kind.linked_to is Operator:
        describe = partial(_operator_name, by)
        return ChoiceEditor(_operators(kind, by), parent, allow_empty=not kind.required, describe=describe)
    picker = RecordPicker(kind, parent, bare=bare)
    picker.by = by
    return picker


def _few(kind: Any, parent: QWidget | None, by: By) -> ChoiceEditor:
    """A link to one of a few records, such as a project."""
    return ChoiceEditor(kind.offered(), parent, describe=kind.show)


EDITORS: dict[str, Callable[[Any, QWidget | None, By], Any]] = {
    "fixed": lambda kind, parent, by: FixedEditor(kind, parent),
    "line": _line,
    "lines": lambda kind, parent, by: TextEditor(parent, lines=2, most_lines=6),
    "suggestions": lambda kind, parent, by: SuggestEditor(_suggestions(kind, by), parent),
    "repeats": lambda kind, parent, by: RepeatsEditor(parent),
    "whole": _whole,
    "percent": lambda kind, parent, by: PercentEditor(parent),
    "money": lambda kind, parent, by: MoneyEditor(parent),
    "quantity": lambda kind, parent, by: DecimalEditor(kind, parent),
    "rate": lambda kind, parent, by: DecimalEditor(kind, parent),
    "date": lambda kind, parent, by: DateEditor(parent, past=kind.past),
    "time": lambda kind, parent, by: TimeEditor(parent),
    "tick": lambda kind, parent, by: FlagEditor("", parent),
    "choice": _choice,
    "several": lambda kind, parent, by: SeveralEditor(lookup_choices(kind, by()), kind.parts, parent),
    "link": _link,
    "few": _few,
    "bare_link": partial(_link, bare=True),
}
"""by the word a kind has for what it is edited by"""
IN_A_CELL = {"lines": "line", "link": "bare_link"}


def refresh_choices(editor: QWidget, kind: Kind[Any], by: By) -> None:
    """Offer what the lists hold now."""
    if kind.list_key and isinstance(editor, ChoiceEditor | SeveralEditor):
        editor.set_choices(lookup_choices(kind, by()))
    elif kind.edited_by == "few" and isinstance(editor, ChoiceEditor):
        editor.set_choices(kind.offered())  # type: ignore[attr-defined]
    elif kind.linked_to is not None and isinstance(editor, ChoiceEditor):
        editor.set_choices(_operators(kind, by))
    elif kind.edited_by == "suggestions" and isinstance(editor, SuggestEditor):
        editor.set_suggestions(_suggestions(kind, by))


def look_again(editor: QWidget, tables: Collection[str]) -> None:
    """Others have worked on records of these tables, and the editor may point at one of them."""
    if isinstance(editor, RecordPicker) and editor.target._meta.table_name in tables:
        editor.look_again()


def stored(kind: Kind[Any], value: object) -> object:
    """What an editor gives, as the record keeps it: an empty text is '', an empty anything else is None."""
    return kind.empty if value is None else value


def width_of(kind: Kind[Any]) -> int:
    """How many pixels wide a field is that holds what it usually holds."""
    if kind.dialed:
        return 190
    if kind.edited_by == "link" and kind.numeric and not kind.system:
        return 340  # what the record is called, and three buttons
    return max(90, min(420, 64 + int(kind.width) * 8))
