"""Notes on records of every type, who follows a record, who is named in a note; when a task was closed."""

import peewee


def up(migrator, db):
    class Base(peewee.Model):
        class Meta:
            database = db
            legacy_table_names = False

    def link(table, column, key, field=peewee.AutoField):
        target = type(
            table,
            (Base,),
            {
                "key": field(column_name=key, primary_key=True),
                "Meta": type("Meta", (), {"table_name": table}),
            },
        )
        return peewee.ForeignKeyField(
            target, field=target.key, column_name=column, null=True, backref="+", on_delete="RESTRICT"
        )

    def person():
        return link(
            "Operators", "OperatorID", "OperatorID", lambda **options: peewee.CharField(max_length=10, **options)
        )

    def counted():
        return peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)

    class Note(Base):
        version = counted()
        number = peewee.AutoField(column_name="NoteNo")
        table = peewee.TextField(column_name="TableName", null=True)
        of = peewee.TextField(column_name="RecordNo", null=True)
        text = peewee.TextField(column_name="Note", null=True)
        author = person()
        created = peewee.DateTimeField(column_name="CreateDt", null=True)
        edited = peewee.DateTimeField(column_name="LastUpdateDt", null=True)
        pinned = peewee.BooleanField(column_name="IsPinned", default=False, constraints=[peewee.SQL("DEFAULT FALSE")])

        class Meta:
            table_name = "CRMNotes"
            indexes = ((("table", "of", "created"), False),)

    class Follower(Base):
        version = counted()
        number = peewee.AutoField(column_name="FollowerNo")
        table = peewee.TextField(column_name="TableName", null=True)
        of = peewee.TextField(column_name="RecordNo", null=True)
        operator = person()

        class Meta:
            table_name = "CRMFollowers"
            indexes = ((("table", "of"), False), (("operator", "table", "of"), False))

    class Mention(Base):
        version = counted()
        number = peewee.AutoField(column_name="MentionNo")
        note = peewee.IntegerField(column_name="NoteNo", null=True, index=True)
        operator = person()

        class Meta:
            table_name = "CRMMentions"

    class MentionRead(Base):
        mention = peewee.IntegerField(column_name="MentionNo", primary_key=True)
        told = peewee.DateTimeField(column_name="ToldDt")

        class Meta:
            table_name = "CRMMentionsRead"

    db.create_tables([Note, Follower, Mention, MentionRead])
    migrator.migrate(migrator.add_column("CustServ", "ClosedDt", peewee.DateTimeField(null=True)))
