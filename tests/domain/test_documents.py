"""Documents on records: in and out to the byte, whole or not there, once however often, gone only for good (SI-26)."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused, Surroundings
from channergy_crm.records import Account, Contact, Document, Lead, Operator
from channergy_crm.records.documents import PART, DocumentPart
from channergy_crm.services import (
    checking_office,
    contents,
    documents,
    documents_gone,
    leads,
    office,
    photographs,
    pruning,
    saving,
)
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.timeline import pages
from channergy_crm.settings import DOCUMENT_MOST, MONTHS_KEPT, SECURITY
from channergy_crm.store import database, mover
from tests import made

if TYPE_CHECKING:
    from pathlib import Path

BY = "ADMIN"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)
SIZES = (0, 1, PART - 1, PART, PART + 1, 5 * PART + 17)

pytestmark = pytest.mark.usefixtures("office")


def lead(**known: Any) -> Lead:
    return leads.create({"description": "Lantern Toys", **known}, BY)


def put(to: Lead, data: bytes = b"Offer", name: str = "Offer.pdf", **more: Any) -> Document:
    return documents.add(Lead, to.number, data, BY, name=name, **more)


def kept() -> int:
    """Bytes in the store."""
    return documents.total(BY).kept


def names(*records: Any) -> list[str]:
    return [each.name for each in documents.of([(type(record), record.key) for record in records], BY)]


def test_si26_every_size_comes_out_as_it_went_in_from_a_file_and_as_bytes(tmp_path: Path) -> None:
    held = lead()
    for size in SIZES:
        data, path = os.urandom(size), tmp_path / f"{size}.bin"
        path.write_bytes(data)
        one, two = documents.add(Lead, held.number, path, BY), put(held, data, "Again.bin")
        assert one.hash == two.hash == hashlib.sha256(data).hexdigest()
        assert b"".join(documents.pieces(one.number, BY)) == data
        assert documents.save_as(two.number, tmp_path / "out", BY).read_bytes() == data
        assert os.name == "nt" or (tmp_path / "out").stat().st_mode & 0o777 == 0o600
    assert kept() == sum(SIZES), "the same file twice is kept once"
    assert len(documents.of([(Lead, held.number)], BY)) == 2 * len(SIZES)
    assert documents.counts(Lead, [held.number, 99], BY) == {held.number: 2 * len(SIZES)}


def test_k19_a_moved_office_has_its_documents(tmp_path: Path, database_url: str) -> None:
    data = os.urandom(3 * PART + 5)
    number = put(lead(), data).number
    database.proxy.obj.close()
    moved = {each.table: each.rows for each in mover.move(database_url, f"sqlite:///{tmp_path / 'moved.db'}")}
    assert moved["CRMDocumentParts"] == 4
    there = database.open_database(f"sqlite:///{tmp_path / 'moved.db'}")
    assert documents.read(number, BY) == data
    assert not checking_office.check(there).wrong
    there.close()


def test_si26_the_limit_is_said_before_anything_is_kept(tmp_path: Path) -> None:
    held = lead()
    office.choose(DOCUMENT_MOST, 1, BY)
    large = tmp_path / "Film.mp4"
    large.write_bytes(bytes(PART + 1))
    for refused in (large, bytes(PART + 1)):
        with pytest.raises(Mistake, match="“Film.mp4” has 1.0 MB; a document may have 1 MB"):
            documents.add(Lead, held.number, refused, BY, name="Film.mp4")
    with pytest.raises(Mistake, match="is a folder"):
        documents.add(Lead, held.number, tmp_path, BY)
    with pytest.raises(Mistake, match="cannot be read"):
        documents.add(Lead, held.number, tmp_path / "none", BY)
    assert kept() == 0
    assert not names(held)


def test_si26_a_file_that_changes_while_it_is_read_is_not_kept(tmp_path: Path) -> None:
    held, path = lead(), tmp_path / "log.txt"
    path.write_bytes(bytes(3 * PART))

    def grow(done: int, total: int, text: str) -> None:
        if done == 3 * PART:
            path.write_bytes(b"x" * 3 * PART)

    with pytest.raises(Mistake, match="changed while it was read"):
        documents.add(Lead, held.number, path, BY, tell=grow)
    assert kept() == 0
    assert not names(held)


def test_si26_stopped_in_the_middle_there_is_none_and_what_is_left_goes_a_day_later(tmp_path: Path) -> None:
    held, path = lead(), tmp_path / "big.bin"
    path.write_bytes(data := os.urandom(6 * PART))

    class Stopped(Exception):
        pass

    def stop(done: int, total: int, text: str) -> None:
        if "Keeping" in text:
            raise Stopped

    with clock.fixed(datetime(2026, 11, 23, 10, 0)):
        with pytest.raises(Stopped):
            documents.add(Lead, held.number, path, BY, tell=stop)
        assert not names(held)
        assert 0 < kept() < len(data)
        assert documents_gone.tidy() == 0, "somebody may be writing it just now"
    with clock.fixed(datetime(2026, 11, 24, 10, 1)):
        again = documents.add(Lead, held.number, path, BY)
        assert documents_gone.tidy() == 0
        assert documents.read(again.number, BY) == data
        with pytest.raises(Stopped):
            documents.add(Lead, held.number, os.urandom(6 * PART), BY, name="x", tell=stop)
    with clock.fixed(datetime(2026, 11, 26, 10, 0)):
        assert documents_gone.tidy() > 0
        assert kept() == len(data)


def test_si26_a_document_that_did_not_arrive_whole_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    held = lead()
    monkeypatch.setattr(contents, "put_small", lambda content, data: None)  # as if somebody had taken the parts away
    with pytest.raises(Surroundings, match="did not arrive whole"):
        put(held)
    assert not names(held)


def test_si26_each_step_is_undone_and_what_undo_reaches_is_not_purged() -> None:
    held = lead()
    document = put(held, b"first", "Offer.pdf", note="by mail")
    documents.replace(document.number, b"second", BY, name="Offer 2.pdf")
    (version,) = documents.versions(document.number, BY)
    assert (version.name, version.note, documents.read(version.number, BY)) == ("Offer.pdf", "by mail", b"first")
    assert documents.read(document.number, BY) == b"second"
    with pytest.raises(Mistake, match="the same file"):
        documents.replace(document.number, b"second", BY)
    documents.change(document.number, BY, name="Angebot", note="")
    assert names(held) == ["Angebot.pdf"], "the ending stays"
    documents.remove(document.number, BY)
    assert not names(held)
    assert Document.select().count() == 0
    with clock.fixed(datetime(2031, 1, 1, 10, 0)):
        assert documents_gone.tidy() == 0
    for expected in ("Angebot.pdf", "Offer 2.pdf", "Offer.pdf"):
        saving.undo_latest(BY)
        assert names(held) == [expected]
    assert documents.read(document.number, BY) == b"first"
    assert not documents.versions(document.number, BY)
    saving.undo_latest(BY)
    assert not names(held)
    saving.redo_latest(BY)
    assert documents.read(document.number, BY) == b"first"


def test_si26_what_was_removed_goes_with_the_offices_rule() -> None:
    with clock.fixed(datetime(2025, 1, 1, 10, 0)):
        held, other = lead(), lead()
        gone = put(held, b"gone")
        put(held, b"shared"), put(other, b"shared")
        documents.remove(gone.number, BY)
    with clock.fixed(datetime(2026, 11, 23, 10, 0)) as now:
        lead()
        pruning.prune(now or datetime(2026, 11, 23, 10, 0))
        assert documents_gone.tidy() == len(b"gone")
    assert kept() == len(b"shared")


def test_si26_documents_of_a_deleted_record_come_back_with_it_and_go_with_it() -> None:
    with clock.fixed(datetime(2025, 1, 1, 10, 0)):
        account = made.account("Lantern Toys")
        document = documents.add(Account, account.number, b"contract", BY, name="Contract.pdf")
        saving.delete(account, BY)
        with pytest.raises(Mistake, match="is not there any more"):
            documents.read(document.number, BY)
        saving.undo_latest(BY)
        assert documents.read(document.number, BY) == b"contract"
        saving.redo_latest(BY)
    with clock.fixed(datetime(2026, 11, 23, 10, 0)):
        assert documents_gone.tidy() == 0, "undo still reaches it"
        lead()
        office.choose(MONTHS_KEPT, "3", BY)
        pruning.prune(clock.now())
        assert documents_gone.tidy() == len(b"contract")
    assert not Document.select().exists()


def test_dp3_erased_documents_leave_nothing_and_no_undo_brings_them_back() -> None:
    held, other = lead(), lead()
    number = put(held, b"their secret", "Secret.pdf", note="of Ann").number
    documents.replace(number, b"their other secret", BY)
    documents.remove(put(held, b"an old secret", "Old.pdf").number, BY)
    put(held, b"price list", "Prices.pdf"), put(other, b"price list", "Prices.pdf")
    with work.unit("Anonymise {name}", by=BY, name="17"):
        assert documents.erase("CRMLeads", held.number, BY) == 3
    assert kept() == len(b"price list")
    assert names(other) == ["Prices.pdf"]
    told = " ".join(str(row) for row in work.ChangeRow.select().tuples())
    assert not any(word in told for word in ("Secret", "of Ann", "Old.pdf"))
    for _step in range(12):
        if saving.undoable(BY) is None:
            break
        try:
            saving.undo_latest(BY)
        except Mistake:
            break
    assert not Document.select().where(Document.of == str(held.number)).exists()


def test_bx29_documents_stand_on_the_timeline_of_what_they_belong_to() -> None:
    account = made.account("Lantern Toys")
    contact = made.contact(account, "Ann")
    documents.add(Contact, contact.number, b"card", BY, name="Card.vcf")
    page = pages.of(account, BY, kinds=["document"])
    assert [(each.title, each.where) for each in page.entries] == [("Card.vcf", contact.caption())]
    assert page.counts["document"] == 1


def test_bx29_merged_records_keep_the_documents_of_each() -> None:
    one, two = lead(first_name="Ann", last_name="Lee"), lead(first_name="Ann", last_name="Lee")
    put(one, b"1", "One.txt"), put(two, b"2", "Two.txt")
    kept_one = merging.merge(proposal.propose(Lead, [one.number, two.number], BY), 0, {}, BY).record
    assert sorted(names(kept_one)) == ["One.txt", "Two.txt"]


def test_vt54_the_photograph_is_a_picture_and_a_document_of_the_operator() -> None:
    assert photographs.of(BY, BY) is None
    with pytest.raises(Mistake, match="no picture"):
        photographs.take(BY, b"words", BY, name="Me.png")
    photographs.take(BY, PICTURE, BY, name="Me.png")
    photographs.take(BY, PICTURE + b"2", BY, name="Me again.png")
    found = photographs.of(BY, BY)
    assert found is not None
    assert (found.table, found.of, found.name) == (Operator._meta.table_name, BY, "Me again.png")
    photographs.remove(BY, BY)
    assert photographs.of(BY, BY) is None
    saving.undo_latest(BY)
    ben = made.colleague()
    office.choose(SECURITY, "on", BY)
    with pytest.raises(Refused, match="photograph of"):
        photographs.remove(BY, ben)


def test_f7_check_tells_of_a_document_that_is_not_whole(office: Any) -> None:
    put(lead(), b"whole", "Whole.txt")
    put(lead(), b"broken", "Broken.txt")
    with database.writing():
        DocumentPart.delete().where(DocumentPart.hash == hashlib.sha256(b"broken").hexdigest()).execute()
    (wrong,) = checking_office.check(office).wrong
    assert "“Broken.txt”" in wrong.sentence
    with pytest.raises(Surroundings, match="damaged"):
        documents.read(Document.get(Document.name == "Broken.txt").number, BY)
