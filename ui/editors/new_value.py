"""A value the office's list does not have yet, asked for where it is wanted: in the drop-down itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.services import lookups
from ui.look.plain import ask_for_a_line

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.fields import Lookup
    from ui.session.session import Session


def add_value(kind: Lookup, typed: str, session: Session, parent: QWidget) -> str | None:
    """Ask for a new value, beginning with what was typed, and add it to the list; None when nobody wants it now."""
    title = _("Add to {field}").format(field=kind.label)
    value = ask_for_a_line(parent, title, _("New value for {field}:").format(field=kind.label), typed)
    if value is None or not value.strip():
        return None
    added = session.attempt(lambda: lookups.add(*kind.list_key, value, session.by))
    return added.value if added is not None else None
