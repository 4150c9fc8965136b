"""The lines under a message: who wrote it, for whom, and how to reach them, found line by line (BX-27)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from channergy_crm.text.folding import fold
from channergy_crm.text.likeness import LEGAL_FORMS, company_letters, person_words
from channergy_crm.transfer.clipboard.addresses import take_address
from channergy_crm.transfer.importing.rows import split_name

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE = 80  # what is longer is a sentence, neither a name nor a company
EMAIL = re.compile(r"(?:mailto:)?\b([\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})\b", re.I)
WEB = re.compile(r"\b(?:https?://[^\s<>|,]+|www\.[^\s<>|,]+|[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|de|at|ch|fr|es|it|eu|"
                 r"co\.uk|biz|info|us|ca|nl|be)(?:/[^\s<>|,]*)?)(?![\w@])", re.I)  # fmt: skip
FAREWELL = re.compile(
    r"(?:[-_=*~]+|.*\b(?:regards|sincerely|greetings|wishes)|cheers|thanks|thank you|many thanks|best|yours|"
    r"sent from my .*|von meinem .* gesendet|.*\b(?:gr(?:u|ue)(?:ss|ß)en?)|lg|vg|mfg|cordialement|bien a vous|"
    r"saludos|un saludo|.*cordial)[\s,.!]*"
)
LABEL = re.compile(
    r"\b(?:telephone|telefon|telefono|tel|phone|fon|ph|mobile|mobil|movil|handy|cellphone|cell|mob|telefax|fax|"
    r"e-?mail|mail|website|web|url|internet|direct|office|main|durchwahl|[tmfepwod](?=\s*[:.]))\s*[:.]*",
    re.I,
)
LABELLED = re.compile(
    r"\b(tel(?:ephone|efon|efono)?|phone|fon|mob(?:ile|il)?|handy|cell|fax|[tmf](?=\s*[:.]))[\s:.]+"
    r"(\+?[\d()][\d ()./-]{6,})",
    re.I,
)
PIECES = re.compile(r"\s+[|·•–—]\s+|\s*[|·•]\s*|\t+|\s{3,}")
EDGES = " \t,;:|/·•–—-()<>[]\"'*"
TITLE_WORDS = (
    "president ceo cto cfo coo cio chief director manager head vp vice founder cofounder "  # unsaid: looked for
    "owner partner engineer "
    "developer consultant sales executive assistant secretary buyer purchasing marketing "
    "officer specialist "
    "representative agent analyst architect supervisor coordinator administrator "
    "principal dispatcher trainee "
    "broker attorney geschaftsfuhrer geschaftsfuhrerin geschaftsfuhrung leiter leiterin "
    "leitung vertrieb "
    "vertriebsleiter einkauf einkaufer inhaber inhaberin prokurist prokuristin assistenz "
    "sachbearbeiter "
    "sachbearbeiterin berater beraterin directeur directrice gerant gerante responsable "
    "commercial commerciale "
    "gerente directora jefe jefa"
)
TITLES = frozenset(TITLE_WORDS.split())
SALUTATIONS = frozenset({"mr", "mrs", "ms", "miss", "herr", "frau", "mme", "sr", "sra"})
PARTICLES = frozenset({"van", "von", "de", "der", "den", "la", "le", "di", "da", "del", "bin", "al", "el", "zu", "dos"})
FREE_MAIL = frozenset(
    {"gmail", "googlemail", "outlook", "hotmail", "yahoo", "icloud", "gmx", "web", "aol", "live", "me"}
)


def read(text: str, region: str) -> dict[str, str]:
    """What a signature says, by the python names of a lead; what could not be placed is in the notes."""
    signature = _Signature(region)
    for line in text.splitlines():
        signature.take(" ".join(line.replace("\u00a0", " ").split(" ")).strip())
    return signature.settled()


class _Signature:
    """Reads line by line; who and which company is decided when all of it has been seen."""

    def __init__(self, region: str) -> None:
        self._region = region
        self._values: dict[str, str] = {}
        self._names: list[str] = []
        self._rest: list[str] = []

    def take(self, line: str) -> None:
        """One line."""
        if not line or FAREWELL.fullmatch(fold(line)):
            return
        left = self._take_web(self._take_emails(self._take_phones(line)))
        if left != line:
            left = LABEL.sub(" ", left)
        for piece in self._pieces(left):
            self._place(piece)

    def _put(self, name: str, text: str, otherwise: str = "") -> None:
        """Fill a field; what is filled already stays, and the other goes to the notes."""
        if not self._values.get(name):
            self._values[name] = text
        elif fold(self._values[name]) != fold(text):
            self._rest.append(f"{otherwise}{text}")

    def _take_emails(self, line: str) -> str:
        for found in EMAIL.finditer(line):
            self._put("email", found[1], "Email: ")
        return EMAIL.sub(" ", line)

    def _take_web(self, line: str) -> str:
        for found in WEB.finditer(line):
            social = re.search(r"linkedin|facebook|twitter|xing|instagram|youtube|x\.com", found[0], re.I)
            if social:
                self._rest.append(found[0])
            else:
                self._put("website", found[0].rstrip(".,;"), "Website: ")
        return WEB.sub(" ", line)

    def _take_phones(self, line: str) -> str:
        from phonenumbers import PhoneNumberMatcher

        left, end = "", 0
        for match in PhoneNumberMatcher(line, self._region):
            before = line[end : match.start]
            self._put_phone(match.raw_string, fold(before))
            left, end = f"{left}{before} ", match.end
        left += line[end:]
        if not end and (found := LABELLED.search(left)):  # written as they do in a country nobody named
            self._put_phone(found[2].strip(), fold(found[1]))
            left = left.replace(found[0], " ")
        return left

    def _put_phone(self, number: str, before: str) -> None:
        labels = re.findall(r"[a-z]+", before)[-2:]
        if any(label in ("fax", "telefax", "f") for label in labels):
            self._put("fax", number, "Fax: ")
            return
        mobile = any(re.match(r"mob|movil|handy|cell|m$|c$", label) for label in labels)
        first, second = ("other_phone", "phone") if mobile else ("phone", "other_phone")
        free = first if not self._values.get(first) else second
        self._put(free, number, "Phone: ")

    def _pieces(self, line: str) -> Iterator[str]:
        for piece in PIECES.split(line):
            plain = piece.strip(EDGES)
            if not re.search(r"[^\W_]", plain):
                continue
            parts = [part.strip(EDGES) for part in plain.split(",")]
            apart = len(parts) > 1 and any(map(_is_title, parts)) and not _is_company(plain)
            yield from parts if apart else [plain]

    def _place(self, piece: str) -> None:
        left = take_address(piece, self._values)
        for part in left:
            if len(part) > LONGEST_LINE:
                self._rest.append(part)
            elif _is_company(part):
                self._put("company", part)
            elif _is_title(part):
                self._put("title", part)
            elif _could_be_a_name(part):
                self._names.append(part)
            else:
                self._rest.append(part)

    def settled(self) -> dict[str, str]:
        """Everything found, once all lines have been seen."""
        self._choose_company_by_address()
        self._choose_name()
        if not self._values.get("company") and self._names:
            self._values["company"] = self._names.pop(0)
        if self._values.get("other_phone") and not self._values.get("phone"):
            self._values["phone"] = self._values.pop("other_phone")
        notes = "\n".join([*self._names, *self._rest])
        return {**self._values, **({"notes": notes} if notes else {})}

    def _choose_company_by_address(self) -> None:
        """A line that reads like the domain of the address is the company."""
        host = self._values.get("email", "").rpartition("@")[2] or re.sub(
            r"^(?:https?://)?(?:www\.)?", "", self._values.get("website", ""), flags=re.I
        )
        domain = re.sub(r"\W", "", host.split(".")[0].lower())
        if self._values.get("company") or len(domain) < 3 or domain in FREE_MAIL:
            return
        for held in (self._names, self._rest):
            for text in held:
                if company_letters(text) == domain or (len(domain) > 4 and company_letters(text).startswith(domain)):
                    held.remove(text)
                    self._values["company"] = text
                    return

    def _choose_name(self) -> None:
        local = self._values.get("email", "").partition("@")[0].lower()
        written = re.findall(r"[a-z]+", local)
        likely = [name for name in self._names if len(_people(name)) > 1 or name == self._names[0]]
        by_mail = [name for name in likely if any(len(word) > 2 and word in local for word in person_words(name))]
        chosen = next(iter(by_mail or [name for name in likely if len(_people(name)) > 1]), "")
        if chosen:
            self._names.remove(chosen)
            self._values["first_name"], self._values["last_name"] = _first_and_last(_people(chosen))
        elif len(written) == 2 and all(len(word) > 1 for word in written) and "." in local:
            self._values["first_name"], self._values["last_name"] = (word.title() for word in written)


def _people(name: str) -> list[str]:
    """The words of a name without "Mr"."""
    return [word for word in name.split() if fold(word).strip(".") not in SALUTATIONS]


def _first_and_last(words: list[str]) -> tuple[str, str]:
    """Jane van der Berg is Jane, of the van der Bergs; whoever shouts a name is not called so."""
    words = [word.title() if len(word) > 2 and word.isupper() else word for word in words]
    particle = next((place for place, word in enumerate(words) if place and fold(word) in PARTICLES), None)
    if particle is None:
        return split_name(" ".join(words))
    return " ".join(words[:particle]), " ".join(words[particle:])


def _is_company(text: str) -> bool:
    words = re.findall(r"[^\W_]+", re.sub(r"(?<=\w)\.(?=\w\b)", "", fold(text)))
    return len(words) > 1 and words[-1] in LEGAL_FORMS and len(words[-1]) > 1 and len(text) <= LONGEST_LINE


def _is_title(text: str) -> bool:
    return len(text) <= LONGEST_LINE and any(word in TITLES for word in re.findall(r"[^\W_]+", fold(text)))


def _could_be_a_name(text: str) -> bool:
    """Two to four words with capitals, no figures: a person, or a company that says no more of itself."""
    words = text.split()
    capitals = [word for word in words if fold(word) not in PARTICLES]
    return (
        1 <= len(words) <= 5 and not re.search(r"[\d@:!?]", text) and bool(capitals)
        and all(word[0].isupper() or word[0] == "&" for word in capitals)
    )  # fmt: skip
