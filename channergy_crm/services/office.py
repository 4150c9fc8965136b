"""The settings of the whole office, the same on every workstation."""

from __future__ import annotations

from channergy_crm import work
from channergy_crm.language import label
from channergy_crm.records.office import OfficeSetting
from channergy_crm.services import rights
from channergy_crm.settings import REGION, Setting
from channergy_crm.store import database


def get(setting: Setting[str], by: str) -> str:
    """What the office has chosen, or the default."""
    rights.require(by, "see", OfficeSetting)
    held = OfficeSetting.get_or_none(OfficeSetting.name == setting.name)
    return held.value if held else setting.default


def region() -> str:
    """The country the office dials from: what a number without a country code belongs to."""
    return database.region()


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
