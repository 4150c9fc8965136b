"""Comes to a record with the cursor in one of its fields, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.records import BY_TABLE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session


def come_to(session: Session, here: QWidget, table: str, key: object, field: str = "") -> None:
    """Go to a record by its table and number; into the field where the page has it, in its form or as a cell."""
    record, window = BY_TABLE[table], here.window()
    session.go_to(record.about.target, key)
    tabs: Any = getattr(window, "tabs", None)
    page = tabs.pages.get(tabs.currentIndex()) if tabs is not None else None
    if page is None or not field:
        return
    for panel in page.panels():
        shown = panel.record
        if isinstance(shown, record) and shown.key == key and field in panel.form.rows:
            panel.form.focus(field)
            return
    for each in page.lists():
        if each.record is record and each.isVisible():
            each.edit_cell(key, field)
            return
