"""Settings > Projects: what belongs together, which process it follows, who works in it (SI-4, SI-8, SI-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Process, Project, ProjectMember
from channergy_crm.records.projects import course
from channergy_crm.services import projects, rights
from ui.look import theme
from ui.setup.scripts.part import NAMES, TextsPart
from ui.setup.scripts.sorts import Sort
from ui.setup.selling.project_form import ProjectForm
from ui.setup.whole_page import WholePage

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work import Done
    from ui.session.session import Session


def _line(row: Project, by: str) -> tuple[str, str]:
    people = len(projects.members(row.number, by))
    held = course(row.__data__.get("process")) if row.uses_crm else None
    said = [
        "" if row.active else _("not active"),
        held.name if held is not None else _("without CRM"),
        ngettext("{count} member", "{count} members", people).format(count=people) if people else _("everybody"),
    ]
    return row.name or "", " · ".join(filter(None, said))


def _refused(_row: object, by: str) -> str:
    return rights.may(by, "administer") or ""


PROJECTS = Sort(
    "projects", N_("Projects"),
    N_("A project holds customers and the deals with them. What belongs to none is everybody's own selling."),
    N_("Create project"),
    N_("There is no project yet; create one for customers that belong together, such as a fair or a market."),
    Project, ("name", "description", "process", "active", "uses_crm", "uses_sms"), projects.every, projects.save,
    lambda row, by: projects.remove(row.number, by), None, _line, lambda _by: Project(active=True, uses_crm=True),
    _refused,
)  # fmt: skip
AROUND = 52
"""pixels on both sides of the form, the scroll bar too"""
FOLLOWED = {record._meta.table_name for record in (Project, ProjectMember, Process)}


class ProjectsPart(TextsPart):
    """The projects at the left, the chosen one at the right."""

    def _make_form(self, parent: QWidget) -> Any:
        return ProjectForm(self._session, PROJECTS, parent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is less room the members stand below."""
        super().resizeEvent(event)
        self.form.make_room(event.size().width() - theme.px(NAMES, self) - AROUND)

    def _follow(self, done: Done) -> None:
        if FOLLOWED & done.tables and self.isVisible():
            self.show_all()


class ProjectsPage(WholePage):
    """The topic that takes the whole page."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("projects.page", _("Projects"), parent)
        self.head.addStretch(1)
        self.part = ProjectsPart(PROJECTS, session, self)
        self.lines.addWidget(self.part, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Everything as it is now."""
        super().showEvent(event)
        self.part.show_all()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes away has typed: what can be saved is saved, the rest stays where it was typed."""
        super().hideEvent(event)
        self.part.settle()
