"""What every kind of field has in common, and how a field remembers what it held."""

from __future__ import annotations

from copy import copy
from datetime import date, time
from typing import TYPE_CHECKING, Any, Self, TypeVar

import peewee

from channergy_crm.fields import comparing
from channergy_crm.language import _, translated
from channergy_crm.text.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from channergy_crm.fields.lists import FileStyle, Lists, Written

V = TypeVar("V")

if not TYPE_CHECKING:
    # peewee's fields are generic in its type stubs only; let the same spelling work when the program runs.
    peewee.Field.__class_getitem__ = classmethod(lambda cls, _: cls)


class Remembering(peewee.FieldAccessor):
    """Remembers what a field held when it was loaded, for the journal and for merging two people's changes."""

    def __set__(self, instance: Any, value: object) -> None:
        held = instance.__data__
        if self.name in held:
            instance.__dict__.setdefault("_before", {}).setdefault(self.name, held[self.name])
        held[self.name] = value
        instance._dirty.add(self.name)


class RememberingLink(peewee.ForeignKeyAccessor):
    """The same for a link to another record."""

    def __set__(self, instance: peewee.Model, value: object) -> None:
        held = instance.__data__
        if self.name in held:
            instance.__dict__.setdefault("_before", {}).setdefault(self.name, held[self.name])
        super().__set__(instance, value)


class _Declared:
    """What every record type has, such as its version, is made anew for each; what it was declared with is shared."""

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return copy(self)


class _Spelt:
    """Its name in a query is written at once, as peewee writes it: a third of what making a query cost was that peewee
    takes each name apart and puts it together again.
    """

    column_name: str
    model: Any

    def __sql__(self, ctx: Any) -> Any:
        name, table = self.column_name.replace('"', '""'), self.model._meta.table
        if ctx.state.scope == peewee.SCOPE_VALUES:
            return ctx.literal(f'"{name}"')
        if table._alias:
            ctx.alias_manager[table] = table._alias
        return ctx.literal(f'"{ctx.alias_manager[table]}"."{name}"')


@translated("label", "hint")
class Kind(_Declared, _Spelt, peewee.Field[V]):
    """One field of a record: a label people read, a column, and what may stand in it."""

    accessor_class = Remembering
    numeric = False
    textual = False
    """what it holds is text: stored as it is, and in a file it must not be taken for a formula"""
    empty: object = None
    """what an empty field holds"""
    edited_by = "line"
    """a short word for the editor; `ui/editors/for_kind.py` has the editor for each word"""
    shown_as = ""
    """a short word for how lists show it where its bare value does not say that; `ui/look/wording.py` has them"""
    written_as = ""
    """how files write it: "day", "moment", "time", "key", "number", "tick", "text", "phones", "emails", "sites"; "" is
    what `read` understands
    """
    several = False
    """it holds several values of a list at once"""
    joinable = False
    """when records are merged, all of what they hold can stand one after the other"""
    weighed = True
    """when records are merged, it is weighed whose value is the better one, not only whose is there"""
    kept = False
    """the program alone writes it, in imports too"""
    told = False
    """the program keeps it, but a file that says it is believed"""
    counted = False
    """the program counts it up, a new number for each record"""
    brought = False
    """it holds what other programs number a record by"""
    shared = False
    """many records say the same in it, so that in a file two spellings of one value are a slip"""
    spelt_out = False
    """what a filter asks of it stands in its text, not only in what a list calls it, or in its digits"""
    unlisted = False
    """a list is not searched by single values of it"""
    likeness = ""
    """a "phone" or an "email" by which two records look alike"""
    dialed = False
    """it can be called"""
    own = False
    """added by an administrator of this office"""
    declared = ""
    """what a built-in field is called where nobody has renamed it; "" where it has not been touched"""
    place = 0
    """own fields come in this order, after the others"""
    synonyms: tuple[str, ...] = ()
    """what other programs call it, beside what they call every field of its python name (`text/vocabulary.py`)"""
    called_before: tuple[str, ...] = ()
    """names by which filters and files may still call it, unless another field has them now"""
    off_form = retired = False
    """left out of forms; no longer offered anywhere, though what it holds can be read"""
    survives: Collection[object] = ()
    """values that stay when records are merged, whichever of them has one, such as “Do Not Call”"""
    found_by: tuple[str, ...] = ()
    """python names of the derived fields that a record is found by beside the text itself"""
    found_as: Callable[[Any], str] = str
    """the words by which a record is found that holds a value"""
    owning = False
    """it says whose a record is"""
    assigning = False
    """the same, or whose it is instead of its account's owner's (K21); a group may be that, too (K15)"""
    goes_with = ""
    """the python name of the day without which it says nothing; "" where it stands for itself"""
    minds: tuple[str, ...] = ()
    """python names of the other fields of its record it must agree with"""
    disagrees: Callable[[Any, Mapping[str, Any]], str | None] | None = None
    """given the field and what its record holds: one sentence why it cannot stand beside the fields it `minds`,
    or is not among what the office has fixed for it
    """
    grown: Callable[[Any, Any, Any], Any] | None = None
    """of what the program adds to: given what it held before a change, after it and now, what is left once that change
    is taken back
    """
    freezes = False
    """once something stands in it, its record stays as it is"""
    reads_names = False
    """of a link: it reads the name of the record as other fields read their values, and a file makes none"""
    binding = False
    """of a link: what it points at cannot be merged into another record"""
    hidden_with: tuple[str, ...] = ()
    """tables whose field of the same name tells the same: a role that hides it there hides it here"""

    def __init__(
        self, label: str = "", *, required: bool = False, personal: bool = False, system: bool = False,
        hidden: bool = False, searched: bool = False, width: int = 24, hint: str = "",
        survives: Collection[object] = (), synonyms: str = "", **options: object,
    ) -> None:  # fmt: skip
        options.setdefault("null", not options.get("primary_key"))
        super().__init__(**options)
        self.label = label
        self.required = required
        self.personal = personal
        self.system = system or hidden
        self.hidden = hidden
        self.searched = searched
        self.width = width
        self.hint = hint
        self.survives = survives
        self.synonyms = words(synonyms)

    def show(self, value: V) -> str:
        """The value in plain text, the same everywhere and readable back by `read`."""
        return "" if value is None else str(value)

    def read(self, text: str) -> object:
        """The value somebody wrote as text; `Mistake` says what would be right."""
        return text.strip()

    def check(self, value: V | None) -> str | None:
        """One sentence why this value may not be saved, or None."""
        if self.required and value in (None, ""):
            return _("{field} is required.").format(field=self.label)
        return None

    def advice(self, value: V | None) -> str | None:
        """One sentence about a value that is saved all the same but looks wrong."""
        return None

    def match(self, word: str) -> peewee.ColumnBase | None:
        """The condition that finds `word` in this field, or None when it cannot stand there."""
        return None

    def match_as_typed(self, word: str) -> peewee.ColumnBase | None:
        """The condition that finds `word` where nothing has been derived yet from what somebody typed; None where
        `match` does that already.
        """
        return None

    @property
    def list_key(self) -> tuple[str, str] | None:
        """The table name and field name of the office's list its values come from; None where there is no list."""
        return None

    @property
    def linked_to(self) -> Any:
        """The record type it links to, or None."""
        return None

    def points_at(self, record: type[peewee.Model]) -> bool:
        """Whether it holds the number of a record of this type."""
        return False

    @property
    def compared_as(self) -> str:
        """What it is to somebody who reads a filter aloud: a "text" contains, a "figure" is more than, a "value" is."""
        return "figure" if self.numeric else "text"

    def filled(self) -> peewee.ColumnBase:
        """The rows in which something stands in this field."""
        return self.is_null(False)

    def is_one_of(self, values: Collection[Any]) -> peewee.ColumnBase:
        """The rows that hold one of these values."""
        return self.in_(list(values))

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        """The rows a filter such as `amount>100` finds; `Mistake` when there is no such value."""
        return comparing.figures(self, sign, value)

    def completed(self, lists: Lists) -> Sequence[str]:
        """What may stand behind the colon of a filter."""
        return ()

    def exported(self, lists: Lists) -> Callable[[V], object]:
        """What turns a stored value into a cell of a workbook: the type it comes out as decides how the cell looks."""
        return lambda value: value

    def written(self, style: FileStyle, lists: Lists) -> Written[V]:
        """What turns the stored values of a column into what a file of text says."""
        return lambda values: values

    def joined(self, values: Sequence[V]) -> V:
        """All of what several records hold, one after the other, where it is `joinable`."""
        return values[0]

    def inherited(self, values: Sequence[V], oldest: int) -> V | None:
        """What a field the program keeps holds once records are merged: the one that is kept comes first, `oldest` is
        the place of the one that began first.
        """
        return values[0]

    def numbers(self, value: V) -> Sequence[tuple[str, str]]:
        """The phone numbers that can be called, each with what it is."""
        return ()

    def derived(self) -> tuple[str, ...]:
        """The python names of the fields the program itself writes when this one changes."""
        return ()

    def derive(self, values: Mapping[str, object], changed: Collection[str]) -> dict[str, object]:
        """What the program writes into those fields, by python name, when the fields of `changed` have changed.

        `values` is what the record holds by now: a record to be saved, a row to be written, or one that is taken back.
        """
        return {}

    def pack(self, value: object) -> object:
        """The value as the journal keeps it."""
        return value.isoformat() if isinstance(value, date | time) else value

    def unpack(self, value: object) -> object:
        """The value the journal kept."""
        return value

    def sort_key(self, *, by_index: bool = True) -> peewee.ColumnBase:
        """What a list is ordered by when its user orders by this field; no index is used for it if `by_index` is off
        (for few rows out of many, found in the order they are stored in).
        """
        return self


_searched: dict[type[peewee.Model], tuple[list[peewee.Field[Any]], list[Kind[Any]]]] = {}


def searched_fields(record: type[peewee.Model]) -> list[Kind[Any]]:
    """The fields of a record type whose text is searched; asked at every save, so they are looked up once."""
    fields = record._meta.sorted_fields  # another list as soon as there is another field
    held = _searched.get(record)
    if held is None or held[0] is not fields:
        held = _searched[record] = fields, [kind for kind in fields if getattr(kind, "searched", False)]
    return held[1]
