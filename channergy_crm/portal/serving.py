"""Serves the portal: one thread asks the store, and another hears browsers, so that a slow one keeps nobody waiting."""

from __future__ import annotations

import logging
import select
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

from channergy_crm.errors import Surroundings
from channergy_crm.language import _
from channergy_crm.portal import forms
from channergy_crm.portal.answers import HEADS, NOT_KEPT

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.portal.application import Portal
    from channergy_crm.store.database import Office

LARGEST_HEAD = 16 << 10
QUIET_FOR, HURRY = 20, 90
"""seconds in which a browser has to say something, and in which a request has to be there whole"""
MOST_AT_ONCE = 200
LAST_WAIT = 10


class Server:
    """The portal at a port; what it asks the store it asks by one thread, whose connection is given back at the end."""

    def __init__(
        self, portal: Portal, office: Office, host: str, port: int, proxy: str = "", hurry: float = HURRY
    ) -> None:
        from waitress.server import create_server

        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        behind: dict[str, Any] = {"trusted_proxy": proxy, "trusted_proxy_count": 1,
                                  "trusted_proxy_headers": {"x-forwarded-for"}} if proxy else {}  # fmt: skip
        self._office, self._stopping = office, threading.Event()
        listening = _bound(host, port)
        self._server = create_server(
            portal, sockets=[listening], threads=1, ident=None, channel_timeout=QUIET_FOR, cleanup_interval=5,
            connection_limit=MOST_AT_ONCE, max_request_header_size=LARGEST_HEAD, max_request_body_size=forms.LARGEST,
            log_socket_errors=False, **behind,
        )  # fmt: skip
        self._server.channel_class = _hasty(hurry)
        self.port = int(listening.getsockname()[1])

    def run(self) -> None:
        """Serve until it is stopped, or somebody presses Ctrl+C."""
        lines = self._server._map
        try:
            while not self._stopping.is_set():
                self._server.asyncore.loop(timeout=1, map=lines, use_poll=hasattr(select, "poll"), count=1)
        except KeyboardInterrupt:
            self._stopping.set()
        finally:
            last = _Last(self._office.close)
            self._server.task_dispatcher.add_task(last)
            last.done.wait(LAST_WAIT)
            self._server.task_dispatcher.shutdown()
            self._server.asyncore.close_all(lines, ignore_all=True)

    def stop(self) -> None:
        """Stop serving, from wherever it is said."""
        self._stopping.set()
        self._server.pull_trigger()


def _bound(host: str, port: int) -> socket.socket:
    """The place where it listens."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        said = _("Nothing can be served at {host}:{port}: {reason}.")
        reason = error.strerror or str(error)
        raise Surroundings(said.format(host=host, port=port, reason=reason)) from error


class _Last:
    """The last thing the thread does that asks the store."""

    def __init__(self, do: Callable[[], object]) -> None:
        self._do, self.done = do, threading.Event()

    def service(self) -> None:
        """It is its turn."""
        try:
            self._do()
        finally:
            self.done.set()

    def cancel(self) -> None:
        """It never was."""
        self.done.set()


def _hasty(hurry: float) -> type:
    """A line to a browser that is cut where a request comes in drops; what cannot be read at all is refused with the
    heads that every page has.
    """
    from waitress.channel import HTTPChannel
    from waitress.task import ErrorTask

    class Refusal(ErrorTask):  # type: ignore[misc]  # it has no types
        def execute(self) -> None:
            """Say what is wrong with it, in a word."""
            self.response_headers.extend([NOT_KEPT, *HEADS])
            super().execute()

    class Hasty(HTTPChannel):  # type: ignore[misc]  # it has no types
        began, error_task_class = 0.0, Refusal

        def received(self, data: bytes) -> bool:
            """More of what a browser says."""
            if self.request is None:
                self.began = time.monotonic()
            elif time.monotonic() - self.began > hurry:
                self.will_close = True
                return False
            return bool(super().received(data))

    return Hasty
