"""What can be done with a ticket and with an answer: when it can be, and by whom it is done (VT-184…VT-190).

What a verb does is in `ui/pages/tickets`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from channergy_crm.language import _
from ui.screens import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.forms.record_panel import RecordPanel


class Doing(Protocol):
    """What does the verbs: the panel of a ticket or of an answer."""

    @property
    def record(self) -> object:
        """What is open, or None."""

    def do(self, name: str) -> None:
        """Do it; what was typed is saved before."""

    def phone(self) -> str:
        """The number to dial, "" for none."""


def do(name: str) -> Callable[[Any], None]:
    """Have the panel do the verb of this name."""

    def run(panel: Doing) -> None:
        panel.do(name)

    return run


def open_ticket(panel: RecordPanel) -> str | None:
    """None where a ticket is saved and not closed yet."""
    if (why_not := actions.stored(panel)) is not None:
        return why_not
    return _("This ticket is closed.") if panel.record.closed else None


def with_contact(panel: RecordPanel) -> str | None:
    """None where somebody can be written to."""
    if (why_not := actions.stored(panel)) is not None:
        return why_not
    named = panel.record.__data__.get("contact") is not None
    return None if named else _("Name a contact first: the mail goes to them.")


def with_phone(panel: Doing) -> str | None:
    """None where there is a number to dial."""
    if panel.record is None:
        return _("Choose a record in the list first.")
    return None if panel.phone() else _(actions.NO_PHONE)


def not_yet(status: str) -> Callable[[RecordPanel], str | None]:
    """None where a saved answer is at another stage."""

    def offered(panel: RecordPanel) -> str | None:
        if (why_not := actions.stored(panel)) is not None:
            return why_not
        return _("It is at that stage already.") if panel.record.status == status else None

    return offered
