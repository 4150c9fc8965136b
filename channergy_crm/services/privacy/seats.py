"""What a workstation keeps of people in files of its own is cleaned, there and at every other one (DP-4).

The workstation at which somebody is anonymised knows every word that said who it was; the others know the records
alone, by `CRMErasures`, and clean up when they next see the office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.records import Operator
from channergy_crm.records.erasing import ON_SEATS
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.privacy import ErasureRow
from channergy_crm.services import areas, rights
from channergy_crm.services.privacy import traces
from channergy_crm.settings import OFFICE_ID, RECENT_SEARCHES, home
from channergy_crm.work import drafts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from channergy_crm.services.privacy.anonymising import Erased
    from channergy_crm.settings import Station
    from channergy_crm.store.database import Office

SEEN = "privacy.seen"


def clean(office: Office, station: Station, done: Erased, by: str) -> int:
    """What this workstation keeps of whoever was anonymised here goes; how many drafts that were."""
    rights.require(by, "see")
    pattern = traces.words(traces.telling(done.texts))
    recent = station.recall(RECENT_SEARCHES, [])
    kept = [text for text in recent if pattern is None or not pattern.search(text)]
    if kept != recent:
        station.remember(RECENT_SEARCHES, kept)
    return _forget(office, done.records, done.texts)


def catch_up(office: Office, station: Station, by: str) -> int:
    """The same for whoever was anonymised at another workstation since this one looked last; how many records."""
    rights.require(by, "see")
    name = f"{SEEN}.{OfficeSetting.select(OfficeSetting.value).where(OfficeSetting.name == OFFICE_ID.name).scalar()}"
    seen = station.recall(name, 0)
    last: int = ErasureRow.select(peewee.fn.MAX(ErasureRow.number)).scalar() or 0
    if last == seen:
        return 0
    query: Any = ErasureRow.select(ErasureRow.table, ErasureRow.key).where(ErasureRow.number > min(seen, last))
    records = [(table, key) for table, key in query.tuples()]
    _forget(office, records, ())
    station.remember(RECENT_SEARCHES, [])  # nobody knows here what they were called
    station.remember(name, last)
    return len(records)


def _forget(office: Office, records: Sequence[tuple[str, str]], texts: Collection[str]) -> int:
    wanted = set(records)
    for tell in ON_SEATS:
        tell(records)
    pattern = traces.words(traces.telling(texts))
    whose = [office.url, *(f"{office.url}#{operator}" for operator in Operator.select(Operator.id).scalars())]

    def about(form: str, held: Mapping[str, Any]) -> bool:
        if _names(form, held, wanted):
            return True
        said = [value for value in held.get("values", {}).values() if isinstance(value, str)]
        return pattern is not None and any(pattern.search(value) for value in said)

    return drafts.forget(home() / "drafts", whose, about)


def _names(form: str, held: Mapping[str, Any], wanted: set[tuple[str, str]]) -> bool:
    """Whether a draft is of one of these records, or of something that hangs on one."""
    table, key = held.get("table"), str(held.get("key"))
    if table is None:  # of an older version of the program
        return any(key == number for _table, number in wanted)
    if (table, key) in wanted or any(form.endswith(f".{kind}.{number}") for kind, number in wanted):
        return True
    record = areas.every_table().get(str(table))
    links = record._meta.refs if record is not None else {}
    values = held.get("values", {})
    return any((link.rel_model._meta.table_name, str(values.get(link.name))) in wanted for link in links)
