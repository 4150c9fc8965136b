"""Cells on their way into a field: checked, several of them apart, what a spreadsheet dropped put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from channergy_crm.errors import Mistake
from channergy_crm.fields.multi_lookup import together
from channergy_crm.records import lookups
from channergy_crm.text import vocabulary
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from channergy_crm.fields import Kind

V = TypeVar("V")

# Where a ZIP code can begin with a zero that a spreadsheet has dropped.
STATES_WITH_ZERO = {
    "ct", "ma", "me", "nh", "nj", "ri", "vt", "pr", "vi", "ae", "connecticut", "massachusetts", "maine",
    "new hampshire", "new jersey", "rhode island", "vermont", "puerto rico",  # unsaid: stands in files
}  # fmt: skip
UNITED_STATES = {"", "us", "usa", "u.s.", "u.s.a.", "united states", "united states of america"}  # unsaid: the same


def checked(kind: Kind[object], value: V) -> V:
    """The value, if it may be saved; `Mistake` says why not."""
    if (sentence := kind.check(value)) and value not in (None, ""):
        raise Mistake(sentence, kind.name)
    return value


def several(kind: Any, text: str, take: Callable[[str], object]) -> str:
    """Several values out of one cell; with commas between them only when the list knows every one."""
    spellings = kind.spellings(lookups.choices)
    parts = kind.parts(kind.read(text))
    by_comma = text.split(",")
    if fold(text) in spellings:
        parts = [text]
    elif len(parts) == 1 and all(fold(part.strip()) in spellings for part in by_comma):
        parts = by_comma
    return together(part for one in parts for part in kind.parts(take(one.strip())))


def with_zero(values: Mapping[str, object]) -> str:
    """A ZIP code with the zero a spreadsheet dropped: 8014 in New Jersey is 08014."""
    code = str(values["postal_code"])
    country, state = (str(values.get(name, "")) for name in ("country", "state"))
    digits, dash, rest = code.partition("-")
    at_home = fold(country) in UNITED_STATES and fold(state) in STATES_WITH_ZERO
    lost = at_home and digits.isdigit() and 3 <= len(digits) <= 4
    return f"{digits:0>5}{dash}{rest}" if lost else code


def meant(text: str, spellings: Mapping[str, str]) -> str:
    """The value of the list that is written like this, or called like this in another language: Hoch is High."""
    if (plain := fold(text)) in spellings:
        return spellings[plain]
    found = {spellings[word] for word in vocabulary.same(text) if word in spellings}
    return found.pop() if len(found) == 1 else text
