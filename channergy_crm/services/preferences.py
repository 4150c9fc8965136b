"""My Preferences: what operators say of themselves and wish for (VT-46…VT-53)."""

from __future__ import annotations

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records.operators import Operator
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import rights

NEW_FOR = 7
"""days for which a lead is new where nobody has said otherwise (VT-50)"""


def of(id: str, by: str) -> Preferences:
    """The preferences of an operator, not yet saved where there are none."""
    rights.require(by, "see", Preferences)
    held: Preferences = Preferences.find(id) or Preferences(operator=id, lead_days=NEW_FOR)
    return held


def save(held: Preferences, by: str) -> Preferences:
    """Keep one's own preferences; an administrator keeps those of others too."""
    rights.require(by, "edit", Preferences)
    if held.operator != by and rights.may(by, "administer"):
        raise Refused(_("These are the preferences of {operator}.").format(operator=held.operator))
    if Operator.find(held.operator) is None:
        raise Mistake(_("There is no operator {id}.").format(id=held.operator))
    if held.reports_to == held.operator:
        raise Mistake(_("Nobody reports to themselves."), "reports_to")
    with work.unit("Change preferences of {operator}", by=by, operator=held.operator):
        held.save()
    return held
