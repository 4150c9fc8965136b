"""Writes the next step of the tables from what the records say by now: `python -m tests.migration NAME`.

The step is frozen: plain peewee and nothing of ours, so that what a record says later does not change it. Read it
before it is committed; rows that are there already, or a column that goes, are for a person to decide.
"""

from __future__ import annotations

import re
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import peewee
from playhouse.schema_diff import diff_models

from channergy_crm import records, work
from channergy_crm.resources import data
from channergy_crm.store.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INDENT = "    "
MADE_BY_THE_SEARCH = "_words"  # indexes that come and go with the extension of a server


def written(name: str, models: Sequence[type[peewee.Model]], office: Any) -> str:
    """The text of a step that brings the tables of this office to what these records say; "" when they are that."""
    difference = diff_models(office.database, models)
    by_table = {model._meta.table_name: model for model in models}
    lines = [*_new_tables(office, difference.create_tables), *_new_columns(difference.add_columns)]
    for index in difference.add_indexes:
        lines += [_index(office, each) for each in by_table[index.table]._meta.fields_to_index() if _is(each, index)]
    gone = [f"column {table}.{column}" for table, column in difference.drop_columns]
    gone += [
        f"index {each.name}" for each in difference.drop_indexes if not str(each.name).endswith(MADE_BY_THE_SEARCH)
    ]
    if gone:
        raise SystemExit(f"No record has these any more; write by hand what is to become of them: {', '.join(gone)}.")
    if not lines:
        return ""
    body = "\n".join(f"{INDENT}{line}" if line else "" for line in lines)
    return f'"""{name} ({date.today():%Y-%m-%d})."""\n\nimport peewee\n\n\ndef up(migrator, db):\n{body}\n'


def _new_tables(office: Any, models: Sequence[type[peewee.Model]]) -> Iterator[str]:
    for model in models:
        meta = model._meta
        yield f"class {model.__name__}(peewee.Model):"
        yield from (f"{INDENT}{field.name} = {_field(field)}" for field in meta.sorted_fields)
        yield from ("", f"{INDENT}class Meta:")
        yield f'{INDENT * 2}database, legacy_table_names, table_name = db, False, "{meta.table_name}"'
        if together := [index for index in meta.indexes if not isinstance(index, peewee.Index)]:
            yield f"{INDENT * 2}indexes = {tuple(together)!r}".replace("'", '"')
        yield ""
    if models:
        yield f"db.create_tables([{', '.join(model.__name__ for model in models)}])"
    for model in models:
        yield from (_index(office, index) for index in model._meta.indexes if isinstance(index, peewee.Index))


def _new_columns(fields: Sequence[Any]) -> Iterator[str]:
    for field in fields:
        place = f'"{field.model._meta.table_name}", "{field.column_name}"'
        yield f"migrator.migrate(migrator.add_column({place}, {_field(field)}))"


def _field(field: Any) -> str:
    """A field as plain peewee writes it: how it is stored, and nothing of what it means."""
    link = isinstance(field, peewee.ForeignKeyField)
    stored = field.rel_field if link else field
    plain = next(cls for cls in type(stored).__mro__ if cls.__module__ == "peewee")
    name = "IntegerField" if link and plain is peewee.AutoField else plain.__name__
    options = [f'column_name="{field.column_name}"']
    options += [f"max_length={stored.max_length}"] if isinstance(stored, peewee.CharField) else []
    for option in ("null", "unique", "index"):
        implied = field.primary_key or (option == "index" and field.unique)
        options += [f"{option}=True"] if getattr(field, option) and not implied else []
    options += ["primary_key=True"] if field.primary_key and not isinstance(field, peewee.AutoField) else []
    constraints = [constraint.sql for constraint in field.constraints or ()]
    if link:
        key = f'"{field.rel_model._meta.table_name}" ("{stored.column_name}")'
        constraints.append(f"REFERENCES {key} ON DELETE {field.on_delete}")
    if constraints:
        options.append(f"constraints=[{', '.join(f'peewee.SQL({sql!r})' for sql in constraints)}]")
    options += [f"default={field.default!r}"] if field.constraints else []
    return f"peewee.{name}({', '.join(options)})"


def _index(office: Any, index: Any) -> str:
    sql, params = office.database.get_sql_context().sql(index).query()
    return f"db.execute_sql({sql % tuple(map(repr, params)) if params else sql!r})"


def _is(index: Any, wanted: Any) -> bool:
    if not isinstance(index, peewee.Index):
        return False
    columns = tuple(getattr(part, "column_name", None) for part in index._expressions)
    return index._name == wanted.name if wanted.columns is None else columns == tuple(wanted.columns)


def main(name: str) -> None:
    """Write the step and say where."""
    with tempfile.TemporaryDirectory() as folder:
        office = open_database(f"sqlite:///{folder}/now.db")
        text = written(name, [*records.ALL, *work.JOURNAL], office)
        office.close()
    if not text:
        raise SystemExit("The tables are what the records say; there is nothing to write.")
    number = max(int(path.stem[:4]) for path in data("migrations").glob("[0-9]*.py")) + 1
    path = Path(str(data("migrations"))) / f"{number:04d}_{re.sub(r'[^a-z0-9]+', '_', name.lower()).strip('_')}.py"
    path.write_text(text, "utf-8")
    sys.stdout.write(f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}\n")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(" ".join(sys.argv[1:]))
