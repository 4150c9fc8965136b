"""A new record of a group of *More information*: it is linked already when its form opens (VT-162, VT-163)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.records import Task
from channergy_crm.services import saving
from channergy_crm.services.linked import changing
from ui.forms.new_record_dialog import NewRecordDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.linked.reading import Group
    from ui.session.session import Session


def new_task(session: Session, parent: QWidget) -> None:
    """A new task by direct entry: what it is about is chosen before it is saved (VT-164)."""

    def start() -> Task:
        task = saving.start(Task, session.by)
        task.is_crm = True
        return task

    NewRecordDialog(Task, "", session, parent, start=start).exec()


def make_linked(session: Session, parent: QWidget, view: Any, group: Group) -> None:
    """Ask for the fields of a new one; when it is saved the cursor of the view comes to it."""
    held = view.record
    if held is None or group.record is None:
        return
    started = session.attempt(lambda: changing.start(type(held), held.key, group.name, session.by))
    if started is None:
        return
    dialog = NewRecordDialog(group.record, "", session, parent, start=lambda: started)
    if dialog.exec():
        view.made(group, dialog.key)
    else:
        view.list.setFocus()
