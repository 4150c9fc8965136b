"""An office's file is cut short, or one byte in it is another: it is said, and the last verified backup is put back.

Each try goes the way somebody would go: open the office, look into every list, and have it checked (`main.py check`).
What says nothing then must hold every row as it was; what says something must come back from its backup.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from channergy_crm.errors import CRMError
from channergy_crm.records import ALL, BY_TABLE
from channergy_crm.services import backups, checking_office
from channergy_crm.store import inspection, kept_backups, restoring, tables
from channergy_crm.store.database import open_database
from tests.benchmarks import office

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

LEADS = 150
Damage = Literal["cut short", "byte flipped", "byte of a backup flipped"]


def contents(path: Path) -> dict[str, list[str]] | None:
    """Every row of every table, as text; None where that cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
            asked = {name: f"SELECT * FROM {tables.quoted(name)} ORDER BY rowid" for name in tables.of_file(file)}
            return {name: [_row(name, row) for row in file.execute(sql)] for name, sql in asked.items()}  # sql: its own
    except (sqlite3.Error, UnicodeError, TypeError):
        return None


def _row(table: str, row: tuple[Any, ...]) -> str:
    """A row as text. What the history keeps beside what people see is made anew from that and needs no keeping."""
    if table != "CRMChanges" or row[2] not in BY_TABLE:
        return repr(row)
    fields = BY_TABLE[row[2]]._meta.fields
    images = []
    for text in row[4:6]:
        try:
            held = json.loads(text or "null")
            images.append({name: value for name, value in held.items() if name in fields and not fields[name].hidden})
        except (ValueError, AttributeError):
            images.append(text)
    return repr((*row[:4], *images))


def spoil(path: Path, how: Damage, dice: random.Random) -> str:
    """Damage a file somewhere; where."""
    size = path.stat().st_size
    place = dice.randrange(size)
    with path.open("rb+") as file:
        if how == "cut short":
            file.truncate(place)
            return f"cut at {place}"
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ (1 << dice.randrange(8))]))
    return f"byte {place} of {size}"


def found(path: Path) -> tuple[str, str]:
    """At which step somebody is told of it, and the sentence; ("", "") when nobody is."""
    step = "opened"
    try:
        opened = open_database(f"sqlite:///{path}", make=False)
        step = "looked into"
        for record in ALL:
            list(record.select())
        step = "checked"
        if said := inspection.damage(path):
            return step, said[0]
        wrong = checking_office.check(opened).wrong
        opened.close()
    except CRMError as error:
        return step, error.message
    return (step, wrong[0].sentence) if wrong else ("", "")


def _in_a_process(what: Callable[[], Any], says: Connection) -> None:
    try:
        says.send(what())
    except BaseException as error:  # noqa: BLE001  whatever is no sentence is a loss
        says.send(error)


def apart(what: Callable[[], Any]) -> Any:
    """Done in a process of its own, which may die of it; what came of it, or the error that is no sentence."""
    forking = multiprocessing.get_context("fork")
    hears, says = forking.Pipe(duplex=False)
    child = forking.Process(target=_in_a_process, args=(what, says))
    child.start()
    says.close()
    try:
        return hears.recv() if hears.poll(60) else TimeoutError("it hangs")
    except EOFError:
        return RuntimeError("it died")
    finally:
        child.kill()
        child.join()
        hears.close()


class Damaged:
    """One office with a backup, damaged again and again."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self._dice, self._path = dice, folder / "office.db"
        self._whole, self._backup = folder / "whole.db", folder / "backups"
        url = f"sqlite:///{self._path}"
        office.build(url, leads=LEADS, accounts=20, tasks=20)
        opened = open_database(url)
        self._kept = backups.make(opened, "ADMIN").path
        opened.close()
        shutil.copyfile(self._path, self._whole)
        self._held = contents(self._whole)
        self.losses: list[str] = []
        self.steps: Counter[str] = Counter()

    def office(self, how: Damage) -> None:
        """Damage the office, go the way somebody would, and put the backup back where something is said."""
        self._clear()
        where = spoil(self._path, how, self._dice)
        same = contents(self._path) == self._held
        answer = apart(lambda: found(self._path))
        if isinstance(answer, BaseException):
            self.losses.append(f"{where}: {type(answer).__name__}: {answer}")
            return
        step, sentence = answer
        self.steps[f"told when {step}" if step else "all is there" if same else "unnoticed"] += 1
        if not step and not same:
            self.losses.append(f"{where}: unnoticed, {self._difference()}")
        if step:
            self._restore(f"{where} ({sentence})")

    def _restore(self, where: str) -> None:
        url = f"sqlite:///{self._path}"
        kept = apart(lambda: restoring.restore(kept_backups.told(self._kept).path, url))  # type: ignore[union-attr]
        if isinstance(kept, BaseException):
            self.losses.append(f"{where}, not restored: {type(kept).__name__}: {kept}")
        elif contents(self._path) != contents(self._kept) or apart(lambda: found(self._path)) != ("", ""):
            self.losses.append(f"{where}: what was restored is not the backup")

    def backup(self) -> None:
        """Damage a backup: looking it through finds that, or it holds what it held."""
        spoilt = self._kept.with_name("spoilt.db")
        shutil.copyfile(self._kept, spoilt)
        note = spoilt.with_name(f"{spoilt.name}.json")
        shutil.copyfile(self._kept.with_name(f"{self._kept.name}.json"), note)
        where = spoil(spoilt, "byte of a backup flipped", self._dice)
        same = contents(spoilt) == contents(self._kept)
        one = kept_backups.told(spoilt)
        assert one is not None
        answer = apart(lambda: kept_backups.verify(one) and None)
        self.steps["refused" if isinstance(answer, CRMError) else "all is there" if same else "unnoticed"] += 1
        if answer is not None and not isinstance(answer, CRMError):
            self.losses.append(f"backup, {where}: {type(answer).__name__}: {answer}")
        elif answer is None and not same:
            self.losses.append(f"backup, {where}: unnoticed")

    def _clear(self) -> None:
        for left in self._path.parent.glob("office*"):
            left.unlink()
        shutil.copyfile(self._whole, self._path)

    def _difference(self) -> str:
        now = contents(self._path) or {}
        assert self._held is not None
        for name, rows in self._held.items():
            for before, after in zip(rows, now.get(name, []), strict=False):
                if before != after:
                    place = next(n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
                    start = max(0, place - 20)
                    return f"{name}: …{before[start : place + 20]}… is …{after[start : place + 20]}…"
        return "rows are missing"


def tried(tries: int, how: Damage) -> dict[str, Any]:
    """Damage it so many times; what was found."""
    with tempfile.TemporaryDirectory() as folder:
        damaged = Damaged(Path(folder), random.Random(tries))
        for _try in range(tries):
            if how == "byte of a backup flipped":
                damaged.backup()
            else:
                damaged.office(how)
    return {"kind": how, "tries": tries, "losses": damaged.losses, **damaged.steps}
