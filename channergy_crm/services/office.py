"""The settings of the whole office, the same on every workstation."""

from __future__ import annotations

from typing import Any

from channergy_crm import access, work
from channergy_crm.language import label
from channergy_crm.records.office import OfficeSetting
from channergy_crm.settings import REGION, Setting
from channergy_crm.store import database


def get(setting: Setting) -> Any:
    """What the office has chosen, or the default."""
    held = OfficeSetting.get_or_none(OfficeSetting.name == setting.name)
    return type(setting.default)(held.value) if held else setting.default


def choose(setting: Setting, value: Any, by: str) -> None:
    """Choose a value for the whole office."""
    access.require(by, "administer")
    with work.unit("Change setting “{setting}”", by=by, setting=label(setting)):
        held = OfficeSetting.find(setting.name) or OfficeSetting(name=setting.name)
        held.value = str(value)
        held.save()
    if setting is REGION:
        database.set_region(str(value))
