"""What was copied becomes a new lead: signatures, visiting cards, lines of spreadsheets (BX-27)."""

from __future__ import annotations

from typing import Any

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.transfer.clipboard import paste

SIGNATURES: dict[str, tuple[str, dict[str, str]]] = {
    "American": (
        """Best regards,

        Ann Lee
        Sales Manager
        Acme Inc.
        12 Main Street, Suite 400
        Springfield, IL 62704
        Tel: (504) 621-8927 | Mobile: 212-736-5000
        Fax: 504-621-8928
        ann.lee@acme.com | www.acme.com""",
        {"first_name": "Ann", "last_name": "Lee", "title": "Sales Manager", "company": "Acme Inc.",
         "address": "12 Main Street, Suite 400", "city": "Springfield", "state": "IL", "postal_code": "62704",
         "phone": "(504) 621-8927", "other_phone": "212-736-5000", "fax": "504-621-8928",
         "email": "ann.lee@acme.com", "website": "www.acme.com", "description": "Acme Inc."},
    ),
    "German": (
        """Mit freundlichen Grüßen
        Dr. Jörg Müller
        Geschäftsführer
        Müller & Söhne GmbH
        Musterstr. 12
        D-80331 München
        Telefon: +49 89 1234567
        E-Mail: j.mueller@mueller-soehne.de
        Amtsgericht München HRB 12345""",
        {"first_name": "Dr. Jörg", "last_name": "Müller", "title": "Geschäftsführer", "company": "Müller & Söhne GmbH",
         "address": "Musterstr. 12", "postal_code": "80331", "city": "München", "phone": "+49 89 1234567",
         "email": "j.mueller@mueller-soehne.de", "notes": "Amtsgericht München HRB 12345",
         "description": "Müller & Söhne GmbH"},
    ),
    "in one line": (
        """Ann Lee | Head of Purchasing | Blue River
        +49 30 901820 · ann.lee@blueriver.de
        Hauptstraße 5, 10117 Berlin, Germany
        https://www.linkedin.com/in/annlee""",
        {"first_name": "Ann", "last_name": "Lee", "title": "Head of Purchasing", "company": "Blue River",
         "phone": "+49 30 901820", "email": "ann.lee@blueriver.de", "address": "Hauptstraße 5",
         "postal_code": "10117", "city": "Berlin", "country": "Germany",
         "notes": "https://www.linkedin.com/in/annlee", "description": "Blue River"},
    ),
    "British, a number nobody can check": (
        """Jane van der Berg, VP Marketing
        WidgetWorks
        T: 020 7946 0018
        10 Downing Street, London SW1A 2AA""",
        {"first_name": "Jane", "last_name": "van der Berg", "title": "VP Marketing", "company": "WidgetWorks",
         "phone": "020 7946 0018", "address": "10 Downing Street", "city": "London", "postal_code": "SW1A 2AA",
         "description": "WidgetWorks"},
    ),
    "only an address": (
        "ben.ray@gmail.com",
        {"email": "ben.ray@gmail.com", "first_name": "Ben", "last_name": "Ray", "description": "Ben Ray"},
    ),
    "loud, with a sentence": (
        "JOHN SMITH\nOwner\nSmith Plumbing LLC\nPO Box 12, Austin, TX 78701\n512-478-3200\n"
        "Thanks for your help last week, I will call you as soon as the samples arrive and let you know what we think.",
        {"first_name": "John", "last_name": "Smith", "title": "Owner", "company": "Smith Plumbing LLC",
         "address": "PO Box 12", "city": "Austin", "state": "TX", "postal_code": "78701", "phone": "512-478-3200",
         "notes": "Thanks for your help last week, I will call you as soon as the samples arrive and let you know what "
                  "we think.",
         "description": "Smith Plumbing LLC"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SIGNATURES.values(), ids=SIGNATURES)
def test_bx27_a_signature_is_read_line_by_line(text: str, expected: dict[str, str]) -> None:
    assert paste.read(text) == (expected, 0)


ANN = {"first_name": "Ann", "last_name": "Lee", "company": "Acme", "phone": "504-621-8927", "description": "Acme"}
TABLES: dict[str, tuple[str, dict[str, Any], int]] = {
    "with titles": (
        "First Name\tLast Name\tCompany\tPhone\tShoe size\tCall Date\n"
        "Ann\tLee\tAcme\t504-621-8927\t41\t2026-02-31\nBen\tRay\tBlue\n",
        {**ANN, "notes": "Call Dt: 2026-02-31\nShoe size: 41"}, 1,
    ),
    "without titles": (
        "Ann\tLee\tAcme Inc.\t504-621-8927\tann@acme.com\t12 Main St\tSpringfield\tIL\t62704\n",
        {**ANN, "company": "Acme Inc.", "email": "ann@acme.com", "address": "12 Main St", "city": "Springfield",
         "state": "IL", "postal_code": "62704", "description": "Acme Inc."}, 0,
    ),
    "of another country": ("Name;Firma;Telefon\nLee, Ann;Acme;504-621-8927", ANN, 0),
    "a visiting card": (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lee;Ann;;;\r\nORG:Acme\r\nTEL;TYPE=WORK:504-621-8927\r\nNOTE:Likes tea\r\n"
        "END:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ben Ray\r\nEND:VCARD\r\n",
        {**ANN, "notes": "Likes tea"}, 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "more"), TABLES.values(), ids=TABLES)
def test_bx27_a_line_of_a_spreadsheet_and_a_visiting_card_are_read(
    text: str, expected: dict[str, Any], more: int
) -> None:
    assert paste.read(text) == (expected, more)


@pytest.mark.parametrize("text", ["", " \n", "hello", "some words\tand more", "a" * 6_000, "BEGIN:VCARD\nEND:VCARD"])
def test_bx27_what_is_nobody_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Mistake, match=r"^(Copy a signature|Nothing that was copied|That is too long)"):
        paste.read(text)
