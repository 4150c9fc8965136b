"""Projects, processes with their stages, and what a deal keeps of its way through them (SI-1…SI-10, K16, K22)."""

import peewee

STAGES = [  # stage, meaning, probability, colour, days until it counts as rotten
    ("Prospect", "open", 20, "grey", 30),
    ("Offer", "open", 50, "blue", 30),
    ("Order", "won", 100, "green", None),
    ("Lost", "lost", 0, "red", None),
]


def up(migrator, db):
    class Process(peewee.Model):
        number = peewee.AutoField(column_name="ProcessNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        name = peewee.TextField(column_name="Name", null=True)
        standard = peewee.BooleanField(
            column_name="IsStandard", constraints=[peewee.SQL("DEFAULT FALSE")], default=False
        )
        fixed_subjects = peewee.BooleanField(
            column_name="IsSubjectFixed", constraints=[peewee.SQL("DEFAULT FALSE")], default=False
        )
        fixed_weights = peewee.BooleanField(
            column_name="IsWeightFixed", constraints=[peewee.SQL("DEFAULT FALSE")], default=False
        )

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMProcesses"

    class Project(peewee.Model):
        number = peewee.AutoField(column_name="ProjectNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        name = peewee.TextField(column_name="Name", null=True)
        description = peewee.TextField(column_name="Description", null=True)
        active = peewee.BooleanField(column_name="IsActive", constraints=[peewee.SQL("DEFAULT TRUE")], default=True)
        uses_crm = peewee.BooleanField(column_name="IsCRM", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        uses_sms = peewee.BooleanField(column_name="IsSMS", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        process = peewee.IntegerField(
            column_name="ProcessNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMProcesses" ("ProcessNo") ON DELETE RESTRICT')],
        )

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMProjects"

    class ProcessStage(peewee.Model):
        number = peewee.AutoField(column_name="ProcessStageNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        process = peewee.IntegerField(
            column_name="ProcessNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMProcesses" ("ProcessNo") ON DELETE RESTRICT')],
        )
        stage = peewee.TextField(column_name="Stage", null=True)
        meaning = peewee.TextField(column_name="Meaning", null=True)
        probability = peewee.IntegerField(column_name="Probability", null=True)
        colour = peewee.TextField(column_name="Colour", null=True)
        rotten_after = peewee.IntegerField(column_name="RottenDays", null=True)
        sort = peewee.IntegerField(column_name="SortNo", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMProcessStages"
            indexes = ((("process", "stage"), True),)

    class ProjectMember(peewee.Model):
        number = peewee.AutoField(column_name="ProjectMemberNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        project = peewee.IntegerField(
            column_name="ProjectNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMProjects" ("ProjectNo") ON DELETE RESTRICT')],
        )
        operator = peewee.CharField(
            column_name="OperatorID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )
        since = peewee.DateField(column_name="SinceDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMProjectMembers"
            indexes = ((("project", "operator"), True),)

    db.create_tables([Process, Project, ProcessStage, ProjectMember])
    of_project = peewee.IntegerField(
        column_name="ProjectNo",
        null=True,
        index=True,
        constraints=[peewee.SQL('REFERENCES "CRMProjects" ("ProjectNo") ON DELETE RESTRICT')],
    )
    for table in ("CRMAccounts", "CRMLeads", "CRMOpportunities"):
        migrator.migrate(migrator.add_column(table, "ProjectNo", of_project))
        db.execute_sql(f'CREATE INDEX IF NOT EXISTS "{table}_ProjectNo" ON "{table}" ("ProjectNo")')  # sql: names above
    migrator.migrate(
        migrator.add_column("CRMOpportunities", "ActualAmount", peewee.BigIntegerField(null=True)),
        migrator.add_column("CRMOpportunities", "StageDt", peewee.DateField(null=True)),
        migrator.add_column("CRMOpportunities", "StagePath", peewee.TextField(null=True)),
    )
    standard = Process.insert(name="Standard", standard=True).execute()
    for place, (stage, meaning, probability, colour, rotten) in enumerate(STAGES):
        ProcessStage.insert(
            process=standard,
            stage=stage,
            meaning=meaning,
            probability=probability,
            colour=colour,
            rotten_after=rotten,
            sort=place,
        ).execute()
    _offer(db, [stage for stage, *_rest in STAGES])
    db.execute_sql(
        """UPDATE "CRMOpportunities" SET "StageDt" = COALESCE("CreateDt", CURRENT_DATE),
        "StagePath" = REPLACE("Stage", '|', '/') || '@' || CAST(COALESCE("CreateDt", CURRENT_DATE) AS TEXT)
        WHERE "Stage" <> ''"""
    )


def _offer(db, values):
    """Behind those that are there already."""

    class Lookup(peewee.Model):
        number = peewee.AutoField(column_name="LookupNo")
        table = peewee.TextField(column_name="TableName")
        field = peewee.TextField(column_name="FieldName")
        value = peewee.TextField(column_name="LookupValue")
        description = peewee.TextField(column_name="LookupDescription")
        sort = peewee.IntegerField(column_name="SortNo", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CustomLookup"

    here = (Lookup.table == "CRMOpportunities") & (Lookup.field == "Stage")
    there = {row.value for row in Lookup.select().where(here)}
    last = Lookup.select(peewee.fn.MAX(Lookup.sort)).where(here).scalar()
    for place, value in enumerate([value for value in values if value not in there], 0 if last is None else last + 1):
        sort = None if last is None else place
        Lookup.insert(table="CRMOpportunities", field="Stage", value=value, description=value, sort=sort).execute()
