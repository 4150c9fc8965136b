"""What the customers of the suite have ordered."""

from __future__ import annotations

from channergy_crm.fields import Date, Imported, Link, Money, RecordNumber, Reference
from channergy_crm.records.people import Customer
from channergy_crm.work.about import About
from channergy_crm.work.record import Record


class Order(Record):
    """An order in the suite around the CRM; the CRM only asks whether a customer ever ordered (CH-155)."""

    number = RecordNumber("Order #", column_name="OrderNo")
    customer = Link(Customer, "Customer #", column_name="CustNo", binding=True)
    ordered_on = Date("Order Dt", column_name="OrderDt", past=True)
    amount = Money("Amount", column_name="Amount", synonyms="total, order total, sum, Summe")
    document = Reference("SalesDocument", "Sales Order", column_name="SalesDocumentNo", index=True)
    imported = Imported("Imported #", synonyms="order id, order number, Bestellnummer, Auftragsnummer")

    singular = "Order"
    plural = "Orders"
    about = About(known_by=("customer", "ordered_on", "amount"), usually="Customer, day and amount", extendable=True,
                  rights="CRMAccounts", rank=70)  # fmt: skip

    class Meta:
        table_name = "Orders"
        indexes = ((("ordered_on",), False),)
