"""Whether the office has a mail server of its own."""

from __future__ import annotations

from channergy_crm.services import office, rights
from channergy_crm.settings import Setting

SERVER = Setting("mail.host", "office", "")
"""the server that takes the office's mail; "" where there is none"""


def is_ready(by: str) -> bool:
    """Whether mails can be sent from inside the program."""
    rights.require(by, "see")
    return bool(office.get(SERVER, by).strip())
