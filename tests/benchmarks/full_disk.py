"""An office on a small disk that fills up: whatever is saved then ends in a sentence, what was typed is kept and saved
once there is room again, and the file is sound. The disk is a tmpfs of some megabytes, which takes an administrator.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections import Counter
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.errors import CRMError, Mistake
from channergy_crm.records import Lead
from channergy_crm.services import (
    backups,
    bulk_changes,
    checking_office,
    conversion,
    leads,
    reminders,
    saving,
)
from channergy_crm.services import office as office_settings
from channergy_crm.settings import OFFICE_NAME
from channergy_crm.store import inspection
from channergy_crm.store.database import open_database
from channergy_crm.transfer.importing.run import import_leads
from channergy_crm.work.drafts import Drafts
from tests.benchmarks import office
from tests.benchmarks.bench_kill import lost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEGABYTES, LEADS = 24, 60
LEFT = (0, 40_000, 400_000, 2_000_000)
"""bytes that are free when the disk is called full: nothing goes through, or what is short does"""
BY = "ADMIN"
LONG = "Spoke to the assistant; best reached before ten. " * 400


@contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of some megabytes, gone after the block."""
    folder = Path(tempfile.mkdtemp(prefix="crm-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def can_mount() -> bool:
    """Whether this user may make a disk here."""
    try:
        with small_disk():
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


class Filled:
    """One office on one small disk, from before it is full until there is room again."""

    def __init__(self, disk: Path, papers: Path, dice: random.Random) -> None:
        self._disk, self._papers, self._dice = disk, papers, dice
        self.lost: list[str] = []
        self.told: Counter[str] = Counter()
        self.through = 0
        self._units: list[tuple[int, list[Any]]] = []
        self._retry: list[tuple[str, Callable[[], object]]] = []
        self._said: list[str] = []

    def run(self) -> None:
        """Fill it, try every way of saving, make room, try what was refused again, and look."""
        self._office = open_database(f"sqlite:///{self._disk / 'office.db'}")
        self._drafts = Drafts(self._disk / "drafts", self._office.url, self._said.append)
        stop = work.listen(self._hear)
        self._drafts.put("leads", Lead(description="New"), {"description": "typed before the disk was full"})
        self._fill()
        ways = self._ways()
        self._dice.shuffle(ways)
        for name, way in ways:
            self._try(name, way)
        (self._disk / "filler").unlink()
        for name, way in self._retry:
            self._again(name, way)
        stop()
        self._look()

    def _hear(self, done: work.Done) -> None:
        self._units.append((done.number, [[change.table, change.key, change.verb] for change in done.changes]))

    def _fill(self) -> None:
        free = shutil.disk_usage(self._disk).free - self._dice.choice(LEFT) - self._dice.randrange(8_000)
        with (self._disk / "filler").open("wb") as file:
            file.write(bytes(max(0, free)))

    def _ways(self) -> list[tuple[str, Callable[[], object]]]:
        numbers = list(Lead.select(Lead.number).where(Lead.listed()).order_by(Lead.number).scalars())
        self._dice.shuffle(numbers)
        new = leads.start(BY)
        new.description, new.notes = "A new one", LONG
        changed, gone = Lead.find(numbers[0]), Lead.find(numbers[1])
        assert changed is not None and gone is not None
        changed.notes = LONG
        file = self._papers / "leads.csv"
        rows = "".join(f"Ann{n},Lee{n},Acme {n},512-555-{n:04},{LONG[:400]}\n" for n in range(300))
        file.write_text(f"First Name,Last Name,Company,Phone,Notes\n{rows}", "utf-8")
        return [
            ("create", self._typed(new, "notes", lambda: leads.save(new, BY))),
            ("save", self._typed(changed, "notes", lambda: leads.save(changed, BY))),
            ("delete", lambda: saving.delete(gone, BY)),
            ("convert", lambda: conversion.convert(numbers[2], BY)),
            ("close reminders", lambda: reminders.close_leads(numbers[3:40], BY)),
            ("snooze", lambda: reminders.snooze(Lead, numbers[3:40], date(2026, 12, 1), BY)),
            ("bulk change", lambda: bulk_changes.set_field(Lead, numbers[3:], "objection", LONG[:5000], BY)),
            ("import", lambda: import_leads(file, operator=BY)),
            ("take back", lambda: saving.undo_latest(BY)),
            ("setting", lambda: office_settings.choose(OFFICE_NAME, LONG[: self._dice.randrange(50)], BY)),
            ("backup", lambda: backups.make(self._office, BY)),
            ("draft", self._draft),
            ("open again", lambda: open_database(f"sqlite:///{self._disk / 'office.db'}")),
        ]

    def _typed(self, record: Any, name: str, way: Callable[[], object]) -> Callable[[], object]:
        """A way of saving after which, when it was refused, what was typed stands in the record still."""
        typed = record.__data__[name]

        def kept() -> object:
            try:
                return way()
            except CRMError:
                if record.__data__[name] != typed or not (record.is_new or name in record.changes()):
                    self.lost.append(f"typed into {name} of {record.caption()}")
                raise

        return kept

    def _draft(self) -> None:
        """It is put away, or it is said that it cannot be; and what was kept before stands until then."""
        self._drafts.put("leads", Lead(description="New"), {"description": LONG})
        held = self._drafts.get("leads", Lead)
        values = held[1].get("description") if held else None
        if values not in (LONG, "typed before the disk was full") or (values != LONG and not self._said):
            self.lost.append(f"draft: {str(values)[:60]}, said: {self._said}")

    def _try(self, name: str, way: Callable[[], object]) -> None:
        try:
            way()
            self.through += 1
        except CRMError as error:
            self.told[f"{name}: {re.sub(r'/[^ ]*/.*[.]db', '…', error.message)}"] += 1
            if not isinstance(error, Mistake):
                self._retry.append((name, way))
        except Exception as error:  # noqa: BLE001  whatever is no sentence is a loss
            self.lost.append(f"{name}: {type(error).__name__}: {error}")

    def _again(self, name: str, way: Callable[[], object]) -> None:
        try:
            way()
        except Mistake as error:  # what was taken back or deleted meanwhile
            self.told[f"{name}, with room again: {error.message}"] += 1
        except Exception as error:  # noqa: BLE001  with room again all of it must go through
            self.lost.append(f"{name}, with room again: {type(error).__name__}: {error}")

    def _look(self) -> None:
        path = self._office.path
        assert path is not None
        self.lost += [finding.sentence for finding in checking_office.check(self._office).wrong]
        self._office.close()
        self.lost += inspection.damage(path)
        with closing(sqlite3.connect(path)) as connection:
            self.lost += lost(connection, self._units)


def tried(disks: int) -> dict[str, Any]:
    """Fill so many disks; what was found."""
    dice = random.Random(disks)
    losses: list[str] = []
    told: Counter[str] = Counter()
    through = 0
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "office.db"
        office.build(f"sqlite:///{template}", leads=LEADS, accounts=5, tasks=5)
        for _disk in range(disks):
            with small_disk() as disk:
                shutil.copyfile(template, disk / "office.db")
                filled = Filled(disk, Path(folder), dice)
                filled.run()
            losses += filled.lost
            told += filled.told
            through += filled.through
    return {"kind": "full disk", "tries": disks, "losses": losses, "went_through": through, "told": dict(told)}
