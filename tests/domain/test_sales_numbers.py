"""Numbers of documents: the office's way to write them, none twice and none left out (VT-86)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channergy_crm.services import office as settings_of
from channergy_crm.settings import SALES_NUMBERS
from tests.domain.selling import BY, issued, product

if TYPE_CHECKING:
    from channergy_crm.store.database import Office


def test_vt86_each_kind_has_its_own_numbers(office: Office, fixed_clock: object) -> None:
    settings_of.choose(SALES_NUMBERS.of("invoice"), "R-{year2}-{number:03}", BY)
    candle = product()
    said = [issued(kind, (candle, 1)).document_no for kind in ("invoice", "invoice", "quote", "sales_order")]
    assert said == ["R-26-001", "R-26-002", "2026-0001", "2026-0001"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed the POSIX way")
def test_vt86_seats_that_issue_at_once_and_are_killed_leave_no_gap_and_no_double(database_url: str) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.bench_numbers", database_url, "4", "5", "1.5"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[2])
    found = json.loads(done.stdout or "{}")
    assert found.get("passes"), found or done.stderr
