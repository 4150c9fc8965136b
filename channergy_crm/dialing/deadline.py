"""A telephone system is waited for so long and no longer, however slowly it speaks."""

from __future__ import annotations

import queue
import socket
import threading
from typing import TYPE_CHECKING, TypeVar

from channergy_crm.errors import Surroundings
from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def within(seconds: float, where: str, what: Callable[[], T]) -> T:
    """What `what` gives, if it does so within this many seconds; Surroundings when it does not or cannot be reached.

    A time-out of a socket is no deadline: a server that sends a byte now and then keeps it waiting for ever.
    """
    given: queue.SimpleQueue[T | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            given.put(what())
        except Exception as error:  # noqa: BLE001  # handed over to whoever waits
            given.put(error)

    threading.Thread(target=run, name="dialing", daemon=True).start()
    try:
        came = given.get(timeout=seconds)
    except queue.Empty:
        came = TimeoutError()
    if isinstance(came, OSError):
        raise Surroundings(_said(came, where)) from came
    if isinstance(came, Exception):
        raise came
    return came


def _said(error: OSError, where: str) -> str:
    if isinstance(error, TimeoutError):
        return _("{where} does not answer in time; whether it dials, the telephone shows.").format(where=where)
    if isinstance(error, ConnectionRefusedError):
        return _("Nothing answers at {where}; is the telephone system running?").format(where=where)
    if isinstance(error, socket.gaierror):
        return _("{where} is not known to this network; is the address right?").format(where=where)
    return _("{where} cannot be reached: {reason}.").format(where=where, reason=error.strerror or error)
