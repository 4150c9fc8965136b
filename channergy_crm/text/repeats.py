"""How often something comes again, as people type it: "every 2 weeks", "last day of month", "14 days after it is done".

A rule is kept as calendars write it (`FREQ=WEEKLY;INTERVAL=2`), or as `AFTER=14D`: so long after it was done (BX-21).
It may end: "every week until 24 Dec 2026", "every day, 5 times" (`text/series.py` counts its days).
"""

from __future__ import annotations

import re
from datetime import date

from channergy_crm.clock import today
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.patterns import pattern
from channergy_crm.text import series
from channergy_crm.text.series import Ends
from channergy_crm.text.written import written_day

UNREADABLE = N_("“{text}” is no turn this can read. Try “every 2 weeks”, “last day of month”, “14 days after done”.")
MOST = 999
LAST_DAY, LAST_WORKDAY = "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
WORKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
TURNS = {
    "FREQ=DAILY": N_("every day"), WORKDAYS: N_("every weekday"), "FREQ=WEEKLY": N_("every week"),
    "FREQ=WEEKLY;INTERVAL=2": N_("every 2 weeks"), "FREQ=MONTHLY": N_("every month"),
    LAST_DAY: N_("last day of the month"), LAST_WORKDAY: N_("last weekday of the month"),
    "FREQ=MONTHLY;INTERVAL=3": N_("every 3 months"), "FREQ=YEARLY": N_("every year"),
    "AFTER=7D": N_("7 days after it is done"), "AFTER=14D": N_("14 days after it is done"),
    "AFTER=30D": N_("30 days after it is done"),
}  # fmt: skip
"""what is offered, in this order; each is read as it is called"""
_SPELT = f"""
FREQ=DAILY: daily, every day, täglich, jeden tag, jeder tag
{WORKDAYS}: every weekday, weekdays, every working day, every workday, werktags, jeden werktag, jeden arbeitstag
FREQ=WEEKLY: weekly, every week, wöchentlich, jede woche
FREQ=WEEKLY;INTERVAL=2: fortnightly, every fortnight, biweekly, every other week, zweiwöchentlich
FREQ=MONTHLY: monthly, every month, monatlich, jeden monat
{LAST_DAY}: last day of month, last day of the month, monthly on the last day, end of month, every end of month
{LAST_DAY}: monatsende, letzter tag des monats, am letzten tag des monats, letzter des monats
{LAST_WORKDAY}: last weekday of month, last weekday of the month, last working day of month
{LAST_WORKDAY}: last working day of the month, letzter werktag des monats, letzter arbeitstag des monats
FREQ=MONTHLY;INTERVAL=3: quarterly, every quarter, vierteljährlich, jedes quartal, quartalsweise
FREQ=YEARLY: yearly, annually, every year, jährlich, jedes jahr
"""  # unsaid: what is typed
_KNOWN = {
    word.strip(): rule
    for rule, _colon, words in (line.partition(": ") for line in _SPELT.strip().splitlines())
    for word in words.split(",")
}
_NAMED = """MO monday montag, TU tuesday dienstag, WE wednesday mittwoch, TH thursday donnerstag, FR friday freitag,
SA saturday samstag sonnabend, SU sunday sonntag"""  # unsaid: what is typed
_NAMES = {name: words.split()[0] for words in _NAMED.split(",") for name in words.split()[1:]}
_UNITS = {
    "day": "D", "days": "D", "d": "D", "tag": "D", "tage": "D", "tagen": "D",
    "week": "W", "weeks": "W", "w": "W", "woche": "W", "wochen": "W",
    "month": "M", "months": "M", "m": "M", "monat": "M", "monate": "M", "monaten": "M",
    "year": "Y", "years": "Y", "y": "Y", "jahr": "Y", "jahre": "Y", "jahren": "Y",
}  # fmt: skip  # unsaid: what is typed
_FREQ = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}
_SAID = "a one ein eine einen einem einer, two other zwei, three drei, four vier, five fünf, six sechs"  # unsaid: typed
_NUMBERS = {word: number for number, words in enumerate(_SAID.split(","), 1) for word in words.split()}
_BY = r"BYMONTHDAY=-?\d\d?(?:,-?\d\d?)*|BYSETPOS=-?\d{1,3}(?:,-?\d{1,3})*"  # unsaid: a rule
_ALWAYS = r"INTERVAL=[1-9]\d{0,2}|BYDAY=[A-Z\d,+-]+|BYMONTH=\d\d?(?:,\d\d?)*|WKST=[A-Z]{2}"  # unsaid: a rule
_RULE = pattern(
    rf"AFTER=[1-9]\d{{0,2}}[DWMY]|FREQ=DAILY(?:;(?:{_ALWAYS}))*|FREQ=(?:WEEKLY|MONTHLY|YEARLY)(?:;(?:{_ALWAYS}|{_BY}))*",
    re.ASCII,
)
"""what is understood: nothing that never comes, and nothing for which every day there will be is looked at"""
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_COUNT = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"
_EVERY = pattern(rf"(?:every|alle|each|jede[nrs]?) (?P<count>{_COUNT})\s?(?P<unit>{_UNIT})")
_ON = pattern(rf"(?:every|each|jede[nrsm]?|weekly on|wöchentlich am) (?P<day>{'|'.join(_NAMES)})s?")
_DONE = r"(?:it is |it's |being )?done|closing|erledigung|erledigt"  # unsaid: what is typed
_AFTER = pattern(
    rf"(?P<count>{_COUNT})\s?(?P<unit>{_UNIT}) (?:after (?:{_DONE})|later|danach|nach (?:{_DONE}))"
    rf"|(?:when )?(?:done|erledigt),?\s?(?:\+|→|then|next|dann|in|next in|nächste in)?\s?(?:in )?"
    rf"(?P<count2>{_COUNT})\s?(?P<unit2>{_UNIT})"
    rf"|(?:next in|in|\+|wieder in) ?(?P<count3>{_COUNT})\s?(?P<unit3>{_UNIT})"
)
_UNTIL_SAID = pattern(r"(?P<turn>.+?),? (?:until|till|up to|ending|ending on|bis|bis zum|endet am) (?P<day>.+)")
_TIMES_SAID = pattern(rf"(?P<turn>.+?),? (?:for )?(?P<count>{_COUNT})(?: ?times?|x| ?mal|-mal)(?: in all| insgesamt)?")
_LAST = ("UNTIL=", "COUNT=")  # unsaid: parts of a rule


def read(text: str) -> str:
    """The rule somebody typed, "" for none. `Mistake` when it cannot be read."""
    words = re.sub(r"\s+", " ", text.strip().lower().rstrip(".,"))
    if not words:
        return ""
    rule = _turn(words) or _ending(words) or _written(text.strip())
    if rule is None or problem(rule):
        raise Mistake(_(UNREADABLE).format(text=text.strip()))
    return rule


def _turn(words: str) -> str | None:
    return _KNOWN.get(words) or _offered(words) or _every(words) or _after(words)


def _ending(words: str) -> str | None:
    """With a day, or after so many."""
    if found := _TIMES_SAID.fullmatch(words):
        ends = Ends(times=_number(found["count"]))
    elif found := _UNTIL_SAID.fullmatch(words):
        ends = Ends(read_until(found["day"]))
    else:
        return None
    rule = _turn(found["turn"])
    return series.joined(rule, ends) if rule and any(ends) else None


def read_until(text: str) -> date | None:
    """The day with which a series ends, as it was typed; None where that is no day."""
    from channergy_crm.text.days import read_date

    try:
        return read_date(text, today())
    except Mistake:
        return None


def _offered(words: str) -> str | None:
    """As it is called in the language in use."""
    return next((rule for rule, called in TURNS.items() if words in (called.lower(), _(called).lower())), None)


def _every(words: str) -> str | None:
    if found := _ON.fullmatch(words):
        return f"FREQ=WEEKLY;BYDAY={_NAMES[found['day']]}"
    found = _EVERY.fullmatch(words)
    if not found or not (count := _number(found["count"])):
        return None
    rule = f"FREQ={_FREQ[_UNITS[found['unit']]]}"
    return rule if count == 1 else f"{rule};INTERVAL={count}"


def _after(words: str) -> str | None:
    found = _AFTER.fullmatch(words)
    if not found:
        return None
    count, unit = next((found[f"count{end}"], found[f"unit{end}"]) for end in ("", "2", "3") if found[f"count{end}"])
    number = _number(count)
    return f"AFTER={number}{_UNITS[unit]}" if number else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _written(text: str) -> str | None:
    """A rule as calendars write it; when it ends stands last."""
    parts = text.upper().removeprefix("RRULE:").split(";")
    ends = [part[:14] if part.startswith("UNTIL=") else part for part in parts if part.startswith(_LAST)]
    rule = ";".join([part for part in parts if not part.startswith(_LAST)] + ends)
    return rule or None


def problem(rule: str) -> str | None:
    """A sentence when this is no rule, else None."""
    if not rule:
        return None
    try:
        plain, ends = series.apart(rule)
        begun = date(2026, 1, 1)
        known = _RULE.fullmatch(plain) and (series.is_by_rule(plain) or not any(ends))
        if not known or series.next_day(plain, begun, begun) > series.LATEST:
            raise ValueError(rule)
    except (ValueError, KeyError, TypeError, AttributeError):
        return _(UNREADABLE).format(text=rule)
    return None


def words(rule: str, *, translated: bool = True) -> str:
    """The rule as people say it; `read` reads it again. What has no words of its own stands as calendars write it."""
    plain, ends = series.apart(rule)
    said = _said(plain, translated=translated)
    if not any(ends) or said == plain:
        return said if said != plain else rule
    if ends.until is not None:
        day = written_day(ends.until) if translated else ends.until.isoformat()
        return (_(_UNTIL) if translated else _UNTIL).format(turn=said, day=day)
    form = _TIMES[ends.times != 1]
    return (_(form) if translated else form).format(turn=said, count=ends.times)


def offered() -> list[str]:
    """What is offered, in words: the usual turns, and how one that ends is typed."""
    ending = (series.joined("FREQ=WEEKLY", Ends(date(today().year, 12, 31))), "FREQ=DAILY;COUNT=5")
    return [_(turn) for turn in TURNS.values()] + [words(rule) for rule in ending]


def _said(rule: str, *, translated: bool) -> str:
    say = _ if translated else str
    if rule in TURNS:
        return say(TURNS[rule])
    if found := re.fullmatch(r"AFTER=(\d+)([DWMY])", rule):
        return _counted(rule, found, _AFTER_WORDS, translated=translated)
    if found := re.fullmatch(r"FREQ=(\w+);INTERVAL=(\d+)", rule):
        return _counted(rule, found, _EVERY_WORDS, translated=translated)
    if found := re.fullmatch(r"FREQ=WEEKLY;BYDAY=(\w\w)", rule):
        return say(_ON_WORDS[found[1]])
    return rule


_UNTIL = N_("{turn} until {day}")
_TIMES = (N_("{turn}, {count} time"), N_("{turn}, {count} times"))
_EVERY_WORDS = {
    "DAILY": (N_("every {count} day"), N_("every {count} days")),
    "WEEKLY": (N_("every {count} week"), N_("every {count} weeks")),
    "MONTHLY": (N_("every {count} month"), N_("every {count} months")),
    "YEARLY": (N_("every {count} year"), N_("every {count} years")),
}
_AFTER_WORDS = {
    "D": (N_("{count} day after it is done"), N_("{count} days after it is done")),
    "W": (N_("{count} week after it is done"), N_("{count} weeks after it is done")),
    "M": (N_("{count} month after it is done"), N_("{count} months after it is done")),
    "Y": (N_("{count} year after it is done"), N_("{count} years after it is done")),
}
_ON_WORDS = {
    "MO": N_("every Monday"), "TU": N_("every Tuesday"), "WE": N_("every Wednesday"), "TH": N_("every Thursday"),
    "FR": N_("every Friday"), "SA": N_("every Saturday"), "SU": N_("every Sunday"),
}  # fmt: skip


def _counted(rule: str, found: re.Match[str], said: dict[str, tuple[str, str]], *, translated: bool) -> str:
    first, second = found[1], found[2]
    unit, count = (second, int(first)) if first.isdigit() else (first, int(second))
    if unit not in said:
        return rule
    singular, plural = said[unit]
    form = singular if count == 1 else plural
    return (_(form) if translated else form).format(count=count)
