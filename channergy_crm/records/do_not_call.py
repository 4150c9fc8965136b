"""The register of numbers that are not called: who asked the office for it, and lists it was given (BX-6, DP-8)."""

from __future__ import annotations

from channergy_crm.fields import Date, RecordNumber, Text
from channergy_crm.language import _
from channergy_crm.work.about import About
from channergy_crm.work.record import Record

OWN = "own"
"""the source of what somebody asked this office itself"""
STOPPED = "sms"
"""the source of those who answered STOP: they may be called, but no message is sent to them any more"""
LONGEST_NAME, LONGEST_REASON = 60, 250
HASHED = "h:"
"""what a key begins with that tells nobody the number (DP-7)"""


class DoNotCall(Record):
    """A number that is not called, and who says so.

    `key` is the number in its international form ("+16502530000"), its digits where it has none, or, where somebody
    asked to be forgotten, `h:` and a keyed hash of it. `source` is "own", "sms" or the name of a list, `listed_on` the
    day.
    """

    number = RecordNumber("Entry #", column_name="EntryNo")
    key_of_number = Text("Number", column_name="NumberKey", required=True, limit=80, personal=True, width=20)
    source = Text("Source", column_name="Source", required=True, limit=LONGEST_NAME)
    listed_on = Date("Listed", column_name="ListedDt", past=True)
    reason = Text("Reason", column_name="Reason", limit=LONGEST_REASON, width=40)

    singular = "Number not to be called"
    plural = "Numbers not to be called"
    about = About(rank=95)

    class Meta:
        table_name = "CRMDoNotCall"
        indexes = ((("key_of_number", "source"), True), (("source", "listed_on"), False))

    def caption(self) -> str:
        return self.key_of_number if not self.key_of_number.startswith(HASHED) else _("a forgotten number")
