"""A conversation with Asterisk's manager interface (AMI), as far as a telephone needs it."""

from __future__ import annotations

import hashlib
import secrets
import socket
import time
from typing import Any

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _

MOST = 1 << 20
"""bytes without the end of a line; a server that speaks so is none"""
Packet = dict[str, str]


class Conversation:
    """One connection. Every answer is told from events by its ActionID; nothing is waited for beyond `until`."""

    def __init__(self, host: str, port: int, seconds: float) -> None:
        self.until = time.monotonic() + seconds
        self._socket = socket.create_connection((host, port), timeout=seconds)
        self._held = b""
        try:
            if "Asterisk Call Manager" not in self._line():
                raise Surroundings(_("What answers there is not the manager interface of Asterisk."))
        except BaseException:
            self._socket.close()
            raise

    def __enter__(self) -> Conversation:
        return self

    def __exit__(self, *_how: Any) -> None:
        self._socket.close()

    def log_in(self, user: str, secret: str) -> None:
        """By challenge, so that the secret stays here; as it is where the server knows no challenge."""
        challenge = self.ask("Challenge", AuthType="MD5").get("Challenge", "")  # unsaid: what the protocol says
        if challenge:
            key = hashlib.md5((challenge + secret).encode(), usedforsecurity=False).hexdigest()
            answer = self.ask("Login", AuthType="MD5", Username=user, Key=key, Events="call")  # unsaid: the same
        else:
            answer = self.ask("Login", Username=user, Secret=secret, Events="call")  # unsaid: the same
        if answer.get("Response") != "Success":
            raise Surroundings(_("Asterisk refuses this user or this password."))

    def ask(self, action: str, **values: str) -> Packet:
        """The answer to an action, with events in between."""
        known = secrets.token_hex(8)
        lines = {"Action": action, "ActionID": known, **values}
        if any(sign in text for text in lines.values() for sign in "\r\n\0"):
            raise Mistake(_("There is a line break in what would be sent; nothing was sent."))
        self._socket.settimeout(max(self.until - time.monotonic(), 0.001))
        self._socket.sendall("".join(f"{name}: {text}\r\n" for name, text in lines.items()).encode() + b"\r\n")
        while True:
            packet = self.packet()
            if packet.get("ActionID") == known and "Response" in packet:
                return packet

    def packet(self) -> Packet:
        """The next answer or event."""
        found: Packet = {}
        while line := self._line():
            name, _colon, text = line.partition(":")
            found[name.strip()] = text.strip()
        return found

    def _line(self) -> str:
        while b"\r\n" not in self._held:
            left = self.until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)
            more = self._socket.recv(4096)
            if not more or len(self._held) > MOST:
                raise ConnectionResetError(_("it broke off"))
            self._held += more
        line, _end, self._held = self._held.partition(b"\r\n")
        return line.decode("utf-8", "replace")
