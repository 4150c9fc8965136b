"""The shelf of ready events, off until somebody takes one (VS-4, VS-5, VS-6, VS-23).

Each is filled in for this office as far as that can be known: its stages, its group, its own fields. What is missing is
said beside it. What is to be done comes first and whom it is about last: names of accounts and deals are long, and some
are sentences.
"""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import work
from channergy_crm.language import _, counted
from channergy_crm.records import Opportunity
from channergy_crm.records.events import EndsBy, Event, EventState, EventType, GoesTo
from channergy_crm.records.lookups import choices
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.operators import Operator
from channergy_crm.records.projects import Means, course_of
from channergy_crm.records.roles import Group, Role
from channergy_crm.services import rights
from channergy_crm.services.events import facts, triggers
from channergy_crm.settings import SHELF_PUT_OUT
from channergy_crm.text.folding import fold
from channergy_crm.text.placeholders import written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ACCOUNT, DEAL, DAY = written("account.name"), written("opportunity.name"), written(facts.SINCE)
_SUPPORT = ("sales support", "vertriebsinnendienst", "innendienst")  # unsaid: what groups are called
_BIRTHDAY = ("birthday", "geburtstag", "anniversary", "jubilaum", "founded", "gegrundet")
_COMPLAINT = ("complaint", "beschwerde", "reklamation")
_OFFER = ("offer", "quote", "angebot")
ROTTEN = 30
"""days without a change after which a deal is looked after, where no stage says its own"""


class Ready(NamedTuple):
    """A ready event: its name on the shelf, what people call it, what it is for, what it holds by python name, and
    what is missing in this office before it can be used ("" when nothing is).
    """

    name: str
    label: str
    said: str
    values: Mapping[str, object]
    lacks: str = ""


def offered(by: str) -> list[Ready]:
    """The ready events, in the order of the shelf."""
    rights.require_events(by)
    return [make() for make in _READY]


def put_out(by: str) -> int:
    """Put every ready event the office does not have among its events, switched off, in one step; how many. It is done
    once: what is removed afterwards is taken *from the shelf* again.
    """
    rights.require_events(by)
    if OfficeSetting.find(SHELF_PUT_OUT.name) is not None:
        return 0
    there = set(Event.select(Event.shelf).where(Event.shelf != "").scalars())
    new = [each for each in offered(by) if each.name not in there and not each.lacks]
    writer = by if Operator.find(by) is not None else None
    with work.unit("Take {records} from the shelf", by=by, records=counted(Event, len(new))):
        OfficeSetting.create(name=SHELF_PUT_OUT.name, value="1")
        for each in new:
            Event.create(**each.values, name=each.label, shelf=each.name, state=EventState.OFF.value,
                         written_by=writer)  # fmt: skip
    return len(new)


def _practice(**values: object) -> dict[str, object]:
    return {"type": EventType.PRACTICE.value, "goes_to": GoesTo.OWNER.value, "due_working": True, "due_after": 1,
            "due_time": time(10), **values}  # fmt: skip


def _marketing(**values: object) -> dict[str, object]:
    return _practice(type=EventType.MARKETING.value, **values)


def _welcome() -> Ready:
    to = _sales_support()
    values = _practice(
        table=triggers.CUSTOMERS, trigger="created", existing=False, **to,
        action=_("Send the welcome package to {name}").format(name=written("customer.company", _("the new customer"))),
        notes=_("Catalog, price list, whom to call; a card with the name of the owner of the account."),
    )  # fmt: skip
    said = _("Sales support sends a welcome package to each new customer.")
    lacks = "" if to else _("There is no group or role called Sales Support: say yourself who gets it.")
    return Ready("welcome", _("Welcome package for a new customer"), said, values, lacks)


def _no_order() -> Ready:
    values = _marketing(
        table=triggers.ACCOUNTS, trigger="no_order", amount=2, unit="month", due_after=2, most_a_day=5,
        ends_by=EndsBy.ORDER.value, action=_("Call, no order since {day}: {account}").format(account=ACCOUNT, day=DAY),
    )  # fmt: skip
    said = _("Whoever owns an account calls it when it has not ordered for two months.")
    return Ready("no_order", _("No order for two months"), said, values)


def _thanks() -> Ready:
    values = _marketing(
        table=triggers.ACCOUNTS, trigger="order", field=triggers.FIRST, existing=False, due_after=3,
        action=_("Say thank you for the first order: {account}").format(account=ACCOUNT),
    )  # fmt: skip
    return Ready("thanks", _("Thank for the first order"), _("A call after the first order of a customer."), values)


def _birthday() -> Ready:
    days = triggers.fields("date", triggers.ACCOUNTS)
    own = {name: kind for name, kind in days.items() if kind.own}
    field = next((name for name, kind in own.items() if any(each in fold(kind.label) for each in _BIRTHDAY)), "")
    values = _marketing(
        table=triggers.ACCOUNTS, trigger="date", field=field, amount=5, unit="day", yearly=True, due_after=0,
        due_time=None, action=_("Write a birthday card for {day}: {account}").format(account=ACCOUNT, day=DAY),
    )  # fmt: skip
    lacks = "" if field else _("Accounts have no such day yet: add a field of the kind Date to them, called Birthday.")
    said = _("A card for the birthday of an account, five days before, every year.")
    return Ready("birthday", _("Birthday of the account"), said, values, lacks)


def _quote() -> Ready:
    stages = [each.value for each in choices(Opportunity._meta.table_name, "Stage") if not each.retired]
    stage = next((each for each in stages if any(word in fold(each) for word in _OFFER)), "")
    values = _practice(
        table=triggers.DEALS, trigger="in_stage", value=stage, amount=7, unit="day", ends_by=EndsBy.CONTACT.value,
        due_after=0, action=_("Ask about the quote of {day}: {deal}").format(deal=DEAL, day=DAY),
    )  # fmt: skip
    lacks = "" if stage else _("No stage is called Offer or Quote: choose yours.")
    return Ready("quote", _("Quote without an answer"), _("A call when a quote is a week old."), values, lacks)


def _rotten() -> Ready:
    course = course_of(None)
    stages = [each for each in course.stages if each.means is Means.OPEN and each.rotten_after] if course else []
    held: dict[str, object] = {"trigger": "no_change", "amount": ROTTEN, "unit": "day", "filter_text": "closed=no"}
    if stages:
        held = {"trigger": "in_stage", "value": stages[-1].stage, "amount": stages[-1].rotten_after, "unit": "day"}
    values = _practice(
        table=triggers.DEALS, ends_by=EndsBy.CHANGE.value, most_a_day=5, **held,
        action=_("Bring this deal forward, or close it: {deal}").format(deal=DEAL),
    )  # fmt: skip
    said = _("Deals that have stood still for too long come up again.")
    return Ready("rotten", _("Deal that stands still"), said, values)


def _recovery() -> Ready:
    codes = {each.value: fold(each.description) for each in choices("CRMLeads", "CallCode") if not each.retired}
    code = next((value for value, said in codes.items() if any(word in said for word in _COMPLAINT)), "")
    values = _practice(
        table=triggers.ACCOUNTS, trigger="call", value=code, priority="High", existing=False,
        action=_("Apologise, put it right, ask whether it is: {account}").format(account=ACCOUNT),
        notes=_("A problem that is solved well makes a customer who stays. Say when they will hear from us again."),
    )  # fmt: skip
    lacks = "" if code else _("No result of a call is called Complaint: add it to the results of calls.")
    said = _("A call the day after a customer complained, to make it good.")
    return Ready("recovery", _("Service recovery after a complaint"), said, values, lacks)


def _reference() -> Ready:
    values = _marketing(
        table=triggers.DEALS, trigger="date", field="close_date_2", amount=-30, unit="day", yearly=False,
        existing=False, filter_text="outcome=Won",
        action=_("Ask whether they recommend us: {account}").format(account=ACCOUNT), due_after=0,
    )  # fmt: skip
    said = _("Thirty days after a deal was won, a happy customer is asked for a reference.")
    return Ready("reference", _("Reference of a happy customer"), said, values)


_READY: tuple[Callable[[], Ready], ...] = (
    _welcome, _no_order, _thanks, _birthday, _quote, _rotten, _recovery, _reference,
)  # fmt: skip


def _sales_support() -> dict[str, object]:
    """Who sales support is: the group of that name, else the role."""
    for record, goes_to in ((Group, GoesTo.GROUP), (Role, GoesTo.ROLE)):
        held = next((each for each in record.select() if fold(each.name) in _SUPPORT), None)
        if held is not None:
            return {"goes_to": goes_to.value, "receiver": str(held.key)}
    return {}
