"""Numbers of documents: the office's way to write them, none twice and none left out (VT-86)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import BY_TABLE
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import office as settings_of
from channergy_crm.services import selling
from channergy_crm.settings import SALES_NUMBERS
from channergy_crm.work import ChangeRow, undo
from tests.domain.selling import BY, issued, product, take_back

if TYPE_CHECKING:
    from channergy_crm.store.database import Office


def test_vt86_each_kind_has_its_own_numbers(office: Office, fixed_clock: object) -> None:
    settings_of.choose(SALES_NUMBERS.of("invoice"), "R-{year2}-{number:03}", BY)
    candle = product()
    said = [issued(kind, (candle, 1)).document_no for kind in ("invoice", "invoice", "quote", "sales_order")]
    assert said == ["R-26-001", "R-26-002", "2026-0001", "2026-0001"]


@pytest.mark.usefixtures("fixed_clock")
def test_vt86_going_on_at_a_higher_number_is_taken_back_until_a_number_is_given(office: Office) -> None:
    for had in (False, True):
        if had:
            assert issued("quote", (product(), 1)).count == 1
        selling.begin_at(DocumentKind.QUOTE, 100, BY)
        take_back()
        assert selling.next_count(DocumentKind.QUOTE, BY) == (2 if had else 1)
    selling.begin_at(DocumentKind.QUOTE, 100, BY)
    begun = undo.undoable(BY)
    assert begun is not None and issued("quote", (product(), 1)).count == 100
    with pytest.raises(Mistake, match=r"A number that was given is never taken back\."):
        undo.reverse(begun.number, by=BY, records=BY_TABLE)
    assert selling.next_count(DocumentKind.QUOTE, BY) == 101


@pytest.mark.usefixtures("fixed_clock")
def test_vt86_the_first_number_that_was_left_out_stays_even_where_the_journal_is_pruned(office: Office) -> None:
    selling.begin_at(DocumentKind.INVOICE, 100, BY)
    begun = undo.undoable(BY)
    assert begun is not None and issued("invoice", (product(), 1)).count == 100
    with work.unit("Prune", by=BY):
        ChangeRow.delete().where(ChangeRow.unit > begun.number).execute()
    with pytest.raises(Mistake, match=r"A number that was given is never taken back\."):
        undo.reverse(begun.number, by=BY, records=BY_TABLE)
    assert selling.next_count(DocumentKind.INVOICE, BY) == 101


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed the POSIX way")
def test_vt86_seats_that_issue_at_once_and_are_killed_leave_no_gap_and_no_double(database_url: str) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.bench_numbers", database_url, "4", "5", "1.5"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[2])
    found = json.loads(done.stdout or "{}")
    assert found.get("passes"), found or done.stderr
