"""What the documents ask of two sides that are kept alike, as a model that knows nothing of how the program does it.

A field that goes both ways is written on either side (VP-28, VP-38). What one side alone has changed since they last
agreed goes to the other one; where both have, ours is sent (VP-3, BX-34). Rounds end anywhere: of each field the model
holds every state the two sides may be in, and what is seen of them rules states out. When none is left, something was
lost, or came from nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class State(NamedTuple):
    """What both agreed on last, what is here, what is there, and what may still arrive there of a request whose end
    nobody saw.
    """

    agreed: str
    here: str
    there: str
    sent: str | None = None


def _come(state: State) -> State:
    """What was changed there has come; what was changed here stays."""
    here = state.there if state.here == state.agreed else state.here
    return state._replace(agreed=state.there, here=here)


def _gone(state: State) -> State:
    """And what is here has gone there."""
    here = _come(state).here
    return State(here, here, here)


def _landed(state: State) -> Iterable[State]:
    """With what was under way there, or without it."""
    yield state._replace(sent=None)
    if state.sent is not None:
        yield State(state.sent, state.here, state.sent)


class Lost(AssertionError):
    """What is seen cannot come of what was done."""


class Field:
    """One field of one record that is on both sides."""

    def __init__(self, here: str, there: str) -> None:
        self.states = (
            {State(here, here, here)} if here == there else {State(there, here, there), State(here, here, there)}
        )

    def written_here(self, value: str) -> None:
        """Somebody here has written this."""
        self.states = {state._replace(here=value) for state in self.states}

    def written_there(self, value: str) -> None:
        """Somebody there has; what was under way is refused there from now on, or had arrived before."""
        before = {landed for state in self.states for landed in _landed(state)}
        self.states = {state._replace(there=value) for state in before}

    def round(self, *, whole: bool) -> None:
        """The program has been at it: to its end, or nobody knows how far."""
        before = {landed for state in self.states for landed in _landed(state)}
        after = {_gone(state) for state in before}
        if not whole:
            read = before | {_come(state) for state in before}
            after |= read | {state._replace(sent=state.here) for state in read if state.here != state.there}
            after |= self.states
        self.states = after

    def seen(self, here: str, there: str, told: object) -> None:
        """So it stands now on both sides."""
        now = {landed for state in self.states for landed in (state, *_landed(state))}
        left = {state for state in now if (state.here, state.there) == (here, there)}
        if not left:
            raise Lost(f"{told}: {here!r} here and {there!r} there cannot come of {sorted(map(str, self.states))}")
        self.states = left

    @property
    def past(self) -> list[str]:
        """What they may have agreed on last: people take back what they have typed."""
        return sorted({state.agreed for state in self.states})
