"""Several workstations, real processes, in one office at once: what each was told to be saved is there (C6, C15)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channergy_crm.records import Lead
from channergy_crm.services import leads
from channergy_crm.store.database import writing
from tests.benchmarks import proofs

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

ROOT = Path(__file__).resolve().parents[2]
SHORT = ["5", "postgresql", "3", "--steps", "25"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the workstations are forked the POSIX way")
def test_c15_nothing_is_lost_where_several_work_at_once(database_url: str) -> None:
    """The ten minutes of the benchmark, in a second: every token is there, every entry fits the one before it."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_workstations", *SHORT, "--url", database_url]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    found = json.loads(done.stdout)
    assert found["sound"], found
    assert (found["steps"], found["bugs"]) == (75, []) and found["tokens"] > 10


def test_c15_the_proof_finds_what_was_written_over(office: Office) -> None:
    """A row that is not what its journal says, and an entry that does not begin where the last one ended."""
    lead = leads.create({"description": "One", "title": "Owner"}, "ADMIN")
    assert proofs.replay(office)[1:] == ([], [])
    with writing():
        Lead.update(title="Clerk").where(Lead.number == lead.number).execute()
    assert "CRMLeads 1, title: 'Clerk' is not 'Owner'" in proofs.replay(office).unlike
    held = Lead.find(lead.number)
    assert held is not None
    held.title = "Boss"
    leads.save(held, "ADMIN")
    assert "CRMLeads 1, title: 'Owner' was followed by 'Clerk' → 'Boss'" in proofs.replay(office).torn
    assert proofs.missing([(lead.number, "<1.1>", 1)]) == ["<1.1> in lead 1"]
