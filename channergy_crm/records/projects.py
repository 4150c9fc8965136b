"""Projects and sales processes: where deals belong, and which stages they go through (SI-1…SI-10, SI-32, K16, K20)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.fields import (
    Date,
    Flag,
    Link,
    LongText,
    Lookup,
    Number,
    OneOf,
    Owner,
    Percent,
    RecordNumber,
    Text,
    comparing,
)
from channergy_crm.language import N_, _, quoted
from channergy_crm.records import sync
from channergy_crm.records.lookups import describe
from channergy_crm.records.operators import Operator
from channergy_crm.store import database
from channergy_crm.text.folding import fold
from channergy_crm.work.about import ADMINISTRATORS, About, Called
from channergy_crm.work.record import Record, fields_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.fields.lists import FileStyle, Lists, Written

LONGEST = 120
DRAFT = "Draft"


class Process(Record):
    """The stages a deal goes through, one after the other (SI-4, SI-32). One of them is the office's standard."""

    number = RecordNumber("Process #", column_name="ProcessNo")
    name = Text("Name", column_name="Name", required=True, limit=LONGEST)
    standard = Flag("Standard process", column_name="IsStandard")
    fixed_subjects = Flag("Subjects from a list", column_name="IsSubjectFixed")
    fixed_weights = Flag("Weights from a list", column_name="IsWeightFixed")

    singular = "Process"
    plural = "Processes"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMProcesses"

    def caption(self) -> str:
        return self.name or _("Process {number}").format(number=self.number)


class Means(StrEnum):
    """What a stage says to the program, whatever the office calls it (K22)."""

    OPEN = N_("open")
    WON = N_("won")
    LOST = N_("lost")


KNOWN = frozenset(each.value for each in Means)
COLOURS = (N_("grey"), N_("blue"), N_("green"), N_("amber"), N_("red"), N_("violet"))
"""the colours a stage may have on the board"""


class ProcessStage(Record):
    """One column of a process: a value of the list Stage, what it means, and how likely a deal in it is."""

    number = RecordNumber("Process stage #", column_name="ProcessStageNo")
    process = Link(Process, "Process #", column_name="ProcessNo", required=True, index=True)
    stage = Lookup("Stage", column_name="Stage", table="CRMOpportunities", required=True, limit=LONGEST, tells=True)
    meaning = OneOf("Means", column_name="Meaning", words={one.value: one.value for one in Means}, required=True,
                    limit=10, unknown=N_("“{text}” means nothing here; choose one of: {words}."))  # fmt: skip
    probability = Percent("Probability %", column_name="Probability")
    colour = Text("Colour", column_name="Colour", limit=20)
    rotten_after = Number("Rotten after (days)", column_name="RottenDays", least=1, most=3_650)
    sort = Number("Sort number", column_name="SortNo", least=-1_000_000)

    singular = "Stage of a process"
    plural = "Stages of processes"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMProcessStages"
        indexes = ((("process", "stage"), True),)

    def caption(self) -> str:
        return quoted(describe(type(self).kind("stage"), self.stage))


class Project(Record):
    """Where customers and their deals belong, and which process they follow (SI-8, K20)."""

    number = RecordNumber("Project #", column_name="ProjectNo")
    name = Text("Name", column_name="Name", required=True, limit=LONGEST)
    description = LongText("Description", column_name="Description")
    active = Flag("Active", column_name="IsActive", default=True, constraints=[peewee.SQL("DEFAULT TRUE")])
    uses_crm = Flag("CRM", column_name="IsCRM")
    uses_sms = Flag("SMS", column_name="IsSMS")
    process = Link(Process, "Process", column_name="ProcessNo")

    singular = "Project"
    plural = "Projects"
    about = About(called=Called(("name",)), rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMProjects"

    def caption(self) -> str:
        return self.name or _("Project {number}").format(number=self.number)


class ProjectMember(Record):
    """That an operator works in a project."""

    number = RecordNumber("Number", column_name="ProjectMemberNo")
    project = Link(Project, "Project #", column_name="ProjectNo", required=True)
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True, index=True)
    since = Date("Since", column_name="SinceDt")

    singular = "Member of a project"
    plural = "Members of projects"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMProjectMembers"
        indexes = ((("project", "operator"), True),)


class InProject(Link):
    """To which project a record belongs; nothing is personal. People read and write its name.

    It has no place in forms as long as the office has no project.
    """

    edited_by = "few"
    shown_as = "said"
    compared_as = "value"
    numeric = False
    reads_names = True

    def __init__(self, **options: Any) -> None:
        super().__init__(Project, "Project", **{"column_name": "ProjectNo", "index": True, "width": 20, **options})

    @property
    def off_form(self) -> bool:
        """Where the office has no project, nobody has to pass over the field."""
        return not projects() or bool(self.__dict__.get("left_out"))

    @off_form.setter
    def off_form(self, said: bool) -> None:
        self.__dict__["left_out"] = said

    def offered(self) -> list[tuple[object, str]]:
        """The projects at work, by number and name."""
        return [(each.number, each.name) for each in projects() if each.active]

    def show(self, value: object) -> str:
        held = project(int(str(value))) if value is not None else None
        return held.name if held is not None else "" if value is None else str(value)

    def read(self, text: str) -> int | None:
        wanted = fold(text.strip())
        if not wanted:
            return None
        found = [each for each in projects() if wanted in (fold(each.name or ""), str(each.number))]
        if not found:
            said = _("There is no project “{text}”; there are: {names}.")
            raise Mistake(said.format(text=text.strip(), names=", ".join(each.name for each in projects())), self.name)
        return int(found[0].number)

    def filled(self) -> peewee.ColumnBase:
        return self.is_null(False)

    def match(self, word: str) -> peewee.ColumnBase | None:
        return None

    def sort_key(self, *, by_index: bool = True) -> peewee.ColumnBase:
        """In the order of their names."""
        places = [(each.number, place) for place, each in enumerate(projects())]
        by_name: peewee.ColumnBase = peewee.Case(self, places) if places else self
        return by_name

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        if sign == ":":  # a part of the name will do
            wanted = [each.number for each in projects() if fold(value) in fold(each.name or "")]
            return self.in_(wanted)
        return comparing.signed(self, sign, self.read(value))

    def completed(self, lists: Lists) -> Sequence[str]:
        return [each.name for each in projects()]

    def exported(self, lists: Lists) -> Callable[[object], object]:
        return self.show

    def written(self, style: FileStyle, lists: Lists) -> Written[object]:
        return lambda values: [self.show(value) for value in values]


class OwnerOfCustomer(Owner):
    """Whose a lead, an account or a deal is. In a project that is sold through the board each user owns their own
    customers: a group, whose cards several people share, owns none there (SI-11, K15).
    """

    minds = ("project",)
    disagrees = staticmethod(lambda kind, values: _shared(values.get(kind.name), values.get("project")))


def _shared(owner: object, of: object) -> str | None:
    held, owner = project(_key(of)), _key(owner)
    if held is None or not held.uses_crm or owner not in groups():
        return None
    said = _("In the project {project} every user owns their own customers. Choose a user, not the group {group}.")
    return said.format(project=held.name, group=owner)


def _key(held: object) -> Any:
    """The number or ID a link holds, whether it is the record itself or its key."""
    return held.key if isinstance(held, Record) else held


class StageOf(NamedTuple):
    """One stage of a process as everybody asks for it."""

    stage: str
    means: Means
    probability: int | None
    colour: str
    rotten_after: int | None


class Course(NamedTuple):
    """A process with its stages in order."""

    number: int
    name: str
    standard: bool
    stages: tuple[StageOf, ...]
    fixed_subjects: bool = False
    fixed_weights: bool = False

    def stage(self, value: str | None) -> StageOf | None:
        """The stage of that value; None where it is none of this process."""
        return next((each for each in self.stages if each.stage == value), None)

    def means(self, value: str | None) -> Means:
        """What a value means in this process; one that is none of its stages leaves a deal open."""
        held = self.stage(value)
        return held.means if held is not None else Means.OPEN

    @property
    def first(self) -> str:
        """The stage in which a new deal begins; "" where the process has no open one."""
        return next((each.stage for each in self.stages if each.means is Means.OPEN), "")


class _Held(NamedTuple):
    courses: dict[int, Course]
    projects: dict[int, Project]
    groups: frozenset[str]


_held: list[_Held] = []


def _all() -> _Held:
    if not _held:
        stages: dict[int, list[StageOf]] = {}
        rows = ProcessStage.select()
        for row in sorted(rows, key=lambda row: (row.sort is None, row.sort or 0, row.number)):
            means = Means(row.meaning) if row.meaning in KNOWN else Means.OPEN
            held = StageOf(row.stage, means, row.probability, row.colour or "", row.rotten_after)
            stages.setdefault(row.__data__["process"], []).append(held)
        courses = {
            one.number: Course(one.number, one.name, bool(one.standard), tuple(stages.get(one.number, ())),
                               bool(one.fixed_subjects), bool(one.fixed_weights))
            for one in Process.select().order_by(Process.number)
        }  # fmt: skip
        groups = frozenset(Operator.select(Operator.id).where(Operator.group).scalars())
        _held.append(_Held(courses, {one.number: one for one in Project.select()}, groups))
    return _held[0]


def courses() -> list[Course]:
    """The processes of the office, the standard one first."""
    return sorted(_all().courses.values(), key=lambda each: (not each.standard, fold(each.name)))


def course(number: int | None) -> Course | None:
    """A process by its number; None stands for the standard one."""
    return _all().courses.get(number) if number is not None else next(iter(courses()), None)


def course_of(project: int | None) -> Course | None:
    """The process that deals of a project follow; those of none follow the standard one (SI-2).

    None where the project is kept without CRM (SI-8): what its deals' stages mean is nobody's matter then.
    """
    if project is None:
        return course(None)
    held = _all().projects.get(project)
    if held is None or not held.uses_crm:
        return None
    return course(held.__data__.get("process")) or course(None)


def begins_in(project: int | None) -> str:
    """The stage in which a new deal of a project begins, or of none; "" where there is no process. While the sync with
    Viper is on that is *Draft* (VP-26, K16), unless the process has other stages only.
    """
    held = course_of(project)
    draft = sync.is_on() and (held is None or held.stage(DRAFT) is not None)
    return DRAFT if draft else held.first if held is not None else ""


def projects() -> list[Project]:
    """The projects of the office by name, the inactive ones too; read, not to be changed."""
    return sorted(_all().projects.values(), key=lambda each: fold(each.name))


def project(number: int | None) -> Project | None:
    """A project by its number, as it stands; read, not to be changed."""
    return _all().projects.get(number) if number is not None else None


def groups() -> frozenset[str]:
    """The groups of the office, by ID."""
    return _all().groups


def forget() -> None:
    """Read them afresh: another office was opened, or somebody changed them."""
    _held.clear()


def _changed(done: work.Done) -> None:
    if {each._meta.table_name for each in (Process, ProcessStage, Project, Operator)} & set(done.tables):
        any_before = bool(_held and _held[0].projects)
        forget()
        if any_before != bool(projects()):
            fields_changed()


work.listen(_changed)
database.when_made.append(forget)
database.when_opened.append(forget)
