"""Every page of help in every language: it is there, its links lead somewhere, it names the screen as the screen does
(VT-13).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from channergy_crm import language
from channergy_crm.text import help_pages
from tests.house import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.text.help_pages import HelpPage

LANGUAGES = ["en", "de", "fr", "es"]
LONGEST = 400
"""words: a page is read while somebody waits"""
KEYS = re.compile(r"`([^`\n]+)`")
GIVEN = {
    "Only for us", "Convert to FAQ", "Take over", "Close Ticket", "Duplicate…", "Merge…", "Answers", "New ticket",
    "Support", "Customer Portal",
}  # fmt: skip
"""what support and the portal say, whose sentences are counted with them"""


def pages(code: str) -> list[HelpPage]:
    return [help_pages.page(name, code) for name in help_pages.names()]


@cache
def said_by_the_program() -> set[str]:
    written = (ROOT / "resources" / "locale" / "channergy_crm.pot").read_text("utf-8")
    return set(re.findall(r'^msgid "(.*)"$', written, re.MULTILINE)) | GIVEN


@pytest.fixture
def german() -> Iterator[None]:
    language.use("de")
    yield
    language.use(language.ENGLISH)


@pytest.mark.parametrize("code", LANGUAGES)
def test_vt13_every_page_is_there_whole_and_leads_somewhere(code: str) -> None:
    names = help_pages.names()
    assert {path.stem for path in (help_pages.folder() / code).glob("*.md")} == set(names), "each stands in a group"
    for page, english in zip(pages(code), pages("en"), strict=True):
        assert page.language == code and page.title and len(page.plain.split()) < LONGEST, page.name
        assert page.links == english.links, page.name
        assert [link for link in page.links if not link.startswith("do:") and link not in names] == [], page.name
        assert page.text.count("\n## ") == english.text.count("\n## "), page.name
        assert sorted(KEYS.findall(page.text)) == sorted(KEYS.findall(english.text)), page.name
        assert sorted(page.said) == sorted(english.said), page.name
        assert code == "en" or page.text != english.text, page.name


def test_vt13_pages_name_the_screen_as_the_screen_names_itself() -> None:
    unknown = {(page.name, said) for page in pages("en") for said in page.said if said not in said_by_the_program()}
    assert unknown == set()


def test_vt13_every_page_is_reached_by_a_link_of_another_one() -> None:
    linked = {link for page in pages("en") for link in page.links}
    assert set(help_pages.names()) - linked - {help_pages.FIRST} == set()


@pytest.mark.parametrize(
    ("typed", "first"),
    [("merging", "duplicates"), ("CALENDAR", "calendar"), ("portal link", "portal"), ("passphrase", "backup"),
     ("digit call", "call"), ("due<today", "lists")],
)  # fmt: skip
def test_vt13_search_finds_every_word_and_titles_come_first(typed: str, first: str) -> None:
    assert help_pages.find(typed, pages("en"))[0].page.name == first


def test_vt13_search_is_folded_and_says_where(german: None) -> None:
    found = help_pages.find("RUCKGANGIG", pages("de"))
    assert found[0].page.name == "undo"
    match = help_pages.find("passphrase", pages("en"))[0]
    assert "passphrase" in match.around and match.around.startswith("… ")
    assert help_pages.find("xylophone", pages("en")) == []


def test_vt13_a_page_without_a_translation_is_english_and_says_so(german: None) -> None:
    assert help_pages.page("leads", "nl").language == "en"
    assert help_pages.page("no such page").name == help_pages.FIRST
