"""Mails that are filed in the sample office: an answer to the mail of yesterday with its list, and what was replied."""
# unsaid file: sample data

from __future__ import annotations

from datetime import timedelta

from channergy_crm.demo.mail import KEY, SENDER
from channergy_crm.records.messages import MessageRow, State
from channergy_crm.services import areas
from channergy_crm.services.filing import deeds, whom
from channergy_crm.services.filing.mails import Attached, Mail

OFFICE = ("Channergy Sample Office", SENDER)
ANSWER = """Good day,

thank you for the catalog. Thursday at ten suits me. Before we speak, could you look at our list of items?
It is attached; the ones in the first column are those we order every month.

Kind regards
{name}"""
REPLY = """Good day,

thank you, Thursday at ten it is. I have your list in front of me then.

Kind regards
Ann Keller"""
LIST = b"Item,A month\nParka blue,40\nParka red,25\nGloves,120\n"


def add_filed_mails(by: str) -> None:
    """Within the unit that makes the sample office, after its mails: of one who was written to."""
    sent = MessageRow.get_or_none((MessageRow.batch == KEY) & (MessageRow.state == State.SENT.value))
    record = areas.every_table().get(sent.table) if sent is not None else None
    if sent is None or record is None or (held := record.find(int(sent.key))) is None:
        return
    name, came = str(held.caption()), sent.made + timedelta(hours=3)
    them, subject = (name, sent.address), f"Re: {sent.subject}"
    answer = Mail(
        "<answer@sample-office.example>", them, (OFFICE,), (), came, subject, ANSWER.format(name=name),
        (sent.message_id,), (Attached("Items of every month.csv", LIST),),
    )  # fmt: skip
    reply = Mail(
        "<reply@sample-office.example>", OFFICE, (them,), (), came + timedelta(minutes=40), subject, REPLY,
        (answer.message_id,),
    )  # fmt: skip
    for mail, out in ((answer, False), (reply, True)):
        found = whom.look([mail], by, here=held)[0]
        deeds.file(mail, record, held.key, by, proposal=found._replace(out=out))
