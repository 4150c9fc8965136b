"""What stands in the call bar: taken away with it, and brought back with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from channergy_crm import clock
from channergy_crm.records import PhoneCall

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QPlainTextEdit

    from channergy_crm.records.call_log import Called
    from ui.session.session import Session


class Noting(Protocol):
    """Where something is noted."""

    @property
    def note(self) -> QPlainTextEdit:
        """What was typed."""


@dataclass
class Noted:
    """What stands in the bar: taken away with it, and brought back with it."""

    number: str
    since: datetime
    note: str = ""
    code: str = ""
    next_try: datetime | None = None
    chosen_by_hand: bool = False


def keep(session: Session, bar: Noting | None, called: Called | None) -> None:
    """What is noted is kept on the disk in case the program ends without a word; None when nothing is noted now."""
    if bar is None or called is None:
        return
    if note := bar.note.toPlainText().strip():
        session.drafts.put(_form(type(called), called.key), PhoneCall(number=called.key), {"note": note})
    else:
        forget(session, type(called), called.key)


def forget(session: Session, record: type[Called], key: object) -> None:
    """The note was written down, or is none; `key` is None for one who is not saved yet."""
    session.drafts.drop(_form(record, key))


def left_behind(session: Session, called: Called) -> Noted | None:
    """A note that was kept when the program ended."""
    form = _form(type(called), called.key)
    held = session.drafts.get(form, PhoneCall)
    if held is None or held[0] is None or held[0] != called.key:
        return None
    session.drafts.take(form)
    return Noted("", clock.now(), str(held[1].get("note") or ""))


def _form(record: type[Called], key: object) -> str:
    """Each has a draft of their own: two notes that wait for a result do not take each other's place."""
    return f"call.{record._meta.table_name}.{'new' if key is None else key}"
