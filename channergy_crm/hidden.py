"""Which fields an operator is not shown, because every role that lets them use such records hides them (VT-96)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import access
from channergy_crm.language import _, many, quoted
from channergy_crm.records import BY_TABLE
from channergy_crm.store import database
from channergy_crm.work import asked, key_field
from channergy_crm.work.record import Record, time_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.fields import Kind
    from channergy_crm.work.stored import Stored

NOTHING: frozenset[str] = frozenset()


def of(operator: str, record: type[Record]) -> frozenset[str]:
    """The fields of `record` this operator is not shown, by python name; none for administrators and without Security.

    What one of their roles shows, they are shown: a second role never takes anything away.
    """
    table = access.governing(record)
    stands = access.standing(operator) if table and operator else None
    if stands is None or stands.free:
        return NOTHING
    asked_of = database.proxy.obj
    mark = asked_of.param
    itself, elsewhere = record._meta.table_name, _elsewhere(record)
    tables = [itself, *sorted({table for table, _name in elsewhere})]
    among = ", ".join([mark] * len(tables))
    rows = asked_of.execute_sql(
        'SELECT o."RoleID", f."TableName", f."FieldName" FROM "CRMOperatorRoles" o '  # noqa: S608
        'JOIN "CRMRoleRights" r ON r."RoleID" = o."RoleID" AND r."Deed" = \'use\' AND r."Scope" <> \'none\' '
        f'LEFT JOIN "CRMRoleFields" f ON f."RoleID" = o."RoleID" AND f."IsHidden" AND f."TableName" IN ({among}) '
        f'WHERE o."OperatorID" = {mark} AND r."TableName" = {mark}',
        (*tables, operator, table),
    ).fetchall()  # sql: the engine's own sign for a value
    by_role: dict[int, set[str]] = {}
    for role, there, name in rows:
        kept = by_role.setdefault(role, set())
        if there == itself or (there, name) in elsewhere:
            kept.add(name)
    return frozenset.intersection(*map(frozenset, by_role.values())) & _known(record) if by_role else NOTHING


def _elsewhere(record: type[Record]) -> set[tuple[str, str]]:
    """The fields of other tables that tell what fields of the same name of `record` tell."""
    return {(table, name) for name, kind in record.kinds().items() for table in kind.hidden_with}


def _known(record: type[Record]) -> frozenset[str]:
    return frozenset(kind.name for kind in hideable(record))


def hideable(record: type[Record]) -> list[Kind[object]]:
    """The fields a role may hide: not those without which nobody knows who a record is, whose it is, when it is
    due, or can save it. What only the program writes is shown to everybody, but what tells of a field that may be
    hidden.
    """
    about = record.about
    when = about.lines.when if about.lines is not None else ""
    needed = {*about.title, *about.one_of, *about.called_by().fields, *about.standing, *about.refusing, about.only,
              when, time_of(record, when)}  # fmt: skip
    return [
        kind for name, kind in record.offered().items()
        if name not in needed and (kind.hidden_with or not _is_needed(kind))
    ]  # fmt: skip


def _is_needed(kind: Kind[object]) -> bool:
    return kind.system or kind.required or kind.assigning or kind.hidden or kind.unique


def parts(table: str) -> list[type[Record]]:
    """The record types whose fields people read together as records of one table: an account and its customer."""
    found = [each for each in BY_TABLE.values() if access.governing(each) == table and each.about.title]
    return sorted(found, key=lambda each: each._meta.table_name != table)


def sentence(record: type[Record], names: Sequence[str]) -> str:
    """Why something cannot be done with these fields."""
    labels = ", ".join(quoted(record.kind(name).label) for name in names)
    return _("Your role does not show you {fields} of {records}.").format(fields=labels, records=many(record))


def _hides(by: str, cls: type[Stored], key: object) -> frozenset[str] | None:
    """The fields of a record this operator is not shown; None for a record that is not theirs to see."""
    if not issubclass(cls, Record) or access.standing(by) is None:  # a part of the program
        return NOTHING
    seen = access.seen(cls, by)
    if seen is not None and not cls.select().where((key_field(cls) == key) & seen).exists():
        return None
    return of(by, cls)


asked.hides = _hides
