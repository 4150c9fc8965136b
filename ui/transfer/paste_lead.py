"""What somebody copied becomes a new lead, filled in and not yet saved (BX-27)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from channergy_crm.language import _, ngettext
from channergy_crm.services import operators
from channergy_crm.transfer.clipboard import paste

if TYPE_CHECKING:
    from ui.session.session import Session

CARDS = ("text/vcard", "text/x-vcard", "text/directory")


def new_lead(session: Session, window: Any) -> None:
    """Read the clipboard and open a new lead with what it says; it is saved when somebody saves it."""
    found = session.attempt(lambda: paste.read(_copied(), _ours(session)))
    if found is None or not window.may_leave():
        return
    session.go_to("new_lead", found.values)
    if found.more:
        told = ngettext("One more stands on the clipboard.", "{count:,} more stand on the clipboard.", found.more)
        session.notices.say(
            told.format(count=found.more), action=(_("Import all"), lambda: _import_all(session, window))
        )


def _ours(session: Session) -> list[str]:
    return [operator.name for operator in operators.everybody(session.by, retired=True)]


def _import_all(session: Session, window: Any) -> None:
    from channergy_crm.records import Lead
    from ui.transfer import start_import

    if window.may_leave():
        start_import.begin_with_clipboard(session, window, Lead)


def _copied() -> str:
    """The text on the clipboard, or the visiting card an address book has put there."""
    held = QGuiApplication.clipboard().mimeData()
    card = next((held.data(form).data() for form in CARDS if held.hasFormat(form)), b"")
    return bytes(card).decode("utf-8", "replace") if card else held.text()
