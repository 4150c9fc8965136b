"""Which records are looked at here: whose, and of which project (CH-7, K3, SI-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.records.projects import project
from channergy_crm.services import rights

if TYPE_CHECKING:
    from channergy_crm.work.record import Record
    from ui.session.session import Session


def choose_project(session: Session, wanted: int | None) -> None:
    """Look at the records of one project, by its number, or of all; every page follows as it does when another
    operator is chosen.
    """
    if wanted != session.project:
        session.project = wanted
        session.operator_changed.emit()


def project_name(session: Session) -> str:
    """What the project is called whose records are looked at; "" for those of all."""
    held = project(session.project)
    return held.name if held is not None else ""


def mine(session: Session, record: type[Record]) -> Any:
    """The condition for the rows of `record` that stand in the lists here."""
    return rights.visible(record, session.shown, session.project)
