"""Templates, and what can be put into them: kept, copied, filled in for whoever a mail or letter goes to (BX-26)."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser

import pytest

from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import BY_TABLE, Account, Contact, Customer, Lead, Template
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import composing, documents, filling, operators, preferences, templates
from channergy_crm.services import office as offices
from channergy_crm.services.mail import eml, recipients
from channergy_crm.settings import OFFICE_ADDRESS, Setting
from channergy_crm.text import marked, placeholders
from channergy_crm.text.links import draft_link
from channergy_crm.text.postal import Postal, block
from channergy_crm.work import undo, unit
from tests.domain.secured import switch_on

ADDRESS = {"address": "12 Mill Road", "city": "Boston", "state": "MA", "postal_code": "02110"}


@pytest.fixture
def people(office, operator, fixed_clock):
    """A lead, and an account with its customer and a contact there."""
    with unit("Make people", by=operator):
        lead = Lead.create(description="Parkas", first_name="Yusuf", last_name="Yarrow", company="Yarrow Toys",
                           email="yusuf@yarrow.example", owner=operator, **ADDRESS)  # fmt: skip
        customer = Customer.create(company="Acme", first_name="Ann", last_name="Lee")
        account = Account.create(name="Acme", customer=customer.number, owner=operator, bill_address="1 Way",
                                 bill_city="Köln", bill_postal_code="50667", bill_country="Germany")  # fmt: skip
        contact = Contact.create(customer=customer.number, first_name="Bo", title="Buyer", email="bo@acme.example")
    return lead, account, contact


def said(text, record, by="ADMIN"):
    return filling.fill(text, filling.Subject(record), by).text


def test_bx26_a_new_office_has_a_shelf_of_templates_in_two_languages_that_can_be_filled(people, operator):
    held = templates.every(operator)
    assert {(row.what, row.language) for row in held} == {
        (what, language) for what in ("mail", "letter", "label") for language in ("English", "Deutsch")
    }
    assert [filling.problem(f"{row.subject}\n{row.body}", operator) for row in held] == [None] * 12
    assert [row.name for row in templates.of_kind("label", operator)] == ["Address label", "Adressetikett"]
    first = next(row for row in held if row.name == "First contact")
    for record in people:
        assert templates.preview(first, record, operator).missing == []


def test_bx26_the_same_text_speaks_to_a_lead_a_contact_and_an_account(people):
    lead, account, contact = people
    text = '{{ person.name }}|{{ person.last_name or "–" }}|{{ person.company }}|{{ person.email or "–" }}'
    assert said(text, lead) == "Yusuf Yarrow|Yarrow|Yarrow Toys|yusuf@yarrow.example"
    assert said(text, contact) == "Bo|–|Acme|bo@acme.example", "never the last name of somebody else"
    assert said(text, account) == "Ann Lee|Lee|Acme|–"


def test_bx26_an_address_stands_as_on_an_envelope(people):
    lead, account, contact = people
    assert said("{{ address }}", lead) == "Yarrow Toys\nYusuf Yarrow\n12 Mill Road\nBoston, MA 02110"
    assert said("{{ address }}", contact) == "Acme\nBo\n1 Way\n50667 Köln\nGERMANY", "the account's, to the contact"
    assert said("{{ address }}", account) == "Acme\nAnn Lee\n1 Way\n50667 Köln\nGERMANY"
    assert block(Postal("Acme", "Bo"), "US") == "", "a name alone is no address"


def test_bx26_a_letter_knows_the_operator_and_the_office(people, operator):
    text = "{{ operator.title }}, {{ operator.phone }}, {{ operator.email }}, {{ office.address }}"
    assert len(filling.fill(text, filling.Subject(), operator).missing) == 4
    preferences.save(Preferences(operator=operator, title="Sales", phone="212-555-0101", email="a@o.example"), operator)
    offices.choose(OFFICE_ADDRESS, "1 Harbor St\nBoston", operator)
    assert said(text, None) == "Sales, 212-555-0101, a@o.example, 1 Harbor St\nBoston"


def test_bx26_what_cannot_be_filled_in_is_said_with_the_field_that_is_meant(people, operator):
    row = templates.start("mail", operator)
    row.name, row.subject, row.body = " Hello  you ", "{{ lead.frist_name }}", "Hello"
    with pytest.raises(Mistake, match="did you mean “lead.first_name”") as told:
        templates.save(row, operator)
    assert told.value.field == "subject"
    row.subject = "Hello {{ lead.first_name }}"
    assert templates.save(row, operator).name == "Hello you"
    read = templates.preview(row, people[1], operator)
    assert (read.subject.text, read.missing) == ("Hello ", ["lead.first_name"])
    undo.reverse(undo.undoable(operator).number, by=operator, records=BY_TABLE)
    assert Template.find(row.number) is None
    for field, value in (("name", " "), ("what", "song"), ("body", "\n")):
        wrong = templates.start("mail", operator)
        wrong.name, wrong.body = "A", "B"
        setattr(wrong, field, value)
        with pytest.raises(Mistake) as told:
            templates.save(wrong, operator)
        assert told.value.field == field


def test_bx26_own_templates_are_seen_by_their_owner_shared_ones_by_all_and_changed_by_neither(people, operator):
    operators.add("BEN", "Ben", operator)
    switch_on()
    row = templates.start("mail", "BEN")
    row.name, row.body = "Mine", "Hello"
    templates.save(row, "BEN")
    assert row not in templates.every("ADMIN") and row in templates.every("BEN")
    ready = next(each for each in templates.every("BEN") if each.operator is None)
    with pytest.raises(Refused, match="Copy it"):
        templates.save(ready, "BEN")
    with pytest.raises(Refused):
        templates.remove(ready, "BEN")
    own = templates.copy(ready, "BEN")
    assert (own.operator, own.shared, own.body, own.name) == ("BEN", False, ready.body, f"{ready.name} (copy)")
    templates.remove(own, "BEN")


def test_vt51_the_signature_stands_under_every_mail_of_its_operator(people, operator):
    lead = [(Lead, people[0].number)]
    assert recipients.prepare(lead, "Price", "Hello", operator).recipients[0].text == "Hello"
    preferences.save(Preferences(operator=operator, signature="Ann *Keller*\nSales"), operator)
    signed = recipients.prepare(lead, "Price", "Hello", operator).recipients[0]
    assert signed.text == "Hello\n\n-- \nAnn *Keller*\nSales" and "Ann *Keller*" in signed.html


def test_vt52_without_a_server_mails_are_written_as_files_a_mail_program_opens(people, operator, tmp_path):
    ready = recipients.prepare([(Lead, people[0].number)], "Price of {{ lead.company }}", "**Dear** Yusuf", operator)
    paper = documents.add(Lead, people[0].number, b"%PDF", operator, name="Preis ä.pdf")
    assert eml.write(tmp_path, ready, operator, [paper.number]) == 1
    assert eml.write(tmp_path, ready, operator) == 1, "the same name is not taken twice"
    first, _second = sorted(tmp_path.glob("*.eml"), key=lambda path: -path.stat().st_size)
    mail = BytesParser(policy=policy.default).parsebytes(first.read_bytes())
    assert (mail["To"], mail["Subject"], mail["X-Unsent"]) == ("yusuf@yarrow.example", "Price of Yarrow Toys", "1")
    assert [each.get_filename() for each in mail.iter_attachments()] == ["Preis ä.pdf"]
    assert mail.get_body(("plain",)).get_content().strip() == "Dear Yusuf"
    assert "<strong>Dear</strong>" in mail.get_body(("html",)).get_content()


def test_vt52_k26_the_composer_is_ours_only_where_it_is_wanted_and_the_office_has_a_server(office, operator):
    assert not composing.writes_here(operator)
    preferences.save(Preferences(operator=operator, own_composer=True), operator)
    assert not composing.writes_here(operator), "no server yet: the mail program of the workstation"
    for name, value in (("mail.host", "mail.acme.example"), ("mail.address", "office@acme.example")):
        offices.choose(Setting(name, "office", ""), value, operator)
    assert composing.writes_here(operator)


def test_vt52_a_link_begins_a_mail_with_subject_and_text_and_nothing_rides_along():
    link = draft_link("ann@acme.example", "Price\n& cc=x", "Hello&bcc=y@z.example\nAnn")
    assert link == "mailto:ann@acme.example?subject=Price%20%26%20cc%3Dx&body=Hello%26bcc%3Dy%40z.example%0D%0AAnn"
    assert draft_link("ann@acme.example", "Long", "ä" * 1_000) == "", "that goes as a file"


def test_bx26_only_what_was_written_has_a_form_never_what_was_put_in():
    parts = placeholders.parse("**Dear {{ name }}**, *2* * 3\n- [here](https://a.example)")
    found = marked.runs(placeholders.fill(parts, {"name": "*Ann*"}).pieces)
    assert [(run.text, run.strong, run.slanted, run.link) for run in found] == [
        ("Dear ", True, False, ""), ("*Ann*", True, False, ""), (", ", False, False, ""), ("2", False, True, ""),
        (" * 3\n", False, False, ""), (marked.POINT, False, False, ""), ("here", False, False, "https://a.example"),
    ]  # fmt: skip
