"""The tables of an office as its store itself describes them, whoever made them, on both engines.

The suite around the CRM shares tables with it and an office adds columns of its own, so what a store holds is read
from the store. Values are asked for in one form that is the same on both: flags 0 and 1, days and moments as ISO text.
"""
# unsaid file: SQL

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

MADE_BY_SQLITE = ("CRMForeign", "CRMNumbers", "sqlite_")
"""what only a file keeps: a server counts on and tells by itself"""

SQLITE_COLUMNS = """SELECT m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
    FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
    WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.rowid, c.cid"""
SQLITE_VIRTUAL = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'"
POSTGRES_COLUMNS = """SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::int,
        pg_get_expr(d.adbin, d.adrelid), coalesce(array_position(k.indkey::int2[], a.attnum) + 1, 0)
    FROM pg_class AS t JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef AS d ON d.adrelid = t.oid AND d.adnum = a.attnum
    LEFT JOIN pg_index AS k ON k.indrelid = t.oid AND k.indisprimary
    WHERE t.relkind IN ('r', 'p') AND NOT t.relispartition AND t.relnamespace = current_schema()::regnamespace
    AND a.attgenerated = '' ORDER BY t.oid, a.attnum"""

MOMENT = """CASE WHEN {c} GLOB '????-??-??' THEN {c} || ' 00:00:00'
    WHEN {c} GLOB '????-??-??[ T]??:??' THEN replace({c}, 'T', ' ') || ':00'
    WHEN {c} GLOB '*.*' THEN rtrim(rtrim(replace({c}, 'T', ' '), '0'), '.')
    ELSE nullif(replace({c}, 'T', ' '), '') END"""
DAY = """CASE WHEN {c} GLOB '????-??-??*' THEN substr({c}, 1, 10) ELSE nullif({c}, '') END"""
TIME = """CASE WHEN {c} GLOB '??:??' THEN {c} || ':00' ELSE nullif({c}, '') END"""

SQLITE_FORMS = {
    "DATETIME": MOMENT, "TIMESTAMP": MOMENT, "DATE": DAY, "TIME": TIME, "REAL": "CAST({c} AS REAL)",
    "FLOA": "CAST({c} AS REAL)", "DOUB": "CAST({c} AS REAL)", "NUM": "CAST({c} AS REAL)", "DEC": "CAST({c} AS REAL)",
}  # fmt: skip
"""how a value is asked for by the beginning of its declared type; the first that fits"""
POSTGRES_FORMS = {
    "boolean": "{c}::int", "smallint": "{c}", "integer": "{c}", "bigint": "{c}", "text": "{c}", "bytea": "{c}",
    "character varying": "{c}", "numeric": "{c}::float8", "real": "{c}::float8", "double": "{c}::float8",
}  # fmt: skip
ON_POSTGRES = {
    "BOOL": "BOOLEAN", "DATETIME": "TIMESTAMP", "TIMESTAMP": "TIMESTAMP", "DATE": "DATE", "TIME": "TIME",
    "REAL": "DOUBLE PRECISION", "FLOA": "DOUBLE PRECISION", "DOUB": "DOUBLE PRECISION", "NUM": "NUMERIC",
    "DEC": "NUMERIC", "BLOB": "BYTEA",
}  # fmt: skip
ON_SQLITE = {
    "boolean": "BOOLEAN", "timestamp with time": "TEXT", "time with time": "TEXT", "timestamp": "DATETIME",
    "date": "DATE", "time": "TIME", "numeric": "NUMERIC", "real": "REAL", "double": "REAL", "bytea": "BLOB",
    "smallint": "INTEGER", "integer": "INTEGER", "bigint": "BIGINT",
}  # fmt: skip
PLAIN_DEFAULTS = {"''": "''", "FALSE": "FALSE", "TRUE": "TRUE", "0": "0", "1": "1"}


class Column(NamedTuple):
    """A column as its store declares it."""

    name: str
    type: str
    required: bool
    default: str | None
    key: int
    """its place in the primary key, from 1; 0: it is no part of it"""


class Table(NamedTuple):
    """A table with its columns, in their order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def keys(self) -> list[str]:
        """The columns of its primary key."""
        return [column.name for column in sorted(self.columns, key=lambda column: column.key) if column.key]

    def narrowed(self, names: Iterable[str]) -> Table:
        """The same with these columns alone, in this order."""
        held = {column.name: column for column in self.columns}
        return Table(self.name, tuple(held[name] for name in names))


def of_file(file: sqlite3.Connection) -> dict[str, Table]:
    """The tables of a file, without its search index and what SQLite keeps for itself."""
    virtual = tuple(f"{row[0]}_" for row in file.execute(SQLITE_VIRTUAL))
    rows = [row for row in file.execute(SQLITE_COLUMNS) if not row[0].startswith((*virtual, *MADE_BY_SQLITE))]
    return _gathered(rows)


def of_server(connection: Any) -> dict[str, Table]:
    """The tables of a database on a server, in the schema that is looked into first."""
    return _gathered(connection.execute(POSTGRES_COLUMNS).fetchall())


def _gathered(rows: Iterable[tuple[Any, ...]]) -> dict[str, Table]:
    held: dict[str, list[Column]] = {}
    for table, name, type, required, default, key in rows:
        held.setdefault(table, []).append(Column(name, type or "", bool(required), default, key))
    return {name: Table(name, tuple(columns)) for name, columns in held.items()}


def quoted(name: str) -> str:
    """A name as it stands in a statement."""
    return '"' + name.replace('"', '""') + '"'


def select(table: Table, engine: str) -> str:
    """The statement that reads all of a table in the form that is the same on both engines, by key."""
    forms = SQLITE_FORMS if engine == "sqlite" else POSTGRES_FORMS
    usual = "{c}" if engine == "sqlite" else "{c}::text"
    asked = ", ".join(_form(forms, column.type, usual).format(c=quoted(column.name)) for column in table.columns)
    return f"SELECT {asked} FROM {quoted(table.name)}"  # noqa: S608  # sql: names out of the store's own list


def _form(forms: dict[str, str], declared: str, usual: str) -> str:
    said = declared.upper() if usual == "{c}" else declared
    if usual == "{c}" and not said:
        return "CAST({c} AS TEXT)"
    return next((form for start, form in forms.items() if said.startswith(start)), usual)


def create(table: Table, engine: str) -> str:
    """The statement that makes a table of another program's: its columns and its key."""
    keys = ", ".join(map(quoted, table.keys))
    counts = len(table.keys) == 1 and "INT" in next(c for c in table.columns if c.key).type.upper()
    parts = [
        f"{quoted(column.name)} {COUNTING[engine]}" if counts and column.key else declared(column, engine)
        for column in table.columns
    ]
    if keys and not (counts and engine == "sqlite"):
        parts.append(f"PRIMARY KEY ({keys})")
    return f"CREATE TABLE {quoted(table.name)} ({', '.join(parts)})"  # sql: names out of the store's own list


COUNTING = {"sqlite": "INTEGER NOT NULL PRIMARY KEY", "postgresql": "BIGINT GENERATED BY DEFAULT AS IDENTITY"}


def declared(column: Column, engine: str) -> str:
    """A column as the other engine declares it."""
    said = column.type.upper() if engine == "postgresql" else column.type
    types, usual = (ON_SQLITE, "TEXT") if engine == "sqlite" else (ON_POSTGRES, "BIGINT" if "INT" in said else "TEXT")
    text = next((type for start, type in types.items() if said.startswith(start)), usual)
    default = PLAIN_DEFAULTS.get((column.default or "").partition("::")[0].upper())
    words = [quoted(column.name), text]
    if default is not None:
        words += ["DEFAULT", "'0'" if default == "0" and text == "BOOLEAN" else default]
    if column.required and (default is not None or column.key):
        words.append("NOT NULL")
    return " ".join(words)
