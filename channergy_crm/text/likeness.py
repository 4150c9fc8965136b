"""Whether two records look like the same person or company: phone, e-mail, name and company, small slips allowed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import N_
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAME_PHONE, SAME_EMAIL, SAME_NAME = N_("same phone"), N_("same e-mail"), N_("similar name")

# What stands behind a company's name, or in it, and tells nothing about which one it is.
_FORMS = """inc incorporated corp corporation co company llc llp lp ltd limited plc pty gmbh mbh ag kg kgaa ohg ug ev eg
    sa sas sarl srl spa bv nv oy oyj ab as aps asa sl slu sro doo kft zrt"""  # unsaid: looked for
_LITTLE = "the and und et y e de der die das la le les el los of cie"  # unsaid: looked for
LEGAL_FORMS = frozenset(_FORMS.split())
_LITTLE_WORDS = frozenset(_LITTLE.split())
_SINGLE_LETTERS = re.compile(r"\b(\w)\.(?=\w\b)")  # S.A. is SA
_WORD = re.compile(r"[^\W_]+")


class Look(NamedTuple):
    """What a record is known by: full numbers, addresses in small letters, the words of a name, a company's letters."""

    phones: frozenset[str]
    emails: frozenset[str]
    person: tuple[str, ...]
    company: str

    @property
    def says_nothing(self) -> bool:
        """Nothing in it could tell anybody apart."""
        return not any(self)


def person_words(name: str) -> tuple[str, ...]:
    """The words of somebody's name, without case, accents and signs."""
    return tuple(_WORD.findall(fold(name)))


def company_words(name: str) -> tuple[str, ...]:
    """The words of a company's name that tell which one it is: `The Acme Co., Ltd.` is `acme`."""
    words = _WORD.findall(_SINGLE_LETTERS.sub(r"\1", fold(name)))
    return tuple(word for word in words if word not in LEGAL_FORMS and word not in _LITTLE_WORDS) or tuple(words)


def company_letters(name: str) -> str:
    """The letters of a company's name: GTX Pro and GTXPro are one."""
    return "".join(company_words(name))


def email_key(address: str) -> str:
    """An address as it is compared; '' for what is none."""
    plain = fold(address).strip()
    return plain if "@" in plain and not plain.endswith("@") else ""


def reasons(one: Look, other: Look, *, started: bool = False) -> tuple[str, ...]:
    """What speaks for two records being the same, the surest first; nothing when nothing does.

    With `started`, `one` is still being typed: what is empty in it may yet come.
    """
    found = [SAME_PHONE] if one.phones & other.phones else []
    found += [SAME_EMAIL] if one.emails & other.emails else []
    found += [SAME_NAME] if _same_name(one, other, started) else []
    return tuple(found)


def _same_name(one: Look, other: Look, started: bool) -> bool:
    persons, companies = bool(one.person and other.person), bool(one.company and other.company)
    filled_alike = bool(one.person) == bool(other.person) and bool(one.company) == bool(other.company)
    if not (persons or companies) or not (filled_alike or started):
        return False
    if started and ((one.person and not persons) or (one.company and not companies)):
        return False
    return (not companies or same_company(one.company, other.company)) and (
        not persons or same_person(one.person, other.person)
    )


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same words in any order; an initial stands for its name, one side may leave a middle name out."""
    short, long = sorted((tuple(sorted(one)), tuple(sorted(other))), key=len)
    if len(short) == len(long):
        return all(map(_same_word, short, long))
    return len(short) > 1 and all(any(_same_word(word, each) for each in long) for word in short)


def _same_word(one: str, other: str) -> bool:
    if one == other or one[0] != other[0]:
        return one == other
    short, long = (one, other) if len(one) < len(other) else (other, one)
    shortened = len(short) != 2 and long.startswith(short)  # A. and Rob are short for Ann and Robert
    return shortened or _near(one, other)


def same_company(one: str, other: str) -> bool:
    """The same letters but for a small slip; figures count fully, Route 66 is not Route 67."""
    return one == other or (one[0] == other[0] and _near(one, other) and _figures(one) == _figures(other))


def _figures(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _near(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    room = 0 if shorter < 4 else 1 if shorter < 8 else 2
    return abs(len(one) - len(other)) <= room and _distance()(one, other, score_cutoff=room) <= room


@cache
def _distance() -> Callable[..., int]:
    from rapidfuzz.distance import OSA

    count: Callable[..., int] = OSA.distance
    return count


Block = tuple[object, ...]


def blocks(look: Look) -> Iterator[Block]:
    """Where to look for those like this one: two records that look alike share at least one of these.

    A slip spoils the beginning of a name or its end, hardly ever both.
    """
    yield from (("phone", phone) for phone in look.phones)
    yield from (("email", email) for email in look.emails)
    initials = "".join(sorted((look.person[0][0], look.person[-1][0]))) if look.person else ""
    name = look.company or max(look.person, key=len, default="")
    if name:
        yield "name", bool(look.company), initials, name[0], name[:4]
        yield "name", bool(look.company), initials, name[0], None, name[-4:]
