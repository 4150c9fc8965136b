"""What every record has in common: a caption, a version, a check, and one way to be saved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import peewee

from channergy_crm import language, work
from channergy_crm.fields import Kind, Number
from channergy_crm.fields.days import without_its_day
from channergy_crm.phones.there import LocalTime
from channergy_crm.store import database
from channergy_crm.work.about import About

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")
_forget: list[Callable[[], None]] = []


def until_fields_change(what: Callable[[type[Record]], T]) -> Callable[[type[Record]], T]:
    """Put together once for each record type, and anew when the office's own fields have changed."""
    held = cache(what)
    _forget.append(held.cache_clear)
    return held


def fields_changed() -> None:
    """Some records have other fields now than before."""
    for forget in _forget:
        forget()


@language.translated("label")
@dataclass(frozen=True)
class Extra:
    """A column of lists that is not a field of the record itself: looked up or computed when the row is shown."""

    label: str
    expression: peewee.Node
    convert: Callable[[Any], object] = lambda value: value
    width: int = 24
    numeric: bool = False
    backwards: bool = False
    """it grows as its expression falls: the older the day, the higher the age"""
    stored: bool = True
    """what it shows stands in the store as it is read; otherwise no filter finds it"""
    dated: bool = False
    """it is a day, or a day and a time, as text"""
    mark: Callable[[Any], str] | None = None
    """by what it shows, the drawing that stands before it"""
    pictured: bool = False
    """it is the number of a picture, which is drawn and never written: into no file and onto no paper"""
    stands_back: Callable[[Any], bool] | None = None
    """by what it shows, whether its row is grey: it does not hold now"""
    seen_by: Callable[[str], peewee.Node] | None = None
    """what is selected for it where not everybody sees the same: by who looks"""

    def asked_by(self, by: str) -> peewee.Node:
        """What is selected for whoever looks."""
        return self.expression if self.seen_by is None else self.seen_by(by)

    @property
    def has_words(self) -> bool:
        """Whether a filter may look for words in it."""
        return self.stored and not self.numeric


def local_time(zone_or_number: peewee.Node) -> Extra:
    """The column for what the clock shows there, by the stored zone or number."""
    label = language.N_("Local Time")
    return Extra(label, zone_or_number, lambda held: LocalTime(str(held), database.region()) if held else None, 8,
                 stored=False)  # fmt: skip


class Record(peewee.Model):
    """One row somebody works on. It can only be saved or deleted inside a unit of work."""

    version = Number("Version", column_name="RowVersion", default=1, null=False, hidden=True,
                     constraints=[peewee.SQL("DEFAULT 1")])  # fmt: skip

    if TYPE_CHECKING:
        _dirty: set[str]

    singular: ClassVar[str] = ""
    is_called_by_kind: ClassVar[bool] = False
    """whether its caption says what it is, be that another word than what the whole type is called"""
    plural: ClassVar[str] = ""
    about: ClassVar[About] = About()

    class Meta:
        database = database.proxy
        legacy_table_names = False

    def __init_subclass__(cls, **options: object) -> None:
        super().__init_subclass__(**options)
        for name in {"singular", "plural"} & cls.__dict__.keys():
            setattr(cls, name, language.Shown(name, cls.__dict__[name]))

    def __init__(self, *args: object, **kwargs: object) -> None:
        loaded = self.__dict__["_stored"] = kwargs.pop("__no_default__", None) is not None
        if loaded and kwargs.keys() <= self._meta.fields.keys():
            # What comes out of the store is taken as it is: nobody has to be told of each of forty fields.
            self.__data__, self.__rel__, self._dirty = kwargs, {}, set()
        elif loaded:
            super().__init__(__no_default__=1, **kwargs)
        else:
            super().__init__(*args, **kwargs)

    def caption(self) -> str:
        """How people call this record in a sentence."""
        return f"{self.singular} {self.key}"

    @property
    def key(self) -> Any:
        """The value of the primary key; None while the record is new."""
        return self.__data__.get(work.key_field(type(self)).name)

    @property
    def is_new(self) -> bool:
        """Whether the record has never been saved."""
        return not self.__dict__["_stored"]

    @classmethod
    def kinds(cls) -> dict[str, Kind[Any]]:
        """The fields people see, by their python names, in the order they are declared."""
        return _kinds(cls)

    @classmethod
    def offered(cls) -> dict[str, Kind[Any]]:
        """Those of them that are not retired: what can be chosen, completed, mapped."""
        return {name: kind for name, kind in cls.kinds().items() if not kind.retired}

    @classmethod
    def own_fields(cls) -> list[Kind[Any]]:
        """The fields this office has added, in their order; not the retired ones."""
        return [kind for kind in cls.offered().values() if kind.own]

    @classmethod
    def deriving(cls) -> list[Kind[Any]]:
        """The fields that follow from others, such as the digits of a phone number."""
        return _deriving(cls)

    @classmethod
    def extras(cls) -> dict[str, Extra]:
        """The columns a list of these records can show beside the fields."""
        return _extras(cls)

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        """What `extras` gives, put together once."""
        return {}

    @classmethod
    def kind(cls, name: str) -> Kind[Any]:
        """One field by its python name."""
        field: Kind[Any] = cls._meta.fields[name]
        return field

    @classmethod
    def owned_by(cls, *owners: str) -> peewee.ColumnBase:
        """The condition for the rows of these operators and groups; what is nobody's is everybody's."""
        owner = cls.owner_kind()
        return work.key_field(cls).is_null(False) if owner is None else is_one_of(owner, owners)

    @classmethod
    def owner_kind(cls) -> Kind[Any] | None:
        """The field that says whose a record is, where these records are somebody's."""
        return next((kind for kind in cls.kinds().values() if kind.owning), None)

    @classmethod
    def listed(cls) -> peewee.ColumnBase | None:
        """The condition for the rows that appear in working lists at all, or None for every row."""
        return None

    @classmethod
    def opened_at(cls, key: object, caption: str) -> tuple[str, object]:
        """Where one of these records is opened: the page and the number there."""
        return cls.about.target, key

    def problems(self, names: Iterable[str] | None = None) -> dict[str, str]:
        """What keeps this record, or these fields of it, from being saved: one sentence by field."""
        found, fields = {}, self._meta.fields
        for name in fields if names is None else names:
            kind = fields[name]
            if isinstance(kind, Kind) and (sentence := kind.check(self.__data__.get(name))):
                found[name] = sentence
        return found | _apart(self, fields if names is None else names)

    def changes(self) -> dict[str, tuple[Any, Any]]:
        """What was changed since the record was loaded: before and now, by field."""
        before = self.__dict__.get("_before", {})
        now = self.__data__
        return {name: (old, now[name]) for name, old in before.items() if now[name] != old and name in self._dirty}

    def settle(self) -> None:
        """What is in the store and what is here are the same now."""
        self._dirty.clear()
        self.__dict__["_before"] = {}
        for name in self._meta.fields:
            self.__data__.setdefault(name, None)  # so that what is filled in later counts as a change
        self.__dict__["_stored"] = True

    def take_on_fields(self) -> None:
        """What the office has added since this record was loaded is empty in it; typing into it counts as a change."""
        empty = self._meta.get_default_dict()
        for name in self._meta.fields:
            self.__data__.setdefault(name, empty.get(name))

    def held(self) -> dict[str, object]:
        """How this record stands: its values, what of them was changed, and whether it is in the store."""
        before = dict(self.__dict__.get("_before", {}))
        return {"__data__": dict(self.__data__), "_dirty": set(self._dirty), "_before": before,
                "_stored": not self.is_new}  # fmt: skip

    def hold(self, held: dict[str, object]) -> None:
        """Stand as it did: the store has taken nothing of it."""
        self.__dict__.update(held)

    @classmethod
    def find(cls, key: object) -> Self | None:
        """The record with this number, or None."""
        asked, mark, number = _by_key(cls), cls._meta.database.param, work.key_field(cls)
        if mark not in asked:
            asked[mark] = cls.select().where(number == "0").limit(1).sql()[0]
        found = cls.raw(asked[mark], number.db_value(key), 1)  # type: ignore[no-untyped-call]
        return next(iter(found), None)

    def save(self, force_insert: bool = False, only: object = None) -> int:
        """Write the record within the current unit of work. A new one gets its number."""
        work.current().save(self, new=force_insert or self.is_new)
        return 1

    def delete_instance(self, recursive: bool = False, delete_nullable: bool = False) -> int:
        """Delete the record within the current unit of work."""
        work.current().delete(self)
        return 1


language.when_changed.append(fields_changed)


_from_elsewhere: dict[type[Record], dict[str, Extra]] = {}
for_every: list[Callable[[type[Record]], dict[str, Extra]]] = []
"""columns that lists of records of any type can show, where they fit"""


def add_extra(record: type[Record], name: str, extra: Extra) -> None:
    """Let lists of these records show also what another record type knows of them."""
    _from_elsewhere.setdefault(record, {})[name] = extra
    _extras.cache_clear()


@cache
def _extras(record: type[Record]) -> dict[str, Extra]:
    everywhere = {name: extra for columns in for_every for name, extra in columns(record).items()}
    return {**record.declared_extras(), **_from_elsewhere.get(record, {}), **everywhere}


@until_fields_change
def _by_key(_record: type[Record]) -> dict[str, str]:
    """How a store is asked for one record, by its mark for a value: put into words anew it takes four times as long."""
    return {}


@until_fields_change
def _deriving(record: type[Record]) -> list[Kind[Any]]:
    return [kind for kind in record._meta.sorted_fields if isinstance(kind, Kind) and kind.derived()]


def _apart(record: Record, names: Iterable[str]) -> dict[str, str]:
    """What cannot stand beside another field, such as a time without its day, or is not among what the office has
    fixed; a row that others left so is no problem while both stay as they are.
    """
    kinds = [kind for kind in _minding(type(record)) if kind.name in record.__data__]
    if not kinds:
        return {}
    touched = set(names) if record.is_new else record.changes().keys() & set(names)
    concerned = [kind for kind in kinds if touched & {kind.name, kind.goes_with, *kind.minds}]
    said = {kind.name: at_odds(kind, record.__data__) for kind in concerned}
    return {name: sentence for name, sentence in said.items() if sentence}


def assigning(record: type[Record]) -> Kind[Any] | None:
    """The field by which a record is given to somebody: its owner, or who has it instead of its account's (K21)."""
    return next((kind for kind in record.kinds().values() if kind.assigning), None)


def at_odds(kind: Kind[Any], values: Mapping[str, Any]) -> str | None:
    """One sentence why a value cannot stand beside the others of its record, or None."""
    if kind.goes_with and (sentence := without_its_day(kind, values)):
        return sentence
    return kind.disagrees(kind, values) if kind.disagrees is not None else None


def is_one_of(field: peewee.ColumnBase, values: Sequence[object]) -> peewee.ColumnBase:
    """That a field holds one of these; a single one is asked for so that an index gives the order behind it."""
    those: peewee.ColumnBase = field == values[0] if len(values) == 1 else field.in_(list(values))
    return those


def newest_where_empty(kind: peewee.Field[Any], number: peewee.Field[Any]) -> peewee.NodeList:
    """What decides between rows with the same value: the older first, but the newest where there is no value.

    Without parameters, so that an index can hold it.
    """
    words = peewee.SQL("CASE WHEN"), kind.is_null(), peewee.SQL("THEN -"), number, peewee.SQL("ELSE"), number
    return peewee.NodeList((*words, peewee.SQL("END")), parens=True)


def time_of(record: type[Record], day: str) -> str:
    """The time that goes with a day, by name; "" where there is none."""
    return next((kind.name for kind in _going_together(record) if kind.goes_with == day), "")


@until_fields_change
def _going_together(record: type[Record]) -> list[Kind[Any]]:
    return [kind for kind in record._meta.sorted_fields if isinstance(kind, Kind) and kind.goes_with]


@until_fields_change
def _minding(record: type[Record]) -> list[Kind[Any]]:
    return [
        kind for kind in record._meta.sorted_fields if isinstance(kind, Kind) and (kind.goes_with or kind.disagrees)
    ]


@until_fields_change
def _kinds(record: type[Record]) -> dict[str, Kind[Any]]:
    seen = [kind for kind in record._meta.sorted_fields if isinstance(kind, Kind) and not kind.hidden and kind.label]
    return {kind.name: kind for kind in sorted(seen, key=lambda kind: kind.place)}
