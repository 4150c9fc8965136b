"""What stands behind the server: the store of the site, its credentials, its faults, and what people do there."""

from __future__ import annotations

import secrets
from collections import deque
from typing import TYPE_CHECKING

from channergy_crm.sync.sandbox.faults import Faults
from channergy_crm.sync.sandbox.store import Store

if TYPE_CHECKING:
    from pathlib import Path


MOST_ASKED = 100_000
"""of its latest requests are remembered"""


class Site:
    """A site with its store in a folder. `asked` is what it was asked, by method and path; `tokens` let one in."""

    def __init__(self, folder: Path, user: str, password: str) -> None:
        self.user, self.password, self.faults = user, password, Faults()
        self.store, self.form_token = Store(folder), secrets.token_urlsafe(16)
        self.tokens: set[str] = set()
        self.asked: deque[str] = deque(maxlen=MOST_ASKED)

    # ---------------------------------------------------------------- what people do there

    def put(self, kind: str, **values: object) -> str:
        """Somebody there makes a record, also one that the CRM could not send; its id."""
        return self.store.make(kind, values).id

    def change(self, kind: str, id: str, **values: object) -> None:
        """Somebody there changes a record."""
        self.store.change(kind, id, values)

    def show(self, id: str, *names: str) -> None:
        """Users of the company are added to a program (VP-10)."""
        row = self.store.row("programs", id)
        held = row.company_users if row is not None else []
        self.store.change("programs", id, {}, {"company_users": list(dict.fromkeys([*held, *names]))})

    def delete(self, kind: str, id: str) -> None:
        """Somebody there deletes a record."""
        self.store.end(kind, id)

    def merge(self, kind: str, id: str, into: str) -> None:
        """Somebody there merges a record into another one."""
        self.store.end(kind, id, into)

    def rows(self, kind: str) -> dict[str, dict[str, object]]:
        """The values of all that are there, by their ids."""
        return {row.id: row.values for row in self.store.rows(kind)}
