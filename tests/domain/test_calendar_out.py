"""Reminders in calendars of other programs: what goes out, when it rings, how it is known again (SI-31).

What is written is read back by other libraries than the one that writes it.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil import rrule

from channergy_crm import clock, commands, work
from channergy_crm.errors import Surroundings
from channergy_crm.records import Account, Lead, Task
from channergy_crm.services import (
    accounts,
    bulk_changes,
    conversion,
    leads,
    office,
    operators,
    preferences,
    reminders,
    saving,
    tasks,
)
from channergy_crm.services.calendar import making
from channergy_crm.settings import DAY_BEGINS, OFFICE_ID, TIME_ZONE, Station, home
from channergy_crm.store import database
from channergy_crm.transfer.calendars import feed, hand_over
from channergy_crm.transfer.calendars.events import events, text
from channergy_crm.transfer.calendars.writing import unstamped

if TYPE_CHECKING:
    from pathlib import Path
from tests.house import ROOT

pytestmark = pytest.mark.usefixtures("fixed_clock")
DAY = date(2026, 12, 1)
UMLAUTS = "Rückruf wegen Öfen; 3 Stück, 20 % \\ und noch viel mehr, damit die Zeile gefaltet wird: äöüß 漢字"


@pytest.fixture(autouse=True)
def berlin(office: object, operator: str) -> None:
    choose(TIME_ZONE, "Europe/Berlin")


def choose(setting: Any, value: str) -> None:
    office.choose(setting, value, "ADMIN")


def task_of(owner: str = "ADMIN", action: str = "Ring", day: date | None = DAY, at: time | None = time(9, 30), **more):
    task = accounts.start_task(owner, account=more.pop("account", None))
    task.action, task.reminder_date, task.reminder_time, task.in_calendar = action, day, at, True
    for name, value in more.items():
        setattr(task, name, value)
    return tasks.save(task, owner)


def lead_of(owner: str = "ADMIN", **more):
    known = {"description": "x", "first_name": "Ann", "last_name": "Lee", "company": "Acme", "phone": "504-621-8927",
             "reminder_date": DAY, "reminder_time": time(15), "in_calendar": True, "owner": owner, **more}  # fmt: skip
    return leads.create(known, owner)


def in_file(owner: str = "ADMIN") -> list[Any]:
    """The events of an operator, read by another library."""
    return list(vobject.readOne(text(events(owner), owner)).contents.get("vevent", []))


# ---------------------------------------------------------------- what stands there


def test_si31_a_task_goes_out_with_its_day_its_words_and_an_alarm_at_its_minute(office: Any, operator: str) -> None:
    with work.unit("Account", by=operator):
        account = Account.create(name="Müller & Söhne", phone="504-621-8927", owner=operator)
    task = task_of(action=UMLAUTS, account=account, notes="First line\nand, the second; one")
    said = text(events(operator), operator)
    assert all(len(line.encode()) <= 75 for line in said.split("\r\n"))
    (event,) = in_file()
    assert event.summary.value == f"{UMLAUTS} · Müller & Söhne"
    assert event.description.value == "Müller & Söhne · 504-621-8927\n\nFirst line\nand, the second; one"
    assert event.uid.value == f"CustServ-{task.number}@{feed_id()}"
    assert event.dtstart.value.replace(tzinfo=None) == datetime(2026, 12, 1, 9, 30)
    assert event.dtstart.value.astimezone(UTC) == datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    assert (event.valarm.action.value, event.valarm.trigger.value) == ("DISPLAY", timedelta())


def test_si31_guests_go_out_as_attendees_with_their_answers_and_whose_it_is_as_the_organizer(operator: str) -> None:
    operators.add("ANN", "Ann Lee", "ADMIN")
    operators.add("BEN", "Ben Ray", "ADMIN")
    for id in (operator, "ANN", "BEN"):
        mine = preferences.of(id, "ADMIN")
        mine.email = f"{id.lower()}@office.example"
        preferences.save(mine, "ADMIN")
    task = task_of()
    making.set_guests(task.number, [making.Person("Operators", "ANN"), making.Person("Operators", "BEN")], operator)
    making.answer(task.number, "no", "BEN")
    (event,) = in_file()
    assert event.organizer.value == f"mailto:{operator.lower()}@office.example"
    assert [(each.value, each.params["PARTSTAT"]) for each in event.contents["attendee"]] == [
        ("mailto:ann@office.example", ["NEEDS-ACTION"]), ("mailto:ben@office.example", ["DECLINED"]),
    ]  # fmt: skip
    making.answer(task.number, "yes", "ANN")
    assert in_file()[0].contents["attendee"][0].params["PARTSTAT"] == ["ACCEPTED"]


def feed_id() -> str:
    return office.get(OFFICE_ID, "ADMIN")


def test_si31_the_reminder_of_a_lead_says_who_and_which_number(operator: str) -> None:
    lead = lead_of()
    (event,) = in_file()
    assert event.summary.value == "Call Ann Lee" and "Acme · 504-621-8927" in event.description.value
    assert event.uid.value.startswith(f"CRMLeads-{lead.number}@")


def test_si31_a_day_without_a_time_is_all_day_and_rings_when_the_working_day_begins(operator: str) -> None:
    choose(DAY_BEGINS, "08:15")
    task_of(at=None)
    (event,) = in_file()
    assert event.dtstart.value == DAY
    assert event.valarm.trigger.value == timedelta(hours=8, minutes=15)


def test_si31_bx31_in_the_file_stand_ones_own_open_reminders_with_the_box(operator: str) -> None:
    operators.add("ANN", "Ann Lee", operator)
    mine = task_of()
    task_of("ANN")
    task_of(in_calendar=False)
    task_of(day=None, at=None)
    task_of(closed=True)
    gone = lead_of()
    leads.remove(gone.number, operator)
    assert [event.uid.partition("@")[0] for event in events(operator)] == [f"CustServ-{mine.number}"]
    tasks.close([mine.number], operator)
    assert events(operator) == []


def test_si31_every_change_counts_up_and_the_name_stays(operator: str) -> None:
    task = task_of()
    seen = [events(operator)[0]]
    task.action = "Ring again"
    tasks.save(task, operator)
    seen.append(events(operator)[0])
    reminders.snooze(Task, [task.number], date(2026, 12, 3), operator)
    seen.append(events(operator)[0])
    saving.undo_latest(operator)
    seen.append(events(operator)[0])
    bulk_changes.set_field(Task, [task.number], "priority", "High", operator)
    seen.append(events(operator)[0])
    numbers = [event.sequence for event in seen]
    assert numbers == sorted(set(numbers)) and numbers[0] == 0
    assert len({event.uid for event in seen}) == 1 and seen[3].day == DAY


def test_si31_what_comes_again_keeps_its_hour_across_the_change(operator: str) -> None:
    task_of(day=date(2026, 10, 19), at=time(9, 30), repeats="FREQ=WEEKLY")
    (event,) = in_file()
    turns = list(event.getrruleset(addRDate=True)[:3])
    assert [turn.replace(tzinfo=None) for turn in turns] == [datetime(2026, 10, day, 9, 30) for day in (19, 26)] + [
        datetime(2026, 11, 2, 9, 30)
    ]
    again = rrule.rrulestr(event.rrule.value, dtstart=event.dtstart.value.replace(tzinfo=ZoneInfo("Europe/Berlin")))
    assert [turn.astimezone(UTC).hour for turn in again[:2]] == [7, 8]


# ---------------------------------------------------------------- the file that is kept up to date


def keeper_in(folder: Path, here: Any) -> feed.Keeper:
    station = Station()
    station.set(feed.folder_of(here, "ADMIN"), str(folder))
    return feed.Keeper(here, station)


def test_si31_the_file_is_written_whole_and_only_where_it_says_something_else(
    office: Any, operator: str, tmp_path: Path
) -> None:
    folder = tmp_path / "cloud"
    keeper = keeper_in(folder, office)
    task = task_of()
    path = keeper.keep(operator)
    assert path is not None and path.parent == folder and path.suffix == ".ics"
    assert [each.name for each in folder.iterdir()] == [path.name]
    before = path.read_bytes()
    assert b"\r\n" in before and b"\r\r" not in before
    with clock.fixed(datetime(2026, 11, 24, 8)):
        assert keeper.keep(operator) is None and feed.Keeper(office, Station()).keep(operator) is None
        assert path.read_bytes() == before
        reminders.snooze(Task, [task.number], date(2026, 12, 9), operator)
        assert keeper.keep(operator) == path
    assert b"20261209T093000" in path.read_bytes()
    path.unlink()
    assert keeper.keep(operator) == path and path.exists()


def test_si31_nobody_who_wants_none_gets_a_file(office: Any, operator: str, tmp_path: Path) -> None:
    keeper = feed.Keeper(office, Station())
    assert not keeper.is_wanted(operator) and keeper.keep(operator) is None
    assert keeper_in(tmp_path, office).is_wanted(operator) and not keeper.is_wanted("ANN")


def test_si31_a_folder_that_cannot_be_written_is_told(office: Any, operator: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Surroundings, match="calendar file .* cannot be written"):
        keeper_in(tmp_path / "file", office).keep(operator)


def test_si31_all_files_are_written_anew_at_once_when_somebody_is_forgotten(
    office: Any, operator: str, tmp_path: Path
) -> None:
    keeper = keeper_in(tmp_path, office)
    lead = lead_of(last_name="Forgotten")
    path = keeper.keep(operator)
    handed = hand_over.handed(latest(), operator)
    assert path is not None and "Forgotten" in path.read_text("utf-8")
    assert handed is not None and handed.exists()
    lead.last_name = ""
    saving.save(lead, operator)
    assert feed.rewrite(office, Station()) == [path]
    assert "Forgotten" not in path.read_text("utf-8") and not handed.exists()


def test_si31_the_file_of_somebody_who_has_left_goes(office: Any, operator: str, tmp_path: Path) -> None:
    ann = operators.add("ANN", "Ann Lee", operator)
    Station().set(feed.folder_of(office, "ANN"), str(tmp_path))
    (path,) = feed.rewrite(office, Station())
    ann.active = False
    operators.save(ann, operator)
    assert path.exists() and feed.rewrite(office, Station()) == [] and not path.exists()


# ---------------------------------------------------------------- handed over once


def latest() -> int:
    return int(work.UnitRow.select().order_by(work.UnitRow.number.desc()).first().number)


def test_si31_a_new_event_is_handed_over_once(operator: str) -> None:
    task = task_of(action="Ring Bob / Ray")
    path = hand_over.handed(latest(), operator)
    assert path is not None and path.parent == home() / "calendar" and path.name == "Ring_Bob___Ray.ics"
    assert vobject.readOne(path.read_text("utf-8")).vevent.summary.value == "Ring Bob / Ray"
    reminders.snooze(Task, [task.number], date(2026, 12, 9), operator)
    assert hand_over.handed(latest(), operator) is None
    task_of(in_calendar=False)
    assert hand_over.handed(latest(), operator) is None


def test_si31_ticking_the_box_or_giving_the_day_hands_it_over_and_undo_does_not(operator: str) -> None:
    task = task_of(day=None, at=None)
    assert hand_over.new_in(latest(), operator) == []
    task.reminder_date = DAY
    tasks.save(task, operator)
    assert hand_over.new_in(latest(), operator) == [task]
    saving.undo_latest(operator)
    saving.redo_latest(operator)
    assert hand_over.new_in(latest(), operator) == []


def test_si31_a_lead_that_gets_another_reminder_is_not_opened_in_a_program_again(operator: str) -> None:
    """Whoever calls through a queue is not taken out of it."""
    lead = lead_of()
    assert hand_over.new_in(latest(), operator) == [lead]
    reminders.close_lead(lead.number, operator)
    assert events(operator) == []
    again = leads_again(lead.number)
    assert hand_over.new_in(latest(), operator) == [] and [event.day for event in events(operator)] == [DAY]
    again.in_calendar = False
    saving.save(again, operator)
    again.in_calendar = True
    saving.save(again, operator)
    assert hand_over.new_in(latest(), operator) == [again], "who ticks the box means it"


def leads_again(number: int) -> Lead:
    held = Lead.get_by_id(number)
    held.reminder_date = DAY
    return saving.save(held, "ADMIN")


def test_si31_what_goes_on_with_another_reminder_is_not_handed_over_again(operator: str) -> None:
    """The next one of a task that comes again stands in the file, and so does the task of a lead that is converted."""
    task = task_of(repeats="FREQ=WEEKLY")
    tasks.close([task.number], operator)
    assert hand_over.new_in(latest(), operator) == []
    assert [event.day for event in events(operator)] == [date(2026, 12, 8)]
    conversion.convert(lead_of().number, operator)
    assert hand_over.new_in(latest(), operator) == []
    assert len(events(operator)) == 2


# ---------------------------------------------------------------- the command


def test_si31_the_command_writes_the_file(
    office: Any, operator: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def typed(*arguments: object) -> int:
        try:
            return commands.run(["--database", office.url, *map(str, arguments)], lambda url, who: 9)
        finally:
            database.proxy.initialize(office.database)

    task_of(), lead_of()
    path = tmp_path / "of admin.ics"
    assert typed("calendar", "ADMIN", path) == 0
    assert capsys.readouterr().out == f"2 events written to {path}.\n"
    assert len(vobject.readOne(path.read_text("utf-8")).vevent_list) == 2
    assert unstamped(path.read_text("utf-8")).count("DTSTAMP") == 0
    assert typed("calendar", "NOBODY", path) == 1
    assert "There is no operator NOBODY" in capsys.readouterr().err


@pytest.mark.engines("sqlite")
def test_si31_the_command_in_a_process_of_its_own(office: Any, operator: str, tmp_path: Path) -> None:
    task_of()
    path = tmp_path / "feed.ics"
    line = [sys.executable, str(ROOT / "main.py"), "calendar", operator, str(path), "--database", office.url]
    done = subprocess.run(line, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"1 event written to {path}.\n")
    assert vobject.readOne(path.read_text("utf-8")).vevent.summary.value == "Ring"
