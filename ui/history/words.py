"""How the history is said: what was done, each field old → new, when and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import N_, _
from ui.look.wording import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.services.history import Changed, Entry, What

LONGEST = 200
"""letters of a long text that are shown; the whole of it is in the tip and in what is copied"""
ARROW = "→"
SIGNS: Mapping[What, str] = {
    "created": "add", "changed": "edit", "removed": "remove", "deleted": "remove", "restored": "restore",
    "converted": "convert", "merged": "merge",
}  # fmt: skip
BECAME: Mapping[What, str] = {
    "created": N_("Created"), "removed": N_("Removed"), "deleted": N_("Deleted"), "restored": N_("Restored"),
    "converted": N_("Converted"),
}  # fmt: skip
"""what became of a record under an action that does not say it"""


def value(kind: Any, held: object) -> str:
    """A value as its kind shows it, and nothing where there is none."""
    if isinstance(held, bool):
        return _("yes") if held else _("no")
    return shown(kind, held) or _("nothing")


def label(change: Changed, entry: Entry) -> str:
    """What the field is called; where it belongs to a record that is read along, also to which."""
    field = str(change.kind.label)
    if change.record is entry.record:
        return field
    return _("{record}, {field}").format(record=change.record.singular, field=field)


def fields(entry: Entry, longest: int = LONGEST) -> list[tuple[str, str, str]]:
    """Each field that was changed: what it is called, what it held and what it holds."""
    told = []
    for one in entry.fields:
        before, after = (_cut(value(one.kind, held), longest) for held in (one.before, one.after))
        told.append((label(one, entry), before, after))
    return told


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"


def became(entry: Entry) -> str:
    """What became of the record, where the action does not say it; "" otherwise."""
    return "" if entry.is_told else _(BECAME[entry.what])


def when_and_who(entry: Entry) -> str:
    """The small line: the time, who, and that it was undone."""
    parts = [f"{entry.done:%H:%M}", entry.who]
    return " · ".join([*parts, _("undone")] if entry.undone else parts)


def whole(entry: Entry, day: str) -> str:
    """All of it in a few lines, to be copied, heard or read in a tip."""
    changes = [f"{name}: {before} {ARROW} {after}" for name, before, after in fields(entry, 10**6)]
    what = [became(entry)] if became(entry) else []
    return "\n".join([entry.said, *what, *changes, f"{day} {when_and_who(entry)}"])
