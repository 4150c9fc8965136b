"""The pages of the help inside the program: which there are, in which order, and what they say (VT-13).

A page is Markdown in `resources/help/<language>/<name>.md`. Keys stand between backticks and names of the screen
between asterisks as they are called in English: whoever shows the page says them as this keyboard and this language do,
so that they are always those of the program.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import ENGLISH, N_, in_use
from channergy_crm.resources import data
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Everywhere"), ("first-steps", "search", "lists", "bulk", "undo", "keys")),
    (N_("Every day"), ("home", "reminders", "leads", "accounts", "contacts", "opportunities", "tasks", "calendar")),
    (N_("Calling"), ("call", "queue", "who-may-be-called", "dialing", "incoming")),
    (N_("Selling"), ("board", "products", "quotes")),
    (N_("Marketing"), ("mail", "campaigns")),
    (N_("Support"), ("tickets", "portal")),
    (N_("Records"), ("events", "documents", "import", "export", "duplicates")),
    (N_("The office"), ("operators", "backup", "privacy", "viper", "settings")),
)
"""the topics as they are listed, by group"""
FIRST = GROUPS[0][1][0]
DOES = "do:"
"""how a link begins that does something in the program: the name of a command, or `settings/` and a topic"""
PRESSED = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)*(?:F\d{1,2}|Enter|Esc|Tab|Space|Del|Left|Right|Up|Down|[A-Z0-9,+-])")
"""what between backticks is a key, or several held together"""
_NAME, _TAGS = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)"), re.compile(r"[*`#]|\]\([^)]*\)|\[")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_BEFORE = 60
"""letters that are told before the first word that was found"""


class HelpPage(NamedTuple):
    """One page: its name, its heading, what stands under it in Markdown, and the language it is written in."""

    name: str
    title: str
    text: str
    language: str

    @property
    def links(self) -> list[str]:
        """Where its links lead to."""
        return _LINK.findall(self.text)

    @property
    def said(self) -> list[str]:
        """The names of the screen it speaks of, in English: `Settings › Calling` is two of them."""
        return [part for name in _NAME.findall(self.text) for part in name.split(" › ")]

    @property
    def plain(self) -> str:
        """The words alone."""
        return " ".join(_TAGS.sub("", self.text).split())


class Match(NamedTuple):
    """A page in which all words stand, and the line around the first of them."""

    page: HelpPage
    around: str


def names() -> list[str]:
    """The names of all pages, in their order."""
    return [name for _group, of_it in GROUPS for name in of_it]


def folder() -> Path:
    """Where the pages lie, one folder for each language."""
    return data("resources") / "help"


def page(name: str, language: str = "") -> HelpPage:
    """A page in this language, or in the one in use; in English where it is not translated."""
    for code in dict.fromkeys((language or in_use(), ENGLISH)):
        if (held := _read(folder() / code / f"{name}.md")) is not None:
            title, _heading, text = held.partition("\n")
            return HelpPage(name, title.removeprefix("# ").strip(), text.strip(), code)
    return page(FIRST, ENGLISH)


@cache
def _read(file: Path) -> str | None:
    return file.read_text("utf-8") if file.is_file() else None


def find(typed: str, pages: Sequence[HelpPage]) -> list[Match]:
    """The pages with every word that was typed, however it is written; those that are called so come first."""
    words = fold(typed).split()
    found = list[tuple[int, Match]]()
    for each in pages:
        title, text = fold(each.title), fold(each.plain)
        if all(word in title or word in text for word in words):
            rank = sum(word in title for word in words) * 1000 + sum(min(text.count(word), 9) for word in words)
            found.append((-rank if words else 0, Match(each, _around(each.plain, words))))
    return [match for _rank, match in sorted(found, key=lambda pair: pair[0])]


def _around(text: str, words: Sequence[str]) -> str:
    """The words of the text around the first one that is looked for."""
    parts = text.split(" ")
    at = next((place for place, part in enumerate(parts) if any(word in fold(part) for word in words)), None)
    if at is None:
        return ""
    begins = max(0, at - _BEFORE // 8)
    return ("… " if begins else "") + " ".join(parts[begins : at + 12])
