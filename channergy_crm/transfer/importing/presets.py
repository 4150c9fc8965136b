"""What the exports of other programs call their columns, and which preset a file asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import _, many
from channergy_crm.records import Lead
from channergy_crm.services import imports
from channergy_crm.services.imports import Preset
from channergy_crm.text.folding import fold
from channergy_crm.transfer.importing import programs

if TYPE_CHECKING:
    from channergy_crm.transfer.importing.plan import Plan
    from channergy_crm.work.record import Record


_VTIGER_NEEDS: dict[type[Record], list[str]] = {Lead: ["last_name", "company"]}  # VT-120, K4


def built_in(record: type[Record]) -> list[Preset]:
    """The presets that come along for these records."""
    tables = {name: programs.table(name, record) for name in programs.NAMES}
    return [
        Preset(name, record, {"columns": columns, **_following(record), **_needing(name, record)}, built_in=True)
        for name, columns in tables.items() if columns
    ]  # fmt: skip


def _following(record: type[Record]) -> dict[str, object]:
    """A company that is a record of its own is made with the person."""
    company = programs.COMPANY_OF.get(record)
    return {"missing_links": "create"} if company and record.kind(company).linked_to else {}


def _needing(name: str, record: type[Record]) -> dict[str, object]:
    """What the program itself has in every such record."""
    return {"needs": _VTIGER_NEEDS.get(record, [])} if name == "vtiger" else {}


def offered(plan: Plan, by: str) -> list[Preset]:
    """The presets for a file like this one: the office's own for the same columns, then what the titles speak of."""
    own = imports.presets(plan.record, by, plan.source.header)
    speaking = programs.speaking(plan.source.header)
    known = {preset.name: preset for preset in built_in(plan.record)}
    return [*own, *(known[name] for name in speaking if name in known)]


def named(name: str, record: type[Record], by: str) -> Preset:
    """The preset of that name, the office's own before those that come along. `Mistake` when there is none."""
    every = [*imports.presets(record, by), *built_in(record)]
    found = next((preset for preset in every if fold(preset.name) == fold(name)), None)
    if found is None:
        there = ", ".join(preset.name for preset in every)
        sentence = _("There is no preset {name} for {records}. There are: {presets}.")
        if not every:
            sentence = _("There is no preset {name} for {records}. There are: none.")
        raise Mistake(sentence.format(name=name, records=many(record), presets=there))
    return found


def keep(plan: Plan, name: str, by: str) -> Preset:
    """Save a plan as a preset of the office."""
    return imports.save_preset(Preset(name, plan.record, plan.saved()), plan.source.header, by)
