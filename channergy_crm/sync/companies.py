"""The companies of the site an account may be one of, as they are kept beside the question which one it is (VP-16)."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST, LONGEST, MOST_SIGNS = 25, 80, 9_000
"""companies that are kept for one account, signs of each of their words, and of all of it; nobody chooses among more"""


class Company(NamedTuple):
    """What it is called there, and where it is, so that a person tells it from others."""

    id: str
    name: str
    address: str = ""
    city: str = ""

    @property
    def said(self) -> str:
        """All of it in one line."""
        return f"{', '.join(filter(None, (self.name, self.address, self.city)))} ({self.id})"


class Candidates(NamedTuple):
    """The companies it may be, and how many more there are that are not kept."""

    listed: Sequence[Company]
    more: int = 0


def written(companies: Sequence[Company]) -> str:
    """These as they are kept."""
    kept = [[each.id, *(part[:LONGEST] for part in each[1:])] for each in companies[:MOST]]
    while len(text := _as_text(kept, len(companies) - len(kept))) > MOST_SIGNS:
        kept.pop()
    return text


def _as_text(kept: Sequence[Sequence[str]], more: int) -> str:
    return json.dumps({"companies": kept, "more": more}, ensure_ascii=False)


def read(text: str) -> Candidates:
    """What is kept; of what cannot be read nothing."""
    with suppress(ValueError, TypeError, KeyError):
        held = json.loads(text)
        return Candidates([Company(*map(str, each)) for each in held["companies"]], int(held["more"]))
    return Candidates([])


def in_words(perhaps: Candidates) -> str:
    """How many and which, in one line."""
    count = len(perhaps.listed) + perhaps.more
    if not count:
        return _("none that is not another account’s")
    said = ngettext("{count:,} company: {companies}", "{count:,} companies: {companies}", count)
    return said.format(count=count, companies="; ".join(each.said for each in perhaps.listed))
