"""Documents nobody can come to any more, and what was in them, go by the office's rule (SI-26)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.records import Document
from channergy_crm.services import areas, contents, office, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import MONTHS_KEPT
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.work import ChangeRow, UnitRow, key_field, returning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAYS_OF_A_MONTH = 31
AT_A_TIME = 500


def tidy(by: str = Program.ITSELF, tell: Callable[[int], object] = lambda steps: None) -> int:
    """Let go what nobody can come to any more: documents of records that are gone for good by the office's rule, and
    what was in documents that no step of undo brings back. How many bytes; `tell` is told after each step.
    """
    rights.require(by, "remove")
    if not isinstance(by, Program):
        rights.require(by, "administer")
    months = office.whole(MONTHS_KEPT, Program.ITSELF)
    if months:
        for numbers in _of_the_gone(months):
            with database.writing(), translated(), database.proxy.atomic():
                database.proxy.obj.look_at_tables()
                Document.delete().where(Document.number.in_(numbers)).execute()
            tell(len(numbers))
    return contents.sweep(by, tell)


def _of_the_gone(months: int) -> Iterator[list[int]]:
    """The documents of records that do not exist and cannot be brought back, some at a time."""
    old = Document.created < clock.now() - timedelta(days=months * DAYS_OF_A_MONTH)
    young = UnitRow.select(UnitRow.number).where(UnitRow.pruned.is_null())
    for table, record in areas.every_table().items():
        asked = Document.select(Document.of).where(old & (Document.table == table)).distinct()
        keys = list(asked.scalars())
        for start in range(0, len(keys), AT_A_TIME):
            typed = {int(key) if key_field(record).numeric else key: key for key in keys[start : start + AT_A_TIME]}
            there = returning.stands(record, list(typed))
            gone = [text for key, text in typed.items() if key not in there]
            told = ChangeRow.select(ChangeRow.key).where((ChangeRow.table == table) & ChangeRow.key.in_(gone))
            gone = sorted(set(gone) - set(told.where(ChangeRow.unit.in_(young)).scalars())) if gone else []
            if gone:
                these = Document.select(Document.number).where((Document.table == table) & Document.of.in_(gone))
                yield list(these.scalars())
