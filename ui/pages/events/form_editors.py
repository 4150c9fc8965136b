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
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session

CHOSEN = {
    "type": choices.types, "table": choices.tables, "goes_to": choices.goes_to, "due_working": choices.due_days,
}  # fmt: skip
"""chosen from a list that is always the same"""
FROM_THE_OFFICE = {
    "trigger": False, "unit": False, "field": False, "receiver": False, "otherwise": False, "priority": True,
    "ends_by": False, "done_field": True,
}  # fmt: skip
"""chosen from what fits, or from what the office has; whether nothing may be chosen"""


def editor_of(field: str, session: Session, parent: QWidget) -> Any:
    """The editor of a field."""
    if field in CHOSEN:
        return ChoiceEditor(CHOSEN[field](), parent, allow_empty=False)
    if field in FROM_THE_OFFICE:
        return ChoiceEditor([], parent, allow_empty=FROM_THE_OFFICE[field], describe=lambda value: str(value or ""))
    if field in OF_ITS_OWN:
        return OF_ITS_OWN[field](session, parent)
    return LineEditor(parent, max_length=getattr(Event.kind(field), "limit", None))


OF_ITS_OWN: dict[str, Callable[[Session, QWidget], Any]] = {
    "amount": lambda _session, parent: NumberEditor(parent, minimum=0, maximum=Event.amount.most),
    "due_after": lambda _session, parent: NumberEditor(parent, minimum=0, maximum=Event.due_after.most),
    "most_a_day": lambda _session, parent: NumberEditor(parent, minimum=1, maximum=Event.most_a_day.most),
    "value": lambda _session, parent: ValueEditor(parent),
    "done_value": lambda _session, parent: ValueEditor(parent),
    "filter_text": lambda session, parent: FilterEditor(lambda: session.by, parent),
    "action": lambda _session, parent: ActionEditor(Event.action.limit, parent),
    "notes": lambda _session, parent: TextEditor(parent, lines=2, most_lines=6),
    "due_time": lambda _session, parent: TimeEditor(parent),
    "yearly": lambda _session, parent: FlagEditor(_("every year again"), parent),
    "existing": lambda _session, parent: FlagEditor(_("Existing records count, not only new ones"), parent),
}
