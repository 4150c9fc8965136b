"""Kinds that hold text: a line, several lines, addresses and phone numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import peewee

from channergy_crm import phones
from channergy_crm.fields import comparing
from channergy_crm.fields.kind import Kind
from channergy_crm.language import _
from channergy_crm.store import database, letters
from channergy_crm.text.folding import fold, plain_signs
from channergy_crm.text.links import mail_address

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from channergy_crm.fields.lists import FileStyle, Lists, Written

LINK = "mailto:"
LONGEST_FOLDED = 400  # letters of which an index still takes care; one that is taken apart may become eighteen


class Text(Kind[str], peewee.TextField[str]):
    """One line of text. `suggested` offers what others typed before; `folded` keeps beside it, in a column of its own
    that an index may hold, how it is compared.
    """

    textual = True
    empty = ""
    written_as = "text"
    shared = True
    spelt_out = True

    def __init__(
        self, label: str = "", *, suggested: bool = False, folded: bool = False, limit: int = 250, **options: Any
    ) -> None:
        super().__init__(label, **{"default": "", **options})
        self.edited_by = "suggestions" if suggested else self.edited_by
        self.folded = folded
        self.limit = limit

    def bind(self, model: type[peewee.Model], name: str, set_attribute: bool = True) -> None:
        super().bind(model, name, set_attribute)
        if self.folded:
            options: dict[str, Any] = {
                "column_name": f"{self.column_name}Folded",
                "constraints": [peewee.SQL("DEFAULT ''")],
            }
            beside = Text(f"{self.label} folded", hidden=True, limit=LONGEST_FOLDED, **options)  # unsaid: it is hidden
            model._meta.add_field(f"{name}_folded", beside)

    def derived(self) -> tuple[str, ...]:
        return (f"{self.name}_folded",) if self.folded else ()

    def derive(self, values: Mapping[str, object], changed: Collection[str]) -> dict[str, object]:
        if not self.folded or self.name not in changed:
            return {}
        return {f"{self.name}_folded": fold(str(values.get(self.name) or ""))[:LONGEST_FOLDED]}

    def db_value(self, value: object) -> object:
        return "" if value is None else value

    def python_value(self, value: str | None) -> str:
        return "" if value is None else value

    def read(self, text: str) -> str:
        return " ".join(text.split())

    def check(self, value: str | None) -> str | None:
        if value and len(value) > self.limit:
            return _("{field} has {count} characters; {limit} fit.").format(
                field=self.label, count=len(value), limit=self.limit
            )
        if value and "\x00" in value:
            return _("{field} contains a character that cannot be stored.").format(field=self.label)
        return super().check(value and value.strip())

    def match(self, word: str) -> peewee.ColumnBase | None:
        return letters.holds(self, word)

    def filled(self) -> peewee.ColumnBase:
        return self.is_null(False) & (self != "")

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        return comparing.texts(self, sign, value)

    def written(self, style: FileStyle, lists: Lists) -> Written[str]:
        return _in_one_line if style.vtiger else super().written(style, lists)

    def inherited(self, values: Sequence[str], oldest: int) -> str:
        return values[oldest]

    def sort_key(self, *, by_index: bool = True) -> peewee.ColumnBase:
        if not self.folded:
            return peewee.NodeList((letters.folded(self),))
        key = getattr(self.model, f"{self.name}_folded")
        return key if by_index else peewee.NodeList((peewee.SQL("+"), key))

    def is_one_of(self, values: Collection[str]) -> peewee.ColumnBase:
        """The rows whose whole text is one of these, found by index where it is `folded`."""
        if not self.folded:
            return letters.is_called(self, values)
        beside = getattr(self.model, f"{self.name}_folded")
        # What other programs wrote last has nothing folded beside it yet; these rows are few and found at once.
        raw = self.model.alias()
        key, same = getattr(raw, self.model._meta.primary_key.name), letters.is_called(getattr(raw, self.name), values)
        waiting = raw.select(key).where(raw.search_text.is_null() & same)
        found: peewee.ColumnBase = beside.in_([fold(text)[:LONGEST_FOLDED] for text in values])
        found |= self.model._meta.primary_key.in_(waiting)
        return found


def _in_one_line(values: Sequence[str]) -> Sequence[str]:
    """No line breaks, no blanks at the ends (VT-121)."""
    return [" ".join(value.split()) if value else value for value in values]


class LongText(Text):
    """Several lines of text."""

    edited_by = "lines"
    joinable = True
    shared = False
    unlisted = True

    def __init__(self, label: str = "", *, limit: int = 100_000, **options: Any) -> None:
        super().__init__(label, limit=limit, **{"width": 60, **options})

    def read(self, text: str) -> str:
        return text.strip()

    def joined(self, values: Sequence[str]) -> str:
        return "\n\n".join(values)


class Email(Text):
    """An e-mail address."""

    written_as = "emails"
    shared = False
    likeness = "email"

    def read(self, text: str) -> str:
        bare = text.strip()
        return unquote(bare[len(LINK) :].partition("?")[0]) if bare.lower().startswith(LINK) else bare

    def advice(self, value: str | None) -> str | None:
        if value and mail_address(value) != value:
            return _("An e-mail address looks like name@company.com. It is saved as typed.")
        return None


class Website(Text):
    """The address of a web site."""

    written_as = "sites"

    def read(self, text: str) -> str:
        return text.strip()

    def advice(self, value: str | None) -> str | None:
        if value and (" " in value or "." not in value):
            return _("A web address looks like www.company.com. It is saved as typed.")
        return None


class Phone(Text):
    """A phone number as it was typed. Its digits and its international form are kept beside it, indexed."""

    written_as = "phones"
    dialed = True
    shared = False

    def __init__(self, label: str = "", *, keyed: bool = True, **options: Any) -> None:
        super().__init__(label, **{"width": 18, **options})
        self.keyed = keyed
        self._keys: tuple[str, ...] = ()

    def bind(self, model: type[peewee.Model], name: str, set_attribute: bool = True) -> None:
        super().bind(model, name, set_attribute)
        if not self.keyed:
            return
        self.likeness = "phone"
        self.found_by, self._keys = (f"{name}_digits",), (f"{name}_digits", f"{name}_e164")
        for suffix, ending in (("digits", "Digits"), ("e164", "E164")):
            key = Text(f"{self.label} {suffix}", column_name=f"{self.column_name}{ending}", hidden=True, index=True)
            model._meta.add_field(f"{name}_{suffix}", key)

    def read(self, text: str) -> str:
        return text.strip()

    def show(self, value: str) -> str:
        return value or ""

    def advice(self, value: str | None) -> str | None:
        return phones.problem(value, database.region()) if value else None

    def numbers(self, value: str) -> Sequence[tuple[str, str]]:
        return [(self.label, value)] if value and self.keyed else ()

    def derived(self) -> tuple[str, ...]:
        return self._keys

    def derive(self, values: Mapping[str, object], changed: Collection[str]) -> dict[str, object]:
        if not self.keyed or self.name not in changed:
            return {}
        text = str(values.get(self.name) or "")
        return dict(zip(self._keys, phones.keys(text, database.region()) if text else ("", ""), strict=True))

    def match(self, word: str) -> peewee.ColumnBase | None:
        digits = re.sub(r"\D", "", plain_signs(word))
        if not digits:
            return None
        return getattr(self.model, f"{self.name}_digits").contains(digits) if self.keyed else super().match(word)

    def match_as_typed(self, word: str) -> peewee.ColumnBase | None:
        return super().match(word)

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        if sign != ":":
            return super().compare(sign, value, lists)
        found = self.match(value)
        return found if found is not None else peewee.SQL("1 = 0")
