"""Whether the office has a mail server of its own."""

from __future__ import annotations

from channergy_crm.services import office
from channergy_crm.services.rights import Program
from channergy_crm.settings import Setting

MAIL_HOST = Setting("mail.host", "office", "")
"""the server that takes the office's mail; "" where there is none"""


def is_set_up() -> bool:
    """Whether the office sends mail itself at all."""
    return bool(office.get(MAIL_HOST, Program.ITSELF).strip())
