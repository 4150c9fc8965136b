"""Kinds that hold one of a few values: flags, and values out of the office's own lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.fields import comparing
from channergy_crm.fields.kind import Kind
from channergy_crm.fields.text import Text
from channergy_crm.language import _
from channergy_crm.store import letters
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.fields.lists import FileStyle, Lists, Written


class Flag(Kind[bool], peewee.BooleanField[bool]):
    """Yes or no."""

    empty = False
    edited_by = shown_as = written_as = "tick"
    weighed = False
    unlisted = True
    compared_as = "value"

    def __init__(self, label: str = "", **options: Any) -> None:
        usual = {"width": 4, "null": False, "default": False, "constraints": [peewee.SQL("DEFAULT FALSE")]}
        super().__init__(label, **{**usual, **options})

    def __invert__(self) -> peewee.Expression:
        """Not set; said in the one way for which a database uses its index."""
        return self == False  # noqa: E712

    def db_value(self, value: object) -> object:
        return bool(value)

    def show(self, value: bool) -> str:
        return _("Yes") if value else ""

    def read(self, text: str) -> bool:
        word = fold(text.strip())
        if word in ("1", "yes", "y", "true", "x", "on", "ja", "wahr", "oui", "si"):
            return True
        if word in ("", "0", "no", "n", "false", "off", "nein", "falsch", "non"):
            return False
        raise Mistake(
            _("{field} takes yes or no, not “{text}”.").format(field=self.label, text=text.strip()), self.name
        )

    def filled(self) -> peewee.ColumnBase:
        return self == True  # noqa: E712  peewee writes the comparison

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        return comparing.signed(self, "=" if sign == ":" else sign, self.read(value))

    def completed(self, lists: Lists) -> Sequence[str]:
        return (_("yes"), _("no"))

    def exported(self, lists: Lists) -> Callable[[bool], object]:
        return lambda value: _("Yes") if value else _("No")

    def written(self, style: FileStyle, lists: Lists) -> Written[bool]:
        words = ("0", "1") if style.vtiger else (_("No"), _("Yes"))
        return lambda values: [words[bool(value)] for value in values]


class Lookup(Text):
    """A value out of the office's own list (CustomLookup), CH-149…CH-154.

    `table` is the list's table name when it is not the record's own: "All" for lists that go across tables; `of` is the
    column whose list it is when it is not this one's. A record
    that `tells` something about the value follows it when it is renamed and goes with it; it is not in its way.
    """

    edited_by = "choice"
    shown_as = "described"
    shared = spelt_out = False
    compared_as = "value"
    along: tuple[str, ...] = ()
    """python names of the fields beside it that hold values of its list too, and follow when one is renamed"""

    def __init__(self, label: str = "", *, table: str = "", of: str = "", tells: bool = False, **options: Any) -> None:
        super().__init__(label, **{"width": 18, **options})
        self._table, self._of = table, of
        self.tells = tells

    @property
    def list_key(self) -> tuple[str, str]:
        """The table name and field name this field's list stands under, case and all."""
        return self._table or self.model._meta.table_name, self._of or self.column_name

    def parts(self, value: str) -> list[str]:
        """The values of the list that stand in the field."""
        return [value]

    def holding(self, value: str) -> peewee.ColumnBase:
        """The rows that hold this value of the list."""
        return self == value

    def with_value(self, held: str | None, value: str) -> str:
        """What the field holds once this value is chosen for it."""
        return value

    def renamed(self, held: str, old: str, new: str) -> str:
        """What the field holds once a value of the list is called otherwise."""
        return new if held == old else held

    def spellings(self, lists: Lists) -> dict[str, str]:
        """The stored values of the list by all that people write for them, folded."""
        choices = reversed(lists(*self.list_key))
        return {fold(text): choice.value for choice in choices for text in (choice.description, choice.value)}

    def spoken(self, lists: Lists) -> dict[str, str]:
        """What people read for each stored value, where reading it back gives the same one; else the value itself."""
        meant = self.spellings(lists)
        return {
            choice.value: choice.description if meant[fold(choice.description)] == choice.value else choice.value
            for choice in lists(*self.list_key)
        }

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        """Lists are compared by what people read as well as by what is stored."""
        held = self.meant(sign, value, lists)
        if sign in (":", "="):
            own = letters.is_called(self, [value])
            return own | self.in_(held) if held else own
        if sign == "!=":
            return self.not_in(held or [value])
        return comparing.texts(self, sign, value)

    def meant(self, sign: str, value: str, lists: Lists) -> list[str]:
        """The values of the list that somebody means by a word."""
        wanted, every = fold(value), lists(*self.list_key)
        held = [choice.value for choice in every if wanted in (fold(choice.value), fold(choice.description))]
        if sign == ":" and not held:
            held = [choice.value for choice in every if wanted in fold(choice.description)]
        return held

    def completed(self, lists: Lists) -> Sequence[str]:
        return [choice.description for choice in lists(*self.list_key) if not choice.retired]

    def exported(self, lists: Lists) -> Callable[[str], object]:
        spoken = self.spoken(lists)
        return lambda value: spoken.get(value, value)

    def written(self, style: FileStyle, lists: Lists) -> Written[str]:
        spoken = self.spoken(lists)
        return lambda values: [spoken.get(value, value) for value in values]
