"""How the form of a deal follows the process it goes through, while somebody types (SI-37, K16, K22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records.fixed_labels import anywhere, course_of_deal, labels
from channergy_crm.records.known import BY_TABLE
from channergy_crm.records.projects import Means, begins_in
from channergy_crm.records.stages import consequences, moves
from channergy_crm.records.sync import is_on, led_there
from channergy_crm.work.about import InForm, Proposed

if TYPE_CHECKING:
    from channergy_crm.work.about import Orders, Values

LED_THERE = ("stage", "probability")
ASKED = {
    Means.WON: ("actual_amount", N_("What was ordered in the end?")),
    Means.LOST: ("outcome_reason", N_("Why was it lost?")),
}
"""what somebody is asked first when a deal comes to such a stage"""


def _first(values: Values) -> Orders:
    held = course_of_deal(values)
    return {"stage": [each.stage for each in held.stages] if held is not None else []}


def _proposed(before: Values, values: Values) -> Proposed:
    """What saving would set as well, said beforehand; asked is what the office wants to know of a deal that ended."""
    held, stage = course_of_deal(values), str(values.get("stage") or "")
    if held is None or stage == (before.get("stage") or ""):
        return Proposed()
    way = moves(before.get("stage_path"))
    was = way[-1].stage if way else None
    means = held.means(stage)
    asked, question = ASKED.get(means, ("", "")) if means is not held.means(was) else ("", "")
    return Proposed(consequences(held, was, stage, values), asked, _(question) if question else "")


def _elsewhere(values: Values) -> dict[str, str]:
    """Of a deal that is a program in Viper, what is updated there (K23)."""
    deal = BY_TABLE["CRMOpportunities"]
    said = {name: led_there(deal.kind(name), values.get("number")) for name in LED_THERE}
    return {name: sentence for name, sentence in said.items() if sentence}


def begin(values: dict[str, object]) -> None:
    """A deal that is not over and of whose stage nothing is said begins, while the sync with Viper is on, as one does
    that is made by hand (VP-26, K16): the site takes none without a stage.
    """
    if not any(values.get(name) for name in ("stage", "closed", "outcome")) and is_on():
        project = values.get("project")
        values["stage"] = begins_in(project if isinstance(project, int) else None)


FORM = InForm("stage", "project", ("name", "probability"), labels, anywhere, _first, _proposed, LED_THERE, _elsewhere)
