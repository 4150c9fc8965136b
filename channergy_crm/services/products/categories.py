"""The categories of products, one inside another: "Candles > Gift sets" (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.products import BETWEEN, Product
from channergy_crm.services import rights
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from peewee import ColumnBase

JOINED = f" {BETWEEN} "


class Branch(NamedTuple):
    """A category with how many products stand in it and in those inside it."""

    path: str
    products: int

    @property
    def name(self) -> str:
        """The last word of its path."""
        return self.path.rpartition(JOINED)[2]

    @property
    def depth(self) -> int:
        """How far inside it stands; 0 is on top."""
        return self.path.count(JOINED)


def tidy(path: str) -> str:
    """A path as it is kept, whatever stands around its signs."""
    return JOINED.join(part for each in path.split(BETWEEN) if (part := " ".join(each.split())))


def every(by: str) -> list[Branch]:
    """All categories of the products this one sees, each behind the one it is in."""
    rights.require(by, "see", Product)
    asked: Any = rights.rows(Product, by, Product.category).where(rights.visible(Product, by)).tuples()
    counted: dict[str, int] = {}
    for row in asked:
        category: str = row[0] or ""
        parts = tidy(category).split(JOINED) if category else []
        for end in range(1, len(parts) + 1):
            path = JOINED.join(parts[:end])
            counted[path] = counted.get(path, 0) + 1
    order = sorted(counted, key=lambda path: [fold(part) for part in path.split(JOINED)])
    return [Branch(path, counted[path]) for path in order if path]


def count(by: str) -> int:
    """How many products this one sees, in whatever category."""
    rights.require(by, "see", Product)
    seen: int = rights.rows(Product, by).where(rights.visible(Product, by)).count()
    return seen


def condition(path: str) -> ColumnBase:
    """The products of a category and of those inside it."""
    name = tidy(path)
    return (Product.category == name) | Product.category.startswith(name + JOINED)


def rename(path: str, name: str, by: str) -> int:
    """Call a category otherwise in all products of it and of those inside it: one unit, taken back by one undo."""
    rights.require(by, "edit", Product)
    old, new = tidy(path), tidy(name)
    if not new:
        raise Mistake(_("Give the category a name."), "name")
    if new == old:
        return 0
    if new.startswith(old + JOINED):
        raise Mistake(_("A category cannot stand inside itself."), "name")
    asked = rights.rows(Product, by).where(rights.visible(Product, by) & condition(old))
    rows: Any = list(asked)
    for row in rows:
        row.category = new + row.category[len(old) :]
    with work.unit("Rename category {name}", by=by, name=old) as unit:
        return unit.save_many(rows)
