"""Sends the mails that wait, one after the other over one connection (BX-14, VT-157).

Nobody gets two. That a mail is being sent stands in the store before the server hears a word; whoever finds it so after
a crash, or hears no answer to it, does not send it again: it is *unknown*, with the last word of the server, until a
person says what happened. Only one workstation sends at a time, by its lease.
"""

from __future__ import annotations

import json
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock
from channergy_crm.errors import CRMError, Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.outgoing import rows
from channergy_crm.outgoing.line import Lost, NotSent
from channergy_crm.outgoing.mail.composing import Attached, composed, in_ascii, letters
from channergy_crm.outgoing.mail.line import SECONDS, Line
from channergy_crm.outgoing.messages import LATE_SECONDS, MOST_TROUBLES, TOGETHER, Busy
from channergy_crm.records import Document
from channergy_crm.records.messages import EMAIL, MAILED, BatchRow, MessageRow, State
from channergy_crm.services import contents, rights
from channergy_crm.services.campaigns import becoming
from channergy_crm.services.mail import accounts, making, recipients
from channergy_crm.services.sales_documents import mailed
from channergy_crm.text.links import mail_address
from channergy_crm.text.names import person_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from channergy_crm.outgoing.mail.line import Told
    from channergy_crm.services.mail.accounts import Account
    from channergy_crm.work.record import Record

    Progress = Callable[[int, int, str], object]

MINUTE = timedelta(minutes=1)
LATER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480, 720, 1440))
"""how long is waited after a server has said *later* for the first time, the second …; then it is given up"""
_went: deque[datetime] = deque(maxlen=10_000)
"""when this program has given mails to the server, the latest last"""


class _Batch(NamedTuple):
    """What the mails of a batch have in common."""

    key: str
    bulk: bool
    attached: list[Attached]


def room(per_minute: int) -> int:
    """How many mails may go now, so that no more than that go in a minute; 0 a minute is no limit."""
    now = clock.now()
    recent = sum(now - MINUTE < moment <= now for moment in _went)
    return max(per_minute - recent, 0) if per_minute else TOGETHER


def is_wanted() -> bool:
    """Whether there is something to send, it may go now, and this workstation can send it."""
    if not (rows.waiting(MAILED).exists() or rows.begun(MAILED).exists()):
        return False
    return accounts.is_ready() and room(accounts.account(password=False).per_minute) > 0


def run(progress: Progress, seconds: float = SECONDS) -> None:
    """Send what waits, as many as a minute allows. `Busy` when the server takes nothing; the rest waits for then."""
    own = accounts.account()
    if wrong := accounts.problem(own):
        raise Busy(wrong)
    sender = Sender(own, progress, seconds)
    try:
        sender.take_up()
        sender.send()
    finally:
        becoming.written_to(rights.Program.ITSELF)
        mailed.settle(rights.Program.ITSELF)


def try_out(own: Account, to: str, by: str) -> str:
    """Send one mail now, to see whether the server works; what it said, in a sentence. The mail is kept nowhere."""
    rights.require(by, "administer")
    address = mail_address(to)
    if not address:
        raise Mistake(_("Type your own e-mail address."), "address")
    if wrong := accounts.problem(own):
        raise Mistake(wrong)
    text = _("This mail was sent to try the e-mail server of the office.")
    held = making.row("", "", "", address, _("A mail to try the server"), text, f"<p>{text}</p>", own.sender, by)
    mail = dict(zip(("address", "text", "made", "subject", "html", "sender", "message_id"),
                    (held[place] for place in (4, 5, 12, 14, 15, 16, 17)), strict=True))  # fmt: skip
    line = Line(own)
    try:
        line.open()
        told = line.send(in_ascii(own.sender), in_ascii(address), composed(SimpleNamespace(**mail), own),
                         letters(in_ascii(address)))  # fmt: skip
    finally:
        line.close()
    if told.what != "sent":
        raise Surroundings(_("Not sent. The server said: {said}").format(said=told.said))
    return _("The server took it: {said}").format(said=told.said)


class Sender:
    """Sends by one server, as the holder of the lease. `progress` raises when it is to stop, between two mails."""

    def __init__(self, own: Account, progress: Progress, seconds: float = SECONDS) -> None:
        self._own, self._progress = own, progress
        self._line = Line(own, seconds)
        self._batch = _Batch("", False, [])
        self._troubles = 0
        self._went: list[rows.Turn] = []
        """what the server has just taken, written down with the next that is begun: one piece for both"""
        self._beside = ThreadPoolExecutor(1)

    def take_up(self) -> None:
        """What is being sent although nobody sends: its end was never seen."""
        for row in rows.begun(MAILED):
            self._lose(row, _("The program was ended while this was being sent."))

    def send(self) -> None:
        """All that waits and may go now."""
        done, total = 0, rows.waiting(MAILED).count()
        try:
            while some := self._next():
                for row, contents in self._composed(self._allowed(some)):
                    self._progress(done, max(total, done + 1), _("Sending mails"))
                    self._send(row, contents)
                    done += 1
        finally:
            self._beside.shutdown(cancel_futures=True)
            try:
                self._put_down()
            finally:
                self._line.close()

    def _composed(self, some: Sequence[Any]) -> Iterator[tuple[Any, Future[bytes]]]:
        """Each with what goes over the line; the next one is composed while the server takes the one before."""
        held: tuple[Any, Future[bytes]] | None = None
        for row in some:
            ahead = row, self._begin(row)
            if held is not None:
                yield held
            held = ahead
        if held is not None:
            yield held

    def _begin(self, row: Any) -> Future[bytes]:
        try:
            self._take_batch(row.batch)
        except Mistake as error:
            wrong = Future[bytes]()
            wrong.set_exception(error)
            return wrong
        return self._beside.submit(composed, row, self._own, row.name, bulk=self._batch.bulk,
                                   attached=self._batch.attached, by_itself=row.channel != EMAIL)  # fmt: skip

    def _put_down(self, *more: rows.Turn) -> bool:
        """What went, and more; whether the last of it still stood as thought."""
        turns = [*self._went, *more]
        stood = rows.turn_all(turns) if turns else [True]
        self._went = []
        return stood[-1]

    def _next(self) -> list[Any]:
        free = min(room(self._own.per_minute), TOGETHER)
        return list(rows.waiting(MAILED).order_by(MessageRow.number).limit(free)) if free else []

    def _allowed(self, some: Sequence[Any]) -> list[Any]:
        """Those who may still be written to: since the mail was made a wish may have come."""
        held = rows.records(some)
        asked = [(row.address, held.get((row.table, row.key))) for row in some]
        found = []
        for row, shut in zip(some, recipients.still_allowed(asked, rights.Program.ITSELF), strict=True):
            if shut and row.channel == EMAIL:
                rows.turn(row, (State.WAITING,), State.CANCELLED, error=shut)
            else:
                row.name = _called(held.get((row.table, row.key))) if row.channel == EMAIL else ""
                found.append(row)
        return found

    # ---------------------------------------------------------------- one mail

    def _send(self, row: Any, composing: Future[bytes]) -> None:
        try:
            contents = composing.result()
        except Mistake as error:
            rows.turn(row, (State.WAITING,), State.FAILED, error=error.message)
            return
        for again in (True, False):
            was_open = self._line.is_open
            try:
                told = self._say(row, contents)
            except NotSent as error:
                rows.turn(row, (State.SENDING, State.WAITING), State.WAITING, error=error.message)
                if was_open and again:
                    continue  # it had closed the line since the mail before
                raise Busy(error.message) from error
            except Lost as error:
                self._lose(row, error.message, self._line.last)
                self._trouble(error.message)
                return
            if told is not None and told.goes and was_open and again:
                rows.turn(row, (State.SENDING,), State.WAITING, error=told.said, said=told.said)
                continue  # so many over one line are enough for it
            if told is not None:
                self._hear(row, told)
            return

    def _say(self, row: Any, contents: bytes) -> Told | None:
        """Put down that it is being sent, then send it; None where somebody has stopped it meanwhile."""
        if not self._line.is_open:
            self._put_down()  # whoever is reached first may keep us waiting
            self._line.open()
        before = time.time()
        if not self._put_down(rows.turned(row, (State.WAITING,), State.SENDING, error="", said="", next_try=None)):
            return None
        if not 0 <= time.time() - before < LATE_SECONDS:
            rows.turn(row, (State.SENDING,), State.WAITING)
            return None
        _went.append(clock.now())
        sender, to = in_ascii(row.sender or self._own.sender), in_ascii(row.address)
        return self._line.send(sender, to, contents, letters(sender, to))

    def _hear(self, row: Any, told: Told) -> None:
        thought = (State.SENDING, State.UNKNOWN)
        if told.what == "sent":
            self._troubles = 0
            self._went = [rows.turned(row, (*thought, State.WAITING), State.SENT, error="", said=told.said)]
        elif told.what == "refused":
            self._troubles = 0
            rows.turn(row, thought, State.FAILED, error=told.said, said=told.said)
        elif told.what == "later":
            self._put_off(row, told.said)
            self._trouble(told.said)
        elif told.what == "stopped":
            rows.turn(row, (State.SENDING,), State.WAITING, error=told.said, said=told.said)
            raise Busy(told.said)
        else:
            said = _("The server answered something that is not understood: {said}").format(said=told.said)
            self._lose(row, said, told.said)
            self._trouble(said)

    def _put_off(self, row: Any, said: str) -> None:
        """The server wants it another time, later and later; after some days it is given up."""
        if row.tries >= len(LATER):
            rows.turn(row, (State.SENDING,), State.FAILED, error=said, said=said)
            return
        again = clock.now() + LATER[row.tries]
        rows.turn(row, (State.SENDING,), State.WAITING, error=said, said=said, next_try=again, tries=row.tries + 1)

    def _lose(self, row: Any, why: str, said: str = "") -> None:
        rows.turn(row, (State.SENDING,), State.UNKNOWN, error=why, said=said, next_try=None)

    def _trouble(self, said: str) -> None:
        self._troubles += 1
        if self._troubles >= MOST_TROUBLES:
            raise Busy(said)

    def _take_batch(self, key: str) -> None:
        """What the mails of this batch have in common, read once; `Mistake` where a document has gone meanwhile."""
        if key == self._batch.key:
            return
        held = BatchRow.get_or_none(BatchRow.key == key)
        numbers = json.loads(held.attachments) if held is not None and held.attachments else []
        self._batch = _Batch(key, held is not None and held.bulk, [_attached(number) for number in numbers])


def _called(record: Record | None) -> str:
    """The name of a person, as it stands before the address; a company has none there."""
    first, last = (str(getattr(record, name, None) or "") for name in ("first_name", "last_name"))
    return person_name(first, last)


def _attached(number: int) -> Attached:
    document = Document.find(number)
    if document is None:
        raise Mistake(_("A document that was to go along is not there any more."))
    try:
        data = b"".join(contents.pieces(document.hash, document.size or 0))
    except CRMError as error:
        raise Mistake(error.message) from error
    return Attached(document.name or "", document.type or "", data)
