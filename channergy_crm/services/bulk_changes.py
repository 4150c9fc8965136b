"""Work on many marked records at once: one unit, one undo, with progress and Cancel (BX-14)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import access, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, Message, _, counted, label
from channergy_crm.records import Lead, Operator
from channergy_crm.services import rights
from channergy_crm.work.called import among
from channergy_crm.work.record import assigning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, time

    from channergy_crm.work.record import Record
    from channergy_crm.work.undo import Progress

CHUNK = 500
LOOKED_AT = 5_000
"""records asked about at once"""


class Changed(NamedTuple):
    """How many records were changed, and by which unit (0 when none was)."""

    records: int
    unit: int


def settable(record: type[Record], by: str) -> list[str]:
    """The fields that can be set on many records at once, of those this operator is shown."""
    rights.require(by, "choose", record)
    kept = rights.hidden(record, by)
    return [name for name, kind in record.offered().items() if not kind.system and not kind.unique and name not in kept]


def labels(record: type[Record], keys: Sequence[Any], name: str, by: str) -> Sequence[tuple[object, str]]:
    """What alone may be chosen for a field of these records, and how it reads, as soon as that is so for one of them;
    nothing where anything may stand in it (SI-37).
    """
    rights.require(by, "choose", record)
    follows = record.about.in_form
    if follows is None or name not in record.about.fixed_anywhere():
        return ()
    key, decides = work.key_field(record), record.kind(follows.decides)
    for start in range(0, len(keys), LOOKED_AT):
        those = record.select(decides).where(key.in_(keys[start : start + LOOKED_AT])).distinct()
        for value in those.scalars():
            if found := record.about.fixed(name, {follows.decides: value}):
                return found
    return ()


def set_field(
    record: type[Record], keys: Sequence[object], name: str, value: object, by: str, progress: Progress | None = None
) -> Changed:
    """Set one field of many records to the same value."""
    kind = record.kind(name)
    rights.require_shown(record, [name], by)
    if name not in settable(record, by):
        raise Mistake(_("{field} is kept by the program.").format(field=kind.label), name)
    if sentence := kind.check(value):
        raise Mistake(sentence, name)

    def put(held: object) -> None:
        setattr(held, name, value)

    deed = N_("Set {field} of {records}")
    return _change(record, keys, deed, put, by, progress, field=label(kind))


def reassign(
    record: type[Record], keys: Sequence[object], owner: str, by: str, progress: Progress | None = None
) -> Changed:
    """Give many records to another operator, who must be at work in the office (VT-159)."""
    rights.require(by, "edit", record)
    kind = record.owner_kind()
    if kind is None:
        raise Mistake(_("{records} are nobody's: they cannot be given away.").format(records=record.plural))
    if all(one.id != owner for one in access.owners()):
        raise Mistake(_("There is no active operator {operator}.").format(operator=owner), "owner")
    deed = N_("Give to {operator}: {records}")
    return _change(record, keys, deed, lambda held: setattr(held, kind.name, owner), by, progress, operator=owner)


def deal_out(
    record: type[Record], keys: Sequence[object], shares: Mapping[str, int], by: str, progress: Progress | None = None
) -> Changed:
    """Give many records to several operators at once, one after the other; who has a greater share gets more of them.

    With the same share for everybody each gets as many as the others, give or take one.
    """
    rights.require(by, "edit", record)
    return give(record, dict(zip(keys, in_turn(shares, len(keys)), strict=True)), by, progress)


def give(record: type[Record], dealt: Mapping[object, str], by: str, progress: Progress | None = None) -> Changed:
    """Give each of these records, by its number, to somebody."""
    rights.require(by, "edit", record)
    kind = assigning(record)
    if kind is None:
        raise Mistake(_("{records} are nobody's: they cannot be given away.").format(records=record.plural))
    deed = N_("Deal out among {operators}: {records}")

    def put(held: Any) -> None:
        setattr(held, kind.name, dealt[held.key])

    return _change(record, list(dealt), deed, put, by, progress, operators=", ".join(sorted(set(dealt.values()))))


def each_gets(shares: Mapping[str, int], count: int, by: str) -> dict[str, int]:
    """How many of so many records each would get, by ID; nothing is given yet."""
    rights.require(by, "choose", Operator)
    return dict(sorted(Counter(in_turn(shares, count)).items()))


def in_turn(shares: Mapping[str, int], count: int) -> list[str]:
    """Who gets each of so many records: whoever is farthest behind the own share is next."""
    known = {one.id for one in access.owners()}
    if strange := [owner for owner in shares if owner not in known]:
        raise Mistake(_("There is no active operator {operator}.").format(operator=strange[0]), "owner")
    wanted = {owner: share for owner, share in shares.items() if share > 0}
    if not wanted:
        raise Mistake(_("Choose who gets them."), "owner")
    had = dict.fromkeys(wanted, 0)
    dealt = []
    for _turn in range(count):
        owner = min(wanted, key=lambda each: (had[each] + 1) / wanted[each])
        had[owner] += 1
        dealt.append(owner)
    return dealt


def set_reminder(
    record: type[Record], keys: Sequence[object], day: date | None, at: time | None, by: str,
    progress: Progress | None = None,
) -> Changed:  # fmt: skip
    """Remind of many records on this day, at this time if there is one; without a day their reminders are taken off."""
    if not remindable(record):
        raise Mistake(_("{records} have no reminder.").format(records=record.plural))

    def put(held: Any) -> None:
        held.reminder_date, held.reminder_time = day, at if day else None

    deed = N_("Set reminder of {records}") if day else N_("Take reminder off {records}")
    return _change(record, keys, deed, put, by, progress)


def remindable(record: type[Record]) -> bool:
    """Whether one may be reminded of these records."""
    return {"reminder_date", "reminder_time"} <= record.kinds().keys()


def remove_leads(keys: Sequence[int], by: str, progress: Progress | None = None) -> Changed:
    """Take many leads off the lists; their rows stay (CH-41)."""
    rights.require(by, "remove", Lead)
    return _change(Lead, keys, N_("Remove {records}"), lambda lead: setattr(lead, "removed", True), by, progress)


def restore_leads(keys: Sequence[int], by: str, progress: Progress | None = None) -> Changed:
    """Bring many removed leads back."""
    rights.require(by, "remove", Lead)
    return _change(Lead, keys, N_("Bring back {records}"), lambda lead: setattr(lead, "removed", False), by, progress)


def _change(
    record: type[Record], keys: Sequence[object], deed: str, change: Callable[[object], None], by: str,
    progress: Progress | None, **parameters: object,
) -> Changed:  # fmt: skip
    rights.require(by, "edit", record)
    changed = 0
    message = Message(deed, {"records": counted(among(record, keys), len(keys)), **parameters})
    keys = sorted(keys, key=work.key_field(record).db_value)  # in the order everybody takes hold of them
    with work.unit(message, by=by) as unit:
        for start in range(0, len(keys), CHUNK):
            held = work.locked(record, work.key_field(record).in_(keys[start : start + CHUNK]))
            for one in held:
                change(one)
            changed += unit.save_many(held)
            if progress:
                progress(min(start + CHUNK, len(keys)), len(keys), str(message))
    return Changed(changed, unit.number)
