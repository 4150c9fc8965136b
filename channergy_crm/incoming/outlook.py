"""Reads a mail that Outlook has saved as an .msg file (BX-14)."""

from __future__ import annotations

import re
import struct
from email.utils import getaddresses
from typing import TYPE_CHECKING, Any

from channergy_crm.errors import Mistake
from channergy_crm.incoming import plain
from channergy_crm.incoming.eml import BROKEN, MOST_BYTES, MOST_IDS
from channergy_crm.incoming.fitting import FilesTaken, day, is_automatic, safe_address
from channergy_crm.language import _
from channergy_crm.records.filed_mails import LONGEST_ID, LONGEST_SUBJECT, LONGEST_TEXT
from channergy_crm.services.filing.mails import MOST_ADDRESSES, Mail, made_up_id
from channergy_crm.text.amounts import of_bytes

if TYPE_CHECKING:
    from datetime import datetime

BEGINS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ID = re.compile(r"<[^<>\s]{1,248}>")
_MESSAGE_ID, _IN_REPLY_TO = 0x1035, 0x1042
_TO, _CC = 1, 2
_RECIPIENT_KIND = 0x0C15


def read(data: bytes) -> Mail:
    """The mail in these bytes. `Mistake` where it is too large, or cannot be read."""
    if len(data) > MOST_BYTES:
        said = _("The mail has {size}; one may have {most}.")
        raise Mistake(said.format(size=of_bytes(len(data)), most=of_bytes(MOST_BYTES)))
    import oxmsg

    try:
        return _mail(oxmsg.Message.load(data))
    except (*BROKEN, OSError, struct.error, EOFError, MemoryError, OverflowError) as error:
        raise Mistake(_("That Outlook mail cannot be read. Save it as .eml and drop that.")) from error


def _mail(held: Any) -> Mail:
    properties, heads = held.properties, {name.casefold(): str(value) for name, value in held.message_headers.items()}
    sender = next(iter(_people(held.sender or "")), ("", ""))
    subject = " ".join(plain.storable(held.subject).split())[:LONGEST_SUBJECT]
    text = plain.storable(held.body or "").strip() or plain.storable(plain.of_html(held.html_body or ""))
    sent = day(held.sent_date)
    own = _ID.findall(heads.get("message-id") or properties.str_prop_value(_MESSAGE_ID) or "")
    before = heads.get("in-reply-to") or properties.str_prop_value(_IN_REPLY_TO) or ""
    answers = [*_ID.findall(before), *reversed(_ID.findall(heads.get("references", "")))]
    to, cc = _recipients(held, heads)
    files = _files(held)
    if not (sender[1] or subject or text):
        raise ValueError("an .msg file of something else than a mail")
    id = own[0][:LONGEST_ID] if own else made_up_id(_when(sent), sender[1], subject, text)
    return Mail(
        id, sender, to, cc, sent, subject,
        text[:LONGEST_TEXT], tuple(dict.fromkeys(answers))[:MOST_IDS], tuple(files.taken), tuple(files.left_out),
        is_automatic(lambda name: heads.get(name.casefold(), ""), sender[1]),
    )  # fmt: skip


def _when(sent: datetime | None) -> str:
    return sent.isoformat() if sent is not None else ""


def _people(text: str) -> tuple[tuple[str, str], ...]:
    found = ((" ".join(plain.storable(name).split())[:200], safe_address(each)) for name, each in getaddresses([text]))
    return tuple(each for each in found if each[1])[:MOST_ADDRESSES]


def _recipients(held: Any, heads: dict[str, str]) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """To whom it went and who got a copy: out of the head as it came over the net, else as Outlook keeps it."""
    if heads.get("to"):
        return _people(heads["to"]), _people(heads.get("cc", ""))
    found: dict[int, list[tuple[str, str]]] = {_TO: [], _CC: []}
    for each in held.recipients[:MOST_ADDRESSES]:
        kind = each.properties.int_prop_value(_RECIPIENT_KIND) or _TO
        if (address := safe_address(each.email_address or "")) and kind in found:
            found[kind].append((" ".join(plain.storable(each.name or "").split())[:200], address))
    return tuple(found[_TO]), tuple(found[_CC])


def _files(held: Any) -> FilesTaken:
    files = FilesTaken()
    for each in held.attachments:
        if each.attached_by_value and each.file_bytes:
            files.take(each.file_name or "", each.mime_type or "", bytes(each.file_bytes))
    return files
