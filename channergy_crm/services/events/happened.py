"""To which records something an event waits for has happened: now, or since it looked last.

Two ways. What was done (`deeds.py`) has happened once for all. How long it has been silent, and which day has come
(`silences.py`, `days.py`), is so now or not; there only those records are looked at to which that may have happened
since: by the days that have passed, and by what the journal tells.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import peewee

from channergy_crm.records import Order, PhoneCall, Task
from channergy_crm.records.events import LookRow
from channergy_crm.services import rights
from channergy_crm.services.events import days, silences
from channergy_crm.services.events.about import Sql, Table, among, bound, chunks, floor, length, meant
from channergy_crm.services.events.deeds import DEEDS
from channergy_crm.services.events.news import News
from channergy_crm.services.events.triggers import CUSTOMERS, DEALS, Hit, check, record_of
from channergy_crm.work import ChangeRow, UnitRow, key_field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date, datetime

    from channergy_crm.records.events import Event

SILENCES = ("no_order", "no_contact", "no_change")
WEEKS, MOST = 4, 300_000
"""of so many weeks is told what is to be expected, unless so many changes were made in them"""


def existing(event: Event, now: datetime, by: str, key: object = None) -> Iterator[Hit]:
    """The records that fall under an event now, each once, by number; with a `key` that record alone. They are read
    as they are gone through.
    """
    rights.require_events(by)
    check(event)
    return _existing(event, now, by, key)


def how_many(event: Event, now: datetime, by: str) -> int:
    """How many records fall under an event now."""
    rights.require_events(by)
    check(event)
    return int(record_of(event).select().where(meant(event, by) & _now(event, now)[0]).count())


def a_week(event: Event, now: datetime, by: str) -> int | None:
    """How many more are to be expected in a week, by what the last four weeks brought; None: nothing can be said."""
    rights.require_events(by)
    check(event)
    begin = now - timedelta(weeks=WEEKS)
    unit = UnitRow.select(peewee.fn.MAX(UnitRow.number)).where(UnitRow.done < begin).scalar() or 0
    if not unit or ChangeRow.select().where(ChangeRow.unit > unit).count() > MOST:
        return None
    news = News(unit, *wanted(event))
    look = LookRow(event=event.number, looked=begin, unit=unit, last=news.newest(counted(event)))
    if counted(event) == "Orders":
        look.last = Order.select(peewee.fn.MAX(Order.number)).where(Order.ordered_on < begin.date()).scalar() or 0
    return round(len(since(event, look, now, news)) / WEEKS)


def since(event: Event, look: LookRow, now: datetime, news: News) -> list[Hit]:
    """To which records it has happened since the event looked last."""
    if event.trigger in DEEDS:
        pairs = dict.fromkeys(DEEDS[event.trigger].since(event, look, news))
        keys = _kept(event, {key for key, _occurrence in pairs})
        return [Hit(event.table, key, occurrence) for key, occurrence in pairs if key in keys]
    found = _silent(event, look, now, news) if event.trigger in SILENCES else _come(event, look, now, news)
    return list(dict.fromkeys(found))


def oldest_first(event: Event, hits: Iterable[Hit]) -> list[Hit]:
    """The same, those first that are about an earlier day."""
    dated = event.trigger in SILENCES or (event.trigger in ("date", "in_stage") and not event.yearly)
    return sorted(hits, key=lambda hit: hit.occurrence.rpartition("@")[2]) if dated else list(hits)


def counted(event: Event) -> str:
    """The table by whose numbers an event sees what other programs have written."""
    return "Orders" if event.trigger in ("order", "no_order") else event.table


def wanted(event: Event) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Which changes of which fields an event must be told, and what is told beside them: pairs of table and name."""
    if event.trigger == "no_contact":
        return _contacts(event)
    fields = {
        "value": [(event.table, event.field)], "date": [(event.table, event.field)],
        "won": [(DEALS, "outcome")], "lost": [(DEALS, "outcome")], "in_stage": [(DEALS, "stage_since")],
        "call": [("CRMCalls", "code")], "done": [("CustServ", "closed")],
        "no_order": [("Orders", "ordered_on"), ("Orders", "customer")],
    }  # fmt: skip
    return fields.get(event.trigger, []), []


# ---------------------------------------------------------------- now


def _existing(event: Event, now: datetime, by: str, key: object) -> Iterator[Hit]:
    condition, occurrence = _now(event, now)
    condition &= meant(event, by)
    if key is not None:
        condition &= key_field(record_of(event)) == key
    for number, *said in _rows(event, condition, occurrence):
        if (which := _said(event, said, now.date(), now)) is not None:
            yield Hit(event.table, number, which)


def _now(event: Event, now: datetime) -> tuple[Sql, Sql]:
    """The condition for the records that fall under an event now, and what tells which time it is."""
    if event.trigger in DEEDS:
        return DEEDS[event.trigger].now(event)
    if event.trigger in SILENCES:
        latest = silences.latest(event)
        return latest <= bound(length(event, now.date(), -1)), latest
    return days.falls_under(event, now), days.shown(event)


def _rows(event: Event, condition: Sql, occurrence: Sql) -> Iterator[Sql]:
    record: Table = record_of(event)
    key = key_field(record)
    stage = [record.stage] if event.trigger == "in_stage" else []
    rows = record.select(key, occurrence, *stage).where(condition).order_by(key)
    return iter(rows.tuples().iterator())


def _said(event: Event, said: list[str], begin: date, now: datetime) -> str | None:
    """Which time it was, out of what was read for a record."""
    if event.trigger in ("date", "in_stage"):
        return days.occurrence(event, said[0], said[1] if len(said) > 1 else "", begin, now)
    return str(said[0])[:10] if event.trigger in SILENCES else str(said[0])


# ---------------------------------------------------------------- since the last look


def _kept(event: Event, keys: Collection[object]) -> set[int]:
    """Those of these records that the event is about."""
    key, about = key_field(record_of(event)), meant(event)
    return {held for some in among(event, keys) for held in record_of(event).select(key).where(some & about).scalars()}


def _silent(event: Event, look: LookRow, now: datetime, news: News) -> Iterator[Hit]:
    condition, latest = _now(event, now)
    condition &= meant(event)
    if (least := floor(event, now)) is not None:
        condition &= latest > bound(length(event, least, -1))
    after, last = length(event, look.looked.date(), -1), length(event, now.date(), -1)
    some = list(among(event, _stirred(event, look, news)))
    if after < last:
        some.append(key_field(record_of(event)).in_(silences.between(event, after, last)))
    for those in some:
        for number, day in _rows(event, condition & those, latest):
            yield Hit(event.table, number, str(day)[:10])


def _come(event: Event, look: LookRow, now: datetime, news: News) -> Iterator[Hit]:
    key, about = key_field(record_of(event)), meant(event)
    begin = max(look.looked.date(), floor(event, now) or look.looked.date())
    keys = news.changed(event.table, [days.watched(event).name], look.unit) | _refiltered(event, look, news)
    some = [days.counts(event, now) & each for each in among(event, keys)]
    if event.table == CUSTOMERS:
        some.append(days.counts(event, now) & (key > look.last))
    if (passed := days.came(event, begin, now)) is not None:
        some.append(passed)
    for those in some:
        for number, *said in _rows(event, about & those, days.shown(event)):
            if (which := _said(event, said, min(begin, now.date()), now)) is not None:
                yield Hit(event.table, number, which)


def _refiltered(event: Event, look: LookRow, news: News) -> set[int]:
    """The records that may be found by the event's filter only now."""
    return news.rows(event.table, look.unit) if event.filter_text else set()


def _stirred(event: Event, look: LookRow, news: News) -> set[int]:
    """The records about which something was written that may tell of a silence that is older than was known."""
    found = _refiltered(event, look, news)
    if event.trigger == "no_order":
        return found | _with_orders(event, look, news)
    return found | _with_contacts(event, look, news) if event.trigger == "no_contact" else found


def _with_orders(event: Event, look: LookRow, news: News) -> set[int]:
    customers = set(news.held("Orders", "customer", look.unit))
    customers.update(Order.select(Order.customer).where(Order.number > look.last).scalars())
    for part in chunks(sorted(news.changed("Orders", ["ordered_on"], look.unit))):
        customers.update(Order.select(Order.customer).where(Order.number.in_(part)).scalars())
    return _of_customers(event, customers)


def _contacts(event: Event) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Calls and tasks, and by which of their fields a record is found."""
    fields = [("CRMCalls", "started"), ("CRMCalls", "reached"), ("CustServ", "closed_on")]
    return fields, [*_links_of(event, "CRMCalls"), *_links_of(event, "CustServ")]


def _links_of(event: Event, table: str) -> list[tuple[str, str]]:
    links = (silences.CALLS if table == "CRMCalls" else silences.TASKS).get(record_of(event))
    return [(table, name) for name in (links, "customer" if links == "account" else None) if name]


def _with_contacts(event: Event, look: LookRow, news: News) -> set[int]:
    found: set[int] = set()
    for held, names in ((PhoneCall, ["started", "reached"]), (Task, ["closed_on"])):
        table = held._meta.table_name
        changed = sorted(news.changed(table, names, look.unit))
        for _table, name in _links_of(event, table):
            keys = set(news.held(table, name, look.unit))
            for part in chunks(changed):
                keys.update(held.select(held.kind(name)).where(held.number.in_(part)).scalars())
            own = name != "customer" or event.table == CUSTOMERS
            found |= keys if own else _of_customers(event, keys)
    return found - {None}


def _of_customers(event: Event, customers: set[int]) -> set[int]:
    customers = customers - {None}
    if event.table == CUSTOMERS:
        return customers
    record: Table = record_of(event)
    key, found = key_field(record), set[int]()
    for part in chunks(sorted(customers)):
        found.update(record.select(key).where(record.customer.in_(part)).scalars())
    return found
