"""Scripts and answers to objections: kept, put in order, chosen for a list, filled in for a lead (BX-28)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records.scripts import STEPS, Objection, Script
from channergy_crm.records.views import ListView
from channergy_crm.services import filling, rights
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from channergy_crm.records import Lead
    from channergy_crm.text.placeholders import Filled

S = TypeVar("S", Script, Objection)
LANGUAGE = ("language", "custom_language")
"""what an office calls the field with the language of a lead"""


class Step(NamedTuple):
    """A step of a script with a lead's own words put in; `name` is its python name."""

    name: str
    said: Filled


class Answer(NamedTuple):
    """An objection with its answer; `noted` when the lead has it."""

    number: int
    title: str
    said: Filled
    noted: bool


def every(by: str) -> list[Script]:
    """The scripts of the office in their order."""
    rights.require(by, "see", Script)
    return sorted(Script.select(), key=_place)


def every_objection(by: str) -> list[Objection]:
    """The objections of the office in their order."""
    rights.require(by, "see", Objection)
    return sorted(Objection.select(), key=_place)


def _place(row: Any) -> tuple[bool, int, int]:
    return row.sort is None, row.sort or 0, row.number


def for_list(list_name: str, by: str, lead: Lead | None = None) -> list[Script]:
    """The scripts offered in a call, the one to begin with first: of this list, then in the lead's language."""
    found = [script for script in every(by) if script.shared]
    of_list = _views(list_name)
    spoken = fold(_language(lead, by))
    return sorted(found, key=lambda script: (*_unfit(script, of_list), fold(script.language or "") != spoken))


def _unfit(script: Script, of_list: set[int]) -> tuple[bool, bool]:
    return script.view not in of_list, script.view is not None


def _views(list_name: str) -> set[int]:
    if not list_name.strip():
        return set()
    wanted = fold(list_name.strip())
    return {view.number for view in ListView.select() if fold(view.name or "") == wanted}


def _language(lead: Lead | None, by: str) -> str:
    """What a lead speaks, where the office has a field for that and shows it."""
    if lead is None:
        return ""
    kinds = [name for name in type(lead).offered() if name in LANGUAGE and name not in rights.hidden(type(lead), by)]
    return next((str(getattr(lead, name) or "") for name in kinds), "")


def save(row: S, by: str) -> S:
    """Keep a script or an objection. Every field its texts ask for must be there; `Mistake` names where it stands."""
    rights.require(by, "administer")
    names = (*STEPS, "name") if isinstance(row, Script) else ("answer", "title")
    for name in names:
        if sentence := filling.problem(getattr(row, name) or "", by):
            raise Mistake(sentence, name)
    if isinstance(row, Script) and not any((getattr(row, name) or "").strip() for name in STEPS):
        raise Mistake(_("A script says something in at least one of its steps."), STEPS[0])
    if row.is_new and row.sort is None:
        row.sort = max((other.sort or 0 for other in type(row).select()), default=0) + 1
    saving = N_("Save script {name}") if isinstance(row, Script) else N_("Save objection {name}")
    with work.unit(saving, by=by, name=row.caption()):
        row.save()
    return row


def remove(row: Script | Objection, by: str) -> None:
    """Take a script or an objection away; undo brings it back."""
    rights.require(by, "administer")
    removing = N_("Remove script {name}") if isinstance(row, Script) else N_("Remove objection {name}")
    with work.unit(removing, by=by, name=row.caption()):
        row.delete_instance()


def reorder(rows: Sequence[S], by: str) -> None:
    """Put scripts, or objections, in this order."""
    rights.require(by, "administer")
    with work.unit("Arrange scripts and objections", by=by):
        for place, row in enumerate(rows, start=1):
            if row.sort != place:
                row.sort = place
                row.save()


def filled_script(
    script: Script, lead: Lead | None, by: str, next_try: datetime | None = None,
    say: Callable[[Any, object], str] = filling.written,
) -> list[Step]:  # fmt: skip
    """The steps of a script with the words of a lead put in; steps in which nothing is said are left out."""
    rights.require(by, "see", Script)
    subject = filling.Subject(lead, next_try)
    texts = [(name, (getattr(script, name) or "").strip()) for name in STEPS]
    return [Step(name, filling.fill(text, subject, by, say)) for name, text in texts if text]


def objections(lead: Lead | None, by: str, say: Callable[[Any, object], str] = filling.written) -> list[Answer]:
    """The objections with their answers; those the lead's Objection speaks of come first."""
    rights.require(by, "see", Objection)
    shown = lead is not None and "objection" not in rights.hidden(type(lead), by)
    held = fold(lead.objection or "") if lead is not None and shown else ""
    subject = filling.Subject(lead)
    found = [
        Answer(row.number, row.title, filling.fill(row.answer or "", subject, by, say), _speaks_of(held, row.title))
        for row in every_objection(by)
    ]
    return sorted(found, key=lambda answer: not answer.noted)


def _speaks_of(held: str, title: str) -> bool:
    """Whether a folded text names this objection, with whole words."""
    wanted = " ".join(_words(fold(title or "")))
    return bool(wanted) and f" {wanted} " in f" {' '.join(_words(held))} "


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() or letter in "'’-" else " " for letter in text).split()
