"""Which records are looked at here: whose, and of which project (CH-7, K3, SI-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.records.projects import project
from channergy_crm.services import office, rights
from channergy_crm.settings import OFFICE_ID

if TYPE_CHECKING:
    from channergy_crm.work.record import Record
    from ui.session.session import Session


def choose_project(session: Session, wanted: int | None) -> None:
    """Look at the records of one project, by its number, or of all, and remember it; every page follows as it does when
    another operator is chosen.
    """
    session.station.remember(_kept_as(session), wanted or 0)
    look_at(session, wanted)


def look_at(session: Session, wanted: int | None) -> None:
    """The same, but what was chosen last stays remembered: it may be there again later."""
    if wanted != session.project:
        session.project = wanted
        session.operator_changed.emit()


def chosen_before(session: Session) -> int:
    """The project this operator chose last at this workstation in this office; 0 for all of them."""
    held: int = session.station.recall(_kept_as(session), 0)
    return held


def _kept_as(session: Session) -> str:
    return f"project.{session.attempt(lambda: office.get(OFFICE_ID, session.by))}.{session.by}"


def project_name(session: Session) -> str:
    """What the project is called whose records are looked at; "" for those of all."""
    held = project(session.project)
    return held.name if held is not None else ""


def mine(session: Session, record: type[Record]) -> Any:
    """The condition for the rows of `record` that stand in the lists here."""
    return rights.visible(record, session.shown, session.project)
