"""Anonymising somebody reaches everything the office holds of them, and keeps what it must (SI-40, DP-3…DP-7)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import ALL, Account, Contact, Customer, DoNotCall, Lead, Opportunity, PhoneCall, Task
from channergy_crm.records.erasing import BOOKS, FREE
from channergy_crm.records.messages import BatchRow, MessageRow
from channergy_crm.records.privacy import Channel, ErasureRow
from channergy_crm.records.transfers import ExportRow
from channergy_crm.records.vendors import VendorContact
from channergy_crm.services import documents, gate, history, leads, notes, removed, roles, saving
from channergy_crm.services.audit import Asked
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.privacy import age, anonymising, everything, optouts, personal, refusals
from channergy_crm.services.privacy.age_order import Wanted
from channergy_crm.store import database, shredding
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.work import UnitRow
from tests.domain.marked import Marked, again, every_type
from tests.domain.secured import ANN, Secured
from tests.factories import BY, stored

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

NAMES_RECORDS = {"RecordNo", "LeadNo", "CRMAccountNo", "CustNo", "ContactNo", "OpportunityNo", "NumberKey", "OneNo",
                 "AddressKey"}  # fmt: skip
"""columns by which a row is about somebody"""


def held(office: Office) -> dict[str, str]:
    """Every table of the store, by the engine's own list of them, and all it holds, folded."""
    found = {}
    for table in office.database.get_tables():
        if table.endswith("_words"):  # the index of the search cannot be read; what it lies in is read
            continue
        asked = f'SELECT * FROM "{table}"'
        rows = office.database.execute_sql(asked).fetchall()  # sql: a name out of its own list
        found[table] = "\n".join(str(value) for row in rows for value in row).casefold()
    return found


def left(words: set[str], texts: dict[str, str]) -> list[str]:
    """Where one of these words still stands."""
    return sorted(f"{table}: {word}" for table, text in texts.items() for word in words if word in text)


def forget(record: Any, why: str = "asked for it", **options: Any) -> anonymising.Erased:
    return anonymising.anonymise(type(record), record.key, why, BY, **options)


def written_elsewhere(lead: Lead) -> None:
    """A filter somebody exported by, and a message."""
    moment, said = datetime(2026, 11, 1), f"Hello {lead.last_name}"
    with database.writing():
        ExportRow.insert(
            by=BY, done=moment, table="CRMLeads", what="leads", search=lead.email, columns="", rows=1, form="csv",
            file="out.csv",
        ).execute()  # fmt: skip
        MessageRow.insert(
            channel="sms", batch="B", table="CRMLeads", key=str(lead.key), address=lead.phone, text=said, reference="R",
            state="sent", by=BY, made=moment, changed=moment,
        ).execute()  # fmt: skip
        BatchRow.insert(key="B", channel="sms", template=said, by=BY, made=moment).execute()


def test_dp4_nothing_of_a_person_full_of_marked_words_is_left_in_any_table(office: Office, tmp_path: Path) -> None:
    for record in every_type():
        personal.choose(record, dict.fromkeys(personal.offered(record), True), BY)
    marked = Marked()
    lead = marked.whole()
    notes.add(Lead, lead.key, f"Spoke to {lead.last_name}", BY)
    written_elsewhere(lead)
    documents.keep(lead, f"Dear {lead.last_name}".encode(), BY, "Add a document", name=f"{lead.last_name}.txt")
    refusals.add(refusals.EMAIL, lead.email, "told us", BY)
    assert len(left(marked.words, held(office))) > 200
    forget(lead)
    assert not left(marked.words, held(office))
    assert again(lead).caption() == f"Anonymised #{lead.key}"
    if office.path is not None:
        shredding.clear()
        for file in tmp_path.glob("office.db*"):
            content = file.read_bytes().decode("latin-1").casefold()
            assert not [word for word in marked.words if word in content], file


def test_dp4_every_table_that_names_records_says_how_it_is_cleaned(office: Office) -> None:
    known = {book.table._meta.table_name for book in BOOKS} | FREE | {"CRMDoNotCall", "CRMOptOuts"}
    known |= {record._meta.table_name for record in [*personal.people(), *personal.hanging()]}
    naming = {
        table for table in office.database.get_tables()
        if NAMES_RECORDS & {column.name for column in office.database.get_columns(table)}
    }  # fmt: skip
    assert naming <= known, f"say in records/erasing.py how these are cleaned: {naming - known}"
    assert {record for record in ALL if record.about.person} == {Lead, Account, Contact, Customer, VendorContact}


def lead_of(**values: Any) -> Lead:
    return leads.create({"description": "A lead", **values}, BY)


def test_dp3_what_is_kept_is_what_figures_and_links_need(office: Office, fixed_clock: datetime) -> None:
    marked = Marked()
    lead = marked.whole()
    call, deal = marked.parts[PhoneCall][0], marked.parts[Opportunity][0]
    before = again(call)
    forget(lead)
    kept = again(call)
    assert (kept.started, kept.code, kept.seconds, kept.lead) == (before.started, before.code, before.seconds, lead.key)
    assert (kept.phone, kept.note, kept.recording) == ("", "", "")
    assert again(deal).amount == deal.amount and again(deal).stage == deal.stage
    assert again(lead).owner == lead.owner and again(lead).lead_source == lead.lead_source


def test_dp5_a_won_order_is_kept_and_told(office: Office, fixed_clock: datetime) -> None:
    account = stored(Account)
    with work.unit("Win", by=BY):
        deal = Opportunity(account=account.key, name="Website", owner=BY, outcome="Won", close_date_1=date(2020, 5, 1))
        deal.save()
    found = anonymising.preview(Account, account.key, BY)
    assert found.held == ["“Website” was won on 2020-05-01: it is kept until 2030-12-31."]
    with pytest.raises(Refused, match="That cannot be anonymised yet. “Website” was won on 2020-05-01"):
        forget(account)
    assert again(account).name == account.name and not ErasureRow.select().exists()
    held_deal = again(deal)
    held_deal.close_date_1 = date(2015, 5, 1)
    saving.save(held_deal, BY)
    forget(account)
    assert again(account).name == f"Anonymised #{account.key}"


def test_dp3_it_is_never_taken_back_and_neither_is_what_was_done_before(office: Office) -> None:
    lead = lead_of(first_name="Xaver", last_name="Quentin", phone="650-253-7777")
    lead.last_name = "Quentins"
    saving.save(lead, BY)
    entry = saving.undoable(BY)
    assert entry is not None
    done = forget(lead)
    assert saving.undoable(BY) is None
    for number in (entry.number, done.unit):
        with pytest.raises(Mistake, match="Somebody was anonymised there: that is never taken back"):
            saving.reverse(number, BY)
        with pytest.raises(Mistake, match="never taken back"):
            history.reversible(number, BY)
    told = history.of([(Lead, lead.key)], BY).entries
    assert [each.takes for each in told] == [None, None, None]
    assert {each.said for each in told} == {
        f"Anonymise Anonymised #{lead.key}", f"Save lead Anonymised #{lead.key}",
        f"Create lead Anonymised #{lead.key}",
    }  # fmt: skip


def test_dp3_a_step_that_touched_others_too_is_taken_back_for_them_alone(office: Office) -> None:
    one, other = lead_of(last_name="Quentin", notes="a"), lead_of(last_name="Roberts", notes="b")
    with work.unit("Change both", by=BY) as unit:
        for lead in (one, other):
            lead.notes, lead.company = f"{lead.notes} secret", "Acme"
            lead.save()
    forget(one)
    saving.reverse(unit.number, BY)
    assert (again(one).notes, again(one).company) == ("", f"Anonymised #{one.key}")
    assert (again(other).notes, again(other).company) == ("b", "")


def test_dp4_who_was_merged_or_deleted_is_forgotten_as_well(office: Office) -> None:
    words = {"quentin", "zwilling", "650253", "xaver"}
    one = lead_of(first_name="Xaver", last_name="Quentin", phone="650-253-7777")
    two = lead_of(first_name="Xaver", last_name="Zwilling", phone="650-253-7778")
    merging.merge(proposal.propose(Lead, [one.key, two.key], BY), 0, {}, BY)
    gone = lead_of(first_name="Xaver", last_name="Zwilling")
    saving.delete(gone, BY)
    forget(one)
    anonymising.anonymise(Lead, gone.key, "", BY)
    assert not left(words, held(office))
    back = removed.items(Asked(), BY).items
    assert {item.name for item in back} <= {f"Anonymised #{two.key}", f"Anonymised #{gone.key}"}
    assert {(row.table, row.key) for row in ErasureRow.select()} == {
        ("CRMLeads", str(key)) for key in (one.key, two.key, gone.key)
    }  # fmt: skip


def test_dp7_who_did_not_want_to_be_called_is_not_called_again_and_nobody_knows_who_it_was(office: Office) -> None:
    lead = lead_of(last_name="Quentin", phone="650-253-7777", other_phone="650-253-7778", email="q@quentin.example")
    other = lead_of(last_name="Roberts", phone="650-253-7779", do_not_call=True)
    refusals.add("phone", "650-253-7777", "asked us", BY)
    refusals.add(refusals.EMAIL, "Q@Quentin.example", "unsubscribed", BY)
    for each in (lead, other):
        forget(each)
    assert not left({"650253", "quentin", "asked us", "roberts"}, held(office))
    assert gate.refusal("650-253-7777", BY) and gate.refusal("650-253-7779", BY)
    assert not gate.refusal("650-253-7778", BY)
    assert all(row.key_of_number.startswith("h:") for row in DoNotCall.select())
    assert optouts.refuses(Channel.EMAIL, "q@quentin.EXAMPLE", BY) and not optouts.refuses(Channel.EMAIL, "a@b.cd", BY)


def test_dp7_who_was_taken_off_a_list_before_is_forgotten_there_too(office: Office) -> None:
    lead = lead_of(last_name="Quentin", phone="650-253-7777", email="q@quentin.example")
    for channel, text in ((refusals.PHONE, lead.phone), (refusals.EMAIL, lead.email)):
        refusals.add(channel, text, "asked", BY)
        refusals.take_off(refusals.listed("", channel, 0, BY)[0], "agreed", BY)
    forget(lead)
    assert not left({"650253", "quentin"}, held(office))


def test_si40_along_or_alone(office: Office) -> None:
    marked = Marked()
    lead = marked.whole()
    forget(lead, along=False)
    assert again(lead).caption().startswith("Anonymised")
    assert not again(marked.people[Account]).caption().startswith("Anonymised")
    contact = marked.people[Contact]
    forget(contact)
    assert not again(marked.people[Customer]).caption().startswith("Anonymised")
    forget(marked.people[Account])
    assert again(marked.people[Customer]).caption() == f"Anonymised #{marked.people[Customer].key}"


def test_si40_the_preview_says_what_is_reached(office: Office) -> None:
    lead = lead_of(first_name="Ann", last_name="Lee")
    notes.add(Lead, lead.key, "Likes tea", BY)
    found = anonymising.preview(Lead, lead.key, BY)
    assert list(found.people) == ["Ann Lee"] and not found.held
    assert found.counts == {"Lead": 1, "Notes": 1, "Entries of the history": 1}
    assert {"Description", "Phone", "Notes"} <= set(found.fields[Lead])
    with pytest.raises(Mistake, match="Tasks are about nobody"):
        anonymising.preview(Task, 1, BY)
    with pytest.raises(Mistake, match="Lead 99 is gone"):
        anonymising.preview(Lead, 99, BY)


def test_dp1_si36_the_office_chooses_which_fields_are_personal(office: Office) -> None:
    usual = personal.choices(Lead, BY)
    assert usual["notes"] and usual["email"] and not usual["city"] and "last_name" not in usual
    personal.choose(Lead, {"notes": False, "city": True}, BY)
    lead = lead_of(last_name="Lee", notes="Likes tea", city="Rome", email="a@b.cd")
    forget(lead)
    assert (again(lead).notes, again(lead).city, again(lead).email) == ("Likes tea", "", "")
    saving.reverse(_latest(), BY)
    assert personal.choices(Lead, BY) == usual


def _latest() -> int:
    row = UnitRow.select().where(UnitRow.name.startswith("Choose the personal")).get()
    return int(row.number)


def test_dp7_a_file_does_not_bring_back_somebody_to_call(office: Office, tmp_path: Path) -> None:
    forget(lead_of(last_name="Quentin", phone="650-253-7777", do_not_call=True))
    (tmp_path / "in.csv").write_text("Last Name,Phone\nQuentin,650-253-7777\nRoberts,650-253-7778\n", "utf-8")
    outcome = run(propose(Lead, open_source(tmp_path / "in.csv")), operator=BY)
    assert {lead.last_name: lead.do_not_call for lead in Lead.select() if lead.last_name} == {
        "Quentin": True, "Roberts": False,
    }  # fmt: skip
    assert outcome.advice == ["1 of them asked this office not to be called, and is marked so."]


def test_si40_only_who_has_the_right_anonymises(office: Office) -> None:
    secured, lead = Secured(), lead_of(last_name="Quentin")
    secured.let({"use": "all", **dict.fromkeys(["view", "edit", "delete", "export"], "all")})
    for what in (
        lambda: anonymising.preview(Lead, lead.key, ANN), lambda: anonymising.anonymise(Lead, lead.key, "", ANN),
        lambda: everything.about(Lead, lead.key, ANN), lambda: age.find(Wanted(), ANN),
    ):  # fmt: skip
        with pytest.raises(Refused, match="Your role does not let you erase personal data"):
            what()
    roles.let_do(secured.role, ["erase"], "ADMIN")
    assert anonymising.anonymise(Lead, lead.key, "", ANN).records == [("CRMLeads", str(lead.key))]
