"""What holds for every record type, old and new: saved, read back, merged, refused, taken back (C6, CH-136…CH-149)."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import peewee
import pytest

from channergy_crm import work
from channergy_crm.errors import Clash, Mistake
from channergy_crm.fields import Link, Phone, Text
from channergy_crm.records import ALL, BY_TABLE
from channergy_crm.store.database import Office, OutsideUnit
from channergy_crm.work import undo
from channergy_crm.work.journal_values import unpacked
from tests.factories import BY, changed, plain, stored, valid, value_for

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

every_record = pytest.mark.parametrize("record", ALL, ids=lambda record: record.__name__)
once = pytest.mark.engines("sqlite")
"""decided before a database is asked, or the same for all that is written"""
DIALED = [record for record in ALL if any(isinstance(kind, Phone) and kind.keyed for kind in record.kinds().values())]

# The names other programs find: python name -> column, by table.
NAMES = {
    "CRMLeads": "number LeadNo, lead_source LeadSource, first_name FirstName, last_name LastName, time_zone TimeZone,"
    " call_try CallTry, call_date CallDt, call_code CallCode, call_status CallStatus, reminder_date ReminderDt,"
    " reminder_time ReminderTime, owner OwnerOperatorID, removed IsRemoved, account CRMAccountNo, customer CustNo,"
    " type Type, description Description, company Company, title Title, phone Phone, fax Fax, email Email,"
    " website Website, notes Notes, objection Objection",
    "CRMAccounts": "number CRMAccountNo, customer CustNo, originating_lead OriginatingLeadNo, name AccountName,"
    " description AccountDescription, annual_revenue AnnualRevenue, order_volume OrderVolume,"
    " previous_system PreviousSystem, owner OwnerOperatorID, type Type, industry Industry, employees Employees,"
    " phone Phone, fax Fax, email Email, website Website",
    "CRMOpportunities": "number OpportunityNo, account CRMAccountNo, created_on CreateDt, created_by CreateID,"
    " originating_lead OriginatingLeadNo, updated_on LastUpdateDt, updated_by LastUpdateID,"
    " last_activity LastActivityDt, lead_source LeadSource, cost_conscious CostConscious, close_date_1 CloseDt1,"
    " close_date_2 CloseDt2, next_step NextStep, stage_duration StageDuration, interest_level InterestLevel,"
    " outcome LostWon, outcome_reason LostWonReason, decision_maker DecisionMakerName, owner OwnerOperatorID,"
    " name Name, description Description, partner Partner, type Type, amount Amount, budget Budget, closed Closed,"
    " stage Stage, probability Probability, objection Objection",
    "CustServ": "number CustServNo, customer CustNo, account CRMAccountNo, opportunity OpportunityNo, lead LeadNo,"
    " is_crm IsCRM, reminder_date ReminderDt, reminder_time ReminderTime, owner OwnerOperatorID, action Action,"
    " notes Notes, priority Priority, status Status, closed Closed",
    "CustomLookup": "table TableName, field FieldName, value LookupValue, description LookupDescription, sort SortNo",
    "Customers": "number CustNo, created_on CreateDt",
    "CustomerContacts": "customer CustNo, number ContactNo",
    "Orders": "number OrderNo, customer CustNo, ordered_on OrderDt, amount Amount",
    "Operators": "id OperatorID, name Name",
}
ROWS = {
    "CRMLeads": "CH-137, CH-138, CH-139", "CRMAccounts": "CH-141", "CRMOpportunities": "CH-143",
    "CustServ": "CH-145, CH-146, CH-147, CH-148", "CustomLookup": "CH-149, CH-150, CH-152, CH-153, CH-154",
    "CustomerContacts": "CH-144",
}  # fmt: skip


def again(record: Record) -> Record:
    found = type(record).find(record.key)
    assert found is not None
    return found


@pytest.mark.parametrize("table", NAMES, ids=lambda table: f"{table} {ROWS.get(table, '')}")
def test_ch136_tables_and_columns_carry_the_names_of_the_documents(table: str) -> None:
    fields = BY_TABLE[table]._meta.fields
    for pair in NAMES[table].split(","):
        name, column = pair.split()
        assert fields[name].column_name == column


@every_record
def test_every_field_is_saved_and_read_back_over_another_connection(office: Office, record: type[Record]) -> None:
    for turn in (1, 2):
        made = stored(record, turn)
        wanted = {kind.name: getattr(made, kind.name) for kind in record.kinds().values()}
        reader = office.reader()
        key = work.key_field(record)
        sql, params = record.select(*record.kinds().values()).where(key == made.key).sql()
        raw = reader.rows(sql, params)[0]
        reader.close()
        held = {kind.name: kind.python_value(value) for kind, value in zip(record.kinds().values(), raw, strict=True)}
        assert held == wanted


@every_record
def test_bx11_c6_two_people_changing_other_fields_both_keep_theirs(office: Office, record: type[Record]) -> None:
    fields = [kind for kind in plain(record) if not kind.unique]
    if len(fields) < 2:
        fields = [*fields, *fields]
    key = stored(record, 1).key
    mine, theirs = record.find(key), record.find(key)
    assert mine is not None and theirs is not None
    setattr(theirs, fields[0].name, value_for(fields[0], 2))
    with work.unit("Theirs", by=BY):
        theirs.save()
    if fields[0] is fields[1]:
        return
    setattr(mine, fields[1].name, value_for(fields[1], 2))
    with work.unit("Mine", by=BY):
        mine.save()
    held = again(mine)
    assert getattr(held, fields[0].name) == value_for(fields[0], 2)
    assert getattr(held, fields[1].name) == value_for(fields[1], 2)
    assert held.version == 3


@once
@every_record
def test_bx11_c6_two_people_changing_the_same_field_are_told(office: Office, record: type[Record]) -> None:
    key = stored(record, 1).key
    mine, theirs = record.find(key), record.find(key)
    assert mine is not None and theirs is not None
    kind = changed(theirs, 2)
    with work.unit("Theirs", by=BY):
        theirs.save()
    setattr(mine, kind.name, value_for(kind, 0))
    with pytest.raises(Clash) as clash, work.unit("Mine", by=BY):
        mine.save()
    told = clash.value.differences[0]
    assert (told.name, told.base, told.mine, told.theirs) == (
        kind.name, value_for(kind, 1), value_for(kind, 0), value_for(kind, 2),
    )  # fmt: skip
    assert getattr(again(mine), kind.name) == value_for(kind, 2)


@every_record
def test_bx12_every_change_is_undone_and_redone(office: Office, record: type[Record]) -> None:
    made = stored(record, 1)
    whole = dict(again(made).__data__)
    held = again(made)
    kind = changed(held, 2)
    with work.unit("Change", by=BY):
        held.save()
    with work.unit("Delete", by=BY):
        again(made).delete_instance()
    assert record.find(made.key) is None
    for expected in (value_for(kind, 2), value_for(kind, 1)):
        entry = undo.undoable(BY)
        assert entry is not None
        undo.reverse(entry.number, by=BY, records=BY_TABLE)
        assert getattr(again(made), kind.name) == expected
    back = dict(again(made).__data__)
    whole.pop("version"), back.pop("version")
    assert back == whole
    entry = undo.redoable(BY)
    assert entry is not None
    undo.reverse(entry.number, by=BY, records=BY_TABLE)
    assert getattr(again(made), kind.name) == value_for(kind, 2)


@once
@every_record
def test_a_record_is_neither_saved_nor_deleted_outside_a_unit(office: Office, record: type[Record]) -> None:
    with pytest.raises(OutsideUnit):
        valid(record, 2).save()
    made = stored(record, 1)
    with pytest.raises(OutsideUnit):
        made.delete_instance()
    with pytest.raises(OutsideUnit):
        record.delete().execute()


@once
@every_record
def test_required_fields_are_refused_with_a_sentence_that_names_them(office: Office, record: type[Record]) -> None:
    required = [kind for kind in plain(record) if kind.required and isinstance(kind, Text)]
    for kind in required:
        made = valid(record, 1)
        setattr(made, kind.name, "  ")
        with pytest.raises(Mistake, match=kind.label) as mistake, work.unit("Make", by=BY):
            made.save()
        assert mistake.value.field == kind.name


@pytest.mark.parametrize("record", DIALED, ids=lambda record: record.__name__)
def test_bx16_every_dialed_number_has_its_digits_and_its_world_form_beside_it_indexed(
    office: Office, record: type[Record]
) -> None:
    indexed = {index.columns[0] for index in office.database.get_indexes(record._meta.table_name) if index.columns}
    for kind in record.kinds().values():
        if isinstance(kind, Phone) and kind.keyed:
            made = valid(record, 1)
            setattr(made, kind.name, "(504) 621-8927")
            with work.unit("Make", by=BY):
                made.save()
            held = again(made)
            assert held.__data__[kind.name] == "(504) 621-8927"
            assert held.__data__[f"{kind.name}_digits"] == "5046218927"
            assert held.__data__[f"{kind.name}_e164"] == "+15046218927"
            assert {f"{kind.column_name}Digits", f"{kind.column_name}E164"} <= indexed


@once
@every_record
def test_every_value_shown_as_text_is_read_back(office: Office, record: type[Record]) -> None:
    for kind in record.kinds().values():
        if isinstance(kind, Link):
            continue
        for turn in range(3):
            value = value_for(kind, turn) if not kind.primary_key else turn + 1
            if kind.primary_key and isinstance(kind, peewee.CharField):
                value = "KEY"
            if isinstance(kind, peewee.DateTimeField):
                continue
            assert kind.read(kind.show(value)) == (value if value != "" else ""), (kind.name, value)


@once
@every_record
def test_the_journal_names_the_unit_and_keeps_the_fields_before_and_after(office: Office, record: type[Record]) -> None:
    held = again(stored(record, 1))
    kind = changed(held, 2)
    told: list[work.Done] = []
    stop = work.listen(told.append)
    with work.unit("Change it", by=BY):
        held.save()
    stop()
    assert len(told) == 1 and told[0].name == "Change it"
    assert told[0].keys(record._meta.table_name) == {held.key}
    row = work.ChangeRow.select().where(work.ChangeRow.unit == told[0].number).get()
    assert unpacked(record, row.before)[kind.name] == value_for(kind, 1)
    assert unpacked(record, row.after)[kind.name] == value_for(kind, 2)


@once
@every_record
def test_a_failing_unit_leaves_nothing(office: Office, record: type[Record]) -> None:
    before = record.select().count()

    class Stop(Exception):
        pass

    with pytest.raises(Stop), work.unit("Make", by=BY):
        valid(record, 2).save()
        raise Stop
    assert record.select().count() == before
    assert undo.undoable(BY) is None or undo.undoable(BY).name != "Make"  # type: ignore[union-attr]


def test_every_record_is_declared_once(office: Office) -> None:
    assert len({record._meta.table_name for record in ALL}) == len(ALL)
    assert all(record.singular and record.plural and record.__doc__ for record in ALL)


@pytest.mark.engines("sqlite")
def test_flags_are_kept_as_0_and_1_and_money_in_cents(office: Office) -> None:
    made: Any = stored(BY_TABLE["CRMOpportunities"], 1)
    raw = sqlite3.connect(str(office.path))
    row = raw.execute(
        "SELECT CostConscious, Amount, CloseDt1 FROM CRMOpportunities WHERE OpportunityNo = ?", (made.number,)
    ).fetchone()
    raw.close()
    assert row == (1, 123456, "2024-02-29")
