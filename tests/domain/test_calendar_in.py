"""Calendar files that are taken in: what becomes of an event, how it is known again, what is said (SI-31)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
import vobject

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Contact, Customer, Lead, Task
from channergy_crm.services import leads, office, operators, preferences, reminders, saving, tasks
from channergy_crm.services.calendar import making
from channergy_crm.settings import TIME_ZONE
from channergy_crm.transfer.calendars.events import events, text
from channergy_crm.transfer.calendars.taking_in import Taken, take_in
from tests.domain.test_calendar_out import DAY, lead_of, task_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("fixed_clock")
ALL_DAY, WALL = "DTSTART;VALUE=DATE:20261201", "DTSTART:20261201T093000"


@pytest.fixture(autouse=True)
def berlin(office: object) -> None:
    choose("Europe/Berlin")


def choose(zone: str) -> None:
    office.choose(TIME_ZONE, zone, "ADMIN")


@pytest.fixture
def drop(tmp_path: Path) -> Any:
    """Take a file of these events in, for ADMIN or another one."""

    def dropped(*parts: str, by: str = "ADMIN", kind: str = "VEVENT", head: str = "") -> Taken:
        inside = "".join(f"BEGIN:{kind}\r\n{part.strip()}\r\nEND:{kind}\r\n".replace("\n", "\r\n") for part in parts)
        return given(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{inside}END:VCALENDAR\r\n".replace("\r\r", "\r"), by)

    def given(said: str, by: str = "ADMIN") -> Taken:
        path = tmp_path / "invitation.ics"
        path.write_bytes(said.encode())
        return take_in(path, by)

    dropped.whole = given  # type: ignore[attr-defined]
    return dropped


def the_task() -> Task:
    (task,) = Task.select()
    return task


# ---------------------------------------------------------------- what is new


def test_si31_an_event_becomes_a_task_of_ones_own_in_one_step(drop: Any, operator: str) -> None:
    taken = drop(
        f"UID:abc@google.com\nSUMMARY:Vorführung\\; Öfen\n{WALL}\nDURATION:PT45M\nLOCATION:Halle 3\\, Köln\n"
        "DESCRIPTION:Line one\\nline two\\, with a comma"
    )
    task = the_task()
    assert (task.action, task.owner, task.is_crm, task.in_calendar) == ("Vorführung; Öfen", operator, True, False)
    assert (task.reminder_date, task.reminder_time) == (DAY, time(9, 30))
    assert task.notes == "Line one\nline two, with a comma"
    assert (task.place, task.minutes, task.activity) == ("Halle 3, Köln", 45, "meeting")
    assert taken.sentences() == ["Event made: Vorführung; Öfen."] and taken.records == [task]
    saving.reverse(taken.unit, operator)
    assert not Task.select().exists()


@pytest.mark.parametrize(
    ("start", "day", "at"),
    [
        (ALL_DAY, DAY, None),
        (WALL, DAY, time(9, 30)),
        ("DTSTART:20261201T083000Z", DAY, time(9, 30)),
        ("DTSTART;TZID=America/New_York:20261201T200000", date(2026, 12, 2), time(2)),
        ("DTSTART;TZID=W. Europe Standard Time:20270701T093000", date(2027, 7, 1), time(9, 30)),
    ],
)
def test_si31_days_walls_and_other_zones(drop: Any, start: str, day: date, at: time | None) -> None:
    drop(f"UID:a\nSUMMARY:Call\n{start}")
    assert (the_task().reminder_date, the_task().reminder_time) == (day, at)


def test_si31_a_zone_the_file_describes_itself_is_understood(drop: Any) -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Our own\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0400\r\n"
        "TZOFFSETTO:+0400\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    drop("UID:a\nSUMMARY:Call\nDTSTART;TZID=Our own:20261201T123000", head=zone)
    assert the_task().reminder_time == time(9, 30)


@pytest.mark.parametrize(
    ("rule", "kept", "day", "said"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;WKST=MO", "FREQ=WEEKLY;INTERVAL=2;WKST=MO", DAY, ""),
        ("FREQ=WEEKLY;BYDAY=TU;INTERVAL=1;WKST=SU", "FREQ=WEEKLY;BYDAY=TU", DAY, ""),
        ("BYMONTHDAY=-1;FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 12, 31), ""),
        ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3", DAY, ""),
        ("FREQ=WEEKLY;UNTIL=20270101T000000Z", "FREQ=WEEKLY;UNTIL=20261231", DAY, ""),
        ("FREQ=HOURLY", "", DAY, "cannot be kept here"),
        ("FREQ=YEARLY;BYWEEKNO=20", "", DAY, "cannot be kept here"),
    ],
)
def test_si31_turns_are_kept_where_that_can_be_and_said_where_not(
    drop: Any, rule: str, kept: str, day: date, said: str
) -> None:
    taken = drop(f"UID:a\nSUMMARY:Call\n{WALL}\nRRULE:{rule}")
    task = the_task()
    assert (task.repeats, task.reminder_date) == (kept, day)
    assert task.planned_on == (day if kept else None)
    assert bool(taken.remarks) == bool(said) and said in " ".join(taken.remarks)


def test_si31_what_has_come_again_for_years_stands_on_its_next_day(drop: Any) -> None:
    """It is Monday, 23 November; that Tuesday is left out."""
    drop("UID:a\nSUMMARY:Team\nDTSTART:20190101T090000\nRRULE:FREQ=WEEKLY\nEXDATE:20261124T090000")
    assert (the_task().reminder_date, the_task().repeats) == (date(2026, 12, 1), "FREQ=WEEKLY")


def test_si31_a_task_of_another_program_may_have_no_day(drop: Any) -> None:
    drop("UID:a\nSUMMARY:Buy paper", kind="VTODO")
    drop("UID:b\nSUMMARY:Pay\nDUE;VALUE=DATE:20261201", kind="VTODO")
    assert [(task.action, task.reminder_date) for task in Task.select().order_by(Task.number)] == [
        ("Buy paper", None), ("Pay", DAY),
    ]  # fmt: skip


def test_si31_who_takes_part_tells_the_account_or_the_lead(drop: Any, operator: str) -> None:
    with work.unit("People", by=operator):
        customer = Customer.create(company="Acme")
        account = Account.create(name="Acme", owner=operator, customer=customer.number)
        Contact.create(customer=customer.number, last_name="Ray", email="Bob@acme.example")
    lead = leads.create({"description": "x", "email": "ann@lee.example", "owner": operator}, operator)
    drop(f"UID:a\nSUMMARY:One\n{WALL}\nATTENDEE;CN=Bob:mailto:bob@ACME.example\nORGANIZER:mailto:ann@lee.example")
    drop(f"UID:b\nSUMMARY:Two\n{WALL}\nORGANIZER:MAILTO:ann@lee.example")
    drop(f"UID:c\nSUMMARY:Three\n{WALL}\nATTENDEE:mailto:nobody@lee.example")
    held = {task.action: (task.account, task.lead) for task in Task.select()}
    assert held == {"One": (account.number, None), "Two": (None, lead.number), "Three": (None, None)}


def test_si31_of_several_events_those_that_are_over_are_left_out(drop: Any) -> None:
    old, off = "UID:b\nSUMMARY:Last year\nDTSTART:20251201T090000", f"UID:c\nSUMMARY:Off\n{WALL}\nSTATUS:CANCELLED"
    taken = drop(f"UID:a\nSUMMARY:Call\n{WALL}", old, off, "UID:d\nSUMMARY:No day")
    assert [task.action for task in Task.select()] == ["Call"]
    assert taken.sentences() == [
        "Event made: Call.", "Left out: “No day” has no day that can be read.", "Left out: “Last year” is over.",
        "Left out: “Off” is over or was cancelled, and does not stand here.",
    ]  # fmt: skip
    assert drop(old).sentences() == ["Event made: Last year."], "who takes one alone means it"


# ---------------------------------------------------------------- what is known


def test_si31_the_same_event_again_changes_its_task_and_asks_nothing(drop: Any, operator: str) -> None:
    drop(f"UID:abc@google.com\nSUMMARY:Call\n{WALL}\nDESCRIPTION:Bring the list")
    task = the_task()
    task.notes = "Bring the list\nThey want ten"
    tasks.save(task, operator)
    taken = drop("UID:abc@google.com\nSUMMARY:Call them\nDTSTART:20261203T110000\nDESCRIPTION:Bring the list")
    task = the_task()
    assert (task.action, task.reminder_date, task.reminder_time) == ("Call them", date(2026, 12, 3), time(11))
    assert task.notes == "Bring the list\nThey want ten"
    assert taken.sentences() == ["Changed by the file: Call them."]
    again = drop("UID:abc@google.com\nSUMMARY:Call them\nDTSTART:20261203T110000\nDESCRIPTION:Bring the list")
    assert again.sentences() == ["Call them is here already, unchanged."] and again.unit == 0
    saving.reverse(taken.unit, operator)
    assert the_task().reminder_date == DAY


def test_si31_two_operators_who_take_in_one_invitation_have_a_task_each(drop: Any, operator: str) -> None:
    operators.add("ANN", "Ann Lee", operator)
    for who in (operator, "ANN"):
        drop(f"UID:abc\nSUMMARY:Call\n{WALL}", by=who)
    assert sorted(task.owner for task in Task.select()) == [operator, "ANN"]


def test_si31_what_was_cancelled_is_closed_and_comes_no_more(drop: Any) -> None:
    drop(f"UID:abc\nSUMMARY:Call\n{WALL}\nRRULE:FREQ=WEEKLY")
    taken = drop(f"UID:abc\nSUMMARY:Call\n{WALL}", head="METHOD:CANCEL\r\n")
    assert taken.sentences() == ["Ended by the file: Call."] and the_task().closed
    assert drop(f"UID:abc\nSUMMARY:Call\n{WALL}").sentences() == ["Left out: “Call” is closed here."]


def test_si31_what_went_out_comes_back_to_its_record(drop: Any, operator: str) -> None:
    with work.unit("Account", by=operator):
        account = Account.create(name="Acme", owner=operator)
    task, lead = task_of(account=account, notes="Ten pieces"), lead_of()
    out = text(events(operator), operator)
    assert drop.whole(out).sentences() == ["2 are here already, unchanged."]
    moved = out.replace("20261201T093000", "20261203T083000").replace("SUMMARY:Ring", "SUMMARY:Ring him")
    taken = drop.whole(moved.replace("20261201T150000", "20261204T160000"))
    held, of_lead = Task.find(task.number), Lead.find(lead.number)
    assert held is not None and of_lead is not None and len(taken.did["changed"]) == 2
    assert (held.action, held.notes) == ("Ring him", "Ten pieces")
    assert (held.reminder_date, held.reminder_time) == (date(2026, 12, 3), time(8, 30))
    assert (of_lead.reminder_date, of_lead.reminder_time) == (date(2026, 12, 4), time(16))
    assert len(drop.whole(out).left_out) == 2, "what was changed here since is newer than that file"
    assert Task.select().count() == 1


def test_si31_a_series_of_ours_that_was_put_off_stays_put_off(drop: Any, operator: str) -> None:
    task = task_of(repeats="FREQ=WEEKLY")
    reminders.snooze(Task, [task.number], date(2026, 12, 3), operator)
    assert drop.whole(text(events(operator), operator)).sentences() == ["Ring is here already, unchanged."]


def test_si31_an_event_that_goes_out_again_keeps_the_name_it_came_with(drop: Any, operator: str) -> None:
    drop(f"UID:abc@google.com\nSUMMARY:Call\n{WALL}")
    task = the_task()
    task.in_calendar = True
    tasks.save(task, operator)
    assert [event.uid for event in events(operator)] == ["abc@google.com"]


# ---------------------------------------------------------------- what is none


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "is no calendar file, or a damaged one"),
        ("Dear Ann,\r\nhello", "is no calendar file, or a damaged one"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261201T10", "is no calendar file, or a damaged one"),
        ("BEGIN:VCARD\r\nFN:Ann\r\nEND:VCARD\r\n", "is no calendar file, or a damaged one"),
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "There is no event in invitation.ics"),
        ("BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 2001 + "END:VCALENDAR\r\n", "at most 2,000"),
    ],
    ids=["empty", "letter", "cut", "card", "without", "many"],
)
def test_si31_a_file_that_is_none_is_told_in_one_sentence(drop: Any, said: str, why: str) -> None:
    with pytest.raises(Mistake, match=why):
        drop.whole(said)
    assert not Task.select().exists()


def test_si31_nonsense_in_one_event_spoils_no_other(drop: Any) -> None:
    taken = drop(
        "UID:a\nSUMMARY:Odd\nDTSTART:nonsense", "UID:b\nSUMMARY:Far\nDTSTART:99990101T000000Z",
        f"UID:c\nSUMMARY:{'x' * 400}\n{WALL}\nRRULE:FREQ=SECONDLY\nno colon here\nSEQUENCE:many",
    )  # fmt: skip
    assert len(taken.left_out) == 2 and taken.did["made"] == ["x" * 250]
    assert the_task().notes.startswith("x" * 400)


def test_si31_who_may_not_make_tasks_is_told_for_each(drop: Any, operator: str) -> None:
    ann = operators.add("ANN", "Ann Lee", operator)
    ann.active = False
    operators.save(ann, operator)
    with pytest.raises(Mistake, match="is retired"):
        drop(f"UID:abc\nSUMMARY:Call\n{WALL}", by="ANN")


def test_si31_the_office_of_another_zone_reads_the_same_moment(drop: Any) -> None:
    choose("America/New_York")
    drop("UID:a\nSUMMARY:Call\nDTSTART:20261201T083000Z")
    moment = datetime.combine(the_task().reminder_date, the_task().reminder_time)
    assert moment == datetime(2026, 12, 1, 3, 30)


# ---------------------------------------------------------------- what was said in the notes before


def test_si31_guests_who_are_known_here_are_invited_and_the_others_are_told(drop: Any, operator: str) -> None:
    operators.add("ANN", "Ann Lee", operator)
    mine = preferences.of("ANN", operator)
    mine.email = "ann@office.example"
    preferences.save(mine, operator)
    with work.unit("People", by=operator):
        customer = Customer.create(company="Acme")
        Contact.create(customer=customer.number, last_name="Ray", email="bob@acme.example")
    said = (
        f"UID:a\nSUMMARY:Demo\n{WALL}\nDTEND:20261201T110000\nORGANIZER;CN=Ann:mailto:ann@office.example\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:BOB@acme.example\nATTENDEE;CN=Eve Smith:mailto:eve@else.example"
    )
    drop(said)
    task = the_task()
    assert [one.name for one in making.guests_of(task.number, operator)] == ["Ann Lee", "Ray"]
    assert (task.notes, task.minutes) == ("Guests: Eve Smith <eve@else.example>", 90)
    assert drop(said).sentences() == ["Demo is here already, unchanged."]
    task.in_calendar = True
    tasks.save(task, operator)
    (event,) = events(operator)
    assert [(one.email, one.leads) for one in event.people] == [
        ("ann@office.example", False),
        ("bob@acme.example", False),
    ]
    whole = vobject.readOne(text([event], operator))
    assert [one.value for one in whole.vevent.attendee_list] == ["mailto:ann@office.example", "mailto:bob@acme.example"]
    assert not hasattr(whole, "method"), "what is published has no guests"


def test_si31_one_that_was_moved_out_of_its_series_comes_as_a_task_of_its_own(drop: Any) -> None:
    series = f"UID:a\nSUMMARY:Team\n{WALL}\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20261215T093000"
    moved = "UID:a\nSUMMARY:Team, later\nRECURRENCE-ID:20261208T093000\nDTSTART:20261209T150000"
    off = "UID:a\nSUMMARY:Team\nRECURRENCE-ID:20261201T093000\nDTSTART:20261201T093000\nSTATUS:CANCELLED"
    for _again in range(2):
        drop(series, moved, off)
        held = [(one.action, one.reminder_date, one.repeats) for one in Task.select().order_by(Task.number)]
        assert held == [("Team", date(2026, 12, 22), "FREQ=WEEKLY;COUNT=1"), ("Team, later", date(2026, 12, 9), "")]


def test_si31_a_series_of_ours_comes_back_as_it_went_out(drop: Any, operator: str) -> None:
    for rule, day in (
        ("FREQ=WEEKLY;UNTIL=20261224", DAY),
        ("FREQ=MONTHLY;COUNT=4", date(2026, 12, 31)),
        ("AFTER=14D", DAY),
    ):
        task_of(repeats=rule, day=day, place="Hall; 3", minutes=90, left_out="2026-12-08")
    task_of(day=DAY, at=None, minutes=3 * 1_440)
    out = text(events(operator), operator)
    assert drop.whole(out).sentences() == ["4 are here already, unchanged."]
    longer = out.replace("DURATION:PT1H30M", "DURATION:PT2H").replace("LOCATION:Hall\\; 3", "LOCATION:Roof")
    drop.whole(longer)
    assert {(one.minutes, one.place) for one in Task.select().where(Task.minutes < 1_000)} == {(120, "Roof")}
