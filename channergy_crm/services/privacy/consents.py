"""What somebody has agreed to, by purpose: given and withdrawn in one step each; and what they do not want (DP-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.privacy import Basis, Channel, Consent
from channergy_crm.services import register, rights
from channergy_crm.services.privacy import optouts

if TYPE_CHECKING:
    from datetime import date

    from channergy_crm.work.record import Record


class Wish(NamedTuple):
    """By what somebody does not want to be reached, and where that is from: the record, or a list of the office."""

    channel: str
    address: str
    source: str


def of(record: type[Record], key: object, by: str) -> list[Consent]:
    """What stands at a record: what holds first, then what was withdrawn, the latest first."""
    rights.require(by, "see", record.find(key) or record)
    mine = (Consent.table == record._meta.table_name) & (Consent.of == str(key))
    rows = list(Consent.select().where(mine).order_by(Consent.number.desc()))
    return sorted(rows, key=lambda row: row.withdrawn is not None)


def give(
    record: type[Record], key: object, purpose: str, source: str, by: str, *, given: date | None = None,
    basis: Basis = Basis.CONSENT,
) -> Consent:  # fmt: skip
    """Take down what somebody has agreed to, for which purpose, and where that is from."""
    held = record.find(key)
    rights.require(by, "edit", held or record)
    if held is None:
        raise Mistake(_("{record} {number} is gone.").format(record=record.singular, number=key))
    made = Consent(
        table=record._meta.table_name, of=str(key), purpose=purpose.strip(), basis=basis.value,
        given=given or clock.today(), source=source.strip(), operator=by,
    )  # fmt: skip
    with work.unit("Consent of {name}: {purpose}", by=by, name=held.caption(), purpose=purpose.strip()):
        made.save()
    return made


def withdraw(number: int, by: str) -> Consent:
    """They have taken it back, today; as easily as it was given."""
    held = Consent.find(number)
    rights.require(by, "see", Consent)
    if held is None:
        raise Mistake(_("{record} {number} is gone.").format(record=Consent.singular, number=number))
    with work.unit("Consent withdrawn: {purpose}", by=by, purpose=held.purpose):
        held.withdrawn = clock.today()
        held.save()
    return held


def holds(record: type[Record], key: object, purpose: str, by: str) -> bool:
    """Whether they have agreed to a purpose and not taken it back."""
    return any(row.purpose == purpose and row.withdrawn is None for row in of(record, key, by))


def wishes(record: Record, by: str) -> list[Wish]:
    """By what somebody does not want to be reached, in one place: calls, e-mail, SMS (DP-9)."""
    rights.require(by, "see", record)
    about, found = type(record).about, list[Wish]()
    for name, value in about.refusing.items():
        if record.__data__.get(name) == value:
            found.append(Wish("phone", "", record.kind(name).label))
    if about.unwritten and record.__data__.get(about.unwritten):
        found.append(Wish("email", "", record.kind(about.unwritten).label))
    listed = register.find(optouts.numbers_of(record), by)
    found += [Wish("phone", number, entry.source) for number, entry in listed.items()]
    for address in optouts.emails_of(record):
        if (entry := optouts.refuses(Channel.EMAIL, address, by)) is not None:
            found.append(Wish("email", address, entry.source))
    if about.untexted and record.__data__.get(about.untexted):
        found.append(Wish("sms", "", record.kind(about.untexted).label))
    stopped = register.stopped(optouts.numbers_of(record), by)
    return [*found, *(Wish("sms", number, entry.source) for number, entry in stopped.items())]
