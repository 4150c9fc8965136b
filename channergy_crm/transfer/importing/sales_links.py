"""Whom and what a file of documents names: accounts, vendors, deals, operators by name, products by code or name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import _, one
from channergy_crm.records import Account, Operator, Opportunity, Product, Vendor
from channergy_crm.services import rights
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from channergy_crm.records import SalesDocument
    from channergy_crm.work.record import Record

Named = Any
"""a type of record with a name"""
NAMED: dict[str, type[Record]] = {"account": Account, "vendor": Vendor, "deal": Opportunity}


class Links:
    """Finds records by their names, among those that may be seen; each type is read once."""

    def __init__(self, by: str) -> None:
        self._by = by
        self._known: dict[type[Record], dict[str, list[object]]] = {}
        self._products: tuple[dict[str, list[Product]], dict[str, list[Product]]] | None = None

    def find(self, field: str, name: str) -> tuple[object, str]:
        """The key of the record a field names; None with the sentence why there is none."""
        if field == "owner":
            return self._operator(name)
        record = NAMED[field]
        found = self._of(record).get(_plain(name), [])
        if len(found) == 1:
            return found[0], ""
        said = _("There is no {record} “{name}”; its name stays, without a link.")
        if found:
            said = _("There are several of {record} “{name}”; its name stays, without a link.")
        return None, said.format(record=one(record), name=name)

    def product(self, code: str, name: str) -> tuple[Product | None, str]:
        """The product with that code, else with that name; None with the sentence why there is none."""
        if not (code or name):
            return None, ""
        codes, names = self._catalogue()
        for held, text in ((codes, code), (names, name)):
            found = held.get(_plain(text), []) if text else []
            if len(found) == 1:
                return found[0], ""
        said = _("There is no product “{name}”; the line stays as it is written, without a link.")
        return None, said.format(name=" ".join(filter(None, (code, name))))

    def name_of(self, document: SalesDocument) -> str:
        """What whom it is for is called."""
        for field, record in (("account", Account), ("vendor", Vendor)):
            key = document.__data__.get(field)
            if key is not None and (held := record.find(key)) is not None:
                return str(held.caption())
        return ""

    def _operator(self, name: str) -> tuple[object, str]:
        for held in Operator.select():
            if _plain(name) in {_plain(held.id), _plain(held.name or ""), _plain(held.caption())}:
                return held.id, ""
        return None, _("There is no operator “{name}”; it is yours.").format(name=name)

    def _of(self, record: Named) -> dict[str, list[object]]:
        if record not in self._known:
            held: dict[str, list[object]] = {}
            if rights.may(self._by, "see", record) is None and "name" not in rights.hidden(record, self._by):
                for number, name in rights.rows(record, self._by, record.number, record.name).tuples():
                    held.setdefault(_plain(name or ""), []).append(number)
            self._known[record] = held
        return self._known[record]

    def _catalogue(self) -> tuple[dict[str, list[Product]], dict[str, list[Product]]]:
        if self._products is None:
            self._products = {}, {}
            if rights.may(self._by, "see", Product) is None:
                for product in rights.rows(Product, self._by):
                    for held, text in zip(self._products, (product.code, product.name), strict=True):
                        held.setdefault(_plain(text or ""), []).append(product)
        return self._products


def _plain(name: str) -> str:
    return fold(" ".join(name.split()))
