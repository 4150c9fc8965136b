"""Every language there is: its catalogue is whole, compiled, and written as in programs of that language (VT-1)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest

from channergy_crm import language
from tests import translations

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("de", "es", "fr")
"""beside English (VT-1); a catalogue more is tried as these are"""
PUT_IN = re.compile(r"\{(\w+)|(%\(\w+\)\w|%[sr])")
STYLE = {
    "de": (
        (r"\b(?:Ctrl|Shift)\+|\bDel\b", "a key is called otherwise on a German keyboard"),
        (r"”|„[^“]*$|^[^„]*“", "German quotation marks are „ and “"),
        (r"\b[Dd](?:u|ich|ir|ein[em]?|eine[rsnm]?)\b", "people are addressed as Sie"),
        (r"\.\.\.|--(?!\w)", "an ellipsis and a dash are one sign"),
    ),
    "fr": (
        (r"\b(?:Shift|Del|Delete)\+|\bShift\b(?!_)", "a key is called otherwise on a French keyboard"),
        (r"[“”„]", "French quotation marks are « and »"),
        (r"«[^\u00a0\u202f]|[^\u00a0\u202f]»", "no line ends between a quotation mark and what it quotes"),
        (r"\w [!?;](?:\s|$)", "no line ends before ! ? and ;"),
        (r"\b[Tt]u\b|\btes\b", "people are addressed as vous"),
        (r"\.\.\.|--(?!\w)", "an ellipsis and a dash are one sign"),
    ),
    "es": (
        (r"\b(?:Shift|Del|Delete)\+|\bShift\b(?!_)", "a key is called otherwise on a Spanish keyboard"),
        (r"[“”„]", "Spanish quotation marks are « and »"),
        (r"^[^¿]*\?\s*$", "a question begins with ¿"),
        (r"\b[Tt]ú\b|\btus\b|\btu\b", "people are addressed as usted"),
        (r"\.\.\.|--(?!\w)", "an ellipsis and a dash are one sign"),
    ),
}


def texts(code: str) -> Iterator[tuple[str, str]]:
    """Every English text and the one of this language, the plural ones too."""
    for message in translations.catalogue(code):
        many = isinstance(message.id, tuple)
        yield from zip(message.id if many else [message.id], message.string if many else [message.string], strict=True)


@cache
def wanted() -> set[object]:
    """What there is to translate, told by another process: other tests declare records of their own."""
    ours = "from tests import translations as t; print([(m.context, m.id) for m in t.template() if m.id])"
    asked = [sys.executable, "-c", ours]
    told = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=translations.ROOT)
    return set(ast.literal_eval(told.stdout))


def put_in(text: str) -> list[object]:
    """The names of what is put into a text; how it is written may differ."""
    return sorted(PUT_IN.findall(text))


def blanks(text: str) -> tuple[int, int, int]:
    """The blanks at both ends, and those that are two or more; one that no line ends at is a letter."""
    text = re.sub("[\u00a0\u202f]", "_", text)
    return len(text) - len(text.lstrip()), len(text) - len(text.rstrip()), len(re.findall(r"(?<=\S)  +", text))


def test_vt1_these_languages_are_there() -> None:
    assert language.languages() == [language.ENGLISH, *LANGUAGES]


@pytest.mark.parametrize("code", LANGUAGES)
def test_vt1_every_text_is_there(code: str) -> None:
    """What is missing: `python -m tests.translations extract`, then translate what is empty or fuzzy in the .po."""
    held = {(message.context, message.id) for message in translations.catalogue(code)}
    assert (wanted() - held, held - wanted()) == (set(), set())
    assert [message.id for message in translations.left(code)] == []
    assert translations.compiled(code), "python -m tests.translations compile"


@pytest.mark.parametrize("code", LANGUAGES)
def test_vt1_what_is_put_in_stays_and_blanks_stay(code: str) -> None:
    assert {english: said for english, said in texts(code) if put_in(english) != put_in(said)} == {}
    assert {english: said for english, said in texts(code) if blanks(english) != blanks(said)} == {}


@pytest.mark.parametrize(("code", "pattern", "why"), [(code, *rule) for code in LANGUAGES for rule in STYLE[code]])
def test_vt1_it_is_written_as_in_programs_of_that_language(code: str, pattern: str, why: str) -> None:
    asks = why.startswith("a question")
    wrong = [
        (english, said) for english, said in texts(code) if re.search(pattern, said) and (not asks or "?" in english)
    ]
    assert wrong == [], why
