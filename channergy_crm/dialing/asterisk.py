"""Dial through Asterisk: one's own telephone rings first, then the number is called. By AMI or by ARI."""

from __future__ import annotations

import json
import secrets as random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

from channergy_crm.dialing import web
from channergy_crm.dialing.ami import Conversation
from channergy_crm.dialing.deadline import within
from channergy_crm.dialing.number import AS_IT_IS, Writing, without_extension
from channergy_crm.errors import Surroundings
from channergy_crm.language import N_, _, translated

if TYPE_CHECKING:
    from channergy_crm.dialing.bridge import Secret

AMI_PORT = 5038
ORIGINATE, HANG_UP, POST = "Originate", "Hangup", "POST"  # unsaid: what the protocols say
_EVENTS_FOR = 0.3
"""seconds in which Asterisk says what the new call is called there, or that the telephone is not there"""
_ASKED_OF_ASTERISK = N_("Your telephone rings; pick it up and {number} is called.")


class Line(NamedTuple):
    """Where a call goes: the own telephone, the dialplan's context, what it shows as caller, how long it rings."""

    phone: str
    context: str = "from-internal"
    caller_id: str = ""
    ring_seconds: int = 30

    def check(self) -> str | None:
        """What is missing."""
        if not self.phone.strip() or "{" in self.phone:
            return _("Type your own extension, so that your telephone rings first.")
        if not self.context.strip():
            return _("Type the context of the dialplan in which numbers are dialed.")
        if any(sign in text for text in (self.phone, self.context, self.caller_id) for sign in "\r\n\0"):
            return _("There is a line break in what would be sent; nothing was sent.")
        return None


def address_problem(text: str) -> str | None:
    """A sentence when this is no address such as pbx.example or 10.0.0.2:5038."""
    host, _colon, port = text.partition(":")
    if host and not set(host) & set(" /@{}\r\n") and (not port or (port.isdigit() and 0 < int(port) < 65536)):
        return None
    return _("Type an address such as pbx.example or 10.0.0.2:5038.")


@translated("label")
@dataclass(frozen=True)
class Asterisk:
    """Asterisk's manager interface: `Originate`, and `Hangup` of the channel that came of it."""

    address: str
    user: str
    secret: Secret
    line: Line
    seconds: float = 10.0
    writing: Writing = AS_IT_IS

    name = "ami"
    label = N_("Asterisk (AMI)")
    news = _ASKED_OF_ASTERISK
    keys = ()
    sure = False
    can_hang_up = True

    def check(self) -> str | None:
        """What is missing, and what cannot be."""
        return address_problem(self.address) or _user_problem(self.user) or self.line.check() or self.writing.check()

    def preview(self, number: str) -> str:
        """The action, line by line."""
        lines = {"Action": ORIGINATE, **self.action(number)}.items()
        said = "; ".join(f"{name}: {text}" for name, text in lines)
        return _("Sends to {address}: {lines}.").format(address=self.address, lines=said)

    def action(self, number: str) -> dict[str, str]:
        """What Asterisk is asked."""
        shown = {"CallerID": self.line.caller_id} if self.line.caller_id else {}
        return {
            "Channel": self.line.phone, "Context": self.line.context,
            "Exten": without_extension(self.writing.write(number)), "Priority": "1",
            "Timeout": str(self.line.ring_seconds * 1000), **shown, "Async": "true",
        }  # fmt: skip

    def dial(self, number: str) -> str:
        """Have the own telephone rung; the name of its channel, by which it is hung up."""
        return within(self.seconds, self.address, lambda: self._originate(number))

    def hang_up(self, call: str) -> None:
        """End the call of this channel."""
        within(self.seconds, self.address, lambda: self._end(call))

    def _conversation(self) -> Conversation:
        host, _colon, port = self.address.partition(":")
        talk = Conversation(host, int(port or AMI_PORT), self.seconds)
        try:
            talk.log_in(self.user, self.secret() or "")
        except BaseException:
            talk.__exit__()
            raise
        return talk

    def _originate(self, number: str) -> str:
        ours = f"crm-{random.token_hex(8)}"
        with self._conversation() as talk:
            answer = talk.ask(ORIGINATE, ChannelId=ours, **self.action(number))
            if answer.get("Response") != "Success":
                raise Surroundings(_refused(answer.get("Message", "")))
            return _channel(talk, ours, answer["ActionID"])

    def _end(self, call: str) -> None:
        with self._conversation() as talk:
            answer = talk.ask(HANG_UP, Channel=call)
            if answer.get("Response") != "Success":
                raise Surroundings(_refused(answer.get("Message", "")))


def _channel(talk: Conversation, ours: str, action: str) -> str:
    """The channel's name, where events tell it; else the number we gave it, by which Asterisk finds it as well."""
    talk.until = min(talk.until, time.monotonic() + _EVENTS_FOR)
    try:
        while True:
            packet = talk.packet()
            if packet.get("Event") == "Newchannel" and packet.get("Uniqueid") == ours:
                return packet.get("Channel", ours)
            failed = packet.get("Event") == "OriginateResponse" and packet.get("Response") == "Failure"
            if failed and packet.get("ActionID") == action:
                raise Surroundings(_("Your telephone {phone} cannot be rung; is it switched on?").format(
                    phone=packet.get("Channel", "")))  # fmt: skip
    except OSError:
        return ours


def _refused(message: str) -> str:
    return _("Asterisk refuses: {reason}").format(reason=message or "?")


def _user_problem(user: str) -> str | None:
    return None if user.strip() else _("Type the user by whom Asterisk knows this program.")


@translated("label")
@dataclass(frozen=True)
class AsteriskOverHttp:
    """Asterisk's REST interface: a channel is made, and deleted to hang up."""

    address: str
    user: str
    secret: Secret
    line: Line
    seconds: float = 10.0
    writing: Writing = AS_IT_IS

    name = "ari"
    label = N_("Asterisk (ARI)")
    news = _ASKED_OF_ASTERISK
    keys = ()
    sure = False
    can_hang_up = True

    def check(self) -> str | None:
        """What is missing, and what cannot be."""
        return web.problem(self.address) or _user_problem(self.user) or self.line.check() or self.writing.check()

    def preview(self, number: str) -> str:
        """The request and its contents."""
        sent = json.dumps(self.channel(number), ensure_ascii=False)
        return _("Sends to {address}: {lines}.").format(address=self._channels(), lines=f"{POST} {sent}")

    def channel(self, number: str) -> dict[str, Any]:
        """What Asterisk is asked to make."""
        shown = {"callerId": self.line.caller_id} if self.line.caller_id else {}
        return {
            "endpoint": self.line.phone, "extension": without_extension(self.writing.write(number)),
            "context": self.line.context, "priority": 1, "timeout": self.line.ring_seconds, **shown,
        }  # fmt: skip

    def dial(self, number: str) -> str:
        """Have the own telephone rung; the id of its channel."""
        ours = f"crm-{random.token_hex(8)}"
        address = f"{self._channels()}?{urlencode({'channelId': ours})}"
        answer = self._ask(POST, address, self.channel(number))
        try:
            return str(json.loads(answer)["id"])
        except (ValueError, KeyError, TypeError):
            return ours

    def hang_up(self, call: str) -> None:
        """Delete the channel."""
        self._ask("DELETE", f"{self._channels()}/{quote(call, safe='')}")

    def _channels(self) -> str:
        return f"{self.address.rstrip('/').removesuffix('/ari')}/ari/channels"

    def _ask(self, method: str, address: str, contents: object = None) -> str:
        return web.ask(method, address, self.seconds, self.user, self.secret() or "", contents)
