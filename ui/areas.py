"""What an area shows while it is on. Loaded only then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.language import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from ui.screen import Command, Tab
    from ui.session.session import Session


@translated("title")
@dataclass(frozen=True)
class Block:
    """A titled part of a page that is put together from the areas: a topic of Settings, a block of Home."""

    name: str
    title: str
    build: Callable[[Session, QWidget], QWidget]


class Part(NamedTuple):
    """A setting as it is looked for: the name of its editor, what it is called, other words people type."""

    name: str
    label: str
    words: str = ""


class Topic(NamedTuple):
    """What belongs together; its page is built when somebody looks at it."""

    name: str
    title: str
    icon: str
    build: Callable[[QWidget], QWidget]
    parts: Sequence[Part] = ()


class OnScreen(NamedTuple):
    """Its tabs, its commands of the window, its topics of Settings, its blocks of Home, what it does beside the window.

    A job is begun once, when the area is there and the window is on the screen.
    """

    tabs: Sequence[Tab[Any]] = ()
    commands: Sequence[Command] = ()
    topics: Sequence[Block] = ()
    blocks: Sequence[Block] = ()
    jobs: Sequence[Callable[[Session], object]] = ()
