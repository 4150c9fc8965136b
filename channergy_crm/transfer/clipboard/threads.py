"""Mails that somebody of the office has answered: what we wrote ourselves is no lead, whom we answered is (F-36)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.text.folding import fold
from channergy_crm.transfer.clipboard import mails, signature

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SIGNED = 10  # lines at the end of a mail among which its writer's name is looked for
_DAY = r"(?:on|am|le|el|il|op)\b(?=.*\d)"  # unsaid: looked for, as all of these
_WROTE = re.compile(
    rf"{_DAY}.*\b(?:wrote|a ecrit|escribio|ha scritto|schreef)\s*:?"  # unsaid: the same
    rf"|{_DAY}.*\bschr(?:ieb|eef)\b.*"
)
_BEGINS = re.compile(rf"{_DAY}.*")
_VERB = r"wrote|a écrit|escribió|ha scritto|schrieb|schreef"  # unsaid: the same
_WRITER = re.compile(rf"([^\W\d_][^,<>\d:;]*?)\s*(?:[<(\[][^>)\]]*[>)\]])?\s*(?:{_VERB})?\s*:?\s*$", re.I)
_NO_NAME = re.compile(rf"^(?:.*\b(?:{_VERB}|um|at|à|a las|uhr|[ap]\.?m\.?)\b)?\W*", re.I)
_QUOTE = re.compile(r"^[\s>|]*[>|]\s?")
_ADDRESSEE = re.compile(r"\W*(?:to|an|a|para)\W*")
_SUBJECT = re.compile(r"\W*(?:subject|betreff|objet|asunto)\W*")  # unsaid: the same


class Part(NamedTuple):
    """One mail of a thread: who wrote it to whom, as far as it says, about what, and its text."""

    name: str
    email: str
    to: str
    subject: str
    body: str


def of_others(text: str, ours: Collection[str]) -> str:
    """A thread without what the people of the office wrote; `ours` are their names. Nothing when they wrote it all.

    What others wrote first becomes the mail it was; where there is only ours, whom it went to is who is left.
    """
    found, names = list(parts(text)), {fold(name) for name in ours}
    hosts = _hosts(found, names)
    mine = [_is_ours(part, names, hosts, alone=len(found) == 1) for part in found]
    known = [part for part, my in zip(found, mine, strict=True) if not my and (part.name or part.email)]
    if not mine[0] and known and _says_nobody(found[0]):
        mine[0] = True  # somebody answers a person who is named
    if not any(mine):
        return text
    others = known or [part for part, my in zip(found, mine, strict=True) if not my and part.body]
    if others:
        return _as_mail(others[0]) if others[0] in known else others[0].body
    addressee = next((one for part in found for one in _people(part.to) if not _is_us(*one, names, hosts)), None)
    return _as_mail(Part(*addressee, "", found[0].subject, "")) if addressee else ""


def parts(text: str) -> Iterator[Part]:
    """The mails of a thread, the newest first."""
    lines = [line.replace("\u00a0", " ") for line in text.splitlines()]
    head, start, place = Part("", "", "", "", ""), 0, 0
    while place < len(lines):
        begun = _heading(lines, place)
        if begun is None:
            place += 1
            continue
        body = _body(lines[start:place])
        if body or head.name or head.email:
            yield head._replace(body=body)
        head, place = begun
        start = place
    yield head._replace(body=_body(lines[start:]))


def _heading(lines: list[str], place: int) -> tuple[Part, int] | None:
    """What begins another mail here, and the line after it."""
    line = _bare(lines[place])
    plain = fold(line)
    if mails.is_sender(line):
        return _headers(lines, place)
    if not _BEGINS.match(plain):
        return None
    for more in (1, 2):
        said = " ".join(map(_bare, lines[place : place + more]))
        if _WROTE.fullmatch(fold(said)):
            return Part(*_person(said), "", "", ""), place + more
    return None


def _headers(lines: list[str], place: int) -> tuple[Part, int] | None:
    end, head = place, Part(*_person(_bare(lines[place]).partition(":")[2]), "", "", "")
    while end < len(lines) and (match := mails.HEADER.fullmatch(fold(_bare(lines[end])))):
        value = _bare(lines[end]).partition(":")[2].strip(" *")
        if _ADDRESSEE.fullmatch(match[1]):
            head = head._replace(to=value)
        elif _SUBJECT.fullmatch(match[1]):
            head = head._replace(subject=value)
        end += 1
    return (head, end) if end > place + 1 else None


def _bare(line: str) -> str:
    return _QUOTE.sub("", line).strip()


def _body(lines: list[str]) -> str:
    return "\n".join(_QUOTE.sub("", line) for line in lines).strip()


def _person(said: str) -> tuple[str, str]:
    address = signature.EMAIL.search(said)
    found = _WRITER.search(said.strip(" *"))
    name = _NO_NAME.sub("", found[1]).strip(" *\"'") if found else ""
    return "" if "@" in name else name, address[1] if address else ""


def _people(said: str) -> list[tuple[str, str]]:
    return [_person(one) for one in re.split(r"[;,](?=[^<>]*<|[^<>]*@|[^<>]*$)", said) if one.strip()]


def _hosts(found: list[Part], names: Collection[str]) -> set[str]:
    """Whose mail boxes are ours: those of people who are called like somebody of the office."""
    everybody = [*((part.name, part.email) for part in found), *(one for part in found for one in _people(part.to))]
    hosts = {email.rpartition("@")[2].lower() for name, email in everybody if fold(name) in names and email}
    return {host for host in hosts if host.split(".")[0] not in signature.FREE_MAIL}


def _is_us(name: str, email: str, names: Collection[str], hosts: Collection[str]) -> bool:
    return bool(name and fold(name) in names) or (email.rpartition("@")[2].lower() in hosts)


def _is_ours(part: Part, names: Collection[str], hosts: Collection[str], *, alone: bool) -> bool:
    if part.name or part.email:
        return _is_us(part.name, part.email, names, hosts)
    lines = [line for line in part.body.splitlines() if line.strip()][-SIGNED:]
    pieces = {fold(piece.strip(signature.EDGES)) for line in lines for piece in re.split(r"[|·•,]|\t+| [-–—] ", line)}
    firsts = set() if alone else {name.split()[0] for name in names if name}
    return bool(pieces & {*names, *firsts})


def _says_nobody(part: Part) -> bool:
    said = part.name or part.email or mails.below(part.body)
    return not said and not signature.EMAIL.search(part.body)


def _as_mail(part: Part) -> str:
    head = f"From: {part.name} <{part.email}>\nSubject: {part.subject}"  # unsaid: read again at once
    return f"{head}\n\n{part.body}"
