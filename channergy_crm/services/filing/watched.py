"""The folder of a mail server that is watched: its settings, and what became of the mails in it (BX-14, K26)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from channergy_crm import clock, secrets
from channergy_crm.dialing.web import is_here
from channergy_crm.language import _
from channergy_crm.records.filed_mails import Seen, WatchedRow
from channergy_crm.services import office, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import (
    WATCH_AFTER,
    WATCH_EVERY,
    WATCH_FOLDER,
    WATCH_HOST,
    WATCH_PORT,
    WATCH_SECURITY,
    WATCH_TO,
    WATCH_USER,
)
from channergy_crm.store import database
from channergy_crm.store.complaints import translated

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

Security = Literal["starttls", "tls", "none"]
PASSWORD = "watch.password"  # noqa: S105  its name in the key store
MOVE, STAY = "move", "stay"
AT_A_TIME = 500


class Folder(NamedTuple):
    """The server, what it asks for, the folder, and where filed mails are moved ("" when they stay)."""

    host: str = ""
    port: int = 0
    security: Security = "tls"
    user: str = ""
    password: str = ""
    folder: str = ""
    filed: str = ""
    every: int = 5

    @property
    def place(self) -> str:
        """Which folder it is, as a hash."""
        return sha256(f"{self.host}\0{self.port}\0{self.user}\0{self.folder}".casefold().encode()).hexdigest()[:40]


class Place(NamedTuple):
    """Where a mail lies: the folder, since when the server counts so, and its number there."""

    folder: str
    validity: int
    uid: int


def folder(*, password: bool = True) -> Folder:
    """The folder of the office; the key store is asked for the password, which may take its time."""
    said = office.get(WATCH_SECURITY, Program.ITSELF)
    security: Security = "starttls" if said == "starttls" else "none" if said == "none" else "tls"
    moves = office.get(WATCH_AFTER, Program.ITSELF) == MOVE
    return Folder(
        _held(WATCH_HOST), office.whole(WATCH_PORT, Program.ITSELF), security, _held(WATCH_USER),
        (secrets.find(PASSWORD) or "") if password else "", _held(WATCH_FOLDER), _held(WATCH_TO) if moves else "",
        max(office.whole(WATCH_EVERY, Program.ITSELF), 1),
    )  # fmt: skip


def _held(setting: object) -> str:
    return " ".join(office.get(setting, Program.ITSELF).split())  # type: ignore[arg-type]  # settings of texts


def problem(own: Folder) -> str | None:
    """What keeps the folder from being watched, in a sentence; None when it can be tried."""
    apart = any(sign in own.host for sign in "/@: ") and not own.host.startswith("[")
    found = (
        (not own.host, _("Type the name of the IMAP server.")),
        (apart, _("The server is the name of a computer, such as mail.company.com, with nothing before or behind it.")),
        (not 0 < own.port < 65_536, _("The port is a number such as 993 or 143.")),
        (not own.user, _("Type the user of the mailbox, often the whole address.")),
        (not own.folder, _("Type the name of the folder to watch, such as CRM.")),
        (bool(own.filed) and own.filed.casefold() == own.folder.casefold(),
         _("Filed mails are moved to another folder than the one that is watched.")),
        (own.security == "none" and not is_here(own.host),
         _("Without encryption no password is sent to another computer; choose STARTTLS or TLS.")),
    )  # fmt: skip
    return next((said for wrong, said in found if wrong), None)


def is_ready() -> bool:
    """Whether this workstation can watch the folder: nothing is missing, and the password is kept here."""
    return problem(folder(password=False)) is None and secrets.is_kept(PASSWORD)


# ---------------------------------------------------------------- what became of the mails


def known(place: str, validity: int, by: str) -> dict[int, tuple[Seen, datetime]]:
    """What is known of the mails of a folder, by their numbers there."""
    rights.require(by, "see")
    here = (WatchedRow.place == place) & (WatchedRow.validity == validity)
    rows: Any = WatchedRow.select(WatchedRow.uid, WatchedRow.state, WatchedRow.looked).where(here).tuples()
    return {int(uid): (Seen(state), looked) for uid, state, looked in rows}


def was_filed(hash: str) -> bool:
    """Whether a mail was filed from there once, be it that somebody took it away again."""
    mine = (WatchedRow.mail == hash) & (WatchedRow.state == Seen.FILED.value)
    return bool(WatchedRow.select(WatchedRow.number).where(mine).exists())


def put_down(place: Place, hash: str, state: Seen) -> None:
    """What has become of a mail; within a unit it is put down with that."""
    said = {"mail": hash, "state": state.value, "looked": clock.now()}
    row = {"place": place.folder, "validity": place.validity, "uid": place.uid, **said}
    with database.writing(), translated():
        WatchedRow.insert(row).on_conflict(
            conflict_target=[WatchedRow.place, WatchedRow.validity, WatchedRow.uid], update=said
        ).execute()


def forget_gone(place: str, validity: int, uids: Collection[int], by: str) -> None:
    """Mails that are not there any more and were never filed wait no longer, nor do those of an older count."""
    rights.require(by, "see")
    here = (WatchedRow.place == place) & (WatchedRow.state == Seen.WAITING.value)
    asked: Any = WatchedRow.select(WatchedRow.number, WatchedRow.validity, WatchedRow.uid).where(here).tuples()
    gone = [number for number, since, uid in asked if since != validity or uid not in uids]
    for start in range(0, len(gone), AT_A_TIME):
        with database.writing(), translated():
            WatchedRow.delete().where(WatchedRow.number.in_(gone[start : start + AT_A_TIME])).execute()


def waiting(by: str) -> int:
    """How many mails of the folder are not assigned to anybody."""
    rights.require(by, "see")
    here = (WatchedRow.place == folder(password=False).place) & (WatchedRow.state == Seen.WAITING.value)
    return int(WatchedRow.select().where(here).count())
