"""What leaves the program as a link: one address, checked and quoted, so that nothing rides along with it."""

from __future__ import annotations

import re
from urllib.parse import quote

from channergy_crm.text.folding import plain_signs

_NAMED = re.compile(r"[^<>]*<([^<>]*)>")
_ADDRESS = re.compile(r"""[^\s@,;:<>()\[\]\\"\x00-\x1f\x7f]+@[\w-]+(?:\.[\w-]+)*\.[\w-]+""")
_UNQUOTED = "!$'*+-._~"
_STRANGE = re.compile(r"\.\.|^\.|\.@")


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
