"""The mails of the sample office: a few that were sent yesterday, one of them refused, and one who wants none."""
# unsaid file: sample data

from __future__ import annotations

from datetime import datetime, time, timedelta

from channergy_crm import clock
from channergy_crm.records import Lead
from channergy_crm.records.messages import EMAIL, BatchRow, MessageRow, State
from channergy_crm.services import messages
from channergy_crm.services.mail import making, recipients
from channergy_crm.store import database

SENDER, KEY, SUBJECT = "office@sample-office.example", "sample-mail", "Our spring catalog is on its way"
BODY = """Dear {{ lead.first_name }},

our **spring catalog** leaves the printer next week. Two copies for {{ lead.company }} are on their way:

- the catalog with all prices
- the list of what is new

Would a call on Thursday suit you?"""
SAID, REFUSED = "250 2.0.0 Ok: queued", "550 5.1.1 This mailbox is not known here"
WRITTEN_TO = 6


def add_mails(by: str) -> None:
    """Within the unit that makes the sample office: of some leads one has asked for no mail, one address is refused."""
    theirs = Lead.select().where(~Lead.removed & ~Lead.converted & (Lead.owner == by)).order_by(Lead.number.desc())
    people = list(theirs.limit(WRITTEN_TO))
    people[0].email_opt_out = True
    people[0].save()
    ready = recipients.prepare([(Lead, each.number) for each in people], SUBJECT, BODY, by)
    sent = datetime.combine(clock.today() - timedelta(days=1), time(10, 20))
    head = {
        "channel": EMAIL, "template": BODY, "by": by, "made": sent, "left_out": len(ready.left_out), "subject": SUBJECT,
        "bulk": True,
    }  # fmt: skip
    rows = [
        making.row(KEY, Lead._meta.table_name, each.record.key, each.address, each.subject, each.text, each.html,
                   SENDER, by)
        for each in ready.recipients
    ]  # fmt: skip
    messages.put_down(KEY, head, making.COLUMNS, rows)
    mine = MessageRow.batch == KEY
    last = MessageRow.select(MessageRow.number).where(mine).order_by(MessageRow.number.desc()).limit(1).scalar()
    with database.writing():
        went = {"made": sent, "changed": sent + timedelta(seconds=9), "state": State.SENT.value, "said": SAID}
        MessageRow.update(**went).where(mine).execute()
        refused = {"state": State.FAILED.value, "error": REFUSED, "said": REFUSED}
        MessageRow.update(**refused).where(MessageRow.number == last).execute()
        BatchRow.update(made=sent).where(BatchRow.key == KEY).execute()
