"""The kind that holds how often something comes again (BX-21)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.fields.text import Text
from channergy_crm.text import repeats

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from channergy_crm.fields.lists import Lists


class Repeats(Text):
    """A rule as calendars write it, or how long after it was done; typed and shown in words.

    `day` is the python name of the day it is due; `planned` of the one it was planned for, from which the rule goes on
    however often it is put off.
    """

    edited_by = shown_as = "repeats"
    unlisted = True

    def __init__(self, label: str = "", *, day: str = "", planned: str = "", **options: Any) -> None:
        super().__init__(label, limit=200, **{"width": 22, **options})
        self.day, self.planned = day, planned

    def show(self, value: str) -> str:
        return repeats.words(value, translated=False) if value else ""

    def read(self, text: str) -> str:
        return repeats.read(text)

    def check(self, value: str | None) -> str | None:
        return (repeats.problem(value) if value else None) or super().check(value)

    def compare(self, sign: str, value: str, lists: Lists) -> peewee.ColumnBase:
        """A turn that can be read finds that turn, in whatever words it is asked for."""
        rule = ""
        with suppress(Mistake):
            rule = repeats.read(value)
        if not rule or sign not in (":", "=", "!="):
            return super().compare(sign, value, lists)
        held = peewee.fn.COALESCE(self, "")
        same: peewee.ColumnBase = held != rule if sign == "!=" else held == rule
        return same

    def derived(self) -> tuple[str, ...]:
        return (self.planned,) if self.planned else ()

    def derive(self, values: Mapping[str, object], changed: Collection[str]) -> dict[str, object]:
        if not self.planned or not {self.name, self.day} & set(changed):
            return {}
        if not values.get(self.name):
            return {self.planned: None}
        if self.planned in changed and values.get(self.planned) is not None:
            return {self.planned: values[self.planned]}
        begun = self.name in changed and self.planned not in changed
        return {self.planned: values.get(self.day)} if begun or values.get(self.planned) is None else {}
