"""Sends the messages that wait, one after the other, and asks what became of the others (SI-24).

No message is sent twice. That it is being sent stands in the store before the gateway hears a word; whoever finds it
so after a crash, or hears no answer, does not send it again: a gateway that knows our reference is asked, else the
message is *unknown* until a person says what happened. Only one workstation sends at a time, by its lease.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.errors import CRMError, Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.outgoing import gateways, rows
from channergy_crm.outgoing.line import Answer, Line, Lost, NotSent, Request
from channergy_crm.records.messages import SMS, MessageRow, State
from channergy_crm.services import recipients, register, rights
from channergy_crm.services.campaigns import becoming

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.outgoing.gateways import Account, Gateway, Told

    Progress = Callable[[int, int, str], object]

TOGETHER, ASKED_AT_ONCE, MOST_TROUBLES = 100, 200, 3
"""messages looked at together; reports asked for in one go; after so many ends nobody saw it stops for a while"""
LATE_SECONDS = 10
"""a computer that slept between putting a message down and saying it says nothing"""
FIRST_REPORT, LAST_REPORT = timedelta(seconds=15), timedelta(hours=72)


class Busy(Surroundings):
    """The gateway takes nothing just now, or was not reached: what waits goes on waiting."""


def is_wanted() -> bool:
    """Whether there is something to send or to ask, and this workstation can."""
    now = clock.now()
    asked = MessageRow.state.in_([State.UNKNOWN.value, State.SENT.value]) & (MessageRow.next_try <= now)
    ours = MessageRow.select().where(asked & (MessageRow.channel == SMS))
    return any(each.exists() for each in (rows.waiting([SMS]), rows.begun([SMS]), ours)) and gateways.is_ready()


def run(progress: Progress) -> None:
    """Send what waits, then ask for reports. `Busy` when the gateway takes nothing; the rest waits for another time."""
    gateway = gateways.chosen()
    if gateway is None:
        return
    own = gateways.account()
    if wrong := gateways.problem(gateway, own):
        raise Busy(wrong)
    sender = Sender(gateway, own, progress)
    try:
        sender.take_up()
        sender.find()
        sender.send()
        sender.tell_reports()
    finally:
        becoming.written_to(rights.Program.ITSELF)


def try_out(gateway: Gateway, own: Account, number: str, text: str, by: str) -> str:
    """Send one message now, to see whether a gateway works; what came of it, in a sentence. It is kept nowhere."""
    rights.require(by, "administer")
    to = register.key(number)
    if not to.startswith("+"):
        raise Mistake(_("Type a mobile number that can be sent to."), "number")
    if wrong := gateways.problem(gateway, own):
        raise Mistake(wrong)
    with Line(gateways.to_send(gateway, own, to, text, "try"), gateway.seconds) as line:
        told = gateways.read_sent(gateway, line.ask(), own)
    if told.what != "sent":
        raise Surroundings(_("Not sent: {reason}").format(reason=told.error))
    said = _("The gateway took it, as {id}.") if told.id else _("The gateway took it.")
    return said.format(id=told.id)


class Sender:
    """Sends by one gateway, as the holder of the lease. `progress` raises when it is to stop, between two messages."""

    def __init__(self, gateway: Gateway, own: Account, progress: Progress) -> None:
        self._gateway, self._own, self._progress = gateway, own, progress
        self._troubles = 0

    # ---------------------------------------------------------------- what was begun and not ended

    def take_up(self) -> None:
        """What is being sent although nobody sends: its end was never seen."""
        for row in rows.begun([SMS]):
            self._lose(row, _("The program was ended while this was being sent."))

    def _lose(self, row: Any, why: str) -> None:
        """Nobody knows whether it went; a gateway that knows our references is asked in a while."""
        wait = timedelta(seconds=self._gateway.find_wait)
        again = clock.now() + wait if self._gateway.find_url else None
        rows.turn(row, (State.SENDING,), State.UNKNOWN, error=why, next_try=again)

    def find(self) -> None:
        """Ask about what is unknown: it went, or, where the gateway surely does not know it, it is sent now."""
        if not self._gateway.find_url:
            return
        for row in self._due(State.UNKNOWN):
            self._progress(0, 0, _("Asking the gateway"))
            answer = self._asked(gateways.to_find(self._gateway, self._own, row.reference))
            found = gateways.read_found(self._gateway, answer) if answer is not None else None
            if found:
                self._went(row, found)
            elif found is None:
                rows.turn(row, (State.UNKNOWN,), keep=True, next_try=clock.now() + timedelta(seconds=60))
            else:
                rows.turn(row, (State.UNKNOWN,), State.WAITING, error="", next_try=None)
            if answer is None:
                return

    def _asked(self, request: Request) -> Answer | None:
        """What the gateway answers to a question that may be asked again; None where it does not."""
        try:
            with Line(request, self._gateway.seconds) as line:
                return line.ask()
        except CRMError:
            return None

    # ---------------------------------------------------------------- sending

    def send(self) -> None:
        """All that waits and may go now."""
        done, total = 0, rows.waiting([SMS]).count()
        while some := list(rows.waiting([SMS]).order_by(MessageRow.number).limit(TOGETHER)):
            for row in self._allowed(some):
                self._progress(done, max(total, done + 1), _("Sending messages"))
                self._send(row)
                done += 1

    def _allowed(self, some: Sequence[Any]) -> list[Any]:
        """Those who may still be written to: since the message was made the night may have come, or a wish."""
        held = rows.records(some)
        asked = [(row.address, held.get((row.table, row.key))) for row in some]
        barred = recipients.still_allowed(asked, rights.Program.ITSELF)
        found = []
        for row, shut in zip(some, barred, strict=True):
            if shut is None:
                found.append(row)
            elif shut.kind == "hours":
                opens = shut.opens or clock.now() + timedelta(hours=1)
                rows.turn(row, (State.WAITING,), error=shut.reason, next_try=opens)
            else:
                rows.turn(row, (State.WAITING,), State.CANCELLED, error=shut.reason)
        return found

    def _send(self, row: Any) -> None:
        request = gateways.to_send(self._gateway, self._own, row.address, row.text, row.reference)
        try:
            told = self._say(row, request)
        except NotSent as error:
            rows.turn(row, (State.WAITING,), error=error.message)
            raise Busy(error.message) from error
        except Lost as error:
            self._lose(row, error.message)
            self._trouble(error.message)
            return
        if told is not None:
            self._hear(row, told)

    def _say(self, row: Any, request: Request) -> Told | None:
        """Put down that it is being sent, then say it; None where somebody has stopped it meanwhile."""
        with Line(request, self._gateway.seconds) as line:
            before = time.time()
            if not rows.turn(row, (State.WAITING,), State.SENDING, error="", next_try=None):
                return None
            if not 0 <= time.time() - before < LATE_SECONDS:
                rows.turn(row, (State.SENDING,), State.WAITING)
                return None
            return gateways.read_sent(self._gateway, line.ask(), self._own)

    def _hear(self, row: Any, told: Told) -> None:
        if told.what == "sent":
            self._troubles = 0
            self._went(row, told.id, told.cost)
        elif told.what == "refused":
            self._troubles = 0
            rows.turn(row, (State.SENDING, State.UNKNOWN), State.FAILED, error=told.error)
        elif told.what == "stopped":
            rows.turn(row, (State.SENDING,), State.WAITING, error=told.error)
            raise Busy(told.error)
        else:
            self._lose(row, told.error)
            self._trouble(told.error)

    def _trouble(self, said: str) -> None:
        self._troubles += 1
        if self._troubles >= MOST_TROUBLES:
            raise Busy(said)

    def _went(self, row: Any, gateway_id: str, cost: str = "") -> None:
        """The gateway has it; whatever was thought of it meanwhile."""
        again = clock.now() + FIRST_REPORT if gateway_id and self._gateway.status_url else None
        thought = (State.SENDING, State.UNKNOWN, State.WAITING)
        rows.turn(row, thought, State.SENT, error="", gateway_id=gateway_id or None, cost=cost, next_try=again)

    # ---------------------------------------------------------------- what became of them

    def tell_reports(self) -> None:
        """Ask the gateway what became of the messages that are due to be asked about."""
        if not self._gateway.status_url:
            return
        for row in self._due(State.SENT):
            self._progress(0, 0, _("Asking the gateway"))
            answer = self._asked(gateways.to_ask(self._gateway, self._own, row.gateway_id or ""))
            told = gateways.read_status(self._gateway, answer, self._own) if answer is not None else None
            age = clock.now() - row.changed
            if told is None:
                again = clock.now() + max(FIRST_REPORT, age / 2) if age < LAST_REPORT else None
                rows.turn(row, (State.SENT,), next_try=again, keep=True)
            else:
                state = State.DELIVERED if told.what == "sent" else State.FAILED
                rows.turn(row, (State.SENT,), state, error=told.error, cost=told.cost or row.cost, next_try=None)
            if answer is None:
                return

    def _due(self, state: State) -> list[Any]:
        come = (MessageRow.state == state.value) & (MessageRow.next_try <= clock.now()) & (MessageRow.channel == SMS)
        return list(MessageRow.select().where(come).order_by(MessageRow.next_try).limit(ASKED_AT_ONCE))
