"""What is seen in the Customer Portal: tickets, what was said, files and answers, without what is only for us."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Unfit(Mistake):
    """What somebody wrote there cannot be taken, and why: a text that is said in the language of their browser."""

    def __init__(self, text: str, field: str = "", **parameters: object) -> None:
        super().__init__(text.format(**parameters), field)
        self.text, self.parameters = text, parameters


class Line(NamedTuple):
    """A ticket as a list shows it; the stage and the category as they are stored, and when something was said last."""

    number: int
    title: str
    status: str
    closed: bool
    last: datetime | None
    category: str


class Listed(NamedTuple):
    """One page of tickets, and whether there are more."""

    lines: Sequence[Line]
    more: bool


class Offered(NamedTuple):
    """Products to choose from: the number and the name of each, and whether there are more than these."""

    some: Sequence[tuple[str, str]]
    more: bool


class Said(NamedTuple):
    """What somebody said: who, whether a customer, what, when, whether it solved it, and whether a button said it."""

    who: str
    by_customer: bool
    text: str
    when: datetime | None
    solves: bool
    by_button: bool


class File(NamedTuple):
    """A file a customer has sent: its number, its name and how many bytes it has."""

    number: int
    name: str
    size: int


class Seen(NamedTuple):
    """A ticket with all that its customer may see of it."""

    line: Line
    description: str
    solution: str
    product: str
    began: datetime | None
    said: Sequence[Said]
    files: Sequence[File]


class Found(NamedTuple):
    """An answer to what is asked often."""

    number: int
    question: str
    answer: str
    category: str
