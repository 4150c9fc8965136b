"""Letters to one or to many: what stands in each, who gets none and why, what stands on the timeline (BX-26, C16)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.errors import Mistake, Refused
from channergy_crm.outgoing.word import merged, plain
from channergy_crm.outgoing.word.markup import Head
from channergy_crm.records import Account, Campaign, CampaignMember, Contact, Customer, Lead, Note, Opportunity
from channergy_crm.records.privacy import Asked
from channergy_crm.services import letters, notes, saving, templates
from channergy_crm.services.campaigns import keeping, members
from channergy_crm.services.letters import Wanted
from channergy_crm.services.privacy import anonymising, requests
from channergy_crm.text import label_sheets, letter_texts
from channergy_crm.work import unit
from tests.domain.secured import ANN, CY, Secured, made
from tests.domain.word_files import sections, with_fields

if TYPE_CHECKING:
    from pathlib import Path

BOSTON = {"address": "12 Mill Road", "city": "Boston", "state": "MA", "postal_code": "02110"}
HELLO = Wanted("Welcome", body="Dear {{ person.name }},\n\nwelcome.")
TOP = Head("Acme Office", "1 Harbor St\nBoston, MA 02110", "Nov 28, 2026", label_sheets.SIZES["A4"], 25.0, 62.7)


class Stopped(Exception):
    """Somebody pressed Cancel."""


def lead(by: str, **said: Any) -> Lead:
    given = {"description": "Parkas", "first_name": "Ann", "last_name": "Lee", "owner": by, **BOSTON, **said}
    with unit("Make a lead", by=by):
        made: Lead = Lead.create(**given)
    return made


def prepared(records: list[Any], wanted: Wanted = HELLO, by: str = "ADMIN") -> letters.Prepared:
    return letters.prepare([(type(each), each.key) for each in records], wanted, by)


def why(ready: letters.Prepared) -> dict[str, str]:
    return {each.name: each.why for each in ready.left_out}


def nobody(done: int, total: int, said: str = "") -> None:
    pass


@pytest.mark.usefixtures("office", "fixed_clock")
def test_vt141_letters_to_members_are_noted_and_they_are_written_to_in_one_step(operator: str) -> None:
    fair, other = keeping.start(operator), keeping.start(operator)
    fair.name, other.name = "Fair", "Other"
    people = [lead(operator, first_name=name) for name in ("Ann", "Bea", "Cy")]
    people.append(lead(operator, first_name="Dee", address="", city="", postal_code=""))
    for each in (fair, other):
        keeping.save(each, operator)
        members.add(each.number, Lead, [each.number for each in people], operator)
    members.set_status([2], "Responded", operator)
    ready = letters.prepare(members.gather(fair.number, operator), HELLO, operator)
    noted = letters.note(ready.recipients, HELLO, operator, campaign=fair.number)

    def stands(of: Campaign) -> list[str]:
        held = CampaignMember.select(CampaignMember.status).where(CampaignMember.campaign == of.number)
        return list(held.order_by(CampaignMember.number).scalars())

    assert (noted.people, Note.select().count()) == (3, 3)
    assert stands(fair) == ["Written to", "Responded", "Written to", "Planned"], "no letter went to Dee"
    assert set(stands(other)) == {"Planned"}
    saving.undo_latest(operator)
    assert (Note.select().count(), stands(fair)) == (0, ["Planned", "Responded", "Planned", "Planned"])


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_letters_go_to_leads_contacts_accounts_customers_and_deals_by_their_address(operator: str) -> None:
    with unit("Make people", by=operator):
        customer = Customer.create(company="Acme", first_name="Bo", last_name="Ray", address="48 rue Royale",
                                   city="Paris", postal_code="75008", country="Frankreich")  # fmt: skip
        account = Account.create(name="Acme", customer=customer.number, owner=operator, bill_address="1 Way",
                                 bill_city="Köln", bill_postal_code="50667", bill_country="DE")  # fmt: skip
        contact = Contact.create(customer=customer.number, first_name="Cy", last_name="Orr")
        deal = Opportunity.create(name="Tents", account=account.number, owner=operator)
    one = lead(operator)
    ready = prepared([one, contact, account, customer])
    assert [each.address.splitlines()[-2:] for each in ready.recipients] == [
        ["12 Mill Road", "Boston, MA 02110"], ["50667 Köln", "GERMANY"], ["50667 Köln", "GERMANY"],
        ["75008 PARIS", "FRANCE"],
    ]  # fmt: skip
    assert ready.recipients[1].body.text == "Dear Cy Orr,\n\nwelcome." and not ready.left_out
    told = prepared([deal]).recipients[0]
    assert (told.record, told.about) == (account, deal), "of a deal its account is written to"


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_an_envelope_names_the_company_and_the_person_once(operator: str) -> None:
    with unit("Make people", by=operator):
        customer = Customer.create(first_name="Bo", last_name="Ray")
        account = Account.create(name="Acme; Bo Ray", customer=customer.number, owner=operator, bill_address="1 Way",
                                 bill_city="Boston", bill_state="MA", bill_postal_code="02110")  # fmt: skip
        contact = Contact.create(customer=customer.number, first_name="Cy", last_name="Orr")
    assert [each.address.splitlines()[:2] for each in prepared([account, contact]).recipients] == [
        ["Acme", "Bo Ray"], ["Acme", "Cy Orr"],
    ]  # fmt: skip


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_who_is_left_out_is_listed_with_the_reason(operator: str) -> None:
    good, twin = lead(operator), lead(operator, description="Again")
    nowhere = lead(operator, description="Nowhere", address="", city="")
    nameless = lead(operator, description="Nameless", first_name="", last_name="", address="7 Way")
    objects = lead(operator, description="Objects", address="8 Way")
    requests.take(Lead, objects.key, Asked.OBJECT, date(2026, 1, 5), operator)
    forgotten = lead(operator, description="Forgotten", address="9 Way")
    anonymising.anonymise(Lead, forgotten.key, "asked", operator)
    gone = lead(operator, description="Gone", address="10 Way")
    with unit("Remove", by=operator):
        gone.delete_instance()
    ready = prepared([good, twin, nowhere, nameless, objects, forgotten, gone])
    assert [each.record for each in ready.recipients] == [good]
    assert sorted(each.why for each in ready.left_out) == [
        "erased", "gone", "no_address", "objected", "twice", "unknown"
    ]  # fmt: skip
    assert {each.why: each.reason for each in ready.left_out}["unknown"] == "not known: Name of whom it goes to"
    assert dict(ready.reasons())["no postal address"] == 1
    assert [each.why for each in prepared([good], Wanted("E", body='{{ lead.title or "" }} ')).left_out] == ["empty"]


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_what_a_value_says_is_never_read_as_a_field(operator: str) -> None:
    sly = lead(operator, first_name="{{ operator.id }}", last_name="**Lee**")
    one = prepared([sly]).recipients[0]
    assert one.body.text.startswith("Dear {{ operator.id }} **Lee**,")
    assert letters.problem(Wanted("Bad", body="{{ lead.frist_name }}"), operator)
    with pytest.raises(Mistake, match="did you mean"):
        prepared([sly], Wanted("Bad", body="{{ lead.frist_name }}"))
    with pytest.raises(Mistake, match="Nothing stands"):
        prepared([sly], Wanted("Empty", body=" "))
    with pytest.raises(Mistake, match="too many"):
        letters.prepare([(Lead, 1)] * (letters.MOST + 1), HELLO, operator)


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_a_letter_says_once_what_the_paper_has_its_own_place_for(operator: str) -> None:
    ready = {row.name: letters.of_template(row, operator) for row in templates.every(operator) if row.what != "mail"}
    assert ready["Letter"].body.startswith('Dear {{ person.name or "Sir or Madam" }},')
    assert ready["Brief"].body.startswith("Guten Tag")
    assert ready["Address label"].body == "{{ address }}", "a label is nothing else"
    assert letter_texts.headless("Hi\n{{ address }}") == "Hi\n{{ address }}"


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_a_letter_stands_on_each_timeline_in_one_step_that_can_be_taken_back(operator: str) -> None:
    some = [lead(operator, address=f"{number} Way") for number in range(3)]
    ready = prepared(some)
    noted = letters.note(ready.recipients, HELLO, operator)
    assert noted.people == 3 and noted.unit is not None
    held = notes.of([(Lead, some[0].key)], operator)
    assert [note.text for note in held] == [
        "Letter “Welcome” to Ann Lee, 0 Way, Boston, MA 02110\n\nDear Ann Lee,\n\nwelcome."
    ]
    saving.reverse(noted.unit, operator)
    assert Note.select().count() == 0
    assert letters.note([], HELLO, operator) == (0, None)


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_dp4_who_is_anonymised_stands_in_no_letter_any_more(operator: str) -> None:
    one = lead(operator)
    letters.note(prepared([one]).recipients, HELLO, operator)
    assert Note.select().where(Note.text.contains("Ann Lee")).count() == 1
    anonymising.anonymise(Lead, one.key, "asked", operator)
    assert Note.select().where(Note.text.contains("Ann") | Note.text.contains("Mill Road")).count() == 0


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_letters_go_only_to_those_one_sees() -> None:
    own = Secured()
    own.let({"use": "all", "view": "own"})
    mine, foreign = made(Lead, ANN), made(Lead, CY)
    for each in (mine, foreign):
        with unit("Move", by="ADMIN"):
            held: Any = Lead.find(each.key)
            held.address, held.city, held.first_name = "12 Way", "Boston", f"Ann {each.key}"
            held.save()
    ready = prepared([mine, foreign], by=ANN)
    assert ([each.record.key for each in ready.recipients], [each.why for each in ready.left_out]) == (
        [mine.key], ["gone"],
    )  # fmt: skip
    assert letters.read(Lead, foreign.key, HELLO, ANN) is None
    seen = prepared([foreign]).recipients
    with pytest.raises(Refused):
        letters.note(seen, HELLO, ANN)
    assert Note.select().count() == 0


# ---------------------------------------------------------------- Word


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_the_merge_fields_of_a_word_document_are_filled_a_section_for_each(operator: str, tmp_path: Path) -> None:
    some = [lead(operator, company="A & <B>"), lead(operator, first_name="Bo\x0b", address="2 Way")]
    source = with_fields(tmp_path / "own.docx", ["First_Name", "Firma", "Address", "lead_city"])
    assert merged.fields(source) == ["Address", "Firma", "First_Name", "lead_city"]
    wanted, unknown = letters.of_fields("own", merged.fields(source), operator, gaps=True)
    assert not unknown
    ready = prepared(some, wanted)
    assert merged.write(source, ready.recipients, tmp_path / "out.docx", nobody) == 2
    assert sections(tmp_path / "out.docx") == [
        "First_Name: Ann\nFirma: A & <B>\nAddress: A & <B>\nAnn Lee\n12 Mill Road\nBoston, MA 02110\n"
        "lead_city: Boston\nYours",
        "First_Name: Bo\nFirma: \nAddress: Bo Lee\n2 Way\nBoston, MA 02110\nlead_city: Boston\nYours",
    ]
    strict, _unknown = letters.of_fields("own", merged.fields(source), operator)
    assert [each.reason for each in prepared(some, strict).left_out] == ["not known: Company of whom it goes to"]


@pytest.mark.usefixtures("office")
def test_bx26_fields_nobody_knows_are_said_before_anything_is_written(operator: str) -> None:
    wanted, unknown = letters.of_fields("own", ["Vorname", "Shoe_Size", "PLZ", "ZIP_Code", "Date"], operator)
    assert unknown == ["Shoe_Size"]
    assert wanted.fields == {
        "Vorname": "person.first_name", "PLZ": "person.postal_code", "ZIP_Code": "person.postal_code", "Date": "today"
    }  # fmt: skip


def test_bx26_a_file_that_is_no_word_document_or_refers_to_others_is_refused(tmp_path: Path) -> None:
    for name, data in (("text.docx", b"no"), ("empty.docx", b"")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Mistake, match="no Word document"):
            merged.fields(tmp_path / name)
    sly = with_fields(tmp_path / "sly.docx", ["Name"], '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]>')
    with pytest.raises(Mistake, match="no Word document"):
        merged.fields(sly)
    with pytest.raises(Mistake, match="no Word document"):
        merged.fields(tmp_path / "nowhere.docx")


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_a_plain_template_becomes_a_word_document_a_section_for_each(operator: str, tmp_path: Path) -> None:
    some = [lead(operator), lead(operator, first_name="B & <o>", address="2 Way")]
    ready = prepared(some, Wanted("Welcome", "News", "Dear {{ person.name }},\n**welcome** {{ lead.company or '' }}"))
    path = tmp_path / "out.docx"
    assert plain.write(ready.recipients, TOP, path, nobody) == 2
    first, second = sections(path)
    assert first.splitlines() == [
        "Acme Office", "1 Harbor St", "Boston, MA 02110", "Ann Lee", "12 Mill Road", "Boston, MA 02110",
        "Nov 28, 2026", "", "News", "", "Dear Ann Lee,", "welcome",
    ]  # fmt: skip
    assert "Dear B & <o> Lee," in second


@pytest.mark.usefixtures("office", "fixed_clock")
def test_bx26_a_word_document_that_is_stopped_leaves_no_file(operator: str, tmp_path: Path) -> None:
    def stop(done: int, total: int, said: str = "") -> None:
        if done:
            raise Stopped

    some = prepared([lead(operator), lead(operator, address="2 Way")]).recipients
    source = with_fields(tmp_path / "own.docx", ["Name"])
    for write in (
        lambda: plain.write(some, TOP, tmp_path / "out.docx", stop),
        lambda: merged.write(source, some, tmp_path / "out.docx", stop),
    ):
        with pytest.raises(Stopped):
            write()
    assert [path.name for path in tmp_path.glob("out*")] == []


# ---------------------------------------------------------------- sheets


@pytest.mark.parametrize("sheet", label_sheets.SHEETS, ids=lambda sheet: sheet.name)
def test_bx26_every_sheet_of_labels_fits_its_paper(sheet: label_sheets.LabelSheet) -> None:
    width, height = label_sheets.SIZES[sheet.paper]
    x, y = sheet.place(sheet.labels - 1)
    assert x + sheet.width <= width + 0.01 and y + sheet.height <= height + 0.01
    assert abs(width - (x + sheet.width) - sheet.left) < 0.2, "as much is left at the right as at the left"
    assert abs(height - (y + sheet.height) - sheet.top) < 0.2
    assert sheet.across >= sheet.width and sheet.down >= sheet.height


def test_bx26_a_sheet_is_found_by_its_name_or_number_and_begins_where_labels_are_left() -> None:
    assert label_sheets.sheet("5160", "A4").name == "Avery 5160"
    assert label_sheets.sheet("avery zweckform 3475", "A4").labels == 24
    assert {label_sheets.sheet(None, paper).name for paper in ("A4", "Letter")} == {"Avery L7160", "Avery 5160"}
    one = label_sheets.sheet("5160", "Letter")
    assert one.place(0) == (4.7625, 12.7) and one.place(4) == (4.7625 + 69.85, 12.7 + 25.4)
    assert [label_sheets.pages(one, count, start) for count, start in ((0, 1), (30, 1), (30, 2), (1, 30))] == [
        0,
        1,
        2,
        1,
    ]
