"""Mails and contact forms that somebody copied: who wrote, without headers, greetings and quotations (F-36)."""

from __future__ import annotations

import re
from typing import NamedTuple

from channergy_crm.text.folding import fold
from channergy_crm.transfer.clipboard import signature
from channergy_crm.transfer.importing.rows import split_name

_FROM = "from|von|de|expediteur|remitente"  # unsaid: looked for
_OTHER = (
    "sent|date|to|cc|bcc|subject|reply-to|gesendet|datum|an|betreff|kopie|antwort an|envoye|a|"  # unsaid: likewise
    "objet|enviado|fecha|para|asunto"
)
HEADER = re.compile(rf"\W*({_FROM}|{_OTHER})\W*\s?:\s*(.*)")
_SENDER = re.compile(rf"\W*(?:{_FROM})\W*")
_SUBJECT = re.compile(r"\W*(?:subject|betreff|objet|asunto)\W*")
_FORWARDED = re.compile(
    r"[-_ ]*.*(?:forwarded message|weitergeleitete nachricht|message transfere|mensaje reenviado).*"
)
_QUOTED = re.compile(
    r"\W*>.*|(?:on|am|le|el)\b.*(?:wrote|schrieb|a ecrit|escribio).*:|[-_ ]{3,}.*(?:original|forwarded).*"
)
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|day)|hallo|guten tag|sehr geehrte[rs]?|liebe[rs]?|bonjour|hola|estimad[oa])"
    r"\b.{0,60}"
)
_LABELLED = re.compile(r"\s*([^:\t@/<>]{2,60}?)\s*(?::(?!//)|\t)\s*(.*?)\s*")
_DISCLAIMER = re.compile(
    r".*(?:confidential|intended recipient|vertraulich|confidentiel|confidencial|disclaimer).*"  # unsaid: looked for
)
_MESSAGE = re.compile(r"(?:your |ihre )?(?:message|nachricht|mensaje|comments?|anfrage|mitteilung|kommentar)")


class Mail(NamedTuple):
    """Who wrote a mail, about what, and what it says itself."""

    name: str
    email: str
    subject: str
    body: str


def pairs(text: str) -> list[tuple[str, str]]:
    """The lines of a form with their labels; the message goes to the end."""
    found: list[tuple[str, str]] = []
    lines = text.splitlines()
    for place, line in enumerate(lines):
        match = _LABELLED.fullmatch(line)
        if match is None:
            continue
        if _MESSAGE.fullmatch(fold(match[1])):
            return [*found, (match[1], "\n".join([match[2], *lines[place + 1 :]]).strip())]
        if match[2] and not HEADER.fullmatch(fold(line)):
            found.append((match[1], match[2]))
    return found


def mail(text: str) -> Mail | None:
    """The mail a text is; None when it has no headers. Of a forwarded one, that which was forwarded."""
    lines = text.splitlines()
    start = next((place + 1 for place, line in enumerate(lines) if _FORWARDED.fullmatch(fold(line))), 0)
    start = next((place for place in range(start, len(lines)) if is_sender(lines[place])), -1)
    if start < 0:
        return None
    end, subject = start + 1, ""
    while end < len(lines) and (match := HEADER.fullmatch(fold(lines[end]))):
        if _SUBJECT.fullmatch(match[1]):
            subject = lines[end].partition(":")[2].strip(" *")
        end += 1
    if end == start + 1:
        return None
    said = lines[start].partition(":")[2].strip()
    address = signature.EMAIL.search(said)
    name = re.sub(r"[<\[(].*", "", said).strip(" *\"'")
    return Mail("" if "@" in name else name, address[1] if address else "", subject, own_words("\n".join(lines[end:])))


def is_sender(line: str) -> bool:
    """Whether this line of a mail's head says who wrote it."""
    match = HEADER.fullmatch(fold(line))
    return match is not None and _SENDER.fullmatch(match[1]) is not None


def own_words(text: str) -> str:
    """What somebody wrote without what is quoted below or between."""
    kept: list[str] = []
    for line in text.splitlines():
        if line.lstrip().startswith(">"):
            continue
        if _QUOTED.fullmatch(fold(line).strip()) or (is_sender(line) and "@" in line):
            break
        if _DISCLAIMER.fullmatch(fold(line)):
            break
        kept.append(line)
    return "\n".join(kept).strip()


def is_letter(text: str) -> bool:
    """Whether it begins as people write to each other, or lists several addresses only."""
    lines = [line for line in text.splitlines() if line.strip()]
    only = len(signature.EMAIL.findall(text)) > 1 and len(lines) == 1
    return only or (len(lines) > 1 and any(_GREETING.fullmatch(fold(line).strip()) for line in lines[:3]))


def below(body: str) -> str:
    """The lines below the farewell: who signs."""
    lines = body.splitlines()
    ends = [place for place, line in enumerate(lines) if line.strip() and signature.FAREWELL.fullmatch(fold(line))]
    last = max(ends, default=-1)
    return "\n".join(lines[last + 1 :]).strip() if last >= 0 else ""


def writer(found: Mail, region: str) -> dict[str, str]:
    """Who wrote a mail: the header says who, the signature how to reach them; the rest is noted."""
    from phonenumbers import PhoneNumberMatcher

    values = signature.read(f"{below(found.body)}\n{found.email}", region) if below(found.body) else {}
    if fold(values.get("company", "")) in (fold(found.name), *fold(found.name).split()):
        values.pop("company", None)
    if found.name:
        values["first_name"], values["last_name"] = split_name(found.name)
    if found.email:
        values["email"] = found.email
    if not values.get("phone") and (number := next(iter(PhoneNumberMatcher(found.body, region)), None)):
        values["phone"] = number.raw_string
    values["notes"] = "\n".join(part for part in (found.subject, found.body) if part)
    return {name: text for name, text in values.items() if text}
