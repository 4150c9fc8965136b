"""Which areas of the program the office works with: switched on and off at once, nothing stored is lost (CH-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, all_of, ngettext
from channergy_crm.records import ALL, BY_TABLE, custom_fields, forget, register
from channergy_crm.records.areas import AREAS
from channergy_crm.services import office, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import AREAS_ON

if TYPE_CHECKING:
    from channergy_crm.records.areas import Area
    from channergy_crm.work.record import Record

_optional: list[type[Record]] = []
"""the record types that are there because their area is on"""


def optional() -> list[Area]:
    """The areas an office may do without."""
    return [area for area in AREAS if not area.always]


def on() -> list[Area]:
    """The areas that are on, in the order of their tabs."""
    chosen = _chosen()
    return [area for area in AREAS if area.always or area.name in chosen]


def fit() -> list[Area]:
    """The office has the record types of the areas that are on, and no others; which areas are on."""
    there = on()
    wanted = [record for area in there if not area.always for record in area.records()]
    for record in [held for held in _optional if held not in wanted]:
        _optional.remove(record)
        forget(record)
    new = [record for record in wanted if record not in _optional]
    for record in new:
        _optional.append(record)
        register(record)
    if new:
        custom_fields.fit(BY_TABLE)
    return there


def every_record() -> list[type[Record]]:
    """Every record type with rows in the store, also of areas that are off: for what must reach all of them."""
    off = [record for area in optional() for record in area.records() if record not in ALL]
    return [*ALL, *off]


def every_table() -> dict[str, type[Record]]:
    """Every record type by its table, also of areas that are off: what they wrote can still be taken back."""
    return {record._meta.table_name: record for record in every_record()}


def why_it_stays(area: Area) -> str | None:
    """None when an area can be switched off, or the sentence why it stays on."""
    if area.always:
        return _("{title} is always on.").format(title=area.title)
    needing = [other.title for other in on() if area.name in other.needs]
    if not needing:
        return None
    said = ngettext("{title} stays on: {areas} needs it.", "{title} stays on: {areas} need it.", len(needing))
    return said.format(title=area.title, areas=all_of(needing))


def switch(area: Area, wanted: bool, by: str) -> str:
    """Switch an area on, with those it needs, or off, in one step that can be undone; what happened, in words."""
    rights.require(by, "administer")
    if not wanted and (reason := why_it_stays(area)):
        raise Mistake(reason)
    chosen, moved = _chosen(), [area]
    if wanted:
        moved = [other for other in AREAS if other in _needed_by(area) and other.name not in chosen]
        chosen += [other.name for other in moved]
    else:
        chosen.remove(area.name)
    names = all_of([other.title for other in moved])
    with work.unit(N_("Switch on {areas}") if wanted else N_("Switch off {areas}"), by=by, areas=names):
        office.choose(AREAS_ON, ",".join(chosen), by)
    if not wanted:
        return _("{area} is off.").format(area=names)
    return ngettext("{areas} is on.", "{areas} are on.", len(moved)).format(areas=names)


def _needed_by(area: Area) -> list[Area]:
    needed = [area]
    for other in needed:
        needed += [found for found in optional() if found.name in other.needs and found not in needed]
    return needed


def _chosen() -> list[str]:
    return [name for name in office.get(AREAS_ON, Program.ITSELF).split(",") if name]
