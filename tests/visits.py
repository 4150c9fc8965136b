"""The three files a record type costs, as `test_a_new_record_type.py` puts them into a copy of the program."""

from __future__ import annotations

RECORD = '''"""Who comes by, and why."""

from channergy_crm.fields import Link, Lookup, Money, Owner, Phone, RecordNumber, SearchText, Text
from channergy_crm.records.operators import Operator
from channergy_crm.records.people import Account
from channergy_crm.work.about import About
from channergy_crm.work.record import Record


class Visit(Record):
    """Somebody comes by."""

    number = RecordNumber("Visit #", column_name="VisitNo")
    account = Link(Account, "Account", column_name="CRMAccountNo", required=True)
    place = Text("Place", column_name="Place", required=True, searched=True, suggested=True)
    purpose = Lookup("Purpose", column_name="Purpose")
    cost = Money("Cost", column_name="Cost")
    phone = Phone("Phone", column_name="Phone", searched=True)
    owner = Owner(Operator, "Assign Account To", column_name="OwnerOperatorID", required=True)
    search_text = SearchText()
    singular, plural = "Visit", "Visits"
    about = About("clock", ("place",), ("phone",), target="visit", known_by=("place",), twice=True, extendable=True)

    class Meta:
        table_name = "CRMVisits"
'''

SCREEN = '''"""The screen of visits."""

from channergy_crm.records.visits import Visit
from ui.screen import Screen

VISITS = Screen(Visit, "visits", ["place", "account", "purpose", "cost", "phone"], empty="No visits yet.")
TABS = [VISITS]
'''
