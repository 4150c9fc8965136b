"""The text of a mail written as HTML, as it is read without any form; nothing of it runs and nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from channergy_crm.services.mail import bodies

LONGEST, MOST_OPEN = 1_000_000, 10_000
"""letters of HTML that are looked at; with more parts within parts than anybody writes, its words alone are"""
_BLOCKS = {"p", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "tr", "table", "blockquote", "pre", "div", "ul",
           "ol"}  # fmt: skip
_NO_SIGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_TAG = re.compile(r"<[^<>]{0,1000}>")
_EMPTY_LINES = re.compile(r"\n{3,}")


def of_html(html: str) -> str:
    """The words of HTML, a line for each part; a link says where it leads."""
    held, reader = html[:LONGEST], _Reader()
    if held.count("<") - 2 * held.count("</") > MOST_OPEN:
        held = _TAG.sub(" ", held)
    reader.feed(bodies.cleaned(held, "div"))
    reader.close()
    lines = "".join(reader.said).split("\n")
    return _EMPTY_LINES.sub("\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()


def storable(text: str) -> str:
    """A text without the signs that no store takes."""
    return _NO_SIGN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._leads_to, self._from = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A part begins; a point of a list has its sign."""
        if tag in _BLOCKS:
            self.said.append("\n- " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.said.append(" ")
        elif tag == "a":
            self._leads_to, self._from = (
                next((each or "" for name, each in attrs if name == "href"), ""),
                len(self.said),
            )

    def handle_endtag(self, tag: str) -> None:
        """A part ends; a link that says something else than where it leads, says that too."""
        if tag == "a" and self._leads_to:
            words = "".join(self.said[self._from :]).strip()
            plain = self._leads_to.removeprefix("mailto:").removeprefix("tel:")
            if words and plain not in words:
                self.said.append(f" ({self._leads_to})")
            self._leads_to = ""
        elif tag in _BLOCKS and tag != "br":
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        """Words; a line of the source is none."""
        self.said.append(data.replace("\n", " "))
