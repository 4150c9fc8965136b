"""The three sorts of texts an office keeps: what each is made of, and the services that keep it (BX-28, BX-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.language import N_, _
from channergy_crm.records.scripts import Objection, Script, Snippet
from channergy_crm.services import rights, scripts, snippets, views
from ui.editors.base import FlagEditor, LineEditor
from ui.editors.choices import ChoiceEditor
from ui.editors.lines import TextEditor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

LEADS = "leads"
FOR_ME, FOR_ALL = "me", "all"
FILLED = ("opening", "why", "ask", "closing", "answer", "text")
"""the fields in whose texts others may be put"""


class Sort(NamedTuple):
    """A sort of texts: its record, its fields by python name, and what is done with it. `by` is who works here."""

    name: str
    title: str
    about: str
    create: str
    empty: str
    record: type[Any]
    fields: Sequence[str]
    every: Callable[[str], Sequence[Any]]
    save: Callable[[Any, str], Any]
    remove: Callable[[Any, str], None]
    reorder: Callable[[Sequence[Any], str], None] | None
    line: Callable[[Any, str], tuple[str, str]]
    """what the list says of one in two lines"""
    start: Callable[[str], Any]
    refused: Callable[[Any, str], str]
    """why this one may not be changed; "" when it may"""


def _administrators(_row: object, by: str) -> str:
    return rights.may(by, "administer") or ""


def _of_snippet(row: Any, by: str) -> str:
    return _administrators(row, by) if row is not None and row.operator is None else ""


def _script_line(row: Any, by: str) -> tuple[str, str]:
    view = next((view.name for view in views.of_list(LEADS, by) if view.number == row.view), "")
    under = [row.language or "", view or _("any list"), "" if row.shared else _("not offered")]
    return row.name or "", " · ".join(filter(None, under))


def _first_line(text: str) -> str:
    return " ".join((text or "").split())


SCRIPTS = Sort(
    "script", N_("Scripts"),
    N_("What is said in a call, in four steps. The one for the list that is called comes first, then the usual one."),
    N_("Create script"), N_("There is no script yet; create one."), Script,
    ("name", "language", "view", "opening", "why", "ask", "closing", "shared"), scripts.every, scripts.save,
    scripts.remove, scripts.reorder, _script_line, lambda _by: Script(shared=True), _administrators,
)  # fmt: skip
OBJECTIONS = Sort(
    "objection", N_("Objections"),
    N_("What people say against it, and an answer that works. It stands beside the script while somebody calls."),
    N_("Create objection"), N_("There is no objection yet; create one."), Objection, ("title", "answer"),
    scripts.every_objection, scripts.save, scripts.remove, scripts.reorder,
    lambda row, _by: (row.title or "", _first_line(row.answer)), lambda _by: Objection(), _administrators,
)  # fmt: skip
SNIPPETS = Sort(
    "snippet", N_("Snippets"),
    N_("Type ; and the key, then Space or Tab, in any note: the text takes its place. Ctrl+Z takes it back."),
    N_("Create snippet"), N_("There is no snippet yet; create one."), Snippet, ("word", "operator", "text"),
    snippets.known, snippets.save, snippets.remove, None,
    lambda row, _by: (f";{row.word}", _first_line(row.text)), lambda by: Snippet(operator=by), _of_snippet,
)  # fmt: skip
SORTS = (SCRIPTS, OBJECTIONS, SNIPPETS)


def editor(sort: Sort, field: str, by: str, parent: QWidget) -> Any:
    """What a field is typed into, or chosen from."""
    kind = sort.record.kind(field)
    if field == "view":
        known = [(view.number, view.name) for view in views.of_list(LEADS, by)]
        return ChoiceEditor([(0, _("Any list")), *known], parent, allow_empty=False)
    if field == "operator":
        return ChoiceEditor([(FOR_ME, _("Me")), (FOR_ALL, _("The whole office"))], parent, allow_empty=False)
    if field == "shared":
        return FlagEditor(_("Yes"), parent)
    if field in FILLED:
        return TextEditor(parent, lines=3 if sort is SCRIPTS else 6, most_lines=8)
    return LineEditor(parent, max_length=kind.limit)


def shown(field: str, row: Any) -> object:
    """What its editor shows of a field."""
    value = getattr(row, field)
    if field == "view":
        return value or 0
    if field == "operator":
        return FOR_ALL if value is None else FOR_ME
    return value


def put(field: str, value: Any, row: Any, by: str) -> None:
    """What stands in its editor becomes what the field holds."""
    if field == "view":
        value = value or None
    elif field == "operator":
        value = by if value == FOR_ME else None
    setattr(row, field, value)


def is_changed(field: str, value: Any, row: Any) -> bool:
    """Whether something else stands in the editor than in the row."""
    return (value or "") != (shown(field, row) or "")
