"""Calendar files as ten other programs write them: read into fields, and written back so that an independent library
finds the same in both (SI-31).

The texts were made by hand in the way these programs write them.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from channergy_crm.records import Task
from channergy_crm.services import office as office_settings
from channergy_crm.services import tasks
from channergy_crm.settings import TIME_ZONE
from channergy_crm.transfer.calendars.events import events, text
from channergy_crm.transfer.calendars.taking_in import take_in

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.usefixtures("office", "fixed_clock"), pytest.mark.engines("sqlite")]
BY = "ADMIN"
ZONE = (
    "BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\n"
    "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n"
    "END:VTIMEZONE\n"
)
WINDOWS, EVOLUTION = "W. Europe Standard Time", "/freeassociation.sourceforge.net/Europe/Berlin"
PROGRAMS: dict[str, tuple[str, str, tuple[Any, ...]]] = {
    "google": (
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN\nVERSION:2.0\nCALSCALE:GREGORIAN\nMETHOD:PUBLISH\n"
        "X-WR-CALNAME:Sales\nX-WR-TIMEZONE:Europe/Berlin\n",
        "DTSTART;TZID=Europe/Berlin:20261201T093000\nDTEND;TZID=Europe/Berlin:20261201T103000\n"
        "RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=20261222T225959Z;BYDAY=TU\nEXDATE;TZID=Europe/Berlin:20261208T093000\n"
        "UID:1a2b@google.com\nLOCATION:Hall 3\\, Cologne\nSEQUENCE:2\nSTATUS:CONFIRMED\nSUMMARY:Team\nTRANSP:OPAQUE\n",
        (date(2026, 12, 1), time(9, 30), 60, "Hall 3, Cologne", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261222", "2026-12-08"),
    ),
    "outlook": (
        "PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\nVERSION:2.0\nMETHOD:PUBLISH\n"
        "X-MS-OLK-FORCEINSPECTOROPEN:TRUE\n" + ZONE.format(name=WINDOWS),
        f'CLASS:PUBLIC\nDTSTART;TZID="{WINDOWS}":20261130T140000\nDTEND;TZID="{WINDOWS}":20261130T143000\n'
        "PRIORITY:5\nRRULE:FREQ=DAILY;COUNT=5;INTERVAL=2\nSUMMARY;LANGUAGE=de:Abstimmung\nLOCATION:Büro\n"
        "UID:040000008200E00074C5B7101A82E008\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\n",
        (date(2026, 11, 30), time(14), 30, "Büro", "FREQ=DAILY;INTERVAL=2;COUNT=5", ""),
    ),
    "exchange": (
        "METHOD:REQUEST\nPRODID:Microsoft Exchange Server 2010\nVERSION:2.0\n" + ZONE.format(name=WINDOWS),
        "ORGANIZER;CN=Eve Smith:mailto:eve@else.example\n"
        "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Bob:mailto:bob@acme.example\n"
        f"UID:ex-1\nSUMMARY;LANGUAGE=en-US:Review\nDTSTART;TZID={WINDOWS}:20261202T110000\n"
        f"DTEND;TZID={WINDOWS}:20261202T123000\nLOCATION;LANGUAGE=en-US:Room 12\nSEQUENCE:0\n",
        (date(2026, 12, 2), time(11), 90, "Room 12", "", ""),
    ),
    "apple": (
        "CALSCALE:GREGORIAN\nPRODID:-//Apple Inc.//macOS 15.1//EN\nVERSION:2.0\n",
        "UID:7F3B-44\nDTSTART;TZID=America/New_York:20261203T090000\nDTEND;TZID=America/New_York:20261203T100000\n"
        "RRULE:FREQ=MONTHLY;COUNT=2\nSUMMARY:Call New York\nLOCATION:Broadway 1\\nNew York\nSEQUENCE:1\n"
        'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS=70;X-TITLE="Broadway\n  1":geo:40.7,-74.0\n',
        (date(2026, 12, 3), time(15), 60, "Broadway 1 New York", "FREQ=MONTHLY;COUNT=2", ""),
    ),
    "thunderbird": (
        "PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN\nVERSION:2.0\n",
        "CREATED:20261101T080000Z\nUID:moz-1\nSUMMARY:Standup\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR\n"
        "EXDATE:20261125T080000Z\nEXDATE:20261204T080000Z\nDTSTART;TZID=Europe/Berlin:20261102T090000\n"
        "DTEND;TZID=Europe/Berlin:20261102T091500\nX-MOZ-GENERATION:3\n",
        (date(2026, 11, 23), time(9), 15, "", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-25,2026-12-04"),
    ),
    "nextcloud": (
        "PRODID:-//IDN nextcloud.com//Calendar app 4.7//EN\nCALSCALE:GREGORIAN\nVERSION:2.0\n",
        "UID:nc-1\nDTSTART;VALUE=DATE:20261207\nDTEND;VALUE=DATE:20261210\nSTATUS:CONFIRMED\nSUMMARY:Fair\n"
        "LOCATION:Hanover\n",
        (date(2026, 12, 7), None, 3 * 1_440, "Hanover", "", ""),
    ),
    "korganizer": (
        "PRODID:-//K Desktop Environment//NONSGML libkcal 4.3//EN\nVERSION:2.0\nX-KDE-VERSION:1\n",
        "DTSTAMP:20261101T000000Z\nUID:kde-1\nSUMMARY:Pay the rent\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1\n"
        "DTSTART;VALUE=DATE:20261130\nTRANSP:TRANSPARENT\n",
        (date(2026, 11, 30), None, 0, "", "FREQ=MONTHLY;BYMONTHDAY=-1", ""),
    ),
    "evolution": (
        "PRODID:-//Ximian//NONSGML Evolution Calendar//EN\nVERSION:2.0\nMETHOD:PUBLISH\n" + ZONE.format(name=EVOLUTION),
        f"UID:evo-1\nDTSTART;TZID={EVOLUTION}:20261204T080000\nDURATION:PT2H\nSUMMARY:Training\nCLASS:PUBLIC\n"
        f"RRULE;X-EVOLUTION-ENDDATE=20270108T070000Z:FREQ=WEEKLY;COUNT=6;BYDAY=FR\n",
        (date(2026, 12, 4), time(8), 120, "", "FREQ=WEEKLY;BYDAY=FR;COUNT=6", ""),
    ),
    "fastmail": (
        "PRODID:-//CyrusIMAP.org//Cyrus 3.11//EN\nVERSION:2.0\nCALSCALE:GREGORIAN\n",
        "UID:fm-1\nDTSTART;TZID=Europe/Berlin:20261208T160000\nDURATION:PT45M\nSUMMARY:Board\n"
        "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=3\nLOCATION:https://meet.example/board\n",
        (date(2026, 12, 8), time(16), 45, "https://meet.example/board", "FREQ=MONTHLY;BYDAY=2TU;COUNT=3", ""),
    ),
    "yahoo": (
        "PRODID:-//Yahoo//Calendar//EN\nVERSION:2.0\nMETHOD:PUBLISH\n",
        "UID:ya-1\nSUMMARY:Dentist\nDTSTART:20261215T101500\nDTEND:20261215T110000\nRRULE:FREQ=YEARLY;UNTIL=20271231\n",
        (date(2026, 12, 15), time(10, 15), 45, "", "FREQ=YEARLY;UNTIL=20271231", ""),
    ),
    "booking site": (
        "PRODID:-//Booking//EN\nVERSION:2.0\nMETHOD:REQUEST\n",
        "UID:bk-1\nSUMMARY:Demo\nDTSTART:20261201T130000Z\nDTEND:20261201T133000Z\nURL:https://book.example/1\n"
        "ORGANIZER:MAILTO:us@book.example\n",
        (date(2026, 12, 1), time(14), 30, "", "", ""),
    ),
}  # fmt: skip
BEGINS, ENDS = (datetime(2026, month, day, tzinfo=ZoneInfo("Europe/Berlin")) for month, day in ((11, 23), (12, 31)))


def whole(head: str, event: str) -> str:
    said = f"BEGIN:VCALENDAR\n{head}BEGIN:VEVENT\nDTSTAMP:20261101T000000Z\n{event}END:VEVENT\nEND:VCALENDAR\n"
    return said.replace("DTSTAMP:20261101T000000Z\nDTSTAMP", "DTSTAMP").replace("\n", "\r\n")


def found(said: str) -> list[tuple[str, ...]]:
    """When it takes place, until when, what and where, as another library reads it; without a zone it is Berlin's."""
    berlin = ZoneInfo("Europe/Berlin")

    def moment(held: Any) -> Any:
        return held if not isinstance(held, datetime) else held.replace(tzinfo=held.tzinfo or berlin).astimezone(berlin)

    def told(each: Any) -> tuple[str, ...]:
        place = " ".join(str(each.get("LOCATION", "")).split())
        return str(moment(each["DTSTART"].dt)), str(moment(each.end)), str(each["SUMMARY"]), place

    held = recurring_ical_events.of(icalendar.Calendar.from_ical(said)).between(BEGINS, ENDS)
    return sorted(told(each) for each in held)


@pytest.mark.parametrize("program", PROGRAMS)
def test_si31_what_ten_programs_write_is_read_and_written_back(program: str, tmp_path: Path) -> None:
    head, event, wanted = PROGRAMS[program]
    office_settings.choose(TIME_ZONE, "Europe/Berlin", BY)
    path = tmp_path / "event.ics"
    path.write_bytes(whole(head, event).encode())
    taken = take_in(path, BY)
    (task,) = Task.select()
    held = (task.reminder_date, task.reminder_time, task.minutes or 0, task.place, task.repeats, task.left_out or "")
    assert held == wanted and not taken.remarks and not taken.left_out
    task.in_calendar = True
    tasks.save(task, BY)
    assert found(text(events(BY), BY)) == found(whole(head, event)) != []
    path.write_bytes(text(events(BY), BY).encode())
    assert len(take_in(path, BY).did["same"]) == 1, "and once more it says the same"
