"""What is said on the telephone: scripts in four steps, answers to objections, snippets of text (BX-28, BX-51)."""

from __future__ import annotations

from channergy_crm.fields import Flag, Link, LongText, Number, RecordNumber, Reference, Text
from channergy_crm.language import _, quoted
from channergy_crm.records.operators import Operator
from channergy_crm.work.about import ADMINISTRATORS, About
from channergy_crm.work.record import Record

STEPS = ("opening", "why", "ask", "closing")
"""the steps of a call, by python name, in the order in which they are said"""


class Script(Record):
    """What is said in a call, step by step, with fields put in. `view` is the list it is for; without one any list."""

    number = RecordNumber("Script #", column_name="ScriptNo")
    name = Text("Name", column_name="ScriptName", required=True, limit=60)
    language = Text("Language", column_name="Language", limit=40)
    view = Reference("ListView", "For the list", column_name="ViewNo")
    opening = LongText("Opening", column_name="OpenText", limit=4000)
    why = LongText("Why", column_name="WhyText", limit=4000)
    ask = LongText("Ask", column_name="AskText", limit=4000)
    closing = LongText("Closing", column_name="CloseText", limit=4000)
    sort = Number("Sort number", column_name="SortNo", least=-1_000_000)
    shared = Flag("Offered in calls", column_name="IsShared", default=True)

    singular = "Script"
    plural = "Scripts"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMScripts"

    def caption(self) -> str:
        return quoted(self.name)

    def called(self) -> str:
        """Its name and its language, as a drop-down shows it."""
        if not self.language:
            return self.name or ""
        return _("{script}, {language}").format(script=self.name, language=self.language)


class Objection(Record):
    """What somebody says against it, and an answer that has worked."""

    number = RecordNumber("Objection #", column_name="ObjectionNo")
    title = Text("Objection", column_name="Title", required=True, limit=80)
    answer = LongText("Answer", column_name="Answer", required=True, limit=4000)
    sort = Number("Sort number", column_name="SortNo", least=-1_000_000)

    singular = "Objection"
    plural = "Objections"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CRMObjections"

    def caption(self) -> str:
        return quoted(self.title)


class Snippet(Record):
    """A text with a short key: `;price` becomes the whole of it. Without an operator it is the whole office's."""

    number = RecordNumber("Snippet #", column_name="SnippetNo")
    word = Text("Key", column_name="SnippetKey", required=True, limit=30)
    text = LongText("Text", column_name="SnippetText", required=True, limit=4000)
    operator = Link(Operator, "Only for", column_name="OperatorID", index=True, width=10)

    singular = "Snippet"
    plural = "Snippets"
    about = About(internal=True)

    class Meta:
        table_name = "CRMSnippets"

    def caption(self) -> str:
        return quoted(f";{self.word}")
