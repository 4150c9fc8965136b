"""Units of work, the only way to write: what a record is, how it is saved, journalled and taken back."""

from channergy_crm.work.journal import JOURNAL, Change, ChangeRow, Done, UnitRow, latest_unit
from channergy_crm.work.stored import Stored, held_fast, key_field, locked
from channergy_crm.work.unit import Unit, along, before_any, current, in_bulk, listen, tell, under_way, unit

__all__ = [
    "JOURNAL", "Change", "ChangeRow", "Done", "Stored", "Unit", "UnitRow", "along", "before_any", "current",
    "held_fast", "in_bulk", "key_field", "latest_unit", "listen", "locked", "tell", "under_way", "unit",
]  # fmt: skip
