"""What somebody was typing when the program ended without a word: kept on the disk and offered again (BX-19, C7)."""

from __future__ import annotations

import hashlib
import json
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from channergy_crm.kept import Hold, write_whole
from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from channergy_crm.work.record import Record

ALIVE = "alive"
"""the file a window holds as long as it lives"""


def named(office: str) -> str:
    """How the folders of an office's drafts begin."""
    return hashlib.sha256(office.encode(errors="surrogateescape")).hexdigest()[:16]


def forget(folder: Path, offices: Iterable[str], about: Callable[[str, Mapping[str, Any]], bool]) -> int:
    """Whatever somebody typed here about somebody who was anonymised goes, of every window; how many drafts that were.

    `about` is asked with the name of the form and what is kept for it: `table`, `key` and `values` by python name.
    """
    gone = 0
    for office in offices:
        for file in sorted(folder.glob(f"{named(office)}*/*.json")):
            with suppress(OSError, ValueError, AttributeError):
                if about(file.stem, json.loads(file.read_text("utf-8"))):
                    file.unlink(missing_ok=True)
                    gone += 1
    return gone


def _held(record: Record, values: dict[str, object]) -> dict[str, object]:
    return {"table": record._meta.table_name, "key": record.key, "values": values}


class Drafts:
    """The unsaved input of one window in one office: one small file for each form that is being filled in.

    What a window left behind that is no more is offered to the next one. That the disk is full or may not be written
    is told once, by `tell`: nobody is kept from typing by it.
    """

    def __init__(self, folder: Path, office: str, tell: Callable[[str], object] | None = None) -> None:
        self._root = folder
        self._office = named(office)
        self._tell = tell
        self._own: Hold | None = None
        self._left: list[Hold] | None = None
        self._offered: dict[str, Path] = {}
        self._taken: dict[str, Path] = {}

    def put(self, form: str, record: Record, values: dict[str, object]) -> None:
        """Keep what differs from the store, for the record (or the new one) this form shows."""
        packed = {name: record.kind(name).pack(value) for name, value in values.items()}
        try:
            write_whole(self._folder() / f"{form}.json", json.dumps(_held(record, packed)))
        except OSError as error:
            self._say(error)
        else:
            self._forget_taken(form)

    def get(self, form: str, record: type[Record]) -> tuple[object, dict[str, object]] | None:
        """The record's number (None for a new one) and the values that were typed; None when there is no draft."""
        for file in self._files(form):
            try:
                held = json.loads(file.read_text("utf-8"))
                fields = record.kinds()
                values = {name: fields[name].unpack(value) for name, value in held["values"].items() if name in fields}
                key = held.get("key")
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue
            self._offered[form] = file
            return key, values
        return None

    def put_texts(self, form: str, table: str, key: object, texts: Mapping[str, str]) -> None:
        """Keep texts that are no fields of a record, such as a mail, with the record they are for."""
        try:
            write_whole(
                self._folder() / f"{form}.json", json.dumps({"table": table, "key": key, "values": dict(texts)})
            )
        except OSError as error:
            self._say(error)
        else:
            self._forget_taken(form)

    def texts_left(self, beginning: str) -> dict[str, dict[str, str]]:
        """The texts that windows which are no more have left, by the name of the form, which begins so; the latest
        first. Whoever goes on with one takes it.
        """
        found: dict[str, tuple[float, Path, dict[str, str]]] = {}
        for hold in self._left_behind():
            for file in hold.path.parent.glob(f"{beginning}*.json"):
                with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
                    values = json.loads(file.read_text("utf-8"))["values"]
                    found[file.stem] = (file.stat().st_mtime, file, {str(k): str(v) for k, v in values.items()})
        for form, (_at, file, _values) in found.items():
            self._offered[form] = file
        return {form: values for form, (_at, _file, values) in sorted(found.items(), key=lambda each: -each[1][0])}

    def take(self, form: str) -> None:
        """Somebody goes on with what was offered: it is theirs now, and forgotten with their own."""
        if file := self._offered.pop(form, None):
            self._taken[form] = file

    def drop(self, form: str) -> None:
        """Forget the draft: it was saved or given up. What was offered and not taken is offered again another time."""
        if self._own is not None:
            _remove(self._own.path.with_name(f"{form}.json"))
        self._forget_taken(form)

    def close(self) -> None:
        """The window goes; what it has not dropped is for the next one."""
        for hold in [*([self._own] if self._own else []), *(self._left or [])]:
            hold.let_go()
            with suppress(OSError):
                if not list(hold.path.parent.glob("*.json")):
                    hold.path.unlink(missing_ok=True)
                    hold.path.parent.rmdir()
        self._own, self._left = None, None

    # ---------------------------------------------------------------- whose is which

    def _folder(self) -> Path:
        """The folder of this window, which no other window writes into."""
        while self._own is None:
            folder = self._root / f"{self._office}.{uuid.uuid4().hex[:12]}"
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            hold = Hold(folder / ALIVE)
            if hold.take():
                self._own = hold
        return self._own.path.parent

    def _files(self, form: str) -> Iterator[Path]:
        """Where a draft of this form may lie: our own, then what others left, the latest first."""
        left = [hold.path.with_name(f"{form}.json") for hold in self._left_behind()]
        times = {file: file.stat().st_mtime for file in left if file.exists()}
        if self._own is not None:
            yield self._own.path.with_name(f"{form}.json")
        yield from sorted(times, key=lambda file: times[file], reverse=True)

    def _left_behind(self) -> list[Hold]:
        """The folders of windows that are no more. We hold them as long as we live, so that nobody else offers them."""
        if self._left is None:
            self._left = []
            with suppress(OSError):
                for folder in sorted(self._root.glob(f"{self._office}*")):
                    hold = Hold(folder / ALIVE)
                    if (self._own is None or folder != self._own.path.parent) and list(folder.glob("*.json")):
                        self._left += [hold] if hold.take() else []
        return self._left

    def _forget_taken(self, form: str) -> None:
        if file := self._taken.pop(form, None):
            _remove(file)

    def _say(self, error: OSError) -> None:
        if self._tell is not None:
            said = _("What is being typed cannot be kept for the case that the program ends: {reason}. Saving works.")
            self._tell(said.format(reason=error.strerror or error))
            self._tell = None


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)
