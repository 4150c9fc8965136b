"""*Notify Owner*: whose contact somebody else has changed is told so by mail, collected, or by a notice (VT-102).

What was changed is read out of the journal, so nothing is lost that was done while nobody looked. About one contact
there is at most one mail in ten minutes; it says what each field held before the first of the changes and holds now.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock, work
from channergy_crm.language import _, ngettext
from channergy_crm.records import Account, Contact, Operator
from channergy_crm.records.messages import NOTICE, MessageRow, OwnerNoticeRow
from channergy_crm.records.preferences import Preferences
from channergy_crm.records.team_notices import TeamNotice, Told
from channergy_crm.services import filling, history, rights
from channergy_crm.services.mail import accounts, bodies, making
from channergy_crm.services.rights import Program
from channergy_crm.services.team_notices import LONGEST
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.text.links import mail_address
from channergy_crm.work import ChangeRow, UnitRow
from channergy_crm.work.journal_values import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

APART = timedelta(minutes=10)
"""at least so long between two mails about the same contact"""
LATE, TOGETHER, STEPS = 100, 400, 200
"""on a server a unit may be written after later ones; contacts asked about at once; steps of one contact looked at"""
ONE_BY_ONE = 20
"""of more contacts of one owner at a time, as after an import, one mail says how many they are"""
_TABLE = Contact._meta.table_name
_READ = 0


class _News(NamedTuple):
    """What is to be told of a contact: to whom, up to which unit, who did it, and what, a line each."""

    contact: Contact
    owner: str
    unit: int
    by: Sequence[str]
    lines: Sequence[str]


def is_wanted() -> bool:
    """Whether any contact has an owner who wants to know."""
    return bool(Contact.select(Contact.number).where(Contact.notify_owner).exists())


def tell(by: Program) -> int:
    """Make the mails and notices that are due; how many. They go like any other mail."""
    rights.require(by, "see", Contact)
    numbers, read_to = _changed()
    held = {row.contact: row for row in OwnerNoticeRow.select().where(OwnerNoticeRow.contact.in_(list(numbers)))}
    by_owner: dict[str, list[_News]] = defaultdict(list)
    for contact in _told(numbers):
        news = _news(contact, held.get(contact.number))
        if news is not None:
            by_owner[news.owner].append(news)
    for owner, some in by_owner.items():
        _say(owner, some)
    _keep(_READ, unit=read_to)
    return sum(map(len, by_owner.values()))


def _changed() -> tuple[set[int], int]:
    """The contacts of which there may be something to tell, and how far the journal was read."""
    before = OwnerNoticeRow.get_or_none(OwnerNoticeRow.contact == _READ)
    latest = int(UnitRow.select(UnitRow.number).order_by(UnitRow.number.desc()).limit(1).scalar() or 0)
    since = (ChangeRow.table == _TABLE) & (ChangeRow.unit > (before.unit - LATE if before is not None else 0))
    rows: Any = ChangeRow.select(ChangeRow.key).where(since).distinct()
    numbers = {int(key) for (key,) in rows.tuples() if str(key).isdigit()}
    waiting: Any = OwnerNoticeRow.select(OwnerNoticeRow.contact).where(OwnerNoticeRow.waits)
    return numbers | set(waiting.scalars()), latest


def _told(numbers: Iterable[int]) -> Iterable[Contact]:
    """Those of these contacts whose owners want to know."""
    keys = sorted(numbers)
    for start in range(0, len(keys), TOGETHER):
        part = Contact.number.in_(keys[start : start + TOGETHER])
        yield from Contact.select().where(part & Contact.notify_owner)


def _news(contact: Contact, row: Any) -> _News | None:
    """What is to be told of a contact now; None where it is nothing, or too early."""
    told = row.unit if row is not None else _since(contact)
    rows: Any = ChangeRow.select(ChangeRow.unit).where(_about(contact) & (ChangeRow.unit > told)).distinct()
    units = sorted(rows.order_by(ChangeRow.unit.desc()).limit(STEPS).scalars())
    owner = _owner(contact)
    if not units or not owner or rights.may(owner, "see", contact) is not None:
        _keep(contact.number, unit=max([told, *units]), waits=False)
        return None
    if row is not None and row.told is not None and clock.now() - row.told < APART:
        _keep(contact.number, unit=told, waits=True)
        return None
    steps = [step for step in history.told(units, [(Contact, contact.number)], owner) if step.by != owner]
    lines = _lines(steps)
    if not lines:
        _keep(contact.number, unit=units[-1], waits=False)
        return None
    return _News(contact, owner, units[-1], list(dict.fromkeys(step.by for step in steps)), lines)


def _about(contact: Contact) -> Any:
    return (ChangeRow.table == _TABLE) & (ChangeRow.key == str(contact.number))


def _since(contact: Contact) -> int:
    """The unit in which the owner began to want to know: what was before is no news."""
    steps = ChangeRow.select().where(_about(contact)).order_by(ChangeRow.unit.desc()).limit(STEPS)
    for step in steps:
        if unpacked(Contact, step.after).get("notify_owner"):
            return int(step.unit)
    return 0


def _owner(contact: Contact) -> str:
    """Whom a contact is given to, otherwise its account's owner (K21); "" where there is nobody."""
    own = contact.__data__["assigned_to"]
    customer = contact.__data__["customer"]
    return str(own or Account.select(Account.owner).where(Account.customer == customer).limit(1).scalar() or "")


def _lines(steps: Sequence[history.Entry]) -> list[str]:
    """What each field held before and holds now; what was changed and changed back is no news."""
    found: dict[str, history.Changed] = {}
    for step in steps:
        for one in step.fields:
            first = found.get(one.kind.label)
            found[one.kind.label] = one._replace(before=first.before) if first is not None else one
    said = _("{field}: {before} → {after}")
    return [
        said.format(field=label, before=_shown(one.kind, one.before), after=_shown(one.kind, one.after))
        for label, one in found.items() if one.before != one.after
    ]  # fmt: skip


def _shown(kind: Any, value: object) -> str:
    return filling.written(kind, value) or _("empty")


# ---------------------------------------------------------------- telling it


def _say(owner: str, some: Sequence[_News]) -> None:
    """By mail where the office sends mail and the owner has an address, else by a notice in the window."""
    own = Preferences.find(owner)
    address = mail_address(str(own.email or "")) if own is not None else ""
    mails = bool(address) and accounts.is_set_up()
    if len(some) > ONE_BY_ONE:
        _say_how_many(owner, address if mails else "", some)
        return
    called = history.names(who for each in some for who in each.by)
    for each in some:
        who = ", ".join(called[id] for id in each.by)
        head = _("{who} changed your contact {name}.").format(who=who, name=each.contact.caption())
        if mails:
            subject = _("Contact changed: {name}").format(name=each.contact.caption())
            _put_down(_TABLE, each.contact.number, address, subject, "\n".join([head, "", *each.lines]), [each])
        else:
            _notice(owner, each.by[-1], " ".join([head, "; ".join(each.lines)]), [each])


def _say_how_many(owner: str, address: str, some: Sequence[_News]) -> None:
    """After many at a time; it names nobody."""
    said = ngettext("{count:,} of your contacts was changed.", "{count:,} of your contacts were changed.", len(some))
    text = said.format(count=len(some))
    if address:
        _put_down(Operator._meta.table_name, owner, address, text, text, some)
    else:
        _notice(owner, some[0].by[-1], text, some)


def _put_down(table: str, key: object, address: str, subject: str, text: str, some: Sequence[_News]) -> None:
    """A mail that waits, and that it was told: both or none."""
    sender = accounts.account(password=False).sender
    html = bodies.html(bodies.escaped(text))
    row = making.row("", table, key, address, subject, text, html, sender, Program.ITSELF.value, NOTICE)
    with database.writing(), translated(), database.proxy.obj.atomic():
        database.insert_many(MessageRow._meta.table_name, making.COLUMNS, [row])
        _mark(some)


def _notice(owner: str, who: str, text: str, some: Sequence[_News]) -> None:
    """A notice to the owner, which goes with the contact when somebody asks to be forgotten."""
    now, one = clock.now(), some[0].contact if len(some) == 1 else None
    notice = TeamNotice(
        what=Told.NOTICE.value, text=text[:LONGEST], sender=who, to=owner, made=now,
        until=datetime.combine(now.date() + timedelta(days=7), time.max).replace(microsecond=0),
        table=_TABLE if one else None, record=one.number if one else None,
    )  # fmt: skip
    with work.unit("Send a notice", by=Program.ITSELF):
        notice.save()
        _mark(some)


def _mark(some: Sequence[_News]) -> None:
    for each in some:
        _write(each.contact.number, {"unit": each.unit, "told": clock.now(), "waits": False})


def _keep(contact: int, **values: object) -> None:
    with database.writing(), translated():
        _write(contact, values)


def _write(contact: int, values: Mapping[str, object]) -> None:
    """How far it was told, here or for the first time."""
    OwnerNoticeRow.insert(contact=contact, **values).on_conflict(
        conflict_target=[OwnerNoticeRow.contact], update=dict(values)
    ).execute()
