"""What is said of messages: to how many, how long, who is left out, how a batch stands."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from channergy_crm.language import N_, _, ngettext
from channergy_crm.records.messages import State
from channergy_crm.services.operators import everybody
from channergy_crm.services.recipients import SAID
from channergy_crm.text.short_messages import as_sent, measure
from ui.look.plain import breakable, kept_to_itself

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from channergy_crm.services.left_out import LeftOut
    from channergy_crm.services.left_out import Prepared as PreparedForAll
    from channergy_crm.services.messages import Batch
    from channergy_crm.services.recipients import Prepared, Recipient

NAMED = 5
"""of how many who are left out the names are said"""
TOLD = frozenset({"hours", "stopped", "twice", "unknown", "long"})
"""reasons that are another one for each of them"""
WORDS: dict[State, str] = {
    State.WAITING: N_("{count:,} waiting"),
    State.SENDING: N_("{count:,} being sent"),
    State.SENT: N_("{count:,} sent"),
    State.DELIVERED: N_("{count:,} delivered"),
    State.FAILED: N_("{count:,} failed"),
    State.UNKNOWN: N_("{count:,} unknown"),
    State.CANCELLED: N_("{count:,} stopped"),
}


def to_whom(count: int) -> str:
    """For how many it is meant."""
    return ngettext("To {count:,} record", "To {count:,} records", count).format(count=count)


def who_gets_it(ready: PreparedForAll[Any]) -> str:
    """How many of them get it."""
    count, total = len(ready.recipients), len(ready.recipients) + len(ready.left_out)
    return ngettext("{count:,} of {total:,} gets it", "{count:,} of {total:,} get it", count).format(
        count=count, total=total)  # fmt: skip


def length(text: str, ready: Prepared | None = None) -> str:
    """How long a text is, in how many parts it goes, and why it holds less than usual."""
    held = measure(as_sent(text))
    if not held.parts:
        return ""
    said = ngettext("{signs:,} signs, {parts} part, {left} left", "{signs:,} signs, {parts} parts, {left} left",
                    held.parts)  # fmt: skip
    lines = [said.format(signs=held.signs, parts=held.parts, left=held.left)]
    if held.wide:
        lines.append(_("“{sign}” makes it 70 signs a part").format(sign=kept_to_itself(held.wide)))
    if ready is not None and len(ready.recipients) > 1:
        lines.append(ngettext("{count:,} part in all", "{count:,} parts in all", ready.parts).format(count=ready.parts))
    return " · ".join(lines)


def preview(one: Recipient) -> str:
    """How it reads for one: who, at which number, then the text."""
    said = _("{name}, {number}:\n{text}")
    text = breakable(kept_to_itself(one.text))
    return said.format(name=kept_to_itself(one.record.caption()), number=one.number, text=text)


def how_many_left_out(count: int) -> str:
    """The head above them."""
    return ngettext("{count:,} is left out", "{count:,} are left out", count).format(count=count)


def left_out(some: Sequence[LeftOut], called: Mapping[Any, str] = SAID) -> str:
    """Why, how many, and the first of them by name; a line for each reason. `called` says a reason in words."""
    by_reason: dict[str, list[LeftOut]] = defaultdict(list)
    for each in some:
        by_reason[_(called[each.why])].append(each)
    return "\n".join(_line(reason, held) for reason, held in sorted(by_reason.items(), key=lambda each: -len(each[1])))


def _line(reason: str, some: Sequence[LeftOut]) -> str:
    names = [_who(each) for each in some[:NAMED]]
    more, between = len(some) - len(names), "; " if some[0].why in TOLD else ", "
    said = _("{reason}: {count:,} ({names})")
    if more:
        said = ngettext("{reason}: {count:,} ({names} and {more:,} more)",
                        "{reason}: {count:,} ({names} and {more:,} more)", more)  # fmt: skip
    return said.format(count=len(some), reason=reason, names=between.join(names), more=more)


def _who(one: LeftOut) -> str:
    name = kept_to_itself(one.name)
    if not one.reason or one.why not in TOLD:
        return name
    return _("{name}: {reason}").format(name=name, reason=one.reason.rstrip("."))


def counts(held: Mapping[State, int]) -> str:
    """How many stand how, the many states in the order in which they follow one another."""
    return ", ".join(_(WORDS[state]).format(count=held[state]) for state in State if held.get(state))


def stands(batch: Batch) -> str:
    """How far a batch is, and what it cost as far as the gateway tells."""
    cost = batch.cost
    said = counts(batch.counts)
    return _("{counts}; cost {cost}").format(counts=said, cost=cost) if cost else said


def operators(by: str) -> dict[str, str]:
    """What the operators are called."""
    return {each.id: each.name or each.id for each in everybody(by)}
