"""Who may do what: roles, what each of them lets one do with which records, who has them, and who works in a group."""

from __future__ import annotations

import peewee

from channergy_crm.fields import Date, Flag, Kind, Link, LongText, RecordNumber, Text
from channergy_crm.language import _, quoted
from channergy_crm.records.operators import Operator
from channergy_crm.work.about import ADMINISTRATORS, About
from channergy_crm.work.record import Record


class Role(Record):
    """What somebody is in this office, such as “Team leader” (VT-48, VS-17)."""

    number = RecordNumber("Role #", column_name="RoleID")
    name = Text("Name", column_name="RoleName", required=True, limit=60)
    description = Text("Description", column_name="Description", width=40)

    singular = "Role"
    plural = "Roles"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMRoles"

    def caption(self) -> str:
        return quoted(self.name)


class RoleRight(Record):
    """How far one role goes in one thing: which records it sees, changes or deletes, or a job beside them (VT-66…70).

    `table` is empty for a job function, which `deed` names.
    """

    number = RecordNumber("Right #", column_name="RightNo")
    role = Link(Role, "Role #", column_name="RoleID", required=True, index=True)
    table = Text("Table", column_name="TableName")
    deed = Text("Deed", column_name="Deed", required=True)
    scope = Text("Scope", column_name="Scope", required=True)

    singular = "Right"
    plural = "Rights"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMRoleRights"
        indexes = ((("role", "table", "deed"), True),)


class OperatorRole(Record):
    """That an operator has a role."""

    number = RecordNumber("Number", column_name="OperatorRoleNo")
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True)
    role = Link(Role, "Role #", column_name="RoleID", required=True, index=True)
    since = Date("Since", column_name="SinceDt")

    singular = "Role of an operator"
    plural = "Roles of operators"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMOperatorRoles"
        indexes = ((("operator", "role"), True),)


class GroupCode(Kind[str], peewee.CharField[str]):
    """The short name under which a group owns records, such as NORTH."""

    def check(self, value: str | None) -> str | None:
        return None if value and value.strip() else _("A group needs a short ID such as NORTH.")


class Group(Record):
    """People who work together, such as a branch; it can own records like an operator (K15).

    What a record points at is the operator row of the same ID, which is marked as a group.
    """

    id = GroupCode("Group ID", column_name="GroupID", max_length=10, primary_key=True, required=True, width=10)
    name = Text("Name", column_name="GroupName", required=True, limit=80)
    description = LongText("Description", column_name="Description")

    singular = "Group"
    plural = "Groups"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMGroups"

    def caption(self) -> str:
        return f"{self.name} ({self.id})"


class GroupMember(Record):
    """That an operator works in a group (VT-57)."""

    number = RecordNumber("Number", column_name="GroupMemberNo")
    group = Link(Group, "Group ID", column_name="GroupID", required=True)
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True, index=True)
    since = Date("Since", column_name="SinceDt")

    singular = "Member of a group"
    plural = "Members of groups"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMGroupMembers"
        indexes = ((("group", "operator"), True),)


class HiddenField(Record):
    """A field that is not shown to those who have only this role (VT-96)."""

    number = RecordNumber("Number", column_name="HiddenFieldNo")
    role = Link(Role, "Role #", column_name="RoleID", required=True)
    table = Text("Table", column_name="TableName", required=True, limit=60)
    field = Text("Field", column_name="FieldName", required=True, limit=60)
    hidden = Flag("Hidden", column_name="IsHidden", default=True, constraints=[peewee.SQL("DEFAULT TRUE")])

    singular = "Hidden field"
    plural = "Hidden fields"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMRoleFields"
        indexes = ((("role", "table", "field"), True),)
