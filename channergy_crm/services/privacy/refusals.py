"""Who does not want to be called, written to or texted, in one place: seen, looked for, added, taken off (DP-7, DP-9).

Numbers stand in the register, with those who answered STOP and the lists of others; e-mail addresses beside it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import N_, _
from channergy_crm.records import DoNotCall
from channergy_crm.records.do_not_call import HASHED, LONGEST_REASON, OWN, STOPPED
from channergy_crm.records.privacy import Channel, OptOut
from channergy_crm.services import register, rights
from channergy_crm.services.privacy import optouts
from channergy_crm.store import letters
from channergy_crm.text.folding import fold
from channergy_crm.text.links import mail_address
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PHONE, SMS, EMAIL = "phone", "sms", "email"
"""by what somebody does not want to be reached, as in `consents.Wish`"""
SHOWN = 200
"""entries that are read at once"""
TOGETHER = 400
"""addresses that are looked for at once"""
LONGEST_LINE = 60
"""letters of a line that are said of one that cannot be read"""


class Entry(NamedTuple):
    """One who does not want it: the way, the number of the row, the address or number ("" where they were forgotten
    and nobody knows it any more), since when, "own", "sms" or the name of a list, and why.
    """

    channel: str
    number: int
    address: str
    since: date | None
    source: str
    reason: str


class Unread(NamedTuple):
    """A line that was not taken down: the how manieth it is, what stands in it, and why."""

    line: int
    text: str
    why: str


class Added(NamedTuple):
    """How many were added, how many were there already, the lines that could not be read, and the unit; 0 for none."""

    added: int
    there: int
    unread: Sequence[Unread]
    unit: int


def listed(words: str, channel: str, start: int, by: str, limit: int = SHOWN) -> list[Entry]:
    """A part of those who do not want it, by one way or all ("") and with these words: what the office took down
    itself first, the latest before the others, then the lists of others by number.
    """
    _require_sight(by)
    own, others = _own(words, channel), _of_lists(words, channel)
    found = _entries(own.limit(limit).offset(start), words)
    if len(found) < limit and others is not None:
        begun = max(0, start - own.count())
        found += _entries(others.limit(limit - len(found)).offset(begun), words)
    return found


def add(channel: str, text: str, reason: str, by: str) -> Added:
    """Take down who does not want it, one a line: in one step, which can be undone. What cannot be read is told line
    by line; who is there already stays as they are.
    """
    _require_deed(channel, by)
    keys, unread = _read(channel, text)
    if not keys and not unread:
        what = _("Type an e-mail address, one a line.") if channel == EMAIL else _("Type a number, one a line.")
        raise Mistake(what, "text")
    there = _there(channel, keys)
    fresh = [key for key in keys if key not in there]
    if not fresh:
        return Added(0, len(keys), unread, 0)
    said = SEVERAL if len(fresh) > 1 else ONE
    one = fresh[0] if len(fresh) == 1 else ""
    with work.unit(said[channel], by=by, count=len(fresh), number=one, address=one) as unit:
        _put(unit, channel, fresh, reason.strip()[:LONGEST_REASON])
    return Added(len(fresh), len(keys) - len(fresh), unread, unit.number)


ONE = {
    PHONE: N_("Put {number} on the register"), SMS: N_("Note STOP of {number}"),
    EMAIL: N_("Write no more to {address}"),
}  # fmt: skip
SEVERAL = {
    PHONE: N_("Put numbers on the register ({count})"), SMS: N_("Note STOP of numbers ({count})"),
    EMAIL: N_("Write no more to addresses ({count})"),
}  # fmt: skip


def why_it_stays(entry: Entry, by: str) -> str:
    """Why an entry cannot be taken off the list by this operator; "" where it can."""
    rights.require(by, "see", DoNotCall)
    if entry.channel == SMS:
        return _("A STOP answer is kept for ever. One that was noted by mistake is taken back with Undo.")
    if not entry.address:
        return _("Who that was is not known here any more: look for the whole number or address first.")
    return (rights.may(by, "administer") or "") if entry.channel == PHONE else ""


def take_off(entry: Entry, reason: str, by: str) -> int:
    """Somebody wants to be reached again: the entry goes, with a reason that the journal keeps; the unit that did it.

    A STOP answer stays for ever; a number is taken off the register by administrators alone.
    """
    _require_deed(entry.channel, by)
    if why := why_it_stays(entry, by):
        raise Refused(why)
    if not reason.strip():
        raise Mistake(_("Say why: the reason is kept."), "reason")
    table: Any = OptOut if entry.channel == EMAIL else DoNotCall
    held = table.find(entry.number)
    if held is None:
        raise Mistake(_("{record} {number} is gone.").format(record=table.singular, number=entry.number))
    deed = N_("Write to {address} again: {reason}") if entry.channel == EMAIL else N_("Call {number} again: {reason}")
    address = entry.address
    with work.unit(deed, by=by, number=address, address=address, reason=reason.strip()) as unit:
        held.delete_instance()
    return unit.number


def _require_sight(by: str) -> None:
    rights.require(by, "see", DoNotCall)
    rights.require(by, "see", OptOut)


def _require_deed(channel: str, by: str) -> None:
    if channel == EMAIL:
        rights.require(by, "see", OptOut)
    else:
        rights.require(by, "dial")


# ---------------------------------------------------------------- what is typed


def _read(channel: str, text: str) -> tuple[list[str], list[Unread]]:
    """The keys in some lines, each once, and the lines without one."""
    keys, unread = dict[str, None](), list[Unread]()
    for place, line in enumerate(text.splitlines(), 1):
        for part in filter(None, (each.strip() for each in re.split("[;\t]", line))):
            key = _key(channel, part)
            if key and _of_key(channel).check(key) is None:
                keys[key] = None
            else:
                unread.append(Unread(place, part[:LONGEST_LINE], _why_not(channel, part[:LONGEST_LINE])))
    return list(keys), unread


def _key(channel: str, text: str) -> str:
    return optouts.address_key(Channel.EMAIL, mail_address(text)) if channel == EMAIL else register.key(text)


def _why_not(channel: str, text: str) -> str:
    if channel == EMAIL:
        return _("“{text}” is no e-mail address; it looks like name@company.com.").format(text=text)
    return _("There is no phone number in “{text}”.").format(text=text)


def _there(channel: str, keys: Sequence[str]) -> set[str]:
    """Those of these keys that are on the list already, also of whom only the hash is known."""
    found: set[str] = set()
    for start in range(0, len(keys), TOGETHER):
        known = {held: key for key in keys[start : start + TOGETHER] for held in (key, _hashed(channel, key))}
        found.update(known[held] for held in _held(channel, list(known)))
    return found


def _hashed(channel: str, key: str) -> str:
    return optouts.hashed(Channel.EMAIL, key) if channel == EMAIL else register.hashed(key)


def _held(channel: str, keys: Sequence[str]) -> Iterable[str]:
    query: Any
    if channel == EMAIL:
        mine = (OptOut.channel == Channel.EMAIL.value) & OptOut.key_of_address.in_(keys)
        query = OptOut.select(OptOut.key_of_address).where(mine)
    else:
        mine = (DoNotCall.source == _source(channel)) & DoNotCall.key_of_number.in_(keys)
        query = DoNotCall.select(DoNotCall.key_of_number).where(mine)
    return query.scalars()  # type: ignore[no-any-return]


def _put(unit: work.Unit, channel: str, keys: Sequence[str], reason: str) -> None:
    many = bulk.Many(OptOut if channel == EMAIL else DoNotCall)
    today = clock.today()
    if channel == EMAIL:
        same = {"channel": Channel.EMAIL.value, "since": today, "source": reason}
    else:
        same = {"source": _source(channel), "listed_on": today, "reason": reason}
    rows = [many.row({_of_key(channel).name: key, **same}) for key in keys]
    many.insert(unit, rows, bulk.reserve(many.record, len(rows)))


def _of_key(channel: str) -> Any:
    return OptOut.kind("key_of_address") if channel == EMAIL else DoNotCall.kind("key_of_number")


def _source(channel: str) -> str:
    return STOPPED if channel == SMS else OWN


# ---------------------------------------------------------------- asked of the store


def _own(words: str, channel: str) -> Any:
    """What the office took down itself, the latest first."""
    kept = {PHONE: [OWN], SMS: [STOPPED]}.get(channel, [OWN, STOPPED])
    numbers, addresses = _numbers(words).where(DoNotCall.source.in_(kept)), _addresses(words)
    if channel == EMAIL:
        return addresses.order_by(OptOut.since.desc(), OptOut.number.desc())
    if channel:
        return numbers.order_by(DoNotCall.listed_on.desc(), DoNotCall.number.desc())
    both: Any = numbers + addresses
    return both.order_by(*(peewee.SQL(name).desc() for name in ("since", "number", "way")))


def _of_lists(words: str, channel: str) -> Any:
    """What stands on lists of others, by number; None where they are not wanted."""
    if channel in (SMS, EMAIL):
        return None
    there = _numbers(words).where(DoNotCall.source.not_in([OWN, STOPPED]))
    return there.order_by(DoNotCall.key_of_number, DoNotCall.source)


def _numbers(words: str) -> Any:
    held: Any = DoNotCall
    query: Any = DoNotCall.select(
        held.number.alias("number"), held.key_of_number.alias("address"), held.listed_on.alias("since"),
        held.source.alias("source"), held.reason.alias("reason"), peewee.Value(PHONE).alias("way"),
    )  # fmt: skip
    if not words.strip():
        return query
    found: list[peewee.ColumnBase] = [
        letters.holds(held.reason, words.strip()),
        letters.holds(held.source, words.strip()),
    ]
    if key := register.key(words):
        found.append(held.key_of_number.in_([key, register.hashed(key)]))
    digits = re.sub(r"\D", "", words)
    if digits and not re.search(r"[^\W\d_]", words):
        found.append(held.key_of_number.contains(digits) & ~held.key_of_number.startswith(HASHED))
    return query.where(reduce(or_, found))


def _addresses(words: str) -> Any:
    held: Any = OptOut
    query: Any = OptOut.select(
        held.number.alias("number"), held.key_of_address.alias("address"), held.since.alias("since"),
        peewee.Value(OWN).alias("source"), held.source.alias("reason"), peewee.Value(EMAIL).alias("way"),
    )  # fmt: skip
    if not (wanted := fold(words.strip())):
        return query
    plain = letters.contains(held.key_of_address, wanted) & ~held.key_of_address.startswith(HASHED)
    forgotten = held.key_of_address == optouts.hashed(Channel.EMAIL, wanted)
    return query.where(plain | forgotten | letters.holds(held.source, words.strip()))


def _entries(query: Any, words: str) -> list[Entry]:
    known: dict[str, str] = {}
    if key := register.key(words):
        known[register.hashed(key)] = key
    if wanted := fold(words.strip()):
        known[optouts.hashed(Channel.EMAIL, wanted)] = wanted
    found = []
    for number, address, since, source, reason, way in query.tuples():
        channel = SMS if way == PHONE and source == STOPPED else way
        if address.startswith(HASHED):
            address = known.get(address, "")
        day = date.fromisoformat(since) if isinstance(since, str) else since
        found.append(Entry(channel, number, address, day, source, reason or ""))
    return found
