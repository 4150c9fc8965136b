"""The settings of the whole office, the same on every workstation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import work
from channergy_crm.language import label
from channergy_crm.records import Account, Contact, Lead, Opportunity, Task
from channergy_crm.records.office import OfficeSetting
from channergy_crm.services import rights
from channergy_crm.settings import REGION, Setting
from channergy_crm.store import database

if TYPE_CHECKING:
    from peewee import ModelSelect

    from channergy_crm.work.record import Record

MOST_FIGURES = 7
"""of a number in a setting: minutes of nineteen years"""
_FILLING: tuple[type[Record], ...] = (Lead, Account, Contact, Opportunity, Task)


def get(setting: Setting[str], by: str) -> str:
    """What the office has chosen, or the default."""
    rights.require(by, "see", OfficeSetting)
    return _held(setting)


def whole(setting: Setting[str], by: str) -> int:
    """The number the office has chosen, 0 where what stands there is none, or one no calendar holds."""
    rights.require(by, "see", OfficeSetting)
    held = _held(setting)
    return int(held) if held.isdecimal() and len(held) <= MOST_FIGURES else 0


def _held(setting: Setting[str]) -> str:
    value = OfficeSetting.select(OfficeSetting.value).where(OfficeSetting.name == setting.name).scalar()
    return setting.default if value is None else str(value)


def region() -> str:
    """The country the office dials from: what a number without a country code belongs to."""
    return database.region()


def filling() -> set[str]:
    """The tables that fill an office: as soon as one of them holds a record, there is somebody to call."""
    return {record._meta.table_name for record in _FILLING}


def is_empty(by: str) -> bool:
    """Whether nobody has put anything into the office yet: no lead, account, contact, opportunity or task."""
    rights.require(by, "see", Lead)
    return not any(_mine(record).exists() for record in _FILLING)


def _mine(record: type[Record]) -> ModelSelect[Record]:
    """What is ours in a table the suite shares (CH-148)."""
    only = record.about.only
    return record.select().where(record.kind(only)) if only else record.select()


def choose(setting: Setting[str], value: object, by: str) -> None:
    """Choose a value for the whole office."""
    rights.require(by, "administer")
    with work.unit("Change setting “{setting}”", by=by, setting=label(setting)):
        held = OfficeSetting.find(setting.name) or OfficeSetting(name=setting.name)
        held.value = str(value)
        held.save()


def _changed(done: work.Done) -> None:
    """Here, at another window, or taken back: what is dialed and found follows."""
    if OfficeSetting._meta.table_name in done.tables:
        held = OfficeSetting.find(REGION.name)
        database.set_region(held.value if held else REGION.default)


work.listen(_changed)
