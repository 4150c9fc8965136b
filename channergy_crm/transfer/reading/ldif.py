"""Address books as directories and mail programs write them (LDIF): one row a person, read as a table."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.transfer.reading.cards import Cards
from channergy_crm.transfer.reading.encodings import read_text
from channergy_crm.transfer.reading.losses import Losses
from channergy_crm.transfer.reading.source import LONGEST_VALUE, Row

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 50_000_000  # bytes: it is held in memory
_TITLES = """
givenname=First Name, sn=Last Name, surname=Last Name, cn=Full Name, displayname=Full Name, commonname=Full Name,
o=Company, company=Company, organizationname=Company, title=Title, telephonenumber=Phone, mobile=Mobile,
cellphone=Mobile, homephone=Home Phone, facsimiletelephonenumber=Fax, fax=Fax, mail=Email,
mozillasecondemail=Second Email, mozillahomelocalityname=Home City, labeleduri=Website, mozillaworkurl=Website,
workurl=Website, homeurl=Home Website, mozillahomeurl=Home Website, street=Street, streetaddress=Street,
postaladdress=Street, mozillaworkstreet2=Address, l=City, localityname=City, st=State, postalcode=Postal Code,
c=Country, co=Country, countryname=Country, description=Notes
"""  # unsaid: the words of directories, and known titles of columns
TITLES = dict(pair.strip().split("=") for pair in _TITLES.replace("\n", " ").split(","))
DIRECTORY = {"dn", "objectclass", "changetype", "modifytimestamp", "version", "mozillanickname", "usercertificate"}
NO_PERSON = {"groupofnames", "groupofuniquenames", "organizationalunit", "domain", "dcobject", "locality"}
UNKNOWN = N_("Lines of an address book that have no column: {name}")
GROUPS = N_("Entries that are no people, such as mailing lists")
_LINE = re.compile(r"([A-Za-z][\w.-]*)(?:;[\w;-]+)*(:[:<]?) *(.*)", re.S)


def is_ldif(text: str) -> bool:
    """Whether a text begins as an address book does."""
    beginning = re.sub(r"\A(?:\s*#.*(?:\r?\n|\r)|\s*version: *\d+\s)*\s*", "", text, flags=re.I)
    return re.match(r"dn::? *\S", beginning, re.I) is not None


def open_ldif(path: Path, encoding: str = "") -> Cards:
    """Read an address book. `Mistake` when it is too large, or there is nobody in it."""
    if path.stat().st_size > LARGEST:
        raise Mistake(_("{file} is too large to be read. Save the sheet as CSV first.").format(file=path.name))
    text, found = read_text(path, encoding)
    losses, people = Losses(), list[tuple[int, dict[str, str], str]]()
    lines = re.sub(r"(?:\r\n|\r|\n)[ \t]", "", text)
    for number, entry in enumerate(re.split(r"(?:[ \t]*(?:\r\n|\r|\n)){2,}", lines.strip()), 1):
        values, problem = _person(entry, number, losses)
        if values or problem:
            people.append((number, values, problem))
    if not any(values for _number, values, _problem in people):
        raise Mistake(_("There is nobody in {file}.").format(file=path.name))
    filled = Counter(title for _number, values, _problem in people for title in values)
    header = [title for title in dict.fromkeys(TITLES.values()) if filled[title]]
    named = filled["First Name"] and filled["Last Name"]  # unsaid: titles
    header = [title for title in header if title != "Full Name" or not named]  # unsaid: a title
    rows = [Row(number, [values.get(title, "") for title in header], said) for number, values, said in people]
    return Cards(path, header, rows, found, losses=losses)


def _person(entry: str, number: int, losses: Losses) -> tuple[dict[str, str], str]:
    """What is said of somebody, by the titles of columns, and what is wrong; nothing of what is no person."""
    held, values, problem = _lines(entry), dict[str, str](), ""
    if NO_PERSON & {value.lower() for name, value in held if name == "objectclass"}:
        losses.tell(_(GROUPS), number, entry)
        return {}, ""
    notes = []
    for name, value in held:
        title = TITLES.get(name)
        if len(value) > LONGEST_VALUE:
            problem = _("It holds a value of more than {longest:,} characters.").format(longest=LONGEST_VALUE)
        elif not name:
            notes.append(_("Not understood: {line}").format(line=value[:200]))
        elif not title and name not in DIRECTORY:
            losses.tell(_(UNKNOWN).format(name=name), number, value)
        elif title and not values.get(title):
            values[title] = value.replace("$", ", ") if name == "postaladdress" else value
        elif title == "Notes":  # unsaid: a title
            values[title] += f"\n{value}"
        elif title and value and value not in (values[title], values.get("Full Name")):  # unsaid: a title
            notes.append(f"{title}: {value}")
    if not values.get("First Name") and not values.get("Last Name") and values.get("Full Name"):  # unsaid: titles
        first, _space, last = values["Full Name"].rpartition(" ")
        values |= {"First Name": first, "Last Name": last}  # unsaid: titles
    if values and notes:
        values["Notes"] = "\n".join(filter(None, [values.get("Notes", ""), *notes]))
    return {title: value for title, value in values.items() if value}, problem


def _lines(entry: str) -> list[tuple[str, str]]:
    """The lines of an entry: the name in small letters, none where it is not understood, and the value."""
    found = []
    for line in re.split(r"\r\n|\r|\n", entry):
        if not line.strip() or line.startswith(("#", "-")):
            continue
        parts = _LINE.match(line)
        if not parts:
            found.append(("", line))
            continue
        value = _decoded(parts[3]) if parts[2] == "::" else parts[3].strip()
        found.append((parts[1].lower(), value) if value is not None else ("", line))
    return found


def _decoded(text: str) -> str | None:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8").strip()
    except (binascii.Error, ValueError):
        return None
