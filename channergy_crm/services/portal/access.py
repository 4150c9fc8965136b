"""Who may use the Customer Portal, and how it is started: what Settings tell the office (VT-104)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from channergy_crm.language import N_
from channergy_crm.records import Contact
from channergy_crm.services import reading, rights

STARTED = "main.py portal --port 8800"  # unsaid: what is typed
WRONG = N_("It looks like https://help.office.example, with nothing behind it.")


def those(by: str) -> Any:
    """The condition for the contacts who have access, whosever they are, as far as this one sees contacts."""
    rights.require(by, "see", Contact)
    seen, wanted = rights.seen(Contact, by), Contact.portal & (Contact.kind("email_folded") != "")
    return wanted if seen is None else wanted & seen


def count(by: str) -> int:
    """How many these are."""
    return reading.count(Contact, those(by), by)


def is_address(text: str) -> bool:
    """Whether the portal can be reached there by everybody: encrypted, a name, perhaps a port, and nothing more."""
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    return parts.scheme == "https" and f"https://{parts.netloc}" == text and named and "@" not in text


def command(address: str) -> str:
    """What starts it, on the computer that serves it."""
    return f"{STARTED} --address {address} --proxy" if is_address(address) else STARTED  # unsaid: what is typed
