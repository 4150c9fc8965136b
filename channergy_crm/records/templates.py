"""Templates of what the office writes again and again: mails, letters, labels, documents (BX-26, VT-161)."""

from __future__ import annotations

from enum import StrEnum

from channergy_crm.fields import Flag, Link, LongText, Moment, RecordNumber, Text
from channergy_crm.language import N_, quoted
from channergy_crm.records.operators import Operator
from channergy_crm.work.about import About
from channergy_crm.work.record import Record

LONGEST_BODY = 20_000


class TemplateKind(StrEnum):
    """What is made from a template."""

    MAIL = "mail"
    LETTER = "letter"
    LABEL = "label"
    DOCUMENT = "document"


SAID: dict[TemplateKind, str] = {
    TemplateKind.MAIL: N_("Mail"),
    TemplateKind.LETTER: N_("Letter"),
    TemplateKind.LABEL: N_("Label"),
    TemplateKind.DOCUMENT: N_("Document"),
}
"""what people call them"""


class Template(Record):
    """A text with fields put in. `what` is a `TemplateKind`; a shared one is offered to everybody, another one only to
    its owner, and one without an owner is the office's. `sheet` names the sheet that labels are printed on.
    """

    number = RecordNumber("Template #", column_name="TemplateNo")
    name = Text("Name", column_name="TemplateName", required=True, limit=80)
    what = Text("Kind", column_name="TemplateKind", required=True, limit=20)
    language = Text("Language", column_name="Language", limit=40)
    subject = Text("Subject", column_name="Subject", limit=200)
    body = LongText("Text", column_name="Body", required=True, limit=LONGEST_BODY)
    sheet = Text("Sheet of labels", column_name="SheetName", limit=60)
    shared = Flag("For everybody", column_name="IsShared")
    operator = Link(Operator, "Owner", column_name="OwnerOperatorID", index=True, width=10)
    edited = Moment("Last Update Dt", column_name="LastUpdateDt", system=True)

    singular = "Template"
    plural = "Templates"
    about = About(icon="note", internal=True, found_again=True)

    class Meta:
        table_name = "CRMTemplates"

    def caption(self) -> str:
        return quoted(self.name)
