"""How the CRM and a Viper site speak: plain JSON over HTTPS; the contract for whoever builds the site (VP-3…VP-58).

To be written out in full; the names below hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from channergy_crm.errors import Surroundings
from channergy_crm.outgoing.line import Lost, NotSent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from channergy_crm.sync.viper.place import Connection

__all__ = ["Busy", "Item", "Lost", "Nonsense", "NotSent", "Outcome", "Page", "Refused", "Site", "Theirs", "User"]

MOST_ITEMS = 200
"""that go in one request, either way"""
Kind = Literal["companies", "contacts", "programs"]
Status = Literal["done", "conflict", "refused", "gone", "retry", "unknown"]


class Busy(Surroundings):
    """The site takes nothing just now: in so many seconds it may be asked again. Nothing was done."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class Refused(Surroundings):
    """The site does not let this user in, or does not know this password or token. Nothing was done."""


class Nonsense(Lost):
    """What came back is not what a site says: a maintenance page, half an answer. Nobody knows whether it was heard."""


class User(NamedTuple):
    """Who works there: a user or an office, which can own records (VP-10)."""

    id: str
    name: str
    kind: Literal["user", "office"] = "user"
    email: str = ""


class Item(NamedTuple):
    """A record that is to be there as this one says: new without `remote_id`, else changed if it still has `etag`.

    `values` holds what is to be set, by the name the site gives the field. Sent again under the same `request_key` it
    is done once.
    """

    request_key: str
    remote_id: str
    etag: str
    values: Mapping[str, object]


class Outcome(NamedTuple):
    """What became of an item. *done*: it is there, under `remote_id`, with `etag`; `values` as they are there now.

    *conflict*: it has changed there since `etag`; `etag` and `values` are the present ones, nothing was done.
    *refused*: it cannot be, `said` says why and `field` where. *gone*: deleted there, or merged into `remote_id` where
    that is not "". *retry*: not done, later perhaps. *unknown*: the site did not say.
    """

    status: Status
    remote_id: str
    etag: str
    values: Mapping[str, object]
    said: str = ""
    field: str = ""


class Theirs(NamedTuple):
    """A record as it is there; `deleted` or `merged_into` another one. `shown` is only to be read here (VP-10)."""

    id: str
    etag: str
    values: Mapping[str, object]
    deleted: bool = False
    merged_into: str = ""
    shown: Mapping[str, object] = {}


class Page(NamedTuple):
    """What has changed since a cursor, the earliest first, and the cursor for what comes after it."""

    items: Sequence[Theirs]
    cursor: str
    more: bool


class Site:
    """The site during one round: one connection that is kept alive. Every method may raise the errors above."""

    def __init__(self, connection: Connection, secret: str) -> None:
        self._connection, self._secret = connection, secret

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is said or heard any more."""

    def test(self) -> str:
        """Sign in and look around; in a sentence what was found."""
        raise NotImplementedError

    def users(self) -> list[User]:
        """Who can own records there."""
        raise NotImplementedError

    def send(self, kind: Kind, items: Sequence[Item]) -> list[Outcome]:
        """Have these done, at most `MOST_ITEMS` of them; an outcome for each, in their order.

        After `NotSent`, `Busy` and `Refused` nothing was done; after `Lost` (and `Nonsense`) nobody knows: they are
        sent again under the same keys.
        """
        raise NotImplementedError

    def changed_since(self, kind: Kind, cursor: str, limit: int = MOST_ITEMS) -> Page:
        """What has changed since; "" is from the beginning."""
        raise NotImplementedError

    def all(self, kind: Kind) -> Iterator[Theirs]:
        """Everything of a kind, page by page."""
        cursor, more = "", True
        while more:
            page = self.changed_since(kind, cursor)
            yield from page.items
            cursor, more = page.cursor, page.more
