"""*Notify Owner*: whose contact somebody else has changed is told so, collected, by mail or by a notice (VT-102)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.jobs import known
from channergy_crm.jobs.runner import Runner
from channergy_crm.outgoing.mail import sending
from channergy_crm.records import Account, Contact, Operator
from channergy_crm.records.messages import MessageRow
from channergy_crm.services import accounts as companies
from channergy_crm.services import conversion, messages, preferences, saving, team_notices
from channergy_crm.services.mail import notices
from channergy_crm.services.privacy import anonymising
from channergy_crm.services.rights import Program
from tests.domain.mail_server import PROGRESS, MailServer, arrange, lead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from channergy_crm.store.database import Office


@pytest.fixture
def server(office: Office, fixed_clock: datetime) -> Iterator[MailServer]:
    sending._went.clear()
    end = MailServer()
    arrange(end)
    with work.unit("Make", by="ADMIN"):
        for id in ("ANN", "BOB"):
            Operator.create(id=id, name=id.title())
    own = preferences.of("ANN", "ADMIN")
    own.email = "ann@crm.example"
    preferences.save(own, "ADMIN")
    yield end
    end.stop()


def contact(name: str = "Carl", **values: Any) -> Contact:
    """A contact at an account of Ann's."""
    made = conversion.convert(lead(name, "", company=f"{name} Inc", owner="ANN").number, "ADMIN")
    person = companies.start_contact(Account.find(made.account.number), "ADMIN")
    return change(person, "ADMIN", **{"first_name": name, "notify_owner": True, **values})


def change(person: Contact, by: str, **values: Any) -> Contact:
    held = person if person.is_new else Contact.find(person.number)
    for field, value in values.items():
        setattr(held, field, value)
    saving.save(held, by)
    return held


def after(**time: float) -> Any:
    return clock.fixed(clock.now() + timedelta(**time))


def test_vt102_the_owner_gets_one_mail_that_says_what_others_have_changed(office: Office, server: MailServer) -> None:
    person, silent = contact(phone="+49 30 25002525"), contact("Dora", notify_owner=False)
    assert notices.is_wanted() and notices.tell(Program.ITSELF) == 0, "that it was made is no change"
    change(person, "BOB", title="CEO", phone="+49 30 25002526")
    change(person, "ANN", title="Owner")
    change(person, "ADMIN", phone="+49 30 25002527", reference=True)
    change(person, "ADMIN", reference=False)
    change(silent, "BOB", title="CEO")
    runner = Runner(office, [job for job in known.of(office) if job.name == "owners"])
    assert [done.state for done in runner.look() or []] == ["done"]
    sending.run(PROGRESS)
    (mail,) = server.mails()
    assert (mail["To"], mail["Subject"]) == ("ann@crm.example", "Contact changed: Carl")
    assert mail["Auto-Submitted"] == "auto-generated" and mail["List-Unsubscribe"] is None
    assert mail.get_body(("plain",)).get_content().splitlines() == [
        "Bob, Administrator changed your contact Carl.", "", "Title: empty → CEO",
        "Phone: +49 30 25002525 → +49 30 25002527",
    ]  # fmt: skip
    assert messages.batches("ADMIN") == [] and messages.undecided("ADMIN") == 0
    change(person, "BOB", title="Chief")
    with after(minutes=5):
        change(person, "BOB", title="Boss")
        assert notices.tell(Program.ITSELF) == 0, "at most one in ten minutes"
    with after(minutes=11):
        assert notices.tell(Program.ITSELF) == 1 and notices.tell(Program.ITSELF) == 0
        sending.run(PROGRESS)
    assert "Title: Owner → Boss" in server.mails()[1].get_body(("plain",)).get_content()
    anonymising.anonymise(Contact, person.number, "asked", "ADMIN", along=False)
    assert {(row.text, row.html, row.subject) for row in MessageRow.select()} == {("", "", "")}


def test_vt102_without_a_server_or_an_address_it_is_told_in_the_window(server: MailServer) -> None:
    arrange(server, host="")
    person = contact()
    change(person, "BOB", title="CEO")
    assert notices.tell(Program.ITSELF) == 1 and not MessageRow.select().exists()
    (said,) = team_notices.take("ANN")
    assert said.text == "Bob: Bob changed your contact Carl. Title: empty → CEO"
    change(person, "ANN", title="Chief")
    with after(minutes=11):
        assert notices.tell(Program.ITSELF) == 0, "whoever owns it knows what they did"


def test_vt102_after_an_import_one_mail_says_how_many(server: MailServer) -> None:
    some = [contact(f"C{place}") for place in range(notices.ONE_BY_ONE + 1)]
    with work.unit("Change all", by="BOB"):
        for person in some:
            held = Contact.find(person.number)
            held.title = "CEO"
            held.save()
    assert notices.tell(Program.ITSELF) == len(some)
    (row,) = MessageRow.select()
    assert (row.table, row.key, row.text) == ("Operators", "ANN", "21 of your contacts were changed.")
