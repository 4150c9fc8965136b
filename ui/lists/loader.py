"""Reads a long list off the window's thread: its first rows at once, then the whole order."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from channergy_crm.errors import CRMError
from channergy_crm.query.listing import Listing, ListQuery, Row
from ui.session.line import tell_of_a_bug

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from channergy_crm.store.database import Office

PATIENCE, PATIENCE_WITH_SERVER = 0.08, 0.2
"""seconds for the first rows of a list; when they take longer, all of its rows come about as soon"""


class Loader(QObject):
    """Two listings in turn: one is on the screen while the other is being built. A superseded query is interrupted."""

    first = Signal(int, object)
    """number of the request, first rows"""
    built = Signal(int, object)
    """number of the request, the listing that now holds the whole order"""
    failed = Signal(int, object)
    """number of the request, and what went wrong"""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._listings: list[Listing | None] = [None, None]
        self._spare = 0
        self._number = 0
        self._running: Future[None] | None = None

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="list")

    def request(self, query: ListQuery, keep: object = None) -> int:
        """Start reading this list; what is read for an older request is dropped. Somebody stands on record `keep`."""
        self._number += 1
        if self._running is not None:
            self._running.cancel()
            self._stop()
        self._running = self._pool.submit(self._read, self._number, self._asked(query), keep)
        return self._number

    def _asked(self, query: ListQuery) -> ListQuery:
        """What may be seen is asked here, where a file is open: opening it once more in the thread takes far longer
        than the question. To a server each question is a journey, so there the thread makes it.
        """
        if self._office.path:
            with suppress(CRMError):  # said when the list is read
                return query.asked()
        return query

    def read_now(self, query: ListQuery) -> tuple[int, Listing]:
        """Read the whole list in the caller's thread: for short lists that must be there at once."""
        self.settle()
        listing = self._listing()
        listing.build(query)
        self._swap()
        return self._number, listing

    def first_now(self, query: ListQuery) -> list[Row]:
        """The first rows, read in the caller's thread."""
        self.settle()
        if self._office.path and self._listings[self._spare] is None:
            return Listing(self._office.first_reader()).first(query)
        return self._listing().first(query)

    def settle(self) -> None:
        """Stop what is being read; nobody wants it any more."""
        self._number += 1
        if self._running is not None:
            self._stop()
            self._running.cancel()
            self._pool.submit(int).result()  # one that was superseded may be at work still, and the last one cancelled
            self._running = None

    def _stop(self) -> None:
        """Interrupt a query that is under way."""
        spare = self._listings[self._spare]
        if spare is not None and self._running is not None and not self._running.done():
            spare.interrupt()

    def taken(self) -> None:
        """The listing told by `built` is on the screen now; the other one becomes the spare."""
        self._swap()

    def _swap(self) -> None:
        self._spare = 1 - self._spare

    def _listing(self) -> Listing:
        listing = self._listings[self._spare]
        if listing is None:
            listing = self._listings[self._spare] = Listing(self._office.list_reader())
        return listing

    def _read(self, number: int, query: ListQuery, keep: object) -> None:
        try:
            listing = self._listing()
            if number != self._number:
                return
            first = listing.first_within(query, PATIENCE if self._office.path else PATIENCE_WITH_SERVER)
            if number != self._number:
                return
            if first is not None:
                self.first.emit(number, first)
            listing.build(query, keep)
            self.built.emit(number, listing)
        except CRMError as error:
            if number == self._number:
                self.failed.emit(number, error)
        except Exception:  # noqa: BLE001
            tell_of_a_bug()
        finally:
            self._office.close()  # a filter may have asked for the name of a list, on a connection of this thread

    def close(self) -> None:
        """Stop reading and give the connections back."""
        self._number += 1
        for listing in self._listings:
            if listing is not None and self._running is not None and not self._running.done():
                listing.interrupt()
        if self._running is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        for listing in self._listings:
            if listing is not None:
                listing.close()
        self._listings = [None, None]
