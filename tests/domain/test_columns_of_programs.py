"""What other programs write into their columns: refusals, several values in a cell, names, spoilt numbers, states."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.records import Contact, Lead, Task
from channergy_crm.text.days import read_date
from channergy_crm.text.names import taken_apart
from channergy_crm.transfer.importing import optouts
from channergy_crm.transfer.importing.mapping import match
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.programs import columns
from channergy_crm.transfer.importing.run import Outcome, run
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.transfer.reading.values import emails_in, phones_in
from tests.domain.lead_files import all_leads, taken, write

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.work.record import Record

pytestmark = [pytest.mark.usefixtures("office"), pytest.mark.engines("sqlite")]  # what a file says asks no store


def brought(folder: Path, record: type[Record], text: str, **said: str) -> Outcome:
    plan = propose(record, open_source(write(folder, text)))
    plan = plan.mapped({title.replace("_", " "): name for title, name in said.items()})
    return run(plan.following("", {"missing_links": "create"}), operator="ADMIN")


@pytest.mark.parametrize("title", ["Do Not Call", "DoNotCall", "Do not allow Phone Calls", "Nicht anrufen",
                                   "Ne pas appeler", "No llamar", "Telefonsperre", "DNC", "Opted Out"])  # fmt: skip
@pytest.mark.parametrize("cell", ["1", "Yes", "ja", "x", "TRUE", "Do Not Allow", "2024-03-05"])
def test_f27_who_must_not_be_called_does_not_come_in_callable(tmp_path: Path, title: str, cell: str) -> None:
    taken(tmp_path, f"Last Name,Company,Phone,{title}\nAker,Aker Oy,512-555-0191,{cell}\nHolm,Holm Oy,512-555-0193,0\n")
    assert [(lead.call_code, lead.call_status) for lead in all_leads()] == [("DNC", "Closed"), ("", "")]


def test_f27_another_refusal_and_that_of_a_contact_stand_in_the_notes(tmp_path: Path) -> None:
    text = "Last Name,Company,Phone,HasOptedOutOfEmail,DoNotCall\nAker,Aker Oy,512-555-0191,1,1\n"
    outcome = brought(tmp_path, Contact, text)
    held = Contact.get()
    assert held.notes.splitlines() == ["HasOptedOutOfEmail: 1"] and (held.do_not_call, held.email_opt_out) == (
        True,
        True,
    )
    assert outcome.kept


@pytest.mark.parametrize("title", ["SMS Opt Out", "Do Not SMS", "Do Not Text", "Opted out of SMS"])
def test_si24_who_wants_no_sms_gets_none_wherever_they_come_from(tmp_path: Path, title: str) -> None:
    taken(tmp_path, f"Last Name,Company,Phone,{title}\nAker,Aker Oy,512-555-0191,yes\nHolm,Holm Oy,512-555-0193,\n")
    assert [(lead.sms_opt_out, bool(lead.do_not_call)) for lead in all_leads()] == [(True, False), (False, False)]


def test_f27_a_column_that_looks_like_a_refusal_is_a_question(tmp_path: Path) -> None:
    text = "Last Name,Company,Marketing Consent\nAker,Aker Oy,No\n"
    with pytest.raises(Mistake, match="Marketing Consent seems to say"):
        taken(tmp_path, text)
    assert brought(tmp_path, Lead, text, Marketing_Consent="").taken == 1
    with pytest.raises(Mistake, match="--map 3=do_not_call"):
        taken(tmp_path, "Last Name,Company,Group\nMoen,Moen Oy,please do not call\n")
    assert not optouts.asks("Subscription Date")


@pytest.mark.parametrize(
    ("title", "cell", "code"),
    [
        ("Marketing Consent", "No", "DNC"), ("Marketing Consent", "Yes", ""), ("GDPR consent", "2024-03-05", ""),
        ("GDPR consent", "withdrawn", "DNC"), ("May we call", "0", "DNC"), ("Einwilligung", "Ja", ""),
        ("Consent withdrawn", "Yes", "DNC"), ("Anrufe nicht erlaubt", "Ja", "DNC"), ("Opt-in calls", "n", "DNC"),
    ],
)  # fmt: skip
def test_f27_a_no_refuses_where_a_yes_agrees(tmp_path: Path, title: str, cell: str, code: str) -> None:
    outcome = brought(tmp_path, Lead, f"Last Name,Company,{title}\nAker,A,{cell}\n", **{title: "do_not_call"})
    assert [lead.call_code for lead in all_leads()] == [code]
    assert [loss.text for loss in outcome.losses] == [text for text in [cell] if cell[0] == "2"]


def test_f28_an_empty_column_never_beats_a_filled_one(tmp_path: Path) -> None:
    titles = "Last Name,Company,Phone,Other Phone,Mobile,Email Address,Email"
    text = f"{titles}\nAker,A,512-555-0191,,512-555-0192,a@a.example,\n"
    taken(tmp_path, text + "Holm,H,512-555-0193,512-555-0195,512-555-0194,b@b.example,c@b.example\n")
    first, second = all_leads()
    assert (first.other_phone, first.email) == ("512-555-0192", "a@a.example")
    assert (second.other_phone, second.email) == ("512-555-0195", "c@b.example")
    assert (second.more_phones, second.notes) == ("Mobile: 512-555-0194", "Email Address: b@b.example")


PROGRAMS = {
    "Google": "Last Name,Organization Title,E-mail 1 - Value,Phone 1 - Value,Address 1 - Street,Address 1 - City",
    "Outlook": "Nachname,Position,E-Mail-Adresse,Telefon geschäftlich,Straße geschäftlich,Ort geschäftlich",
    "Pipedrive": "Person - Name,Person - Job title,Person - Email - Work,Person - Phone - Work,Organization - Address",
    "SuiteCRM": "Last Name,Title,Email Address,Office Phone,Primary Address Street,Primary Address City",
    "HubSpot": "Record ID,Last Name,Job Title,Email,Phone Number,Street Address,City,Contact owner",
    "Salesforce": "LastName,Title,Email,Phone,MailingStreet,MailingCity,MobilePhone,LeadSource",
    "Zoho": "Record Id,Lead Owner,Last Name,Title,Email,Phone,Street,City",
    "Dynamics": "(Do Not Modify) Lead,Last Name,Job Title,Email,Business Phone,Street 1,City,Do not allow Phone Calls",
    "vtiger": "Lead No,Last Name,Designation,Primary Email,Primary Phone,Street,City,Assigned To",
    "Act": "Contact,Title,E-mail,Phone,Address 1,City,ID/Status,Alternate Phone",
    "GoldMine": "Contact,Title,Email,Phone1,Address1,City,Accountno,Key1",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_f28_the_exports_of_programs_are_known(name: str) -> None:
    titles = PROGRAMS[name].split(",")
    found = match(titles, Lead, program=columns(Lead, titles))
    assert {"title", "email", "phone", "address"} <= found.names
    assert found.names & {"last_name", "full_name"}


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("512-555-0101 / 512-555-0102", ["512-555-0101", "512-555-0102"]),
        ("+47 22 55 50 10, +47 22 55 50 11", ["+47 22 55 50 10", "+47 22 55 50 11"]),
        ("h: 512-555-0101 w: 512-555-0102", ["512-555-0101", "512-555-0102"]),
        ("512-555-0101 or 512-555-0102", ["512-555-0101", "512-555-0102"]),
        ("+1 512-555-0171 ::: +1 512-555-0172", ["+1 512-555-0171", "+1 512-555-0172"]),
        ("512-555-0101 ext. 5", ["512-555-0101 ext. 5"]),
        ("030 1234567 Durchwahl 12", ["030 1234567 Durchwahl 12"]),
        ("0351/5550101", ["0351/5550101"]),
        ("5125550108.0", ["5125550108"]),
        ("5,125550108E+09", ["5125550108"]),
        ("'+15125550111", ["+15125550111"]),
        ("5.12555E+09", []),
        ("n/a", []),
    ],
)
def test_f29_f32_the_phones_of_a_cell_are_taken_apart_and_mended(cell: str, numbers: list[str]) -> None:
    assert phones_in(cell).values == numbers


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        ("a@b.example ::: c@d.example", ["a@b.example", "c@d.example"]),
        ("a@b.example; c@d.example / e@f.example", ["a@b.example", "c@d.example", "e@f.example"]),
        ("Ann Lee <a@b.example>", ["a@b.example"]),
        ("mailto:a@b.example", ["a@b.example"]),
        ("a@b.example\u200b", ["a@b.example"]),
        ("none", []),
        ("-", []),
    ],
)
def test_f29_the_addresses_of_a_cell_are_taken_apart(cell: str, addresses: list[str]) -> None:
    assert emails_in(cell).values == addresses


def test_f29_second_values_go_to_the_second_field_or_the_notes_and_are_told(tmp_path: Path) -> None:
    text = 'Last Name,Company,Phone,Email\nMoen,M,"512-555-0101, 512-555-0102","a@m.example, b@m.example"\n'
    outcome = taken(tmp_path, text + "Holm,H,5.12555E+09,none\n")
    first, second = all_leads()
    assert (first.phone, first.other_phone, first.email) == ("512-555-0101", "512-555-0102", "a@m.example")
    assert (first.notes, second.phone, second.notes) == ("Email: b@m.example", "", "Phone: 5.12555E+09")
    assert [loss.times for loss in outcome.kept] == [2, 1]
    assert len(outcome.losses) == 1


@pytest.mark.parametrize(
    ("text", "first", "last", "title"),
    [
        ("John Miller Jr.", "John", "Miller Jr.", ""),
        ("Miller, Ann, Jr.", "Ann", "Miller Jr.", ""),
        ("Robert Downey III", "Robert", "Downey III", ""),
        ("John Miller, PhD", "John", "Miller", "PhD"),
        ("Dr. Ann von der Miller PhD", "Ann", "von der Miller", "Dr., PhD"),
        ("Prof. Dr. Eva Kurz", "Eva", "Kurz", "Prof. Dr."),
        ("Juan de la Cruz", "Juan", "de la Cruz", ""),
        ("Osama bin Laden", "Osama", "bin Laden", ""),
        ("Sean O'Hara", "Sean", "O'Hara", ""),
        ("Jack Ma", "Jack", "Ma", ""),
        ("MILLER John", "John", "MILLER", ""),
    ],
)
def test_f32_suffixes_and_particles_are_known(text: str, first: str, last: str, title: str) -> None:
    found = taken_apart(text)
    assert (found.first, found.last, found.title) == (first, last, title)


@pytest.mark.parametrize(
    ("titles", "done", "high"),
    [
        ("Subject,Due Date,Priority,Status", "Completed", "High"),
        ("Betreff,Fällig am,Priorität,Status", "Erledigt", "Hoch"),
        ("Objet,Échéance,Priorité,Statut", "Terminé", "Haute"),
        ("Asunto,Fecha de vencimiento,Prioridad,Estado", "Completado", "Alta"),
    ],
)
def test_f33_tasks_that_are_done_come_in_closed(tmp_path: Path, titles: str, done: str, high: str) -> None:
    brought(tmp_path, Task, f"{titles}\nSend offer,2024-03-16,{high},{done}\n")
    task = Task.get()
    assert (task.closed, task.priority, task.reminder_date) == (True, "High", date(2024, 3, 16))


@pytest.mark.parametrize(
    ("cell", "day"), [("46380", "2026-12-24"), ("46380.5", "2026-12-24"), ("25569", "1970-01-01"), ("1234", None)]
)
def test_f23_days_that_a_spreadsheet_counts_are_read_in_plain_tables(
    tmp_path: Path, cell: str, day: str | None
) -> None:
    outcome = taken(tmp_path, f"Last Name,Company,Reminder Date\nLee,Acme,{cell}\n")
    assert [str(lead.reminder_date) for lead in all_leads()] == ([day] if day else [])
    assert bool(outcome.problems) is (day is None)


@pytest.mark.parametrize("cell", ["5. März 2024", "5 mars 2024", "5 de marzo de 2024", "5 Mär 2024", "5 marzo 2024",
                                  "2024年3月5日", "1709596800", "Tue Mar 05 2024 18:00:00 GMT-0600 (CST)"])  # fmt: skip
def test_f33_months_are_read_in_the_languages_people_write(tmp_path: Path, cell: str) -> None:
    taken(tmp_path, f"Last Name,Company,Call Dt\nAker,A,{cell}\n")
    assert [lead.call_date for lead in all_leads()] == [date(2024, 3, 5)]


@pytest.mark.parametrize(
    ("typed", "behind", "ahead"),
    [
        ("11/24", date(2026, 11, 24), date(2027, 11, 24)),
        ("24 nov", date(2026, 11, 24), date(2027, 11, 24)),
        ("fri", date(2026, 11, 20), date(2026, 11, 27)),
        ("24", date(2026, 11, 24), date(2026, 12, 24)),
        ("today week", date(2026, 12, 2), date(2026, 12, 2)),
        ("end of month", date(2026, 11, 30), date(2026, 11, 30)),
        ("in two weeks", date(2026, 12, 9), date(2026, 12, 9)),
    ],
)
def test_f37_what_happened_looks_back_and_what_is_to_come_ahead(typed: str, behind: date, ahead: date) -> None:
    today = date(2026, 11, 25)
    assert read_date(typed, today, past=True) == behind
    assert read_date(typed, today) == ahead
    assert Lead.call_date.past
    assert not Lead.reminder_date.past
