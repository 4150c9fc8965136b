"""Who gets a follow-up: who owns the record, their supervisor, one operator, a group, or somebody in turn (VS-4, VS-5).

Somebody retired gets nothing, nor does a group in which nobody works: then it goes to whoever is named instead, to the
owner of the record, at last to who wrote the event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.records.events import FellTo, FollowUp, GoesTo
from channergy_crm.records.operators import Operator
from channergy_crm.records.preferences import Preferences
from channergy_crm.records.roles import GroupMember, OperatorRole
from channergy_crm.services import rights
from channergy_crm.services.events import subjects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.records.events import Event


class Given(NamedTuple):
    """Who gets a follow-up ("" for nobody), and which way it fell where the first choice has nobody at work
    (a `FellTo`, "" where it did not).
    """

    receiver: str
    fell: str = ""


class Dealing:
    """Deals the follow-ups of one event out, each in its turn; what it knows of the office it reads once."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self._working = _working()
        self._reports: dict[str, str] = {}
        self._turn: list[str] = []
        self._next = 0
        goes_to, receiver = event.goes_to, event.receiver or ""
        if goes_to == GoesTo.SUPERVISOR:
            pairs = Preferences.select(Preferences.operator, Preferences.reports_to).tuples().execute()
            self._reports = {operator: boss for operator, boss in pairs if boss}
        elif goes_to in (GoesTo.TURN, GoesTo.ROLE):
            self._turn = [each for each in in_turn(goes_to, receiver) if each in self._working]
            self._next = self._where_it_stopped()

    def to(self, owner: str) -> Given:
        """Who gets the next one, which is about a record of this owner."""
        first = self._first(owner)
        if first in self._working:
            return Given(first)
        instead = ((self.event.otherwise, FellTo.ELSE), (owner, FellTo.OWNER), (self.event.written_by, FellTo.WRITER))
        return next((Given(each, fell.value) for each, fell in instead if each in self._working), Given(""))

    def works(self, id: str) -> bool:
        """Whether somebody is at work, or anybody of a group."""
        return id in self._working

    def _first(self, owner: str) -> str:
        goes_to = self.event.goes_to
        if goes_to == GoesTo.OWNER:
            return owner
        if goes_to == GoesTo.SUPERVISOR:
            return self._reports.get(owner, "")
        if goes_to in (GoesTo.OPERATOR, GoesTo.GROUP):
            return self.event.receiver or ""
        if not self._turn:
            return ""
        found = self._turn[self._next % len(self._turn)]
        self._next += 1
        return found

    def _where_it_stopped(self) -> int:
        """The place of who is next: after whoever got the last one, though they may be gone by now."""
        ours = (FollowUp.event == self.event.number) & (FollowUp.fell == "")
        last = FollowUp.select(FollowUp.receiver).where(ours).order_by(FollowUp.number.desc()).limit(1).scalar()
        return next((place for place, each in enumerate(self._turn) if last and each > last), 0)


def receivers(event: Event, table: str, keys: Sequence[object], by: str) -> dict[object, Given]:
    """Who gets the follow-ups of these records, by their number. A turn goes on where it stopped."""
    rights.require_events(by)
    dealing = Dealing(event)
    found: dict[object, Given] = {}
    for start in range(0, len(keys), subjects.TOGETHER):
        held = subjects.read(table, keys[start : start + subjects.TOGETHER])
        found.update((key, dealing.to(each.owner)) for key, each in held.items())
    return found


def in_turn(goes_to: str, receiver: str) -> list[str]:
    """Who takes turns: the members of a group by its ID, or those who have a role by its number; by ID."""
    if goes_to == GoesTo.TURN:
        members = GroupMember.select(GroupMember.operator).where(GroupMember.group == receiver)
        return sorted(members.scalars())
    having = OperatorRole.select(OperatorRole.operator).where(OperatorRole.role == (int(receiver or 0)))
    return sorted(set(having.scalars()))


def _working() -> set[str]:
    """The operators at work, and the groups in which somebody is."""
    rows = list(Operator.select(Operator.id, Operator.group).where(Operator.active).tuples().execute())
    members = GroupMember.select(GroupMember.group, GroupMember.operator).tuples().execute()
    people = {id for id, group in rows if not group}
    manned = {group for group, member in members if member in people}
    return people | {id for id, group in rows if group and id in manned}
