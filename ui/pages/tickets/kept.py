"""What was typed as an answer and not sent: kept with its ticket, on the disk too (BX-19)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from channergy_crm.records import Ticket
from ui.pages.tickets.composer import Typed

if TYPE_CHECKING:
    from ui.session.session import Session

FORM = "ticket_answer."
TABLE = Ticket._meta.table_name


class Kept:
    """By ticket, what was typed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._typed: dict[int, Typed] = {}

    def of(self, ticket: int) -> Typed:
        """What was typed for this one, also before the program ended; nothing where nothing was."""
        if ticket in self._typed:
            return self._typed[ticket]
        form = _form(ticket)
        texts = self._session.drafts.texts_left(form).get(form)
        if texts is None:
            return Typed()
        self._session.drafts.take(form)
        typed = self._typed[ticket] = _read(texts)
        return typed

    def keep(self, ticket: int, typed: Typed) -> None:
        """Keep this; nothing is kept of an empty one."""
        if not (typed.text.strip() or typed.files):
            self.drop(ticket)
            return
        if self._typed.get(ticket) == typed:
            return
        self._typed[ticket] = typed
        texts = {"text": typed.text, "internal": "1" if typed.internal else "", "status": typed.status or "",
                 "answers": " ".join(map(str, typed.answers)), "files": " ".join(map(str, typed.files))}  # fmt: skip
        self._session.drafts.put_texts(_form(ticket), TABLE, ticket, texts)

    def drop(self, ticket: int) -> None:
        """It was sent, or given up."""
        if self._typed.pop(ticket, None) is not None:
            self._session.drafts.drop(_form(ticket))


def _form(ticket: int) -> str:
    return f"{FORM}{ticket}"


def _read(texts: dict[str, str]) -> Typed:
    answers, files = (_numbers(texts.get(name, "")) for name in ("answers", "files"))
    return Typed(texts.get("text", ""), bool(texts.get("internal")), texts.get("status") or None, answers, files)


def _numbers(said: str) -> tuple[int, ...]:
    with suppress(ValueError):
        return tuple(int(each) for each in said.split())
    return ()
