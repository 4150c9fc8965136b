"""What is issued stays as it is, and a number that was given is given once (VT-86).

What was issued elsewhere and taken in from a file is history of somebody else's: it has a number, but no count of ours.
Undoing the import takes it back as long as nothing of ours hangs on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.sales_documents import (
    GUARDS,
    LIVING,
    MOVING,
    NumberCircle,
    Payment,
    SalesDocument,
    SalesLine,
    called,
)
from channergy_crm.work import ChangeRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    Values = Mapping[str, Any]


def _frozen(document: object) -> Values | None:
    asked = SalesDocument.select(SalesDocument.number, SalesDocument.what, SalesDocument.document_no,
                                 SalesDocument.revision, SalesDocument.count, SalesDocument.reminded)  # fmt: skip
    held: Values | None = (
        asked.where((SalesDocument.number == document) & SalesDocument.issued_on.is_null(False)).dicts().first()
    )
    return held


def _name(held: Values) -> str:
    return called(held["what"], held.get("document_no") or "", held.get("revision"), None)


def _refuse(held: Values) -> Mistake:
    said = _("{name} is issued: what is on its paper does not change. A correction is a new document.")
    return Mistake(said.format(name=_name(held)))


def _document(key: object, verb: str, before: Values, after: Values) -> None:
    if verb == "delete" and before.get("issued_on") is not None:
        return _require_taken_back({**before, "number": key})
    if verb != "update" or after.keys() <= LIVING:
        return None
    if before.get("issued_on") is None and after.get("issued_on") is not None:
        return None
    held = _frozen(key) or _was_issued(key, before)
    if held is not None and "issued_on" in after and after["issued_on"] is None:
        return _require_taken_back(held)
    if held is not None:
        raise _refuse(held)
    return None


def _was_issued(key: object, before: Values) -> Values | None:
    if before.get("issued_on") is None:
        return None
    held = SalesDocument.find(key)
    return {**held.__data__, **before} if held is not None else before


def _line(key: object, verb: str, before: Values, after: Values) -> None:
    if verb == "update" and after.keys() <= MOVING:
        return
    held = SalesLine.find(key) if verb == "update" else None
    document = held.__data__["document"] if held is not None else {**before, **after}.get("document")
    for each in {document, before.get("document"), after.get("document")} - {None}:
        frozen = _frozen(each)
        if frozen is not None and verb == "update":
            raise _refuse(frozen)
        if frozen is not None:
            _require_taken_back(frozen)


def _payment(key: object, verb: str, before: Values, after: Values) -> None:
    """One that came with its invoice goes with it."""
    if verb == "delete" and work.current().mode != "do":
        held = _frozen(before.get("document"))
        if held is not None and _came_with(before.get("document"), key):
            _require_taken_back(held)


# ---------------------------------------------------------------- history of another program, taken back


def _require_taken_back(held: Values) -> None:
    """Only what was taken in goes away again, and comes back: with its import, and while nothing hangs on it."""
    if held.get("count") is not None or work.current().mode == "do":
        raise _refuse(held)
    if sentence := _hangs_on(held):
        raise Mistake(sentence)


def _hangs_on(held: Values) -> str | None:
    name, number = _name(held), held["number"]
    those = (SalesDocument.came_from == number) | (SalesDocument.replaces == number)
    if (after := SalesDocument.select().where(those).first()) is not None:
        return _("{later} came from {name}, so {name} stays.").format(later=after.caption(), name=name)
    if held.get("reminded"):
        return _("The customer was reminded of {name}, so it stays.").format(name=name)
    paid = SalesDocument.kind("paid")
    for payment in Payment.select().where(Payment.document == number):
        if not _came_with(number, payment.number):
            said = _("{name} has a payment of {amount} that did not come with it, so it stays.")
            return said.format(name=name, amount=paid.show(payment.amount))
    return None


def _came_with(document: object, payment: object) -> bool:
    """Whether one step made both."""
    units = [
        ChangeRow.select(ChangeRow.unit).where((ChangeRow.table == cls._meta.table_name) & (ChangeRow.key == str(key))
                                               & (ChangeRow.verb == "insert"))
        for cls, key in ((SalesDocument, document), (Payment, payment))
    ]  # fmt: skip
    return bool(ChangeRow.select().where(ChangeRow.unit.in_(units[0]) & ChangeRow.unit.in_(units[1])).exists())


# ---------------------------------------------------------------- numbers


def _circle(key: object, verb: str, before: Values, after: Values) -> None:
    """Going on at a higher number may be taken back until a number from there on was given."""
    if verb == "insert" or (verb == "update" and (before.get("last") or 0) <= (after.get("last") or 0)):
        return
    circle = NumberCircle.find(key)
    held = before if circle is None else circle.__data__
    here = (SalesDocument.what == held["what"]) & (SalesDocument.year == held["year"])
    given = SalesDocument.select(peewee.fn.MAX(SalesDocument.count)).where(here).scalar() or 0
    if given > (after.get("last") or 0):
        raise Mistake(_("A number that was given is never taken back."))


GUARDS.update({SalesDocument: _document, SalesLine: _line, Payment: _payment, NumberCircle: _circle})
