"""The kind of field that holds further phone numbers, each with what it is: “Mobile: 512-555-0199” (BX-16)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import phones
from channergy_crm.fields.text import LongText, Text
from channergy_crm.language import _
from channergy_crm.patterns import pattern
from channergy_crm.store import database

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from channergy_crm.fields.lists import FileStyle, Lists, Written

FEWEST_DIGITS = 3
_LINES = pattern(r"\s*(?:[\r\n]+|;\s+(?=[^;\d]*(?:\d[^;\d]*){3}))\s*")
_LABELLED = pattern(r"\s*(?P<label>[^:\d]*[^:\d\s+(])\s*:\s*(?P<number>.*)")


class MorePhones(LongText):
    """Any number of phone numbers, one a line, each with its label before a colon where it has one."""

    spelt_out = False

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(label, **{"limit": 2_000, "width": 30, "searched": True, "personal": True, **options})

    def bind(self, model: type[peewee.Model], name: str, set_attribute: bool = True) -> None:
        super().bind(model, name, set_attribute)
        self.found_by = (f"{name}_digits",)
        digits = Text(f"{self.label} digits", column_name=f"{self.column_name}Digits", hidden=True)  # unsaid: hidden
        model._meta.add_field(self.found_by[0], digits)

    def read(self, text: str) -> str:
        """One line for each number; in a single line there are semicolons between them."""
        return "\n".join(line for line in _LINES.split(text.strip()) if line)

    def numbers(self, value: str) -> list[tuple[str, str]]:
        """Each number with its label; numbers without one with the name of the field."""
        found = []
        for line in _LINES.split(value or ""):
            labelled = _LABELLED.fullmatch(line)
            label, number = (labelled["label"], labelled["number"]) if labelled else (self.label, line)
            if len(re.sub(r"\D", "", number)) >= FEWEST_DIGITS:
                found.append((label.strip(), number.strip()))
        return found

    def advice(self, value: str | None) -> str | None:
        lines = [line for line in _LINES.split(value or "") if line]
        if len(self.numbers(value or "")) < len(lines):
            return _("One number a line, with what it is before it, such as Mobile: 512-555-0199.")
        for label, number in self.numbers(value or ""):
            if sentence := phones.problem(number, database.region()):
                return _("{label}: {sentence}").format(label=label, sentence=sentence)
        return None

    def written(self, style: FileStyle, lists: Lists) -> Written[str]:
        return _in_one_line if style.vtiger else super().written(style, lists)

    def joined(self, values: Sequence[str]) -> str:
        return "\n".join(dict.fromkeys(line for value in values for line in _LINES.split(value) if line))

    def derived(self) -> tuple[str, ...]:
        return self.found_by

    def derive(self, values: Mapping[str, object], changed: Collection[str]) -> dict[str, object]:
        if self.name not in changed:
            return {}
        found = self.numbers(str(values.get(self.name) or ""))
        keys = (phones.keys(number, database.region()) for _label, number in found)
        return {self.found_by[0]: " ".join(part.removeprefix("+") for key in keys for part in key if part)}

    def given(self) -> peewee.ColumnBase:
        """The records that have one."""
        # Written without parameters: an index over these alone is only recognised by its very words.
        return peewee.NodeList((getattr(self.model, self.found_by[0]), peewee.SQL("<> ''")))

    def match(self, word: str) -> peewee.ColumnBase | None:
        digits = re.sub(r"\D", "", word)
        by_digits = getattr(self.model, self.found_by[0]).contains(digits) if digits else None
        return by_digits if by_digits is not None else super().match(word)

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        digits = re.sub(r"\D", "", value)
        if sign != ":" or not digits or re.search(r"[^\W\d]", value):
            return super().compare(sign, value, lists)
        found: peewee.ColumnBase = getattr(self.model, self.found_by[0]).contains(digits)
        return found


def _in_one_line(values: Sequence[str]) -> Sequence[str]:
    """Semicolons where lines with a number begin (VT-121)."""
    return [
        " ".join("; ".join(_LINES.split(value)).split()) if _is_numbers(value) else " ".join((value or "").split())
        for value in values
    ]


def _is_numbers(value: str) -> bool:
    return bool(value) and all(len(re.sub(r"\D", "", line)) >= FEWEST_DIGITS for line in value.splitlines())
