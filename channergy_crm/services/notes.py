"""Notes on a record of any type: added, changed, pinned, removed; each step can be undone (BX-8).

Whoever sees a record may write on it. The own notes are changed and removed by whoever wrote them; those of others by
an administrator. `@ANN` in a note tells Ann, who follows the record from then on (BX-48).
"""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from channergy_crm import access, clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import N_, _
from channergy_crm.records import Mention, Note, Operator
from channergy_crm.records.following import follow
from channergy_crm.records.notes import LONGEST
from channergy_crm.services import areas, rights
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.work.record import Record

Subject = tuple["type[Record]", object]
NAMED = re.compile(r"(?<![\w@.])@([\w.-]{1,10})")
"""whom a note names: an operator's ID behind an @, not the middle of an e-mail address"""


def of(subjects: Sequence[Subject], by: str) -> list[Note]:
    """The notes of these records, the pinned ones first, then the newest first."""
    for record, key in subjects:
        rights.require(by, "see", record.find(key) or record)
    if not subjects:
        return []
    return list(
        Note.select().where(about(subjects)).order_by(Note.pinned.desc(), Note.created.desc(), Note.number.desc())
    )


def about(subjects: Sequence[Subject]) -> Any:
    """The condition for the notes of these records."""
    keys: dict[str, list[str]] = {}
    for record, key in subjects:
        keys.setdefault(record._meta.table_name, []).append(str(key))
    return reduce(or_, [(Note.table == table) & Note.of.in_(those) for table, those in keys.items()])


def add(record: type[Record], key: object, text: str, by: str, *, pinned: bool = False) -> Note:
    """Write a note on a record; whom it names is told, and follows the record."""
    held = _subject(record, key, by)
    note = Note(
        table=record._meta.table_name, of=str(key), text=_readable(text), author=by, created=clock.now(), pinned=pinned
    )
    with work.unit("Add a note to {name}", by=by, name=held.caption()):
        note.save()
        _tell(note, held)
    return note


def change(number: int, text: str, by: str) -> Note:
    """Write a note anew. Whom it names only now is told."""
    note, held = _found(number, by)
    _require_own(note, by)
    with work.unit("Change a note on {name}", by=by, name=held.caption()):
        note.text, note.edited = _readable(text), clock.now()
        note.save()
        _tell(note, held)
    return note


def pin(number: int, by: str, *, on: bool = True) -> Note:
    """Pin a note on top of the timeline, or take the pin off."""
    note, held = _found(number, by)
    with work.unit(N_("Pin a note on {name}") if on else N_("Unpin a note on {name}"), by=by, name=held.caption()):
        note.pinned = on
        note.save()
    return note


def remove(number: int, by: str) -> None:
    """Take a note away; undo brings it back."""
    note, held = _found(number, by)
    _require_own(note, by)
    with work.unit("Remove a note on {name}", by=by, name=held.caption()):
        for mention in Mention.select().where(Mention.note == note.number):
            mention.delete_instance()
        note.delete_instance()


def why_not_mine(note: Note, by: str) -> str | None:
    """None when this one may change and remove a note, or the sentence why not."""
    if reason := rights.may(by, "see"):
        return reason
    if note.author == by or isinstance(by, Program) or not (reason := rights.may(by, "administer")):
        return None
    said = _("{operator} wrote that note; only they or an administrator may change it. {reason}")
    return said.format(operator=note.author, reason=reason)


def _require_own(note: Note, by: str) -> None:
    if reason := why_not_mine(note, by):
        raise Refused(reason)


def _found(number: int, by: str) -> tuple[Note, Record]:
    rights.require(by, "see")
    note = Note.find(number)
    if note is None:
        raise Mistake(_("That note is not there any more."))
    record = areas.every_table().get(note.table)
    if record is None:
        raise Mistake(_("The record of that note is not there any more."))
    return note, _subject(record, note.of, by)


def _subject(record: type[Record], key: object, by: str) -> Record:
    rights.require(by, "see", record)
    held = record.find(key)
    if held is None:
        raise Mistake(_("{record} {number} is not there any more.").format(record=record.singular, number=key))
    rights.require(by, "see", held)
    return held


def _readable(text: str) -> str:
    text = text.strip()
    if not text:
        raise Mistake(_("Write something first; an empty note is not kept."), "text")
    if len(text) > LONGEST:
        said = _("A note holds {most:,} letters at most; this one has {count:,}.")
        raise Mistake(said.format(most=LONGEST, count=len(text)), "text")
    return text


def named(text: str) -> list[str]:
    """The words behind an @ in a text, in capitals, each once: whom it names if they work here."""
    return list(dict.fromkeys(word.strip(".-").upper() for word in NAMED.findall(text)))


def _tell(note: Note, held: Record) -> None:
    """Note whom the text names and was not told yet; they follow the record, whosever it is."""
    words = set(named(note.text))
    people = [each.id for each in Operator.select().where(Operator.active & ~Operator.group)] if words else []
    there = set(Mention.select(Mention.operator).where(Mention.note == note.number).scalars())
    meant = [id for id in people if id.upper() in words and id != note.author and id not in there]
    for id in meant:
        Mention.create(note=note.number, operator=id)
    owner = held.owner_kind()
    theirs = held.__data__.get(owner.name) if owner is not None else None
    follow(note.table, note.of, [id for id in meant if id != theirs])


def people(by: str) -> list[tuple[str, str]]:
    """Whom a note can name: ID and name of everybody who works here."""
    rights.require(by, "choose", Operator)
    return [(each.id, each.name or each.id) for each in access.operators() if each.id != by]
