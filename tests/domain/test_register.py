"""The register of numbers that are not called: lists of others, and a result that was renamed (BX-6, DP-8)."""

from __future__ import annotations

import time as stopwatch
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.records import CustomLookup, Lead
from channergy_crm.records.calls import Meaning
from channergy_crm.services import calls, gate, leads, lookups, register, saving
from channergy_crm.services.privacy import refusals
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

NEW_YORK = "212-736-5000"


def test_dp8_a_list_takes_the_place_of_an_earlier_one_and_grows_old(fixed_clock: datetime, office: Office) -> None:
    lines = [
        ["name", "tel"],
        ["Ann", "212-736-5000"],
        ["Bob", "+1 212 736 5001"],
        ["again", "12127365000"],
        ["", ""],
    ]
    taken = register.take_in(lines, "TPS", date(2026, 10, 1), "ADMIN")
    assert taken == (2, 1, 1)
    assert "“TPS” of 2026-10-01" in calls.refused(NEW_YORK, "ADMIN")
    (source,) = register.sources("ADMIN")
    assert (source.numbers, source.old, source.days) == (2, True, 53) and "53 days" in register.warning(source)
    with pytest.raises(Mistake, match="newer"):
        register.take_in(lines, "TPS", date(2026, 9, 1), "ADMIN")
    register.take_in([["212-736-5001"]], "TPS", date(2026, 11, 20), "ADMIN")
    assert calls.refused(NEW_YORK, "ADMIN") == "" != calls.refused("212-736-5001", "ADMIN")
    assert not register.sources("ADMIN")[0].old
    register.take_in([["212-736-5000"]], "TPS", date(2026, 11, 20), "ADMIN")  # a better one of the same day
    assert calls.refused(NEW_YORK, "ADMIN") != "" == calls.refused("212-736-5001", "ADMIN")


@pytest.mark.parametrize(
    "cell",
    ["2127365000.0", "0012127365000", "00 1 212 736-5000", "٢١٢٧٣٦٥٠٠٠", "tel:+12127365000", "\u202a212-736-5000"],
)
def test_dp8_numbers_of_a_list_are_read_however_it_was_made(office: Office, cell: str) -> None:
    assert register.take_in([["Ann", cell]], "TPS", date(2020, 1, 1), "ADMIN").numbers == 1
    assert calls.refused(NEW_YORK, "ADMIN")


def test_bx6_a_number_is_the_same_with_two_noughts_for_its_plus(office: Office) -> None:
    refusals.add("phone", "+44 20 7946 0000", "", "ADMIN")
    assert calls.refused("0044 20 7946 0000", "ADMIN") and calls.refused("00442079460000", "ADMIN")
    assert register.key("00") == "" and register.key("0044") == "0044"


def test_dp8_a_file_without_numbers_takes_no_list_off_the_register(fixed_clock: datetime, office: Office) -> None:
    register.take_in([["212-736-5000"]], "TPS", date(2026, 10, 1), "ADMIN")
    with pytest.raises(Mistake, match="no phone number"):
        register.take_in([["the"], ["wrong file"]], "TPS", date(2026, 11, 1), "ADMIN")
    assert calls.refused(NEW_YORK, "ADMIN")


def test_bx6_who_asked_not_to_be_called_has_asked_it_by_a_result_of_another_name_too(office: Office) -> None:
    entry = CustomLookup.get((CustomLookup.field == "CallCode") & (CustomLookup.value == "DNC"))
    held = leads.create({"description": "Ann", "phone": NEW_YORK, "call_code": "DNC"}, "ADMIN")
    for name in ("NEVER", "DNC", "NEVER"):
        entry.value = name
        lookups.save(entry, "ADMIN")
        assert gate.forbidden(Lead.find(held.number)) and calls.refused(NEW_YORK, "ADMIN")
        assert [each.code for each in calls.results("ADMIN") if each.meaning == Meaning.DO_NOT_CALL] == [name]
    for name in ("DNC", "NEVER", "DNC"):
        saving.undo_latest("ADMIN") if name == "DNC" else saving.redo_latest("ADMIN")
        assert gate.forbidden(Lead.find(held.number)) and calls.refused(NEW_YORK, "ADMIN")
        assert [each.code for each in calls.results("ADMIN") if each.meaning == Meaning.DO_NOT_CALL] == [name]


def test_dp8_twenty_thousand_numbers_are_in_at_once_and_asked_in_a_moment(office: Office) -> None:
    begun = stopwatch.perf_counter()
    register.take_in(([f"+1212{number}"] for number in range(2_000_000, 2_020_000)), "TPS", date(2020, 1, 1), "ADMIN")
    assert stopwatch.perf_counter() - begun < 5  # a fiftieth of a million
    begun = stopwatch.perf_counter()
    for number in range(2_000_000, 2_000_100):
        assert register.find([f"+1212{number}"], Program.ITSELF)
    assert stopwatch.perf_counter() - begun < 1
