"""How an entry of a timeline is said: its lines, the small line below, all of it for who hears or copies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, ngettext
from ui.history import words as told
from ui.look.wording import day_in_words
from ui.timeline import note_text
from ui.timeline.note_text import Line, Piece

if TYPE_CHECKING:
    from datetime import date, time

    from channergy_crm.services.timeline.sources import Entry

LONGEST, MOST_FIELDS, OF_A_MAIL = 2_000, 4, 240
"""letters of a note that are drawn, changed fields, letters of a mail; all of it is in the tip and what is copied"""
SIGNS = {
    "call": "phone", "message": "email", "mail": "email", "filed": "email", "task": "task", "note": "note",
    "document": "document", "issued": "invoice", "sent": "send", "answered": "quote", "reminded": "reminder",
    "paid": "payment", "ticket": "ticket", "ticket_closed": "ticket", "ticket_said": "ticket", "change": "edit",
}  # fmt: skip


def sign(entry: Entry) -> str:
    """Its drawing."""
    return told.SIGNS[entry.step.what] if entry.step is not None else SIGNS[entry.kind]


def lines(entry: Entry) -> list[tuple[Line, bool]]:
    """What it says, line by line; the ones that are quiet say what a field was."""
    if entry.step is not None:
        return _changes(entry)
    if entry.kind == "note":
        return [(line, False) for line in note_text.lines(_cut(entry.note))]
    noted = [(line, True) for line in note_text.lines(_cut(entry.note, entry.kind))] if entry.note.strip() else []
    return [(Line([Piece(entry.title)]), False), *noted]


def _changes(entry: Entry) -> list[tuple[Line, bool]]:
    step = entry.step
    if step is None:
        return []
    fields = told.fields(step)
    said = [Line([Piece(f"{name}  {before} {told.ARROW} {after}")]) for name, before, after in fields[:MOST_FIELDS]]
    if (more := len(fields) - MOST_FIELDS) > 0:
        count = ngettext("and {count} more field", "and {count} more fields", more).format(count=more)
        said.append(Line([Piece(count)]))
    telling = not fields or step.what != "changed" or step.undoes
    head = [Line([Piece(step.said)])] if telling else []
    return [*((line, False) for line in head), *((line, telling) for line in said)]


def small(entry: Entry, *, with_day: bool = False) -> str:
    """The small line: when, how long, who, where, by when."""
    at = f"{entry.at:%H:%M}"
    parts = [f"{day_in_words(entry.at.date())} {at}" if with_day else at]
    if entry.seconds is not None:
        parts.append(length(entry.seconds))
    parts.append(entry.by)
    if entry.where:
        parts.append(entry.where)
    if entry.due:
        parts.append(_due(*entry.due))
    if entry.step is not None and entry.step.undone:
        parts.append(_("undone"))
    return " · ".join(part for part in parts if part)


def length(seconds: int) -> str:
    """How long a call was: 0:31, 1:02:05."""
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60:02}" if hours else str(rest // 60)
    return f"{hours}:{minutes}:{rest % 60:02}" if hours else f"{minutes}:{rest % 60:02}"


def _due(day: date, at: time | None) -> str:
    when = f"{day_in_words(day)} {at:%H:%M}" if at else day_in_words(day)
    return _("due {when}").format(when=when)


def whole(entry: Entry) -> str:
    """All of it in a few lines, to be copied, heard or read in a tip."""
    if entry.step is not None:
        return told.whole(entry.step, day_in_words(entry.at.date()))
    noted = note_text.plain(entry.note)
    return "\n".join(part for part in (entry.title, noted, small(entry, with_day=True)) if part)


def _cut(text: str, kind: str = "") -> str:
    most = OF_A_MAIL if kind in ("mail", "filed") else LONGEST
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
