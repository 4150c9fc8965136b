"""The editor that belongs to a kind of field, in forms and in grids."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from channergy_crm.fields import (
    Date,
    Flag,
    Link,
    LongText,
    Lookup,
    Moment,
    Money,
    Number,
    Percent,
    Phone,
    RecordNumber,
    Reference,
    Text,
    Time,
)  # fmt: skip
from channergy_crm.fields.multi_lookup import MultiLookup, together
from channergy_crm.records import lookups
from channergy_crm.records.operators import Operator
from channergy_crm.services import reading
from channergy_crm.services.leads import suggestions
from channergy_crm.services.rights import Program
from ui.editors.base import FlagEditor, LineEditor, MoneyEditor, NumberEditor, PercentEditor, TextEditor
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.editors.dates import DateEditor, TimeEditor, written_date
from ui.editors.multi_choice import SeveralEditor
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


def lookup_choices(kind: Lookup) -> list[tuple[str, str]]:
    """The values a list still offers."""
    return [(choice.value, choice.description) for choice in lookups.choices(*kind.list_key) if not choice.retired]


def editor_for(kind: Any, parent: QWidget | None = None, *, in_grid: bool = False) -> Any:
    """An editor for values of this kind."""
    if kind.system or isinstance(kind, RecordNumber | Reference | Moment):
        return FixedEditor(kind, parent)
    if isinstance(kind, MultiLookup):
        return SeveralEditor(lookup_choices(kind), kind.parts, parent)
    if isinstance(kind, Lookup):
        describe: Callable[[Any], str] = lambda value: lookups.describe(kind, value or "")  # noqa: E731
        return ChoiceEditor(lookup_choices(kind), parent, may_add=True, describe=describe)
    if isinstance(kind, Link) and kind.rel_model is Operator:
        return ChoiceEditor(operator_choices(), parent, allow_empty=not kind.required, describe=_operator_name)
    return _plain_editor(kind, parent, in_grid)


def _plain_editor(kind: Any, parent: QWidget | None, in_grid: bool) -> Any:  # noqa: PLR0911
    if isinstance(kind, LongText) and not in_grid:
        return TextEditor(parent, lines=2, most_lines=6)
    if isinstance(kind, Text) and kind.suggested:
        return SuggestEditor(suggestions(kind.name, Program.ITSELF), parent)
    if isinstance(kind, Percent):
        return PercentEditor(parent)
    if isinstance(kind, Number):
        suffix = f" {kind.hint}" if kind.hint else ""
        return NumberEditor(parent, minimum=kind.least, maximum=kind.most, suffix=suffix)
    simple = {Money: MoneyEditor, Date: DateEditor, Time: TimeEditor}
    for cls, editor in simple.items():
        if isinstance(kind, cls):
            return editor(parent)
    if isinstance(kind, Flag):
        return FlagEditor("", parent)
    return LineEditor(parent, max_length=getattr(kind, "limit", None))


def refresh_choices(editor: Any, kind: Any) -> None:
    """Offer what the lists hold now."""
    if isinstance(kind, Lookup) and isinstance(editor, ChoiceEditor | SeveralEditor):
        editor.set_choices(lookup_choices(kind))
    elif isinstance(kind, Link) and isinstance(editor, ChoiceEditor):
        editor.set_choices(operator_choices())
    elif isinstance(editor, SuggestEditor):
        editor.set_suggestions(suggestions(kind.name, Program.ITSELF))


def stored(kind: Any, value: Any) -> Any:
    """What an editor gives, as the record keeps it: an empty text is '', an empty anything else is None."""
    if value is None and isinstance(kind, Text):
        return ""
    return value


def width_of(kind: Any) -> int:
    """How many pixels wide a field is that holds what it usually holds."""
    if isinstance(kind, Phone):
        return 190
    return max(90, min(420, 64 + int(kind.width) * 8))


def with_value(kind: Lookup, held: str | None, value: str) -> str:
    """What a field holds once a value is chosen for it: that one, or that one too."""
    return together([*kind.parts(held or ""), value]) if isinstance(kind, MultiLookup) else value
