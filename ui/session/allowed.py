"""What may not be done here is not offered: each verb of the screen is one deed of the one door to rights."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from channergy_crm import records
from channergy_crm.errors import Surroundings
from channergy_crm.records import Lead, Task
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.operators import Operator
from channergy_crm.records.roles import HiddenField, OperatorRole, RoleRight
from channergy_crm.services import rights

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.access import Deed
    from channergy_crm.work import Done
    from channergy_crm.work.record import Record
    from ui.session.session import Session

DEEDS: dict[str, Deed] = {
    "create": "create", "duplicate": "create", "save": "edit", "save_and_next": "edit", "convert": "convert",
    "remove": "remove", "restore": "edit", "restore_marked": "edit", "remove_marked": "remove", "merge": "edit",
    "find_duplicates": "edit", "set_field": "edit", "reassign": "edit", "deal_out": "edit",
    "edit_cell": "edit", "delete": "remove",
    "close": "edit", "set_reminder": "edit", "import": "import", "export": "export",
    "create_task": "create", "create_lead": "create", "create_quote": "create",
}  # fmt: skip
"""by the names of commands"""
MAKES: dict[str, Callable[[], type[Record]]] = {
    "create_task": lambda: Task, "create_lead": lambda: Lead, "create_quote": lambda: records.SalesDocument,
}  # fmt: skip
"""what these commands make, whatever record they stand beside"""
_TABLES = {each._meta.table_name for each in (RoleRight, OperatorRole, HiddenField, Operator, OfficeSetting)}


def refused(session: Session, verb: str, record: Record | type[Record] | None) -> str:
    """Why the operator here may not do that at all; "" when they may, and always while Security is off."""
    deed = DEEDS.get(verb)
    if deed is None or record is None or not session.secured:
        return ""
    record = MAKES[verb]() if verb in MAKES else record
    new = deed == "edit" and not isinstance(record, type) and record.is_new
    with suppress(Surroundings):
        return rights.may(session.by, "create" if new else deed, record) or ""
    return ""


def uses(session: Session, record: type[Record]) -> bool:
    """Whether the operator here uses such records at all (VT-66)."""
    with suppress(Surroundings):
        return not session.secured or rights.may(session.by, "see", record) is None
    return True


def hidden(session: Session, record: type[Record]) -> frozenset[str]:
    """The fields of such records the operator here is not shown (VT-96)."""
    with suppress(Surroundings):
        return rights.hidden(record, session.by) if session.secured else frozenset()
    return frozenset()


def concerns_rights(done: Done) -> bool:
    """Whether somebody may do other things since then."""
    return bool(_TABLES & done.tables)
