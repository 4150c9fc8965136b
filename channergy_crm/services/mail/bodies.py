"""A text with Markdown verbs as it goes out: as plain lines, and as HTML in which nothing but these verbs is markup."""

from __future__ import annotations

import re
from html import escape

_LINK = re.compile(r"\[([^\]\n]{1,400})\]\((https?://[^\s()]{1,800}|mailto:[^\s()]{1,400})\)")
_STRONG = re.compile(r"\*\*([^*\n]{1,2000})\*\*")
_SLANTED = re.compile(r"(?<![*\w])\*([^*\n]{1,2000})\*(?![*\w])")
_ITEM = re.compile(r"^[-*] +")


def plain(body: str) -> str:
    """The words alone; of a link its address stays, too."""
    text = _LINK.sub(lambda found: f"{found[1]} ({found[2]})", body)
    return _SLANTED.sub(r"\1", _STRONG.sub(r"\1", text))


def html(body: str) -> str:
    """The text as HTML, paragraph by paragraph."""
    parts = [_block(part) for part in re.split(r"\n{2,}", body.strip("\n"))]
    return "\n".join(part for part in parts if part)


def signed(body: str, signature: str) -> tuple[str, str]:
    """A text, plain and as HTML, with somebody's signature under it (VT-51); the signature is taken as it stands."""
    under = signature.strip()
    if not under:
        return plain(body), html(body)
    lines = "<br>\n".join(escape(line) for line in ["-- ", *under.splitlines()])
    return f"{plain(body)}\n\n-- \n{under}", f"{html(body)}<p>{lines}</p>\n"


def _block(text: str) -> str:
    lines = text.split("\n")
    if all(_ITEM.match(line) for line in lines if line.strip()):
        return "<ul>" + "".join(f"<li>{_inline(_ITEM.sub('', line))}</li>" for line in lines if line.strip()) + "</ul>"
    return "<p>" + "<br>\n".join(_inline(line) for line in lines) + "</p>"


def _inline(line: str) -> str:
    said = escape(line)
    said = _LINK.sub(lambda found: f'<a href="{found[2]}">{found[1]}</a>', said)  # unsaid: a tag
    return _SLANTED.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", said))
