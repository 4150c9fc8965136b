"""Tags on records: made once, found, counted, merged, taken off, and nobody else's own ones (BX-40, VT-29, VT-56)."""

from __future__ import annotations

from typing import Any

import pytest

from channergy_crm.errors import Mistake, Refused
from channergy_crm.query import completion, conditions, sentence, tagged
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.query.syntax import FilterMistake
from channergy_crm.records import BY_TABLE, Account, Contact, Lead, Opportunity, Tag, Tagging
from channergy_crm.records.tags import can_be_tagged
from channergy_crm.services import conversion, leads, operators, preferences, tags
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.privacy import anonymising
from channergy_crm.transfer.exporting.run import Wanted, export
from channergy_crm.transfer.importing import run as importing
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.work import undo
from tests import factories
from tests.domain.secured import ANN, CY, Secured

BY = "ADMIN"


def found(text: str, by: str = BY) -> list[str]:
    query = ListQuery(Lead, (), None, text, by=by).select(Lead.description).order_by(Lead.number)
    return [row[0] for row in query.tuples()]


def worn(record: Any, by: str = BY) -> list[str]:
    return [tag.name for tag in tags.of(record, by)]


def take_back(by: str = BY) -> None:
    undo.reverse(undo.undoable(by).number, by=by, records=BY_TABLE)


@pytest.fixture
def three(office: Any) -> list[int]:
    operators.add("BEA", "Bea", BY)
    return [leads.create({"description": name, "company": name}, BY).number for name in ("one", "two", "three")]


def test_bx40_a_tag_is_put_on_many_found_taken_off_and_undone(
    three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []
    done = tags.put_on(Lead, three[:2], "fair  2026", BY, lambda *now: told.append(now[:2]), colour="teal")
    assert (done.records, told[-1]) == (2, (2, 2))
    assert found('tag:"FAIR 2026"') == ["one", "two"]
    assert tags.put_on(Lead, three, "Fair 2026", BY).records == 1, "nobody wears it twice"
    assert (Tag.select().count(), tags.every(BY)[0].colour) == (1, "teal")
    tags.put_on(Lead, three[1:], "hot", BY)
    assert found('tag:"fair 2026" tag:hot') == ["two", "three"]
    assert found('tag:hot -tag:"fair 2026" OR one') == ["one"]
    with monkeypatch.context() as patched:  # what many wear is asked of each record by itself
        patched.setattr(conditions, "WORN_BY_MANY", 1)
        assert (found("tag:hot"), found('-tag:"fair 2026"'), found("tag:hot -tag:")) == (["two", "three"], [], [])
    assert tags.on_all(Lead, three, BY) == {tags.every(BY)[0].number}
    assert tags.take_off(Lead, three, "HOT", BY).records == 2
    assert found("-tag:") == [] and found("tag:hot") == []
    take_back()
    assert found("tag:hot") == ["two", "three"]
    with pytest.raises(FilterMistake, match="no tag “cold”") as wrong:
        conditions.condition(Lead, "one tag:cold", BY)
    assert (wrong.value.start, wrong.value.end) == (4, 12)
    with pytest.raises(Mistake, match="a name"):
        tags.put_on(Lead, three, ' , "', BY)
    assert completion.completions(Lead, "tag:fa", BY) == ['tag:"fair 2026"']
    assert completion.completions(Lead, "ta", BY) == ["tag:"]
    assert sentence.sentence(Lead, '-tag:"fair 2026" tag:') == "without the tag “fair 2026” and with a tag"


@pytest.mark.parametrize("most", [(2_000, 3_000, 20_000), (0, 3_000, 20_000), (0, 0, 20_000), (0, 0, 0)])
def test_bx40_a_list_asked_for_tags_has_the_same_rows_whichever_way_they_are_met(
    office: Any, three: list[int], most: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, many in zip(("FEW", "SOON", "MANY"), most, strict=True):
        monkeypatch.setattr(tagged, name, many)
    tags.put_on(Lead, three[:2], "fair", BY)
    tags.put_on(Lead, three[1:], "hot", BY)
    listing = Listing(office.list_reader())
    for text, rows in (("tag:fair", "one two"), ("tag:fair tag:hot", "two"), ("tag: two", "two"),
                       ("tag:hot -tag:fair", "three"), ("tag:fair OR three", "one two three")):  # fmt: skip
        query = ListQuery(Lead, ("company",), None, text, [("reminder_date", False), ("company", False)], by=BY)
        shown = [str(row.values[0]) for row in listing.first(query)]
        assert (sorted(shown), listing.build(query)) == (sorted(rows.split()), len(rows.split())), text
        assert [row.key for row in listing.first(query)] == listing.keys(query, 0, 9), text
    listing.close()


def test_bx40_own_tags_of_others_are_never_seen_counted_or_found(three: list[int]) -> None:
    tags.put_on(Lead, three, "secret", BY, shared=False)
    tags.put_on(Lead, three[:1], "ours", BY)
    lead = Lead.find(three[0])
    assert worn(lead) == ["ours", "secret"] and worn(lead, "BEA") == ["ours"]
    assert [(each.tag.name, each.count) for each in tags.weighed("BEA")] == [("ours", 1)]
    assert completion.completions(Lead, "tag:", "BEA") == ["tag:ours"]
    with pytest.raises(FilterMistake):
        conditions.condition(Lead, "tag:secret", "BEA")
    assert found("tag:", "BEA") == ["one"], "any tag is any that may be seen"
    shown = ListQuery(Lead, ("tags",), None, "", by="BEA")
    rows = [shown.converters()[0](row[0]) for row in shown.select(*shown.sources()).tuples()]
    assert [str(row or "") for row in rows] == ["ours", "", ""]
    secret = next(tag for tag in tags.every(BY) if tag.name == "secret")
    with pytest.raises(Mistake, match="not there"):
        tags.rename(secret.number, "known", "BEA")
    tags.put_on(Lead, three[:1], "secret", "BEA", shared=False)
    assert Tag.select().where(Tag.name == "secret").count() == 2, "each has their own"


def test_bx40_tags_are_renamed_coloured_shared_merged_and_removed_each_one_step(three: list[int]) -> None:
    tags.put_on(Lead, three[:2], "fair", BY)
    tags.put_on(Lead, three[1:], "Messe", BY, shared=False)
    account = factories.stored(Account)
    tags.put_on(Account, [account.key], "fair", BY)
    mine, fair = sorted(tags.every(BY), key=lambda tag: bool(tag.shared))
    with pytest.raises(Mistake, match="Merge the two instead"):
        tags.share(mine.number, True, BY) and tags.rename(mine.number, "FAIR", BY)
    tags.recolour(mine.number, "pink", BY)
    with pytest.raises(Mistake, match="no such colour"):
        tags.recolour(mine.number, "#ff0000", BY)
    done = tags.merge(fair.number, mine.number, BY)
    assert done.records == 3
    assert found("tag:messe") == ["one", "two", "three"] and worn(account) == ["Messe"]
    assert [(row.table, row.record) for row in Tagging.select()].__len__() == 4, "the one both wore is there once"
    take_back()
    assert found("tag:fair") == ["one", "two"] and found("tag:messe") == ["two", "three"]
    tags.remove(mine.number, BY)
    assert Tagging.select().count() == 3
    take_back()
    assert found("tag:messe") == ["two", "three"] and tags.every(BY)[1].colour == "pink"


def test_bx40_a_tag_of_the_office_goes_on_what_one_may_change_an_own_one_on_what_one_may_see(office: Any) -> None:
    role = Secured()
    role.let({"use": "all", "view": "all", "edit": "own"}, Lead)
    role.let({"use": "all", "view": "own"}, Account)
    mine, theirs = (leads.create({"description": who, "owner": who}, BY).number for who in (ANN, CY))
    tags.put_on(Lead, [mine], "fair", ANN)
    with pytest.raises(Refused, match="change only your own"):
        tags.put_on(Lead, [mine, theirs], "fair", ANN)
    assert tags.put_on(Lead, [mine, theirs], "my pile", ANN, shared=False).records == 2
    strange = factories.stored(Account)
    with pytest.raises(Refused, match="shows you only your own"):
        tags.put_on(Account, [strange.key], "my pile", ANN)
    tags.put_on(Account, [strange.key], "fair", BY)
    assert [(each.tag.name, each.count) for each in tags.weighed(ANN)] == [("fair", 1), ("my pile", 2)]
    with pytest.raises(Refused, match="belongs to ANN"):
        tags.remove(tags.every(CY)[0].number, CY)
    tags.rename(tags.every(BY)[0].number, "fair 2027", BY)


def test_bx40_what_becomes_one_or_something_else_keeps_its_tags(three: list[int]) -> None:
    tags.put_on(Lead, three[:2], "fair", BY)
    tags.put_on(Lead, three[1:2], "hot", BY)
    merging.merge(proposal.propose(Lead, three[:2], BY), 0, {}, BY)
    kept = Lead.find(three[0])
    assert worn(kept) == ["fair", "hot"] and Tagging.select().count() == 2
    done = conversion.convert(kept.number, BY)
    assert [worn(each) for each in (done.opportunity, done.account, done.contact)] == [["fair", "hot"]] * 3
    take_back()
    assert Tagging.select().where(Tagging.table != "CRMLeads").count() == 0
    take_back()
    assert worn(Lead.find(three[0])) == ["fair"] and worn(Lead.find(three[1])) == ["fair", "hot"]
    leads.remove(three[0], BY)
    take_back()
    assert worn(Lead.find(three[0])) == ["fair"]
    tags.put_on(Lead, three, "hot", BY)
    anonymising.anonymise(Lead, three[2], "asked for it", BY)
    assert worn(Lead.find(three[2])) == [] and worn(Lead.find(three[1])) == ["fair", "hot"]


def test_vt29_the_cloud_holds_the_most_frequent_by_name(three: list[int]) -> None:
    for place in range(20):
        tags.put_on(Lead, three[: 1 + place % 3], f"tag {place:02}", BY)
    contact = factories.stored(Contact)
    tags.put_on(Contact, [contact.key], "tag 00", BY)
    shown = tags.cloud(BY)
    assert len(shown) == tags.IN_THE_CLOUD and [each.tag.name for each in shown] == sorted(e.tag.name for e in shown)
    assert {each.count for each in shown} == {1, 2, 3}
    assert tags.cloud(BY, 1)[0].most is Lead
    leads.remove(three[0], BY)
    assert max(each.count for each in tags.cloud(BY)) == 2, "what stands in no list is not counted"


def test_vt56_whether_the_cloud_is_shown_is_each_ones_own(three: list[int]) -> None:
    assert tags.shows_cloud(BY) and tags.shows_cloud("BEA")
    mine = preferences.of(BY, BY)
    mine.tag_cloud = False
    preferences.save(mine, BY)
    assert not tags.shows_cloud(BY) and tags.shows_cloud("BEA")


def test_bx40_every_record_type_people_look_for_can_be_tagged(office: Any) -> None:
    for record in tags.record_types():
        held = factories.stored(record)
        tags.put_on(record, [held.key], "everywhere", BY)
        condition = conditions.condition(record, "tag:everywhere", BY)
        assert [row.key for row in record.select().where(condition)] == [held.key]
    assert {Lead, Account, Contact, Opportunity} <= {*tags.record_types()}
    assert not can_be_tagged(Tag)


def test_bx40_tags_come_with_a_file_and_go_into_one(office: Any, tmp_path: Any) -> None:
    path = tmp_path / "fair.csv"
    rows = ["Company,Phone,Tags", 'Acme,504-621-8927,"Fair 2026, hot"', "Byte,504-621-8928,#hot; fair 2026", "Corp,1,"]
    path.write_text("\n".join(rows), "utf-8")
    outcome = importing.run(propose(Lead, open_source(path)), operator=BY)
    assert outcome.taken == 3 and not outcome.losses
    assert [worn(lead) for lead in Lead.select().order_by(Lead.number)] == [["Fair 2026", "hot"]] * 2 + [[]]
    tags.put_on(Lead, [1], "mine", BY, shared=False)
    out = tmp_path / "out.csv"
    export(office, Wanted(ListQuery(Lead, ("company", "tags"), None, "", [("company", False)], by=BY)), out, by=BY)
    written = [line.split(",", 1)[1].strip('"') for line in out.read_text("utf-8-sig").splitlines()]
    assert written == ["Tags", "Fair 2026, hot, mine", "Fair 2026, hot", ""]
    take_back()
    take_back()
    assert (Lead.select().count(), Tag.select().count(), Tagging.select().count()) == (0, 0, 0)
