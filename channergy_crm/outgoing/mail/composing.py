"""A mail as it goes over the line: its heads, the text in both forms, what goes along (BX-14, RFC 5322, RFC 2369)."""

from __future__ import annotations

from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from channergy_crm.errors import Mistake
from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.mail.accounts import Account

BEGINS, ENDS = '<html><head><meta charset="utf-8"></head><body>\n', "</body></html>\n"  # unsaid: HTML
LINES = policy.SMTP.clone(cte_type="7bit")
"""what every server between here and there takes"""


class Attached(NamedTuple):
    """A document that goes along."""

    name: str
    type: str
    data: bytes


def in_ascii(address: str) -> str:
    """An address as servers know it: the name of a computer in other letters is written the way of the net."""
    local, _at, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def letters(*addresses: str) -> str:
    """What a server must be able to do to take these addresses: "SMTPUTF8", or "" where it is nothing."""
    return "" if all(address.isascii() for address in addresses) else "SMTPUTF8"


def composed(
    row: Any, own: Account, to_name: str = "", *, bulk: bool = False, by_itself: bool = False,
    attached: Sequence[Attached] = (),
) -> bytes:  # fmt: skip
    """A row of the messages as a mail, its lines ended as servers want them. `Mistake` where an address is none."""
    sender, to = in_ascii(row.sender or own.sender), in_ascii(row.address)
    mail = EmailMessage(LINES.clone(utf8=bool(letters(sender, to))))
    mail["From"] = _address(own.name, sender)
    mail["To"] = _address(to_name, to)
    if own.reply_to:
        mail["Reply-To"] = _address("", in_ascii(own.reply_to))
    mail["Subject"] = one_line(row.subject)
    mail["Date"] = format_datetime(row.made.astimezone())
    mail["Message-ID"] = row.message_id
    if bulk:
        mail["List-Unsubscribe"] = f"<mailto:{quote(in_ascii(own.reply_to or sender), safe='@')}?subject=unsubscribe>"
        mail["Precedence"] = "bulk"
    if by_itself:
        mail["Auto-Submitted"] = "auto-generated"  # nobody's program answers that they are on holiday
    mail.set_content(row.text)
    if row.html:
        mail.add_alternative(f"{BEGINS}{row.html}{ENDS}", "html")
    for each in attached:
        main, _slash, sub = (each.type or "application/octet-stream").partition("/")
        mail.add_attachment(each.data, maintype=main, subtype=sub or "octet-stream", filename=one_line(each.name))
    return mail.as_bytes()


def one_line(text: str) -> str:
    """A text that stands in a head: whatever would begin another one is a blank."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _address(name: str, address: str) -> Address:
    local, _at, domain = address.rpartition("@")
    try:
        return Address(one_line(name), local, domain)
    except (ValueError, IndexError) as error:
        raise Mistake(_("“{address}” is no e-mail address.").format(address=address)) from error
