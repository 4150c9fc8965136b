"""Looks for what is being typed beside the window; a superseded search is interrupted, not waited for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from channergy_crm.errors import CRMError
from ui.session.line import tell_of_a_bug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future, ThreadPoolExecutor

    from channergy_crm.store.database import Office
    from channergy_crm.store.reader import Reader


class Searcher(QObject):
    """One search at a time, on a connection of its own. `find` is given the connection and what is asked for."""

    found = Signal(int, object, bool)
    """number of the request, what was found, and whether this is the last word"""
    failed = Signal(int, str)

    def __init__(self, office: Office, find: Callable[..., Iterable[object]], parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._find = office, find
        self._reader: Reader | None = None
        self._running: Future[None] | None = None
        self._number = 0
        self._over = False

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")

    def request(self, *asked: object) -> int:
        """Start looking for this; what an older request finds is dropped."""
        self.stop()
        if self._over:
            return self._number
        self._running = self._pool.submit(self._search, self._number, asked)
        return self._number

    def stop(self) -> None:
        """Nobody waits for the present search any more."""
        self._number += 1
        if self._running is not None and not self._running.cancel() and not self._running.done() and self._reader:
            self._reader.interrupt()

    def _search(self, number: int, asked: tuple[object, ...]) -> None:
        found: object = []
        try:
            if self._reader is None:
                self._reader = self._office.list_reader()
            for found in self._find(self._reader, *asked):
                if number != self._number:
                    return
                self.found.emit(number, found, False)
            self.found.emit(number, found, True)
        except CRMError as error:
            if number == self._number:
                self.failed.emit(number, error.message)
        except Exception:  # noqa: BLE001
            tell_of_a_bug()
        finally:
            self._office.close()  # this thread's own connection, if what was asked needed one

    def end(self) -> None:
        """The window goes: nobody looks for anything any more, though a timer of it may still ring."""
        self._over = True
        self.close()

    def close(self) -> None:
        """Stop, and give the connection back; a later request opens another."""
        self.stop()
        if self._running is not None:
            self._pool.shutdown(wait=True)  # one that was superseded may be at work still, and the last one cancelled
            del self._pool
            self._running = None
        if self._reader is not None:
            self._reader.close()
            self._reader = None
