"""What a unit of work asks of a record, so that it need not know what a record is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeVar

from channergy_crm.store import database

if TYPE_CHECKING:
    from collections.abc import Iterable

    from channergy_crm.fields import Kind


S = TypeVar("S", bound="Stored")


class Stored(Protocol):
    """A row that can be checked, written and taken back."""

    _meta: Any
    about: ClassVar[Any]
    __data__: Any
    _dirty: set[str]
    delete: Any

    @property
    def key(self) -> object:
        """The value of the primary key; None while the record is new."""

    def caption(self) -> str:
        """How people call this record in a sentence."""

    def problems(self, names: Iterable[str] | None = None) -> dict[str, str]:
        """What keeps it from being saved: one sentence by field."""

    def changes(self) -> dict[str, tuple[object, object]]:
        """What was changed since it was loaded: before and now, by field."""

    def settle(self) -> None:
        """What is in the store and what is here are the same now."""

    def held(self) -> dict[str, object]:
        """How it stands, to be put back when nothing is written after all."""

    def hold(self, held: dict[str, object]) -> None:
        """Stand as it did."""

    @classmethod
    def listed(cls) -> object | None:
        """The condition for the rows that appear in working lists at all, or None for every row."""

    @classmethod
    def find(cls, key: object) -> Self | None:
        """The stored row with this number, or None."""

    @classmethod
    def owner_kind(cls) -> Kind[Any] | None:
        """The field that says whose a row is, where these rows are somebody's."""

    @classmethod
    def deriving(cls) -> list[Kind[Any]]:
        """The fields that others follow from."""

    @classmethod
    def select(cls, *fields: object) -> Any:
        """The question for rows."""

    @classmethod
    def insert(cls, values: object = None, /) -> Any:
        """The statement that writes a new row."""

    @classmethod
    def update(cls, values: object = None, /) -> Any:
        """The statement that changes rows."""


def key_field(cls: type[Stored]) -> Kind[Any]:
    """The field that numbers a record."""
    key: Kind[Any] = cls._meta.primary_key
    return key


def key_name(cls: type[Stored]) -> str:
    """The python name of that field."""
    return str(key_field(cls).name)


def held_fast(query: Any, cls: type[Stored]) -> Any:
    """The question for rows that nobody else may change until the unit ends; one file lets one write at a time anyway.

    Always in the order of their numbers: two who each wait for what the other holds would wait for ever.
    """
    ordered = query.order_by(key_field(cls))
    return ordered.for_update() if database.on_server() else ordered


def locked(cls: type[S], condition: object) -> list[S]:
    """The records that fit, as they are stored now; nobody else changes them until the unit ends."""
    return list(held_fast(cls.select().where(condition), cls))


def derive(record: Stored) -> None:
    """Bring up to date what the program itself writes beside the fields that were changed."""
    for kind in type(record).deriving():
        for name, value in kind.derive(record.__data__, record._dirty).items():
            setattr(record, name, value)
