"""Shows an address in the map service of the office; nothing leaves the program before somebody asks (VT-92)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _
from channergy_crm.services import maps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.work.record import Record
    from ui.session.session import Session


def locate(session: Session, record: type[Record], values: Mapping[str, object]) -> Mistake | None:
    """Show the address these values hold; or what must be filled in first, and in which field."""
    try:
        link = maps.link(record, values, session.by)
    except Mistake as mistake:
        return mistake
    except CRMError as error:
        session.notices.warn(error.message)
        return None
    if not QDesktopServices.openUrl(QUrl(link)):
        session.notices.warn(_("No browser or map program answers on this workstation."))
    return None
