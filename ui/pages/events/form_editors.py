"""Which editor a field of a rule has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import _
from channergy_crm.records.events import Event
from ui.editors.base import FlagEditor, LineEditor, NumberEditor
from ui.editors.choices import ChoiceEditor
from ui.editors.dates import TimeEditor
from ui.editors.lines import TextEditor
from ui.pages.events import choices
from ui.pages.events.editors import ActionEditor, FilterEditor, ValueEditor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session

CHOSEN = {
    "type": choices.types, "trigger": choices.triggers, "unit": choices.units, "goes_to": choices.goes_to,
    "due_working": choices.due_days,
}  # fmt: skip
"""chosen from a list that is always the same"""
FROM_THE_OFFICE = {"table": False, "field": False, "receiver": False, "otherwise": False, "priority": True,
                   "ends_by": False, "done_field": True}  # fmt: skip
"""chosen from what fits, or from what the office has; whether nothing may be chosen"""


def editor_of(field: str, session: Session, parent: QWidget) -> Any:
    """The editor of a field."""
    kind: Any = Event.kind(field)
    by = lambda: session.by  # noqa: E731
    if field in CHOSEN:
        return ChoiceEditor(CHOSEN[field](), parent, allow_empty=False)
    if field in FROM_THE_OFFICE:
        return ChoiceEditor([], parent, allow_empty=FROM_THE_OFFICE[field], describe=lambda value: str(value or ""))
    if field in ("value", "done_value"):
        return ValueEditor(parent)
    if field == "filter_text":
        return FilterEditor(by, parent)
    if field == "action":
        return ActionEditor(by, kind.limit, parent)
    if field == "notes":
        return TextEditor(parent, lines=2, most_lines=6)
    if field in ("amount", "due_after", "most_a_day"):
        return NumberEditor(parent, minimum=kind.least, maximum=kind.most)
    if field == "due_time":
        return TimeEditor(parent)
    if field == "yearly":
        return FlagEditor(_("every year again"), parent)
    if field == "existing":
        return FlagEditor(_("Existing records count, not only new ones"), parent)
    return LineEditor(parent, max_length=kind.limit)
