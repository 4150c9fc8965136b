"""The sales board: which deals stand in which column, and what they are worth together (SI-12…SI-22, BX-25)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.query import conditions
from channergy_crm.query.syntax import FilterMistake
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
ENDS = Means.OPEN, Means.LOST
READ = (
    Opportunity.number, Opportunity.stage, Opportunity.project, Opportunity.amount, Opportunity.probability,
    Opportunity.close_date_1.cast("TEXT"), Opportunity.close_date_2.cast("TEXT"), Opportunity.actual_amount,
    Opportunity.stage_since.cast("TEXT"), Opportunity.created_on.cast("TEXT"),
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
    """Cents: what open deals may bring, the same by how likely they are, and what won ones have brought; and how many
    deals that are.
    """

    projected: int = 0
    hundredfold: int = 0
    actual: int = 0
    deals: int = 0

    @property
    def weighted(self) -> int:
        """Amount times probability, rounded once for all of them together."""
        return round(self.hundredfold / 100)

    def join(self, other: Sums) -> None:
        """What others amount to, beside this."""
        self.projected += other.projected
        self.hundredfold += other.hundredfold
        self.actual += other.actual
        self.deals += other.deals

    def add(self, card: Card, times: int = 1) -> None:
        """One deal more, or with -1 one less; those from before the period do not count."""
        if card.early or card.means is Means.LOST:
            return
        self.deals += times
        if card.means is Means.OPEN:
            amount = card.amount or 0
            self.projected += amount * times
            self.hundredfold += amount * (card.probability or 0) * times
        else:
            self.actual += (card.actual or 0) * times


class Board(NamedTuple):
    """The columns that are shown, from left to right, the sums of everything, and by month ("2026-11")."""

    columns: list[Column]
    sums: Sums
    months: dict[str, Sums]
    deals: int
    """open ones that count"""
    orders: int
    cards: dict[str, list[Card]]
    """every deal that counts by its stage, in order, also of columns that are not shown"""
    path: list[tuple[str, str]]
    """every stage a deal can go to and what people call it, in order, also those that are not shown"""


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
    look = _Look(asked)
    look.gather(_rows(asked, by))
    for held in look.cards.values():
        _put_in_order(held, asked.sort)
    return _laid_out(look, asked, _unprocessed(asked, by) if asked.unprocessed else None)


def after(held: Board, number: int, asked: Asked, by: str, *, first: bool = False) -> Board:
    """The same board after something has happened to one deal: only that one is read and reckoned anew; and who is
    without one where it is somebody's `first`.
    """
    rights.require(by, "see", Opportunity)
    gone = [card for those in held.cards.values() for card in those if card.number == number]
    look = _Look(asked)
    look.gather(_rows(asked, by, Opportunity.number == number))
    come = [card for those in look.cards.values() for card in those]
    cards = dict(held.cards)
    for card in gone:
        cards[card.stage] = [each for each in cards[card.stage] if each.number != number]
    for card in come:
        cards[card.stage] = [*cards.get(card.stage, []), card]
        _put_in_order(cards[card.stage], asked.sort)
    sums = {column.stage: replace(column.sums) for column in held.columns}
    whole, months = replace(held.sums), {month: replace(each) for month, each in held.months.items()}
    counts = {Means.OPEN: held.deals, Means.WON: held.orders, Means.LOST: 0}
    for turn, those in ((-1, gone), (1, come)):
        for card in those:
            counts[card.means] += 0 if card.early else turn
            for each in (whole, sums.setdefault(card.stage, Sums())):
                each.add(card, turn)
            if card.day:
                months.setdefault(card.day[:7], Sums()).add(card, turn)
    bare = next((column for column in held.columns if column.stage == UNPROCESSED), None)
    if first and bare is not None:
        bare = _unprocessed(asked, by)
    shown = _filled(cards, sums, asked, bare)
    return Board(shown, whole, _dated(months), counts[Means.OPEN], counts[Means.WON], cards, held.path)


def _laid_out(look: _Look, asked: Asked, bare: Column | None) -> Board:
    """The columns with their cards, and what all of it is worth."""
    whole, months, sums = Sums(), dict[str, Sums](), dict[str, Sums]()
    counts = dict.fromkeys(Means, 0)
    for (stage, means), worth in look.worth.items():
        for month, figures in worth.items():
            found = Sums(*figures)
            counts[means] += found.deals
            for each in (whole, sums.setdefault(stage, Sums()), months.setdefault(month, Sums())):
                each.join(found)
    months.pop("", None)
    shown, path = _filled(look.cards, sums, asked, bare), [(column.stage, column.title) for column in _columns(asked)]
    return Board(shown, whole, _dated(months), counts[Means.OPEN], counts[Means.WON], look.cards, path)


def _dated(months: dict[str, Sums]) -> dict[str, Sums]:
    """Those in which anything lies, one after the other."""
    return {month: months[month] for month in sorted(months) if months[month].deals}


def _filled(cards: dict[str, list[Card]], sums: dict[str, Sums], asked: Asked, bare: Column | None) -> list[Column]:
    """The columns that are wanted: won and lost ones only where somebody wants to see them (SI-16, SI-18)."""
    wanted = {Means.OPEN: True, Means.WON: asked.won, Means.LOST: asked.lost}
    shown = [column for column in _columns(asked) if wanted[column.means]]
    if cards.get(ELSEWHERE):
        shown.insert(0, Column(ELSEWHERE, _("Not in this process"), Means.OPEN))
    for column in shown:
        column.cards, column.sums = cards.get(column.stage, []), sums.get(column.stage, Sums())
        column.count = len(column.cards)
    return [bare, *shown] if bare is not None else shown


def _courses(asked: Asked) -> list[Course]:
    """The processes of what is asked for, that of no project first, each once."""
    there = [course_of(asked.project)] if asked.project else [course(None)]
    if not asked.project:
        there += [course_of(each.number) for each in projects() if each.active]
    return list(dict.fromkeys(each for each in there if each is not None))


def _columns(asked: Asked) -> list[Column]:
    """One for each stage of these processes (SI-15), open ones first, lost ones last."""
    stages: dict[str, StageOf] = {}
    for held in _courses(asked):
        for stage in held.stages:
            stages.setdefault(stage.stage, stage)
    kind = Opportunity.kind("stage")
    found = [Column(each.stage, describe(kind, each.stage), each.means, each.colour) for each in stages.values()]
    return sorted(found, key=lambda column: list(Means).index(column.means))


def _rows(asked: Asked, by: str, *more: ColumnBase) -> Iterable[Any]:
    """The raw rows, no object for each: ten thousand are read at once. Days come as text on both engines."""
    query = rights.rows(Opportunity, by, *READ).where(*_wanted(asked, by), *more)
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


class _Place(NamedTuple):
    """Where the deals of one stage of one project stand: what it means, its rotten days, its cards, and what they are
    worth by month as [projected, hundredfold, actual, deals]. The cards of a stage are the same list in every project.
    """

    key: str
    means: Means
    rotten_after: int
    cards: list[Card]
    worth: dict[str, list[int]]


class _Look:
    """Turns rows into cards: where each stands and what its stage means is asked once for each stage of a project."""

    def __init__(self, asked: Asked) -> None:
        self._now = clock.today()
        self._today = self._now.isoformat()
        self._first = asked.first.isoformat() if asked.first is not None and asked.last is not None else ""
        self._last = asked.last.isoformat() if asked.last is not None else ""
        self._early = asked.overdue
        self._places: dict[tuple[int | None, str], _Place | None] = {}
        self.cards: dict[str, list[Card]] = {}
        self.worth: dict[tuple[str, Means], dict[str, list[int]]] = {}

    def gather(self, rows: Iterable[Any]) -> None:
        """The deals that are asked for: not those of a project that is kept without CRM or outside the period. Ten
        thousand are gone through at once, so what they are worth is reckoned here as well.
        """
        places, first, last, new, opened, lost = self._places, self._first, self._last, tuple.__new__, *ENDS
        for number, stage, of, amount, probability, planned, ended, actual, since, created in rows:
            at = of, stage
            place = places[at] if at in places else self._look_up(of, stage)
            if place is None:
                continue
            key, means, rotten_after, cards, worth = place
            day = (planned if means is opened else ended or planned) or ""
            early = False
            if first and not first <= day <= last:
                early = self._early and means is opened and "" < day < min(first, self._today)
                if not early:
                    continue
            rotten = self._rotten(since, rotten_after) if rotten_after and since else 0
            cards.append(new(Card, (number, key, means, amount, probability, day, actual, since or "", created or "",
                                    early, rotten, "opportunity")))  # fmt: skip
            if early or means is lost:
                continue
            month = day[:7]
            if (sums := worth.get(month)) is None:
                sums = worth[month] = [0, 0, 0, 0]
            sums[3] += 1
            if means is not opened:
                sums[2] += actual or 0
            elif amount:
                sums[0] += amount
                sums[1] += amount * (probability or 0)

    def _look_up(self, of: int | None, stage: str) -> _Place | None:
        process = course_of(of)
        held = process.stage(stage) if process is not None else None
        place = None
        if process is not None:
            key, means = (ELSEWHERE, Means.OPEN) if held is None else (held.stage, held.means)
            rotten_after = held.rotten_after or 0 if held is not None else 0
            cards, worth = self.cards.setdefault(key, []), self.worth.setdefault((key, means), {})
            place = _Place(key, means, rotten_after, cards, worth)
        self._places[of, stage] = place
        return place

    def _rotten(self, since: str, after: int) -> int:
        """How long a deal stands in its stage, where that is longer than it should."""
        days = (self._now - date.fromisoformat(since[:10])).days
        return days if days > after else 0


def _put_in_order(cards: list[Card], sort: str) -> None:
    """By the day, those without one last; by the amount, the largest first; or by age, the oldest first."""
    if sort == "amount":
        cards.sort(key=lambda card: (-(card.amount or 0), card.number))
        return
    place = Card._fields.index("created" if sort == "age" else "day")
    cards.sort(key=itemgetter(0))  # by number they lie there almost, and stay so where the day is the same
    cards.sort(key=itemgetter(place))
    known = next((at for at, card in enumerate(cards) if card[place]), 0)
    cards[:] = cards[known:] + cards[:known]


# ---------------------------------------------------------------- customers without a deal (SI-17, K17)


def _unprocessed(asked: Asked, by: str) -> Column:
    """Accounts without a deal, and leads somebody works on: the newest of them, and how many there are; none of a
    project that is kept without CRM, whose deals have no column either.
    """
    column = Column(UNPROCESSED, _("Unprocessed"), Means.OPEN)
    for record, name, wanted in _without_deal(asked, by):
        query = rights.rows(record, by).where(wanted)
        column.count += query.count()
        room = MOST_UNPROCESSED - len(column.cards)
        newest = query.select(record._meta.primary_key).order_by(record._meta.primary_key.desc()).limit(room)
        column.cards += [_bare(number, name) for number in newest.scalars()]
    return column


def _bare(number: int, record: str) -> Card:
    return Card(number, UNPROCESSED, Means.OPEN, None, None, "", None, "", "", True, 0, record)


def _without_deal(asked: Asked, by: str) -> list[tuple[Any, str, ColumnBase]]:
    sold = Opportunity.select(Opportunity.account).where(Opportunity.account.is_null(False))
    accounts: ColumnBase = Account.number.not_in(sold)
    leads: ColumnBase = Lead.working()
    if asked.owner:
        accounts, leads = accounts & Account.owned_by(asked.owner), leads & Lead.owned_by(asked.owner)
    if asked.project:
        accounts, leads = accounts & (Account.project == asked.project), leads & (Lead.project == asked.project)
    if without := [each.number for each in projects() if course_of(each.number) is None]:
        accounts, leads = accounts & _none_of(Account.project, without), leads & _none_of(Lead.project, without)
    if asked.text.strip():
        accounts, leads = accounts & _typed(Account, asked.text, by), leads & _typed(Lead, asked.text, by)
    return [(Account, "account", accounts), (Lead, "lead", leads)]


def _typed(record: type[Account | Lead], text: str, by: str) -> ColumnBase:
    """The filter that is typed for deals; customers whom it cannot speak of, such as by a stage, are not found."""
    nobody: ColumnBase = record.number.is_null()
    try:
        return conditions.condition(record, text, by) or nobody
    except FilterMistake:
        return nobody


def _none_of(project: ColumnBase, numbers: list[int]) -> ColumnBase:
    return project.is_null() | project.not_in(numbers)
