"""The kinds of field. A kind knows how a value is stored, shown, read from text, checked and searched."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import phones
from channergy_crm.errors import Mistake
from channergy_crm.kind import Kind as Kind
from channergy_crm.kind import RememberingLink, searched_fields
from channergy_crm.store import database
from channergy_crm.text.folding import fold, spellings

if TYPE_CHECKING:
    from channergy_crm.record import Record


class Text(Kind[str], peewee.TextField[str]):
    """One line of text. `suggested` offers what others typed before."""

    def __init__(self, label: str = "", *, suggested: bool = False, limit: int = 250, **options: Any) -> None:
        super().__init__(label, **{"default": "", **options})
        self.suggested = suggested
        self.limit = limit

    def db_value(self, value: Any) -> Any:
        return "" if value is None else value

    def python_value(self, value: Any) -> Any:
        return "" if value is None else value

    def read(self, text: str) -> str:
        return " ".join(text.split())

    def check(self, value: Any) -> str | None:
        if value and len(value) > self.limit:
            return f"{self.label} has {len(value)} characters; {self.limit} fit."
        if value and "\x00" in value:
            return f"{self.label} contains a character that cannot be stored."
        return super().check(value.strip() if isinstance(value, str) else value)

    def match(self, word: str) -> Any:
        return self.contains(fold(word))

    def sort_key(self) -> Any:
        return peewee.fn.LOWER(self)


class LongText(Text):
    """Several lines of text."""

    def __init__(self, label: str = "", *, limit: int = 100_000, **options: Any) -> None:
        super().__init__(label, limit=limit, **{"width": 60, **options})

    def read(self, text: str) -> str:
        return text.strip()


class Email(Text):
    """An e-mail address."""

    def read(self, text: str) -> str:
        return text.strip().removeprefix("mailto:")

    def advice(self, value: Any) -> str | None:
        if value and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", value):
            return "An e-mail address looks like name@company.com. It is saved as typed."
        return None


class Website(Text):
    """The address of a web site."""

    def read(self, text: str) -> str:
        return text.strip()

    def advice(self, value: Any) -> str | None:
        if value and (" " in value or "." not in value):
            return "A web address looks like www.company.com. It is saved as typed."
        return None


class Phone(Text):
    """A phone number as it was typed. Its digits and its international form are kept beside it, indexed."""

    def __init__(self, label: str = "", *, keyed: bool = True, **options: Any) -> None:
        super().__init__(label, **{"width": 18, **options})
        self.keyed = keyed

    def bind(self, model: Any, name: str, set_attribute: bool = True) -> None:
        super().bind(model, name, set_attribute)
        if not self.keyed:
            return
        for suffix, ending in (("digits", "Digits"), ("e164", "E164")):
            key = Text(f"{self.label} {suffix}", column_name=f"{self.column_name}{ending}", hidden=True, index=True)
            model._meta.add_field(f"{name}_{suffix}", key)

    def read(self, text: str) -> str:
        return text.strip()

    def show(self, value: str) -> str:
        return value or ""

    def advice(self, value: Any) -> str | None:
        return phones.problem(value, database.region()) if value else None

    def derive(self, record: Record) -> None:
        if self.keyed and self.name in record._dirty:
            keys = phones.keys(getattr(record, self.name) or "", database.region())
            setattr(record, f"{self.name}_digits", keys.digits)
            setattr(record, f"{self.name}_e164", keys.e164)

    def match(self, word: str) -> Any:
        digits = re.sub(r"\D", "", word)
        if not digits:
            return None
        return getattr(self.model, f"{self.name}_digits").contains(digits) if self.keyed else super().match(word)


class Number(Kind["int | None"], peewee.IntegerField["int | None"]):
    """A whole number."""

    numeric = True

    def __init__(self, label: str = "", *, least: int = 0, most: int = 2_000_000_000, **options: Any) -> None:
        super().__init__(label, **{"width": 12, **options})
        self.least = least
        self.most = most

    def read(self, text: str) -> int | None:
        from channergy_crm.text.amounts import read_whole

        return read_whole(text, self.label) if text.strip() else None

    def check(self, value: Any) -> str | None:
        if value is not None and not self.least <= value <= self.most:
            return f"{self.label} must be between {self.least:,} and {self.most:,}."
        return super().check(value)

    def match(self, word: str) -> Any:
        return (self == int(word)) if word.isdigit() and int(word) <= self.most else None


class RecordNumber(Kind[int], peewee.AutoField[int]):
    """The number a record gets from the program, counted up and never given twice."""

    numeric = True

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, system=True, width=10, **{**options, "primary_key": True})

    def read(self, text: str) -> int | None:
        return int(text) if text.strip().isdigit() else None

    def match(self, word: str) -> Any:
        return (self == int(word)) if word.isdigit() and len(word) < 10 else None


class Reference(Number):
    """The number of another record, kept by the program. It may point at what came later than the record itself,
    so the store puts no constraint on it.
    """

    def __init__(self, target: str, label: str = "", **options: Any) -> None:
        super().__init__(label, **{"system": True, "width": 10, **options})
        self.target = target


class Money(Kind["int | None"], peewee.BigIntegerField["int | None"]):
    """An amount of money in whole cents."""

    numeric = True

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, **{"width": 14, **options})

    def show(self, value: int | None) -> str:
        return "" if value is None else f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"

    def read(self, text: str) -> int | None:
        from channergy_crm.text.amounts import read_cents

        return read_cents(text, self.label) if text.strip() else None

    def check(self, value: Any) -> str | None:
        if value is not None and abs(value) > 10**15:
            return f"{self.label} is too large."
        return super().check(value)


class Percent(Number):
    """A whole number from 0 to 100."""

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, least=0, most=100, **{"width": 8, **options})

    def read(self, text: str) -> int | None:
        return super().read(text.strip().removesuffix("%"))


class Date(Kind["date | None"], peewee.DateField["date | None"]):
    """A day."""

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, **{"width": 16, **options})

    def python_value(self, value: Any) -> Any:
        return date.fromisoformat(value[:10]) if isinstance(value, str) and value else value or None

    def read(self, text: str) -> date | None:
        from channergy_crm.clock import today
        from channergy_crm.text.days import read_date

        return read_date(text, today()) if text.strip() else None

    def check(self, value: Any) -> str | None:
        if value is not None and not date(1900, 1, 1) <= value <= date(2200, 1, 1):
            return f"{self.label} must lie between 1900 and 2200."
        return super().check(value)

    def unpack(self, value: Any) -> Any:
        return date.fromisoformat(value) if value else None


class Time(Kind["time | None"], peewee.CharField["time | None"]):
    """A time of the day on the office's 24-hour clock, stored as HH:MM."""

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, max_length=5, **{"width": 8, **options})

    def db_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value

    def python_value(self, value: Any) -> Any:
        if isinstance(value, str):
            try:
                return time.fromisoformat(value[:5])
            except ValueError:
                return None
        return value

    def show(self, value: time | None) -> str:
        return value.strftime("%H:%M") if value else ""

    def read(self, text: str) -> time | None:
        from channergy_crm.text.days import read_time

        return read_time(text) if text.strip() else None

    def pack(self, value: Any) -> Any:
        return value.strftime("%H:%M") if value else None

    def unpack(self, value: Any) -> Any:
        return self.python_value(value)


class Moment(Kind["datetime | None"], peewee.DateTimeField["datetime | None"]):
    """A day and a time. With `touched`, the program writes it at every save of the record."""

    def __init__(self, label: str = "", *, touched: bool = False, **options: Any) -> None:
        super().__init__(label, **{"width": 18, "system": touched, **options})
        self.touched = touched

    def python_value(self, value: Any) -> Any:
        return datetime.fromisoformat(value) if isinstance(value, str) and value else value or None

    def show(self, value: datetime | None) -> str:
        return value.strftime("%Y-%m-%d %H:%M") if value else ""

    def derive(self, record: Record) -> None:
        if self.touched:
            from channergy_crm.clock import now

            setattr(record, self.name, now())

    def unpack(self, value: Any) -> Any:
        return datetime.fromisoformat(value) if value else None


class Flag(Kind[bool], peewee.BooleanField[bool]):
    """Yes or no."""

    def __init__(self, label: str = "", **options: Any) -> None:
        usual = {"width": 4, "null": False, "default": False, "constraints": [peewee.SQL("DEFAULT FALSE")]}
        super().__init__(label, **{**usual, **options})

    def __invert__(self) -> Any:
        """Not set; said in the one way for which a database uses its index."""
        return self == False  # noqa: E712

    def db_value(self, value: Any) -> Any:
        return bool(value)

    def show(self, value: bool) -> str:
        return "Yes" if value else ""

    def read(self, text: str) -> bool:
        word = fold(text.strip())
        if word in ("1", "yes", "y", "true", "x", "on", "ja", "oui", "si"):
            return True
        if word in ("", "0", "no", "n", "false", "off", "nein", "non"):
            return False
        raise Mistake(f"{self.label} takes yes or no, not “{text.strip()}”.", self.name)


class Lookup(Text):
    """A value out of the office's own list (CustomLookup), CH-149…CH-154.

    `table` is the list's table name when it is not the record's own: "All" for lists that go across tables.
    """

    def __init__(self, label: str = "", *, table: str = "", **options: Any) -> None:
        super().__init__(label, **{"width": 18, **options})
        self._table = table

    @property
    def list_key(self) -> tuple[str, str]:
        """The table name and field name this field's list stands under, case and all."""
        return self._table or self.model._meta.table_name, self.column_name

    def parts(self, value: str) -> list[str]:
        """The values of the list that stand in the field."""
        return [value]

    def holding(self, value: str) -> Any:
        """The rows that hold this value of the list."""
        return self == value


class Link(Kind[Any], peewee.ForeignKeyField[Any]):
    """The number of another record this one belongs to."""

    accessor_class = RememberingLink  # type: ignore[assignment]

    def __init__(self, target: Any, label: str = "", **options: Any) -> None:
        own = ("required", "personal", "system", "hidden", "searched", "width", "hint", "binding")
        kind_options = {name: options.pop(name) for name in own if name in options}
        peewee.ForeignKeyField.__init__(
            self, target, **{"null": True, "backref": "+", "lazy_load": False, "on_delete": "RESTRICT", **options}
        )
        self.label = label
        self.binding = bool(kind_options.get("binding"))
        self.required = bool(kind_options.get("required"))
        self.personal = False
        self.hidden = bool(kind_options.get("hidden"))
        self.system = bool(kind_options.get("system")) or self.hidden
        self.searched = False
        self.width = int(kind_options.get("width", 16))
        self.hint = str(kind_options.get("hint", ""))

    @property
    def numeric(self) -> bool:  # type: ignore[override]
        return isinstance(self.rel_field, peewee.IntegerField)

    def read(self, text: str) -> Any:
        text = text.strip()
        if not text:
            return None
        if self.numeric and not text.isdigit():
            raise Mistake(f"{self.label} takes a number, not “{text}”.", self.name)
        return int(text) if self.numeric else text

    def match(self, word: str) -> Any:
        if self.numeric:
            return (self == int(word)) if word.isdigit() and len(word) < 10 else None
        return peewee.fn.LOWER(self).contains(fold(word))


class SearchText(Text):
    """Everything a record is found by, folded, in one hidden column."""

    def __init__(self) -> None:
        super().__init__("Search text", column_name="SearchText", hidden=True, limit=10**9)

    def sources(self) -> list[Any]:
        """The fields of the record whose text is searched."""
        return searched_fields(self.model)

    def derive(self, record: Record) -> None:
        sources = self.sources()
        if not any(kind.name in record._dirty for kind in sources):
            return
        values = record.__data__
        setattr(record, self.name, search_text(sources, values))


def search_text(sources: list[Any], values: dict[str, Any]) -> str:
    """What `SearchText` holds for these values of the fields that are searched."""
    words: list[str] = []
    for kind in sources:
        if value := values.get(kind.name):
            words.append(value)
            if isinstance(kind, Phone):
                words.append(values.get(f"{kind.name}_digits") or "")
    text = " ".join(words)
    return text.lower() if text.isascii() else " ".join(map(spellings, words))
