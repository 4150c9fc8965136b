"""What the journal and other texts still say of somebody is taken out: images before and after, names of what was done.

The fields that were emptied in a record are emptied in every image of it, with what follows from them, and hold there
what they hold in the record now: so whatever is taken back later brings nothing back.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from channergy_crm.records.erasing import SAID
from channergy_crm.services.privacy import personal
from channergy_crm.store import database
from channergy_crm.work import ChangeRow, UnitRow
from channergy_crm.work.journal import ERASED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from channergy_crm.work.record import Record

TOGETHER = 400
SHORTEST, DIGITS = 2, 7
"""letters of a word that is looked for in what a step is called; digits of a number that says who it is"""


class Traces:
    """The changes of some records, in the order in which they were made; read once, and written anew."""

    def __init__(self, keys: Mapping[type[Record], Collection[Any]]) -> None:
        self._keys = keys
        self.rows: list[tuple[type[Record], ChangeRow]] = list(self._read())
        self.units = sorted({change.unit for _record, change in self.rows})

    def _read(self) -> Iterator[tuple[type[Record], ChangeRow]]:
        for record, keys in self._keys.items():
            for some in _parts(sorted({str(key) for key in keys})):
                here = (ChangeRow.table == record._meta.table_name) & ChangeRow.key.in_(some)
                for change in ChangeRow.select().where(here).order_by(ChangeRow.number):
                    yield record, change

    def texts(self) -> Iterator[tuple[type[Record], str, object]]:
        """Everything the fields that are emptied have held: the record type, the name of the field, the value."""
        names = {record: set(personal.erased(record)) for record in self._keys}
        for record, change in self.rows:
            for image in (change.before, change.after):
                for name, value in (json.loads(image) if image else {}).items():
                    if name in names[record] or name not in record._meta.fields:
                        yield record, name, value

    def rewrite(self, values: Mapping[type[Record], Mapping[Any, Mapping[str, object]]]) -> int:
        """Put these values, by record type, key and name of the field, in the place of what the images held; how many
        images were changed. What the office has no field for any more goes.
        """
        changed: list[tuple[object, ...]] = []
        for record, change in self.rows:
            held = values[record].get(change.key, values[record].get("", {}))
            before, after = _image(record, change.before, held), _image(record, change.after, held)
            if (before, after) != (change.before, change.after):
                changed.append((before, after, change.number))
        database.executemany('UPDATE "CRMChanges" SET "Before" = ?, "After" = ? WHERE "ChangeNo" = ?', changed)
        return len(changed)

    def empty(self) -> int:
        """Nothing is left of these records but that there was something."""
        changed = [
            (None if change.verb == "delete" else "{}" if change.before else None,
             None if change.verb == "insert" else "{}" if change.after else None, change.number)
            for _record, change in self.rows
        ]  # fmt: skip
        database.executemany('UPDATE "CRMChanges" SET "Before" = ?, "After" = ? WHERE "ChangeNo" = ?', changed)
        return len(changed)


def _image(record: type[Record], image: str | None, values: Mapping[str, object]) -> str | None:
    if not image:
        return image
    fields = record._meta.fields
    held = {
        name: fields[name].pack(values[name]) if name in values else value
        for name, value in json.loads(image).items() if name in fields
    }  # fmt: skip
    return json.dumps(held, ensure_ascii=False)


def settle_units(units: Sequence[int], texts: Collection[str], instead: str) -> None:
    """What was done is called otherwise where its name tells who; steps that touched nobody else stay as they are.

    `texts` are the words of somebody; `instead` is what they are called now.
    """
    pattern = words(text for text in texts if len(text) >= SHORTEST)
    for some in _parts(units):
        for unit in UnitRow.select().where(UnitRow.number.in_(some)):
            if (parameters := _renamed(unit.parameters, pattern, instead)) != unit.parameters:
                UnitRow.update(parameters=parameters).where(UnitRow.number == unit.number).execute()


def fix_units(units: Sequence[int], keys: Mapping[type[Record], Collection[Any]]) -> None:
    """The steps in which nobody else was touched can no longer be taken back; of the others these records are left."""
    mine = {(record._meta.table_name, str(key)) for record, those in keys.items() for key in those}
    for some in _parts(units):
        alone = [unit for unit in some if _touched_only(unit, mine)]
        UnitRow.update(pruned=ERASED).where(UnitRow.number.in_(alone)).execute()


def _touched_only(unit: int, mine: set[tuple[str, str]]) -> bool:
    """Whether a step touched nothing but these; it ends at the first other one."""
    rows: Any = ChangeRow.select(ChangeRow.table, ChangeRow.key).where(ChangeRow.unit == unit).tuples()
    return all(tuple(place) in mine for place in rows.iterator())


def _renamed(parameters: str | None, pattern: re.Pattern[str] | None, instead: str) -> str | None:
    if not parameters or pattern is None:
        return parameters
    held = json.loads(parameters)
    said = {
        name: instead if isinstance(value, str) and pattern.search(value) else value for name, value in held.items()
    }
    return json.dumps(said, ensure_ascii=False) if said != held else parameters


def words(texts: Iterable[str]) -> re.Pattern[str] | None:
    """What finds one of these texts where it stands as whole words, in capitals or not; None for no text."""
    every = sorted({text.strip() for text in texts if text.strip()}, key=len, reverse=True)
    if not every:
        return None
    return re.compile(rf"(?<!\\w)(?:{'|'.join(map(re.escape, every))})(?!\\w)", re.IGNORECASE)


def telling(texts: Iterable[str]) -> list[str]:
    """Those of somebody's texts that can be nobody else's: addresses, phone numbers and names of several words."""
    return [text for text in texts if "@" in text or sum(map(str.isdigit, text)) >= DIGITS or " " in text.strip()]


def take_out(texts: Iterable[str], instead: str) -> int:
    """In texts that may name anybody, put `instead` in the place of these; how many rows that were."""
    pattern, count = words(telling(texts)), 0
    for table, name in SAID if pattern is not None else ():
        key, field = table._meta.primary_key, table._meta.fields[name]
        rows: Any = table.select(key, field).where(field.is_null(False) & (field != "")).tuples()
        for number, text in rows:
            if pattern is not None and (said := pattern.sub(instead, text)) != text:
                table.update({field: said}).where(key == number).execute()
                count += 1
    return count


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(values)
    for start in range(0, len(every), TOGETHER):
        yield every[start : start + TOGETHER]
