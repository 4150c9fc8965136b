"""Looks for what is being typed beside the window; a superseded search is interrupted, not waited for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from channergy_crm.database import Office, Reader
from channergy_crm.errors import CRMError
from channergy_crm.services import finding

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


class Searcher(QObject):
    """One search at a time, on a connection of its own."""

    found = Signal(int, object, bool)
    """number of the request, the groups, and whether this is the last word"""
    failed = Signal(int, str)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._reader: Reader | None = None
        self._running: Future[None] | None = None
        self._number = 0

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")

    def request(self, text: str, by: str) -> int:
        """Start looking for this; what an older request finds is dropped."""
        self.stop()
        self._running = self._pool.submit(self._search, self._number, text, by)
        return self._number

    def stop(self) -> None:
        """Nobody waits for the present search any more."""
        self._number += 1
        if self._running is not None and not self._running.cancel() and not self._running.done() and self._reader:
            self._reader.interrupt()

    def _search(self, number: int, text: str, by: str) -> None:
        groups: list[finding.Group] = []
        try:
            if self._reader is None:
                self._reader = self._office.reader()
            for groups in finding.find(self._reader, text, by):
                if number != self._number:
                    return
                self.found.emit(number, groups, False)
            self.found.emit(number, groups, True)
        except CRMError as error:
            if number == self._number:
                self.failed.emit(number, error.message)

    def close(self) -> None:
        """Stop, and give the connection back; a later request opens another."""
        self.stop()
        if self._running is not None and not self._running.cancelled():
            self._running.exception()
        if self._reader is not None:
            self._reader.close()
            self._reader = None
