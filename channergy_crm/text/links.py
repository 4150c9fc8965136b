"""What leaves the program as a link: one address, checked and quoted, so that nothing rides along with it."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from channergy_crm.patterns import pattern
from channergy_crm.text.folding import plain_signs

_NAMED = pattern(r"[^<>]*<([^<>]*)>")
_ADDRESS = pattern(r"""[^\s@,;:<>()\[\]\\"\x00-\x1f\x7f]+@[\w-]+(?:\.[\w-]+)*\.[\w-]+""")
_RINGS = pattern(r"""(tel|callto|sips?|phone):(?://)?([^@:;>?\s]*)([^;>?\s]*)""", re.IGNORECASE)
_HOST = pattern(r"\d+(?:\.\d+){3}")
LONGEST_NUMBER, LONGEST_LINK = 40, 1_900
_UNQUOTED = "!$'*+-._~"
_STRANGE = pattern(r"\.\.|^\.|\.@")


def mail_address(text: str) -> str:
    """The one e-mail address somebody wrote, `Ann Lee <ann@acme.com>` or without the name; '' for anything else."""
    plain = plain_signs(text).strip()
    named = _NAMED.fullmatch(plain)
    address = named[1].strip() if named else plain
    return address if _ADDRESS.fullmatch(address) and not _STRANGE.search(address) else ""


def mail_link(address: str) -> str:
    """The link that begins a mail to this address and says nothing else: no copies, no subject, no files (F-13)."""
    local, _at, domain = address.rpartition("@")
    return f"mailto:{quote(local, safe=_UNQUOTED)}@{quote(domain, safe=_UNQUOTED)}"


def draft_link(address: str, subject: str, text: str) -> str:
    """The link that begins a mail with this subject and text; "" where it is longer than every system takes."""
    body = quote(text.replace("\r\n", "\n").replace("\n", "\r\n"), safe="")
    link = f"{mail_link(address)}?subject={quote(' '.join(subject.split()), safe='')}&body={body}"
    return link if len(link) <= LONGEST_LINK else ""


def number_of(text: str) -> str:
    """The number in what a telephone tells: "+49 30 1234", tel:…, sip:+49301234@host, "Ann Lee" <sip:…>; "" for none.

    Who keeps their number back has none, and the address of a machine is none.
    """
    found = _RINGS.search(text, text.rfind("<") + 1)  # a name before it may say anything
    typed = " ".join(unquote(found[2]).split()) if found else text.strip()  # a browser writes a blank as %20
    if found and found[1].lower().startswith("sip") and "@" not in found[3] and _HOST.fullmatch(typed):
        return ""
    plain = re.sub(r"[^0-9+*#().\s/-]", "", typed).strip() if not re.search(r"[^\W\d_]", typed) else ""
    return plain[:LONGEST_NUMBER] if re.search(r"\d", plain) else ""
