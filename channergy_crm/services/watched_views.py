"""Told when the rows of a view change: somebody watches a saved view, and hears what came and what left (VT-144)."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock
from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Account, Contact, Lead, ListView, Opportunity, Task
from channergy_crm.records.watched_views import WatchRow
from channergy_crm.services import reminders, rights, views
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from peewee import ColumnBase

    from channergy_crm.work.record import Record

MOST = 5_000
"""rows of a view that are kept one by one; of a longer one only how many there are"""
SHOWN = 60
"""so many new rows are shown by themselves when somebody opens what they are told of"""


class News(NamedTuple):
    """What has changed in a view: how many rows came and left, and the numbers of those that came.

    Of a view of more than `MOST` rows `rows` is empty, and one of the two counts is the difference.
    """

    view: int
    screen: str
    name: str
    came: int
    left: int
    rows: tuple[int, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether only the number of rows is known, not which."""
        return self.came > 0 and not self.rows


def _leads(by: str) -> ColumnBase:
    found: ColumnBase = rights.visible(Lead, by) & Lead.working()
    return found


def _of(record: type[Record]) -> Callable[[str], ColumnBase]:
    return lambda by: rights.visible(record, by)


LISTS: dict[str, tuple[type[Record], Callable[[str], ColumnBase]]] = {
    "leads": (Lead, _leads),
    "accounts": (Account, _of(Account)),
    "contacts": (Contact, _of(Contact)),
    "opportunities": (Opportunity, _of(Opportunity)),
    "tasks": (Task, reminders.open_tasks),
}
"""the lists whose views can be watched: what stands in them, and which rows of it"""


def can(screen: str) -> bool:
    """Whether the views of this list can be watched."""
    return screen in LISTS


def watched(by: str) -> set[int]:
    """The views this operator watches, by number."""
    rights.require(by, "see", ListView)
    return set(WatchRow.select(WatchRow.view).where(WatchRow.operator == by).scalars())


def tables(by: str) -> set[str]:
    """The tables in which something must change for a watched view of this operator to change."""
    rights.require(by, "see", ListView)
    held = ListView.select(ListView.screen).where(ListView.number.in_(list(watched(by)))).distinct().scalars()
    return {LISTS[screen][0]._meta.table_name for screen in held if screen in LISTS}


def watch(number: int, by: str) -> None:
    """Be told from now on when rows come into this view or leave it; as many views as one likes."""
    rights.require(by, "see", ListView)
    view = _usable(number, by)
    if view is None or view.screen not in LISTS:
        raise Mistake(_("This view cannot be watched."))
    count, keys = _rows(view, by)
    known = {"text": view.filter_text, "seen": clock.now(), "count": count, "keys": _packed(keys)}
    with database.writing(), translated():
        WatchRow.insert(view=number, operator=by, **known).on_conflict_ignore().execute()


def leave(number: int, by: str) -> None:
    """Be told no more of this view."""
    rights.require(by, "see", ListView)
    with database.writing(), translated():
        WatchRow.delete().where((WatchRow.view == number) & (WatchRow.operator == by)).execute()


def news(by: str, own: Mapping[str, Collection[object]] | None = None) -> list[News]:
    """What has changed in the watched views since this operator was told last; it counts as told from now on.

    `own` is what they have changed themselves meanwhile, by table: of that nobody needs to tell them.
    """
    rights.require(by, "see", ListView)
    found = []
    for row in list(WatchRow.select().where(WatchRow.operator == by)):
        view = _usable(row.view, by)
        if view is None or view.screen not in LISTS:
            leave(row.view, by)
        elif (told := _look(row, view, by, own or {})) is not None:
            found.append(told)
    return found


def unseen(screen: str, by: str) -> dict[int, News]:
    """What came into the watched views of a list since this operator looked at each of them last, by its number."""
    rights.require(by, "see", ListView)
    waiting = WatchRow.select().where((WatchRow.operator == by) & (WatchRow.new > 0)) if screen in LISTS else ()
    held = {row.view: row for row in waiting}
    those = ListView.select().where(ListView.number.in_(list(held)) & (ListView.screen == screen)) if held else ()
    return {
        view.number: News(view.number, screen, view.name, held[view.number].new, 0,
                          tuple(_unpacked(held[view.number].new_keys)))
        for view in those
    }  # fmt: skip


def look_at(number: int, by: str) -> None:
    """This operator looks at the view now: nothing in it is new to them any more."""
    rights.require(by, "see", ListView)
    this = (WatchRow.view == number) & (WatchRow.operator == by) & (WatchRow.new > 0)
    with database.writing(), translated():
        WatchRow.update(new=0, new_keys="").where(this).execute()


def filter_of(told: News) -> str:
    """The filter that finds the rows that came, "" where those are too many, or not known one by one."""
    return " OR ".join(f"number={key}" for key in told.rows) if len(told.rows) <= SHOWN else ""


def _look(row: WatchRow, view: ListView, by: str, own: Mapping[str, Collection[object]]) -> News | None:
    try:
        count, keys = _rows(view, by)
    except CRMError:  # a field is gone that its filter asks for, or it is not theirs to see
        return None
    mine = {int(str(key)) for key in own.get(LISTS[view.screen][0]._meta.table_name, ())}
    told = _changed(row, view, count, keys, mine) if row.text == view.filter_text else None
    return told if _put_down(row, view, count, keys, told) else None


def _changed(row: WatchRow, view: ListView, count: int, keys: Sequence[int] | None, mine: set[int]) -> News | None:
    before, then = _unpacked(row.keys), int(row.count)
    if keys is None or len(before) != then:
        change = count - then
        return News(view.number, view.screen, view.name, max(change, 0), max(-change, 0)) if change else None
    came = sorted(set(keys) - set(before) - mine)
    left = len(set(before) - set(keys) - mine)
    return News(view.number, view.screen, view.name, len(came), left, tuple(came)) if came or left else None


def _put_down(row: WatchRow, view: ListView, count: int, keys: Sequence[int] | None, told: News | None) -> bool:
    """Remember how it is now; False when another window has just done so, and tells it."""
    packed = _packed(keys)
    if (count, packed, view.filter_text) == (row.count, row.keys, row.text):
        return True
    this = (WatchRow.number == row.number) & (WatchRow.turn == row.turn)
    known = {"text": view.filter_text, "seen": clock.now(), "count": count, "keys": packed, "turn": row.turn + 1}
    new, those = _new(row, view, keys, told)
    with database.writing(), translated():
        return bool(WatchRow.update(**known, new=new, new_keys=_packed(those)).where(this).execute())


def _new(row: WatchRow, view: ListView, keys: Sequence[int] | None, told: News | None) -> tuple[int, list[int]]:
    """How many rows, and which, are there that came since somebody looked at the view last."""
    if row.text != view.filter_text:
        return 0, []
    known = len(before := _unpacked(row.new_keys)) == row.new
    if keys is None or not known or (told is not None and told.is_counted):
        return int(row.new) + (told.came if told is not None else 0), []
    those = sorted({*before, *(told.rows if told is not None else ())} & set(keys))
    return len(those), those


def _usable(number: int, by: str) -> ListView | None:
    held: ListView | None = ListView.find(number)
    return held if held is not None and (held.shared or held.owner == by) else None


def _rows(view: ListView, by: str) -> tuple[int, list[int] | None]:
    """How many rows a view has now, and their numbers, None where those are too many to be kept."""
    record, condition = LISTS[view.screen]
    query = views.query(view, ListQuery(record, (), condition(by), by=by))
    key = key_field(record)
    found: Any = query.select(key).order_by(key).limit(MOST + 1)
    keys = [int(number) for number in found.scalars()]
    if len(keys) <= MOST:
        return len(keys), keys
    return int(query.select(key).count()), None


def _packed(keys: Sequence[int] | None) -> str:
    """Numbers in rising order as the steps between them: a few signs each."""
    if not keys:
        return ""
    return " ".join(map(str, [keys[0], *(later - earlier for earlier, later in pairwise(keys))]))


def _unpacked(held: str) -> list[int]:
    return list(accumulate(map(int, held.split())))
