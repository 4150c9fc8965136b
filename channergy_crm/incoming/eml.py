"""Reads a mail as it goes over the net, such as an .eml file: bounded in every way, and never trusted (BX-14).

Whatever is broken in it, what can be read is read; where nothing can, `Mistake` says so.
"""

from __future__ import annotations

import re
from email import policy
from email.errors import MessageError
from email.headerregistry import AddressHeader
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.incoming import plain
from channergy_crm.incoming.fitting import FilesTaken, day, is_automatic, safe_address
from channergy_crm.language import _
from channergy_crm.records.filed_mails import LONGEST_ID, LONGEST_SUBJECT, LONGEST_TEXT
from channergy_crm.services.filing.mails import MOST_ADDRESSES, Mail, made_up_id
from channergy_crm.text.amounts import of_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

MOST_BYTES, MOST_PARTS, DEEPEST, MOST_IDS, LONGEST_HEADER = 25 << 20, 300, 30, 50, 20_000
BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MessageError)
"""what the parser of mails raises for what nobody would write"""
_ID = re.compile(r"<[^<>\s]{1,248}>")
_STRUCTURED = ("From", "To", "Cc")


def read(data: bytes) -> Mail:
    """The mail in these bytes. `Mistake` where it is too large, or none."""
    if len(data) > MOST_BYTES:
        said = _("The mail has {size}; one may have {most}.")
        raise Mistake(said.format(size=of_bytes(len(data)), most=of_bytes(MOST_BYTES)))
    try:
        parsed = BytesParser(policy=policy.default).parsebytes(data)
        return _mail(parsed, data)
    except BROKEN as error:
        raise Mistake(_("That is no e-mail that can be read.")) from error


def _mail(parsed: Message, data: bytes) -> Mail:
    head = _Head(parsed, data)
    if not any(head.text(name) for name in ("From", "To", "Date", "Subject", "Message-ID")):
        raise Mistake(_("That is no e-mail that can be read."))
    body = _body(parsed)
    sender = next(iter(head.people("From") or head.people("Sender")), ("", ""))
    subject = head.text("Subject")[:LONGEST_SUBJECT]
    ids = _ID.findall(head.text("Message-ID"))
    answers = [*_ID.findall(head.text("In-Reply-To")), *reversed(_ID.findall(head.text("References")))]
    return Mail(
        ids[0][:LONGEST_ID] if ids else made_up_id(head.text("Date"), sender[1], subject, body.text),
        sender, head.people("To"), head.people("Cc"), head.day(), subject, body.text,
        tuple(dict.fromkeys(answers))[:MOST_IDS], tuple(body.files.taken), tuple(body.files.left_out),
        is_automatic(head.text, sender[1]),
    )  # fmt: skip


class _Head:
    """The head of a mail. What the careful reading of a line trips over is read again as it stands."""

    def __init__(self, parsed: Message, data: bytes) -> None:
        self._parsed, self._data = parsed, data
        self._raw: Message | None = None

    def text(self, name: str) -> str:
        """A line of the head in words."""
        try:
            value = self._parsed.get(name)
        except BROKEN:
            value = self._as_it_stands(name)
        return " ".join(plain.storable(str(value or ""))[:LONGEST_HEADER].split())

    def people(self, name: str) -> tuple[tuple[str, str], ...]:
        """Names and addresses, those that are addresses."""
        try:
            value = self._parsed.get(name)
            pairs = (
                [(each.display_name, each.addr_spec) for each in value.addresses]
                if isinstance(value, AddressHeader) else getaddresses([str(value or "")])
            )  # fmt: skip
        except BROKEN:
            pairs = getaddresses([self._as_it_stands(name)])
        found = ((plain.storable(" ".join(said.split()))[:200], safe_address(address)) for said, address in pairs)
        return tuple(each for each in found if each[1])[:MOST_ADDRESSES]

    def day(self) -> Any:
        """When it was sent, on the office's wall clock; None where it says nothing one can believe."""
        try:
            return day(parsedate_to_datetime(self.text("Date")))
        except BROKEN:
            return None

    def _as_it_stands(self, name: str) -> str:
        if self._raw is None:
            self._raw = BytesHeaderParser(policy=policy.compat32).parsebytes(self._data)
        return str(self._raw.get(name) or "")


class _Body(NamedTuple):
    text: str
    files: FilesTaken


def _body(parsed: Message) -> _Body:
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    files = FilesTaken()
    for place, part in enumerate(_parts(parsed)):
        if place == MOST_PARTS:
            files.left_out.append(_("It has more parts than are looked at."))
            break
        kind, name = part.get_content_type(), _name(part)
        if kind in texts and not name and part.get_content_disposition() != "attachment":
            texts[kind].append(_decoded(part))
        elif not (part.get("Content-ID") and part.get_content_disposition() != "attachment"):
            files.take(name, kind, _bytes(part))
    told = "\n\n".join(texts["text/plain"]).strip()
    told = told or "\n\n".join(map(plain.of_html, texts["text/html"]))
    return _Body(plain.storable(told).strip()[:LONGEST_TEXT], files)


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that hold something themselves; a mail within the mail is one of them."""
    if not message.is_multipart() or message.get_content_maintype() == "message":
        yield message
        return
    if depth < DEEPEST:
        for part in message.get_payload():
            if not isinstance(part, str):
                yield from _parts(part, depth + 1)


def _name(part: Message) -> str:
    try:
        return str(part.get_filename() or "")
    except BROKEN:
        return ""


def _bytes(part: Message) -> bytes:
    try:
        if part.get_content_maintype() == "message" and part.is_multipart():
            return bytes(part.get_payload(0).as_bytes())  # type: ignore[union-attr]
        return part.get_payload(decode=True) or b""  # type: ignore[return-value]
    except BROKEN:
        return b""


def _decoded(part: Message) -> str:
    data = _bytes(part)
    try:
        return data.decode(part.get_content_charset("utf-8") or "utf-8")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")
