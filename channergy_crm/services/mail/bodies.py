"""The text of a mail: written with Markdown, sent as plain text and as HTML that runs and fetches nothing (BX-14).

A remote picture would tell whoever lies behind it who has read the mail and when: there are none.
"""

from __future__ import annotations

import html as web
import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEPARATOR = "-- "
"""the line above a signature, by which mail programs know it"""
TAGS = {"p", "br", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "pre", "code", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
SCHEMES = {"http", "https", "mailto", "tel"}
_MEANS = re.compile(r"([\\`*_\[\]<>~|&])")
_BEGINS = re.compile(r"(?m)^[ \t]*(?:([-+#=])|(\d{1,9})([.)])(?=\s))")


def plain(body: str) -> str:
    """A text as it is read without any form: lists keep their signs, a link says where it leads."""
    return "\n".join(_Plain().lines(_markdown().parse(body))).strip()


def html(body: str) -> str:
    """A text as HTML, cleaned of all but a few harmless tags."""
    return cleaned(_markdown().render(body))


def signed(body: str, signature: str) -> tuple[str, str]:
    """A text, plain and as HTML, with somebody's signature under it (VT-51); the signature is taken as it stands."""
    under = signature.strip()
    if not under:
        return plain(body), html(body)
    lines = "<br>\n".join(web.escape(line) for line in [SEPARATOR, *under.splitlines()])
    return f"{plain(body)}\n\n{SEPARATOR}\n{under}", f"{html(body)}<p>{lines}</p>\n"


def escaped(value: str) -> str:
    """A value that is put into a text: whatever is in it stands there as it is, and makes no link and no list."""
    safe = _MEANS.sub(r"\\\1", value)
    return _BEGINS.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", safe)


@cache
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    made.add_render_rule("image", lambda _self, tokens, place, *_rest: web.escape(tokens[place].content))
    return made


def cleaned(text: str, *more: str) -> str:
    """HTML without all but a few harmless tags, and these `more`."""
    import nh3

    allowed = {"a": {"href"}, "ol": {"start"}}
    return nh3.clean(text, tags=TAGS.union(more), attributes=allowed, url_schemes=SCHEMES, link_rel=None)


class _Plain:
    """Says the parts of a parsed text in lines: points of a list are set in, quoted words have a sign before."""

    def __init__(self) -> None:
        self._before: list[str] = []
        self._sign = ""
        self._numbers: list[int | None] = []
        self._cells: list[str] = []

    def lines(self, tokens: Sequence[Any]) -> Iterator[str]:
        """The lines, a blank one between two parts."""
        for place, token in enumerate(tokens):
            kind = token.type
            if kind == "inline" and self._is_cell(tokens[place - 1]):
                self._cells.append("".join(_said(token.children or ())))
            elif kind in ("inline", "fence", "code_block"):
                text = token.content if kind != "inline" else "".join(_said(token.children or ()))
                yield from self._put(text.rstrip("\n"))
            elif kind == "tr_close":
                yield from self._put(" | ".join(self._cells))
                self._cells = []
            elif kind == "hr":
                yield from self._put("---")
            else:
                self._turn(token)
            if kind in _ENDS and not token.hidden and not (self._numbers and kind != "paragraph_close"):
                yield "".join(self._before).rstrip()

    def _is_cell(self, token: Any) -> bool:
        return token.type in ("th_open", "td_open")

    def _turn(self, token: Any) -> None:
        """Into a list, a point of it, a quotation, or out."""
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self._numbers.append(int(token.attrGet("start") or 1) if kind.startswith("ordered") else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._numbers.pop()
        elif kind == "list_item_open":
            number = self._numbers[-1]
            self._sign = "- " if number is None else f"{number}. "
            self._numbers[-1] = None if number is None else number + 1
            self._before.append(" " * len(self._sign))
        elif kind == "blockquote_open":
            self._before.append("> ")
        elif kind in ("list_item_close", "blockquote_close"):
            self._before.pop()

    def _put(self, text: str) -> Iterator[str]:
        sign, self._sign = self._sign, ""
        for line in text.split("\n"):
            before = "".join(self._before)
            yield (before[: len(before) - len(sign)] + sign if sign else before) + line
            sign = ""


_ENDS = ("paragraph_close", "blockquote_close", "heading_close", "fence", "code_block", "hr", "table_close",
         "bullet_list_close", "ordered_list_close")  # fmt: skip


def _said(children: Sequence[Any]) -> Iterator[str]:
    """The words of a line; a link that does not say where it leads is told so in brackets."""
    href, words = "", list[str]()
    for child in children:
        kind = child.type
        if kind == "link_open":
            href, words = str(child.attrGet("href") or ""), []
        elif kind == "link_close":
            said = "".join(words)
            bare = href.removeprefix("mailto:")
            yield said if said in (href, bare) else f"{said} ({bare})"
            href = ""
        else:
            text = "\n" if kind in ("softbreak", "hardbreak") else child.content
            if href:
                words.append(text)
            else:
                yield text
