"""How the form of a deal follows the process it goes through, while somebody types (SI-37, K16, K22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records.lookups import choices
from channergy_crm.records.projects import Means, course_of
from channergy_crm.records.stages import consequences, moves
from channergy_crm.work.about import InForm, Proposed

if TYPE_CHECKING:
    from channergy_crm.records.projects import Course
    from channergy_crm.work.about import Labels, Orders, Values

SUBJECTS, WEIGHTS = ("CRMOpportunities", "Name"), ("CRMOpportunities", "Probability")
"""the office's fixed labels (SI-37); a weight is kept as its percentage, and read as its label"""
ASKED = {
    Means.WON: ("actual_amount", N_("What was ordered in the end?")),
    Means.LOST: ("outcome_reason", N_("Why was it lost?")),
}
"""what somebody is asked first when a deal comes to such a stage"""


def weights() -> list[tuple[str, int]]:
    """The office's labels for how likely a deal is with their percentages, the least likely first."""
    held = [(each.description, each.value) for each in choices(*WEIGHTS) if not each.retired and each.value.isdigit()]
    return sorted(((label, int(value)) for label, value in held), key=lambda pair: pair[1])


def subjects() -> list[str]:
    """The office's fixed names of deals."""
    return [each.value for each in choices(*SUBJECTS) if not each.retired]


def _course(values: Values) -> Course | None:
    project = values.get("project")
    return course_of(project if isinstance(project, int) or project is None else project.number)


def _labels(values: Values) -> Labels:
    held = _course(values)
    found: Labels = {}
    if held is not None and held.fixed_subjects and (names := subjects()):
        found["name"] = [(name, name) for name in names]
    if held is not None and held.fixed_weights and (known := weights()):
        said = _("{label} ({percent} %)")
        found["probability"] = [(percent, said.format(label=label, percent=percent)) for label, percent in known]
    return found


def _first(values: Values) -> Orders:
    held = _course(values)
    return {"stage": [each.stage for each in held.stages] if held is not None else []}


def _proposed(before: Values, values: Values) -> Proposed:
    """What saving would set as well, said beforehand; asked is what the office wants to know of a deal that ended."""
    held, stage = _course(values), str(values.get("stage") or "")
    if held is None or stage == (before.get("stage") or ""):
        return Proposed()
    way = moves(before.get("stage_path"))
    was = way[-1].stage if way else None
    means = held.means(stage)
    asked, question = ASKED.get(means, ("", "")) if means is not held.means(was) else ("", "")
    return Proposed(consequences(held, was, stage, values), asked, _(question) if question else "")


FORM = InForm("stage", "project", ("name", "probability"), _labels, _first, _proposed)
