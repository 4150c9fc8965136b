"""Where somebody writes a mail: inside the program, or in the mail program of the workstation (VT-52, K26)."""

from __future__ import annotations

from channergy_crm.records.preferences import Preferences
from channergy_crm.services import rights
from channergy_crm.services.mail import accounts


def writes_here(by: str) -> bool:
    """Whether an address that is pressed opens our own composer: the operator has chosen it, and the office has a mail
    server. Until then it is the mail program of the workstation.
    """
    rights.require(by, "see", Preferences)
    held = Preferences.find(by)
    return held is not None and bool(held.own_composer) and accounts.is_set_up()
