"""Events are written: begun, taken from the shelf, saved, removed; and said in one line (VS-7, VS-8)."""

from __future__ import annotations

from channergy_crm import work
from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import N_, _
from channergy_crm.query.conditions import condition
from channergy_crm.records import BY_TABLE
from channergy_crm.records.events import EndsBy, Event, EventState, EventType, FollowUp, GoesTo, LookRow
from channergy_crm.records.operators import Operator
from channergy_crm.records.roles import Group, Role
from channergy_crm.services import rights
from channergy_crm.services.events import receiving, saying, triggers, when, wording
from channergy_crm.services.events import shelf as ready_events
from channergy_crm.services.events.removing import take_away

_ORDER = {EventState.ACTIVE: 0, EventState.WRITTEN: 1, EventState.OFF: 2}


def every(by: str) -> list[Event]:
    """The events of the office: the active ones, those being written, those that are off; by name."""
    rights.require_events(by)
    return sorted(Event.select(), key=lambda each: (_ORDER[EventState(each.state)], each.name.casefold(), each.number))


def start(by: str, shelf: str = "") -> Event:
    """A new event, not yet saved; or one from the shelf, by its name there."""
    rights.require_events(by)
    made = Event(type=EventType.PRACTICE.value, state=EventState.WRITTEN.value, goes_to=GoesTo.OWNER.value,
                 existing=True, due_after=0, written_by=by if Operator.find(by) else None)  # fmt: skip
    ready = next((each for each in ready_events.offered(by) if each.name == shelf), None)
    if shelf and ready is None:
        raise Mistake(_("There is no such rule on the shelf."))
    if ready is not None:
        for name, value in {**ready.values, "name": ready.label, "shelf": ready.name}.items():
            setattr(made, name, value)
    return made


def save(event: Event, by: str) -> Event:
    """Keep an event; a `Mistake` names the field that cannot be so."""
    rights.require_events(by)
    event.name, event.action = " ".join((event.name or "").split()), (event.action or "").strip()
    check(event, by)
    if event.is_new and event.written_by is None and Operator.find(by) is not None:
        event.written_by = by
    deed = N_("Create rule {name}") if event.is_new else N_("Save rule {name}")
    with work.unit(deed, by=by, name=event.name):
        event.save()
    return event


def check(event: Event, by: str) -> None:
    """Raise the `Mistake` that keeps an event from being at work, with the python name of its field."""
    rights.require_events(by)
    if not event.name:
        raise Mistake(_("Give the rule a name."), "name")
    triggers.check(event)
    _check_filter(event, by)
    _check_receiver(event)
    _check_texts(event)
    if said := when.problem(event.country):
        raise Mistake(said, "country")
    if event.ends_by == EndsBy.CLOSED and event.table != "CRMOpportunities":
        raise Mistake(_("Only a follow-up of a deal ends with the deal."), "ends_by")
    _check_done(event)
    if problems := event.problems():
        name, said = next(iter(problems.items()))
        raise Mistake(said, name)


def remove(number: int, by: str) -> None:
    """Take an event away that is not active. The tasks it has made stay."""
    rights.require_events(by)
    held = found(number, by)
    if held.state == EventState.ACTIVE:
        raise Mistake(_("Deactivate the rule first: it is active."))
    with work.unit("Remove rule {name}", by=by, name=held.name) as unit:
        made = FollowUp.select(FollowUp.number).where(FollowUp.event == number)
        take_away(unit, FollowUp, list(made.scalars()))
        held.delete_instance()
        LookRow.delete().where(LookRow.event == number).execute()


def found(number: int, by: str) -> Event:
    """An event by its number; a `Mistake` where it is gone."""
    rights.require_events(by)
    held: Event | None = Event.find(number)
    if held is None:
        raise Mistake(_("That rule is not there any more."))
    return held


def sentence(event: Event) -> str:
    """What an event does, in one line: “Account, no order for 2 months → Call …”."""
    return saying.sentence(event)


# ---------------------------------------------------------------- what cannot be


def _check_filter(event: Event, by: str) -> None:
    try:
        condition(BY_TABLE[event.table], event.filter_text or "", by)
    except CRMError as error:
        raise Mistake(str(error), "filter_text") from None


def _check_receiver(event: Event) -> None:
    goes_to, receiver = event.goes_to, event.receiver or ""
    if goes_to == GoesTo.OPERATOR and not _is_there(receiver, group=False):
        retired = Operator.find(receiver) if receiver else None
        if retired is not None:
            said = _("{name} is not at work any more. Choose who gets it.")
            raise Mistake(said.format(name=retired.name or receiver), "receiver")
        raise Mistake(_("Choose who gets it."), "receiver")
    if goes_to in (GoesTo.GROUP, GoesTo.TURN) and Group.find(receiver) is None:
        raise Mistake(_("Choose a group."), "receiver")
    if goes_to == GoesTo.ROLE and (not receiver.isdigit() or Role.find(int(receiver)) is None):
        raise Mistake(_("Choose a role."), "receiver")
    if goes_to in (GoesTo.TURN, GoesTo.ROLE) and not receiving.in_turn(goes_to, receiver) and not event.otherwise:
        raise Mistake(_("Nobody is in it. Say who gets it instead."), "otherwise")
    if event.otherwise and not (_is_there(event.otherwise, group=False) or _is_there(event.otherwise, group=True)):
        raise Mistake(_("There is nobody {id} at work.").format(id=event.otherwise), "otherwise")


def _is_there(id: str, *, group: bool) -> bool:
    held = Operator.find(id) if id else None
    return held is not None and held.active and bool(held.group) == group


def _check_texts(event: Event) -> None:
    if not event.action:
        raise Mistake(_("Say what is to be done."), "action")
    for name in ("action", "notes"):
        if said := wording.problem(getattr(event, name) or "", event.table, event.trigger):
            raise Mistake(said, name)


def _check_done(event: Event) -> None:
    if not event.done_field:
        return
    kind = BY_TABLE[event.table].offered().get(event.done_field)
    if kind is None or kind.system or kind.unique:
        raise Mistake(_("Choose a field that people fill in."), "done_field")
    try:
        value = kind.read(event.done_value or "")
    except CRMError as error:
        raise Mistake(str(error), "done_value") from None
    if said := kind.check(value):
        raise Mistake(said, "done_value")
