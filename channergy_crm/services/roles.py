"""Roles and groups: what each role lets one do, who has it, who works in which group (VT-48, VT-57, VT-65…VT-71)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from peewee import fn

from channergy_crm import access, clock, hidden, work
from channergy_crm.access import JOBS, SCOPES, Right, Scope
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, many
from channergy_crm.records import BY_TABLE
from channergy_crm.records.operators import Operator
from channergy_crm.records.roles import HiddenField, OperatorRole, Role, RoleRight
from channergy_crm.services import rights, saving
from channergy_crm.work import ChangeRow, UnitRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

Rights = dict[str, str]
"""how far each right goes, for one record type; what is missing is none"""
REACHING: tuple[Right, ...] = ("view", "edit", "delete")
TICKED: tuple[Right, ...] = ("use", "export", "import")

_USUAL: dict[str, tuple[str, dict[Right, Scope], tuple[str, ...]]] = {
    N_("Team leader"): (
        N_("sees and changes what the team has"),
        {"use": "all", "view": "all", "edit": "group", "delete": "group", "export": "all"},
        ("view_all", "crm", "issue"),
    ),
    N_("Operator"): (N_("works on the own records"), {"use": "all", "view": "own", "edit": "own", "delete": "own"},
                     ("issue",)),
    N_("Newcomer"): (N_("works on the own records and removes nothing"), {"use": "all", "view": "own", "edit": "own"},
                     ()),
    N_("Reader"): (N_("sees everything and changes nothing"), {"use": "all", "view": "all"}, ()),
}  # fmt: skip
"""the roles an office begins with: what they are called, in a line, their rights everywhere, their job functions"""
OPERATOR = "Operator"
"""the role everybody gets who has none when Security is switched on"""


class Seen(NamedTuple):
    """What somebody sees of one record type: rows they see, rows they may change, and how many there are."""

    record: type[Record]
    sees: int
    changes: int
    of: int


def every(by: str) -> list[Role]:
    """The roles of the office, by number."""
    rights.require(by, "see", Role)
    return list(Role.select().order_by(Role.number))


def members(by: str) -> dict[int, list[str]]:
    """Who has each role, by its number."""
    rights.require(by, "see", Role)
    found: dict[int, list[str]] = {}
    active = Operator.select(Operator.id).where(Operator.active & ~Operator.group)
    for held in OperatorRole.select().where(OperatorRole.operator.in_(active)).order_by(OperatorRole.operator):
        found.setdefault(held.role, []).append(held.operator)
    return found


def of_operator(id: str, by: str) -> list[Role]:
    """The roles of one operator."""
    rights.require(by, "see", Role)
    held = OperatorRole.select(OperatorRole.role).where(OperatorRole.operator == id)
    return list(Role.select().where(Role.number.in_(held)).order_by(Role.number))


def record_types(by: str) -> list[type[Record]]:
    """The record types a role speaks of: the rows of its matrix."""
    rights.require(by, "see", Role)
    return access.governed()


def has_right(record: type[Record], right: str) -> bool:
    """Whether there is such a right at all: what no file can hold is not imported."""
    return right != "import" or bool(record.about.known_by)


def matrix(role: int, by: str) -> dict[str, Rights]:
    """How far a role goes, by table and right; the job functions stand under the table ""."""
    rights.require(by, "see", Role)
    found: dict[str, Rights] = {}
    for held in RoleRight.select().where(RoleRight.role == role):
        found.setdefault(held.table, {})[held.deed] = held.scope
    return found


def changed(role: int, by: str) -> UnitRow | None:
    """What was done last to a role or its rights; None when the journal knows nothing of it."""
    rights.require(by, "see", Role)
    held = RoleRight.select(RoleRight.number).where(RoleRight.role == role).scalars()
    itself = (ChangeRow.table == Role._meta.table_name) & (ChangeRow.key == str(role))
    its_rights = (ChangeRow.table == RoleRight._meta.table_name) & ChangeRow.key.in_([str(number) for number in held])
    latest = ChangeRow.select(fn.MAX(ChangeRow.unit)).where(itself | its_rights)
    found: UnitRow | None = UnitRow.get_or_none(UnitRow.number == latest)
    return found


def create(name: str, by: str, like: int | None = None) -> Role:
    """A new role, with the rights of another one or with none."""
    rights.require(by, "administer")
    name = _free_name(name)
    with work.unit("Create role {name}", by=by, name=name):
        made: Role = Role.create(name=name, description="")
        for held in RoleRight.select().where(RoleRight.role == like) if like is not None else ():
            RoleRight.create(role=made.number, table=held.table, deed=held.deed, scope=held.scope)
        for kept in HiddenField.select().where(HiddenField.role == like) if like is not None else ():
            HiddenField.create(role=made.number, table=kept.table, field=kept.field)
    return made


def rename(role: int, name: str, by: str) -> Role:
    """Call a role otherwise."""
    rights.require(by, "administer")
    held = _found(role)
    if held.name != name.strip():
        held.name = _free_name(name, role)
        saving.save(held, by)
    return held


def remove(role: int, by: str) -> Role:
    """Take a role away; undo brings it back with its rights. Nobody may have it."""
    rights.require(by, "administer")
    held = _found(role)
    if OperatorRole.select().where(OperatorRole.role == role).exists():
        raise Mistake(_("Somebody has the role {name}; give them another one first.").format(name=held.caption()))
    with work.unit("Delete role {name}", by=by, name=held.caption()):
        for part in (*RoleRight.select().where(RoleRight.role == role),
                     *HiddenField.select().where(HiddenField.role == role)):  # fmt: skip
            part.delete_instance()
        held.delete_instance()
    return held


def let(role: int, table: str, wanted: Mapping[str, str], by: str) -> Role:
    """Say how far a role goes with one record type. Without *use* it goes nowhere (VT-66…VT-70)."""
    rights.require(by, "administer")
    held = _found(role)
    record = next((each for each in access.governed() if each._meta.table_name == table), None)
    if record is None:
        raise Mistake(_("There are no rights for {table}.").format(table=table))
    now = dict(wanted) if wanted.get("use", "none") != "none" else {}
    _keep(held, table, {right: scope for right, scope in now.items() if has_right(record, right)}, by)
    return held


def let_do(role: int, jobs: Iterable[str], by: str) -> None:
    """Say which job functions a role has (VS-11, VS-17). The office keeps an administrator."""
    rights.require(by, "administer")
    held = _found(role)
    wanted = set(jobs)
    if strange := wanted - JOBS.keys():
        raise Mistake(_("There is no job function {name}.").format(name=min(strange)))
    with work.unit("Change role {name}", by=by, name=held.caption()):
        _keep(held, "", dict.fromkeys(wanted, "all"), by)
        require_an_administrator()


def hidden_fields(role: int, by: str) -> dict[type[Record], set[str]]:
    """The fields a role hides, by record type (VT-96)."""
    rights.require(by, "see", Role)
    found: dict[type[Record], set[str]] = {}
    for held in HiddenField.select().where((HiddenField.role == role) & HiddenField.hidden):
        if held.table in BY_TABLE:
            found.setdefault(BY_TABLE[held.table], set()).add(held.field)
    return found


def hide(role: int, kept: Mapping[type[Record], Collection[str]], by: str) -> Role:
    """Say which fields a role hides, for each of these record types; all others of them it shows (VT-96)."""
    rights.require(by, "administer")
    held = _found(role)
    with work.unit("Change role {name}", by=by, name=held.caption()):
        for record, names in kept.items():
            _hide(role, record, set(names))
    return held


def _hide(role: int, record: type[Record], wanted: set[str]) -> None:
    if needed := sorted(wanted - {kind.name for kind in hidden.hideable(record)}):
        labels = ", ".join(record.kind(name).label for name in needed)
        raise Mistake(_("{fields} of {records} cannot be hidden.").format(fields=labels, records=many(record)))
    of_record = (HiddenField.role == role) & (HiddenField.table == record._meta.table_name)
    for there in HiddenField.select().where(of_record):
        if there.field not in wanted:
            there.delete_instance()
        wanted.discard(there.field)
    for name in sorted(wanted):
        HiddenField.create(role=role, table=record._meta.table_name, field=name)


def fields_offered(by: str) -> dict[type[Record], list[Kind[object]]]:
    """The fields a role can hide, by record type."""
    rights.require(by, "see", Role)
    parts = [record for table in access.governed() for record in hidden.parts(table._meta.table_name)]
    return {record: hidden.hideable(record) for record in parts}


def _keep(role: Role, table: str, wanted: Mapping[str, str], by: str) -> None:
    of_table = (RoleRight.role == role.number) & (RoleRight.table == table)
    there = {held.deed: held for held in RoleRight.select().where(of_table)}
    with work.unit("Change role {name}", by=by, name=role.caption()):
        for deed, scope in wanted.items():
            if scope not in SCOPES:
                raise Mistake(_("A right goes as far as {scopes}.").format(scopes=", ".join(SCOPES)))
            held = there.pop(deed, None) or RoleRight(role=role.number, table=table, deed=deed)
            if scope == "none":
                _drop(held)
            elif held.scope != scope:
                held.scope = scope
                held.save()
        for held in there.values():
            held.delete_instance()


def _drop(held: RoleRight) -> None:
    if not held.is_new:
        held.delete_instance()


def give(id: str, roles: Sequence[int], by: str) -> None:
    """Say which roles an operator has (VT-48)."""
    rights.require(by, "administer")
    operator = _operator(id)
    there = {held.role: held for held in OperatorRole.select().where(OperatorRole.operator == id)}
    with work.unit("Change roles of {name}", by=by, name=operator.caption()):
        for role in roles:
            if there.pop(role, None) is None:
                OperatorRole.create(operator=id, role=_found(role).number, since=clock.today())
        for held in there.values():
            held.delete_instance()
        require_an_administrator()


def require_an_administrator() -> None:
    """A `Mistake` when nobody would be left who may change the office."""
    if not any((stands := access.standing(each.id)) and stands.administrator for each in access.operators()):
        raise Mistake(_("This is the last administrator; the office needs one."), "administrator")


def make_usual(by: str) -> None:
    """The roles an office begins with, where it has none; everybody without a role becomes an operator."""
    rights.require(by, "administer")
    with work.unit("Make the usual roles", by=by):
        if not Role.select().exists():
            for name, (said, reaches, jobs) in _USUAL.items():
                _make(_(name), _(said), reaches, jobs)
        first = Role.get_or_none(Role.name == _(OPERATOR)) or Role.select().order_by(Role.number).first()
        having = OperatorRole.select(OperatorRole.operator)
        for operator in access.operators():
            if not operator.administrator and operator.id not in set(having.scalars()):
                OperatorRole.create(operator=operator.id, role=first.number, since=clock.today())


def _make(name: str, said: str, reaches: Mapping[Right, Scope], jobs: Sequence[str]) -> None:
    role = Role.create(name=name, description=said)
    for record in access.governed():
        for right, scope in reaches.items():
            RoleRight.create(role=role.number, table=record._meta.table_name, deed=right, scope=scope)
    for job in jobs:
        RoleRight.create(role=role.number, table="", deed=job, scope="all")


def preview(id: str, by: str) -> list[Seen]:
    """What somebody sees and may change, counted: “What does Ann see?”"""
    rights.require(by, "administer")
    _operator(id)
    return [_seen(record, id) for record in access.governed()]


def _seen(record: type[Record], id: str) -> Seen:
    only = record.about.only
    whole = record.select().where(record.kind(only)) if only else record.select()
    counts = []
    for right in ("view", "edit"):
        held = access.reached(record, id, right)
        counts.append(int(whole.count() if held is None else whole.where(held).count()))
    return Seen(record, counts[0], counts[1], int(whole.count()))


def why(id: str, by: str) -> list[str]:
    """How it comes that somebody sees that: a sentence for each record type of which one sees a part."""
    rights.require(by, "administer")
    groups = access.groups_of(id)
    told = []
    for record in access.governed():
        scope = access.reach_of(id, "view", record)
        if scope == "own":
            told.append(_("View of {records} is “own”.").format(records=record.plural))
        elif scope == "group":
            said = _("View of {records} is “group”: {groups}.")
            told.append(said.format(records=record.plural, groups=", ".join(groups) or _("no group yet")))
    return told


def missing(id: str, by: str) -> list[str]:
    """What is not in somebody's window, because the roles do not let them: a sentence for each kind of thing."""
    rights.require(by, "administer")
    types = access.governed()
    lacks = {
        right: [record.plural for record in types
                if has_right(record, right) and access.reach_of(id, right, record) == "none"]
        for right in ("view", "edit", "delete", "export", "import")
    }  # fmt: skip
    gone = set(lacks["view"])
    rest = {right: [name for name in names if name not in gone] for right, names in lacks.items() if right != "view"}
    said = {"view": _("Tabs: {records}."), "edit": _("Changing: {records}."), "delete": _("Removing: {records}."),
            "export": _("Export: {records}."), "import": _("Import: {records}.")}  # fmt: skip
    told = {"view": lacks["view"], **rest}
    lines = [said[right].format(records=", ".join(names)) for right, names in told.items() if names]
    if kept := fields_said({record: hidden.of(id, record) for record in fields_offered(by)}):
        lines.append(_("Fields: {fields}.").format(fields=kept))
    return lines


def fields_said(kept: Mapping[type[Record], Collection[str]]) -> str:
    """Fields of some record types in one line: “Notes, Fax of leads; Website of accounts”."""
    said = []
    for record, names in kept.items():
        labels = [kind.label for name, kind in record.offered().items() if name in names]
        if labels:
            said.append(_("{fields} of {records}").format(fields=", ".join(labels), records=many(record)))
    return "; ".join(said)


def is_administrator(id: str, by: str) -> bool:
    """Whether nothing is refused to this operator."""
    rights.require(by, "see", Role)
    stands = access.standing(id)
    return stands is not None and stands.administrator


def _found(role: int) -> Role:
    held: Role | None = Role.find(role)
    if held is None:
        raise Mistake(_("That role is not there any more."))
    return held


def _operator(id: str) -> Operator:
    held: Operator | None = Operator.find(id)
    if held is None or held.group:
        raise Mistake(_("There is no operator {id}.").format(id=id))
    return held


def _free_name(name: str, role: int | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise Mistake(_("Give the role a name."), "name")
    if any(held.name.casefold() == name.casefold() and held.number != role for held in Role.select()):
        raise Mistake(_("There is a role “{name}” already.").format(name=name), "name")
    return name
