"""The sales processes of the office and their stages, arranged by administrators (SI-4…SI-7, SI-10, SI-32, SI-37)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, Message, _, ngettext
from channergy_crm.records import Opportunity, Process, ProcessStage, Project, fixed_labels
from channergy_crm.records.fixed_labels import SUBJECTS, WEIGHTS
from channergy_crm.records.lookups import CustomLookup, choices
from channergy_crm.records.projects import Means
from channergy_crm.services import lookups, rights
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peewee import ModelSelect

    from channergy_crm.fields.lists import Choice
    from channergy_crm.work.undo import Progress

STAGES = ("CRMOpportunities", "Stage")
"""the list whose values are stages"""
CHUNK = 500


SUREST = 100
"""percent"""


class Weight(NamedTuple):
    """A label that stands for a probability, such as “Hot” for 80 %."""

    label: str
    percent: int


def every(by: str) -> list[Process]:
    """All processes, the standard one first (SI-32)."""
    rights.require(by, "see", Process)
    return sorted(Process.select(), key=lambda each: (not each.standard, fold(each.name or "")))


def stages(process: int, by: str) -> list[ProcessStage]:
    """The stages of a process in their order."""
    rights.require(by, "see", ProcessStage)
    return _stages(process)


def _stages(process: int) -> list[ProcessStage]:
    rows = ProcessStage.select().where(ProcessStage.process == process)
    return sorted(rows, key=lambda row: (row.sort is None, row.sort or 0, row.number))


def add(name: str, by: str) -> Process:
    """A new process, with the stages of the standard one to begin with."""
    rights.require(by, "create", Process)
    standard = Process.get_or_none(Process.standard)
    with work.unit("Create process {name}", by=by, name=name.strip()):
        made = Process(name=name.strip())
        _refuse_double(made)
        made.save()
        for place, held in enumerate(_stages(standard.number) if standard is not None else ()):
            ProcessStage(
                process=made.number, stage=held.stage, meaning=held.meaning, probability=held.probability,
                colour=held.colour, rotten_after=held.rotten_after, sort=place,
            ).save()  # fmt: skip
    return made


def save(process: Process, by: str) -> Process:
    """Keep a process; one that becomes the standard takes the place of the one before (SI-37: its fixed labels)."""
    rights.require(by, "edit", process)
    _refuse_double(process)
    if not process.standard and "standard" in process.changes():
        raise Mistake(_("One process is the standard; make another one the standard instead."), "standard")
    with work.unit("Save process {name}", by=by, name=process.caption()):
        process.save()
        for other in Process.select().where(Process.standard & (Process.number != process.number)):
            if process.standard:
                other.standard = False
                other.save()
    return process


def _refuse_double(process: Process) -> None:
    if not process.name.strip():
        raise Mistake(_("A process needs a name."), "name")
    others = [each for each in Process.select() if each.number != process.number]
    if any(fold(each.name or "") == fold(process.name.strip()) for each in others):
        raise Mistake(_("There is a process of this name already."), "name")


def remove(number: int, by: str) -> None:
    """Take a process away that no project follows, with its stages; undo brings it back."""
    held = Process.find(number)
    rights.require(by, "remove", held or Process)
    if held is None:
        return
    if held.standard:
        raise Mistake(_("The standard process stays; make another one the standard first."))
    using = [each.name for each in Project.select().where(Project.process == number)]
    if using:
        raise Mistake(_("These projects follow it: {projects}.").format(projects=", ".join(using)))
    with work.unit("Delete process {name}", by=by, name=held.caption()):
        for stage in _stages(number):
            stage.delete_instance()
        held.delete_instance()


def offered(process: int, by: str) -> list[Choice]:
    """The values of the list Stage that are not yet stages of a process."""
    rights.require(by, "choose", ProcessStage)
    there = {each.stage for each in _stages(process)}
    return [each for each in choices(*STAGES) if not each.retired and each.value not in there]


def add_stage(process: int, value: str, by: str) -> ProcessStage:
    """Make a value of the list Stage a column of a process, the last open one; a new value joins the list."""
    rights.require(by, "create", ProcessStage)
    value = value.strip()
    held = _stages(process)
    _refuse_stage(value, held)
    last = max((place for place, each in enumerate(held) if each.meaning == Means.OPEN), default=-1)
    with work.unit("Add stage {name}", by=by, name=value):
        _join_list(value, by)
        made = ProcessStage(process=process, stage=value, meaning=Means.OPEN.value, probability=50)
        made.save()
        _put_in_order([*held[: last + 1], made, *held[last + 1 :]])
    return made


def save_stage(stage: ProcessStage, by: str) -> ProcessStage:
    """Keep what a stage means, and which value of the list Stage it is; one that deals stand in keeps both, and one
    stage at least is open. A value that is new joins the list.
    """
    rights.require(by, "edit", stage)
    process, changed = stage.__data__["process"], stage.changes()
    value = changed["stage"][0] if "stage" in changed else stage.stage
    others = [each for each in _stages(process) if each.number != stage.number]
    if "stage" in changed:
        stage.stage = stage.stage.strip()
        _refuse_stage(stage.stage, others)
    if moved := {"stage", "meaning"} & changed.keys():
        _refuse_in_use(_deals_in(process, value).count(), value, moved.pop() if len(moved) == 1 else "stage")
        _require_open([*others, stage])
    with work.unit("Save stage {name}", by=by, name=stage.caption()):
        _join_list(stage.stage, by)
        stage.save()
    return stage


def _refuse_stage(value: str, others: Sequence[ProcessStage]) -> None:
    if not value:
        raise Mistake(_("Choose a stage or type the name of a new one."), "stage")
    if wrong := ProcessStage.kind("stage").check(value):
        raise Mistake(wrong, "stage")
    if any(fold(each.stage) == fold(value) for each in others):
        raise Mistake(_("“{value}” is a stage of this process already.").format(value=value), "stage")


def _refuse_in_use(count: int, stage: str, field: str) -> None:
    if not count:
        return
    said = ngettext(
        "{count:,} deal stands in “{stage}”; move it to another stage before it means something else.",
        "{count:,} deals stand in “{stage}”; move them to another stage before it means something else.", count,
    ) if field == "meaning" else ngettext(
        "{count:,} deal stands in “{stage}”. Rename it in Lookups, in the list Stage: its deals go along.",
        "{count:,} deals stand in “{stage}”. Rename it in Lookups, in the list Stage: its deals go along.", count,
    )  # fmt: skip
    raise Mistake(said.format(count=count, stage=stage), field)


def _join_list(value: str, by: str) -> None:
    if value not in {each.value for each in choices(*STAGES)}:
        lookups.add(*STAGES, value, by)


def _require_open(stages: Sequence[ProcessStage]) -> None:
    if not any(each.meaning == Means.OPEN for each in stages):
        raise Mistake(_("A process needs at least one stage that is open."), "meaning")


def reorder(numbers: Sequence[int], by: str) -> None:
    """Put the stages of a process into this order: it is that of the columns."""
    rights.require(by, "edit", ProcessStage)
    held = {each.number: each for each in ProcessStage.select().where(ProcessStage.number.in_(list(numbers)))}
    with work.unit("Order the stages", by=by):
        _put_in_order([held[number] for number in numbers if number in held])


def _put_in_order(stages: Sequence[ProcessStage]) -> None:
    for place, each in enumerate(stages):
        if each.sort != place:
            each.sort = place
            each.save()


def deals_in(stage: int, by: str) -> int:
    """How many deals stand in a stage of a process."""
    rights.require(by, "count", ProcessStage)
    held = ProcessStage.find(stage)
    return _deals_in(held.__data__["process"], held.stage).count() if held is not None else 0


def _deals_in(process: int, stage: str) -> ModelSelect[Opportunity]:
    return Opportunity.select().where(Opportunity.following(process) & (Opportunity.stage == stage))


class Moved(NamedTuple):
    """How many deals went to another stage, and the number of the unit that undo takes back."""

    deals: int = 0
    unit: int | None = None


def remove_stage(number: int, instead: str, by: str, progress: Progress | None = None) -> Moved:
    """Take a stage out of its process. The deals in it go to the stage `instead`, all in one step that can be undone.
    The value stays in the list Stage, where other processes may use it.
    """
    stage = ProcessStage.find(number)
    rights.require(by, "remove", stage or ProcessStage)
    if stage is None:
        return Moved()
    process = stage.__data__["process"]
    left = [each for each in _stages(process) if each.number != number]
    _require_open(left)
    keys = [deal.number for deal in _deals_in(process, stage.stage).order_by(Opportunity.number)]
    if keys and instead not in {each.stage for each in left}:
        raise Mistake(_("Choose the stage to which its deals go."), "instead")
    message = Message(N_("Remove stage {name}"), {"name": stage.caption()})
    with work.unit(message, by=by) as unit:
        for start in range(0, len(keys), CHUNK):
            held = work.locked(Opportunity, Opportunity.number.in_(keys[start : start + CHUNK]))
            for deal in held:
                deal.stage = instead
            unit.save_many(held)
            if progress:
                progress(min(start + CHUNK, len(keys)), len(keys), str(message))
        stage.delete_instance()
    return Moved(len(keys), unit.number)


def weights(by: str) -> list[Weight]:
    """The office's labels for how likely a deal is, the least likely first (SI-37)."""
    rights.require(by, "choose", Process)
    return [Weight(label, percent) for label, percent in fixed_labels.weights()]


def subjects(by: str) -> list[str]:
    """The office's fixed names of deals (SI-37)."""
    rights.require(by, "choose", Process)
    return fixed_labels.subjects()


def labels(key: tuple[str, str], by: str) -> list[CustomLookup]:
    """The labels of SUBJECTS or of WEIGHTS as they are kept, in their order."""
    rights.require(by, "see", CustomLookup)
    held = lookups.entries(*key, by)
    return sorted(held, key=lambda each: int(each.value) if each.value.isdigit() else 0) if key == WEIGHTS else held


def add_label(key: tuple[str, str], label: str, by: str, percent: int | None = None) -> CustomLookup:
    """A new label of SUBJECTS, or of WEIGHTS with its percentage."""
    rights.require(by, "create", CustomLookup)
    label = label.strip()
    if not label:
        raise Mistake(_("Type the label first."), "label")
    if key == SUBJECTS:
        _refuse_twice(label, _labels(SUBJECTS), "value")
        return lookups.add(*key, label, by)
    _refuse_weight(label, percent, [])
    return lookups.add(*key, str(percent), by, description=label)


def save_label(entry: CustomLookup, by: str) -> CustomLookup:
    """Keep a label. Deals that bear it keep what they hold."""
    rights.require(by, "edit", entry)
    if (entry.table, entry.field) == WEIGHTS:
        percent = int(entry.value) if entry.value.isdigit() else None
        _refuse_weight((entry.description or "").strip(), percent, [entry.number])
    else:
        _refuse_twice(entry.value.strip(), [each for each in _labels(SUBJECTS) if each.number != entry.number], "value")
        entry.description = entry.value
    return lookups.save(entry, by)


def _refuse_weight(label: str, percent: int | None, but: Sequence[int]) -> None:
    if not label:
        raise Mistake(_("Type the label first."), "description")
    if percent is None or percent > SUREST:
        raise Mistake(_("A weight is a whole percentage from 0 to 100."), "value")
    others = [each for each in _labels(WEIGHTS) if each.number not in but]
    if any(each.value == str(percent) for each in others):
        raise Mistake(_("There is a label for {percent} % already.").format(percent=percent), "value")
    _refuse_twice(label, others, "description")


def _labels(key: tuple[str, str]) -> list[CustomLookup]:
    return list(CustomLookup.select().where((CustomLookup.table == key[0]) & (CustomLookup.field == key[1])))


def _refuse_twice(label: str, others: Sequence[CustomLookup], field: str) -> None:
    if any(fold(each.description or "") == fold(label) and not each.retired for each in others):
        raise Mistake(_("“{label}” is in the list already.").format(label=label), field)
