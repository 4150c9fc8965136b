"""The unit of work: one transaction, one entry, one message; two workstations at once lose nothing (C6, C15)."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from channergy_crm import undo, work
from channergy_crm.database import Office, OutsideUnit
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import BY_TABLE, Lead, Operator
from channergy_crm.services import leads, operators, saving

ROOT = Path(__file__).parents[2]
TURNS = 25


def stations(office: Office, shared: int, fields: tuple[str, str]) -> list[int]:
    """Two processes that save at the same time; how often each was told that somebody else changed the same."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.domain.saver", office.url, name, str(TURNS), str(shared), field],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )
        for name, field in zip(("West", "East"), fields, strict=True)
    ]  # fmt: skip
    told = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    return [int(text) for text in told]


def test_c15_two_workstations_saving_at_once_are_never_locked_out_and_lose_nothing(
    office: Office, operator: str
) -> None:
    shared = leads.create({"description": "Both"}, operator).number
    assert stations(office, shared, ("company", "title")) == [0, 0]
    assert Lead.select().count() == 2 * TURNS + 1
    held = Lead.find(shared)
    assert held is not None and (held.company, held.title) == (f"West {TURNS - 1}", f"East {TURNS - 1}")
    assert held.version == 2 * TURNS + 1
    saves = work.ChangeRow.select().where((work.ChangeRow.table == "CRMLeads") & (work.ChangeRow.verb == "update"))
    assert saves.count() == 2 * TURNS


def test_c6_two_workstations_changing_one_field_are_told_or_saved(office: Office, operator: str) -> None:
    shared = leads.create({"description": "Both"}, operator).number
    clashes = sum(stations(office, shared, ("company", "company")))
    held = Lead.find(shared)
    assert held is not None and held.version == 2 * TURNS - clashes + 1


def test_units_inside_units_are_one(office: Office, operator: str) -> None:
    told: list[work.Done] = []
    stop = work.listen(told.append)
    with work.unit("Two leads", by=operator):
        leads.create({"description": "One"}, operator)
        leads.create({"description": "Two"}, operator)
        assert told == []
    stop()
    assert [(done.name, len(done.changes)) for done in told] == [("Two leads", 2)]
    assert undo.undoable(operator).name == "Two leads"
    saving.undo_latest(operator)
    assert Lead.select().count() == 0


def test_a_unit_that_changes_nothing_leaves_no_entry(office: Office, operator: str) -> None:
    lead = leads.create({"description": "One"}, operator)
    before = work.UnitRow.select().count()
    leads.save(lead, operator)
    assert work.UnitRow.select().count() == before and Lead.find(lead.number).version == 1


def test_another_thread_cannot_write_through_this_ones_unit(office: Office, operator: str) -> None:
    raised: list[type[BaseException]] = []

    def elsewhere() -> None:
        with office.borrowed():
            try:
                Lead.update(company="x").execute()
            except OutsideUnit as error:
                raised.append(type(error))

    with work.unit("Here", by=operator):
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
    assert raised == [OutsideUnit]


def test_undo_is_refused_when_a_field_was_changed_again_and_says_which(office: Office, operator: str) -> None:
    lead = leads.create({"description": "One", "company": "A"}, operator)
    lead.company = "B"
    leads.save(lead, operator)
    entry = undo.undoable(operator)
    lead.company = "C"
    leads.save(lead, operator)
    with pytest.raises(Mistake, match="Company of C was changed again"):
        undo.reverse(entry.number, by=operator, records=BY_TABLE)
    assert Lead.find(lead.number).company == "C"
    with pytest.raises(Mistake, match="taken back already"):
        for _ in range(2):
            undo.reverse(undo.undoable(operator).number, by=operator, records=BY_TABLE)
            undo.reverse(entry.number, by=operator, records=BY_TABLE)


def test_redo_ends_when_something_new_was_done(office: Office, operator: str) -> None:
    leads.create({"description": "One"}, operator)
    saving.undo_latest(operator)
    assert undo.redoable(operator).name == "Create lead One"
    leads.create({"description": "Two"}, operator)
    assert undo.redoable(operator) is None and saving.redo_latest(operator) is None


def test_undo_is_each_operators_own(office: Office, operator: str) -> None:
    operators.add("ANN", "Ann", operator)
    leads.create({"description": "Mine"}, operator)
    assert undo.undoable("ANN") is None
    assert undo.undoable(operator).name == "Create lead Mine"


def test_ch6_a_retired_or_unknown_operator_may_do_nothing(office: Office, operator: str) -> None:
    ann = operators.add("ANN", "Ann", operator)
    ann.active = False
    operators.save(ann, operator)
    for by in ("ANN", "NOBODY", ""):
        with pytest.raises(Refused):
            leads.create({"description": "No"}, by)
    assert Lead.select().count() == 0


def test_an_operator_who_owns_records_is_retired_one_without_is_deleted(office: Office, operator: str) -> None:
    for short in ("ANN", "BEN"):
        operators.add(short, short.title(), operator)
    leads.create({"description": "Hers", "owner": "ANN"}, operator)
    assert "retired" in operators.remove("ANN", operator)
    assert "deleted" in operators.remove("BEN", operator)
    assert Operator.find("ANN").active is False and Operator.find("BEN") is None
    with pytest.raises(Mistake, match="last active operator"):
        operators.remove("ADMIN", operator)
