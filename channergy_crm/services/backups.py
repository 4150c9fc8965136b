"""Backups of the office: when they are made by themselves, which there are, and putting one back (BX-20)."""

from __future__ import annotations

import base64
from contextlib import suppress
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.records import BY_TABLE
from channergy_crm.records.office import OfficeSetting
from channergy_crm.services import office as office_settings
from channergy_crm.services import rights
from channergy_crm.services.privacy import anonymising
from channergy_crm.services.rights import Program
from channergy_crm.settings import (
    BACKUP_AT,
    BACKUP_EVERY,
    BACKUP_FOLDER,
    BACKUP_KEPT,
    BACKUP_KEYS,
    BACKUP_TURNS,
    OFFICE_ID,
    OFFICE_NAME,
)
from channergy_crm.store import inspection, kept_backups, restoring, sealing
from channergy_crm.text.clocks import read_time
from channergy_crm.text.file_names import is_folder

if TYPE_CHECKING:
    from channergy_crm.store.copies import Progress
    from channergy_crm.store.database import Office
    from channergy_crm.store.kept_backups import Backup
    from channergy_crm.store.restoring import Progress as Restoring

MOST = 1_000
NOON = time(12, 30)
SHORTEST = 8


class Plan(NamedTuple):
    """What the office has chosen: how often (off, daily, or hours), at which time, how many are kept, and where."""

    every: str
    at: time
    keep: int
    folder: Path
    keys: sealing.Keys | None


class Preview(NamedTuple):
    """What a backup holds, before it is put back."""

    made: datetime | None
    version: str
    last: datetime | None
    """when somebody last did something in it"""
    rows: dict[str, int]


def plan(office: Office, by: str) -> Plan:
    """What the office has chosen; what cannot be read is as it is in a new office."""
    rights.require(by, "see", OfficeSetting)
    held = {setting: office_settings.get(setting, by) for setting in (
        BACKUP_EVERY, BACKUP_AT, BACKUP_KEPT, BACKUP_FOLDER, BACKUP_KEYS)}  # fmt: skip
    every, kept = held[BACKUP_EVERY], held[BACKUP_KEPT]
    public, _sign, wrapped = held[BACKUP_KEYS].partition(" ")
    return Plan(
        every if every in BACKUP_TURNS else BACKUP_EVERY.default,
        _time(held[BACKUP_AT]),
        int(BACKUP_KEPT.default if kept_problem(kept) else kept),
        Path(held[BACKUP_FOLDER]) if held[BACKUP_FOLDER] else kept_backups.usual_folder(office),
        sealing.Keys(public, base64.b64decode(wrapped)) if public else None,
    )


def _time(text: str) -> time:
    with suppress(Mistake):
        return read_time(text) or NOON
    return NOON


def time_problem(text: str) -> str | None:
    """A sentence when that is no time of the day."""
    try:
        return None if read_time(text) else _("Type a time such as 12:30.")
    except Mistake as mistake:
        return mistake.message


def kept_problem(text: str) -> str | None:
    """A sentence when so many backups cannot be kept."""
    fits = text.strip().isdecimal() and len(text) < 10 and 1 <= int(text) <= MOST
    return None if fits else _("Type a number from 1 to {most:,}.").format(most=MOST)


def choose_folder(folder: str, by: str) -> None:
    """Where they go; '' is the usual place."""
    rights.require(by, "administer")
    if folder and not is_folder(folder):
        raise Mistake(_("There is no folder {folder}.").format(folder=folder))
    office_settings.choose(BACKUP_FOLDER, folder, by)


def encrypt(passphrase: str, by: str) -> None:
    """From now on only this passphrase opens a backup; it is kept nowhere. Takes some seconds."""
    rights.require(by, "administer")
    if len(passphrase) < SHORTEST:
        raise Mistake(_("Take at least {count} letters.").format(count=SHORTEST), "passphrase")
    keys = sealing.new_keys(passphrase)
    office_settings.choose(BACKUP_KEYS, f"{keys.public} {base64.b64encode(keys.wrapped).decode()}", by)


def stop_encrypting(by: str) -> None:
    """From now on backups are plain files; those that are encrypted stay so."""
    rights.require(by, "administer")
    office_settings.choose(BACKUP_KEYS, "", by)


def make(office: Office, by: str, progress: Progress | None = None) -> Backup:
    """Write a backup now, look whether it is whole, and throw away the oldest beyond what is kept."""
    rights.require(by, "administer")
    return write(office, by, progress)


def write(office: Office, by: str, progress: Progress | None = None) -> Backup:
    """The same when its time has come: nobody in particular asks for it."""
    rights.require(by, "see", OfficeSetting)
    chosen, id = plan(office, by), office_settings.get(OFFICE_ID, by) or office.url
    made = kept_backups.make(office, id, office_settings.get(OFFICE_NAME, by), chosen.folder, chosen.keys, progress)
    kept_backups.rotate(chosen.folder, id, chosen.keep)
    return made


def listed(office: Office, by: str) -> list[Backup]:
    """The backups in the office's folder, the newest first."""
    rights.require(by, "see", OfficeSetting)
    return kept_backups.there(plan(office, by).folder)


def verify(one: Backup, by: str, passphrase: str = "") -> Backup:
    """Open, check and count a backup again."""
    rights.require(by, "administer")
    return kept_backups.verify(one, passphrase)


def preview(path: Path, by: str, passphrase: str = "") -> Preview:
    """What a backup holds; one that is damaged, or of a newer program, is refused."""
    rights.require(by, "administer")
    told = kept_backups.told(path)
    with kept_backups.opened(path, passphrase) as plain:
        held = inspection.contents(plain)
    return Preview(told.made if told else None, told.version if told else "", held.last, held.rows)


def rows_now(by: str) -> dict[str, int]:
    """How many records of each type the office has just now, by table: to be compared with a backup."""
    rights.require(by, "administer")
    return {table: record.select().count() for table, record in BY_TABLE.items()}


def restore(
    office: Office, path: Path, by: str, passphrase: str = "", progress: Restoring | None = None
) -> Path | None:
    """Put a backup in the office's place; where what was there until now is kept."""
    rights.require(by, "administer")
    with kept_backups.opened(path, passphrase) as plain:
        kept = restoring.restore(plain, office.address(), progress)
    with suppress(Surroundings):  # tables of another version: it is done when the office is opened next
        anonymising.again(Program.ITSELF)
    return kept
