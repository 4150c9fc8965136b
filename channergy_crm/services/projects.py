"""The projects of the office: what belongs together, which process it follows, who works in it (SI-8, SI-9, K20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, counted
from channergy_crm.records import Account, Lead, Opportunity, Project, ProjectMember
from channergy_crm.records import projects as held_projects
from channergy_crm.services import preferences, rights
from channergy_crm.text.folding import fold
from channergy_crm.work.called import deed

if TYPE_CHECKING:
    from collections.abc import Iterable

BELONGING = (Lead, Account, Opportunity)
"""what a project may hold"""
BOARD, REMINDERS, HOME = "board", "reminders", "home"
"""names of tabs"""


def every(by: str) -> list[Project]:
    """All projects by name, those that are over too."""
    rights.require(by, "see", Project)
    return sorted(Project.select(), key=lambda each: (not each.active, fold(each.name or "")))


def offered(by: str) -> list[Project]:
    """The projects at work in which this operator works; one without members is everybody's, and so is every one to
    those who look at all operators.
    """
    rights.require(by, "choose", Project)
    there = [each for each in held_projects.projects() if each.active]
    if not there or rights.views_all(by):
        return there
    members: dict[int, set[str]] = {}
    for row in ProjectMember.select(ProjectMember.project, ProjectMember.operator).tuples().execute():
        members.setdefault(row[0], set()).add(row[1])
    return [each for each in there if by in members.get(each.number, {by})]


def has_crm(by: str) -> bool:
    """Whether this operator is a named member of a project that is sold through the board (K24)."""
    rights.require(by, "choose", Project)
    sold = [each.number for each in held_projects.projects() if each.active and each.uses_crm]
    theirs = ProjectMember.select().where((ProjectMember.operator == by) & ProjectMember.project.in_(sold))
    return bool(sold) and theirs.exists()


def first_page(by: str) -> str:
    """The tab this operator sees first, by its name: the one they have chosen in My Preferences (VT-14). Else the sales
    board for a named member of a project that is sold through it, for everybody else Reminders (K24). The board is
    nobody's first page whose role shows no deals.
    """
    rights.require(by, "choose", Project)
    chosen = preferences.of(by, by).first_page
    board = chosen == BOARD or (chosen not in (HOME, REMINDERS) and has_crm(by))
    if board:
        return BOARD if rights.may(by, "see", Opportunity) is None else REMINDERS
    return HOME if chosen == HOME else REMINDERS


def members(project: int, by: str) -> list[str]:
    """Who works in a project, by ID; nobody means everybody."""
    rights.require(by, "see", ProjectMember)
    return _members(project)


def _members(project: int) -> list[str]:
    query = ProjectMember.select(ProjectMember.operator).where(ProjectMember.project == project)
    return sorted(row[0] for row in query.tuples().execute())


def save(project: Project, by: str, members: Iterable[str] | None = None) -> Project:
    """Keep a project, and who works in it where that is said; one step."""
    rights.require(by, "create" if project.is_new else "edit", project)
    if not project.name.strip():
        raise Mistake(_("A project needs a name."), "name")
    others = (each for each in Project.select() if each.number != project.number)
    if any(fold(each.name or "") == fold(project.name.strip()) for each in others):
        raise Mistake(_("There is a project of this name already."), "name")
    said = deed(
        project, N_("Create project {name}") if project.is_new else N_("Save project {name}"), N_("Save {name}")
    )
    with work.unit(said, by=by, name=project.caption()):
        project.save()
        if members is not None:
            _let_in(project.number, set(members))
    return project


def _let_in(project: int, wanted: set[str]) -> None:
    for row in ProjectMember.select().where(ProjectMember.project == project):
        if row.__data__["operator"] not in wanted:
            row.delete_instance()
    for operator in sorted(wanted - set(_members(project))):
        ProjectMember(project=project, operator=operator, since=clock.today()).save()


def remove(number: int, by: str) -> None:
    """Delete a project to which nothing belongs; one in use is switched off instead. Undo brings it back."""
    held = Project.find(number)
    rights.require(by, "remove", held or Project)
    if held is None:
        return
    using = [counted(record, count) for record in BELONGING
             if (count := record.select().where(record.project == number).count())]  # fmt: skip
    if using:
        said = _("It holds {records}. Make it inactive instead: it is no longer offered, and what it holds stays.")
        raise Mistake(said.format(records=", ".join(using)))
    with work.unit("Delete project {name}", by=by, name=held.caption()):
        _let_in(number, set())
        held.delete_instance()
