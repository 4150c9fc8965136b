"""Runs something beside the window in one call: with a connection, progress, a notice and Undo, and what went wrong."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from functools import partial
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from channergy_crm.errors import CRMError, Surroundings
from channergy_crm.language import _
from ui.session.background import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from channergy_crm.store.database import Office
    from ui.session.background import Background, Job
    from ui.session.notice import Level

T = TypeVar("T")

_HEARERS = (partial, MethodType, FunctionType)


class Told(NamedTuple):
    """A sentence about how something ended, the unit its Undo takes back, and another step if there is one."""

    text: str
    unit: int | None = None
    action: tuple[str, Callable[[], object]] | None = None
    level: Level = "done"


class _Ends(NamedTuple, Generic[T]):
    """What becomes of each end of one piece of work."""

    say: Callable[[Told], object]
    done: Callable[[T], object] | None
    told: Callable[[T], str | Told | None] | None
    failed: Callable[[CRMError], object] | None
    cancelled: str | Callable[[], object]
    again: Callable[[], object]
    asker: QObject | None

    @property
    def _is_asked_no_more(self) -> bool:
        return self.asker is not None and not isValid(self.asker)

    def hear_done(self, result: T) -> None:
        """It was done: say so, then go on with what came of it."""
        if self._is_asked_no_more:
            return
        if self.told is not None:
            told = self.told(result)
            if told is not None:
                self.say(told if isinstance(told, Told) else Told(told))
        if self.done is not None and not _is_gone(self.done):
            self.done(result)

    def hear_failed(self, error: CRMError) -> None:
        """It failed: say why; what the surroundings did can be tried again."""
        if self._is_asked_no_more:
            return
        if self.failed is not None:
            if not _is_gone(self.failed):
                self.failed(error)
        else:
            action = (_("Retry"), self.again) if isinstance(error, Surroundings) else None
            self.say(Told(error.message, action=action, level="warning"))

    def hear_cancelled(self, *done: T) -> None:
        """Somebody stopped it; what was done before that is told as done."""
        if self._is_asked_no_more:
            return
        if done and self.cancelled and isinstance(self.cancelled, str):
            self.hear_done(done[0])
        elif not isinstance(self.cancelled, str):
            if not _is_gone(self.cancelled):
                self.cancelled()
        elif self.cancelled:
            self.say(Told(self.cancelled, level="news"))


def _is_gone(hearer: Callable[..., object]) -> bool:
    """Whether what it belongs to was closed meanwhile: a part of the window it is a method of, or speaks of."""
    held: list[object] = [hearer]
    seen: set[int] = set()  # what asks again holds itself
    while held:
        each = held.pop()
        if isinstance(each, QObject):
            if not isValid(each):
                return True
        elif isinstance(each, _HEARERS) and id(each) not in seen:
            seen.add(id(each))
            held += _held_by(each)
    return False


def _held_by(hearer: object) -> Iterator[object]:
    yield getattr(hearer, "__self__", None)
    if isinstance(hearer, partial):
        yield from (hearer.func, *hearer.args, *hearer.keywords.values())
    for cell in getattr(hearer, "__closure__", None) or ():
        with suppress(ValueError):  # a name that is not bound yet
            yield cell.cell_contents


class Beside:
    """Called with a piece of work, runs it beside the window. `say` tells how it ended: as a notice, or in a dialog."""

    def __init__(self, background: Background, office: Office | None, say: Callable[[Told], object]) -> None:
        self._background, self._office, self._say = background, office, say

    def __call__(
        self,
        what: Callable[[Progress], T],
        *,
        label: str,
        done: Callable[[T], object] | None = None,
        told: Callable[[T], str | Told | None] | None = None,
        failed: Callable[[CRMError], object] | None = None,
        cancelled: str | Callable[[], object] = "",
        progress: bool = True,
        connected: bool = True,
        at_once: bool = False,
        finishes: bool = False,
        asker: QObject | None = None,
    ) -> Job | None:
        """Run `what(progress)`; the job that was begun, or None when it was done at once.

        `told` words the notice about the result (None: nothing is said), then `done` hears the result itself. What
        fails is said as a warning, with *Retry* when the surroundings were to blame; `failed` hears it instead where
        that is not enough. With `progress=False` the status line shows nothing; work that asks no database is not
        `connected`; `at_once` does a small piece here and now; what `finishes` is not stopped by closing the window.
        Nobody is told once the `asker` is gone: the part of a dialog, say, that was closed meanwhile.
        """

        def run() -> Job | None:
            if not at_once:
                return self._run_beside(what, ends, label, progress, connected, finishes)
            self._run_here(what, ends)
            return None

        ends = _Ends(self._say, done, told, failed, cancelled, run, asker)
        return run()

    def _run_here(self, what: Callable[[Progress], T], ends: _Ends[T]) -> None:
        try:
            result = what(Progress(lambda *_: None))
        except CRMError as error:
            ends.hear_failed(error)
        else:
            ends.hear_done(result)

    def _run_beside(
        self, what: Callable[[Progress], T], ends: _Ends[T], label: str, progress: bool, connected: bool, finishes: bool
    ) -> Job:
        office = self._office
        results: list[T] = []

        def work(progress: Progress) -> T:
            with office.borrowed() if office is not None and connected else nullcontext():
                results.append(what(progress))
            return results[0]

        return self._background.run(
            work, label=label, done=ends.hear_done, failed=ends.hear_failed,
            cancelled=lambda: ends.hear_cancelled(*results), progress=progress, finishes=finishes,
        )  # fmt: skip
