"""How the names of people and companies are put together, and taken apart again."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from channergy_crm.text.folding import fold

# What stands before a name and is none.
_CALLED = """
mr mrs ms miss mister messrs mx madam sir dame lady herr herrn frau fraulein hr fr mme mlle monsieur madame
mademoiselle senor senora senorita sr sra srta signor signora signorina sig sigra sigr dhr mevr mw pan pani sn sru
"""  # unsaid: stand before names
_LEARNED = """
dr drs dra drin prof profa professor doctor doktor docteur dott dottssa dottore ing ir dipling diplkfm drmed drphil
drrernat driur drjur dring drhc mag lic rev reverend hon capt col gen lt maj sgt rabbi pastor pfarrer
"""  # unsaid: the same
_AFTER_DOCTOR_WORDS = """
med phil rer nat jur iur ing habil hc h c dent vet oec pol univ mult theol
"""  # unsaid: stand before and behind names
_AFTER_DOCTOR = frozenset(_AFTER_DOCTOR_WORDS.split())
_WITH_A_DOT_WORDS = """
fr sr hr ing ir mag lic rev hon capt col gen lt maj sgt sig sn mw pan mag drs
"""  # unsaid: stand before and behind names
_WITH_A_DOT = frozenset(_WITH_A_DOT_WORDS.split())
"""short ones that are first names or letters of somebody without their full stop"""
# What stands behind a name: which of a family, and what somebody has learned.
_OF_A_FAMILY_WORDS = """
jr sr junior senior jun sen ii iii iv 2nd 3rd 4th filho neto fils
"""  # unsaid: stand before and behind names
_OF_A_FAMILY = frozenset(_OF_A_FAMILY_WORDS.split())
_DEGREES = """
phd md dds dmd dvm esq esquire mba emba cpa cfa cfp llm llb jd msc bsc meng beng mphil dphil edd psyd pharmd rn lpn np
pmp obe mbe cbe kbe qc kc frcs cissp csc aia faia pe ra ret mscedi mmed dipling diplkfm dba scd lcsw
"""  # unsaid: the same
_BEHIND_A_COMMA_WORDS = """
ma ba ms bs do ed od pa sc bed ing mag drs dr prof v vi
"""  # unsaid: stand before and behind names
_BEHIND_A_COMMA = frozenset(_BEHIND_A_COMMA_WORDS.split())
_PREFIXES = frozenset((_CALLED + _LEARNED).split())
_SALUTATIONS = frozenset(_CALLED.split())
_SUFFIXES = frozenset(_DEGREES.split())
# Small words that belong to the last name, also where they are written with a capital.
_PARTICLES_WORDS = """
von van vom zu zum zur de del della dello degli delle dei di da dal das dos do du la le los las lo der den des
ter ten te tot op 't 's el al bin ibn bint binti ben abu af av st st. saint san santa santo mac mc ap fitz auf
und o'
"""  # unsaid: stand in names
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
_SMALL_ONLY_WORDS = """
und do te tot op al el ben abu san santa santo ap fitz auf lo o' das den ten
"""  # unsaid: stand before and behind names
_SMALL_ONLY = frozenset(_SMALL_ONLY_WORDS.split())
"""these are names of their own when they have a capital"""
_JOINING = frozenset(("y", "e", "i"))
_AND = ("and", "&", "und", "et", "y")


class PersonName(NamedTuple):
    """A person's name taken apart. What is no name stands beside it: `title` is Dr. or PhD, `greeting` is Mr. or Herr,
    `beside` is what stood in brackets or behind another comma.
    """

    first: str = ""
    last: str = ""
    title: str = ""
    greeting: str = ""
    beside: str = ""


def person_name(first: str, last: str) -> str:
    """First and last name, whichever there is."""
    first, last = (first or "").strip(), (last or "").strip()
    return f"{first} {last}" if first and last else first or last


def account_name(company: str, first: str, last: str) -> str:
    """`Company; First Last`; what is missing leaves no semicolon and no space behind (CH-58)."""
    return "; ".join(part for part in ((company or "").strip(), person_name(first, last)) if part)


def company_in(name: str) -> str:
    """The company of an account that is called `Company; First Last`."""
    return (name or "").split(";")[0].strip()


def taken_apart(text: str) -> PersonName:
    """`Dr. Ann von der Miller Jr., PhD` -> Ann, von der Miller Jr.; the Dr. and the PhD are her title.

    Jr. and III stay with the last name: father and son are two people.
    """
    words = " ".join(visible(text).split())
    bare, beside = _without_brackets(words)
    parts = [part.strip() for part in bare.split(",") if part.strip()]
    titles: list[str] = []
    family: list[str] = []
    while len(parts) > 1 and (found := _behind(parts[-1])):
        family[:0], titles[:0] = found
        parts.pop()
    if not parts:
        return PersonName("", words, "", "", "")
    greetings, before, parts = _in_front(parts)
    last_first = len(parts) > 1
    named = parts[0].split()
    own, learned = _at_the_end(named, least=1 if last_first else 2)
    given = parts[1].split() if last_first else []
    more, degrees = _at_the_end(given, least=1)
    family, titles = own + more + family, learned + degrees + titles
    first, last = _reversed(named, given) if last_first else _in_order(named)
    rest = [*parts[2:], *([beside] if beside else [])]
    last = " ".join([last, *family]) if last else " ".join(family)
    return PersonName(
        first, last, ", ".join([" ".join(before), *titles]).strip(", "), " ".join(greetings), "; ".join(rest)
    )


def split_name(text: str) -> tuple[str, str]:
    """First and last name out of one text: "Ann Lee Miller" and "Miller, Ann Lee" are the same person. Titles stay with
    the name they stand at.
    """
    found = taken_apart(text)
    before, _comma, behind = found.title.partition(", ")
    if not " ".join(text.split()).startswith((before, found.greeting or before)):
        before, behind = "", found.title
    first = [found.greeting, before, found.first] if found.first else [found.first]
    last = [found.last, behind] if found.first else [found.greeting, before, found.last, behind]
    return " ".join(filter(None, first)), " ".join(filter(None, last))


def visible(text: str) -> str:
    """Without the signs nobody sees: of no width, of direction, byte order marks."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def _bare(word: str) -> str:
    return re.sub(r"[^\w]", "", fold(word))


def _without_brackets(words: str) -> tuple[str, str]:
    """A name, and what stands behind it in brackets: `John Miller (Acme)`."""
    found = re.fullmatch(r"(.+?)\s*[(\[](.+)[)\]]", words)
    return (found[1], found[2].strip()) if found else (words, "")


def _behind(part: str) -> tuple[list[str], list[str]] | None:
    """What a part behind a comma says when it is no name: which of a family, and degrees."""
    words = part.split()
    family = [word for word in words if _bare(word) in _OF_A_FAMILY]
    degrees = [word for word in words if _bare(word) in _SUFFIXES or _bare(word) in _BEHIND_A_COMMA]
    if len(family) + len(degrees) < len(words):
        return None
    return family, [" ".join(degrees)] if degrees else []


def _in_front(parts: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Forms of address and titles before the name, wherever it begins: `Dr. Ann Miller`, `Miller, Dr. Ann`."""
    greetings: list[str] = []
    titles: list[str] = []
    rest = list(parts)
    for place in range(min(2, len(parts))):
        words = parts[place].split()
        # Of `Miller, Dr.` the Dr. is all there is of the second part.
        while words and (len(words) > 1 or place) and _is_prefix(words[0], after_title=bool(titles)):
            (greetings if _bare(words[0]) in _SALUTATIONS else titles).append(words.pop(0))
            if len(words) > 2 and words[0] in _AND and _is_prefix(words[1], after_title=False):
                (titles or greetings).append(words.pop(0))  # Mr. and Mrs. Smith
        rest[place] = " ".join(words)
    return greetings, titles, [part for place, part in enumerate(rest) if part or not place]


def _is_prefix(word: str, *, after_title: bool) -> bool:
    bare = _bare(word)
    if after_title and bare in _AFTER_DOCTOR and (word.endswith(".") or len(bare) > 2):
        return True
    return bare in _PREFIXES and (word.endswith(".") or bare not in _WITH_A_DOT)


def _at_the_end(words: list[str], *, least: int) -> tuple[list[str], list[str]]:
    """Take Jr. and PhD off the end of a name; so many words are left in any case."""
    family: list[str] = []
    degrees: list[str] = []
    while len(words) > least or (len(words) == 2 and _bare(words[-1]) in _OF_A_FAMILY | _SUFFIXES):
        bare = _bare(words[-1])
        if bare in _OF_A_FAMILY and (words[-1] != words[-1].lower() or words[-1].endswith(".") or bare[0].isdigit()):
            family.insert(0, words.pop())
        elif bare in _SUFFIXES and len(bare) > 1 and words[-1] != words[-1].capitalize():
            degrees.insert(0, words.pop())
        else:
            break
    return family, [" ".join(degrees)] if degrees else []


def _reversed(last: list[str], first: list[str]) -> tuple[str, str]:
    """`Miller, Ann` and `Goethe, Johann Wolfgang von`."""
    moved: list[str] = []
    while len(first) > 1 and first[-1] in _PARTICLES:
        moved.insert(0, first.pop())
    return " ".join(first), " ".join(moved + last)


def _in_order(words: list[str]) -> tuple[str, str]:
    """`Ann Lee Miller`, `Ludwig van Beethoven`, `MILLER John`."""
    if not words:
        return "", ""
    if words[0] in _PARTICLES:  # de la Cruz, O' Hara
        return "", " ".join(words)
    loud = [word for word in words if len(word) > 2 and word.isupper() and word.isalpha()]
    if loud and len(loud) < len(words) and words[: len(loud)] == loud:
        return " ".join(words[len(loud) :]), " ".join(loud)
    cut = next((place for place in range(1, len(words) - 1) if _is_particle(words[place])), len(words) - 1)
    cut = next((place for place in range(2, cut) if words[place] in _JOINING), cut + 1) - 1 if cut > 2 else cut
    return " ".join(words[:cut]), " ".join(words[cut:])


def _is_particle(word: str) -> bool:
    small = word.lower()
    return small in _PARTICLES and (word == small or small not in _SMALL_ONLY)
