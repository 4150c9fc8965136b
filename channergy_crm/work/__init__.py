"""Units of work, the only way to write: what a record is, how it is saved, journalled and taken back."""

from channergy_crm.work.journal import JOURNAL, Change, ChangeRow, Done, UnitRow, latest_unit
from channergy_crm.work.stored import Stored, key_field
from channergy_crm.work.unit import Unit, current, in_bulk, listen, tell, unit

__all__ = [
    "JOURNAL", "Change", "ChangeRow", "Done", "Stored", "Unit", "UnitRow", "current", "in_bulk", "key_field",
    "latest_unit", "listen", "tell", "unit",
]  # fmt: skip
