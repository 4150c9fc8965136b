"""Names of companies without their legal form: "Acme, Inc." and "Acme Inc" are one."""

from __future__ import annotations

from channergy_crm.text.folding import fold

SAME = {"incorporated": "inc", "corporation": "corp", "company": "co", "limited": "ltd"}  # unsaid: stands in files
FORMS = {
    *SAME, *SAME.values(), "llc", "llp", "lp", "plc", "pty", "gmbh", "ag", "kg", "ohg", "ug", "mbh", "se", "sa", "sas",
    "sarl", "srl", "spa", "bv", "nv", "ab", "oy", "as", "aps", "sl", "kgaa", "&", "and", "und",
}  # fmt: skip  # unsaid: the same


def without_form(name: str) -> tuple[str, str]:
    """The name as it is compared, and its legal form; '' where it has none."""
    words = [word for word in fold(name).replace(".", "").replace(",", " ").split() if word]
    end = len(words)
    while end > 1 and words[end - 1] in FORMS:
        end -= 1
    form = [SAME.get(word, word) for word in words[end:] if word not in ("&", "and", "und")]
    return (" ".join(words[:end]), " ".join(form)) if form else (" ".join(words), "")
