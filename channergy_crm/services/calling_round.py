"""One operator's way through one or several lists: whom to call next, who was called, who is left out (BX-4, BX-46)."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.services import queue
from channergy_crm.services.queue import FOR_NOW, LeftOut, Limits, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from channergy_crm.records import Lead

LOOKED_AT, TOGETHER = 50, 10
"""leads that are looked at together: as many as fit on the screen, few enough to be there at once"""
SHOWN = 30
TURNED_OVER, MOST_COUNTED = 200, 20_000
"""leads that are looked at again in a minute; in a longer list it is not counted beforehand who is left out"""


class Feed:
    """A list that is called through: what it is called, its leads in their order, and what it asks of its own."""

    def __init__(self, name: str, keys: Sequence[int], limits: Limits = Limits()) -> None:
        self.name, self.keys, self.limits = name, array("q", keys), limits
        self._sorted = array("q", sorted(self.keys))

    def __contains__(self, key: int) -> bool:
        place = bisect_left(self._sorted, key)
        return place < len(self._sorted) and self._sorted[place] == key


def _counted_from(feeds: Sequence[Feed]) -> Iterator[Sequence[int]]:
    """For every list how many are still to come from each of its places on; whoever stands in a list before counts
    there."""
    seen: set[int] = set()
    for feed in feeds:
        if not seen:
            yield range(len(feed.keys), -1, -1)
        else:
            yield [*accumulate((key not in seen for key in reversed(feed.keys)), initial=0)][::-1]
        if feed is not feeds[-1]:
            seen.update(feed.keys)


class Called(NamedTuple):
    """Somebody who was called in this round: the lead, how it went, and the seconds it took."""

    key: int
    name: str
    company: str
    result: str
    at: datetime
    seconds: int | None
    reached: bool


@dataclass
class Round:
    """Whom to call, list after list in the order of their priority; due call-backs of a list come before the others.

    It asks the store a few dozen leads at a time, so a list may be as long as it likes.
    """

    feeds: list[Feed]
    by: str
    holder: str
    began: datetime
    called: list[Called] = field(default_factory=list)
    done: set[int] = field(default_factory=set)
    """called, skipped or left in this round: they do not come again by themselves"""
    left_out: dict[int, LeftOut] = field(default_factory=dict)
    _places: dict[int, int] = field(default_factory=dict)
    _ready: list[tuple[int, int]] = field(default_factory=list)
    """those who may be called next, with the place of their list"""
    full: dict[int, int] = field(default_factory=dict)
    """the places of the lists out of which nobody is called any more today, and how many stay uncalled in each"""

    def __post_init__(self) -> None:
        self._to_come = list(_counted_from(self.feeds))

    @property
    def total(self) -> int:
        """How many leads there are in all lists together; whoever stands in several of them counts once."""
        return sum(counts[0] for counts in self._to_come)

    @property
    def ahead(self) -> int:
        """How many are still to come, as far as is known: who was not looked at yet counts."""
        unseen = sum(
            counts[min(self._places.get(place, 0), len(counts) - 1)]
            for place, counts in enumerate(self._to_come)
            if place not in self.full
        )
        return unseen + len(self._waiting())

    def _waiting(self) -> list[tuple[int, int]]:
        """Those who may be called next; whoever was taken out of turn is none of them any more."""
        gone = self.done | self.left_out.keys()
        self._ready = [each for each in self._ready if each[0] not in gone]
        return [each for each in self._ready if each[1] not in self.full]

    def reached(self) -> int:
        """How many of those called were spoken to."""
        return sum(1 for call in self.called if call.reached)

    def reasons(self) -> dict[LeftOut, int]:
        """Why how many are left out, as far as they were looked at."""
        found = Counter(self.left_out.values())
        if uncalled := sum(self.full.values()):
            found[LeftOut.FULL] = uncalled
        return dict(found.most_common())

    def take(self) -> tuple[Lead, str] | None:
        """Take the next one, who is nobody else's until they are given back, and the name of their list; None at the
        end. Whoever cannot be had any more is passed over."""
        self._look_which_are_full()
        for batch in self._batches():
            stale: set[int] = set()
            for key, place in self._untaken(batch):
                if key in stale:
                    continue
                feed = self.feeds[place]
                got = queue.claim(key, self.by, self.holder, limits=feed.limits, list_name=feed.name)
                if got.left_out is None and got.lead is not None:
                    self.done.add(key)
                    self.left_out.pop(key, None)
                    return got.lead, feed.name
                if got.left_out == LeftOut.FULL:
                    self._look_which_are_full()
                    break
                self._put_out(key, got.left_out)
                if got.left_out != LeftOut.TAKEN:
                    stale |= self._look_anew(place)
        return None

    def _look_which_are_full(self) -> None:
        for place, feed in enumerate(self.feeds):
            if not queue.is_full(feed.name, feed.limits.most_a_day, self.by):
                self.full.pop(place, None)
            elif place not in self.full:
                self.full[place] = sum(1 for key in feed.keys if key not in self.done and key not in self.left_out)

    def _batches(self) -> Iterator[list[tuple[int, int]]]:
        """Whom to look at: those promised a call by now, then the lists in their order."""
        due = self._due()
        for place in range(len(self.feeds)):
            if of_this := [each for each in due if each[1] == place]:
                yield of_this
        while self._waiting() or self._look_on():
            waiting = self._waiting()[:TOGETHER]
            yield [each for each in waiting if each[1] == waiting[0][1]]

    def _untaken(self, batch: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those nobody else has at this very moment: others work in the same lists."""
        free = set(queue.untaken([key for key, _place in batch], self.by, self.holder))
        for key, _place in batch:
            self._put_out(key, None if key in free else LeftOut.TAKEN)
        return [each for each in batch if each[0] in free]

    def _look_anew(self, place: int) -> set[int]:
        """Somebody of this list was called by a colleague since they were looked at, so others were too: those."""
        keys = [key for key, of in self._waiting() if of == place][:LOOKED_AT]
        found = queue.standings(keys, self.by, self.holder, limits=self.feeds[place].limits) if keys else []
        for each in found:
            self._put_out(each.key, each.left_out)
        return {each.key for each in found if each.left_out is not None}

    def take_this(self, key: int) -> Lead | None:
        """Take this very one, whatever comes before."""
        got = queue.claim(key, self.by, self.holder, this_one=True)
        if got.left_out is not None:
            return None
        self.done.add(key)
        self.left_out.pop(key, None)
        self._ready = [each for each in self._ready if each[0] != key]
        return got.lead

    def put_aside(self, key: int, why: LeftOut) -> None:
        """Not this one now: skipped, or promised for later, and then they come again by themselves."""
        self.left_out[key] = why
        if why in FOR_NOW:
            self.done.discard(key)

    def put_back(self, key: int) -> None:
        """Somebody else was called before: this one comes next, unless they were called already."""
        if any(call.key == key for call in self.called):
            return
        self.done.discard(key)
        place = next((place for place, feed in enumerate(self.feeds) if key in feed), 0)
        self._ready = [(key, place), *(each for each in self._ready if each[0] != key)]

    def _due(self) -> list[tuple[int, int]]:
        """Who was promised a call by now and stands in one of the lists."""
        found = []
        for key in queue.due(self.by):
            place = next((place for place, feed in enumerate(self.feeds) if key in feed), None)
            free = key not in self.done and self.left_out.get(key) in (None, *FOR_NOW)
            if place is not None and free and place not in self.full:
                found.append((key, place))
        return found

    def upcoming(self, count: int = SHOWN) -> list[Lead]:
        """Those who come next, as they are stored now; they are not taken yet."""
        while len(self._waiting()) < count and self._look_on():
            pass
        wanted, found = self._waiting()[:count], dict[int, Standing]()
        for place in {place for _key, place in wanted}:
            keys, asked = [key for key, of in wanted if of == place], self.feeds[place].limits
            found |= {each.key: each for each in queue.standings(keys, self.by, self.holder, limits=asked)}
        for key, standing in found.items():
            self._put_out(key, standing.left_out)
        self._waiting()
        return [lead for key, _place in wanted if found[key].left_out is None and (lead := found[key].lead) is not None]

    def _look_on(self) -> bool:
        """Look at the next few leads; False when all lists are through."""
        for place, feed in enumerate(self.feeds):
            start = self._places.get(place, 0)
            while place not in self.full and start < len(feed.keys):
                known = {key for key, _place in self._waiting()}
                keys = [key for key in feed.keys[start : start + LOOKED_AT] if key not in self.done | known]
                start = self._places[place] = start + LOOKED_AT
                found = queue.standings(keys, self.by, self.holder, limits=feed.limits) if keys else []
                for each in found:
                    if each.left_out is not None:
                        self._put_out(each.key, each.left_out)
                ready = sorted((each for each in found if each.left_out is None), key=lambda each: not each.due)
                if ready:
                    self._ready += [(each.key, place) for each in ready]
                    return True
        return False

    def _put_out(self, key: int, why: LeftOut | None) -> None:
        if why is not None:
            self.left_out[key] = why

    def look_again(self) -> None:
        """Time has passed: whoever was left out for a while may be called by now. A few hundred at a time, those first
        who have waited longest, so that a window never stands still for it."""
        waiting = [key for key, why in self.left_out.items() if why in FOR_NOW and key not in self.done][:TURNED_OVER]
        for key in waiting:
            del self.left_out[key]
        for place, feed in enumerate(self.feeds):
            again = [key for key in waiting if key in feed]
            waiting = [key for key in waiting if key not in feed]
            for each in queue.standings(again, self.by, self.holder, limits=feed.limits) if again else ():
                if each.left_out is None:
                    self._ready.append((each.key, place))
                self._put_out(each.key, each.left_out)

    def forget(self, key: int) -> None:
        """This one was not called after all: they may come again."""
        self.done.discard(key)
        self.called = [call for call in self.called if call.key != key]

    def count(self, progress: Callable[[int, int], object]) -> None:
        """Look at everybody, so that it is known how many are left out and why; for work beside the window."""
        for feed in self.feeds:
            for start in range(0, len(feed.keys), 500):
                keys = list(feed.keys[start : start + 500])
                for each in queue.standings(keys, self.by, self.holder, limits=feed.limits):
                    if each.left_out is not None and each.key not in self.done:
                        self.left_out[each.key] = each.left_out
                progress(min(start + 500, len(feed.keys)), len(feed.keys))
