"""Names and weights of deals that a process takes from a list of the office instead of free text (SI-37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.fields import Percent, Text
from channergy_crm.language import _
from channergy_crm.records.lookups import choices
from channergy_crm.records.projects import course_of, courses
from channergy_crm.records.sync import led_there
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.records.projects import Course
    from channergy_crm.work.about import Labels, Values

SUBJECTS, WEIGHTS = ("CRMOpportunities", "Name"), ("CRMOpportunities", "Probability")
"""the office's fixed labels (SI-37); a weight is kept as its percentage, and read as its label"""
MOST_NAMED = 12
"""labels in a sentence"""


def weights() -> list[tuple[str, int]]:
    """The office's labels for how likely a deal is with their percentages, the least likely first."""
    held = [(each.description, each.value) for each in choices(*WEIGHTS) if not each.retired and each.value.isdigit()]
    return sorted(((label, int(value)) for label, value in held), key=lambda pair: pair[1])


def subjects() -> list[str]:
    """The office's fixed names of deals."""
    return [each.value for each in choices(*SUBJECTS) if not each.retired]


def course_of_deal(values: Values) -> Course | None:
    """The process of a deal that holds these values."""
    project = values.get("project")
    return course_of(project if isinstance(project, int) or project is None else project.number)


def labels(values: Values) -> Labels:
    """By field of a deal, the values that alone may be chosen in its process, and how they read."""
    held = course_of_deal(values)
    return _of([held] if held is not None else [])


def anywhere() -> Labels:
    """The same for whatever process of the office has fixed them."""
    return _of(courses())


def _of(processes: Sequence[Course]) -> Labels:
    found: Labels = {}
    if any(each.fixed_subjects for each in processes) and (names := subjects()):
        found["name"] = [(name, name) for name in names]
    if any(each.fixed_weights for each in processes) and (known := weights()):
        found["probability"] = [(percent, _said(label, percent)) for label, percent in known]
    return found


def _said(label: str, percent: int) -> str:
    return _("{label} ({percent} %)").format(label=label, percent=percent)


def weight_said(percent: int) -> str:
    """How likely a deal is, in the words of the office where it has one for that, also one that is retired."""
    known = choices(*WEIGHTS) if any(each.fixed_weights for each in courses()) else []
    label = next((each.description for each in known if each.value == str(percent)), "")
    return _said(label, percent) if label else f"{percent} %"


class Subject(Text):
    """What a deal is called; where its process takes names from a list, one of those. One that stands there stays."""

    disagrees = staticmethod(lambda kind, values: _no_subject(str(values.get(kind.name) or "").strip(), values))

    def read(self, text: str) -> str:
        """However a label of the office is written, it is that one."""
        wanted = fold(text.strip())
        return next((str(name) for name, _label in anywhere().get("name", ()) if fold(str(name)) == wanted),
                    super().read(text))  # fmt: skip


def _no_subject(name: str, values: Values) -> str | None:
    offered = [label for _value, label in labels(values).get("name", ())]
    if not name or not offered or name in offered:
        return None
    said = _("“{text}” is none of the names the office has fixed; choose one of: {labels}.")
    return said.format(text=name, labels=_named(offered))


class Weight(Percent):
    """How likely a deal is; where its process takes weights from a list, one of those, or what its stage says (K16).
    One that stands there stays.
    """

    shown_as = "weight"
    disagrees = staticmethod(
        lambda kind, values: led_there(kind, values.get("number")) or _no_weight(values.get(kind.name), values)
    )

    def read(self, text: str) -> int | None:
        """A percentage, or a label of the office."""
        wanted = fold(text.strip())
        known = {fold(said): percent for label, percent in weights() for said in (label, _said(label, percent))}
        return known[wanted] if wanted in known else super().read(text)


def _no_weight(percent: int | None, values: Values) -> str | None:
    offered = dict(labels(values).get("probability", ()))
    held = course_of_deal(values)
    stage = held.stage(str(values.get("stage") or "")) if held is not None else None
    if percent is None or not offered or percent in offered or (stage is not None and stage.probability == percent):
        return None
    said = _("{percent} % is none of the weights the office has fixed; choose one of: {labels}.")
    return said.format(percent=percent, labels=_named(list(offered.values())))


def _named(offered: Sequence[str]) -> str:
    return ", ".join(offered[:MOST_NAMED]) + (", …" if len(offered) > MOST_NAMED else "")
