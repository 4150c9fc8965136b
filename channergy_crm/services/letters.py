"""Letters, labels and Word documents to one or to many: what stands in each, who gets none and why (BX-26, C16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Customer, Note
from channergy_crm.records.notes import LONGEST
from channergy_crm.records.privacy import Asked, DataRequest, ErasureRow
from channergy_crm.services import filling, left_out, recipients, rights
from channergy_crm.services.campaigns import becoming
from channergy_crm.services.left_out import LeftOut
from channergy_crm.text import letter_texts, placeholders
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from channergy_crm.records.templates import Template
    from channergy_crm.work.record import Record

    Pair = tuple[Record, Record]
    Named = tuple[str, str]
    Progress = Callable[[int, int, str], object]

TOGETHER, MOST = 400, 10_000
"""people asked about at once; so many letters at the most"""
ADDRESS = "address"  # unsaid: the name of a field
SAID: dict[str, str] = {
    "gone": left_out.GONE,
    "erased": N_("anonymised"),
    "objected": N_("want no advertising, or asked to be forgotten"),
    "no_address": N_("no postal address"),
    "twice": N_("same person at the same address as before"),
    "unknown": left_out.UNKNOWN,
    "empty": N_("nothing would stand in it"),
}
"""why somebody is left out, as it is counted"""


class Wanted(NamedTuple):
    """What is written: what it is called, its subject and its text with the fields in them.

    `fields` are those of a Word document, each with the name of ours it stands for. With `gaps` what nobody knows stays
    empty; else whoever it is not known of gets nothing.
    """

    name: str
    subject: str = ""
    body: str = ""
    fields: Mapping[str, str] = {}
    gaps: bool = False


class Letter(NamedTuple):
    """What one gets: the record, the address as it stands on the envelope, subject and text with the fields filled in,
    and what goes into the fields of a Word document.

    `about` is the record it was written for, where that is another one: a deal, whose account gets the letter.
    """

    record: Record
    address: str
    subject: placeholders.Filled
    body: placeholders.Filled
    values: Mapping[str, str]
    about: Record | None = None

    @property
    def missing(self) -> list[str]:
        """The names of the fields of which nothing is known, each once."""
        return list(dict.fromkeys([*self.subject.missing, *self.body.missing]))


class Prepared(left_out.Prepared[Letter]):
    """What a text comes to: who gets which letter, and who is left out."""

    said = SAID


class Noted(NamedTuple):
    """On how many timelines it stands, and the unit an Undo takes back; None where nothing was noted."""

    people: int
    unit: int | None


def of_template(row: Template, by: str) -> Wanted:
    """What a template of letters, labels or documents says. Paper has its own place for the office, the address and the
    day: where a letter begins with them, they are not written twice.
    """
    rights.require(by, "see")
    body = row.body or ""
    return Wanted(row.name or "", row.subject or "", body if row.what == "label" else letter_texts.headless(body))


def of_fields(name: str, fields: Iterable[str], by: str, *, gaps: bool = False) -> tuple[Wanted, list[str]]:
    """What a Word document with these fields asks for; and those of them nobody here knows."""
    rights.require(by, "see")
    matched = letter_texts.matched(fields, [each.name for each in filling.offered(by)])
    unknown = [field for field, ours in matched.items() if not ours]
    return Wanted(name, fields={field: ours for field, ours in matched.items() if ours}, gaps=gaps), unknown


def problem(wanted: Wanted, by: str) -> str | None:
    """What keeps it from being written to anybody, in a sentence; None when nothing does."""
    rights.require(by, "see")
    if not wanted.fields and not wanted.body.strip():
        return _("Nothing stands in this template yet.")
    return filling.problem(wanted.subject, by) or filling.problem(wanted.body, by)


def prepare(
    records: Sequence[tuple[type[Record], object]], wanted: Wanted, by: str, progress: Progress | None = None
) -> Prepared:
    """Fill it in for each of these records, by type and key, and part those who must not get it. Nothing is stored.

    Of a deal its account is written to.
    """
    rights.require(by, "dial")
    if (wrong := problem(wanted, by)) is not None:
        raise Mistake(wrong, "text")
    if len(records) > MOST:
        raise Mistake(_("{count:,} are too many at once; mark or filter up to {most:,}.").format(
            count=len(records), most=MOST))  # fmt: skip
    filler, out, found = _Filler(wanted, by), list[LeftOut](), dict[str, Letter]()
    for start in range(0, len(records), TOGETHER):
        gone: list[str] = []
        pairs = list(recipients.written_to(records[start : start + TOGETHER], by, gone))
        out += left_out.gone(gone)
        for place, pair in enumerate(_allowed(pairs, out), start):
            if progress is not None:
                progress(place, len(records), _("Looking who gets it"))
            _keep(filler.fill(*pair), wanted, filler, found, out)
    return Prepared(list(found.values()), out)


def read(record: type[Record], key: object, wanted: Wanted, by: str) -> Letter | None:
    """How it reads for one of them, whether they get it or not; None where they are not there any more."""
    rights.require(by, "dial")
    pair = next(iter(recipients.written_to([(record, key)], by, [])), None)
    return _Filler(wanted, by).fill(*pair) if pair is not None else None


def note(letters: Sequence[Letter], wanted: Wanted, by: str, *, campaign: int | None = None) -> Noted:
    """Put down on the timeline of each that it was written to them, with its text; one step of undo for all. Members of
    a campaign, by its number, were written to in the same step (VT-141).
    """
    rights.require(by, "dial")
    if not letters:
        return Noted(0, None)
    now = clock.now()
    with work.unit("Note the letter “{name}” on timelines", by=by, name=wanted.name) as unit:
        for each in letters:
            whose = each.about or each.record
            rights.require(by, "see", whose)
            Note(table=whose._meta.table_name, of=str(whose.key), text=_noted(each, wanted), author=by,
                 created=now).save()  # fmt: skip
        if campaign is not None:
            becoming.posted(campaign, [(type(who), who.key) for who in (each.about or each.record for each in letters)])
    return Noted(len(letters), unit.number)


def _noted(letter: Letter, wanted: Wanted) -> str:
    said = _("Letter “{name}” to {address}").format(name=wanted.name, address=", ".join(letter.address.splitlines()))
    text = "" if wanted.fields else letter.body.text.strip()  # that of a Word document stands in the document
    parts = (said, letter.subject.text.strip(), text)
    return "\n\n".join(part for part in parts if part)[:LONGEST]


# ---------------------------------------------------------------- one step after the other


def _allowed(pairs: Sequence[Pair], out: list[LeftOut]) -> Iterator[Pair]:
    """Those nothing keeps from being written to; an account speaks for its customer too."""
    named = [{_named(each) for each in pair} | _customer(pair[0]) for pair in pairs]
    keys = sorted({key for names in named for _table, key in names})
    gone: Any = ErasureRow.select(ErasureRow.table, ErasureRow.key).where(ErasureRow.key.in_(keys))
    wishes = (Asked.OBJECT.value, Asked.ERASE.value)
    asked: Any = DataRequest.select(DataRequest.table, DataRequest.of).where(
        DataRequest.asked.in_(wishes) & DataRequest.of.in_(keys)
    )
    erased, objected = set(gone.tuples()), set(asked.tuples())
    for pair, names in zip(pairs, named, strict=True):
        if names & erased:
            out.append(LeftOut(pair[0].caption(), "erased"))
        elif names & objected:
            out.append(LeftOut(pair[0].caption(), "objected"))
        else:
            yield pair


def _named(record: Record) -> Named:
    return record._meta.table_name, str(record.key)


def _customer(record: Record) -> set[Named]:
    """The customer an account speaks for."""
    key = record.customer if isinstance(record, Account) else None
    return {(Customer._meta.table_name, str(key))} if key is not None else set()


def _keep(letter: Letter, wanted: Wanted, filler: _Filler, found: dict[str, Letter], out: list[LeftOut]) -> None:
    """Each person at each address once, in whatever record they stand."""
    name, key = letter.record.caption(), fold(" ".join(letter.address.split()))
    if not key:
        out.append(LeftOut(name, "no_address"))
    elif key in found:
        out.append(left_out.twice(name, found[key].record.caption()))
    elif letter.missing and not wanted.gaps:
        out.append(LeftOut(name, "unknown", left_out.not_known(letter.missing, filler.labels())))
    elif not wanted.fields and not letter.body.text.strip():
        out.append(LeftOut(name, "empty"))
    else:
        found[key] = letter


class _Filler:
    """Fills subject, text and the fields of a Word document in, all of them from one look at the records."""

    def __init__(self, wanted: Wanted, by: str) -> None:
        self._by, self._subject, self._fields = by, placeholders.parse(wanted.subject), wanted.fields
        ours = dict.fromkeys(wanted.fields.values())
        self._body = placeholders.parse(wanted.body) or tuple(placeholders.Place(name) for name in ours)
        self._names = [*placeholders.names((*self._subject, *self._body)), *ours, ADDRESS]
        self._labels: dict[str, str] = {}

    def fill(self, record: Record, source: Record) -> Letter:
        known = filling.values(dict.fromkeys(self._names), filling.Subject(source), self._by)
        body = placeholders.fill(self._body, known)
        values = {field: known.get(ours, "") for field, ours in self._fields.items()}
        about = None if source is record else source
        return Letter(record, known.get(ADDRESS, ""), placeholders.fill(self._subject, known), body, values, about)

    def labels(self) -> dict[str, str]:
        self._labels = self._labels or {each.name: each.label for each in filling.offered(self._by)}
        return self._labels
