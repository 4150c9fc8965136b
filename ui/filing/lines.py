"""What stands in the list of mails that are to be filed: each with whom it goes to, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from channergy_crm.language import _, one
from channergy_crm.services.filing import whom
from channergy_crm.services.filing.deeds import Wanted
from channergy_crm.transfer.clipboard.of_mail import lead_values
from ui.look.plain import kept_to_itself
from ui.look.wording import day_in_words

if TYPE_CHECKING:
    from channergy_crm.incoming.files import Found
    from channergy_crm.services.filing.watched import Place
    from channergy_crm.services.filing.whom import Person, Proposal

NEW_LEAD, LEAVE = "lead", "leave"
"""what may be chosen beside the people"""


@dataclass
class Line:
    """A mail, or why there is none. `goes` is the place of a person among the people, or one of the words above."""

    found: Found
    proposal: Proposal | None = None
    place: Place | None = None
    people: list[Person] = field(default_factory=list)
    goes: str = LEAVE

    @property
    def open(self) -> bool:
        """Whether it can be filed at all: it could be read, and is not filed already."""
        return self.found.mail is not None and self.proposal is not None and self.proposal.filed is None

    @property
    def clear(self) -> bool:
        """Whether nobody has to be asked."""
        return self.open and self.goes.isdigit()

    def put(self, person: Person) -> None:
        """It goes to this one."""
        if person not in self.people:
            self.people.append(person)
        self.goes = str(self.people.index(person))

    def choices(self) -> list[tuple[str, str]]:
        """What may be chosen for it."""
        if not self.open:
            return [(LEAVE, _("Nothing is to be done"))]
        people = [(str(place), _of(person)) for place, person in enumerate(self.people)]
        return [*people, (NEW_LEAD, _("Make a lead of it")), (LEAVE, _("Leave it out"))]

    def wanted(self, by: str) -> Wanted | None:
        """What is to be filed, and where; None where it is left out."""
        mail, proposal = self.found.mail, self.proposal
        if mail is None or proposal is None or not self.open:
            return None
        if self.goes == NEW_LEAD:
            return Wanted(mail, values=lead_values(mail, by, out=proposal.out), proposal=proposal, place=self.place)
        if not self.goes.isdigit():
            return None
        person = self.people[int(self.goes)]
        return Wanted(mail, person.record, person.key, proposal=proposal, place=self.place)

    def texts(self) -> tuple[str, ...]:
        """The cells of its row."""
        mail, proposal = self.found.mail, self.proposal
        if mail is None or proposal is None:
            return (kept_to_itself(self.found.where), "", "", "", self.found.wrong)
        name, address = next(iter(mail.to), ("", "")) if proposal.out else mail.sender
        who = _("to {name}").format(name=name or address) if proposal.out else name or address
        day = day_in_words(mail.sent.date()) if mail.sent is not None else ""
        left = " ".join(mail.left_out)
        why = whom.said(proposal)
        why = _("{why}. {left}").format(why=why, left=left) if left else why
        return (kept_to_itself(who), kept_to_itself(mail.subject), day, self._where(), why)

    def _where(self) -> str:
        if not self.open:
            return ""
        if self.goes == NEW_LEAD:
            return _("a new lead")
        return _of(self.people[int(self.goes)]) if self.goes.isdigit() else _("nowhere yet")

    @property
    def ink(self) -> str:
        """Its colour: refused, not assigned, already there, or as usual."""
        if self.found.mail is None:
            return "overdue"
        if not self.open:
            return "muted"
        return "" if self.goes != LEAVE else "soon"


def _of(person: Person) -> str:
    return _("{name} ({record})").format(name=kept_to_itself(person.name), record=one(person.record))


def line(found: Found, proposal: Proposal | None, place: Place | None = None) -> Line:
    """A line as it stands at first: what is clear goes where it belongs."""
    people = list(proposal.people) if proposal is not None else []
    clear = proposal is not None and proposal.person is not None
    return Line(found, proposal, place, people, "0" if clear else LEAVE)
