"""Address books as directories and mail programs write them (LDIF): one row a person, read as a table."""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.text.folding import fold
from channergy_crm.transfer.reading.cards import LONGEST_DAMAGE, Cards, cut_off, not_understood
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
FULL = "Full Name"  # unsaid: a title
TITLES = dict(pair.strip().split("=") for pair in _TITLES.replace("\n", " ").split(","))
DIRECTORY = {"dn", "objectclass", "changetype", "modifytimestamp", "version"}
NO_PERSON = {"groupofnames", "groupofuniquenames", "organizationalunit", "domain", "dcobject", "locality"}
NO_ENTRY = N_("Lines that stand in no entry")
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
    losses, people = Losses(), list[tuple[int, _Person]]()
    lines = re.sub(r"(?:\r\n|\r|\n)[ \t]", "", text)
    for number, entry in enumerate(re.split(r"(?:[ \t]*(?:\r\n|\r|\n)){2,}", lines.strip()), 1):
        person = _person(entry, number, losses)
        if person.values or person.problem:
            people.append((number, person))
        else:
            for what, said in person.beside:
                losses.tell(what, number, said)
    if not any(person.values for _number, person in people):
        raise Mistake(_("There is nobody in {file}.").format(file=path.name))
    filled = Counter(title for _number, person in people for title in person.values)
    header = [title for title in dict.fromkeys(TITLES.values()) if filled[title]]
    named = filled["First Name"] and filled["Last Name"]  # unsaid: titles
    header = [title for title in header if title != FULL or not named]
    if named:
        for _number, person in people:
            person.name_aside()
    rows = [
        Row(number, [person.values.get(title, "") for title in header], person.problem, person.beside)
        for number, person in people
    ]
    return Cards(path, header, rows, found, losses=losses.opened())


@dataclass
class _Person:
    """What an entry says by the titles of columns, what stands beside them, and what is wrong with all of it."""

    values: dict[str, str] = field(default_factory=dict)
    beside: list[tuple[str, str]] = field(default_factory=list)
    problem: str = ""

    def name_aside(self) -> None:
        """The whole name says something only where first and last name do not say all of it."""
        full = self.values.get(FULL, "")
        names = fold(" ".join(self.values.get(title, "") for title in ("First Name", "Last Name")))  # unsaid: titles
        if not {*fold(full).split()} <= {*names.split()}:
            self.beside.append((FULL, full))


def _person(entry: str, number: int, losses: Losses) -> _Person:
    """What is said of somebody; nothing of what is no person."""
    held, person = _lines(entry), _Person()
    values, notes = person.values, []
    if NO_PERSON & {value.lower() for name, value in held if name == "objectclass"}:
        losses.tell(_(GROUPS), number, entry)
        return person
    for name, value in held:
        title = TITLES.get(name)
        if len(value) > LONGEST_VALUE:
            person.problem = _("It holds a value of more than {longest:,} characters.").format(longest=LONGEST_VALUE)
        elif not name:
            notes.append(not_understood(value))
            if len(value) > LONGEST_DAMAGE:
                losses.tell(cut_off(), number, value[LONGEST_DAMAGE:])
        elif not title and value and name not in DIRECTORY:
            person.beside.append((name, value))
        elif title and not values.get(title):
            values[title] = value.replace("$", ", ") if name == "postaladdress" else value
        elif title == "Notes":  # unsaid: a title
            values[title] += f"\n{value}"
        elif title and value and value not in (values[title], values.get(FULL)):
            notes.append(f"{title}: {value}")
    if not values.get("First Name") and not values.get("Last Name") and values.get(FULL):  # unsaid: titles
        first, _space, last = values[FULL].rpartition(" ")
        values |= {"First Name": first, "Last Name": last}  # unsaid: titles
    if values and notes:
        values["Notes"] = "\n".join(filter(None, [values.get("Notes", ""), *notes]))
    elif notes:
        person.beside += [(_(NO_ENTRY), note) for note in notes]
    person.values = {title: value for title, value in values.items() if value}
    return person


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
