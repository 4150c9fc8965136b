"""What stands in the calendar of an operator, as one file that programs can subscribe to (SI-31).

It holds the reminders that are to stand there and are open; what was closed, removed or given away goes out of it.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.errors import Refused
from channergy_crm.records import Operator
from channergy_crm.services import rights
from channergy_crm.settings import FEED_FOLDER
from channergy_crm.store import addresses
from channergy_crm.transfer.calendars import hand_over
from channergy_crm.transfer.calendars.events import events, text, wall
from channergy_crm.transfer.calendars.writing import Event, Wall, unstamped

if TYPE_CHECKING:
    from channergy_crm.settings import Setting, Station
    from channergy_crm.store.database import Office


def write(by: str, path: Path) -> int:
    """Write the calendar of this operator into a file, whole or not at all; how many events."""
    held = events(by)
    hand_over.put(path, text(held, by))
    return len(held)


def place(office: Office, by: str, station: Station) -> Path | None:
    """The file this workstation keeps up to date for this operator; None where they have chosen no folder."""
    rights.require(by, "see")
    return _place(office, by, station)


def folder_of(office: Office, by: str) -> Setting[str]:
    """The setting of the workstation that holds the folder of this operator's file, for this office alone."""
    known = hashlib.sha256(addresses.known_as(office.url).encode()).hexdigest()
    return FEED_FOLDER.of(f"{known[:8]}.{by}")


def rewrite(office: Office, station: Station) -> list[Path]:
    """Write every calendar file this workstation keeps for this office anew, at once; those that were written.

    Somebody's data was erased: what was handed to the system's calendar and still lies here goes as well. The file of
    somebody who does not work here any more goes.
    """
    hand_over.clear()
    found = []
    for operator in Operator.select(Operator.id).order_by(Operator.id):
        path = _place(office, operator.id, station)
        if path is None or not path.parent.is_dir():
            continue
        try:
            write(operator.id, path)
        except Refused:
            path.unlink(missing_ok=True)
        else:
            found.append(path)
    return found


class Keeper:
    """Keeps the file of whoever works at this workstation up to date; it is written only where it says something else.

    Used by one thread at a time.
    """

    def __init__(self, office: Office, station: Station) -> None:
        self._office, self._station = office, station
        self._stands: tuple[Path, str, list[Event], Wall] | None = None

    def is_wanted(self, by: str) -> bool:
        """Whether this operator has chosen a folder; asks no database."""
        return bool(self._station.get(folder_of(self._office, by)))

    def keep(self, by: str) -> Path | None:
        """Bring the file up to date; where it lies, or None when it is so already, or nobody wants one."""
        path = place(self._office, by, self._station)
        if path is None:
            return None
        now = path, by, events(by), wall(by)
        if now == self._stands and path.exists():
            return None
        said = text(now[2], by)
        same = _is_there(path, said)
        if not same:
            hand_over.put(path, said)
        self._stands = now
        return None if same else path


def _place(office: Office, by: str, station: Station) -> Path | None:
    setting = folder_of(office, by)
    folder = station.get(setting)
    tag = setting.name.split(".")[1][:4]
    return Path(folder) / f"channergy-{hand_over.plain(by)}-{tag}.ics" if folder else None


def _is_there(path: Path, said: str) -> bool:
    with suppress(OSError, UnicodeError), path.open(encoding="utf-8", newline="") as file:
        return unstamped(file.read()) == unstamped(said)
    return False
