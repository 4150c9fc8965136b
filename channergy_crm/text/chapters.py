"""What is written about the program, as chapters somebody can read in it: the changelog, the README (VT-38)."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEAD = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_PICTURE, _LINK = re.compile(r"!\[[^\]]*\]\([^)]*\)"), re.compile(r"\[([^\]]*)\]\([^)]*\)")
_REMARK, _STRESSED = re.compile(r"<!--.*?-->", re.DOTALL), re.compile(r"(\*\*|__|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w))")
_ITEM, _RULE = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+"), re.compile(r"^[\s|:-]*$")


class Chapter(NamedTuple):
    """A heading, and everything under it as plain lines."""

    title: str
    text: str


def chapters(written: str, level: int = 2) -> list[Chapter]:
    """The chapters of a text in Markdown: from each heading of this level to the next, without its signs."""
    found: list[tuple[str, list[str]]] = []
    code = False
    for line in _REMARK.sub("", written).splitlines():
        code ^= line.lstrip().startswith("```")
        head = None if code else _HEAD.match(line)
        if head is not None and len(head[1]) == level:
            found.append((_plain(head[2]), []))
        elif found:
            found[-1][1].append(line)
    return [Chapter(title, "\n".join(_joined(lines))) for title, lines in found]


def _joined(lines: list[str]) -> list[str]:
    """Lines that belong together are one; what stands between fences stays as it is."""
    told, code, joins = list[str](), False, False
    for line in lines:
        if line.lstrip().startswith("```"):
            code, joins = not code, False
        elif code:
            told.append(line)
        elif head := _HEAD.match(line):
            told += ["", _plain(head[2]).upper(), ""]
            joins = False
        elif not line.strip() or (line.startswith("|") and _RULE.match(line)):
            told += [] if line.startswith("|") else [""]
            joins = False
        elif joins and not _ITEM.match(line) and not line.startswith("|"):
            told[-1] += f" {_plain(line.strip())}"
        else:
            told.append(_begun(line))
            joins = not line.startswith("|")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(told)).strip("\n").split("\n")


def _begun(line: str) -> str:
    if line.startswith("|"):
        return "  ·  ".join(filter(None, (_plain(cell.strip()) for cell in line.strip("| ").split("|"))))
    item = _ITEM.match(line)
    return f"• {_plain(line[item.end() :])}" if item else _plain(line.strip())


def _plain(line: str) -> str:
    return _STRESSED.sub("", _LINK.sub(r"\1", _PICTURE.sub("", line)))
