"""Languages that nobody speaks, for tests and for those who lay out: longer than English, and from right to left."""

from __future__ import annotations

import gettext as catalogues
import re

PSEUDO, PSEUDO_RTL = "pseudo", "pseudo-rtl"
"""no language at all: every marked text with accents, in brackets and longer; and one that is written leftwards"""


class Pseudo(catalogues.NullTranslations):
    """English with accents, two fifths longer and in brackets: what is not marked stands out."""

    _ACCENTS = str.maketrans("aeiounAEIOUNcyCYsz", "àéîöüñÀÉÎÖÜÑçýÇÝšž")
    _WORD = 9
    """letters of the words by which it is longer"""
    _PUT_IN = re.compile(r"(\{[^{}]*\}|%\(\w+\)[sr]|%[sr])")

    def gettext(self, message: str) -> str:
        """The message, unmistakably not English."""
        parts = self._PUT_IN.split(message)
        accented = (part if part.startswith(("{", "%")) else part.translate(self._ACCENTS) for part in parts)
        more = len(message) * 2 // 5
        words = " ".join("~" * min(self._WORD, more - place) for place in range(0, more, self._WORD))
        return f"[{''.join(accented)}{words}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One or many, likewise."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """A noun, likewise."""
        return self.gettext(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """So many of them, likewise."""
        return self.ngettext(msgid1, msgid2, n)


class PseudoRtl(Pseudo):
    """The same, as it would stand in a language that is written from right to left."""

    _MARK = "\u200f"

    def gettext(self, message: str) -> str:
        """The message, unmistakably not English, beginning at the right."""
        return f"{self._MARK}{super().gettext(message)}{self._MARK}"


PSEUDOS = {PSEUDO: Pseudo, PSEUDO_RTL: PseudoRtl}
