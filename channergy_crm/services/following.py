"""Following a record that is somebody else's; being told that a note names oneself (BX-48)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Follower, Mention, Note, Operator
from channergy_crm.records.following import follow as let_follow
from channergy_crm.records.notes import MentionRead
from channergy_crm.services import areas, rights
from channergy_crm.store import database
from channergy_crm.store.complaints import translated

if TYPE_CHECKING:
    from channergy_crm.work.record import Record


class Mentioned(NamedTuple):
    """That a note names somebody: who wrote it, on which record, and what."""

    note: int
    author: str
    record: type[Record]
    key: object
    name: str
    text: str


def follow(record: type[Record], key: object, by: str) -> bool:
    """Follow a record: it and what is said about it are shown from now on, whosever it is. False when that was so."""
    held = _held(record, key, by)
    with work.unit("Follow {name}", by=by, name=held.caption()):
        return bool(let_follow(record._meta.table_name, str(key), [by]))


def unfollow(record: type[Record], key: object, by: str, *, who: str = "") -> bool:
    """Follow it no more; an administrator ends it for somebody else. False when it was not followed."""
    rights.require(by, "see", record)
    if who not in ("", by):
        rights.require(by, "administer")
    rows = list(Follower.select().where(_here(record, key) & (Follower.operator == (who or by))))
    held = record.find(key)
    if not rows:
        return False
    with work.unit("Stop following {name}", by=by, name=held.caption() if held is not None else str(key)):
        for row in rows:
            row.delete_instance()
    return True


def follows(record: type[Record], key: object, by: str) -> bool:
    """Whether this one follows a record."""
    rights.require(by, "see", record)
    return bool(Follower.select().where(_here(record, key) & (Follower.operator == by)).exists())


def followers(record: type[Record], key: object, by: str) -> list[Operator]:
    """Who follows a record, by ID."""
    _held(record, key, by)
    those = Follower.select(Follower.operator).where(_here(record, key))
    return list(Operator.select().where(Operator.id.in_(those)).order_by(Operator.id))


def waiting(by: str) -> list[Mentioned]:
    """What names this one and nobody has told them yet, the oldest first; from now on they have been told.

    Two windows of one operator never tell the same: whoever writes it down first does.
    """
    rights.require(by, "see")
    told = MentionRead.select(MentionRead.mention)
    new = Mention.select().where((Mention.operator == by) & Mention.number.not_in(told)).order_by(Mention.number)
    return [said for each in list(new) if (said := _said(each, by)) is not None and _is_first(each.number)]


def _said(mention: Mention, by: str) -> Mentioned | None:
    note = Note.find(mention.note)
    record = areas.every_table().get(note.table) if note is not None else None
    held = record.find(note.of) if note is not None and record is not None else None
    if note is None or record is None or held is None or rights.may(by, "see", held):
        return None
    who = Operator.find(note.author)
    name = who.name if who is not None and who.name else str(note.author)
    return Mentioned(note.number, name, record, held.key, held.caption(), note.text)


def _is_first(mention: int) -> bool:
    with database.writing(), translated():
        row = MentionRead.insert(mention=mention, told=clock.now()).on_conflict_ignore()
        return bool(row.as_rowcount().execute())


def _held(record: type[Record], key: object, by: str) -> Record:
    rights.require(by, "see", record)
    held = record.find(key)
    if held is None:
        raise Mistake(_("{record} {number} is not there any more.").format(record=record.singular, number=key))
    rights.require(by, "see", held)
    return held


def _here(record: type[Record], key: object) -> object:
    return (Follower.table == record._meta.table_name) & (Follower.of == str(key))
