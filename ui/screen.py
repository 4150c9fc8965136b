"""A screen is a value: which record, which columns, which sections, which commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from channergy_crm.language import N_, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.work.record import Record


P = TypeVar("P")
"""what a page is; the pages themselves say so, further up"""


@translated("title")
@dataclass(frozen=True)
class Section:
    """A titled group of fields; `folded` ones are closed until somebody opens them.

    One that is `beside` stands beside the group before it where there is room; one `across` takes the whole width.
    """

    title: str
    fields: Sequence[str]
    folded: bool = False
    beside: bool = False
    across: bool = False


@translated("label")
@dataclass(frozen=True)
class Command:
    """Something to do on a page: a button, an action and a key with one name.

    `run` gets the page, of a list the list, of the whole window its menu. `offered` answers None when it can be done
    now, or the sentence why not. `group` is where a command of the window stands in the menu and on the sheet of keys.
    """

    name: str
    label: str
    run: Callable[[Any], Any]
    icon: str = ""
    key: str = ""
    offered: Callable[[Any], str | None] = lambda page: None
    role: str = ""
    group: str = ""


@translated("empty")
@dataclass(frozen=True)
class Screen:
    """A list and a form over one record type."""

    record: type[Record]
    name: str
    columns: Sequence[str]
    sections: Sequence[Section] = ()
    commands: Sequence[Command] = ()
    order: tuple[str, bool] = ("number", True)
    empty: str = N_("Nothing here yet.")


@translated("title")
@dataclass(frozen=True)
class Tab(Generic[P]):
    """A tab of the main window: its page is built when it is first looked at.

    A `closable` one stands behind the others for as long as somebody wants it.
    """

    name: str
    title: str
    icon: str
    build: Callable[[Any, Any], P]
    targets: Sequence[str] = ()
    count: Callable[[str, str, int | None], tuple[int, int]] | None = None
    closable: bool = False
    records: Sequence[type[Record]] = ()
    """what it is about: absent for whoever uses none of these"""
