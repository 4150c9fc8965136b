"""What the columns of a list say of a row, and what two lines say of it where the list is narrow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.language import _
from channergy_crm.work.record import time_of
from ui.look.wording import day_in_words, in_full, right_aligned, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.query.listing import Row
    from channergy_crm.work.about import Lines
    from channergy_crm.work.record import Record

LONG = 36
"""letters; what is meant to be longer describes something, and may be shortened"""


class Sign(NamedTuple):
    """What stands before a reminder, as text and as a drawing, and its colour by meaning."""

    before: str = ""
    ink: str = ""
    drawing: str = ""


NO_SIGN = Sign()
Signing = Callable[[Mapping[str, Any]], Sign]
"""from the values of a row, by name, to the sign of its reminder"""


def joined(day: date | datetime | None, at: time | None, *, inside: bool = False) -> str:
    """A day and its time, as people say them: “Tomorrow 09:00”; “tomorrow 09:00” inside a sentence."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        at, day = day.time(), day.date()
    said = day_in_words(day, inside=inside)
    return f"{said} {at:%H:%M}" if at else said


class Words:
    """The words for the cells of one list: which columns it shows, and which are read beside them."""

    def __init__(self, record: type[Record], columns: Sequence[str], beside: Sequence[str]) -> None:
        extras = record.extras()
        self.record = record
        self.places = {name: place for place, name in enumerate([*columns, *beside])}
        self.sources: list[Any] = [extras[name] if name in extras else record.kind(name) for name in columns]
        self._times = [self._time_beside(name, columns) for name in columns]
        self.right = [right_aligned(source) for source in self.sources]
        self.muted = [_muted(source, name, record) for source, name in zip(self.sources, columns, strict=True)]
        self.long = [_long(source, name, record) for source, name in zip(self.sources, columns, strict=True)]

    def _time_beside(self, name: str, columns: Sequence[str]) -> int | None:
        """Where the time of a day is read that has no column of its own."""
        at = time_of(self.record, name)
        return self.places.get(at) if at not in columns else None

    def text(self, row: Row, column: int) -> str:
        """What a cell says."""
        at = self._times[column]
        said = shown(self.sources[column], row.values[column])
        return f"{said} {row.values[at]:%H:%M}" if at is not None and said and row.values[at] else said

    def full(self, row: Row, column: int) -> str:
        """All of it, for the tip."""
        at = self._times[column]
        said = in_full(self.sources[column], row.values[column])
        return f"{said} {row.values[at]:%H:%M}" if at is not None and said and row.values[at] else said

    def value(self, row: Row, name: str) -> Any:
        """A value of the row by name, also one that is only read beside the others."""
        place = self.places.get(name)
        return row.values[place] if place is not None and place < len(row.values) else None

    def values(self, row: Row) -> dict[str, Any]:
        """All of them by name."""
        return dict(zip(self.places, row.values, strict=False))


def _long(source: Any, name: str, record: type[Record]) -> bool:
    """Whether a column describes: it comes last, takes what is left, and may be shortened."""
    if name in record.about.title or name in record.extras():
        return False
    return source.edited_by == "lines" or (not source.numeric and source.width >= LONG)


def _muted(source: Any, name: str, record: type[Record]) -> bool:
    """Whether a column stands back: what is chosen from a list, and what describes."""
    return getattr(source, "shown_as", "") == "described" or _long(source, name, record)


class Said(NamedTuple):
    """What two lines say."""

    name: str = ""
    aside: str = ""
    tag: bool = False
    refused: bool = False
    second: str = ""
    when: str = ""
    sign: Sign = NO_SIGN
    phone: str = ""


class Entry(NamedTuple):
    """What a row of reminders says: when and how late, what about whom, the number, their time, and what it is."""

    when: str = ""
    late: str = ""
    ink: str = ""
    name: str = ""
    second: str = ""
    phone: str = ""
    there: str = ""
    kind: str = ""
    tag: bool = False


class TwoLines:
    """What a narrow list says of its records in two lines."""

    def __init__(self, record: type[Record], lines: Lines) -> None:
        self._record, self._lines = record, lines
        self._extras = record.extras()
        self._called = record.about.called_by()
        self._refusing = record.about.refusing.get(lines.aside)

    def reads(self) -> list[str]:
        """The fields it needs."""
        lines = self._lines
        wanted = [*self._called.fields, lines.aside, *lines.second, lines.when, lines.otherwise]
        if lines.when:
            wanted.append(time_of(self._record, lines.when))
        return [name for name in dict.fromkeys(wanted) if name]

    def say(self, values: Mapping[str, Any], signing: Signing | None = None) -> Said:
        """The words for one record."""
        names = [name for name in self._called.names(*(values.get(one) or "" for one in self._called.fields)) if name]
        name = " ".join(names[0].split()) if names else ""
        refused = bool(self._refusing) and values.get(self._lines.aside) == self._refusing
        phone = "" if refused else str(values.get(self._lines.otherwise) or "")
        if self._lines.otherwise and not phone and not refused:
            phone = _("no number")
        aside = self._shown(values, self._lines.aside)
        when = self._when(values)
        sign = signing(values) if signing is not None and when and not self._lines.when_said else NO_SIGN
        return Said(
            name, aside, bool(aside) and not self._record.kind(self._lines.aside).numeric, refused,
            self._second(values, names), when, sign, phone,
        )  # fmt: skip

    def _when(self, values: Mapping[str, Any]) -> str:
        day = values.get(self._lines.when)
        if not isinstance(day, date):
            return ""
        said = joined(day, values.get(time_of(self._record, self._lines.when)))
        return _(self._lines.when_said).format(day=said) if self._lines.when_said else said

    def _second(self, values: Mapping[str, Any], names: Sequence[str]) -> str:
        said = [part for part in (self._shown(values, name) for name in self._lines.second) if part]
        second = " · ".join(said)
        if second and names and second == names[0]:
            second = ""
        return second or next((" ".join(name.split()) for name in names[1:] if name != names[0]), "")

    def _shown(self, values: Mapping[str, Any], name: str) -> str:
        source: Any = self._extras.get(name) or (self._record.kind(name) if name else None)
        return shown(source, values.get(name)) if source is not None else ""
