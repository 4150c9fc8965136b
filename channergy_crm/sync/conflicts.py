"""The fields both sides have changed: the CRM's value was sent, the other one is kept, and can be turned round.

Also the accounts that may be one of several companies of the site, which nobody but a person can tell (`choosing`).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records.sync import SEVERAL, TAKES, Conflict, SyncLink
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.sync import companies, fields, links, pulling, sight
from channergy_crm.sync.companies import Candidates
from channergy_crm.sync.ready import ACCOUNTS, RECORDS, Asks
from channergy_crm.work.called import called

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from channergy_crm.sync.fields import Mapped
    from channergy_crm.work.record import Record

SHOWN, SHORT = 200, 60
"""conflicts that are read at once; signs of a value in a sentence"""
PLACE = (("address", "bill_address"), ("city", "bill_city"))
"""where a company is there, and an account here"""
TURNED = N_("Let {field} of {name} be as it is in Viper")


class Disagreed(NamedTuple):
    """A field in which the two sides differ: of which record, what stands here, what Viper said and when that came."""

    number: int
    table: str
    key: str
    caption: str
    field: str
    label: str
    ours: str
    theirs: str
    seen: datetime
    there: bool
    """whether the record is still here"""
    several: Candidates | None = None
    """where it is asked which company the account is: those it may be and no other account is"""


def open(by: str, start: int = 0, count: int = SHOWN) -> list[Disagreed]:
    """What nobody has settled yet, of the records and fields this one may see, the latest first."""
    rows = Conflict.select().where(_open(by)).order_by(Conflict.number.desc()).offset(start).limit(count)
    held = list(rows)
    records = sight.found(((row.table, row.key) for row in held), by)
    place = [each for each in PLACE if each[1] not in rights.hidden(RECORDS[ACCOUNTS], by)]
    perhaps = _candidates(held, place)
    return [_told(row, records.get((row.table, row.key)), perhaps.get(row.number), place) for row in held]


def count(by: str) -> int:
    """How many that are."""
    return int(Conflict.select().where(_open(by)).count())


def _open(by: str) -> Asks:
    shown = sight.any_seen(Conflict, by)
    for table in sight.tables(by):
        if hidden := rights.hidden(RECORDS[table], by):
            shown &= ~((Conflict.table == table) & Conflict.field.in_(sorted(hidden)))
    return Conflict.settled.is_null() & shown


def _told(
    row: Conflict, record: Record | None, perhaps: Candidates | None, place: Sequence[tuple[str, str]]
) -> Disagreed:  # fmt: skip
    mapped, ours, theirs = _mapped(row), row.ours, row.theirs
    caption = record.caption() if record is not None else _("deleted here")
    label = _(mapped.label) if mapped is not None else _("all of it") if perhaps is None else _("which company it is")
    if perhaps is not None:
        ours = ", ".join(filter(None, (record.__data__.get(name) for _part, name in place))) if record else ""
        theirs = companies.in_words(perhaps)
    return Disagreed(row.number, row.table, row.key, caption, row.field, label, ours, theirs, row.seen,
                     record is not None, perhaps)  # fmt: skip


def _candidates(rows: Sequence[Conflict], place: Sequence[tuple[str, str]]) -> dict[int, Candidates]:
    """Of those that ask which company an account is; of where it is what this one may see of an account."""
    perhaps = {row.number: companies.read(row.theirs) for row in rows if row.field == SEVERAL}
    taken = links.at(ACCOUNTS, {each.id for found in perhaps.values() for each in found.listed})
    blank = {part: "" for part, _name in set(PLACE) - set(place)}
    return {
        number: Candidates([each._replace(**blank) for each in found.listed if each.id not in taken], found.more)
        for number, found in perhaps.items()
    }


def _mapped(row: Conflict) -> Mapped | None:
    """The line of the table for a field; of one that is mapped twice the way it goes from then on."""
    return next((each for each in reversed(fields.of(row.table)) if each.name == row.field), None)


def turn_round(number: int, by: str) -> None:
    """Let theirs stand here, in one unit of this operator's that undo takes back. What was sent of ours is sent anew as
    it is now; where Viper says the same already, nothing is. Where it was changed here since, `Mistake` says so, and
    that is ours from then on: whoever wants theirs all the same asks again.
    """
    row, record = of(number, by)
    mapped = _mapped(row)
    if record is None:
        raise Mistake(_("It is not here any more; there is nothing to turn round."))
    if row.field == SEVERAL:
        raise Mistake(_("Choose which company it is."))
    if mapped is None:
        raise Mistake(_("All of it could not be taken: {reason}").format(reason=row.theirs))
    rights.require_shown(type(record), [row.field], by)
    _require_unchanged(row, mapped, record)
    values = {"settled": clock.now(), "by": by, "kept": "theirs"}
    with work.unit(TURNED, by=by, field=_(mapped.label), name=record.caption()) as unit:
        if mapped.direction is fields.Direction.BACK:
            unit.asked_once[TAKES] = True
            _agree(row, mapped)
        fields.put(mapped, record, row.theirs)
        record.save()
        unit.finishing.append(
            lambda done: Conflict.update({**values, "unit": done.number}).where(Conflict.number == number).execute()
        )


def _require_unchanged(row: Conflict, mapped: Mapped, record: Record) -> None:
    here = links.text(pulling.values({mapped.remote: fields.said(mapped, record)})[mapped.remote])
    if any(fields.same(here, known) for known in (row.ours, row.theirs)):
        return
    with _kept():
        Conflict.update(ours=here).where(Conflict.number == row.number).execute()
    changed = _("{field} of {name} was changed here since, to “{value}”. Let Viper’s stand once more if that is to go.")
    emptied = _("{field} of {name} was emptied here since. Let Viper’s stand once more if it is to be filled.")
    said = (changed if here else emptied).format(field=_(mapped.label), name=record.caption(), value=here[:SHORT])
    raise Mistake(said)


def _agree(row: Conflict, mapped: Mapped) -> None:
    """Both say the same of it by now: it is led there, and what could not stand here can (VP-46)."""
    for link in links.of(row.table, [row.key]).values():
        base = links.written(links.base(link) | {mapped.remote: row.theirs})
        SyncLink.update(base=base).where(SyncLink.number == link.number).execute()


def settle(number: int, by: str) -> str:
    """Ours stays, and the conflict is none any more; of what, in words. Where theirs cannot stand here, ours is sent
    with the next round, for until now it was not.
    """
    row, record = of(number, by)
    if row.field == SEVERAL and record is not None:
        raise Mistake(_("Choose which company it is."))
    with _kept():
        values = {"settled": clock.now(), "by": by, "kept": "ours", "unit": None}
        Conflict.update(values).where(Conflict.number == number).execute()
        _owe(row, it=True)
    mapped = _mapped(row)
    name = called(record) if record is not None else _("a deleted record")
    said = _("{field} of {name} stays as it is here.") if mapped is not None else _("{name} stays as it is here.")
    return said.format(field=_(mapped.label) if mapped is not None else "", name=name)


def reopen(number: int, by: str) -> None:
    """That ours stays was said too soon."""
    row = Conflict.get_or_none(Conflict.number == number)
    record = sight.found([(row.table, row.key)], by).get((row.table, row.key)) if row is not None else None
    rights.require(by, "edit", record or RECORDS[row.table] if row is not None else None)
    with _kept():
        values = {"settled": None, "by": "", "kept": "ours", "unit": None}
        Conflict.update(values).where(Conflict.number == number).execute()
        if row is not None:
            _owe(row, it=False)


def _cannot_stand(row: Conflict, mapped: Mapped) -> bool:
    record = RECORDS[row.table].find(int(row.key))
    return record is not None and bool(pulling.put(record, {mapped.remote: row.theirs}, {mapped.remote: mapped}))


def _owe(row: Conflict, *, it: bool) -> None:
    """The site is told what stands here, or no longer, where theirs cannot and nothing was sent of the field since."""
    mapped = next((each for each in fields.of(row.table, fields.Direction.BOTH) if each.name == row.field), None)
    link = links.of(row.table, [row.key]).get(row.key)
    if mapped is None or link is None:
        return
    before, after = (row.ours, row.theirs) if it else (row.theirs, row.ours)
    base = links.base(link)
    if fields.same(base.get(mapped.remote), before) and _cannot_stand(row, mapped):
        written = links.written(base | {mapped.remote: after})
        SyncLink.update(base=written).where(SyncLink.number == link.number).execute()
        links.wait(row.table, [row.key])


def of(number: int, by: str) -> tuple[Conflict, Record | None]:
    """An open conflict and its record, for whoever may change that; `Mistake` where it is settled."""
    rights.require(by, "edit")
    row = Conflict.get_or_none((Conflict.number == number) & Conflict.settled.is_null())
    if row is None:
        raise Mistake(_("Somebody has settled that meanwhile."))
    record = RECORDS[row.table].find(int(row.key))
    rights.require(by, "edit", record if record is not None else RECORDS[row.table])
    return row, record


@contextmanager
def _kept() -> Iterator[None]:
    """The program's own notes, which stand in no journal."""
    with database.writing(), translated(), database.proxy.atomic():
        yield
