"""A mail as it is filed, whatever file or server it came from."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

_ADDRESS = re.compile(r"(?<=\S) <[^<>]*>")
MOST_ADDRESSES = 200
"""of a mail that went to more, the others are not looked at"""


class Attached(NamedTuple):
    """A file that came with a mail, under a name that is safe here."""

    name: str
    data: bytes


class Mail(NamedTuple):
    """One mail. Addresses are (name, address); `sent` is None where the mail says no day one can believe.

    `answers` are the ids of the mails it answers, the nearest first. `left_out` says what of it is not kept. One that
    `is_automatic` was written by a program: somebody is away, or it could not be delivered.
    """

    message_id: str
    sender: tuple[str, str]
    to: tuple[tuple[str, str], ...] = ()
    cc: tuple[tuple[str, str], ...] = ()
    sent: datetime | None = None
    subject: str = ""
    text: str = ""
    answers: tuple[str, ...] = ()
    attached: tuple[Attached, ...] = ()
    left_out: tuple[str, ...] = ()
    is_automatic: bool = False

    @property
    def hash(self) -> str:
        """By which it is known again without saying anything of it."""
        return sha256(self.message_id.encode()).hexdigest()

    @property
    def addresses(self) -> list[str]:
        """All its addresses, the sender's first."""
        return [address for _name, address in (self.sender, *self.to, *self.cc)][:MOST_ADDRESSES]


def made_up_id(*parts: str) -> str:
    """The id of a mail that has none: the same mail has the same one."""
    return f"<{sha256(chr(0).join(parts).encode()).hexdigest()}@none>"


def names(text: str) -> str:
    """The names out of a line of names with addresses; of whoever has none the address."""
    return _ADDRESS.sub("", text)


def written(people: tuple[tuple[str, str], ...]) -> str:
    """Names with their addresses, as they stand in the head of a mail."""
    return ", ".join(f"{name} <{address}>" if name else address for name, address in people)
