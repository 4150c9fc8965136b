"""What contacts wish and are: no e-mail, no calls, a reference, whom they report to (VT-98…VT-101)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.errors import Mistake, Refused
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Contact, Customer, Document
from channergy_crm.records.documents import DocumentPart
from channergy_crm.services import calls, contact_images, documents, linking, pictures, saving
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.privacy import anonymising
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from tests import factories
from tests.domain.fitting import Notepad

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

NUMBER = "504-621-8927"


def contact(office: Office, **values: Any) -> Contact:
    held = Contact.select().first()
    customer = held.customer if held is not None else factories.stored(Customer).key
    made = Contact(customer=customer, **{"first_name": "Ann", "last_name": "Ray", **values})
    return saving.save(made, "ADMIN")


def found(text: str) -> list[str]:
    return [held.first_name for held in ListQuery(Contact, ["first_name"], text=text, by="ADMIN").select(Contact)]


def test_vt98_vt101_flags_are_kept_and_found(office: Office) -> None:
    contact(office, email_opt_out=True)
    contact(office, first_name="Bob", reference=True)
    assert (found("email_opt_out:yes"), found("reference:yes")) == (["Ann"], ["Bob"])


def test_vt100_the_number_of_a_contact_who_wishes_no_calls_is_not_dialed_from_anywhere(office: Office) -> None:
    contact(office, phone=NUMBER, do_not_call=True)
    notepad = Notepad()
    with pytest.raises(Refused, match=r"Do Not Call was noted of Ann Ray: this number is not dialed\."):
        calls.dial("(504) 621 8927", "ADMIN", bridge=CopyOnly(notepad))
    assert notepad.text == ""


def test_vt99_a_contact_reports_to_another_one_and_never_to_oneself(office: Office) -> None:
    boss = contact(office, first_name="Bea")
    ann = contact(office, reports_to=boss.key)
    held = Contact.find(ann.key)
    assert held is not None and held.reports_to == boss.key
    held.reports_to = held.key
    with pytest.raises(Mistake, match="reports to themselves"):
        saving.save(held, "ADMIN")


def test_vt99_two_who_are_merged_do_not_report_to_themselves(office: Office) -> None:
    boss, again = contact(office, first_name="Bea"), contact(office, first_name="Bea", last_name="Ray-Lee")
    boss.reports_to = again.key
    saving.save(boss, "ADMIN")
    under = contact(office, first_name="Cy", reports_to=again.key)
    merging.merge(proposal.propose(Contact, [boss.key, again.key], "ADMIN"), 0, {}, "ADMIN")
    kept, below = Contact.find(boss.key), Contact.find(under.key)
    assert kept is not None and below is not None
    assert (kept.reports_to, below.reports_to) == (None, boss.key)


def test_vt98_vt100_files_of_other_programs_bring_the_flags(office: Office, tmp_path: Path) -> None:
    customer = factories.stored(Customer).key
    lines = ["Customer #,First Name,Last Name,Email,Do Not Call,Email Opt Out,Reference",
             f"{customer},Ann,Ray,ann@acme.example,1,1,yes", f"{customer},Bob,Ray,bob@acme.example,0,0,no"]  # fmt: skip
    (tmp_path / "contacts.csv").write_text("\n".join(lines), "utf-8")
    outcome = run(propose(Contact, open_source(tmp_path / "contacts.csv")), operator="ADMIN")
    assert outcome.taken == 2, outcome.problems
    held = {each.first_name: (each.do_not_call, each.email_opt_out, each.reference) for each in Contact.select()}
    assert held == {"Ann": (True, True, True), "Bob": (False, False, False)}


def test_vt99_whom_a_contact_reports_to_is_of_the_same_customer_and_never_in_a_circle(office: Office) -> None:
    top = contact(office, first_name="Bea")
    middle = contact(office, first_name="Cy", reports_to=top.key)
    low = contact(office, first_name="Di", reports_to=middle.key)
    stranger = saving.save(Contact(customer=factories.stored(Customer).key, first_name="Eve"), "ADMIN")
    kind = Contact.kind("reports_to")
    offered = linking.candidates(Contact, "", "ADMIN", among=linking.alike(kind, top.__data__))
    assert {each.key for each in offered} == {middle.key, low.key}
    top.reports_to = low.key
    with pytest.raises(Mistake, match="would be a circle") as told:
        saving.save(top, "ADMIN")
    assert told.value.field == "reports_to"
    top.reports_to = stranger.key
    with pytest.raises(Mistake, match="of another customer"):
        saving.save(top, "ADMIN")


IMAGE = b"\x89PNG\r\n\x1a\n" + bytes(40)


def images(office: Office) -> list[object]:
    query = ListQuery(Contact, ["image"], by="ADMIN")
    return [row[0] for row in query.select(*query.sources()).tuples()]


def test_vt103_the_image_of_a_contact_is_a_document_and_stands_in_its_lists(office: Office) -> None:
    ann = contact(office)
    documents.add(Contact, ann.key, IMAGE + b"scan", "ADMIN", name="Scan.png")
    assert images(office) == [None]  # any picture among the documents is not the image
    for wrong, name, why in ((b"words", "Ann.png", "is no picture"), (b"RIFF0000WEBP", "a.webp", "PNG, JPEG or GIF")):
        with pytest.raises(Mistake, match=why):
            contact_images.take(ann.key, wrong, "ADMIN", name=name)
    made = contact_images.take(ann.key, IMAGE, "ADMIN", name="Ann.png")
    again = contact_images.take(ann.key, IMAGE + b"2", "ADMIN", name="Ann again.png")
    assert (again.number, len(documents.versions(made.number, "ADMIN"))) == (made.number, 1)
    assert images(office) == [made.number]
    saving.undo_latest("ADMIN")
    held = contact_images.of(ann.key, "ADMIN")
    assert held is not None and documents.read(held.number, "ADMIN") == IMAGE
    contact_images.remove(ann.key, "ADMIN")
    assert images(office) == [None] and len(documents.of([(Contact, ann.key)], "ADMIN")) == 1
    saving.undo_latest("ADMIN")
    assert images(office) == [made.number]


def test_vt103_a_picture_that_is_too_large_is_refused_with_both_sizes(office: Office) -> None:
    ann = contact(office)
    with pytest.raises(Mistake, match=r"has 10\.0 MB; the image of a contact may have 10 MB"):
        contact_images.take(ann.key, IMAGE + bytes(pictures.LARGEST), "ADMIN", name="Ann.png")


def test_vt103_dp3_the_image_goes_with_whoever_is_forgotten(office: Office) -> None:
    ann = contact(office)
    contact_images.take(ann.key, IMAGE, "ADMIN", name="Ann.png")
    anonymising.anonymise(Contact, ann.key, "asked for it", "ADMIN")
    assert Document.select().count() == 0 and not DocumentPart.select().exists() and images(office) == [None]
