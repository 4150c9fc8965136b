"""The one place that answers "may this operator see and do that?".

While Security is off every active operator may work on every record a link leads to; lists show the own ones (CH-6).
While it is on, roles say how far each operator goes with each record type, and administrators may do everything.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from channergy_crm.errors import Refused, Surroundings
from channergy_crm.language import N_, _, many
from channergy_crm.records import BY_TABLE
from channergy_crm.records.deal_people import taking_part
from channergy_crm.records.following import followed
from channergy_crm.records.operators import Operator
from channergy_crm.records.people import Account
from channergy_crm.settings import SECURITY
from channergy_crm.store import database
from channergy_crm.work import asked, key_field
from channergy_crm.work.about import ADMINISTRATORS
from channergy_crm.work.record import Record, assigning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from peewee import ColumnBase

    from channergy_crm.work.stored import Stored

Deed = Literal["see", "create", "edit", "remove", "undo", "search", "count", "link", "choose", "convert", "dial",
               "import", "export", "administer"]  # fmt: skip
Right = Literal["use", "view", "edit", "delete", "export", "import"]
Scope = Literal["none", "own", "group", "all"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""how far a right goes, the least first"""
JOBS = {
    "administrator": N_("Administrator"),
    "view_all": N_("View all operators"),
    "crm": N_("CRM"),
    "erase": N_("Erase personal data"),
    "call_anyway": N_("Call despite a rule"),
    "issue": N_("Issue documents"),
}
"""what somebody does beside records: the job functions of a role (VS-11, VS-17)"""

_RIGHT: dict[str, Right] = {
    **dict.fromkeys(("see", "search", "count", "link", "choose"), "view"),
    **dict.fromkeys(("create", "edit", "convert"), "edit"),
    "remove": "delete", "export": "export", "import": "import",
}  # fmt: skip
_NONE = {
    "view": N_("Your role does not show you {records}."),
    "edit": N_("Your role does not let you change {records}."),
    "delete": N_("Your role does not let you remove {records}."),
    "export": N_("Your role does not let you export {records}."),
    "import": N_("Your role does not let you import {records}."),
}
_ONLY = {
    ("view", "own"): N_("{name} belongs to {owner}; your role shows you only your own {records}."),
    ("view", "group"): N_("{name} belongs to {owner}; your role shows you only the {records} of your group."),
    ("edit", "own"): N_("{name} belongs to {owner}; your role lets you change only your own {records}."),
    ("edit", "group"): N_("{name} belongs to {owner}; your role lets you change only the {records} of your group."),
    ("delete", "own"): N_("{name} belongs to {owner}; your role lets you remove only your own {records}."),
    ("delete", "group"): N_("{name} belongs to {owner}; your role lets you remove only the {records} of your group."),
}


class Standing(NamedTuple):
    """How an operator stands in this office."""

    name: str
    active: bool
    administrator: bool
    secured: bool
    """Security is on: what is not allowed is refused"""
    group: bool

    @property
    def free(self) -> bool:
        """Whether nothing is refused."""
        return self.administrator or not self.secured


def operators(*, retired: bool = False) -> list[Operator]:
    """The operators of the office by ID; the retired ones only when asked for. Groups work nowhere."""
    query = Operator.select().where(~Operator.group).order_by(Operator.id)
    return list(query if retired else query.where(Operator.active))


def owners() -> list[Operator]:
    """Who may own records: the operators at work, and the groups of the office (K15)."""
    return [*operators(), *Operator.select().where(Operator.group & Operator.active).order_by(Operator.id)]


def standing(operator: str) -> Standing | None:
    """How an operator stands in this office; None for one there is not."""
    asked_of = database.proxy.obj  # every service asks this first: no query is put together for it
    mark = asked_of.param
    found = asked_of.execute_sql(
        'SELECT "Name", "IsActive", "IsAdministrator", "IsGroup", '  # noqa: S608
        f'(SELECT "Value" FROM "CRMSettings" WHERE "Name" = {mark}), '
        'EXISTS (SELECT 1 FROM "CRMOperatorRoles" o JOIN "CRMRoleRights" r ON r."RoleID" = o."RoleID" '
        f'WHERE o."OperatorID" = {mark} AND r."TableName" = \'\' AND r."Deed" = \'administrator\') '
        f'FROM "Operators" WHERE "OperatorID" = {mark}',
        (SECURITY.name, operator, operator),
    ).fetchone()  # sql: the engine's own sign for a value
    if found is None:
        return None
    name, active, administrator, group, security, by_role = found
    return Standing(name, bool(active), bool(administrator or by_role), security == "on", bool(group))


def is_secured() -> bool:
    """Whether Security is on in this office."""
    asked_of = database.proxy.obj
    found = asked_of.execute_sql(
        f'SELECT "Value" FROM "CRMSettings" WHERE "Name" = {asked_of.param}',  # noqa: S608
        (SECURITY.name,),
    ).fetchone()  # sql: the engine's own sign for a value
    return found is not None and found[0] == "on"


def may(operator: str, deed: Deed, subject: Record | type[Record] | None = None) -> str | None:
    """None when this operator may do that, or the sentence why not."""
    stands = standing(operator)
    if stands is None or stands.group:
        return _("There is no operator {operator} in this office. Choose one in the header.").format(
            operator=operator or _("(none)")
        )
    if not stands.active:
        caption = f"{stands.name} ({operator})"
        return _("{name} is retired. Choose another operator in the header.").format(name=caption)
    return None if stands.free else _refusal(operator, deed, subject)


def require(operator: str, deed: Deed, subject: Record | type[Record] | None = None) -> None:
    """Raise `Refused` with the sentence when this operator may not do that."""
    if reason := may(operator, deed, subject):
        raise Refused(reason)


def _refusal(operator: str, deed: Deed, subject: Record | type[Record] | None) -> str | None:
    """Why an operator, whom roles rule, may not do that."""
    right = _RIGHT.get(deed)
    record = subject if subject is None or isinstance(subject, type) else type(subject)
    table = governing(record) if record is not None and right is not None else ""
    if deed == "administer" or (table == ADMINISTRATORS and right != "view"):
        return only_administrators()
    if record is None or right is None or table in ("", ADMINISTRATORS):
        return None
    scope = reach(operator, right, table)
    if scope == "none":
        return _(_NONE[right]).format(records=many(BY_TABLE.get(table, record)))
    if subject is None or isinstance(subject, type) or subject.is_new or right in ("export", "import"):
        return None
    return outside(operator, right, record, [subject.key])


def only_administrators() -> str:
    """The sentence for what only an administrator may do, with their names."""
    return _("Only an administrator may do that: {known}.").format(known=administrators())


def administrators() -> str:
    """Who is one, for a sentence."""
    return ", ".join(each.id for each in operators() if (stands := standing(each.id)) and stands.administrator)


def governing(record: type[Record]) -> str:
    """The table whose rights hold for a record type, ADMINISTRATORS, or "" where nobody is kept from it."""
    about = record.about
    return about.rights or (record._meta.table_name if about.title else "")


def governed() -> list[type[Record]]:
    """The record types the roles speak of, in the order in which people read them."""
    found = [record for record in BY_TABLE.values() if governing(record) == record._meta.table_name]
    return sorted(found, key=lambda record: record.about.rank)


# ---------------------------------------------------------------- how far somebody goes


def reach(operator: str, right: Right, table: str) -> Scope:
    """How far the roles of an operator go in one thing, with the records of one table; the farthest counts."""
    return reaches(operator, table).get(right, "none")


def reaches(operator: str, table: str) -> Mapping[Right, Scope]:
    """The same for every right at once. A role whose user does not use these records adds nothing (VT-66)."""
    asked_of = database.proxy.obj
    rows = asked_of.execute_sql(
        'SELECT r."RoleID", r."Deed", r."Scope" FROM "CRMOperatorRoles" o '  # noqa: S608
        'JOIN "CRMRoleRights" r ON r."RoleID" = o."RoleID" '
        f'WHERE o."OperatorID" = {asked_of.param} AND r."TableName" = {asked_of.param}',
        (operator, table),
    ).fetchall()  # sql: the engine's own sign for a value
    using = {role for role, deed, scope in rows if deed == "use" and scope != "none"}
    held: dict[Right, Scope] = {}
    for role, deed, scope in rows:
        if role in using and scope in SCOPES and SCOPES.index(scope) > SCOPES.index(held.get(deed, "none")):
            held[deed] = scope
    return held


def has_job(operator: str, job: str) -> bool:
    """Whether one of the roles of an operator has this job function; administrators have every one (VS-17)."""
    from channergy_crm.records.roles import OperatorRole, RoleRight

    stands = standing(operator)
    if stands is None or not stands.active:
        return False
    fits = (RoleRight.table == "") & (RoleRight.deed == job) & (RoleRight.scope != "none")
    roles = OperatorRole.select(OperatorRole.role).where(OperatorRole.operator == operator)
    return stands.free or RoleRight.select().where(fits & RoleRight.role.in_(roles)).exists()


def groups_of(operator: str) -> list[str]:
    """The groups an operator works in."""
    from channergy_crm.records.roles import GroupMember

    query = GroupMember.select(GroupMember.group).where(GroupMember.operator == operator).order_by(GroupMember.group)
    return list(query.scalars())


def colleagues(operator: str) -> list[str]:
    """Everybody who works in one of an operator's groups, the operator and the groups themselves included."""
    from channergy_crm.records.roles import GroupMember

    groups = groups_of(operator)
    members = GroupMember.select(GroupMember.operator).where(GroupMember.group.in_(groups)) if groups else None
    return sorted({operator, *groups, *(members.scalars() if members is not None else ())})


def within(record: type[Record], operator: str, scope: Scope) -> ColumnBase | None:
    """The condition for the rows of `record` up to which a right goes; None for every row."""
    if scope == "all":
        return None
    if scope == "none":
        nothing: ColumnBase = key_field(record).is_null()
        return nothing
    whose = colleagues(operator) if scope == "group" else [operator, *groups_of(operator)]
    return record.owned_by(*whose)


def seen(record: type[Record], operator: str) -> ColumnBase | None:
    """The condition for the rows of `record` this operator may see at all; None for every row."""
    stands = standing(operator)
    return None if stands is None or stands.free else reached(record, operator, "view")


def reach_of(operator: str, right: Right, record: type[Record]) -> Scope:
    """How far a right goes with a record type, whether Security is on or not; administrators go everywhere."""
    stands, table = standing(operator), governing(record)
    if stands is None or not stands.active:
        return "none"
    return "all" if stands.administrator or table in ("", ADMINISTRATORS) else reach(operator, right, table)


def reached(record: type[Record], operator: str, right: Right) -> ColumnBase | None:
    """The condition for the rows of `record` up to which a right of this operator goes; None for every row."""
    return _within(record, operator, right, reach_of(operator, right, record))


def _within(record: type[Record], operator: str, right: Right, scope: Scope) -> ColumnBase | None:
    """The same up to a scope. Somebody whose role shows them such records sees those they follow as well (BX-48), and
    the deals they take part in (SI-30).
    """
    held = within(record, operator, scope)
    if held is not None and right == "view" and scope in ("own", "group"):
        for more in (followed(record, operator), taking_part(record, operator)):
            held = held if more is None else held | more
    return held


def visible(record: type[Record], operator: str) -> ColumnBase:
    """The condition for the rows of `record` in this operator's lists (CH-6, CH-138).

    What belongs to a group stands in the lists of its members (K15). A group that owns nothing is not asked for, so
    that an index goes on giving the order of a list.
    """
    mine: ColumnBase = record.owned_by(*lists_of(operator, record))
    return mine


def lists_of(operator: str, record: type[Record]) -> list[str]:
    """Whose rows of `record` stand in this operator's lists: their own, and those of their groups that own any."""
    owning: list[str] = []
    with suppress(Surroundings):  # said when the list is read
        owning = [group for group in groups_of(operator) if record.select().where(record.owned_by(group)).exists()]
    return [operator, *owning]


def outside(operator: str, right: Right, record: type[Record], keys: Sequence[object]) -> str | None:
    """None when all of these records are within the reach of a right, else the sentence about the first that is not."""
    scope = reach(operator, right, governing(record))
    beyond = next(iter(_beyond(operator, right, scope, record, keys)), None)
    if beyond is None:
        return None
    held = record.find(beyond)
    name = held.caption() if held is not None else str(beyond)
    if scope == "none":
        return _(_NONE[right]).format(records=many(record))
    return _(_ONLY[right, scope]).format(name=name, owner=owner_of(held) or _("nobody"), records=many(record))


def beyond(operator: str, right: Right, record: type[Record], keys: Sequence[object]) -> set[object]:
    """Those of these records that are not within the reach of a right of this operator."""
    stands, table = standing(operator), governing(record)
    if stands is None or stands.free or table in ("", ADMINISTRATORS):
        return set()
    return set(_beyond(operator, right, reach(operator, right, table), record, keys))


def _beyond(
    operator: str, right: Right, scope: Scope, record: type[Record], keys: Sequence[object]
) -> Iterable[object]:
    held = _within(record, operator, right, scope)
    if held is None:
        return
    key = key_field(record)
    for start in range(0, len(keys), TOGETHER):
        part = list(keys[start : start + TOGETHER])
        there = set(record.select(key).where(key.in_(part)).scalars())
        reached = set(record.select(key).where(key.in_(part) & held).scalars()) if there else there
        yield from (each for each in part if each in there - reached)


TOGETHER = 500


def owner_of(held: Record | None) -> str:
    """Whose a record is; "" where it is nobody's."""
    kind = assigning(type(held)) if held is not None else None
    if held is None or kind is None:
        return ""
    owner = held.__data__.get(kind.name)
    if not owner and not kind.owning:  # its account's (K21)
        owner = Account.select(Account.owner).where(Account.customer == held.__data__.get("customer")).scalar()
    found = Operator.find(owner)
    return found.caption() if found is not None else ""


def taking_back(operator: str, whose: str, tables: Iterable[str]) -> str | None:
    """None when this operator may take back what somebody did to these tables, or the sentence why not.

    Everybody takes back the own steps, as long as they may change such records at all; nobody else's work is lost by
    it, for what was built on stays. An administrator takes back what anybody did.
    """
    stands = standing(operator)
    if stands is None or stands.free:
        return None
    if whose != operator:
        return _("{operator} did that; only they themselves or an administrator take it back.").format(operator=whose)
    for record in (BY_TABLE[table] for table in tables if table in BY_TABLE):
        if reason := _refusal(operator, "edit", record):
            return reason
    return None


# ---------------------------------------------------------------- asked by every unit of work

_OF_VERB: dict[str, Right] = {"insert": "edit", "update": "edit", "delete": "delete"}


def _ask(by: str, cls: type[Stored], verb: str, keys: Sequence[object]) -> None:
    """Refuse what an operator may not write, whichever way it came: screen, command line, import, many at once."""
    stands = standing(by)
    if stands is None or stands.free or not issubclass(cls, Record):  # None: a part of the program
        return
    table, right = governing(cls), _OF_VERB[verb]
    if table == ADMINISTRATORS:
        raise Refused(only_administrators())
    if not table:
        return
    if reach(by, right, table) == "none":
        raise Refused(_(_NONE[right]).format(records=many(BY_TABLE.get(table, cls))))
    if (verb == "insert" and cls.owner_kind() is not None) or (verb != "update" and cls.about.rights):
        return  # what is made may be made for somebody else; a customer comes before its account, and goes after it
    if reason := outside(by, right, cls, keys):
        raise Refused(reason)


asked.ask = _ask
