"""Rights through one door: what an operator at work gets."""

from __future__ import annotations

from typing import Any

import pytest

from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.errors import Refused
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Lead
from channergy_crm.services import calls, reading
from channergy_crm.services.rights import Program
from tests import factories
from tests.domain.fitting import Notepad


def test_records_are_read_and_counted_for_the_screen(office: Any, operator: str) -> None:
    lead = factories.stored(Lead)
    here, nowhere = Lead.number == lead.key, Lead.number == 0
    assert reading.find(Lead, lead.key, operator) == lead and reading.find(Lead, 0, operator) is None
    assert reading.exists(Lead, here, operator) and not reading.exists(Lead, nowhere, operator)
    assert (reading.count(Lead, here, operator), reading.count(Lead, nowhere, operator)) == (1, 0)
    lists = {1: ListQuery(Lead, ["company"], here), 2: ListQuery(Lead, ["company"], nowhere)}
    assert reading.counts(lists, operator) == {1: 1, 2: 0}


def test_a_number_is_dialed_for_an_operator_as_the_office_dials(office: Any, operator: str) -> None:
    notepad = Notepad()
    assert calls.dial("(650) 253-0000", operator, bridge=CopyOnly(notepad)).sent
    assert "650" in notepad.text
    with pytest.raises(Refused, match="only an operator may do that"):
        calls.dial("(650) 253-0000", Program.ITSELF, bridge=CopyOnly(notepad))
