"""What a file holds and no field takes: counted, the first of it shown, kept in the notes on request, never twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from channergy_crm import work
from channergy_crm.records import Account, Lead, Order, Task
from channergy_crm.services import imports
from channergy_crm.transfer.importing import presets
from channergy_crm.transfer.importing.plan import Plan, propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.losses import Loss
from channergy_crm.transfer.reading.sources import open_source
from tests.domain.lead_files import all_leads, write
from tests.domain.test_transfer_tables import LDIF

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.transfer.importing.outcome import Outcome

pytestmark = pytest.mark.usefixtures("office")

TABLE = 'Last Name,Company,Notes,County,Shoe Size\nAker,A,,Travis,41\nHolm,H,likes tea,,42\nMoen,M,,"Bell\r\nCounty",\n'


def planned(path: Path, record: Any = Lead, **said: Any) -> Plan:
    return replace(propose(record, open_source(path)), **said)


def brought(path: Path, record: Any = Lead, **said: Any) -> Outcome:
    return run(planned(path, record, **said), operator="ADMIN")


def sentences(losses: list[Loss]) -> list[str]:
    return [loss.sentence for loss in losses]


def notes() -> list[str]:
    return [lead.notes for lead in all_leads()]


def test_f40_columns_without_a_field_are_counted_by_their_filled_cells(tmp_path: Path) -> None:
    outcome = brought(write(tmp_path, TABLE))
    assert sentences(outcome.losses) == [
        "Column “County”: 2; the first in row 2: “Travis”.", "Column “Shoe Size”: 2; the first in row 2: “41”.",
    ]  # fmt: skip
    assert (notes(), outcome.kept) == (["", "likes tea", ""], [])


def test_f30_what_has_no_field_stands_at_the_end_of_the_notes(tmp_path: Path) -> None:
    outcome = brought(write(tmp_path, TABLE), keep_in_notes=True)
    assert notes() == ["County: Travis\nShoe Size: 41", "likes tea\nShoe Size: 42", "County: Bell\nCounty"]
    assert sentences(outcome.kept) == [
        "Column “County”, kept in the notes: 2; the first in row 2: “Travis”.",
        "Column “Shoe Size”, kept in the notes: 2; the first in row 2: “41”.",
    ]
    assert outcome.losses == []


@pytest.mark.parametrize("on_match", ["skip", "update"])
def test_f30_a_second_run_adds_no_line_again(tmp_path: Path, on_match: str) -> None:
    path = write(tmp_path, TABLE)
    brought(path, keep_in_notes=True)
    held = notes()
    again = brought(path, keep_in_notes=True, on_match=on_match)
    assert (again.taken, again.updated, notes()) == (0, 0, held)


def test_f30_an_update_adds_the_lines_that_are_new_and_is_taken_back_whole(tmp_path: Path) -> None:
    brought(write(tmp_path, "Last Name,Company,County\nAker,A,Travis\n"), keep_in_notes=True)
    with work.unit("Edit", by="ADMIN") as unit:
        lead = all_leads()[0]
        lead.notes = "County: Travis\nrang on Monday"
        unit.save(lead, new=False)
    more = write(tmp_path, "Last Name,Company,County,Colour\nAker,A,Travis,red\n")
    updated = brought(more, keep_in_notes=True, on_match="update")
    assert (updated.updated, notes()) == (1, ["County: Travis\nrang on Monday\nColour: red"])
    assert brought(more, keep_in_notes=True, on_match="update").updated == 0
    imports.reject(updated.run)
    assert notes() == ["County: Travis\nrang on Monday"]


def test_f30_properties_of_cards_are_kept_too(tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    card = (
        "BEGIN:VCARD\nVERSION:3.0\nN:Holm;Pia;;;\nNICKNAME:Pip\nBDAY:1980-02-29\nPHOTO;ENCODING=b:/9j/4AAQ\nEND:VCARD\n"
    )
    path.write_text(card, "utf-8")
    outcome = brought(path, keep_in_notes=True)
    assert notes() == ["Nickname: Pip\nBirthday: 1980-02-29"]
    assert sentences(outcome.kept)[0] == "Nickname, kept in the notes: 1; the first in row 1: “Pip”."
    assert sentences(outcome.losses) == ["Pictures, sounds and keys: 1; the first in row 1."]


def test_f34_what_is_told_when_a_file_is_opened_stays_told(tmp_path: Path) -> None:
    path = tmp_path / "book.ldif"
    path.write_text(LDIF + "\ndn: cn=Eva\ncn: Eva\nmozillaNickname: Evi\n", "utf-8")
    for _again in range(2):
        outcome = run(planned(path), operator="ADMIN", dry_run=True)
        assert [(loss.what, loss.times) for loss in outcome.losses] == [
            ("Entries that are no people, such as mailing lists", 1), ("mozillanickname", 1)
        ]  # fmt: skip


def test_f24_other_sheets_stand_in_no_row(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Last Name", "Company"])
    book.active.append(["Aker", "A"])
    book.create_sheet("Prices").append(["secret"])
    book.save(tmp_path / "x.xlsx")
    outcome = brought(tmp_path / "x.xlsx")
    assert sentences(outcome.losses) == ["Other sheets of the workbook: 1; the first: “Prices”."]
    assert Loss("Sheets", 2, 0, "").sentence == "Sheets: 2."


def test_f30_where_there_are_no_notes_or_no_room_it_is_told(tmp_path: Path) -> None:
    orders = write(tmp_path, "Customer,Date,Amount,Colour\nAcme,2026-01-02,5,red\n")
    outcome = brought(orders, Order, keep_in_notes=True, missing_links="create")
    assert [loss.what for loss in outcome.losses] == ["Column “Colour”"]
    outcome = brought(write(tmp_path, f"Last Name,Company,Colour\nAker,A,{'red ' * 30_000}\n"), keep_in_notes=True)
    assert [loss.what for loss in outcome.losses] == ["Values for which there is no place"]
    assert (outcome.taken, outcome.kept, notes()) == (1, [], [""])


def test_f30_accounts_and_tasks_keep_it_in_their_way(tmp_path: Path) -> None:
    brought(write(tmp_path, "Account Name,Colour,Size\nAcme,red,9\n"), Account, keep_in_notes=True)
    assert Account.get().description == "Colour: red; Size: 9"
    brought(write(tmp_path, "Action,Notes,Room\nCall,soon,7\n"), Task, keep_in_notes=True)
    assert Task.get().notes == "soon\nRoom: 7"


def test_f40_a_link_that_is_left_out_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "Action,Account\nCall,Nobody Ltd\n")
    outcome = brought(path, Task, missing_links="skip")
    assert sentences(outcome.losses) == ["Names of records that are not there: 1; the first in row 2: “Nobody Ltd”."]


def test_f30_the_preset_remembers_it_and_the_reasons_of_failed_rows_are_no_column(tmp_path: Path) -> None:
    plan = planned(write(tmp_path, TABLE), keep_in_notes=True)
    preset = presets.keep(plan, "Fair", "ADMIN")
    again = propose(Lead, open_source(tmp_path / "leads.csv")).following(preset.name, preset.plan)
    assert again.keep_in_notes
    failed = write(tmp_path, "Why it was not taken,Last Name,Company\nIt was late,Aker,A\n")
    assert (brought(failed, keep_in_notes=True).losses, notes()) == ([], [""])
