"""The register of numbers that are not called: asked, added to, filled from lists (BX-6, DP-7, DP-8)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock, phones
from channergy_crm.errors import Mistake
from channergy_crm.language import _, ngettext
from channergy_crm.patterns import pattern
from channergy_crm.phones import numbering
from channergy_crm.records import DoNotCall
from channergy_crm.records.do_not_call import HASHED, LONGEST_NAME, LONGEST_REASON, OWN, STOPPED
from channergy_crm.records.office import OfficeSetting
from channergy_crm.services import office, rights
from channergy_crm.settings import LIST_GROWS_OLD, REGISTER_SECRET
from channergy_crm.store import database
from channergy_crm.store.complaints import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from channergy_crm.work.record import Record

FEWEST_DIGITS = 3
"""what is shorter is no number"""
_FULL = pattern(r"\+[1-9][0-9]{6,14}")
_CALCULATED, _ABROAD = pattern(r"^(\d{7,15})\.0+$"), pattern(r"00 ?[1-9][\d ()/.-]+$")
"""a number that a spreadsheet took for one to calculate with; one as it is dialed from most countries"""
TOGETHER, AT_ONCE = 400, 200_000
"""numbers in one question, and of a list in one transaction"""


class Listed(NamedTuple):
    """Why a number is on the register: since when, "own" or the name of the list, and the reason somebody gave."""

    source: str
    listed: date | None
    reason: str


class SourceOf(NamedTuple):
    """One list of the register: its name, how many numbers, its date, and whether it wants to be fetched anew."""

    name: str
    numbers: int
    listed: date | None
    old: bool

    @property
    def days(self) -> int:
        """How many days old it is."""
        return (clock.today() - self.listed).days if self.listed else 0


class Taken(NamedTuple):
    """What came of a list: numbers that are on the register by now, those that were in it twice, lines without one."""

    numbers: int
    twice: int
    unreadable: int

    def sentence(self, source: str) -> str:
        """The same in words."""
        said = ngettext(
            "{count:,} number of “{source}” is on the register; twice: {twice:,}, lines without one: {unreadable:,}.",
            "{count:,} numbers of “{source}” are on the register; twice: {twice:,}, lines without one: {unreadable:,}.",
            self.numbers,
        )
        return said.format(count=self.numbers, source=source, twice=self.twice, unreadable=self.unreadable)


def key(text: str) -> str:
    """What a number is found by in the register and among the dials: "+16502530000", or its digits; "" for none."""
    region = office.region()
    found = phones.keys(text, region)
    abroad = f"+{found.digits[2:]}" if not found.e164 and _ABROAD.match(found.digits) else ""
    digits = found.digits if len(found.digits) >= FEWEST_DIGITS else ""
    return found.e164 or (phones.keys(abroad, region).e164 if abroad else "") or digits


def hashed(number: str) -> str:
    """The key that stands for a number and tells it to nobody (DP-7)."""
    return HASHED + hmac.new(_secret(), number.encode(), hashlib.sha256).hexdigest()


_secrets: list[bytes] = []


def _secret() -> bytes:
    if not _secrets:
        held = OfficeSetting.find(REGISTER_SECRET.name)
        if held is None or not held.value:
            raise Mistake(_("The register of this office has lost its secret; put a backup of the office back."))
        _secrets.append(held.value.encode())
    return _secrets[0]


database.when_made.append(_secrets.clear)
database.when_opened.append(_secrets.clear)


def find(numbers: Collection[str], by: str) -> dict[str, Listed]:
    """Which of these keys are on the register, and why; what somebody asked this office itself comes first."""
    rights.require(by, "see", DoNotCall)
    return _find(numbers, DoNotCall.source != STOPPED)


def stopped(numbers: Collection[str], by: str) -> dict[str, Listed]:
    """Which of these keys answered STOP, or asked otherwise that no message is sent to them (SI-24)."""
    rights.require(by, "see", DoNotCall)
    return _find(numbers, DoNotCall.source == STOPPED)


def _find(numbers: Collection[str], those: peewee.ColumnBase) -> dict[str, Listed]:
    wanted = {each: number for number in numbers if number for each in (number, hashed(number))}
    found: dict[str, Listed] = {}
    for some in _parts(list(wanted), TOGETHER):
        query: Any = DoNotCall.select(
            DoNotCall.key_of_number, DoNotCall.source, DoNotCall.listed_on, DoNotCall.reason
        ).where(DoNotCall.key_of_number.in_(some) & those)  # fmt: skip
        for held, source, listed, reason in query.tuples():
            if source == OWN or wanted[held] not in found:
                found[wanted[held]] = Listed(source, listed, reason)
    return found


def sentence(listed: Listed) -> str:
    """Why a number of the register is not dialed."""
    if listed.source != OWN:
        if listed.listed is None:
            return _("This number is on the list “{source}”: it is not dialed.").format(source=listed.source)
        said = _("This number is on the list “{source}” of {day:%Y-%m-%d}: it is not dialed.")
        return said.format(source=listed.source, day=listed.listed)
    if not listed.reason:
        return _("This number is on the register of those who are not called: it is not dialed.")
    said = _("This number is on the register of those who are not called ({reason}): it is not dialed.")
    return said.format(reason=listed.reason)


def numbers_of(record: Record) -> list[str]:
    """The keys of all numbers of a record by which somebody is called, each once."""
    typed = (kind.numbers(getattr(record, name) or "") for name, kind in record.kinds().items())
    return list(dict.fromkeys(filter(None, (key(number) for pairs in typed for _label, number in pairs))))


def put(numbers: Iterable[str], reason: str, by: str, *, forgotten: bool = False) -> None:
    """Within a unit: these keys are the office's own entries from now on; of who is `forgotten` only their hashes."""
    rights.require(by, "see", DoNotCall)
    for number in numbers:
        plain = DoNotCall.get_or_none((DoNotCall.key_of_number == number) & (DoNotCall.source == OWN))
        wanted = hashed(number) if forgotten else number
        if forgotten and plain is not None:
            plain.delete_instance()
        if not DoNotCall.select().where((DoNotCall.key_of_number == wanted) & (DoNotCall.source == OWN)).exists():
            said = "" if forgotten else reason.strip()[:LONGEST_REASON]
            DoNotCall.create(key_of_number=wanted, source=OWN, listed_on=clock.today(), reason=said)


def sources(by: str) -> list[SourceOf]:
    """What the register is made of: the office's own entries first, then every list (counts a million in a moment)."""
    rights.require(by, "see", DoNotCall)
    days = office.whole(LIST_GROWS_OLD, by)
    count, latest = peewee.fn.COUNT(DoNotCall.number), peewee.fn.MAX(DoNotCall.listed_on)
    query: Any = DoNotCall.select(DoNotCall.source, count, latest).group_by(DoNotCall.source)
    found = []
    for name, many, day in query.tuples():
        listed = _day(day)
        old = name not in (OWN, STOPPED) and bool(days) and listed is not None and (clock.today() - listed).days > days
        found.append(SourceOf(name, many, listed, old))
    return sorted(found, key=lambda each: (each.name != OWN, each.name))


def _day(held: object) -> date | None:
    """What an engine says of the latest day: a day, or its text."""
    return date.fromisoformat(held) if isinstance(held, str) else held if isinstance(held, date) else None


def warning(source: SourceOf) -> str:
    """That a list has grown old; "" while it has not."""
    if not source.old:
        return ""
    said = _("The list “{source}” is {days} days old: fetch it anew and import it.")
    return said.format(source=source.name, days=source.days)


# ---------------------------------------------------------------- lists


def take_in(
    texts: Iterable[Collection[str]], source: str, listed: date, by: str,
    progress: Callable[[int], object] | None = None,
) -> Taken:  # fmt: skip
    """Fill the register from a list, whose lines may hold a number in any of their cells (DP-8).

    It takes the place of an earlier list of this name, also of one of the same day; who stops it half way has both. A
    file without a single number is none: the earlier list stays. Kept by the program, without an entry in the journal
    for each of a million numbers: the next list takes its place, no undo.
    """
    require_list(source, listed, by)
    name, counted = _name_of(source), [0, 0, 0]
    for place, some in enumerate(_parts(_keys(texts, counted, progress), AT_ONCE)):
        if place == 0:
            _is_older(name, listed)
        _insert(some, name, listed)
    if not counted[0]:
        raise Mistake(_("There is no phone number in this list; what was on the register stays there."))
    with database.writing(), translated():
        DoNotCall.delete().where((DoNotCall.source == name) & (DoNotCall.listed_on < listed)).execute()
    return Taken(*counted)


def require_list(source: str, listed: date, by: str) -> None:
    """`Mistake` says what keeps a list of this name and day from being taken in."""
    rights.require(by, "administer")
    name = _name_of(source)
    if not name or name in (OWN, STOPPED):
        raise Mistake(_("A list needs a name, such as that of who keeps it."), "source")
    if listed > clock.today():
        raise Mistake(_("A list cannot be of a day that is still to come."), "listed")
    newest = DoNotCall.select(peewee.fn.MAX(DoNotCall.listed_on)).where(DoNotCall.source == name).scalar()
    if (held := _day(newest)) is not None and held > listed:
        raise Mistake(_("The register has a newer list “{source}” already.").format(source=name), "listed")


def _name_of(source: str) -> str:
    return source.replace("\0", "").strip()[:LONGEST_NAME]


def _is_older(name: str, listed: date) -> None:
    """What a list of this very day has brought already is of the day before, so that a better one takes its place."""
    of_this_day = (DoNotCall.source == name) & (DoNotCall.listed_on == listed)
    with database.writing(), translated():
        DoNotCall.update(listed_on=listed - timedelta(days=1)).where(of_this_day).execute()


def _keys(
    lines: Iterable[Collection[str]], counted: list[int], progress: Callable[[int], object] | None
) -> Iterator[str]:
    """The numbers of a list, each once; how many there were is counted along."""
    region, met = office.region(), set[str]()
    for place, cells in enumerate(lines):
        if progress is not None and place % 10_000 == 0:
            progress(place)
        found = [number for cell in cells if (number := _of_a_list(cell, region))]
        if not found and len(cells) > 1:  # area code and number may stand in columns of their own
            found = list(filter(None, [_of_a_list("".join(cell.strip() for cell in cells), region)]))
        counted[2] += not found and any(cell.strip() for cell in cells)
        for number in found:
            if number in met:
                counted[1] += 1
                continue
            met.add(number)
            counted[0] += 1
            yield number


def _of_a_list(cell: str, region: str) -> str:
    """A number of the world, wherever it stands; one without its plus is read as of the office's country first.

    One with its plus is taken as it stands: who keeps the list has looked at it, and a million are not looked at twice.
    """
    if _FULL.fullmatch(cell):
        return cell
    if cell.isdigit() and cell.isascii() and (reading := numbering.read(cell, region)) is not None and reading.e164:
        return reading.e164
    if not any(sign.isdigit() for sign in cell):
        return ""
    number = _CALCULATED.sub(r"\1", cell.strip())
    e164 = phones.keys(number, region).e164
    if e164 or not (number.isdecimal() or _ABROAD.match(number)):
        return e164
    return phones.keys(f"+{number.removeprefix('00')}", region).e164


def _insert(numbers: list[str], source: str, listed: date) -> None:
    """Write some numbers of a list at once; who is there already is of this date now."""
    driver = database.proxy.obj
    sign = driver.param
    local = isinstance(driver, peewee.SqliteDatabase)
    many = f"json_each({sign})" if local else f"json_array_elements_text(CAST({sign} AS json))"  # unsaid: SQL
    day = listed.isoformat() if local else listed
    with database.writing(), translated(), driver.atomic():
        driver.execute_sql(
            'INSERT INTO "CRMDoNotCall" ("NumberKey", "Source", "ListedDt", "Reason") '  # noqa: S608
            f"SELECT value, {sign}, {sign}, '' FROM {many} WHERE TRUE "
            'ON CONFLICT ("NumberKey", "Source") DO UPDATE SET "ListedDt" = excluded."ListedDt"',
            (source, day, "[" + ",".join(f'"{number}"' for number in sorted(numbers)) + "]"),
        )  # sql: the name of what takes a list apart, and the engine's own sign for a value


def _parts(values: Iterable[str], size: int) -> Iterator[list[str]]:
    some: list[str] = []
    for value in values:
        some.append(value)
        if len(some) >= size:
            yield some
            some = []
    if some:
        yield some
