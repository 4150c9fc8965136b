"""Templates of mails, letters, labels and documents: kept, copied, filled in for a record (BX-26, VT-161)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records.templates import Template, TemplateKind
from channergy_crm.services import filling, rights
from channergy_crm.text.folding import fold
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.text import placeholders
    from channergy_crm.work.record import Record

LONGEST_NAME, SAMPLES = 80, 30


class Filled(NamedTuple):
    """A template with what is known of a record put in; `missing` are the names of the fields of which nothing is."""

    subject: placeholders.Filled
    body: placeholders.Filled

    @property
    def missing(self) -> list[str]:
        """Each once, those of the subject first."""
        return list(dict.fromkeys([*self.subject.missing, *self.body.missing]))


def every(by: str) -> list[Template]:
    """All this operator sees: the shared ones and the own ones, kind by kind, by name."""
    rights.require(by, "see", Template)
    order = {kind.value: place for place, kind in enumerate(TemplateKind)}
    rows: Any = Template.select().where(Template.shared | (Template.operator == by))
    return sorted(rows, key=lambda row: (order.get(row.what, len(order)), fold(row.name or ""), row.number))


def of_kind(kind: str, by: str) -> list[Template]:
    """Those of one kind, such as "mail"."""
    rights.require(by, "see", Template)
    return [row for row in every(by) if row.what == kind]


def start(kind: str, by: str) -> Template:
    """A new one, not saved yet: one's own."""
    rights.require(by, "see", Template)
    return Template(what=kind, name="", body="", subject="", operator=by, shared=False)


def why_not(row: Template, by: str) -> str | None:
    """None when this one may change a template, or the sentence why not: one's own are; the office's and those of
    others are an administrator's.
    """
    if reason := rights.may(by, "edit", Template):
        return reason
    if row.operator == by or not rights.may(by, "administer"):
        return None
    if row.operator is None:
        return _("This template is the office's: only an administrator changes it. Copy it, then the copy is yours.")
    return _("This template belongs to {operator}. Copy it, then the copy is yours.").format(operator=row.operator)


def save(row: Template, by: str) -> Template:
    """Keep a template. `Mistake` names the field it stands in, and the field that is meant where a name is unknown."""
    rights.require(by, "edit", Template)
    _require_whose(row, by)
    row.name = " ".join((row.name or "").split())
    if not row.name:
        raise Mistake(_("Give the template a name; it is chosen by that."), "name")
    if row.what not in list(TemplateKind):
        raise Mistake(_("Say what is made from it: a mail, a letter, labels or a document."), "what")
    if not (row.body or "").strip():
        raise Mistake(_("Write what stands in it."), "body")
    for field in ("subject", "body"):
        if sentence := filling.problem(getattr(row, field) or "", by):
            raise Mistake(sentence, field)
    if "\n" in (row.subject or ""):
        raise Mistake(_("A subject is one line."), "subject")
    row.edited = clock.now()
    with work.unit("Save template {name}", by=by, name=row.caption()):
        row.save()
    return row


def remove(row: Template, by: str) -> None:
    """Take a template away; undo brings it back. What was made from it stays as it is."""
    rights.require(by, "edit", Template)
    _require_whose(row, by)
    with work.unit("Remove template {name}", by=by, name=row.caption()):
        row.delete_instance()


def copy(row: Template, by: str) -> Template:
    """One's own copy of a template, kept under a name nobody has yet."""
    rights.require(by, "edit", Template)
    taken = {fold(each.name or "") for each in every(by)}
    names = (_("{name} (copy {number})").format(name=_short(row.name), number=each) for each in range(2, 1000))
    first = _("{name} (copy)").format(name=_short(row.name))
    name = next((each for each in (first, *names) if fold(each) not in taken), first)
    held = {field: getattr(row, field) for field in ("what", "language", "subject", "body", "sheet")}
    made = Template(**held, name=name, operator=by, shared=False, edited=clock.now())
    with work.unit("Copy template {name}", by=by, name=row.caption()):
        made.save()
    return made


def _short(name: str | None) -> str:
    return (name or "")[: LONGEST_NAME - 20]


def preview(
    template: Template, record: Record | None, by: str, say: Callable[[Any, object], str] = filling.written
) -> Filled:
    """How it reads for a record; without one, for nobody."""
    rights.require(by, "see", Template)
    subject = filling.Subject(record)
    return Filled(
        filling.fill(template.subject or "", subject, by, say), filling.fill(template.body or "", subject, by, say)
    )


def samples(record: type[Record], by: str, limit: int = SAMPLES) -> list[Record]:
    """The latest records of a type in the lists of this operator, to read a template through with."""
    rights.require(by, "see", record)
    asked: Any = rights.rows(record, by).where(rights.visible(record, by))
    return list(asked.order_by(key_field(record).desc()).limit(limit))


def _require_whose(row: Template, by: str) -> None:
    """Who may change it as it is kept, may change it; nobody makes one in another one's name."""
    before = Template.find(row.number) if row.number is not None else None
    for each in (row, before):
        if each is not None and (reason := why_not(each, by)):
            raise Refused(reason)
