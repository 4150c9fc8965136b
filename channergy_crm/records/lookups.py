"""CustomLookup: the office's own lists behind the drop-downs (CH-149…CH-154)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.fields import Flag, Number, RecordNumber, Text
from channergy_crm.fields.lists import Choice
from channergy_crm.language import ENGLISH, _, in_use, listed
from channergy_crm.store import database
from channergy_crm.text.folding import fold
from channergy_crm.work.about import ADMINISTRATORS, About, exactly
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable


class CustomLookup(Record):
    """One value of one list: what is stored, what people read, and where it stands."""

    number = RecordNumber("Lookup #", column_name="LookupNo")
    table = Text("Table", column_name="TableName", required=True, limit=64, synonyms="table name")
    field = Text("Field", column_name="FieldName", required=True, limit=64)
    value = Text("Value", column_name="LookupValue", required=True, limit=120, synonyms="lookup value")
    description = Text(
        "Description", column_name="LookupDescription", limit=200, width=40, synonyms="lookup description, text"
    )
    sort = Number("Sort number", column_name="SortNo", least=-1_000_000)
    retired = Flag("Retired", column_name="IsRetired")

    singular = "Lookup value"
    plural = "Lookup values"
    about = About(
        known_by=("table", "field", "value"), signs=exactly("table", "field", "value"),
        usually="Table, field and value", file="lookups", rank=80, rights=ADMINISTRATORS,
    )  # fmt: skip

    class Meta:
        table_name = "CustomLookup"
        indexes = ((("table", "field", "value"), True),)

    def caption(self) -> str:
        return _("“{value}” of {list}").format(value=self.description or self.value, list=self.field)


Lists = dict[tuple[str, str], list[Choice]]


class _Held:
    """The lists as they were read, until somebody changes one: then another takes its place."""

    def __init__(self) -> None:
        self.lists: Lists = {}
        self.whole = False

    def read(self, table: str, field: str) -> None:
        """A list on the screen needs one of them, and at once; a form that is built asks for a dozen."""
        query = CustomLookup.select()
        whole = bool(self.lists)
        if not whole:
            query = query.where((CustomLookup.table == table) & (CustomLookup.field == field))
        self.lists.update(_sorted(query))
        self.whole = whole


_held = [_Held()]


def choices(table: str, field: str) -> list[Choice]:
    """The list of one field, retired values too, by sort number and then by what people read. Case matters."""
    held = _held[0]
    if (table, field) not in held.lists and not held.whole:
        held.read(table, field)
    return held.lists.setdefault((table, field), [])


def _sorted(rows: Iterable[CustomLookup]) -> Lists:
    found: Lists = {}
    for row in sorted(
        rows, key=lambda row: (row.sort is None, row.sort or 0, fold(row.description or row.value), row.value)
    ):
        choice = Choice(row.value, row.description or row.value, row.retired)
        found.setdefault((row.table, row.field), []).append(choice)
    return found


def describe(kind: Any, value: str) -> str:
    """What people read for a stored value; the value itself when the list does not know it."""
    held = choices(*kind.list_key)
    return ", ".join(
        next((choice.description for choice in held if choice.value == part), part) for part in kind.parts(value)
    )


def forget() -> None:
    """Read the lists afresh: another office was opened, or somebody changed them."""
    _held[0] = _Held()


def _changed(done: work.Done) -> None:
    if CustomLookup._meta.table_name in done.tables:
        forget()


def speak() -> None:
    """What people read in the lists of a new office is in the language it was made in; what is stored stays."""
    with database.writing(), database.proxy.atomic():
        for row in CustomLookup.select() if in_use() != ENGLISH else ():
            if (said := listed(row.description)) != row.description:
                CustomLookup.update(description=said).where(CustomLookup.number == row.number).execute()


work.listen(_changed)
database.when_made.append(speak)
database.when_opened.append(forget)
