"""The sales board: which deals stand in which column, and what they are worth together (SI-12…SI-22, BX-25)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.query import conditions
from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.records.lookups import describe
from channergy_crm.records.projects import Course, Means, StageOf, course, course_of, projects
from channergy_crm.services import rights
from channergy_crm.store import database

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peewee import ColumnBase

ELSEWHERE, UNPROCESSED = "?", "!"
"""the columns of the deals whose stage is none of their process, and of the customers without a deal"""
MOST_UNPROCESSED = 1_000
SORTS = ("date", "amount", "age")
READ = (
    Opportunity.number, Opportunity.stage, Opportunity.project, Opportunity.amount, Opportunity.probability,
    Opportunity.close_date_1, Opportunity.close_date_2, Opportunity.actual_amount, Opportunity.stage_since,
    Opportunity.created_on,
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see. `owner` is whose the customers are, "" for everybody's; without `first` and `last`
    every deal, those without a date too. `project` 0 means all of them.
    """

    owner: str = ""
    first: date | None = None
    last: date | None = None
    overdue: bool = False
    project: int = 0
    text: str = ""
    won: bool = False
    lost: bool = False
    unprocessed: bool = False
    sort: str = "date"


class Card(NamedTuple):
    """A deal as its column needs it; amounts in cents, days as ISO text, "" where there is none."""

    number: int
    stage: str
    means: Means
    amount: int | None
    probability: int | None
    day: str
    """when it is to close, or has closed"""
    actual: int | None
    since: str
    created: str
    early: bool
    """overdue, from before the period: shown, and in no sum"""
    rotten: int
    """days it stands in its stage, where that is longer than it should; else 0"""
    record: str = "opportunity"
    """what it is about: an unprocessed customer is an "account" or a "lead" """


@dataclass
class Column:
    """One column: its name for the program and for people, what it means, and its cards in order."""

    stage: str
    title: str
    means: Means
    colour: str = ""
    cards: list[Card] = field(default_factory=list)
    count: int = 0
    sums: Sums = field(default_factory=lambda: Sums())


@dataclass
class Sums:
    """Cents: what open deals may bring, the same by how likely they are, and what won ones have brought."""

    projected: int = 0
    hundredfold: int = 0
    actual: int = 0

    @property
    def weighted(self) -> int:
        """Amount times probability, rounded once for all of them together."""
        return round(self.hundredfold / 100)

    def add(self, card: Card) -> None:
        """One deal more; those from before the period do not count."""
        if card.early:
            return
        if card.means is Means.OPEN:
            self.projected += card.amount or 0
            self.hundredfold += (card.amount or 0) * (card.probability or 0)
        elif card.means is Means.WON:
            self.actual += card.actual or 0


class Board(NamedTuple):
    """The columns that are shown, from left to right, the sums of everything, and by month ("2026-11")."""

    columns: list[Column]
    sums: Sums
    months: dict[str, Sums]
    deals: int
    """open ones that count"""
    orders: int


def whose_offered(by: str) -> list[str]:
    """Whose customers this operator may look at, by ID; "" stands for everybody (SI-13)."""
    from channergy_crm.access import operators

    rights.require(by, "see", Opportunity)
    if rights.is_secured() and not rights.views_all(by):
        return [by]
    return [by, "", *(each.id for each in operators() if each.id != by)]


def read(asked: Asked, by: str) -> Board:
    """Everything the board shows; what a card says beside its figures is read when it is seen."""
    rights.require(by, "see", Opportunity)
    shown = columns(asked, by)
    held = {column.stage: column for column in shown}
    elsewhere = Column(ELSEWHERE, _("Not in this process"), Means.OPEN)
    whole, months, deals, orders = Sums(), dict[str, Sums](), 0, 0
    today = clock.today().isoformat()
    stages: dict[int | None, Course | None] = {}
    for row in _rows(asked, by):
        card = _card(row, stages, asked, today)
        if card is None:
            continue
        column = held.get(card.stage)
        if column is None and card.stage == ELSEWHERE:
            column = elsewhere
        whole.add(card)
        if not card.early:
            deals, orders = deals + (card.means is Means.OPEN), orders + (card.means is Means.WON)
            if card.day:
                months.setdefault(card.day[:7], Sums()).add(card)
        if column is not None:
            column.cards.append(card)
            column.sums.add(card)
    there = [*([elsewhere] if elsewhere.cards else []), *shown]
    if asked.unprocessed:
        there.insert(0, _unprocessed(asked, by))
    for column in there:
        if column.stage != UNPROCESSED:
            _put_in_order(column.cards, asked.sort)
        column.count = column.count or len(column.cards)
    return Board(there, whole, dict(sorted(months.items())), deals, orders)


def _courses(asked: Asked) -> list[Course]:
    """The processes of what is asked for, that of no project first, each once."""
    there = [course_of(asked.project)] if asked.project else [course(None)]
    if not asked.project:
        there += [course_of(each.number) for each in projects() if each.active]
    return list(dict.fromkeys(each for each in there if each is not None))


def columns(asked: Asked, by: str) -> list[Column]:
    """One for each stage of these processes (SI-15), open ones first; won and lost where wanted (SI-16, SI-18)."""
    rights.require(by, "see", Opportunity)
    stages: dict[str, StageOf] = {}
    for held in _courses(asked):
        for stage in held.stages:
            stages.setdefault(stage.stage, stage)
    wanted = {Means.OPEN: True, Means.WON: asked.won, Means.LOST: asked.lost}
    kind = Opportunity.kind("stage")
    found = [Column(each.stage, describe(kind, each.stage), each.means, each.colour)
             for each in stages.values() if wanted[each.means]]  # fmt: skip
    return sorted(found, key=lambda column: list(Means).index(column.means))


def _rows(asked: Asked, by: str) -> Iterable[Any]:
    """The raw rows, no object for each: ten thousand are read at once."""
    query = rights.rows(Opportunity, by, *READ).where(*_wanted(asked, by))
    sql, params = query.sql()
    return database.proxy.execute_sql(sql, params).fetchall()  # type: ignore[no-any-return]


def _wanted(asked: Asked, by: str) -> list[ColumnBase]:
    found: list[ColumnBase] = []
    if asked.owner:  # the operator is the owner of the customer's record (SI-13)
        found.append(Opportunity.account.in_(Account.select(Account.number).where(Account.owned_by(asked.owner))))
    if asked.project:
        found.append(Opportunity.project == asked.project)
    typed = conditions.condition(Opportunity, asked.text, by)
    found += [typed] if typed is not None else []
    return found or [Opportunity.number.is_null(False)]


def _card(row: Any, known: dict[int | None, Course | None], asked: Asked, today: str) -> Card | None:
    """A deal, or None where it is not asked for: its project is kept without CRM, or it lies outside the period."""
    number, stage, of, amount, probability, planned, ended, actual, since, created = row
    if of not in known:
        known[of] = course_of(of)
    process = known[of]
    if process is None:
        return None
    held = process.stage(stage)
    means = held.means if held is not None else Means.OPEN
    day = str((ended or planned if means is not Means.OPEN else planned) or "")
    early = False
    if asked.first is not None and asked.last is not None:
        first, last = asked.first.isoformat(), asked.last.isoformat()
        if not first <= day <= last:
            early = asked.overdue and means is Means.OPEN and "" < day < min(first, today)
            if not early:
                return None
    rotten = _days_rotten(held, str(since or ""))
    return Card(number, held.stage if held is not None else ELSEWHERE, means, amount, probability, day, actual,
                str(since or ""), str(created or ""), early, rotten)  # fmt: skip


def _days_rotten(stage: StageOf | None, since: str) -> int:
    """How long a deal stands in its stage, where that is longer than it should."""
    if stage is None or not stage.rotten_after or not since:
        return 0
    days = (clock.today() - date.fromisoformat(since[:10])).days
    return days if days > stage.rotten_after else 0


def _put_in_order(cards: list[Card], sort: str) -> None:
    """By the day, those without one last; by the amount, the largest first; or by age, the oldest first."""
    if sort == "amount":
        cards.sort(key=lambda card: (-(card.amount or 0), card.number))
    elif sort == "age":
        cards.sort(key=lambda card: (card.created or "9", card.number))
    else:
        cards.sort(key=lambda card: (card.day or "9", card.number))


# ---------------------------------------------------------------- customers without a deal (SI-17, K17)


def _unprocessed(asked: Asked, by: str) -> Column:
    """Accounts without a deal, and leads somebody works on: the newest of them, and how many there are."""
    column = Column(UNPROCESSED, _("Unprocessed"), Means.OPEN)
    for record, name, wanted in _without_deal(asked):
        query = rights.rows(record, by).where(wanted)
        column.count += query.count()
        room = MOST_UNPROCESSED - len(column.cards)
        newest = query.select(record._meta.primary_key).order_by(record._meta.primary_key.desc()).limit(room)
        column.cards += [_bare(number, name) for number in newest.scalars()]
    return column


def _bare(number: int, record: str) -> Card:
    return Card(number, UNPROCESSED, Means.OPEN, None, None, "", None, "", "", True, 0, record)


def _without_deal(asked: Asked) -> list[tuple[Any, str, ColumnBase]]:
    sold = Opportunity.select(Opportunity.account).where(Opportunity.account.is_null(False))
    accounts: ColumnBase = Account.number.not_in(sold)
    leads: ColumnBase = Lead.working()
    if asked.owner:
        accounts, leads = accounts & Account.owned_by(asked.owner), leads & Lead.owned_by(asked.owner)
    if asked.project:
        accounts, leads = accounts & (Account.project == asked.project), leads & (Lead.project == asked.project)
    return [(Account, "account", accounts), (Lead, "lead", leads)]
