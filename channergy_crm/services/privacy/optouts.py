"""Who does not want to be called or written to, whoever the number or the address belongs to by now (DP-7, DP-9).

Somebody who is anonymised stays on these lists by a keyed hash: the register still stops a call to the number and the
import of it, and tells nobody who that was. The key is the office's own (`settings.REGISTER_SECRET`): it must be the
same on every workstation, and come back with a backup.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.records import DoNotCall
from channergy_crm.records.do_not_call import HASHED, OWN, STOPPED
from channergy_crm.records.privacy import Channel, OptOut
from channergy_crm.services import register, rights
from channergy_crm.text.folding import fold
from channergy_crm.work import ChangeRow
from channergy_crm.work.journal import gone_from

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from channergy_crm.work.record import Record


def numbers_of(record: Record) -> list[str]:
    """The keys of all phone numbers of a record."""
    return register.numbers_of(record)


def keys_in(kind: type[Record], name: str, value: str) -> list[str]:
    """The keys of the phone numbers in a value a field once held."""
    field = kind._meta.fields.get(name)
    pairs = field.numbers(value) if field is not None and hasattr(field, "numbers") and field.dialed else ()
    return [number for _label, text in pairs if (number := register.key(text))]


def address_key(channel: Channel, address: str) -> str:
    """What an address is found by: an e-mail address folded. Numbers stand in the register."""
    return fold(address.strip()) if channel is Channel.EMAIL else ""


def hashed(channel: Channel, address: str) -> str:
    """The key that stands for an address and tells it to nobody."""
    return register.hashed(f"{channel.value}:{address_key(channel, address)}")


def refuses(channel: Channel, address: str, by: str) -> OptOut | None:
    """The entry by which an address is not written to; None where it may be."""
    rights.require(by, "see", OptOut)
    key = address_key(channel, address)
    if not key:
        return None
    found: OptOut | None = OptOut.get_or_none(
        (OptOut.channel == channel.value) & OptOut.key_of_address.in_([key, hashed(channel, address)])
    )
    return found


# ---------------------------------------------------------------- when somebody is anonymised


def keep_hashed(
    people: Sequence[Any], numbers: Collection[str], addresses: Iterable[str]
) -> dict[type[Record], list[Any]]:
    """Within the unit that anonymises these people: what the lists hold of them becomes hashes. The rows that changed,
    whose images in the journal are to be emptied.
    """
    entries = list(DoNotCall.select().where(DoNotCall.key_of_number.in_(list(numbers)))) if numbers else []
    for entry in entries:
        _hash(DoNotCall, entry, entry.key_of_number, register.hashed(entry.key_of_number))
    for person in people:
        if any(person.__data__.get(name) == value for name, value in person.about.refusing.items()):
            for number in numbers_of(person):
                _add(DoNotCall, key_of_number=register.hashed(number), source=OWN, listed_on=clock.today())
        if person.about.untexted and person.__data__.get(person.about.untexted):
            for number in numbers_of(person):
                _add(DoNotCall, key_of_number=register.hashed(number), source=STOPPED, listed_on=clock.today())
    known = [*addresses, *(value for person in people for value in emails_of(person))]
    wanted = [*{fold(value.strip()) for value in known if value.strip()}, *numbers]
    outs = list(OptOut.select().where(OptOut.key_of_address.in_(wanted))) if wanted else []
    for out in outs:
        _hash(OptOut, out, out.key_of_address, hashed(Channel(out.channel), out.key_of_address))
    for person in people:
        if person.about.unwritten and person.__data__.get(person.about.unwritten):
            for value in emails_of(person):
                _add(OptOut, channel=Channel.EMAIL.value, key_of_address=hashed(Channel.EMAIL, value),
                     since=clock.today())  # fmt: skip
    return {
        DoNotCall: [*(entry.key for entry in entries), *_taken_off(DoNotCall, "key_of_number", set(numbers))],
        OptOut: [*(out.key for out in outs), *_taken_off(OptOut, "key_of_address", set(wanted))],
    }


def _taken_off(table: type[Record], name: str, wanted: Collection[str]) -> list[Any]:
    """The entries that said one of these and were taken off since: the journal still knows them."""
    gone = gone_from(table._meta.table_name) & ChangeRow.before.is_null(False)
    rows: Any = ChangeRow.select(ChangeRow.key, ChangeRow.before).where(gone).tuples() if wanted else ()
    return [int(key) for key, before in rows if json.loads(before).get(name) in wanted]


def emails_of(person: Any) -> list[str]:
    """The e-mail addresses of a record."""
    held = [person.__data__.get(name) for name, kind in person.kinds().items() if kind.likeness == "email"]
    return [str(value) for value in held if value]


def _hash(table: Any, entry: Any, plain: str, key: str) -> None:
    """An entry says its key as a hash; where there is one already it goes."""
    name = "key_of_number" if table is DoNotCall else "key_of_address"
    field, also = table._meta.fields[name], "source" if table is DoNotCall else "channel"
    twin = (field == key) & (table._meta.fields[also] == entry.__data__[also])
    if plain.startswith(HASHED):
        return
    if table.select().where(twin).exists():
        table.delete().where(table.number == entry.key).execute()
        work.current().note(table, entry.key, "delete", {})
        return
    values = {field: key, table.version: entry.version + 1}
    if table is DoNotCall:
        values[table.reason] = ""
    table.update(values).where(table.number == entry.key).execute()
    work.current().note(table, entry.key, "update", {}, {})


def _add(table: Any, **values: Any) -> None:
    name = "key_of_number" if table is DoNotCall else "key_of_address"
    also = "source" if table is DoNotCall else "channel"
    there = (table._meta.fields[name] == values[name]) & (table._meta.fields[also] == values[also])
    if not table.select().where(there).exists():
        table.create(**values)
