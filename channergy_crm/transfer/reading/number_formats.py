"""What a spreadsheet shows for the number in a cell: 1 as 100%, 2138 as 02138, 45356 as a day in March."""

from __future__ import annotations

import operator
import re
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

GENERAL = "General"  # unsaid: a format of spreadsheets
DAY, CLOCK = "yyyy-mm-dd", "h:mm:ss"
BUILT_IN = {
    9: "0%", 10: "0.00%", 14: DAY, 15: DAY, 16: DAY, 17: DAY, 18: CLOCK, 19: CLOCK, 20: CLOCK, 21: CLOCK,
    22: f"{DAY} {CLOCK}", 45: CLOCK, 46: "[h]:mm:ss", 47: CLOCK,
}  # fmt: skip
BUILT_IN |= dict.fromkeys([*range(27, 32), 36, *range(50, 59)], DAY)  # days in East Asian writing
BUILT_IN |= dict.fromkeys([32, 33, 34, 35], CLOCK)  # times in East Asian writing
MOST_SHAPED = 1e15  # spreadsheets keep 15 digits
LAST_DAY = 2_958_466  # one more than 9999-12-31
FIRST_DAYS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}

_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*);?')
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*](.)|\[([^\]]*)\]|([0#?])|(.)', re.S)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.I)
_COMPARED = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_OF_AMOUNTS = frozenset(".,Ee@")  # what makes a format one of amounts: those are read as the number they are
_CURRENCY = re.compile(r"\s*(?:[$€£¥₹₽₩₺¤]|[A-Z]{2,3}\$?|Kč|zł|kr\.?|Fr\.?)?\s*")


class Form(NamedTuple):
    """How one format shows numbers: as a day, as itself (`plain`), or in a shape of its own."""

    show: Callable[[float], str]
    day: bool = False
    plain: bool = False


class _Section(NamedTuple):
    """One of the parts of a format between semicolons: pairs of what it is (“0”, a literal, a sign) and its text."""

    tokens: list[tuple[str, str]]
    condition: tuple[str, float] | None
    elapsed: str

    @property
    def signs(self) -> str:
        """What stands in it outside quotation marks, digits and literals left out."""
        return "".join(text for what, text in self.tokens if what == "sign")

    @property
    def decimals(self) -> int:
        """How many digits it shows behind the decimal sign."""
        shown = "".join(text for what, text in self.tokens if what in ("digit", "sign"))
        return len(re.findall("[0#?]", shown.partition(".")[2]))

    @property
    def literal(self) -> str:
        """What it shows beside digits."""
        return "".join(text for what, text in self.tokens if what != "digit")


def form(code: str, *, from_1904: bool = False) -> Form:
    """What shows numbers the way a cell of this format does."""
    if not code or code == GENERAL or code == "@":
        return Form(figure, plain=True)
    sections = [_section(part) for part in _SECTION.findall(code)[:4] if part or ";" in code]
    first = sections[0] if sections else _Section([], None, "")
    if first.elapsed:
        return Form(_elapsed)
    digits = {text for what, text in first.tokens if what == "digit"}
    if re.search("[dmhysDMHYS]", first.signs) and digits <= {"0"}:  # 0: parts of a second
        clock = bool(re.search("[hsHS]", first.signs))
        days = bool(re.search("[dyDY]", first.signs)) or not clock
        return Form(partial(moment, clock=clock, days=days, from_1904=from_1904), day=days)
    if not any(map(_shapes, sections)):
        return Form(figure, plain=True)
    return Form(partial(_shaped, sections))


def figure(number: float) -> str:
    """A number as it is typed: 5125550101 and 0.125, never 1.0 or 5e9, and never like a group of thousands."""
    if isinstance(number, int) or (abs(number) < 1e300 and number == int(number)):
        return str(int(number))
    text = f"{number:.10f}".rstrip("0")
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def moment(serial: float, *, clock: bool, days: bool = True, from_1904: bool = False) -> str:
    """The day, the time or both that a spreadsheet counts as this number."""
    if not 0 <= serial < LAST_DAY - 1462 * from_1904:
        return figure(serial)
    if serial == 0 and days:
        return ""  # a 0 that somebody left where a day should stand
    if serial < 1:
        at = (datetime.min + timedelta(seconds=round(serial * 86400))).time()
        return at.strftime("%H:%M:%S" if at.second else "%H:%M")
    if serial < 61 and not from_1904:
        serial += 1  # spreadsheets count a 29 February 1900
    found = FIRST_DAYS[from_1904] + timedelta(seconds=round(serial * 86400))
    if not clock or found.time() == time():
        return found.date().isoformat()
    return found.isoformat(" ")


def _elapsed(serial: float) -> str:
    seconds = round(abs(serial) * 86400)
    hours, rest = divmod(seconds, 3600)
    text = f"{'-' if serial < 0 else ''}{hours}:{rest // 60:02}"
    return f"{text}:{rest % 60:02}" if rest % 60 else text


def _section(text: str) -> _Section:
    tokens: list[tuple[str, str]] = []
    condition, elapsed = None, ""
    for quoted, escaped, _space, bracket, digit, sign in _TOKEN.findall(text):
        if bracket:
            found = _CONDITION.fullmatch(bracket)
            if found:
                condition = found[1], float(found[2])
            elif _ELAPSED.fullmatch(bracket):
                elapsed = bracket
            elif bracket.startswith("$"):
                tokens.append(("money", bracket[1:].partition("-")[0]))
        elif digit:
            tokens.append(("digit", digit))
        elif quoted or escaped:
            tokens.append(("text", quoted or escaped))
        elif sign and sign != '"':
            tokens.append(("sign", sign))
    return _Section(tokens, condition, elapsed)


def _shapes(section: _Section) -> bool:
    """Whether it shows something else than the bare number with its decimals, thousands and currency."""
    if "%" in section.signs:
        return True
    if not any(what == "digit" for what, _text in section.tokens):
        return bool(section.literal.strip()) and GENERAL not in section.literal
    if not _OF_AMOUNTS.isdisjoint(section.signs):
        return False
    places = [place for place, (what, _text) in enumerate(section.tokens) if what == "digit"]
    mask = "".join(text if what == "digit" else "/" if text.strip() else " " for what, text in section.tokens)
    if "# ##0" in mask or ("/" in section.signs and re.search(r"\?/|/\?|#/", mask)):
        return False  # blanks between thousands, and fractions
    inside = places[-1] - places[0] + 1 > len(places)
    before = "".join(text for _what, text in section.tokens[: places[0]])
    return inside or mask.count("0") > 1 or not _CURRENCY.fullmatch(before)


def _chosen(sections: list[_Section], number: float) -> _Section | None:
    """The part of a format that shows this number; None where the bare number is as good."""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _COMPARED[section.condition[0]](number, section.condition[1]):
                return section
        return None
    if number == 0 and len(sections) > 2:
        return sections[2]
    return sections[1] if number < 0 and len(sections) > 1 else sections[0]


def _shaped(sections: list[_Section], number: float) -> str:
    section = _chosen(sections, number)
    if section is None or abs(number) >= MOST_SHAPED or not _shapes(section):
        return figure(number)
    if "%" in section.signs:
        places = Decimal(1).scaleb(-section.decimals)
        return f"{figure(float((Decimal(str(number)) * 100).quantize(places, ROUND_HALF_UP)))}%"
    if not any(what == "digit" for what, _text in section.tokens):
        return section.literal.strip()
    if number < 0:
        return figure(number)
    return _masked(section.tokens, str(Decimal(number).quantize(Decimal(1), ROUND_HALF_UP)))


def _masked(tokens: list[tuple[str, str]], digits: str) -> str:
    """The digits in the places the format has for them, from the last one on; the first place takes what is left."""
    left = list(digits.lstrip("0"))
    places = sum(what == "digit" for what, _text in tokens)
    shown: list[str] = []
    for what, text in reversed(tokens):
        if what != "digit":
            shown.append(text)
            continue
        places -= 1
        if not places:
            shown.append("".join(left) or text.replace("#", "").replace("?", ""))
        else:
            shown.append(left.pop() if left else "0" if text == "0" else "")
    return "".join(reversed(shown)).replace("()", "").strip()
