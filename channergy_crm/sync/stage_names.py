"""What the stages of this office are called on the Viper site, where that is something else (VP-49, VP-57, VP-58)."""

from __future__ import annotations

import json
from typing import NamedTuple

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.lookups import choices
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.sync import stages
from channergy_crm.services import rights
from channergy_crm.settings import VIPER_STAGES
from channergy_crm.text.folding import fold

LONGEST, MOST_KEPT = 60, 2_000


class StageName(NamedTuple):
    """A stage as it is stored and as people read it, and what the site calls it ("" as it is stored)."""

    stage: str
    label: str
    theirs: str


def every(by: str) -> list[StageName]:
    """The stages of the office in their order, and any that has a name there and is no longer offered."""
    rights.require(by, "administer")
    names = stages()
    offered = {each.value: each.description or each.value for each in choices("CRMOpportunities", "Stage")}
    rest = {stage: stage for stage in names if stage not in offered}
    return [StageName(stage, label, names.get(stage, "")) for stage, label in {**offered, **rest}.items()]


def keep(stage: str, theirs: str, by: str) -> None:
    """Call a stage so on the site; "" for as it is stored. No two stages are called the same there."""
    rights.require(by, "administer")
    theirs, names = theirs.strip()[:LONGEST], stages()
    for each in every(by):
        if theirs and each.stage != stage and fold(each.theirs or each.stage) == fold(theirs):
            said = _("{stage} is called so there already.")
            raise Mistake(said.format(stage=each.label), "theirs")
    names = {**names, stage: theirs} if theirs else {ours: name for ours, name in names.items() if ours != stage}
    if len(kept := json.dumps(names, ensure_ascii=False)) > MOST_KEPT:
        raise Mistake(_("Too many stages have a name of their own there."), "theirs")
    with work.unit("Change what Viper calls the stages", by=by):
        row = OfficeSetting.find(VIPER_STAGES.name) or OfficeSetting(name=VIPER_STAGES.name)
        row.value = kept
        row.save()
