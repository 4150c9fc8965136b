"""Roles and what they let one do, groups, preferences, absences, passwords and the history of signing in."""

import peewee


def up(migrator, db):
    class Base(peewee.Model):
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)

        class Meta:
            database = db
            legacy_table_names = False

    class Operator(peewee.Model):
        id = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)
        group = peewee.BooleanField(column_name="IsGroup", default=False, constraints=[peewee.SQL("DEFAULT FALSE")])

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "Operators"

    def of_operator(column="OperatorID", **options):
        return peewee.ForeignKeyField(
            Operator, column_name=column, null=True, backref="+", on_delete="RESTRICT", **options
        )

    def flag(column):
        return peewee.BooleanField(column_name=column, constraints=[peewee.SQL("DEFAULT FALSE")], default=False)

    class Role(Base):
        number = peewee.AutoField(column_name="RoleID")
        name = peewee.TextField(column_name="RoleName", null=True)
        description = peewee.TextField(column_name="Description", null=True)

        class Meta:
            table_name = "CRMRoles"

    class RoleRight(Base):
        number = peewee.AutoField(column_name="RightNo")
        role = peewee.ForeignKeyField(Role, column_name="RoleID", null=True, backref="+", on_delete="RESTRICT")
        table = peewee.TextField(column_name="TableName", null=True)
        deed = peewee.TextField(column_name="Deed", null=True)
        scope = peewee.TextField(column_name="Scope", null=True)

        class Meta:
            table_name = "CRMRoleRights"
            indexes = ((("role", "table", "deed"), True),)

    class OperatorRole(Base):
        number = peewee.AutoField(column_name="OperatorRoleNo")
        operator = of_operator()
        role = peewee.ForeignKeyField(Role, column_name="RoleID", null=True, backref="+", on_delete="RESTRICT")
        since = peewee.DateField(column_name="SinceDt", null=True)

        class Meta:
            table_name = "CRMOperatorRoles"
            indexes = ((("operator", "role"), True),)

    class Group(Base):
        id = peewee.CharField(column_name="GroupID", max_length=10, primary_key=True)
        name = peewee.TextField(column_name="GroupName", null=True)
        description = peewee.TextField(column_name="Description", null=True)

        class Meta:
            table_name = "CRMGroups"

    class GroupMember(Base):
        number = peewee.AutoField(column_name="GroupMemberNo")
        group = peewee.ForeignKeyField(Group, column_name="GroupID", null=True, backref="+", on_delete="RESTRICT")
        operator = of_operator()
        since = peewee.DateField(column_name="SinceDt", null=True)

        class Meta:
            table_name = "CRMGroupMembers"
            indexes = ((("group", "operator"), True),)

    class HiddenField(Base):
        number = peewee.AutoField(column_name="HiddenFieldNo")
        role = peewee.ForeignKeyField(Role, column_name="RoleID", null=True, backref="+", on_delete="RESTRICT")
        table = peewee.TextField(column_name="TableName", null=True)
        field = peewee.TextField(column_name="FieldName", null=True)
        hidden = peewee.BooleanField(column_name="IsHidden", constraints=[peewee.SQL("DEFAULT TRUE")], default=True)

        class Meta:
            table_name = "CRMRoleFields"
            indexes = ((("role", "table", "field"), True),)

    class Preferences(Base):
        operator = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)
        title = peewee.TextField(column_name="Title", null=True)
        phone = peewee.TextField(column_name="Phone", null=True)
        email = peewee.TextField(column_name="Email", null=True)
        reports_to = of_operator("ReportsTo")
        signature = peewee.TextField(column_name="Signature", null=True)
        own_composer = flag("UsesInternalComposer")
        lead_days = peewee.IntegerField(column_name="LeadDays", null=True)
        default_view = peewee.IntegerField(column_name="LeadViewNo", null=True)
        home_blocks = peewee.TextField(column_name="HomeBlocks", null=True)

        class Meta:
            table_name = "CRMPreferences"

    class Absence(Base):
        number = peewee.AutoField(column_name="AbsenceNo")
        operator = of_operator()
        first = peewee.DateField(column_name="FromDt", null=True)
        last = peewee.DateField(column_name="UntilDt", null=True)
        note = peewee.TextField(column_name="Note", null=True)

        class Meta:
            table_name = "CRMAbsences"

    class Login(peewee.Model):
        number = peewee.AutoField(column_name="LoginNo")
        user = peewee.CharField(column_name="OperatorID", max_length=80, index=True)
        at = peewee.DateTimeField(column_name="LoginDt", index=True)
        what = peewee.CharField(column_name="What", max_length=20)
        station = peewee.CharField(column_name="Workstation", max_length=80)
        by = peewee.CharField(column_name="ByOperatorID", max_length=20)

        class Meta:
            database = db
            table_name = "CRMLogins"
            legacy_table_names = False

    class Password(peewee.Model):
        operator = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)
        held = peewee.TextField(column_name="PasswordHash")
        must_change = peewee.BooleanField(column_name="MustChange", default=False)
        changed = peewee.DateTimeField(column_name="ChangedDt")

        class Meta:
            database = db
            table_name = "CRMPasswords"
            legacy_table_names = False

    class Stay(peewee.Model):
        number = peewee.AutoField(column_name="StayNo")
        operator = peewee.CharField(column_name="OperatorID", max_length=10, index=True)
        held = peewee.CharField(column_name="TokenHash", max_length=64, unique=True)
        station = peewee.CharField(column_name="Workstation", max_length=80)
        until = peewee.DateTimeField(column_name="UntilDt")

        class Meta:
            database = db
            table_name = "CRMStays"
            legacy_table_names = False

    migrator.migrate(migrator.add_column("Operators", "IsGroup", Operator.group))
    db.create_tables([
        Role, RoleRight, OperatorRole, Group, GroupMember, HiddenField, Preferences, Absence, Login, Password, Stay,
    ])  # fmt: skip
