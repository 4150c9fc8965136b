"""Kinds that point at another record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.fields import comparing
from channergy_crm.fields.kind import Kind, RememberingLink
from channergy_crm.fields.numbers import Number, is_whole
from channergy_crm.language import _
from channergy_crm.store import letters
from channergy_crm.text.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.fields.lists import Lists


class Reference(Number):
    """The number of another record, kept by the program. It may point at what came later than the record itself,
    so the store puts no constraint on it.
    """

    edited_by = "fixed"
    kept = True

    def __init__(self, target: str, label: str = "", **options: Any) -> None:
        super().__init__(label, **{"system": True, "width": 10, **options})
        self.target = target

    def points_at(self, record: type[peewee.Model]) -> bool:
        return bool(record.__name__ == self.target)

    def inherited(self, values: Sequence[int | None], oldest: int) -> int | None:
        return next((key for key in values if key is not None), None)


class Link(Kind[Any], peewee.ForeignKeyField[Any]):
    """The number of another record this one belongs to."""

    accessor_class = RememberingLink  # type: ignore[assignment]
    edited_by = "link"
    weighed = False

    def __init__(self, target: object, label: str = "", **options: Any) -> None:
        own = ("required", "personal", "system", "hidden", "searched", "width", "hint", "binding", "along",
               "beside", "synonyms")  # fmt: skip
        kind_options = {name: options.pop(name) for name in own if name in options}
        peewee.ForeignKeyField.__init__(
            self, target, **{"null": True, "backref": "+", "lazy_load": False, "on_delete": "RESTRICT", **options}
        )
        self.label = label
        self.binding = bool(kind_options.get("binding"))
        self.along = bool(kind_options.get("along"))
        """the row is a part of what it points at: it goes when that is deleted, and comes back with it"""
        self.beside = str(kind_options.get("beside", ""))
        """the field in which what it points at holds the same as the record itself; "" where anything may be meant"""
        self.required = bool(kind_options.get("required"))
        self.personal = False
        self.hidden = bool(kind_options.get("hidden"))
        self.system = bool(kind_options.get("system")) or self.hidden
        self.searched = False
        self.width = int(kind_options.get("width", 16))
        self.hint = str(kind_options.get("hint", ""))
        self.synonyms = words(str(kind_options.get("synonyms", "")))

    @property
    def numeric(self) -> bool:  # type: ignore[override]
        return isinstance(self.rel_field, peewee.IntegerField)

    @property
    def linked_to(self) -> Any:
        return self.rel_model

    def points_at(self, record: type[peewee.Model]) -> bool:
        return self.rel_model is record

    def filled(self) -> peewee.ColumnBase:
        return super().filled() if self.numeric else super().filled() & (self != "")

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        return super().compare(sign, value, lists) if self.numeric else comparing.texts(self, sign, value)

    def inherited(self, values: Sequence[int | str | None], oldest: int) -> int | str | None:
        return next((key for key in values if key is not None), None)

    def read(self, text: str) -> int | str | None:
        text = text.strip()
        if not text:
            return None
        if self.numeric and not is_whole(text):
            raise Mistake(_("{field} takes a number, not “{text}”.").format(field=self.label, text=text), self.name)
        return int(text) if self.numeric else text

    def match(self, word: str) -> peewee.ColumnBase | None:
        if self.numeric:
            return (self == int(word)) if is_whole(word) and len(word) < 10 else None
        return letters.holds(self, word)


class Owner(Link):
    """Whose a record is and in whose lists it stands: an operator's today, later a group's as well."""

    owning = assigning = True


class Assigned(Link):
    """Whose a record is that otherwise is its account's owner's (K21)."""

    assigning = True
