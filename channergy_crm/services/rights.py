"""The one door to what people and parts of the program may do: read, write, undo, search, count, link, choose, export.

Every service that reads or writes the store asks here once, before it does. Who asks is an operator, by ID, or a part
of the program.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from channergy_crm import access
from channergy_crm import hidden as unseen
from channergy_crm.errors import Refused
from channergy_crm.language import N_, _
from channergy_crm.records.belonging import in_project
from channergy_crm.work import key_field
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peewee import ColumnBase, ModelSelect

    from channergy_crm.access import Deed

R = TypeVar("R", bound=Record)


class Program(StrEnum):
    """What works without an operator; the journal, undo and the history name it like one."""

    ITSELF = "Program"
    COMMAND_LINE = N_("Command line")
    BACKUP = "Backup"
    EVENTS = "Events"
    VIPER = "Viper"
    PORTAL = N_("Customer Portal")


NOT_FOR_THE_PROGRAM: frozenset[Deed] = frozenset({"administer", "convert", "dial"})
"""what only somebody decides who sits in front of it"""
_NAMES = {part.casefold(): part for part in Program}


def is_taken_by_the_program(name: str) -> bool:
    """Whether a part of the program is called so, upper and lower case being the same."""
    return name.strip().casefold() in _NAMES


def may(who: str, deed: Deed, subject: Record | type[Record] | None = None) -> str | None:
    """None when this operator or part of the program may do that, or the sentence why not.

    A name that was only typed, such as `--operator Viper`, is an operator's and never the program's.
    """
    if isinstance(who, Program):
        return (
            _("{who} is a part of the program; only an operator may do that.").format(who=who)
            if deed in NOT_FOR_THE_PROGRAM
            else None
        )
    return access.may(who, deed, subject)


def require(who: str, deed: Deed, subject: Record | type[Record] | None = None) -> None:
    """Raise `Refused` with the sentence when this one may not do that."""
    if reason := may(who, deed, subject):
        raise Refused(reason)


def is_secured() -> bool:
    """Whether Security is on: people sign in, and nobody takes another one's place."""
    return access.is_secured()


def seen(record: type[Record], who: str) -> ColumnBase | None:
    """The condition for the rows of `record` this one may see at all; None for every row."""
    return None if isinstance(who, Program) else access.seen(record, who)


def hidden(record: type[Record], who: str) -> frozenset[str]:
    """The fields of `record` this one is not shown, by python name (VT-96)."""
    return unseen.NOTHING if isinstance(who, Program) else unseen.of(who, record)


def require_shown(record: type[Record], names: Iterable[str], who: str) -> None:
    """Raise `Refused` when one of these fields is not shown to this one, and so is not theirs to fill."""
    if kept := sorted(hidden(record, who) & set(names)):
        raise Refused(unseen.sentence(record, kept))


def rows(record: type[R], who: str, *fields: object) -> ModelSelect[R]:
    """The question for what this one may see of a record type; everything a service reads begins with it."""
    query: ModelSelect[R] = record.select(*fields)
    reached = seen(record, who)
    return query if reached is None else query.where(reached)


def beyond(record: type[Record], keys: Sequence[object], who: str) -> set[object]:
    """Those of these records that this one may not change, for somebody else owns them."""
    return set() if isinstance(who, Program) else access.beyond(who, "edit", record, keys)


def may_take_back(who: str, whose: str, tables: Iterable[str]) -> str | None:
    """None when this one may take back what somebody did to these tables, or the sentence why not."""
    return None if isinstance(who, Program) else access.taking_back(who, whose, tables)


def views_all(who: str) -> bool:
    """Whether this one may look at the lists of every operator (K3)."""
    return isinstance(who, Program) or access.has_job(who, "view_all")


def may_erase(who: str) -> str | None:
    """None when this one may anonymise people, or the sentence why not (SI-40)."""
    if reason := may(who, "see"):
        return reason
    if isinstance(who, Program) or access.has_job(who, "erase"):
        return None
    return _("Your role does not let you erase personal data. An administrator gives that right.")


def may_issue(who: str) -> str | None:
    """None when this one may issue documents of a sale, or the sentence why not: who may write drafts need not be the
    one who lets them go out (VT-86).
    """
    if reason := may(who, "see"):
        return reason
    if isinstance(who, Program) or access.has_job(who, "issue"):
        return None
    return _("Your role does not let you issue documents. An administrator gives that right in Settings > Roles.")


def may_lead_events(who: str) -> str | None:
    """None when this one may see and change events, their status and who does what of them, or the sentence why not:
    it needs the job function CRM on one of its roles (VS-11, VS-14, VS-16, VS-17).
    """
    if reason := may(who, "see"):
        return reason
    if isinstance(who, Program) or access.has_job(who, "crm"):
        return None
    return _("Your role does not have the job function CRM. An administrator gives it in Settings > Roles.")


def require_events(who: str) -> None:
    """Raise `Refused` with the sentence when this one may not lead the events of the office."""
    if reason := may_lead_events(who):
        raise Refused(reason)


def visible(record: type[Record], who: str, project: int | None = None) -> ColumnBase:
    """The condition for the rows of `record` in the lists of this one (CH-6, CH-138); the program sees every row.

    With a project, by its number, those of them that belong to it (SI-8).
    """
    every: ColumnBase = key_field(record).is_null(False)
    found = every if isinstance(who, Program) else access.visible(record, who)
    here = in_project(record, project)
    return found if here is None else found & here
