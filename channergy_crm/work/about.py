"""What a record type says of itself, in one declaration, to all that treats every record type alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import Named, translated
from channergy_crm.text.companies import without_form
from channergy_crm.text.folding import fold
from channergy_crm.text.names import person_name

Values = Mapping[str, Any]
Signs = Callable[[Values], list[str]]
Alike = Callable[[Values], tuple[str, tuple[object, ...]]]
ADMINISTRATORS = "administrators"
"""what makes the office what it is: only they change it while Security is on (SI-7)"""


def _together(*parts: str) -> Iterable[str]:
    return (" ".join(part for part in parts if part),)


class Called(NamedTuple):
    """What people call a record by who have no number of it. Fields by python name."""

    fields: tuple[str, ...]
    names: Callable[..., Iterable[str]] = _together
    """what these fields make: up to three names, the best one first, the shortest last"""
    new: str = ""
    """the text that holds the name of one of which nothing else is known; without it none can be made"""


@translated("when_said")
@dataclass(frozen=True)
class Lines:
    """What a narrow list says of a record in two lines, beside what people call it. Fields by python name."""

    aside: str = ""
    """right of the name: a value of a list, or an amount"""
    second: tuple[str, ...] = ()
    """under the name"""
    when: str = ""
    """the day right of that"""
    when_said: str = ""
    """how that {day} is said where it is no reminder"""
    otherwise: str = ""
    """the phone number that stands there without such a day"""


Labels = dict[str, Sequence[tuple[object, str]]]
Orders = dict[str, Sequence[str]]


class Proposed(NamedTuple):
    """What follows from what was chosen: values by python name, and what somebody is asked about first."""

    values: Mapping[str, object] = {}
    asked: str = ""
    question: str = ""


class InForm(NamedTuple):
    """How a form follows what is chosen in it. Fields by python name; what is asked is given what they hold."""

    asks: str
    """the field whose change proposes values for others"""
    decides: str
    """the field on which labels and orders hang"""
    labelled: tuple[str, ...]
    """the fields for which the office may have fixed labels"""
    labels: Callable[[Values], Labels]
    """by field, the values that alone may be chosen, and how they read; the other fields take what is typed"""
    anywhere: Callable[[], Labels]
    """the same where any record at all may be meant"""
    first: Callable[[Values], Orders]
    """by field, the values of its list that are offered before the others"""
    proposes: Callable[[Values, Values], Proposed]
    """from what the record holds and what the form holds"""
    led_there: tuple[str, ...]
    """the fields that may be decided elsewhere"""
    elsewhere: Callable[[Values], Mapping[str, str]]
    """by field, why it is only read here"""


@translated("usually", "one_of_said", "without")
@dataclass(frozen=True, eq=False, repr=False)  # of so many fields both take their time to make, and nobody asks
class About:
    """What search, import, duplicates and the list of fields need to know of a record type. Fields by python name."""

    icon: str = ""
    title: tuple[str, ...] = ()
    """what its name is made of where it is looked for; without one it is not looked for"""
    detail: tuple[str, ...] = ()
    """what is shown beside its name"""
    standing: tuple[str, ...] = ()
    """the flags that say it is over and done with"""
    only: str = ""
    """the flag of the rows that are ours; the others of its table are never shown"""
    target: str = ""
    """where it is opened"""
    screen: str = ""
    """where all of them are listed"""
    page: bool = False
    """it has a page of its own, to which one comes after merging"""
    known_by: tuple[str, ...] = ()
    """what a row of a file is matched by; without it these records cannot be imported"""
    signs: Signs | None = None
    """what these fields make; records that share one sign are the same. Without it: all of them together"""
    by_all: bool = False
    """two that share a sign are the same only when nothing that both fill differs"""
    alike: Alike | None = None
    """a sign that proves nothing where something else speaks against it, and what can speak so; by position"""
    by_index: bool = False
    """its list is long, and its phone numbers and e-mail addresses stand in an index"""
    usually: str = ""
    """how people say what it is matched by"""
    file: str = ""
    """how the import command calls these records, where it is not their plural"""
    speaks_for: str = ""
    """the link to a record that need not be shown beside this one"""
    keeps_links: bool = False
    """its links are set by the program, not by a file"""
    twice: bool = False
    """it may stand in the office twice: duplicates are looked for and merged"""
    documents: bool = False
    """its record has a place for documents (SI-26)"""
    extendable: bool = False
    """an administrator may add fields to it"""
    called: Called | None = None
    """what files call it by; without it, its title"""
    always: Values = field(default_factory=dict)
    """what every new one holds, by python name"""
    one_of: tuple[str, ...] = ()
    """the fields of which a new one needs one, so that people know who or what it is"""
    one_of_said: str = ""
    """what these are, in words"""
    without: str = ""
    """a sentence about one that has none of them"""
    fill_in: Callable[[dict[str, object]], None] | None = None
    """puts into the values of a new one what follows from them, such as what it is called by"""
    refusing: Values = field(default_factory=dict)
    """what one holds who must not be called, by python name"""
    won: Values = field(default_factory=dict)
    """what one holds that was sold, by python name"""
    unwritten: str = ""
    """the flag of one who wants no e-mail, by python name"""
    untexted: str = ""
    """the flag of one who wants no SMS, by python name"""
    ended_by: Mapping[str, str] = field(default_factory=dict)
    """the fields in which a word such as “Completed” says that it is over, and the flag that then is set"""
    fed_by: tuple[str, ...] = ()
    """the tables of which its list shows something too, beside its links"""
    lines: Lines | None = None
    """what a narrow list shows of it"""
    in_form: InForm | None = None
    """how its form follows what is chosen in it"""
    internal: bool = False
    """it is how people have arranged things, such as a view: what was done to it is kept for undo, not for a history"""
    found_again: bool = False
    """what was deleted of it is found among what was removed, although it is internal"""
    stands_at: tuple[str, str] = ("", "")
    """the fields that name the table and the number of the record it stands at; rights are those of that record"""
    part_of: str = ""
    """the field with the number of another one of its own type, which it goes away and comes back with"""
    rank: int = 100
    """where it stands among the other record types"""
    person: bool = False
    """it is about somebody who can be forgotten: a person, or a company that may be one (DP-3)"""
    lasting: tuple[str, ...] = ()
    """what of its title says nothing of anybody, such as the number of a document: it outlasts anonymising"""
    same_as: tuple[str, ...] = ()
    """the links to records that are about the very same one, beside `speaks_for`"""
    among: Callable[[Sequence[object]], type[Named]] | None = None
    """what some of its records are called in sentences, where its kinds have names of their own"""
    guard: Callable[[object, str, Values, Values], None] | None = None
    """told of each change to one of these within its unit: its key, what was done, what it held and holds in the fields
    that were changed; raises `Mistake` where it must stay as it is, for undo as well
    """
    rights: str = ""
    """the table whose rights hold for it, or ADMINISTRATORS; without one its own, where it is looked for (VT-66)"""

    @property
    def comes_back(self) -> bool:
        """Whether what was deleted of it is listed as removed: what people work with, not how they arrange things."""
        return self.found_again or not self.internal

    def complete(self, values: dict[str, object]) -> None:
        """Put into the values of a new one what follows from them; `Mistake` where nobody would know who it is."""
        if self.one_of and not any(values.get(name) for name in self.one_of):
            raise Mistake(self.without)
        if self.fill_in is not None:
            self.fill_in(values)

    def fixed(self, name: str, values: Values) -> Sequence[tuple[object, str]]:
        """What alone may be chosen for a field of a record that holds these values, and how it reads; nothing where
        anything may stand in it.
        """
        return self.in_form.labels(values).get(name, ()) if self.in_form is not None else ()

    def fixed_anywhere(self) -> list[str]:
        """The fields of which that holds for one record or another."""
        return list(self.in_form.anywhere()) if self.in_form is not None else []

    def why_only_read(self, name: str, values: Values) -> str:
        """Why a field of a record that holds these values is only read here; "" where people may write it."""
        return self.in_form.elsewhere(values).get(name, "") if self.may_be_led_there(name) and self.in_form else ""

    def may_be_led_there(self, name: str) -> bool:
        """Whether a field may be decided elsewhere."""
        return self.in_form is not None and name in self.in_form.led_there

    def called_by(self) -> Called:
        """What files call it by."""
        return self.called or Called(self.title)

    def signs_of(self) -> Signs:
        """What turns the fields of `known_by` into signs."""
        return self.signs or loosely(*self.known_by)


def loosely(*names: str) -> Signs:
    """All of these fields together; spaces and capitals do not count."""
    return lambda values: ["\n".join(fold(" ".join(_said(values[name]).split())) for name in names)]


def exactly(*names: str) -> Signs:
    """All of these fields together, to the letter."""
    return lambda values: ["\n".join(_said(values[name]) for name in names)]


def _said(value: object) -> str:
    if value is None:
        return ""
    return value.strftime("%H:%M") if hasattr(value, "strftime") and not hasattr(value, "year") else str(value)


SOMEBODY = ("first_name", "last_name", "company", "phone", "other_phone", "email")
"""by one of these we know whom we are talking about"""
PERSON = ("first_name", "last_name", "company", "phone_e164", "phone_digits", "other_phone_e164", "other_phone_digits",
          "email")  # fmt: skip


def person_signs(values: Values) -> list[str]:
    """Leads and customers: phone, name and company; or e-mail and name."""
    name = _name(values)
    phone = values["phone_e164"] or values["phone_digits"]
    found = [f"{phone}\n{name}\n{fold(values['company'] or '')}"] if phone else []
    return [*found, f"{email}\n{name}"] if (email := _email(values)) else found


def people_alike(values: Values) -> tuple[str, tuple[object, ...]]:
    """Where neither phone nor e-mail is known: name, company and description, unless another number speaks against."""
    if values["phone_e164"] or values["phone_digits"] or values["email"]:
        return "", ()
    _phone, other = _phones(values)
    company, description = fold(values["company"] or ""), fold(values.get("description") or "")
    return f"\n{_name(values)}\n{company}\n{description}", (other or None,)


def contact_signs(values: Values) -> list[str]:
    """Contacts, within their customer: the name with the e-mail address, or with one of the phone numbers."""
    start = f"{values['customer']}\n{_name(values)}"
    return [f"{start}\n{each}" for each in dict.fromkeys((_email(values), *_phones(values))) if each]


def contacts_alike(values: Values) -> tuple[str, tuple[object, ...]]:
    """Two people of one name at one customer are two, where their e-mail addresses or phone numbers say so."""
    phone, _other = _phones(values)
    name, email = _name(values), _email(values)
    who = name or f"\n{email or phone}"
    return f"{values['customer']}\n{who}", (email or None, phone or None)


def companies_alike(values: Values) -> tuple[str, tuple[object, ...]]:
    """Accounts: the name without its legal form, unless both have one and it differs."""
    core, form = without_form(values["name"] or "")
    return core, (form or None,)


def _name(values: Values) -> str:
    return fold(person_name(values["first_name"] or "", values["last_name"] or ""))


def _email(values: Values) -> str:
    return fold(values["email"] or "")


def _phones(values: Values) -> tuple[str, str]:
    phone = values["phone_e164"] or values["phone_digits"] or ""
    return phone, values["other_phone_e164"] or values["other_phone_digits"] or ""
