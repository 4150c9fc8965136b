"""Names of companies without their legal form: "Acme, Inc." and "Acme Inc" are one."""

from __future__ import annotations

import re
from itertools import groupby

from channergy_crm.patterns import pattern
from channergy_crm.text.folding import fold

_SAME_WORDS = """
incorporated: inc, corporation: corp, company: co, cie: co, compagnie: co, limited: ltd, gesmbh: gmbh, ges.m.b.h: gmbh,
gesellschaft mit beschrankter haftung: gmbh, gesellschaft mbh: gmbh, aktiengesellschaft: ag, kommanditgesellschaft: kg,
limited liability company: llc, public limited company: plc, societe anonyme: sa, a/s: as, sp. z o.o: zoo, sp.z o.o:
zoo, sp. z o. o: zoo
"""  # unsaid: stands in files
SAME = dict(pair.strip().split(": ") for pair in " ".join(_SAME_WORDS.split()).split(","))
FORMS = {
    *SAME.values(), "llc", "llp", "lp", "plc", "pty", "pte", "pvt", "gmbh", "ggmbh", "ag", "kg", "ohg", "ug", "mbh",
    "se", "sa", "sas", "sasu", "sarl", "eurl", "srl", "spa", "bv", "nv", "ab", "oy", "oyj", "as", "asa", "aps", "sl",
    "kgaa", "gbr", "ek", "ev", "eg", "kft", "sro", "doo", "ltda", "zoo", "zrt",
}  # fmt: skip  # unsaid: the same
JOINS = {"&", "+", "and", "und", "u", "et", "y", "e"}  # unsaid: between the parts of a form, or before its Co
_SAME = pattern(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(SAME, key=len, reverse=True)))})(?!\w)")
_WORD = pattern(r"[&+]|[^\s.,;()&+]+")


def without_form(name: str) -> tuple[str, str]:
    """The name as it is compared, and its legal form; '' where it has none."""
    plain = fold(name)
    words = _words(_SAME.sub(lambda found: SAME[found[0]], plain))
    end = len(words)
    while end > 1 and (words[end - 1] in FORMS or _joins(words[:end], words[end:])):
        end -= 1
    form = [word for word in words[end:] if word not in JOINS]
    return (" ".join(words[:end]), " ".join(form)) if form else (" ".join(_words(plain)), "")


def _joins(words: list[str], form: list[str]) -> bool:
    """Whether the last word joins the parts of the form, or the form to the name: GmbH u. Co KG, Smith et Cie."""
    return bool(form) and words[-1] in JOINS and (form[0] == "co" or words[-2] in FORMS or words[-1] in ("&", "and"))


def _words(plain: str) -> list[str]:
    """The words of a name; single letters that are a form together are one: S. A., l.l.c."""
    found: list[str] = []
    for single, run in groupby(_WORD.findall(plain), key=lambda word: len(word) == 1 and word.isalpha()):
        letters = list(run)
        together = "".join(letters)
        found += [together] if single and together in FORMS else letters
    return found
