"""Looks into the watched folder and files what it can assign; the rest stays there and waits for a person (BX-14).

Nothing is filed twice, whenever the program ends: that a mail is filed is put down in the same step in which it is
filed, and it is moved only then. Nothing is lost, for nothing is ever deleted there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock
from channergy_crm.errors import CRMError, Mistake, Surroundings
from channergy_crm.incoming import eml
from channergy_crm.incoming.box import SECONDS, Box
from channergy_crm.incoming.files import Found, too_large
from channergy_crm.language import _, ngettext
from channergy_crm.records.filed_mails import Seen
from channergy_crm.services import rights
from channergy_crm.services.filing import deeds, watched, whom
from channergy_crm.services.filing.watched import Folder, Place
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    Progress = Callable[[int, int, str], object]

MOST_AT_ONCE, MOST_AGAIN = 200, 50
"""new mails of one look; and of those nobody was known for, how many are looked at again"""
AGAIN = timedelta(hours=1)
NO_MAIL = "-"
"""stands for the hash of what is no mail that can be read"""


class Looked(NamedTuple):
    """What came of a look: filed now, moved, and how many wait for a person."""

    filed: int = 0
    moved: int = 0
    waiting: int = 0


class Waiting(NamedTuple):
    """A mail of the folder that is not assigned, and where it lies."""

    found: Found
    place: Place


def run(progress: Progress, seconds: float = SECONDS) -> Looked:
    """Look once. `Surroundings` where the server does not answer; the rest is done the next time."""
    own = watched.folder()
    if wrong := watched.problem(own):
        raise Mistake(wrong)
    with Box(own, seconds) as box:
        return _Look(own, box, progress).all()


def waiting(by: str, progress: Progress, seconds: float = SECONDS) -> list[Waiting]:
    """The mails of the folder that are not assigned, as they lie there now."""
    rights.require(by, "see")
    own = watched.folder()
    if wrong := watched.problem(own):
        raise Mistake(wrong)
    with Box(own, seconds) as box:
        sizes, held = box.sizes(), watched.known(own.place, box.validity, by)
        uids = [uid for uid in sorted(sizes) if uid not in held or held[uid][0] is Seen.WAITING][:MOST_AT_ONCE]
        found = []
        for done, uid in enumerate(uids):
            progress(done, len(uids), _("Reading mails"))
            mail = _read(box, uid, sizes[uid])
            found += [Waiting(mail, Place(own.place, box.validity, uid))] if mail is not None else []
    return found


def try_out(own: Folder, by: str, seconds: float = SECONDS) -> str:
    """Sign in and look how many mails lie in the folder; what the server says, in a sentence."""
    rights.require(by, "administer")
    if wrong := watched.problem(own):
        raise Mistake(wrong)
    with Box(own, seconds) as box:
        count = len(box.sizes())
        said = ngettext(
            "It works: {count:,} mail lies in “{folder}”.", "It works: {count:,} mails lie in “{folder}”.", count
        )
        told = said.format(count=count, folder=own.folder)
        if own.filed and not box.moves:
            return " ".join([told, _("The server cannot move mails; what is filed stays where it is.")])
    return told


class _Look:
    """One look, over one connection. `progress` raises when it is to stop, between two mails."""

    def __init__(self, own: Folder, box: Box, progress: Progress) -> None:
        self._own, self._box, self._progress = own, box, progress
        self._moving = bool(own.filed) and box.moves
        self._made = False
        self._filed = self._moved = 0

    def all(self) -> Looked:
        """File what is new, look again at what waits, move what is filed."""
        sizes = self._box.sizes()
        held = watched.known(self._own.place, self._box.validity, Program.ITSELF)
        watched.forget_gone(self._own.place, self._box.validity, set(sizes), Program.ITSELF)
        for uid in (each for each in sorted(sizes) if each in held and held[each][0] is Seen.FILED):
            self._move(uid)
        due = self._due(sorted(sizes), held)
        for done, uid in enumerate(due):
            self._progress(done, len(due), _("Filing mails"))
            self._take(uid, sizes[uid])
        return Looked(self._filed, self._moved, watched.waiting(Program.ITSELF))

    def _due(self, uids: Sequence[int], held: dict[int, tuple[Seen, datetime]]) -> list[int]:
        new = [uid for uid in uids if uid not in held][:MOST_AT_ONCE]
        before = clock.now() - AGAIN
        old = [uid for uid in uids if uid in held and held[uid][0] is Seen.WAITING and held[uid][1] <= before]
        return [*new, *sorted(old, key=lambda uid: str(held[uid][1]))[:MOST_AGAIN]]

    def _take(self, uid: int, size: int) -> None:
        place = Place(self._own.place, self._box.validity, uid)
        found = _read(self._box, uid, size)
        if found is None:
            return
        if found.mail is None:
            watched.put_down(place, NO_MAIL, Seen.WAITING)
            return
        proposal = whom.look([found.mail], Program.ITSELF)[0]
        if proposal.filed is not None or watched.was_filed(found.mail.hash):
            watched.put_down(place, found.mail.hash, Seen.FILED)
        elif proposal.person is None or not self._file(found, proposal, place):
            watched.put_down(place, found.mail.hash, Seen.WAITING)
            return
        self._move(uid)

    def _file(self, found: Found, proposal: whom.Proposal, place: Place) -> bool:
        """Whether it could be filed; what stands against it, such as a rule of the office, is for a person to see."""
        if found.mail is None or proposal.person is None:
            return False
        try:
            deeds.file(found.mail, proposal.person.record, proposal.person.key, Program.ITSELF, proposal=proposal,
                       place=place)  # fmt: skip
        except Surroundings:
            raise
        except CRMError:
            return False
        self._filed += 1
        return True

    def _move(self, uid: int) -> None:
        if not self._moving:
            return
        if not self._made:
            self._box.make(self._own.filed)
            self._made = True
        self._box.move(uid, self._own.filed)
        self._moved += 1


def _read(box: Box, uid: int, size: int) -> Found | None:
    """A mail of the folder, or why it cannot be read; None where it has gone meanwhile."""
    where = _("Mail {number}").format(number=uid)
    if size > eml.MOST_BYTES:
        return Found(where, None, too_large(size))
    data = box.read(uid)
    if data is None:
        return None
    try:
        return Found(where, eml.read(data))
    except Mistake as error:
        return Found(where, None, error.message)
