"""The signature of an operator, put under every mail they write (VT-51)."""

from __future__ import annotations

from channergy_crm.records.preferences import Preferences
from channergy_crm.services import rights

LINE = "-- "
"""what stands alone in the line above a signature, as mail programs know it"""


def of(by: str) -> str:
    """The signature of who works here, as they wrote it in My Preferences; "" where there is none."""
    rights.require(by, "see", Preferences)
    held = Preferences.find(by)
    return str(held.signature or "").strip() if held is not None else ""


def signed(body: str, by: str) -> str:
    """A text with the signature under it; one that has it already gets it once."""
    rights.require(by, "see", Preferences)
    own, text = of(by), body.rstrip()
    return text if not own or text.endswith(own) else f"{text}\n\n{LINE}\n{own}"
