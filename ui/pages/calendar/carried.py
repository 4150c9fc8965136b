"""What is dragged out of the list beside the days: an entry, by the number of its task."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

ENTRY = "application/x-channergy-entry"  # unsaid: a form of data


def carry(number: int) -> QMimeData:
    """An entry in a hand."""
    held = QMimeData()
    held.setData(ENTRY, str(number).encode())
    return held


def carried(held: QMimeData) -> int | None:
    """The number of the task that is carried; None for anything else."""
    if not held.hasFormat(ENTRY):
        return None
    text = bytes(held.data(ENTRY).data())
    return int(text) if text.isdigit() else None
