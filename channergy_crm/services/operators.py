"""The operators of the office: added, renamed, retired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import access, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records.home import HomeBlock
from channergy_crm.records.operators import Operator
from channergy_crm.records.preferences import Absence, Preferences
from channergy_crm.records.roles import GroupMember, OperatorRole
from channergy_crm.records.sign_ins import Password
from channergy_crm.services import areas, rights, roles, saving

if TYPE_CHECKING:
    from channergy_crm.work.record import Record


def everybody(by: str, *, retired: bool = False) -> list[Operator]:
    """The operators of the office by ID; the retired ones only when asked for."""
    rights.require(by, "choose", Operator)
    return access.operators(retired=retired)


def owners(by: str) -> list[Operator]:
    """Who may own records: the operators at work and the groups of the office (K15)."""
    rights.require(by, "choose", Operator)
    return access.owners()


def at_work(wanted: str, by: str) -> str:
    """The operator of that ID if there is one who is not retired, otherwise the first of the office."""
    rights.require(by, "choose", Operator)
    active = [operator.id for operator in access.operators()]
    return wanted if wanted in active else str(active[0])


def add(id: str, name: str, by: str) -> Operator:
    """A new operator. IDs differ by more than their case."""
    rights.require(by, "administer")
    id = id.strip().upper()
    if rights.is_taken_by_the_program(id):
        raise Mistake(_("{id} is what a part of the program is called. Choose another ID.").format(id=id), "id")
    if Operator.get_or_none(Operator.id == id):
        raise Mistake(_("There is an operator {id} already.").format(id=id), "id")
    return saving.save(Operator(id=id, name=name.strip(), active=True), by)


def save(operator: Operator, by: str) -> Operator:
    """Rename, retire or bring back an operator."""
    rights.require(by, "administer")
    if not operator.active:
        _refuse_last(operator)
    with work.unit("Save operator {name}", by=by, name=operator.caption()):
        saving.save(operator, by)
        roles.require_an_administrator()
    return operator


def remove(id: str, by: str) -> str:
    """Delete an operator who owns nothing; one who owns records is retired instead. Says which in a sentence."""
    rights.require(by, "administer")
    operator = Operator.find(id)
    if operator is None:
        raise Mistake(_("There is no operator {id}.").format(id=id))
    _refuse_last(operator)
    if not any(_holds(record, id) for record in areas.every_record() if record not in _PERSONAL):
        with work.unit("Delete operator {name}", by=by, name=operator.caption()):
            _delete_all_of(id)
            operator.delete_instance()
            roles.require_an_administrator()
        return _("{name} is deleted.").format(name=operator.caption())
    with work.unit("Retire operator {name}", by=by, name=operator.caption()):
        operator.active = False
        operator.save()
        roles.require_an_administrator()
    return _("{name} owns records and is retired: no longer offered, still readable where named.").format(
        name=operator.caption()
    )


def require_administrator(id: str) -> None:
    """Raise `Refused` when this operator is no administrator (CH-156)."""
    rights.require(id, "administer")
    stands = access.standing(id)
    if stands is None or not stands.administrator:
        said = _("{operator} is no administrator, and only one may do that: {known}.")
        raise Refused(said.format(operator=id, known=access.administrators()))


_PERSONAL: tuple[type[Record], ...] = (OperatorRole, GroupMember, Absence, Preferences, HomeBlock)
"""what goes with an operator"""


def _delete_all_of(id: str) -> None:
    Password.delete().where(Password.operator == id).execute()
    for record in _PERSONAL:
        for held in record.select().where(record.kind("operator") == id):
            held.delete_instance()


def _holds(record: type[Record], operator: str) -> bool:
    links = [kind for kind in record.kinds().values() if kind.points_at(Operator)]
    return any(record.select().where(kind == operator).exists() for kind in links)


def _refuse_last(operator: Operator) -> None:
    others = Operator.select().where(Operator.active & ~Operator.group & (Operator.id != operator.id))
    if not others.exists():
        raise Mistake(_("This is the last active operator; the office needs one."))
