"""Mails filed with whom they are from or to: read from files, proposed, filed once, taken away, erased (BX-14)."""

from __future__ import annotations

import random
from datetime import date, datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.errors import Mistake, Refused
from channergy_crm.incoming import eml, files, outlook
from channergy_crm.records import Account, Campaign, CampaignMember, Contact, Customer, Document, FiledMail, Lead
from channergy_crm.records.messages import EMAIL, MessageRow
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import documents, leads, messages, preferences, saving, search_writing
from channergy_crm.services import office as offices
from channergy_crm.services.answered import answered
from channergy_crm.services.campaigns import keeping, members
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.filing import deeds, reading, whom
from channergy_crm.services.mail import making, recipients
from channergy_crm.services.privacy import anonymising, everything
from channergy_crm.services.timeline import pages
from channergy_crm.settings import MAIL_ADDRESS, MAIL_HOST
from channergy_crm.transfer.clipboard import of_mail
from channergy_crm.work import unit

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.services.filing.mails import Mail
    from channergy_crm.store.database import Office

BY = "ADMIN"
OFFICE = "office@house.example"
TEXT = "Good day,\n\nwe need forty parkas.\n\nKind regards\nYusuf Yarrow\nYarrow Toys Inc.\n617-555-0134\n"
PROGRAM = b"MZ\x90\0 a program"


def written(sender: str = "Yusuf Yarrow <yusuf@yarrow.example>", to: str = OFFICE, **heads: str) -> EmailMessage:
    """A mail as a program writes it."""
    mail = EmailMessage()
    usual = {"From": sender, "To": to, "Subject": "Parkas", "Date": "Mon, 01 Jun 2026 10:20:00 +0000",
             "Message-ID": "<1@yarrow.example>"}  # fmt: skip
    for name, text in {**usual, **{name.replace("_", "-"): text for name, text in heads.items()}}.items():
        mail[name] = text
    mail.set_content(
        "Good day,\n\nwe need forty parkas.\n\nKind regards\nYusuf Yarrow\nYarrow Toys Inc.\n617-555-0134\n"
    )
    return mail


def one(mail: EmailMessage) -> Mail:
    return eml.read(mail.as_bytes())


@pytest.fixture
def people(office: Office, operator: str, fixed_clock: object) -> dict[str, Any]:
    offices.choose(MAIL_ADDRESS, OFFICE, BY)
    with unit("Make people", by=operator):
        lead = Lead.create(description="Parkas", first_name="Yusuf", last_name="Yarrow", company="Yarrow Toys",
                           email="Yusuf@Yarrow.example", owner=operator)  # fmt: skip
        customer = Customer.create(company="Acme", email="info@acme.example")
        account = Account.create(name="Acme", customer=customer.number, email="info@acme.example", owner=operator)
        contact = Contact.create(customer=customer.number, first_name="Bo", last_name="Lee", email="bo@acme.example")
    return {"lead": lead, "account": account, "contact": contact, "customer": customer}


# ---------------------------------------------------------------- what a file says


@pytest.mark.engines("sqlite")
def test_bx14_a_mail_is_read_with_who_wrote_it_when_and_what_came_along(fixed_clock: object) -> None:
    mail = written(Cc="Bo <bo@acme.example>", In_Reply_To="<a@b.example>", References="<z@b.example> <a@b.example>")
    mail.add_attachment(b"%PDF-1.4 offer", maintype="application", subtype="pdf", filename="../../etc/offer.pdf")
    mail.add_attachment(b"%PDF-1.4 other", maintype="application", subtype="pdf", filename="offer.pdf")
    mail.add_attachment(PROGRAM, maintype="application", subtype="octet-stream", filename="offer.pdf.exe")
    read = one(mail)
    assert read.sender == ("Yusuf Yarrow", "yusuf@yarrow.example")
    assert read.addresses == ["yusuf@yarrow.example", OFFICE, "bo@acme.example"]
    assert read.sent == datetime.fromisoformat("2026-06-01T10:20:00+00:00").astimezone().replace(tzinfo=None)
    assert read.answers == ("<a@b.example>", "<z@b.example>"), "the nearest one first"
    assert [each.name for each in read.attached] == ["offer.pdf", "offer (2).pdf"]
    assert read.left_out == ("“offer.pdf.exe” is a program and was left out.",)
    assert read.text.startswith("Good day,")


@pytest.mark.engines("sqlite")
def test_bx14_html_becomes_words_and_nothing_of_it_is_fetched(fixed_clock: object) -> None:
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content('<p>Hi <b>you</b><img src="https://spy.example/1.gif"></p><script>x()</script><ul><li>one<li>two</ul>'
                     '<a href="https://shop.example">our shop</a>', subtype="html")  # fmt: skip
    text = one(mail).text
    assert text == "Hi you\n\n- one\n\n- two\n\nour shop (https://shop.example)"


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("day", ["some day", "Mon, 01 Jun 2099 10:20:00 +0000", "Sun, 01 Jan 1961 00:00:00 +0000", ""])
def test_bx14_a_day_nobody_believes_is_none(day: str, fixed_clock: object) -> None:
    assert eml.read(f"From: a@b.example\r\nDate: {day}\r\n\r\nHi".encode()).sent is None


@pytest.mark.engines("sqlite")
def test_bx14_letters_nobody_knows_are_read_as_far_as_they_can_be(fixed_clock: object) -> None:
    head = b"From: a@b.example\r\nSubject: =?klingon?q?=FC?= x\r\nContent-Type: text/plain; charset=klingon\r\n\r\n"
    read = eml.read(head + "Grüße\0 \udc80".encode("utf-8", "surrogatepass") + b"\xff")
    assert read.text.startswith("Grüße ")
    assert "\0" not in read.text


@pytest.mark.engines("sqlite")
def test_bx14_a_mail_without_an_id_has_the_same_one_each_time(fixed_clock: object) -> None:
    mail = written()
    del mail["Message-ID"]
    assert one(mail).message_id == one(mail).message_id
    assert one(mail).message_id.endswith("@none>")


@pytest.mark.engines("sqlite")
def test_bx14_broken_mails_get_a_sentence_and_never_more(fixed_clock: object) -> None:
    mail = written()
    mail.add_alternative("<p>Hi</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="x.pdf")
    whole, put_in = (
        mail.as_bytes(),
        (b"\r\n", b"=?utf-8?q?", b"boundary=", b"\0", b"charset=x", b'<>,@:;"(', b"\xff\xfe"),
    )
    for seed in range(200):
        chosen, data = random.Random(seed), bytearray(whole)
        for _ in range(chosen.randint(1, 50)):
            at = chosen.randrange(len(data) or 1)
            length, what = chosen.randint(1, 60), chosen.randrange(3)
            data[at : at + (length if what else 0)] = b"" if what == 1 else chosen.choice(put_in)
        try:
            read = eml.read(bytes(data))
        except Mistake as error:
            assert error.message
        else:
            assert "\0" not in f"{read}"


@pytest.mark.engines("sqlite")
def test_bx14_a_mail_too_large_or_too_deep_is_said(fixed_clock: object) -> None:
    with pytest.raises(Mistake, match="one may have 25"):
        eml.read(b"From: a@b.example\r\n\r\n" + b"x" * eml.MOST_BYTES)
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2_000))
    with pytest.raises(Mistake, match="no e-mail"):
        eml.read(b"From: a@b.example\r\n" + deep)
    with pytest.raises(Mistake, match="no e-mail"):
        eml.read(b"\x89PNG\r\n\x1a\n\0\0")
    html = EmailMessage()
    html["From"] = "a@b.example"
    html.set_content("<div>" * 60_000 + "hi", subtype="html")
    assert one(html).text == "hi"


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("heads", [
    {"Auto_Submitted": "auto-replied (vacation)"}, {"X_Autoreply": "yes"}, {"X_Autorespond": "vacation"},
    {"Precedence": "Auto_Reply"}, {"Precedence": "bulk"}, {"sender": "Mail Delivery <MAILER-DAEMON@house.example>"},
])  # fmt: skip
def test_bx14_what_a_program_answers_is_known_as_that(heads: dict[str, str], fixed_clock: object) -> None:
    assert one(written(**heads)).is_automatic


@pytest.mark.engines("sqlite")
def test_bx14_what_a_person_writes_is_not_automatic(fixed_clock: object) -> None:
    assert not one(written(Auto_Submitted="no", Precedence="first-class", X_Autoreply="no")).is_automatic
    assert eml.read(b"From: a@b.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\n").is_automatic


@pytest.mark.engines("sqlite")
def test_bx14_files_with_one_mail_many_or_none(tmp_path: Path, fixed_clock: object) -> None:
    one_mail, other = written().as_bytes(), written(Message_ID="<2@yarrow.example>").as_bytes()
    (tmp_path / "a.eml").write_bytes(one_mail)
    mbox = b"From a@b Mon Jun  1 10:20:00 2026\n" + one_mail + b"\nFrom a@b Mon Jun  1 10:20:00 2026\n" + other + b"\n"
    (tmp_path / "all.mbox").write_bytes(mbox)
    (tmp_path / "not.msg").write_bytes(outlook.BEGINS + b"\0" * 600)
    steps: list[int] = []
    paths = [tmp_path / name for name in ("a.eml", "all.mbox", "not.msg", "gone.eml")]
    found = files.read(paths, lambda done, _total, _text: steps.append(done))
    assert [each.mail.message_id if each.mail else each.wrong for each in found] == [
        "<1@yarrow.example>", "<1@yarrow.example>", "<2@yarrow.example>",
        "That Outlook mail cannot be read. Save it as .eml and drop that.",
        "The file cannot be read: No such file or directory.",
    ]  # fmt: skip
    assert steps[-1] == 3


# ---------------------------------------------------------------- whom it belongs to


def test_bx14_the_sender_is_found_by_the_address_however_it_is_written(people: dict[str, Any]) -> None:
    found = whom.look([one(written(sender="YUSUF@yarrow.EXAMPLE"))], BY)[0]
    assert found.person == (Lead, people["lead"].number, people["lead"].caption())
    assert (found.why, found.out) == ("from", False)


def test_bx14_of_a_mail_from_here_the_recipient_is_meant(people: dict[str, Any]) -> None:
    preferences.save(Preferences(operator=BY, email="me@house.example"), BY)
    found = whom.look([one(written("me@house.example", "bo@acme.example"))], BY)[0]
    assert found.person is not None and found.person.record is Contact
    assert (found.why, found.out) == ("to", True)
    assert whom.look([one(written("me@house.example"))], BY)[0].why == "ours"


def test_bx14_several_with_the_address_are_a_choice_and_an_account_is_its_customer(
    people: dict[str, Any],
) -> None:
    with unit("Make people", by=BY):
        Lead.create(description="Again", email="yusuf@yarrow.example", owner=BY)
    mails = [one(written()), one(written("info@acme.example")), one(written("x@nobody.example"))]
    several, account, nobody = whom.look(mails, BY)
    assert (several.person, several.why, len(several.people)) == (None, "several", 2)
    assert account.person is not None and account.person.record is Account
    assert (nobody.people, nobody.why) == ([], "nobody")


def test_bx14_many_mails_are_asked_about_together(people: dict[str, Any]) -> None:
    mails = [one(written(f"p{number}@people.example")) for number in range(450)]
    found = whom.look([*mails, one(written())], BY)
    assert [each.why for each in found[-2:]] == ["nobody", "from"]


def test_bx14_dropped_on_a_record_it_goes_there_and_it_is_said_where_no_address_fits(people: dict[str, Any]) -> None:
    contact = people["contact"]
    found = whom.look([one(written()), one(written("bo@acme.example"))], BY, here=contact)
    assert [(each.person and each.person.key, each.why) for each in found] == [
        (contact.number, "other_address"), (contact.number, "here")
    ]  # fmt: skip


# ---------------------------------------------------------------- filed


def test_bx14_it_stands_on_the_timeline_is_filed_once_and_undo_takes_it_back(people: dict[str, Any]) -> None:
    lead, mail = people["lead"], written()
    mail.add_attachment(b"%PDF-1.4 offer", maintype="application", subtype="pdf", filename="offer.pdf")
    filed = deeds.file(one(mail), Lead, lead.number, BY)
    entry = next(each for each in pages.of(lead, BY).entries if each.kind == "filed")
    assert entry.title == "E-mail from Yusuf Yarrow: Parkas"
    assert "forty parkas" in entry.note
    assert [each.name for each in documents.of([(Lead, lead.number)], BY)] == ["offer.pdf"]
    with pytest.raises(deeds.AlreadyFiled) as told:
        deeds.file(one(mail), Contact, people["contact"].number, BY)
    assert told.value.number == filed.number
    assert whom.look([one(mail)], BY)[0].filed == filed.number
    saving.undo_latest(BY)
    assert (FiledMail.select().count(), Document.select().count()) == (0, 0)


def test_vt41_bx14_a_filed_mail_is_found_by_its_subject_with_the_record_it_stands_at(
    people: dict[str, Any], office: Office
) -> None:
    deeds.file(one(written(Subject="Forty parkas in Größe M")), Lead, people["lead"].number, BY)
    reader = office.list_reader()
    found = search_writing.find(reader, "größe parkas", BY)
    assert [(each.kind, each.at, each.key, each.piece) for each in found] == [
        (FiledMail, Lead, people["lead"].number, "Forty parkas in Größe M")
    ]
    reader.close()


def test_bx14_a_filed_mail_is_taken_away_with_its_files_and_comes_back(people: dict[str, Any]) -> None:
    mail = written()
    mail.add_attachment(b"x" * 1_500_000, maintype="application", subtype="octet-stream", filename="plan.bin")
    filed = deeds.file(one(mail), Lead, people["lead"].number, BY)
    deeds.remove(filed.number, BY)
    assert (FiledMail.select().count(), Document.select().count()) == (0, 0)
    saving.undo_latest(BY)
    back = reading.read(filed.number, BY)
    assert [each.name for each in back.files] == ["plan.bin"]
    assert documents.read(back.files[0].number, BY) == b"x" * 1_500_000


def test_bx14_an_answer_is_known_by_the_mail_it_answers_and_that_one_says_answered(people: dict[str, Any]) -> None:
    contact = people["contact"]
    offices.choose(MAIL_HOST, "mail.house.example", BY)
    ready = recipients.prepare([(Contact, contact.number)], "Offer", "Hello", BY)
    making.make("key", "Offer", "Hello", ready, BY)
    ours = MessageRow.get(MessageRow.channel == EMAIL)
    mail = one(written("Bo privately <bo@home.example>", In_Reply_To=ours.message_id))
    found = whom.look([mail], BY)[0]
    assert (found.person and found.person.key, found.why, found.answers) == (contact.number, "answer", ours.number)
    deeds.file(mail, Contact, contact.number, BY)
    assert FiledMail.get().answers == ours.number
    assert answered([ours.number, 999], BY) == {ours.number}
    assert any(each.title == "E-mail · answered: Offer" for each in pages.of(contact, BY).entries)
    assert [each.stands for each in messages.of_batch("key", BY)] == ["answered"]


def _fair() -> Campaign:
    held = keeping.start(BY)
    held.name = "Fair"
    return keeping.save(held, BY)


def _answer(campaign: int, whom_to: Any, **heads: str) -> Mail:
    """What somebody answers to a mail of a campaign."""
    offices.choose(MAIL_HOST, "mail.house.example", BY)
    ready = recipients.prepare([(type(whom_to), whom_to.key)], "Fair", "Come", BY)
    making.make(f"k{campaign}", "Fair", "Come", ready, BY, campaign=campaign)
    ours = MessageRow.get(MessageRow.batch == f"k{campaign}")
    return one(written("Bo privately <bo@home.example>", In_Reply_To=ours.message_id, **heads))


def test_vt141_bx14_whoever_answers_a_mail_of_a_campaign_has_responded_in_the_same_step(people: dict[str, Any]) -> None:
    contact, fair = people["contact"], _fair()
    members.add(fair.number, Contact, [contact.number], BY)
    row = CampaignMember.get()
    away = _answer(fair.number, contact, Message_ID="<away@home.example>", Auto_Submitted="auto-replied")
    deeds.file(away, Contact, contact.number, BY)
    assert (FiledMail.get().answers, CampaignMember.get().status) == (None, "Planned"), "nobody has read it yet"
    mail = away._replace(message_id="<2@home.example>", is_automatic=False)
    deeds.file(mail, Contact, contact.number, BY)
    row = CampaignMember.get()
    assert (row.status, row.responded_on) == ("Responded", date(2026, 6, 1))
    saving.undo_latest(BY)
    row = CampaignMember.get()
    assert (FiledMail.select().count(), row.status, row.responded_on) == (1, "Planned", None)
    members.set_status([row.number], "Not interested", BY)
    deeds.file(mail, Contact, contact.number, BY)
    assert CampaignMember.get().status == "Not interested", "a person has said so"


@pytest.mark.parametrize("at", ["lead", "contact"])
def test_vt141_bx14_who_was_a_lead_when_written_to_responds_as_the_contact(people: dict[str, Any], at: str) -> None:
    lead, contact, fair = people["lead"], people["contact"], _fair()
    mail = _answer(fair.number, lead)
    with unit("Convert", by=BY):
        lead.customer, lead.converted = people["customer"].number, True
        lead.save()
    members.add(fair.number, Contact, [contact.number], BY)
    deeds.file(mail, type(people[at]), people[at].number, BY)
    assert CampaignMember.get().status == "Responded"


def test_bx14_a_lead_is_made_of_whoever_is_not_known_in_one_step(people: dict[str, Any]) -> None:
    mail = one(written("Ida Icke <ida@icke.example>"))
    values = of_mail.lead_values(mail, BY)
    assert {name: values[name] for name in ("first_name", "last_name", "email", "company", "phone")} == {
        "first_name": "Ida", "last_name": "Icke", "email": "ida@icke.example", "company": "Yarrow Toys Inc.",
        "phone": "617-555-0134",
    }  # fmt: skip
    filed = deeds.file_as_lead(mail, values, BY)
    assert leads.Lead.find(int(filed.of)).email == "ida@icke.example"
    saving.undo_latest(BY)
    assert Lead.find(int(filed.of)) is None
    assert FiledMail.select().count() == 0


def test_bx14_who_may_not_change_the_record_files_nothing_there(people: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        deeds.file(one(written()), Lead, people["lead"].number, "NOBODY")


def test_bx14_of_two_that_become_one_the_mails_are_those_of_the_one(people: dict[str, Any]) -> None:
    with unit("Make people", by=BY):
        other = Lead.create(description="Parkas", last_name="Yarrow", email="yusuf@yarrow.example", owner=BY)
    deeds.file(one(written()), Lead, other.number, BY)
    merging.merge(proposal.propose(Lead, [people["lead"].number, other.number], BY), 0, {}, BY)
    assert FiledMail.get().of == str(people["lead"].number)


def test_dp4_who_is_forgotten_is_forgotten_with_their_mails(people: dict[str, Any]) -> None:
    lead = people["lead"]
    deeds.file(one(written()), Lead, lead.number, BY)
    told = everything.about(Lead, lead.number, BY)
    assert any("forty parkas" in str(each) for part in told.parts for each in part.entries)
    anonymising.anonymise(Lead, lead.number, "asked for it", BY)
    assert FiledMail.select().count() == 0
    assert "forty parkas" not in str(_journal())


def _journal() -> list[Any]:
    from channergy_crm.work import ChangeRow

    return [(row.before, row.after) for row in ChangeRow.select() if row.table == FiledMail._meta.table_name]
