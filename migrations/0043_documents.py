"""Documents on records of every type, and the parts in which the store keeps what is in them."""

import peewee


def up(migrator, db):
    class Operator(peewee.Model):
        id = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "Operators"

    class Document(peewee.Model):
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        number = peewee.AutoField(column_name="DocumentNo")
        table = peewee.TextField(column_name="TableName", null=True)
        of = peewee.TextField(column_name="RecordNo", null=True)
        name = peewee.TextField(column_name="DocumentName", null=True)
        type = peewee.TextField(column_name="ContentType", null=True)
        size = peewee.IntegerField(column_name="Size", null=True)
        hash = peewee.TextField(column_name="ContentHash", null=True)
        author = peewee.ForeignKeyField(
            Operator, column_name="OperatorID", null=True, backref="+", on_delete="RESTRICT"
        )
        created = peewee.DateTimeField(column_name="CreateDt", null=True)
        note = peewee.TextField(column_name="Note", null=True)
        current = peewee.IntegerField(column_name="CurrentDocumentNo", null=True, index=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMDocuments"
            indexes = ((("table", "of", "created"), False), (("hash",), False))

    class DocumentPart(peewee.Model):
        hash = peewee.CharField(column_name="ContentHash", max_length=64)
        number = peewee.IntegerField(column_name="PartNo")
        written = peewee.DateTimeField(column_name="CreateDt")
        data = peewee.BlobField(column_name="Data")

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMDocumentParts"
            primary_key = peewee.CompositeKey("hash", "number")

    db.create_tables([Document, DocumentPart])
    if isinstance(db, peewee.PostgresqlDatabase):  # most files are packed already: no server packs them once more
        db.execute_sql('ALTER TABLE "CRMDocumentParts" ALTER COLUMN "Data" SET STORAGE EXTERNAL')
