"""The site itself: `Sandbox(folder).start()` in a thread, or `python -m channergy_crm.sync.sandbox` as a process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from channergy_crm.sync.sandbox.faults import Faults

if TYPE_CHECKING:
    from pathlib import Path


class Sandbox:
    """A Viper site on this computer. `faults` says how it fails; `address` is where it answers once it is started."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder, self.port, self.faults = folder, port, Faults()
        self.address = ""

    def start(self) -> Self:
        """Answer from now on, in a thread of its own."""
        raise NotImplementedError

    def stop(self) -> None:
        """Nobody answers any more, and nobody is kept waiting."""

    def put(self, kind: str, **values: object) -> str:
        """Somebody there makes a record; its id."""
        raise NotImplementedError

    def change(self, kind: str, id: str, **values: object) -> None:
        """Somebody there changes a record."""

    def delete(self, kind: str, id: str) -> None:
        """Somebody there deletes a record."""

    def merge(self, kind: str, id: str, into: str) -> None:
        """Somebody there merges a record into another one."""

    def rows(self, kind: str) -> dict[str, dict[str, object]]:
        """The values of all that are there, by their ids."""
        raise NotImplementedError
