"""What somebody was typing when the program ended without a word: kept on the disk and offered again (BX-19, C7)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.work.record import Record


class Drafts:
    """The unsaved input of one workstation in one office: one small file for each form that is being filled in."""

    def __init__(self, folder: Path, office: str) -> None:
        self._folder = folder / hashlib.sha256(office.encode()).hexdigest()[:16]

    def put(self, form: str, record: Record, values: dict[str, object]) -> None:
        """Keep what differs from the store, for the record (or the new one) this form shows."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        packed = {name: record.kind(name).pack(value) for name, value in values.items()}
        file = self._file(form)
        part = file.with_suffix(".part")
        part.write_text(json.dumps({"key": record.key, "values": packed}, ensure_ascii=False), "utf-8")
        part.replace(file)

    def get(self, form: str, record: type[Record]) -> tuple[object, dict[str, object]] | None:
        """The record's number (None for a new one) and the values that were typed; None when there is no draft."""
        try:
            held = json.loads(self._file(form).read_text("utf-8"))
            fields = record.kinds()
            values = {name: fields[name].unpack(value) for name, value in held["values"].items() if name in fields}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return held.get("key"), values

    def drop(self, form: str) -> None:
        """Forget the draft: it was saved or given up."""
        self._file(form).unlink(missing_ok=True)

    def _file(self, form: str) -> Path:
        return self._folder / f"{form}.json"
