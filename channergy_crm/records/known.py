"""Every record type there is. Whoever declares one in a module of this folder has registered it."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ALL: list[type[Record]] = []
"""those that others point at come first"""
BY_TABLE: dict[str, type[Record]] = {}


def register(record: type[Record]) -> None:
    """From now on this record type is looked for, imported and listed as it says of itself."""
    if record in ALL:
        return
    for link in record._meta.refs.values():
        if link is not record:
            register(link)
    name = f"{record._meta.table_name}_unprepared"
    if "search_text" in record._meta.fields and name not in {
        getattr(index, "_name", "") for index in record._meta.indexes
    }:
        # Rows the suite wrote: few, and found at once.
        without = record.kind("search_text").is_null()
        record.add_index(record._meta.primary_key, where=without, name=name)
    ALL.append(record)
    BY_TABLE[record._meta.table_name] = record


def forget(record: type[Record]) -> None:
    """The office does without this record type again."""
    ALL.remove(record)
    del BY_TABLE[record._meta.table_name]


def those(fits: Callable[[type[Record]], object]) -> list[type[Record]]:
    """The record types that fit, in the order in which people read them."""
    return sorted(filter(fits, ALL), key=lambda record: record.about.rank)


def find_in(package: str, path: Iterable[str]) -> None:
    """Register every record type that a module of this package declares, in the order of the modules' names."""
    for name in sorted(module.name for module in pkgutil.iter_modules(path)):
        module = importlib.import_module(f"{package}.{name}")
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, Record) and each.__module__ == module.__name__:
                register(each)
