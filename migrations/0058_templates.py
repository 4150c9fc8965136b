"""Templates of mails, letters, labels and documents, and a shelf of ready ones in two languages (BX-26)."""

import peewee

MAIL, LETTER, LABEL = "mail", "letter", "label"
READY = (
    (MAIL, "First contact", "English", "{{ office.name }}: a question about {{ person.company or \"your plans\" }}",
     'Good day {{ person.name or "to you" }},\n\n'
     "I am writing to you from {{ office.name }}. I would like to know how you work today and whether we can make it "
     "easier for you.\n\n"
     "May I call you this week? Ten minutes are enough. A reply with a day and a time that suits you is all I need.\n\n"
     "Kind regards"),
    (MAIL, "After the call", "English", "Our call today",
     'Good day {{ person.name or "to you" }},\n\n'
     "thank you for the time you took on the telephone. As agreed:\n\n"
     "- what we talked about\n- what I send you\n- when we talk again\n\n"
     "If something comes up before that, you reach me at {{ operator.phone or \"this address\" }}.\n\n"
     "Kind regards"),
    (MAIL, "About our offer", "English", 'Our offer {{ opportunity.name or "" }}',
     'Good day {{ person.name or "to you" }},\n\n'
     "some days ago you received our offer. Did it answer your questions, or is something still missing?\n\n"
     "Tell me what would have to be different, and I will look at it at once.\n\n"
     "Kind regards"),
    (MAIL, "Birthday", "English", "All the best for your birthday",
     'Dear {{ person.first_name or "friend" }},\n\n'
     "all of us at {{ office.name }} wish you a **very happy birthday** and a good year.\n\n"
     "Kind regards"),
    (LETTER, "Letter", "English", "",
     "{{ office.name }}\n{{ office.address }}\n\n\n{{ address }}\n\n\n{{ today }}\n\n\n"
     'Dear {{ person.name or "Sir or Madam" }},\n\n\n\n'
     "Yours sincerely\n\n\n{{ operator.name }}\n{{ operator.title or \"\" }}"),
    (LABEL, "Address label", "English", "", "{{ address }}"),
    (MAIL, "Erster Kontakt", "Deutsch", "{{ office.name }}: eine Frage an {{ person.company or \"Sie\" }}",
     'Guten Tag {{ person.name or "zusammen" }},\n\n'
     "ich schreibe Ihnen von {{ office.name }}. Ich möchte gern wissen, wie Sie heute arbeiten und ob wir es Ihnen "
     "leichter machen können.\n\n"
     "Darf ich Sie diese Woche anrufen? Zehn Minuten genügen. Eine Antwort mit Tag und Uhrzeit, die Ihnen passen, "
     "reicht mir.\n\n"
     "Mit freundlichen Grüßen"),
    (MAIL, "Nach dem Gespräch", "Deutsch", "Unser Gespräch heute",
     'Guten Tag {{ person.name or "zusammen" }},\n\n'
     "vielen Dank, dass Sie sich am Telefon Zeit genommen haben. Wie besprochen:\n\n"
     "- worüber wir gesprochen haben\n- was ich Ihnen schicke\n- wann wir wieder sprechen\n\n"
     "Falls vorher etwas ist, erreichen Sie mich unter {{ operator.phone or \"dieser Adresse\" }}.\n\n"
     "Mit freundlichen Grüßen"),
    (MAIL, "Zu unserem Angebot", "Deutsch", 'Unser Angebot {{ opportunity.name or "" }}',
     'Guten Tag {{ person.name or "zusammen" }},\n\n'
     "vor einigen Tagen haben Sie unser Angebot erhalten. Hat es Ihre Fragen beantwortet, oder fehlt noch etwas?\n\n"
     "Sagen Sie mir, was anders sein müsste, dann sehe ich es mir gleich an.\n\n"
     "Mit freundlichen Grüßen"),
    (MAIL, "Geburtstag", "Deutsch", "Alles Gute zum Geburtstag",
     'Guten Tag {{ person.name or "zusammen" }},\n\n'
     "wir alle von {{ office.name }} wünschen Ihnen **alles Gute zum Geburtstag** und ein gutes neues Jahr.\n\n"
     "Mit freundlichen Grüßen"),
    (LETTER, "Brief", "Deutsch", "",
     "{{ office.name }}\n{{ office.address }}\n\n\n{{ address }}\n\n\n{{ today }}\n\n\n"
     'Guten Tag {{ person.name or "zusammen" }},\n\n\n\n'
     "Mit freundlichen Grüßen\n\n\n{{ operator.name }}\n{{ operator.title or \"\" }}"),
    (LABEL, "Adressetikett", "Deutsch", "", "{{ address }}"),
)  # fmt: skip


def up(migrator, db):
    class Operator(peewee.Model):
        id = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "Operators"

    class Template(peewee.Model):
        number = peewee.AutoField(column_name="TemplateNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        name = peewee.TextField(column_name="TemplateName", null=True)
        what = peewee.TextField(column_name="TemplateKind", null=True)
        language = peewee.TextField(column_name="Language", null=True)
        subject = peewee.TextField(column_name="Subject", null=True)
        body = peewee.TextField(column_name="Body", null=True)
        sheet = peewee.TextField(column_name="SheetName", null=True)
        shared = peewee.BooleanField(column_name="IsShared", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        operator = peewee.ForeignKeyField(
            Operator, column_name="OwnerOperatorID", null=True, backref="+", on_delete="RESTRICT"
        )
        edited = peewee.DateTimeField(column_name="LastUpdateDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMTemplates"

    db.create_tables([Template])
    for what, name, language, subject, body in READY:
        Template.insert(what=what, name=name, language=language, subject=subject, body=body, shared=True).execute()
