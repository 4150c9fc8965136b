"""Names of companies without their legal form: "Acme, Inc." and "Acme Inc" are one."""

from __future__ import annotations

import re

from channergy_crm.text.folding import fold

SAME = {"incorporated": "inc", "corporation": "corp", "company": "co", "limited": "ltd"}  # unsaid: stands in files
FORMS = {
    *SAME, *SAME.values(), "llc", "llp", "lp", "plc", "pty", "gmbh", "ag", "kg", "ohg", "ug", "mbh", "se", "sa", "sas",
    "sarl", "srl", "spa", "bv", "nv", "ab", "oy", "as", "aps", "sl", "kgaa", "gbr", "ek", "ev", "eg", "pte", "pvt",
    "kft", "oyj", "sro", "doo", "ltda", "sasu", "eurl",
}  # fmt: skip  # unsaid: the same

JOINS = {"&", "and", "und", "u", "et", "y", "e"}  # unsaid: between the parts of a form


def _joins(words: list[str]) -> bool:
    """Whether the last word joins the parts of the form, or the form to the name: GmbH u. Co KG, Smith & Co."""
    return words[-1] in ("&", "and", "und") or (words[-1] in JOINS and words[-2] in FORMS)


def without_form(name: str) -> tuple[str, str]:
    """The name as it is compared, and its legal form; '' where it has none."""
    words = [word for word in re.sub(r"[./]", "", fold(name)).replace(",", " ").split() if word]
    end = len(words)
    while end > 1 and (words[end - 1] in FORMS or _joins(words[:end])):
        end -= 1
    form = [SAME.get(word, word) for word in words[end:] if word not in JOINS]
    return (" ".join(words[:end]), " ".join(form)) if form else (" ".join(words), "")
