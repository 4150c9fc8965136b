"""*Draft*, the stage of a new deal while the sync is on, is an open column of every process (VP-26, K16)."""

from __future__ import annotations

from channergy_crm import work
from channergy_crm.records.projects import DRAFT
from channergy_crm.services import processes, rights

LIKELY = 5
"""percent: a deal that has only just been written down"""


def keep_column(by: str) -> None:
    """Where a process has no stage *Draft* it becomes its first one: when the sync is switched on."""
    rights.require(by, "administer")
    with work.unit("Put the stage {name} first", by=by, name=DRAFT):
        for process in processes.every(by):
            held = processes.stages(process.number, by)
            if DRAFT not in {each.stage for each in held}:
                made = processes.add_stage(process.number, DRAFT, by)
                made.probability = LIKELY
                processes.save_stage(made, by)
                processes.reorder([made.number, *(each.number for each in held)], by)
