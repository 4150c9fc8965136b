"""Whether a newer version of the program is there: one small file says so, which an office lies where it likes.

Nobody looks anywhere until an administrator has typed where that file lies: in the shared folder, or at an https
address. It is read, at most once a day, and nothing else is asked for: nothing is told about the office, nothing is
loaded and nothing is started. What stands in it is words from outside, so each is looked at before it is shown.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from channergy_crm import __version__, clock
from channergy_crm.dialing import web
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.outgoing.line import Line, Request
from channergy_crm.services import office
from channergy_crm.services.rights import Program
from channergy_crm.settings import NEWER_AT

if TYPE_CHECKING:
    from channergy_crm.settings import Station

PROGRAM, REMEMBERED = "channergy-crm", "newer"
SECONDS = 10.0
MOST_LETTERS_OF_ALL = 1 << 16
MOST_LETTERS = 200
NUMBERS = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}", re.ASCII)


class Version(NamedTuple):
    """What the file says: which version there is, since when, what is new in it, and where people find it."""

    number: str
    since: date | None
    new: str
    address: str

    @property
    def is_newer(self) -> bool:
        """Whether it is newer than the program that asks."""
        return _parts(self.number) > _parts(__version__)

    @property
    def said(self) -> str:
        """In a sentence, for a person."""
        if not self.is_newer:
            return _("This is the newest version: {version}.").format(version=__version__)
        if not self.new:
            return _("Version {version} is there.").format(version=self.number)
        return _("Version {version} is there: {new}").format(version=self.number, new=self.new)

    def as_text(self) -> str:
        """As a note again."""
        since = self.since.isoformat() if self.since else ""
        return json.dumps({"program": PROGRAM, "version": self.number, "date": since, "new": self.new,
                           "address": self.address})  # fmt: skip


class LastLook:
    """What this workstation heard when it looked last: remembered, so that it looks once a day and no oftener."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._held: dict[str, str] = station.recall(REMEMBERED, {})

    def is_due(self, at: str) -> bool:
        """Whether it has not been looked there today."""
        today = clock.now().date().isoformat()
        return bool(at) and (self._held.get("at"), self._held.get("day")) != (at, today)

    def note(self, at: str, heard: Version | str) -> None:
        """It was looked there just now, and that is what was heard: a version, or why there was none."""
        said = heard if isinstance(heard, str) else ""
        text = "" if isinstance(heard, str) else heard.as_text()
        self._held = {"at": at, "day": clock.now().date().isoformat(), "wrong": said, "note": text}
        self._station.remember(REMEMBERED, self._held)

    def newer(self, at: str) -> Version | None:
        """The newer version that was told of there, until this program is as new."""
        found = self._found(at)
        return found if found is not None and found.is_newer else None

    def said(self, at: str) -> tuple[str, bool]:
        """In a sentence, and whether it went wrong; "" where nobody has looked there yet."""
        found = self._found(at)
        if found is not None:
            return found.said, False
        return (self._held.get("wrong", ""), True) if at and self._held.get("at") == at else ("", False)

    def _found(self, at: str) -> Version | None:
        text = self._held.get("note") if at and self._held.get("at") == at else None
        try:
            return read(text) if isinstance(text, str) and text else None
        except Mistake:  # somebody has been at the file of this workstation
            return None


def place() -> str:
    """Where the office's file lies; "" where nobody looks."""
    return office.get(NEWER_AT, Program.ITSELF).strip()


def problem(at: str) -> str | None:
    """A sentence when that is neither a file nor an address that may be asked."""
    if not at or (Path(at).is_absolute() and not _is_address(at)):
        return None
    if not _is_address(at):
        return _("Type an https:// address, or the whole path of a file.")
    return web.problem(at)


def look(at: str) -> Version:
    """What the file there says. Raises Surroundings or Mistake with the reason when it says nothing one can use."""
    if (wrong := problem(at)) is not None:
        raise Mistake(wrong)
    return read(_asked(at) if _is_address(at) else _from_file(Path(at)))


def read(text: str) -> Version:
    """The words of such a file. Raises Mistake where they are none."""
    if len(text) > MOST_LETTERS_OF_ALL:
        raise Mistake(_("That file is too large to be the note about a version."))
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("program") != PROGRAM:
        raise Mistake(_("That is no note about a version of this program."))
    number = said.get("version")
    if not isinstance(number, str) or not NUMBERS.fullmatch(number):
        raise Mistake(_("The note about the version names none."))
    since, address = None, _line(said.get("address"))
    with suppress(ValueError):
        since = date.fromisoformat(_line(said.get("date")))
    return Version(number, since, _line(said.get("new")), address if web.problem(address) is None else "")


def _asked(at: str) -> str:
    where = urlsplit(at).hostname or ""
    with Line(Request("GET", at, {"Accept": "application/json"}), SECONDS) as line:
        answer = line.ask()
    if 300 <= answer.status < 400:
        raise Surroundings(_("{where} sends the request on to another address; type that one.").format(where=where))
    if answer.status != HTTPStatus.OK:
        said = _("{where} answered {status} {reason}.")
        raise Surroundings(said.format(where=where, status=answer.status, reason=answer.reason).replace(" .", "."))
    return answer.text


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MOST_LETTERS_OF_ALL + 1).decode("utf-8-sig", "replace")
    except OSError as error:
        said = _("{file} cannot be read: {reason}.")
        raise Surroundings(said.format(file=path, reason=error.strerror or error)) from error


def _is_address(at: str) -> bool:
    return "://" in at


def _parts(number: str) -> tuple[int, ...]:
    """3 and 3.0.0 are the same version."""
    parts = [int(part) for part in number.split(".")]
    return tuple(parts + [0] * (4 - len(parts)))


def _line(said: object) -> str:
    """One line of it, as long as a line may be, without signs that nobody sees."""
    text = " ".join(said.split()) if isinstance(said, str) else ""
    return "".join(sign for sign in text if sign.isprintable())[:MOST_LETTERS]
