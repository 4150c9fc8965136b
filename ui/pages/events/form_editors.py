"""Which editor a field of a rule has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import N_, _
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
NOTHING = {
    "name": N_("what the rule is called"), "trigger": N_("choose"), "unit": N_("choose"), "field": N_("choose"),
    "receiver": N_("choose"), "amount": N_("how many"), "most_a_day": N_("any"), "action": N_("what is to be done"),
    "notes": N_("what helps to do it; fields can be put in here too"), "due_after": "0", "due_time": N_("any time"),
    "country": N_("the office's country"), "priority": N_("none"), "done_field": N_("nothing"),
}  # fmt: skip
"""what an empty field means, or what it wants, in its place"""


def editor_of(field: str, session: Session, parent: QWidget) -> Any:
    """The editor of a field; an empty one says what that means."""
    said = NOTHING.get(field)
    nothing = _(said) if said else ""
    if field in CHOSEN:
        return ChoiceEditor(CHOSEN[field](), parent, allow_empty=False)
    if field in FROM_THE_OFFICE:
        may_be = FROM_THE_OFFICE[field]
        return ChoiceEditor([], parent, allow_empty=may_be, nothing=nothing, describe=lambda value: str(value or ""))
    editor: Any = OF_ITS_OWN[field](session, parent) if field in OF_ITS_OWN else _line(field, parent)
    if nothing:
        editor.setPlaceholderText(nothing)
    return editor


def _line(field: str, parent: QWidget) -> LineEditor:
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
