"""What every kind of field has in common, and how a field remembers what it held."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any, TypeVar

import peewee

from channergy_crm.language import translated

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

V = TypeVar("V")

if not TYPE_CHECKING:
    # peewee's fields are generic in its type stubs only; let the same spelling work when the program runs.
    peewee.Field.__class_getitem__ = classmethod(lambda cls, _: cls)


class Remembering(peewee.FieldAccessor):
    """Remembers what a field held when it was loaded, for the journal and for merging two people's changes."""

    def __set__(self, instance: Any, value: Any) -> None:
        held = instance.__data__
        if self.name in held:
            instance.__dict__.setdefault("_before", {}).setdefault(self.name, held[self.name])
        held[self.name] = value
        instance._dirty.add(self.name)


class RememberingLink(peewee.ForeignKeyAccessor):
    """The same for a link to another record."""

    def __set__(self, instance: Any, value: Any) -> None:
        held = instance.__data__
        if self.name in held:
            instance.__dict__.setdefault("_before", {}).setdefault(self.name, held[self.name])
        super().__set__(instance, value)


@translated("label", "hint")
class Kind(peewee.Field[V]):
    """One field of a record: a label people read, a column, and what may stand in it."""

    accessor_class = Remembering
    numeric = False
    own = False
    """added by an administrator of this office"""
    declared = ""
    """what a built-in field is called where nobody has renamed it; "" where it has not been touched"""
    place = 0
    """own fields come in this order, after the others"""
    called_before: tuple[str, ...] = ()
    """names by which filters and files may still call it, unless another field has them now"""
    off_form = retired = False
    """left out of forms; no longer offered anywhere, though what it holds can be read"""
    survives: Collection[Any] = ()
    """values that stay when records are merged, whichever of them has one, such as “Do Not Call”"""
    found_by: tuple[str, ...] = ()
    """python names of the derived fields that a record is found by beside the text itself"""
    binding = False
    """of a link: what it points at cannot be merged into another record"""

    def __init__(
        self, label: str = "", *, required: bool = False, personal: bool = False, system: bool = False,
        hidden: bool = False, searched: bool = False, width: int = 24, hint: str = "", survives: Collection[Any] = (),
        **options: Any,
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

    def show(self, value: V) -> str:
        """The value in plain text, the same everywhere and readable back by `read`."""
        return "" if value is None else str(value)

    def read(self, text: str) -> Any:
        """The value somebody wrote as text; `Mistake` says what would be right."""
        return text.strip()

    def check(self, value: Any) -> str | None:
        """One sentence why this value may not be saved, or None."""
        if self.required and value in (None, ""):
            return f"{self.label} is required."
        return None

    def advice(self, value: Any) -> str | None:
        """One sentence about a value that is saved all the same but looks wrong."""
        return None

    def match(self, word: str) -> Any:
        """The condition that finds `word` in this field, or None when it cannot stand there."""
        return None

    def derived(self) -> tuple[str, ...]:
        """The python names of the fields the program itself writes when this one changes."""
        return ()

    def derive(self, values: Mapping[str, Any], changed: Collection[str]) -> dict[str, Any]:
        """What the program writes into those fields, by python name, when the fields of `changed` have changed.

        `values` is what the record holds by now: a record to be saved, a row to be written, or one that is taken back.
        """
        return {}

    def pack(self, value: Any) -> Any:
        """The value as the journal keeps it."""
        return value.isoformat() if isinstance(value, date | time) else value

    def unpack(self, value: Any) -> Any:
        """The value the journal kept."""
        return value

    def sort_key(self) -> Any:
        """What a list is ordered by when its user orders by this field."""
        return self


_searched: dict[Any, tuple[list[Any], list[Any]]] = {}


def searched_fields(record: Any) -> list[Any]:
    """The fields of a record type whose text is searched; asked at every save, so they are looked up once."""
    fields = record._meta.sorted_fields  # another list as soon as there is another field
    held = _searched.get(record)
    if held is None or held[0] is not fields:
        held = _searched[record] = fields, [kind for kind in fields if getattr(kind, "searched", False)]
    return held[1]
