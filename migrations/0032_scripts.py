"""Scripts, answers to objections, snippets of text; notices to the others and to whom they were shown."""

import peewee

SCRIPT = (
    "First call",
    "Good day, this is {{ operator.name }} from {{ office.name }}. Do I speak with "
    '{{ lead.first_name or "the person in charge" }} {{ lead.last_name or "" }}?',
    'You are {{ lead.title or "in charge" }} at {{ lead.company }}, and we noted: {{ lead.description }}. '
    "I have three questions and need about four minutes. Is now all right?",
    "What works well today, and what costs you time?\nWho decides with you?\nWhen would it have to be in place?",
    "May I send you a summary to {{ lead.email }}? Then we talk again on "
    '{{ call.next_try or "the day that suits you" }}.',
)
OBJECTIONS = (
    ("Too expensive",
     "Compared with what? Let us put the hours it saves you each month beside the price; then you see whether it pays."),
    ("No time just now",
     "That is why I keep it short. Which is better for you, tomorrow before ten or Thursday after four?"),
    ("We have a system already",
     "Good, then you know what you need. What is the one thing it should do and does not?"),
    ("Send me something",
     "Gladly. Two questions, so that it is the right page and not a catalogue: for how many people, and from when?"),
    ("I do not decide that",
     "Who does? May I say that we have spoken, and what would you tell them about it yourself?"),
    ("It went badly once before",
     "I am sorry to hear that. What exactly went wrong? Then I tell you honestly whether it could happen with us."),
)  # fmt: skip


def up(migrator, db):
    class Base(peewee.Model):
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)

        class Meta:
            database = db
            legacy_table_names = False

    class Operator(peewee.Model):
        id = peewee.CharField(column_name="OperatorID", max_length=10, primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "Operators"

    class Script(Base):
        number = peewee.AutoField(column_name="ScriptNo")
        name = peewee.TextField(column_name="ScriptName", null=True)
        language = peewee.TextField(column_name="Language", null=True)
        view = peewee.IntegerField(column_name="ViewNo", null=True)
        opening = peewee.TextField(column_name="OpenText", null=True)
        why = peewee.TextField(column_name="WhyText", null=True)
        ask = peewee.TextField(column_name="AskText", null=True)
        closing = peewee.TextField(column_name="CloseText", null=True)
        sort = peewee.IntegerField(column_name="SortNo", null=True)
        shared = peewee.BooleanField(column_name="IsShared", constraints=[peewee.SQL("DEFAULT FALSE")], default=True)

        class Meta:
            table_name = "CRMScripts"

    class Objection(Base):
        number = peewee.AutoField(column_name="ObjectionNo")
        title = peewee.TextField(column_name="Title", null=True)
        answer = peewee.TextField(column_name="Answer", null=True)
        sort = peewee.IntegerField(column_name="SortNo", null=True)

        class Meta:
            table_name = "CRMObjections"

    class Snippet(Base):
        number = peewee.AutoField(column_name="SnippetNo")
        word = peewee.TextField(column_name="SnippetKey", null=True)
        text = peewee.TextField(column_name="SnippetText", null=True)
        operator = peewee.ForeignKeyField(
            Operator, column_name="OperatorID", null=True, backref="+", on_delete="RESTRICT"
        )

        class Meta:
            table_name = "CRMSnippets"

    class TeamNotice(Base):
        number = peewee.AutoField(column_name="NoticeNo")
        what = peewee.TextField(column_name="NoticeKind", null=True)
        text = peewee.TextField(column_name="NoticeText", null=True)
        sender = peewee.TextField(column_name="FromOperatorID", null=True)
        to = peewee.TextField(column_name="ToOperatorID", null=True)
        made = peewee.DateTimeField(column_name="MadeDt", null=True)
        until = peewee.DateTimeField(column_name="UntilDt", null=True)
        table = peewee.TextField(column_name="TableName", null=True)
        record = peewee.IntegerField(column_name="RecordNo", null=True)

        class Meta:
            table_name = "CRMTeamNotices"
            indexes = ((("until",), False),)

    class NoticeSeen(peewee.Model):
        notice = peewee.IntegerField(column_name="NoticeNo")
        operator = peewee.CharField(column_name="OperatorID", max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "CRMNoticesSeen"
            primary_key = peewee.CompositeKey("notice", "operator")

    db.create_tables([Script, Objection, Snippet, TeamNotice, NoticeSeen])
    name, opening, why, ask, closing = SCRIPT
    Script.insert(
        name=name, language="English", opening=opening, why=why, ask=ask, closing=closing, sort=1, shared=True
    ).execute()
    for sort, (title, answer) in enumerate(OBJECTIONS, start=1):
        Objection.insert(title=title, answer=answer, sort=sort).execute()
