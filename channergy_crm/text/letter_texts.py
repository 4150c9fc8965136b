"""What a letter says without its head, and which of our fields the merge fields of a Word document are (BX-26)."""
# unsaid file: names of fields, as Word and the people who write with it call them

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.text import placeholders
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD = frozenset({"office.name", "office.address", "address", "today"})
"""fields the paper has its own place for"""
_WORD = """
address: address block, anschrift, adresse, adressblock, briefanschrift, postal address
today: date, datum, heute, todays date
person.first_name: vorname, first, given name
person.last_name: nachname, last, surname, familienname
person.name: name, full name, ansprechpartner, contact
person.title: titel, job title, position
person.company: company, company name, firma, unternehmen
person.phone: home phone, work phone, business phone, telefon, telefonnummer
person.email: email address, e mail address, mail, emailadresse
person.street: address line 1, street, street address, strasse, straße
person.city: city, town, ort, stadt
person.state: state, province, bundesland, county
person.postal_code: zip code, zip, postcode, plz, postleitzahl
person.country: country or region, country, land
operator.name: sender, absender
office.name: office
"""


def headless(body: str) -> str:
    """The text from where it says more than whose letter it is, to whom and when."""
    lines = body.split("\n")
    while lines and _is_head(lines[0]):
        lines.pop(0)
    return "\n".join(lines).rstrip()


def _is_head(line: str) -> bool:
    parts = [part for part in placeholders.parse(line) if not isinstance(part, str) or part.strip()]
    return all(isinstance(part, placeholders.Place) and part.name in HEAD for part in parts)


def matched(fields: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Each field of a Word document with the name of ours it stands for, "" for one that is none: `lead_first_name`,
    `First_Name` and `Vorname` are found.
    """
    ours = {_key(name): name for name in known}
    there = set(ours.values())
    person = {_key(name.partition(".")[2]): name for name in there if name.startswith("person.")}
    words = {
        _key(word): name
        for name, _colon, said in (line.partition(": ") for line in _WORD.strip().splitlines())
        for word in said.split(", ") if name in there
    }  # fmt: skip
    return {field: next((held[_key(field)] for held in (ours, person, words) if _key(field) in held), "")
            for field in fields}  # fmt: skip


def _key(name: str) -> str:
    return "".join(sign for sign in fold(name) if sign.isalnum())
