"""What was sent of an issued document is known by a column of its own, and papers kept before are carried over; why a
tax class takes nothing.
"""

import peewee

PAPERS = {0: ("The paper as it was issued", "Das Papier, wie es ausgestellt wurde")}
PAPERS |= {level: (f"Reminder {level}", f"Mahnung {level}") for level in (1, 2, 3)}


def up(migrator, db):
    level = peewee.IntegerField(column_name="PaperLevel", null=True)
    migrator.migrate(migrator.add_column("CRMDocuments", "PaperLevel", level))
    why = peewee.TextField(column_name="NoTax", null=True)
    migrator.migrate(migrator.add_column("CRMTaxClasses", "NoTax", why))
    asked = (
        'SELECT "DocumentNo", "RecordNo", "Note" FROM "CRMDocuments" WHERE "TableName" = \'CRMSalesDocuments\' AND '
        '"ContentType" = \'application/pdf\' AND "Note" IS NOT NULL '
        'ORDER BY "CreateDt", CASE WHEN "CurrentDocumentNo" IS NULL THEN 1 ELSE 0 END, "DocumentNo"'
    )
    done = set()
    mark = peewee.Table("CRMDocuments", ("DocumentNo", "PaperLevel")).bind(db)
    for number, of, note in db.execute_sql(asked).fetchall():
        for of_level, notes in PAPERS.items():
            if note in notes and (of, of_level) not in done:
                done.add((of, of_level))
                mark.update({mark.PaperLevel: of_level}).where(mark.DocumentNo == number).execute()
    db.execute_sql(
        'CREATE UNIQUE INDEX "CRMDocuments_paper" ON "CRMDocuments" ("TableName", "RecordNo", "PaperLevel") '
        'WHERE "PaperLevel" IS NOT NULL'
    )
