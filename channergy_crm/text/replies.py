"""What somebody wrote themselves in a mail that answers another one, without what was quoted (BX-14)."""

from __future__ import annotations

import re

BEGINS = re.compile(
    r"^(?:-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original)\s*-{2,}"
    r"|_{10,}|(?:on|am|le|el)\b.{4,200}(?:wrote|schrieb|a écrit|escribió)\b.{0,80}:?)\s*$",
    re.IGNORECASE,
)
"""the line before what is quoted, as mail programs write it"""
LONGEST_LINE = 400


def own_words(text: str) -> str:
    """The lines before what was quoted; all of it where nothing else would be left."""
    kept: list[str] = []
    for line in text.splitlines():
        said = line.strip()
        if len(said) <= LONGEST_LINE and BEGINS.match(said):
            break
        if not said.startswith(">"):
            kept.append(line.rstrip())
    own = "\n".join(kept).strip()
    return own or text.strip()
