"""The site's own store, a SQLite file: records with their etags, in the order of their changes, and what was done.

Several programs may have it open; a change and the key it was done under are one transaction, so a site that is ended
in the middle has done all of it or nothing.
"""

# unsaid file: questions to the store, and who works at a site of nobody
from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, cast
from uuid import uuid4

from channergy_crm.language import _
from channergy_crm.sync.sandbox import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FILE = "viper-site.db"
TABLES = """
CREATE TABLE IF NOT EXISTS records (kind TEXT, id TEXT, seq INTEGER, version INTEGER, said TEXT, shown TEXT,
    email TEXT, client INTEGER, deleted INTEGER DEFAULT 0, merged TEXT DEFAULT '', PRIMARY KEY (kind, id));
CREATE UNIQUE INDEX IF NOT EXISTS by_change ON records (kind, seq);
CREATE INDEX IF NOT EXISTS by_email ON records (email) WHERE email <> '';
CREATE TABLE IF NOT EXISTS done (key TEXT PRIMARY KEY, outcome TEXT);
CREATE TABLE IF NOT EXISTS people (id TEXT PRIMARY KEY, name TEXT, kind TEXT, email TEXT);
CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, said TEXT);
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER);
"""
HERE = "deleted = 0 AND merged = ''"
PEOPLE = (("U1", "Ann Keller", "user"), ("U2", "Ben Ortiz", "user"), ("U3", "Carla Novak", "user"),
          ("U4", "Devika Rao", "user"), ("O1", "Head Office", "office"))  # fmt: skip
"""who works at a site that is new: those of the sample office, and an office"""


class Row(NamedTuple):
    """A record as it is at the site."""

    id: str
    seq: int
    version: int
    values: dict[str, object]
    shown: dict[str, object]
    deleted: bool
    merged: str

    @property
    def etag(self) -> str:
        """Another one whenever a value has changed."""
        return str(self.version)

    @property
    def company_users(self) -> list[str]:
        """Who works on a program (VP-10)."""
        users = self.shown.get("company_users")
        return [str(each) for each in users] if isinstance(users, list) else []


class Store:
    """The store in this folder. Every method is one transaction; `at_once` puts several into one."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._deep = 0
        self._file = sqlite3.connect(folder / FILE, timeout=30, isolation_level=None, check_same_thread=False)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.executescript(TABLES)
        self._file.execute("INSERT OR IGNORE INTO marks VALUES ('site', ?)", (uuid4().hex,))
        self.identity = self._words("SELECT said FROM marks WHERE name = 'site'")[0][0]
        """which site this is, wherever its folder lies"""
        if not self.people():
            for id, name, kind in PEOPLE:
                self.add_person(id, name, kind)

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._file.close()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What is done in here is done entirely or not at all."""
        with self._lock:
            if not self._deep:
                self._file.execute("BEGIN IMMEDIATE")
            self._deep += 1
            try:
                yield
            except BaseException:
                if self._deep == 1:
                    self._file.execute("ROLLBACK")
                raise
            else:
                if self._deep == 1:
                    self._file.execute("COMMIT")
            finally:
                self._deep -= 1

    def _rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock:
            return self._file.execute(statement, values).fetchall()

    def _words(self, statement: str, *values: object) -> list[tuple[str, ...]]:
        return [tuple(map(str, row)) for row in self._rows(statement, *values)]

    def _number(self, statement: str, *values: object) -> int:
        with self._lock:
            return int(self._file.execute(statement, values).fetchone()[0])

    # ---------------------------------------------------------------- people

    def people(self) -> dict[str, tuple[str, str, str]]:
        """Who works here: name, kind and e-mail address by id."""
        return {id: (name, kind, email) for id, name, kind, email in self._words("SELECT * FROM people ORDER BY id")}

    def add_person(self, id: str, name: str, kind: str = "user", email: str = "") -> None:
        """Somebody works here, or an office is there."""
        with self.at_once():
            self._file.execute("INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?)", (id, name, kind, email))

    # ---------------------------------------------------------------- reading

    def row(self, kind: str, id: str) -> Row | None:
        """One record, gone or not."""
        found = self._rows(f"{_SELECT} WHERE kind = ? AND id = ?", kind, id)  # sql: our own words
        return _row(found[0]) if found else None

    def rows(self, kind: str) -> list[Row]:
        """All that are there."""
        return [
            _row(each) for each in self._rows(f"{_SELECT} WHERE kind = ? AND {HERE} ORDER BY seq", kind)
        ]  # sql: ours

    def some(self, kind: str, text: str, most: int) -> list[Row]:
        """The latest that are there, only those with this text in them."""
        wanted = f"%{json.dumps(text)[1:-1]}%"
        asked = f"{_SELECT} WHERE kind = ? AND {HERE} AND said LIKE ? ORDER BY seq DESC LIMIT ?"
        return [_row(each) for each in self._rows(asked, kind, wanted, most)]  # sql: our own words

    def count(self, kind: str) -> int:
        """How many are there."""
        return self._number(f"SELECT COUNT(*) FROM records WHERE kind = ? AND {HERE}", kind)  # noqa: S608  # sql: ours

    def since(self, kind: str, seq: int, limit: int) -> list[Row]:
        """What has changed after a change, in order; a program of no client is nobody else's business (VP-12)."""
        asked = f"{_SELECT} WHERE kind = ? AND seq > ? AND client = 1 ORDER BY seq LIMIT ?"
        return [_row(each) for each in self._rows(asked, kind, seq, limit)]  # sql: our own words

    # ---------------------------------------------------------------- writing

    def make(self, kind: str, values: Mapping[str, object], shown: Mapping[str, object] | None = None) -> Row:
        """A new record; nothing is asked."""
        with self.at_once():
            number = self._next(kind)
            row = Row(f"{rules.LETTER[kind]}{number}", 0, 0, dict(values), dict(shown or {}), deleted=False, merged="")
            return self._write(kind, row)

    def change(
        self, kind: str, id: str, values: Mapping[str, object], shown: Mapping[str, object] | None = None
    ) -> Row:
        """Other values; what says what it said already is no change."""
        with self.at_once():
            row = self.row(kind, id)
            if row is None:
                raise KeyError(id)
            new = row._replace(values={**row.values, **values}, shown={**row.shown, **(shown or {})})
            return row if new == row else self._write(kind, new)

    def end(self, kind: str, id: str, into: str = "") -> None:
        """It is deleted, or merged into another one."""
        with self.at_once():
            row = self.row(kind, id)
            if row is None:
                raise KeyError(id)
            self._write(kind, row._replace(deleted=not into, merged=into))
            for other in ("contacts", "programs") if into and kind == "companies" else ():
                asked = f"SELECT id FROM records WHERE kind = ? AND {HERE} AND json_extract(said, '$.company_id') = ?"  # noqa: S608
                for (theirs,) in self._words(asked, other, id):  # sql: our own words
                    self.change(other, theirs, {"company_id": into})

    def _write(self, kind: str, row: Row) -> Row:
        row = row._replace(seq=self._next("changes"), version=row.version + 1)
        here = not row.deleted and not row.merged
        email = rules.folded(row.values.get("email")) if kind == "contacts" and here else ""
        client = kind != "programs" or bool(row.values.get("company_id"))
        self._file.execute(
            "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (kind, row.id, row.seq, row.version, json.dumps(row.values), json.dumps(row.shown), email, client,
             row.deleted, row.merged),
        )  # fmt: skip
        return row

    def _next(self, name: str) -> int:
        self._file.execute("INSERT OR IGNORE INTO counters VALUES (?, 0)", (name,))
        asked = "UPDATE counters SET value = value + 1 WHERE name = ? RETURNING value"
        return self._number(asked, name)

    # ---------------------------------------------------------------- what the CRM sends

    def take(self, kind: str, items: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
        """Do these, each once whatever is sent again, and keep what became of it; in one transaction."""
        with self.at_once():
            people = {id: name for id, (name, _kind, _email) in self.people().items()}
            known = rules.Known(people, self._is_company, self._holder)
            return [self._take(kind, item, known) for item in items]

    def _take(self, kind: str, item: Mapping[str, object], known: rules.Known) -> dict[str, object]:
        key = str(item["idempotency_key"])
        if before := self._rows("SELECT outcome FROM done WHERE key = ?", key):
            return _object(before[0][0])
        outcome = self._done(
            kind,
            str(item.get("id") or ""),
            str(item.get("if_match") or ""),
            cast("dict[str, object]", item["values"]),
            known,
        )
        if outcome["status"] == "done":
            self._file.execute("INSERT INTO done VALUES (?, ?)", (key, json.dumps(outcome)))
        return outcome

    def _done(
        self, kind: str, id: str, etag: str, values: Mapping[str, object], known: rules.Known
    ) -> dict[str, object]:  # fmt: skip
        row = self.row(kind, id) if id else None
        if id and (row is None or row.deleted or row.merged):
            return {"status": "gone", "id": row.merged if row else ""}
        if row is not None and kind == "programs":
            said = _("A program is changed in Viper, not from outside.")
            return {"status": "refused", "id": id, "message": said, "field": ""}
        if row is not None and row.etag != etag:
            return {"status": "conflict", "id": id, "etag": row.etag, "values": row.values}
        whole = {**(row.values if row else {}), **values}
        if refused := rules.refusal(kind, id, values, whole, known):
            return {"status": "refused", "id": id, "message": refused.message, "field": refused.field}
        shown = {"company_users": [known.people[str(whole["assigned_to"])]]} if kind == "programs" else {}
        row = self.change(kind, id, values) if row is not None else self.make(kind, whole, shown)
        return {"status": "done", "id": row.id, "etag": row.etag, "values": row.values}

    def _is_company(self, id: str) -> bool:
        row = self.row("companies", id)
        return row is not None and not row.deleted and not row.merged

    def _holder(self, email: str) -> str | None:
        found = self._rows("SELECT id FROM records WHERE email = ? AND email <> '' LIMIT 1", email)
        return str(found[0][0]) if found else None


_SELECT = "SELECT id, seq, version, said, shown, deleted, merged FROM records"


def _row(found: tuple[object, ...]) -> Row:
    id, seq, version, said, shown, deleted, merged = found
    return Row(
        str(id), cast("int", seq), cast("int", version), _object(said), _object(shown), bool(deleted), str(merged)
    )


def _object(said: object) -> dict[str, object]:
    found: dict[str, object] = json.loads(str(said))
    return found
