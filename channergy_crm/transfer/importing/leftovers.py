"""What the cells of one row hold beside the value of their field: the second phone, a Dr., a refusal (F-27, F-29).

It goes into the second field of that meaning, or into the notes under the title of its column, and is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import N_, _
from channergy_crm.text.folding import fold
from channergy_crm.transfer.importing.mapping import FURTHER, NEXT
from channergy_crm.transfer.reading.losses import Losses

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

SECOND = N_("Second values, kept in another field or in the notes")
WORDS = N_("What is not a value of its field, kept in the notes")
SPOILT = N_("Numbers a spreadsheet has spoilt (their last figures are lost), kept in the notes")
ROUGH = N_("Ranges and rough figures where one number belongs, kept in the notes")
TITLES = N_("Titles and forms of address found in names")
REFUSED = N_("People who must not be called")
REFUSED_MORE = N_("Other refusals, kept in the notes")
UNHEARD = N_("People who must not be called, in rows that were not taken: what is there already was left as it is")
NO_PLACE = N_("Values for which there is no place")
TIMES = N_("Times of the day behind a day, of which the day alone is kept")
NOTHING = N_("Words that say there is nothing, such as n/a")
CALL_CODE = N_("Values that give way to “Do not call”, kept in the notes")
NOT_THERE = N_("Names of records that are not there")
KEPT = N_("{name}, kept in the notes")

FAX = ("f", "fax", "telefax")


class Added(str):
    """Text that is put behind what stands there already, line by line, instead of taking its place."""

    __slots__ = ("lines",)
    lines: Sequence[str]

    @classmethod
    def of(cls, lines: Sequence[str], sign: str) -> Added:
        """These lines, put together with a sign between them."""
        made = cls(sign.join(lines))
        made.lines = lines
        return made


class Second(NamedTuple):
    """A value whose field has one already."""

    name: str
    title: str
    label: str
    text: str
    value: object


class Told(NamedTuple):
    """Something that went elsewhere than into its field, perhaps into the notes, said once the row is taken."""

    what: str
    text: str
    name: str = ""
    noted: bool = False

    @property
    def said(self) -> str:
        """What it is about, in the language people read."""
        return _(self.what).format(name=self.name)


class Leftovers:
    """Gathers what is left over of a row, and places it."""

    def __init__(self, record: type[Record], *, keep: bool = False) -> None:
        kinds = record.kinds()
        self.lost = Losses()
        self.told: list[Told] = []
        self._kinds = kinds
        self._notes = noted_in(record)
        self._keep = keep and bool(self._notes)
        self._more = FURTHER if FURTHER in kinds else ""
        self._seconds: list[Second] = []
        self._numbers: list[Second] = []
        self._lines: list[str] = []
        self._row = 0

    def start(self, row: int) -> None:
        """The next row."""
        self._row = row
        self.told = []
        self._seconds.clear()
        self._numbers.clear()
        self._lines.clear()

    def second(self, value: Second) -> None:
        """One more value for a field that has one."""
        self._seconds.append(value)

    def line(self, what: str, text: str) -> None:
        """A line for the notes, and what it is about."""
        self._lines.append(text)
        self.told.append(Told(what, text, noted=True))

    def beside(self, title: str, name: str, text: str) -> None:
        """What has no field, and under which name that is told: kept in the notes, or lost."""
        if self._keep:
            self._lines.append(f"{title}: {_lined(text)}")
            self.told.append(Told(KEPT, text, name, noted=True))
        else:
            self.lost.tell(name, self._row, text)

    def tell(self, what: str, text: str) -> None:
        """Say that something went elsewhere."""
        self.told.append(Told(what, text))

    def place(self, given: dict[str, object]) -> None:
        """Put all of it into the values of the row."""
        for each in self._seconds:
            self._place(each, given)
        self._place_numbers(given)
        lines = list(dict.fromkeys(self._lines))
        sign = "\n" if self._notes and self._kinds[self._notes].joinable else "; "
        own = str(given.get(self._notes) or "")
        whole = sign.join([own, *lines]) if own else sign.join(lines)
        if not lines:
            return
        if not self._notes or self._kinds[self._notes].check(whole):
            self.told = [told for told in self.told if not told.noted]
            for line in lines:
                self.lost.tell(said(NO_PLACE), self._row, line)
        else:
            given[self._notes] = whole if own else Added.of(lines, sign)

    def _place(self, each: Second, given: dict[str, object]) -> None:
        free = "fax" if fold(each.label) in FAX else NEXT.get(each.name, "")
        held = {fold(str(given.get(name) or "")) for name in (each.name, free)}
        title = f"{each.title} ({each.label})" if each.label else each.title
        if fold(str(each.value)) in held:
            return
        if free in self._kinds and not given.get(free):
            given[free] = each.value
            self.tell(SECOND, f"{title}: {each.text}")
        elif self._more and self._kinds[each.name].dialed:
            self._numbers.append(each)
            self.tell(SECOND, f"{title}: {each.text}")
        else:
            self.line(SECOND, f"{title}: {each.text}")

    def _place_numbers(self, given: dict[str, object]) -> None:
        """Further phone numbers, where they can be dialed (BX-16)."""
        if not self._numbers:
            return
        lines = [
            f"{label}: {each.value}" if (label := self._label(each)) else str(each.value) for each in self._numbers
        ]
        kind, own = self._kinds[self._more], str(given.get(self._more) or "")
        whole = "\n".join(dict.fromkeys([*filter(None, [own]), *lines]))
        if kind.check(whole):
            self._lines += lines
        else:
            given[self._more] = whole if own else Added.of(list(dict.fromkeys(lines)), "\n")

    def _label(self, each: Second) -> str:
        """What a number is: as the cell says, or as the title does when it says more than that it is a phone."""
        plain = any(sign.isdigit() or sign == ":" for sign in each.title) or each.title == self._kinds[each.name].label
        return each.label or ("" if plain else each.title)


def column(title: str) -> str:
    """How a column is told that goes nowhere."""
    return _("Column “{column}”").format(column=title)


def noted_in(record: type[Record]) -> str:
    """The field of these records in which anything can be noted; '' for none."""
    return next((name for name in ("notes", "description") if name in record.kinds()), "")


def _lined(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def said(what: str) -> str:
    """What it is about, in the language people read."""
    return _(what)


def report(rows: Iterable[tuple[int, Sequence[Told]]], taken: Container[int]) -> tuple[Losses, Losses]:
    """What went elsewhere in the rows that were taken, and whose refusal was not heard since they were not."""
    kept, lost = Losses(), Losses()
    for row, told in rows:
        for each in told:
            if row in taken:
                kept.tell(each.said, row, each.text, kept=True)
            elif each.what == REFUSED:
                lost.tell(_(UNHEARD), row, each.text)
    return kept, lost


def put_behind(kind: Kind[object], held: object, value: object) -> object:
    """What a field holds once this is imported: each line that is added stands behind what is there, once."""
    if not isinstance(value, Added):
        return value
    before, sign = str(held or ""), "\n" if kind.joinable else "; "
    there = f"{sign}{_lined(before)}{sign}"
    new = [line for line in value.lines if f"{sign}{line}{sign}" not in there]
    return sign.join([before, *new] if before else new) if new else before
