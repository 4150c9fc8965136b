"""Which fields of a record are personal: what is emptied when somebody is anonymised (DP-1, SI-36, SI-38).

What a record is called by always is. All other fields into which people write can be chosen; an office that has chosen
nothing empties those that are declared `personal`, and the texts and days it has added itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.language import many
from channergy_crm.records import Operator
from channergy_crm.records.privacy import PersonalField
from channergy_crm.services import areas, rights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

TYPED = ("line", "lines", "suggestions")
"""how a field is filled in with words of one's own"""


def people() -> list[type[Record]]:
    """The record types that are about somebody who can be anonymised, in the order in which people read them."""
    found = [record for record in areas.every_record() if record.about.person]
    return sorted(found, key=lambda record: record.about.rank)


def hanging() -> list[type[Record]]:
    """The record types that are about nobody themselves and hang on one that is: calls, tasks, deals."""
    those = set(people())
    found: list[type[Record]] = []
    more = True
    while more:
        new = [
            record for record in areas.every_record()
            if record not in {*those, *found} and record is not Operator
            and any(link.rel_model in {*those, *found} for link in record._meta.refs)
        ]  # fmt: skip
        found += new
        more = bool(new)
    return sorted(found, key=lambda record: record.about.rank)


def chosen_of() -> list[type[Record]]:
    """The record types whose personal fields an office chooses."""
    return [record for record in [*people(), *hanging()] if offered(record) or always(record)]


def always(record: type[Record]) -> list[str]:
    """The fields that are emptied whatever the office has chosen, by python name: what such a record is called by."""
    about, kinds = record.about, record.kinds()
    called = [*about.title, *about.called_by().fields]
    brought = [name for name, kind in kinds.items() if kind.brought and about.person]
    retired = [name for name, kind in kinds.items() if kind.retired and kind.textual]
    found = [name for name in [*called, *brought, *retired] if name in kinds and name not in about.lasting]
    return list(dict.fromkeys(found))


def offered(record: type[Record]) -> dict[str, Kind[Any]]:
    """The fields an office may choose, by python name: those into which people write."""
    about = record.about
    fixed = {*always(record), *about.refusing, *about.standing, *about.lasting}
    return {name: kind for name, kind in record.offered().items() if name not in fixed and _is_written(kind)}


def _is_written(kind: Kind[Any]) -> bool:
    if kind.system or kind.required or kind.owning or kind.linked_to is not None:
        return False
    return (kind.own and kind.edited_by != "tick") or (
        kind.textual and kind.list_key is None and kind.edited_by in TYPED
    )


def usual(kind: Kind[Any]) -> bool:
    """Whether a field is personal in an office that has not chosen."""
    return kind.personal or (kind.own and kind.list_key is None and (kind.textual or kind.edited_by == "date"))


def erased(record: type[Record]) -> list[str]:
    """The fields that are emptied, by python name, as the office has chosen."""
    held = _held(record)
    names = [name for name, kind in offered(record).items() if held.get(kind.column_name, usual(kind))]
    return [*always(record), *names]


def choices(record: type[Record], by: str) -> dict[str, bool]:
    """For each field that can be chosen whether it is emptied."""
    rights.require(by, "see", record)
    held = _held(record)
    return {name: held.get(kind.column_name, usual(kind)) for name, kind in offered(record).items()}


def choose(record: type[Record], choice: Mapping[str, bool], by: str) -> None:
    """Choose which fields of a record type are personal, one step; what is not named stays as it is."""
    rights.require(by, "administer")
    rows = {row.column: row for row in PersonalField.select().where(PersonalField.table == record._meta.table_name)}
    with work.unit("Choose the personal fields of {records}", by=by, records=many(record)):
        for name, kind in offered(record).items():
            if name not in choice:
                continue
            row = rows.get(kind.column_name)
            if row is None and choice[name] != usual(kind):
                row = PersonalField(table=record._meta.table_name, column=kind.column_name)
            if row is not None and (row.is_new or row.erased != choice[name]):
                row.erased = choice[name]
                row.save()


def _held(record: type[Record]) -> dict[str, bool]:
    fields: Any = (PersonalField.column, PersonalField.erased)
    rows: Any = PersonalField.select(*fields).where(PersonalField.table == record._meta.table_name).tuples()
    return {column: bool(erased) for column, erased in rows}
