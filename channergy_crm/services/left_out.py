"""Who is left out of what goes to many, and why: the same for messages, mails and letters (SI-24, BX-14, BX-26)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, TypeVar

from channergy_crm.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")

GONE, UNKNOWN = N_("not there any more, or not shown to you"), N_("something is not known that the text asks for")
"""reasons all of them have, as they are counted"""


class LeftOut(NamedTuple):
    """One who gets none: what it is called, why in a word and in a sentence ("" where the word says it all)."""

    name: str
    why: str
    reason: str = ""


@dataclass(frozen=True)
class Prepared(Generic[T]):
    """What a text comes to: who gets which one, and who is left out. `said` has the reasons as they are counted."""

    recipients: list[T]
    left_out: list[LeftOut]
    said: ClassVar[Mapping[str, str]] = {}

    def reasons(self) -> list[tuple[str, int]]:
        """Why how many are left out, the most frequent reason first."""
        counted = Counter(each.why for each in self.left_out)
        return [(_(self.said[why]), count) for why, count in counted.most_common()]


def gone(names: Iterable[str]) -> list[LeftOut]:
    """Those who are not there any more, or not shown to whoever asks."""
    return [LeftOut(name, "gone") for name in names]


def twice(name: str, before: str) -> LeftOut:
    """One who would get what somebody before them gets."""
    return LeftOut(name, "twice", _("like {name}").format(name=before))


def not_known(missing: Iterable[str], labels: Mapping[str, str]) -> str:
    """In words, what is not known; `labels` are the fields as people read them."""
    return _("not known: {fields}").format(fields=", ".join(labels.get(name, name) for name in missing))
