"""Who gets a message and what stands in it; who is left out, and why: the same gate as before a call (SI-24, DP-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, ngettext
from channergy_crm.phones.mobile import is_mobile
from channergy_crm.records import Account, Contact, Customer, Opportunity, Ticket, projects
from channergy_crm.records.messages import WITH_A_WISH
from channergy_crm.services import filling, gate, left_out, office, register, rights
from channergy_crm.services.left_out import LeftOut
from channergy_crm.settings import SMS_WITHOUT_PROJECT
from channergy_crm.text.short_messages import as_sent, measure
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from channergy_crm.services.gate import Barred
    from channergy_crm.text.short_messages import Length
    from channergy_crm.work.record import Record

    Progress = Callable[[int, int, str], object]
    Key = tuple[str, str]

TOGETHER, MOST_PARTS, LONGEST = 400, 10, 2_000
"""people asked about at once; parts a message may have; letters a template may have"""
SAID: dict[str, str] = {
    "gone": left_out.GONE,
    "project": N_("in a project without SMS"),
    "no_mobile": N_("no mobile number"),
    "opted_out": N_("want no SMS"),
    "stopped": N_("answered STOP"),
    "do_not_call": N_("do not want to be called"),
    "register": N_("on the register of those who are not called"),
    "hours": N_("outside the calling hours there"),
    "twice": N_("same number as somebody before"),
    "unknown": left_out.UNKNOWN,
    "long": N_("the text becomes too long"),
    "empty": N_("nothing would stand in the message"),
}
"""why somebody is left out, as it is counted"""


class Recipient(NamedTuple):
    """One who gets a message: the record, the number in its international form, the text and how long it is.

    `about` is the record it was sent for, where that is another one: a deal, whose account gets the message.
    """

    record: Record
    number: str
    text: str
    length: Length
    about: Record | None = None


class Prepared(left_out.Prepared[Recipient]):
    """What a template comes to: who gets which text, and who is left out."""

    said = SAID

    @property
    def parts(self) -> int:
        """How many parts are sent in all: what a gateway counts."""
        return sum(each.length.parts for each in self.recipients)


class _Meant(NamedTuple):
    """One who may get a message, until it is known whether: who, for which record, at which number, and the text."""

    record: Record
    source: Record
    number: str
    text: str = ""
    length: Length | None = None


def problem(template: str, by: str) -> str | None:
    """What keeps a text from being sent to anybody, in a sentence; None when nothing does."""
    rights.require(by, "see")
    if not template.strip():
        return _("Write what the message says.")
    if len(template) > LONGEST:
        return _("A message has at most {count:,} letters.").format(count=LONGEST)
    return filling.problem(template, by)


def prepare(
    records: Sequence[tuple[type[Record], object]], template: str, by: str, progress: Progress | None = None
) -> Prepared:
    """Fill a template in for each of these records, by type and key, and part those who must not get it.

    Of a deal its account is written to. Nothing is stored.
    """
    rights.require(by, "dial")
    if (wrong := problem(template, by)) is not None:
        raise Mistake(wrong, "text")
    out: list[LeftOut] = []
    meant: list[_Meant] = []
    label = _("Looking who gets it")
    for start in range(0, len(records), TOGETHER):
        gone: list[str] = []
        if progress is not None:
            progress(start, len(records), label)
        found = list(written_to(records[start : start + TOGETHER], by, gone))
        out += left_out.gone(gone)
        pairs = _in_projects_with_sms(found, out)
        allowed = _allowed(_with_numbers(pairs, out), by, out)
        meant += _filled(allowed, template, by, out)
    return Prepared(_once(meant, out), out)


def still_allowed(rows: Sequence[tuple[str, Record | None]], by: str) -> list[Barred | None]:
    """Why these numbers are not written to now, though they were to be when the message was made: asked again."""
    rights.require(by, "see")
    keys = [register.key(number) for number, _record in rows]
    stopped = _refusing(keys)
    found = gate.not_written_to(rows, by)
    for place, ((_number, record), key) in enumerate(zip(rows, keys, strict=True)):
        if key in stopped or _wishes(record):
            found[place] = gate.Barred("do_not_call", _("No SMS is wanted at this number."), may_override=False)
    return found


def numbers(records: Sequence[tuple[type[Record], object]], by: str) -> tuple[dict[Key, str], list[LeftOut]]:
    """At which number each of these is written to now, by table and number, and who is not written to at all."""
    rights.require(by, "dial")
    gone: list[str] = []
    pairs = list(written_to(records, by, gone))
    left_out = [LeftOut(name, "gone") for name in gone]
    found = _allowed(_with_numbers(_in_projects_with_sms(pairs, left_out), left_out), by, left_out)
    return {(each.source._meta.table_name, str(each.source.key)): each.number for each in found}, left_out


# ---------------------------------------------------------------- one step after the other


def written_to(
    records: Sequence[tuple[type[Record], object]], by: str, gone: list[str]
) -> Iterable[tuple[Record, Record]]:
    """Who is written to for each record, in their order, with that record; who is not there goes into `gone`, by name.

    Of a deal it is its account, of a ticket its contact, or its account where nobody is named. Whoever calls it has
    asked for the right.
    """
    held: dict[tuple[type[Record], object], Record] = {}
    for kind in dict.fromkeys(kind for kind, _key in records):
        keys = [key for each, key in records if each is kind]
        rows: Any = rights.rows(kind, by).where(key_field(kind).in_(keys))
        held.update({(kind, row.key): row for row in rows})
    others = _others(held.values(), by)
    for kind, key in records:
        source = held.get((kind, key))
        meant = _meant(source)
        record = others.get(meant) if meant is not None else source
        if source is None or record is None:
            gone.append(_("{kind} {number}").format(kind=_(kind.singular), number=key))
        else:
            yield record, source


def _meant(source: Record | None) -> tuple[type[Record], object] | None:
    """Who is written to for a record that is nobody; None where it is somebody itself."""
    if isinstance(source, Opportunity):
        return Account, source.__data__["account"]
    if isinstance(source, Ticket):
        contact = source.__data__["contact"]
        return (Contact, contact) if contact is not None else (Account, source.__data__["account"])
    return None


def _others(held: Iterable[Record], by: str) -> Mapping[tuple[type[Record], object], Record]:
    wanted = [meant for each in held if (meant := _meant(each)) is not None]
    found: dict[tuple[type[Record], object], Record] = {}
    for kind in dict.fromkeys(kind for kind, _key in wanted):
        keys = sorted({int(str(key)) for each, key in wanted if each is kind and key is not None})
        found |= {(kind, row.key): row for row in rights.rows(kind, by).where(key_field(kind).in_(keys))}
    return found


def _in_projects_with_sms(some: list[tuple[Record, Record]], out: list[LeftOut]) -> list[tuple[Record, Record]]:
    """Those whose project has SMS on; of who belongs to none, what the office says holds (SI-9)."""
    without = office.get(SMS_WITHOUT_PROJECT, rights.Program.ITSELF) == "on"
    keys = {each.customer for each, _source in some if isinstance(each, Contact)}
    keys |= {each.number for each, _source in some if isinstance(each, Customer)}
    rows: Any = Account.select(Account.customer, Account.project).where(Account.customer.in_(sorted(keys)))
    of_customer = dict(rows.tuples()) if keys else {}
    found = []
    for record, source in some:
        number = _project_of(source, of_customer) or _project_of(record, of_customer)
        project = projects.project(number)
        if (project.uses_sms and project.active) if project is not None else without:
            found.append((record, source))
        else:
            out.append(LeftOut(record.caption(), "project", project.caption() if project is not None else ""))
    return found


def _project_of(record: Record, of_customer: Mapping[object, Any]) -> int | None:
    """The project of a record; a customer and its contacts are in that of their account."""
    if isinstance(record, Contact | Customer):
        key = record.__data__["customer"] if isinstance(record, Contact) else record.number
        found = of_customer.get(key)
    else:
        found = record.__data__.get("project")
    return int(found) if found is not None else None


def _with_numbers(some: list[tuple[Record, Record]], out: list[LeftOut]) -> list[_Meant]:
    """Those with a mobile number; an account without one lends that of its customer."""
    keys = {each.customer for each, _source in some if isinstance(each, Account) and each.customer is not None}
    rows: Any = Customer.select().where(Customer.number.in_(sorted(keys))) if keys else ()
    customers: dict[object, Record] = {row.number: row for row in rows}
    found: list[_Meant] = []
    for record, source in some:
        own = customers.get(record.customer) if isinstance(record, Account) else None
        number = next((n for each in (record, own) if each is not None and (n := _mobile_of(each))), "")
        if number:
            found.append(_Meant(record, source, number))
        else:
            out.append(LeftOut(record.caption(), "no_mobile"))
    return found


def _mobile_of(record: Record) -> str:
    """The first mobile number of a record in its international form, "" where it has none."""
    return next((number for number in register.numbers_of(record) if is_mobile(number)), "")


def _allowed(some: Sequence[_Meant], by: str, out: list[LeftOut]) -> list[_Meant]:
    numbers = [each.number for each in some]
    stopped = register.stopped(numbers, rights.Program.ITSELF)
    refusing = _refusing(numbers)
    barred = gate.not_written_to([(each.number, each.record) for each in some], by)
    found: list[_Meant] = []
    for each, shut in zip(some, barred, strict=True):
        name = each.record.caption()
        if each.number in stopped:
            out.append(LeftOut(name, "stopped", stopped[each.number].reason))
        elif each.number in refusing or _wishes(each.record):
            out.append(LeftOut(name, "opted_out"))
        elif shut is not None:
            out.append(LeftOut(name, "do_not_call" if shut.kind == "often" else shut.kind, shut.reason))
        else:
            found.append(each)
    return found


def _wishes(record: Record | None) -> bool:
    """Whether they themselves want no SMS; an account speaks for its customer."""
    asked = Customer.find(record.customer) if isinstance(record, Account) and record.customer else record
    return isinstance(asked, WITH_A_WISH) and bool(asked.sms_opt_out)


def _refusing(numbers: Collection[str]) -> set[str]:
    """Which of these numbers belong to somebody who wants no SMS, or answered STOP, under whatever name."""
    wanted = set(filter(None, numbers))
    found = set(register.stopped(wanted, rights.Program.ITSELF))
    for record in WITH_A_WISH if wanted else ():
        digits: Any = record.kind("more_phones_digits")
        columns = (record.kind("phone_e164"), record.kind("other_phone_e164"), digits)
        asked: Any = record.select(*columns).where(record.sms_opt_out)
        for phone, other, more in asked.tuples():
            found |= wanted & {phone, other, *(f"+{each}" for each in (more or "").split())}
    return found


def _filled(some: Sequence[_Meant], template: str, by: str, out: list[LeftOut]) -> list[_Meant]:
    labels: dict[str, str] = {}
    found: list[_Meant] = []
    for each in some:
        filled = filling.fill(template, filling.Subject(each.source), by)
        text = as_sent(filled.text)
        length, name = measure(text), each.record.caption()
        if filled.missing:
            labels = labels or {field.name: field.label for field in filling.offered(by)}
            out.append(LeftOut(name, "unknown", left_out.not_known(filled.missing, labels)))
        elif not text:
            out.append(LeftOut(name, "empty"))
        elif length.parts > MOST_PARTS:
            out.append(LeftOut(name, "long", _parts(length.parts)))
        else:
            found.append(each._replace(text=text, length=length))
    return found


def _parts(count: int) -> str:
    said = ngettext("{count} part; {most} are the most", "{count} parts; {most} are the most", count)
    return said.format(count=count, most=MOST_PARTS)


def _once(meant: Iterable[_Meant], out: list[LeftOut]) -> list[Recipient]:
    """Each number once, whoever has it."""
    found: dict[str, Recipient] = {}
    for each in meant:
        if each.number in found:
            out.append(left_out.twice(each.record.caption(), found[each.number].record.caption()))
        elif each.length is not None:
            about = None if each.source is each.record else each.source
            found[each.number] = Recipient(each.record, each.number, each.text, each.length, about)
    return list(found.values())
