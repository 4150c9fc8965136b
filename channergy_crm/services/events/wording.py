"""What a follow-up says: action and notes of its event, with the fields of the record put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.records import BY_TABLE, Task
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.operators import Operator
from channergy_crm.services import rights
from channergy_crm.services.events import facts
from channergy_crm.services.filling import OTHERS, RECORDS, written
from channergy_crm.settings import OFFICE_NAME
from channergy_crm.text import placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable

    from channergy_crm.records.events import Event
    from channergy_crm.services.events.subjects import Subject

OFFERED = ("operator.name", "operator.id", "office.name", "today")
"""what is no field of a record; the operator is who gets it"""
_LEADS_TO = {
    "CRMLeads": ("lead", "account", "customer", "opportunity"), "CRMAccounts": ("account", "customer"),
    "CRMOpportunities": ("opportunity", "account", "customer"), "CustomerContacts": ("contact", "customer", "account"),
    "Customers": ("customer", "account"), "Orders": ("customer", "account"),
    "CustServ": ("account", "customer", "opportunity", "lead"),
}  # fmt: skip
"""which records the texts of an event may name, by the table it watches"""


def known(table: str, trigger: str = "") -> list[str]:
    """The names the texts of an event may ask for that is about this table and waits for this."""
    happened = [each.name for each in facts.offered(trigger)]
    fields = [f"{word}.{name}" for word in _LEADS_TO.get(table, ()) for name in RECORDS[word].offered()]
    return [*fields, *OFFERED, *happened]


def problem(text: str, table: str, trigger: str = "") -> str | None:
    """What of a text cannot be filled in, in a sentence; None when all of it can."""
    return placeholders.problem(text, known(table, trigger))


class Wording:
    """The texts of one event, taken apart once."""

    def __init__(self, event: Event) -> None:
        self._name = event.name
        self._action = placeholders.parse(event.action or "")
        self._notes = placeholders.parse(event.notes or "")
        self.names = placeholders.names((*self._action, *self._notes))
        """the fields they ask for"""
        self._most = Task.action.limit
        self._general = {"today": written(None, clock.today()), facts.NAME: event.name}
        self._days = facts.Days(event) if facts.SINCE in self.names else None
        self.wanted = [*self.names, *(facts.fields(event) if self._days is not None else ())]
        """the fields of records that are read for them"""
        if "office.name" in self.names:
            held = OfficeSetting.find(OFFICE_NAME.name)
            self._general["office.name"] = str((held.value if held else "") or OFFICE_NAME.default)
        self._called: dict[str, str] = {}
        self._hidden: dict[tuple[str, str], frozenset[str]] = {}

    def learn(self, those: Iterable[tuple[Subject, str]]) -> None:
        """Read what the texts say of some records and occurrences, before they are said."""
        if self._days is not None:
            self._days.learn(those)

    def said(self, subject: Subject, occurrence: str, receiver: str) -> tuple[str, str]:
        """Action and notes of the follow-up of a record. What the role of who gets it hides is not said."""
        values = self._values(subject, receiver) if self.names else {}
        if self._days is not None and (day := self._days.day(subject, occurrence)) is not None:
            values[facts.SINCE] = written(None, day)
        action = " ".join(placeholders.fill(self._action, values).text.split()) or self._name
        return action[: self._most], placeholders.fill(self._notes, values).text

    def _values(self, subject: Subject, receiver: str) -> dict[str, str]:
        found = dict(self._general)
        for name in self.names:
            word, _dot, field = name.partition(".")
            if name in OTHERS or word == "event":
                if word == "operator":
                    found[name] = receiver if field == "id" else self._name_of(receiver)
                continue
            value = subject.around.get(word, {}).get(field)
            if value not in (None, "") and field not in self._kept_from(word, receiver):
                found[name] = written(RECORDS[word].kind(field), value)
        return found

    def _name_of(self, receiver: str) -> str:
        if receiver not in self._called:
            held = Operator.find(receiver)
            self._called[receiver] = held.name if held is not None else receiver
        return self._called[receiver]

    def _kept_from(self, word: str, receiver: str) -> frozenset[str]:
        if (word, receiver) not in self._hidden:
            self._hidden[word, receiver] = rights.hidden(RECORDS[word], receiver) if receiver else frozenset()
        return self._hidden[word, receiver]


def caption(subject: Subject) -> str:
    """What people call the record a follow-up is about."""
    held = BY_TABLE[subject.table].find(subject.key)
    return held.caption() if held is not None else str(subject.key)
