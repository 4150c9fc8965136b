"""Groups: people who work together, and records that belong to all of them (K15, VT-57)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import access, clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.operators import Operator
from channergy_crm.records.roles import Group, GroupMember
from channergy_crm.services import areas, rights
from channergy_crm.work.record import assigning

if TYPE_CHECKING:
    from collections.abc import Sequence


def every(by: str) -> list[Group]:
    """The groups of the office, by ID."""
    rights.require(by, "see", Group)
    return list(Group.select().order_by(Group.id))


def members(by: str) -> dict[str, list[str]]:
    """Who works in each group, by its ID."""
    rights.require(by, "see", Group)
    found: dict[str, list[str]] = {}
    for held in GroupMember.select().order_by(GroupMember.operator):
        found.setdefault(held.group, []).append(held.operator)
    return found


def of_operator(id: str, by: str) -> list[Group]:
    """The groups an operator works in."""
    rights.require(by, "see", Group)
    return list(Group.select().where(Group.id.in_(access.groups_of(id))).order_by(Group.id))


def create(id: str, name: str, by: str) -> Group:
    """A new group. Its ID is an owner's like an operator's, so it is nobody else's."""
    rights.require(by, "administer")
    id, name = id.strip().upper(), name.strip()
    if rights.is_taken_by_the_program(id):
        raise Mistake(_("{id} is what a part of the program is called. Choose another ID.").format(id=id), "id")
    if Operator.find(id) is not None:
        raise Mistake(_("There is an operator or a group {id} already.").format(id=id), "id")
    made = Group(id=id, name=name)
    with work.unit("Create group {name}", by=by, name=made.caption()):
        Operator.create(id=id, name=name, active=True, group=True)
        made.save()
    return made


def rename(id: str, name: str, by: str) -> Group:
    """Call a group otherwise."""
    rights.require(by, "administer")
    held, owner = _found(id), Operator.find(id)
    with work.unit("Rename group {name}", by=by, name=held.caption()):
        held.name = name.strip()
        held.save()
        if owner is not None:
            owner.name = held.name
            owner.save()
    return held


def let_in(id: str, operators: Sequence[str], by: str) -> None:
    """Say who works in a group."""
    rights.require(by, "administer")
    held = _found(id)
    there = {row.operator: row for row in GroupMember.select().where(GroupMember.group == id)}
    known = {each.id for each in access.operators(retired=True)}
    with work.unit("Change group {name}", by=by, name=held.caption()):
        for operator in operators:
            if operator not in known:
                raise Mistake(_("There is no operator {id}.").format(id=operator))
            if there.pop(operator, None) is None:
                GroupMember.create(group=id, operator=operator, since=clock.today())
        for row in there.values():
            row.delete_instance()


def remove(id: str, by: str) -> None:
    """Take a group away that owns nothing."""
    rights.require(by, "administer")
    held, owner = _found(id), Operator.find(id)
    for record in areas.every_record():
        kind = assigning(record)
        if kind is not None and record.select().where(kind == id).exists():
            said = _("{name} still owns {records}; give those to somebody else first.")
            raise Mistake(said.format(name=held.caption(), records=record.plural))
    with work.unit("Delete group {name}", by=by, name=held.caption()):
        for row in GroupMember.select().where(GroupMember.group == id):
            row.delete_instance()
        held.delete_instance()
        if owner is not None:
            owner.delete_instance()


def _found(id: str) -> Group:
    held: Group | None = Group.find(id)
    if held is None:
        raise Mistake(_("There is no group {id}.").format(id=id))
    return held
