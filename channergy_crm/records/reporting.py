"""Whom a contact reports to: another contact of the same customer, and nobody in a circle (VT-99)."""

from __future__ import annotations

from typing import Any

from channergy_crm.language import _

HIGHEST = 50
"""steps up that are looked at"""


def problem(contact: Any) -> str | None:
    """One sentence why a contact cannot report to whom it says, or None. What stood there before is left alone."""
    boss = contact.reports_to
    if boss is None:
        return None
    if boss == contact.key:
        return _("Nobody reports to themselves.")
    if not contact.is_new and "reports_to" not in contact.changes():
        return None
    held = type(contact).find(boss)
    if held is not None and held.customer != contact.customer:
        return _("{name} is a contact of another customer; choose one of the same.").format(name=held.caption())
    seen, above = {contact.key}, held
    while above is not None and above.key not in seen and len(seen) < HIGHEST:
        seen.add(above.key)
        if above.reports_to is not None and above.reports_to == contact.key:
            said = _("{name} reports to {contact}, at once or through others; that would be a circle.")
            return said.format(name=held.caption() if held else "", contact=contact.caption())
        above = type(contact).find(above.reports_to) if above.reports_to is not None else None
    return None
