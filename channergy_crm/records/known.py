"""Every record type there is. Whoever declares one in a module of this folder has registered it.

A window that opens needs few of them: the others are declared when somebody asks for all, or writes anything.
"""

from __future__ import annotations

import importlib
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from channergy_crm import work
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

D = TypeVar("D")
_undeclared: list[tuple[str, Iterable[str]]] = []
_under_way: list[tuple[str, Iterable[str]]] = []
"""what is declared just now: whoever does that looks at ALL before it is whole"""
_one_at_a_time = threading.RLock()


def complete() -> None:
    """Declare what has not been declared yet."""
    if not _undeclared:
        return
    with _one_at_a_time:
        while _undeclared and not _under_way:
            _under_way.append(_undeclared[0])
            try:
                _declare(*_undeclared[0])
                del _undeclared[0]
            finally:
                _under_way.clear()


def _declare(package: str, path: Iterable[str]) -> None:
    import pkgutil

    for name in sorted(module.name for module in pkgutil.iter_modules(path)):
        module = importlib.import_module(f"{package}.{name}")
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, Record) and each.__module__ == module.__name__:
                _register(each)


class _All(list[type[Record]]):
    """Whoever looks finds all of them."""

    def __iter__(self) -> Iterator[type[Record]]:
        complete()
        return super().__iter__()

    def __len__(self) -> int:
        complete()
        return super().__len__()

    def __contains__(self, record: object) -> bool:
        complete()
        return super().__contains__(record)

    def __getitem__(self, place: Any) -> Any:
        complete()
        return super().__getitem__(place)

    def index(self, record: type[Record], *within: Any) -> int:
        complete()
        return super().index(record, *within)


class _ByTable(dict[str, type[Record]]):
    """The same, by the name of the table."""

    def __iter__(self) -> Iterator[str]:
        complete()
        return super().__iter__()

    def __len__(self) -> int:
        complete()
        return super().__len__()

    def __contains__(self, table: object) -> bool:
        complete()
        return super().__contains__(table)

    def __getitem__(self, table: str) -> type[Record]:
        complete()
        return super().__getitem__(table)

    def get(self, table: str, otherwise: D = None) -> type[Record] | D:  # type: ignore[assignment]
        complete()
        return super().get(table, otherwise)

    def keys(self) -> Any:
        complete()
        return super().keys()

    def values(self) -> Any:
        complete()
        return super().values()

    def items(self) -> Any:
        complete()
        return super().items()


ALL: list[type[Record]] = _All()
"""those that others point at come first"""
BY_TABLE: dict[str, type[Record]] = _ByTable()


def register(record: type[Record]) -> None:
    """From now on this record type is looked for, imported and listed as it says of itself."""
    complete()
    _register(record)


def _register(record: type[Record]) -> None:
    if record in list.__iter__(ALL):
        return
    for link in record._meta.refs.values():
        if link is not record:
            _register(link)
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
    complete()
    ALL.remove(record)
    del BY_TABLE[record._meta.table_name]


def those(fits: Callable[[type[Record]], object]) -> list[type[Record]]:
    """The record types that fit, in the order in which people read them."""
    return sorted(filter(fits, ALL), key=lambda record: record.about.rank)


def lie_in(package: str, path: Iterable[str]) -> None:
    """Every record type that a module of this package declares is known, in the order of the modules' names."""
    _undeclared.append((package, path))


work.before_any.append(complete)
