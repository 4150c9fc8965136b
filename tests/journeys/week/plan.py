"""Who works in the office, and who does what on which day: as data, dealt out with a fixed seed."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

MONDAY = date(2026, 11, 23)
DAYS = [MONDAY + timedelta(days=days) for days in range(5)]
LEADER, OPERATOR, NEWCOMER, READER, ADMINISTRATOR = "Team leader", "Operator", "Newcomer", "Reader", ""
PEOPLE = {
    "ADMIN": ADMINISTRATOR, "ANN": LEADER, "BEN": OPERATOR, "CARLA": OPERATOR, "DEV": OPERATOR, "EMIL": LEADER,
    "FAY": OPERATOR, "GUS": NEWCOMER, "HANA": OPERATOR, "IVO": READER,
}  # fmt: skip
"""the ten of the office and their roles"""

LOOKING = ("see_home", "find_somebody", "reckon", "look_at_the_clock", "turn_the_pages", "print_a_list")
WORKING = (
    "call_a_lead", "put_a_lead_off", "do_what_is_due", "enter_a_lead", "enter_an_account", "enter_a_contact",
    "convert_a_lead", "move_a_deal", "meet_with_guests", "meet_every_week", "write_a_note", "note_from_anywhere",
    "keep_a_document", "tag_marked_leads", "mail_marked_leads", "write_a_template", "mail_a_template", "think_better",
)  # fmt: skip
SUPERVISING = ("export_a_list", "look_at_figures")
MAY: dict[str, tuple[str, ...]] = {
    READER: LOOKING, NEWCOMER: LOOKING + WORKING, OPERATOR: LOOKING + WORKING,
    LEADER: LOOKING + WORKING + SUPERVISING, ADMINISTRATOR: LOOKING + WORKING + SUPERVISING,
}  # fmt: skip
CAN = {deed: sum(deed in MAY[role] for role in PEOPLE.values()) for deeds in MAY.values() for deed in deeds}
"""of each deed, how many of the ten may do it"""


class Visit(NamedTuple):
    """Somebody signs in at that time and does this."""

    at: datetime
    by: str
    deeds: tuple[str, ...]


def week(visits_a_day: int, deeds_a_visit: int, seed: int = 14) -> list[list[Visit]]:
    """The days of the week. Whoever comes does first what was done least by now and few may do: all of it is done."""
    dice, done = random.Random(seed), Counter[str]()
    turns = [by for _turn in range(len(DAYS) * visits_a_day) for by in PEOPLE]
    days = []
    for day in DAYS:
        visits = []
        for place in range(visits_a_day):
            by = turns.pop(0)
            deeds = []
            for _deed in range(deeds_a_visit):
                may = MAY[PEOPLE[by]]
                first = min((done[deed], CAN[deed]) for deed in may)
                deeds.append(dice.choice([deed for deed in may if (done[deed], CAN[deed]) == first]))
                done[deeds[-1]] += 1
            at = datetime.combine(day, time(8)) + timedelta(minutes=60 * place)
            visits.append(Visit(at, by, tuple(deeds)))
        days.append(visits)
    return days
