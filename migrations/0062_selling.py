"""Products, prices, vendors, stock; quotes, orders, invoices with their lines, payments and numbers."""

import peewee

LISTS = {
    ("CRMProducts", "Unit"): ["piece", "set", "hour", "day", "month", "lot", "pallet", "kg", "m"],
    ("All", "Currency"): ["USD", "EUR", "GBP", "CHF", "CAD", "AUD"],
    ("CRMVendors", "VendorType"): ["Goods", "Services", "Freight", "Other"],
    ("CRMPayments", "PaymentMeans"): ["Bank transfer", "Direct debit", "Card", "Check", "Cash", "Other"],
}
"""what a new office begins with, in the order of the drop-downs"""
TAXES = (("Standard", True), ("0 %", False))
"""without a rate until the office has given one"""


def up(migrator, db):
    class NumberCircle(peewee.Model):
        number = peewee.AutoField(column_name="NumberCircleNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        what = peewee.TextField(column_name="Kind", null=True)
        year = peewee.IntegerField(column_name="NumberYear", null=True)
        last = peewee.IntegerField(column_name="LastNumber", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMNumberCircles"
            indexes = ((("what", "year"), True),)

    class Vendor(peewee.Model):
        number = peewee.AutoField(column_name="VendorNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        name = peewee.TextField(column_name="VendorName", null=True)
        type = peewee.TextField(column_name="VendorType", null=True)
        our_number = peewee.TextField(column_name="OurCustomerNo", null=True)
        phone = peewee.TextField(column_name="Phone", null=True)
        other_phone = peewee.TextField(column_name="OtherPhone", null=True)
        email = peewee.TextField(column_name="Email", null=True)
        website = peewee.TextField(column_name="Website", null=True)
        address = peewee.TextField(column_name="Address", null=True)
        city = peewee.TextField(column_name="City", null=True)
        state = peewee.TextField(column_name="State", null=True)
        postal_code = peewee.TextField(column_name="PostalCode", null=True)
        country = peewee.TextField(column_name="Country", null=True)
        tax_number = peewee.TextField(column_name="TaxNumber", null=True)
        days_to_pay = peewee.IntegerField(column_name="DaysToPay", null=True)
        notes = peewee.TextField(column_name="Notes", null=True)
        inactive = peewee.BooleanField(
            column_name="IsInactive", constraints=[peewee.SQL("DEFAULT FALSE")], default=False
        )
        owner = peewee.CharField(
            column_name="OwnerOperatorID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )
        created_on = peewee.DateField(column_name="CreateDt", null=True)
        last_activity = peewee.DateTimeField(column_name="LastActivityDt", null=True)
        imported = peewee.TextField(column_name="ImportedNo", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)
        name_folded = peewee.TextField(
            column_name="VendorNameFolded", null=True, constraints=[peewee.SQL("DEFAULT ''")], default=""
        )
        phone_digits = peewee.TextField(column_name="PhoneDigits", null=True, index=True)
        phone_e164 = peewee.TextField(column_name="PhoneE164", null=True, index=True)
        other_phone_digits = peewee.TextField(column_name="OtherPhoneDigits", null=True, index=True)
        other_phone_e164 = peewee.TextField(column_name="OtherPhoneE164", null=True, index=True)
        email_folded = peewee.TextField(
            column_name="EmailFolded", null=True, constraints=[peewee.SQL("DEFAULT ''")], default=""
        )

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMVendors"

    class PriceBook(peewee.Model):
        number = peewee.AutoField(column_name="PriceBookNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        name = peewee.TextField(column_name="PriceBookName", null=True)
        currency = peewee.TextField(column_name="Currency", null=True)
        group = peewee.TextField(column_name="CustomerGroup", null=True)
        first_day = peewee.DateField(column_name="ValidFromDt", null=True)
        last_day = peewee.DateField(column_name="ValidToDt", null=True)
        inactive = peewee.BooleanField(
            column_name="IsInactive", constraints=[peewee.SQL("DEFAULT FALSE")], default=False
        )
        notes = peewee.TextField(column_name="Notes", null=True)
        created_on = peewee.DateField(column_name="CreateDt", null=True)
        last_activity = peewee.DateTimeField(column_name="LastActivityDt", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMPriceBooks"

    class SalesDocument(peewee.Model):
        number = peewee.AutoField(column_name="SalesDocumentNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        what = peewee.TextField(column_name="Kind", null=True)
        document_no = peewee.TextField(column_name="DocumentNo", null=True)
        revision = peewee.IntegerField(column_name="Revision", null=True)
        year = peewee.IntegerField(column_name="NumberYear", null=True)
        count = peewee.IntegerField(column_name="NumberCount", null=True)
        state = peewee.TextField(column_name="State", null=True)
        subject = peewee.TextField(column_name="Subject", null=True)
        name = peewee.TextField(column_name="CustomerName", null=True)
        account = peewee.IntegerField(
            column_name="CRMAccountNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMAccounts" ("CRMAccountNo") ON DELETE RESTRICT')],
        )
        contact = peewee.IntegerField(
            column_name="ContactNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CustomerContacts" ("ContactNo") ON DELETE RESTRICT')],
        )
        vendor = peewee.IntegerField(
            column_name="VendorNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMVendors" ("VendorNo") ON DELETE RESTRICT')],
        )
        deal = peewee.IntegerField(
            column_name="OpportunityNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMOpportunities" ("OpportunityNo") ON DELETE RESTRICT')],
        )
        project = peewee.IntegerField(
            column_name="ProjectNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMProjects" ("ProjectNo") ON DELETE RESTRICT')],
        )
        addressee = peewee.TextField(column_name="Addressee", null=True)
        delivered_to = peewee.TextField(column_name="DeliveryAddress", null=True)
        their_tax_number = peewee.TextField(column_name="TheirTaxNumber", null=True)
        their_reference = peewee.TextField(column_name="TheirReference", null=True)
        language = peewee.TextField(column_name="Language", null=True)
        dated = peewee.DateField(column_name="DocumentDt", null=True)
        until = peewee.DateField(column_name="UntilDt", null=True)
        delivery = peewee.DateField(column_name="DeliveryDt", null=True)
        terms = peewee.TextField(column_name="Terms", null=True)
        price_book = peewee.IntegerField(
            column_name="PriceBookNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMPriceBooks" ("PriceBookNo") ON DELETE RESTRICT')],
        )
        currency = peewee.TextField(column_name="Currency", null=True)
        gross = peewee.BooleanField(column_name="IsGross", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        rounding = peewee.TextField(column_name="Rounding", null=True)
        discount = peewee.BigIntegerField(column_name="Discount", null=True)
        less = peewee.BigIntegerField(column_name="DiscountAmount", null=True)
        opening = peewee.TextField(column_name="OpeningText", null=True)
        closing = peewee.TextField(column_name="ClosingText", null=True)
        internal_notes = peewee.TextField(column_name="InternalNotes", null=True)
        net = peewee.BigIntegerField(column_name="NetAmount", null=True)
        tax = peewee.BigIntegerField(column_name="TaxAmount", null=True)
        total = peewee.BigIntegerField(column_name="TotalAmount", null=True)
        cost = peewee.BigIntegerField(column_name="CostAmount", null=True)
        paid = peewee.BigIntegerField(column_name="PaidAmount", null=True)
        open_amount = peewee.BigIntegerField(column_name="OpenAmount", null=True)
        reminded = peewee.IntegerField(column_name="Reminders", null=True)
        reminded_on = peewee.DateField(column_name="RemindedDt", null=True)
        issued_on = peewee.DateTimeField(column_name="IssuedDt", null=True)
        issued_by = peewee.TextField(column_name="IssuedID", null=True)
        sent_on = peewee.DateTimeField(column_name="SentDt", null=True)
        answered_on = peewee.DateField(column_name="AnsweredDt", null=True)
        reason = peewee.TextField(column_name="Reason", null=True)
        came_from = peewee.IntegerField(
            column_name="CameFromNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMSalesDocuments" ("SalesDocumentNo") ON DELETE RESTRICT')],
        )
        replaces = peewee.IntegerField(
            column_name="ReplacesNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMSalesDocuments" ("SalesDocumentNo") ON DELETE RESTRICT')],
        )
        owner = peewee.CharField(
            column_name="OwnerOperatorID",
            max_length=10,
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "Operators" ("OperatorID") ON DELETE RESTRICT')],
        )
        created_on = peewee.DateField(column_name="CreateDt", null=True)
        last_activity = peewee.DateTimeField(column_name="LastActivityDt", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMSalesDocuments"
            indexes = ((("what", "year", "count", "revision"), True), (("what", "state", "until"), False))

    class Payment(peewee.Model):
        number = peewee.AutoField(column_name="PaymentNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        document = peewee.IntegerField(
            column_name="SalesDocumentNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMSalesDocuments" ("SalesDocumentNo") ON DELETE RESTRICT')],
        )
        paid_on = peewee.DateField(column_name="PaidDt", null=True)
        amount = peewee.BigIntegerField(column_name="Amount", null=True)
        means = peewee.TextField(column_name="PaymentMeans", null=True)
        reference = peewee.TextField(column_name="Reference", null=True)
        by = peewee.TextField(column_name="OperatorID", null=True)
        entered = peewee.DateTimeField(column_name="EnteredDt", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMPayments"
            indexes = ((("paid_on",), False),)

    class TaxClass(peewee.Model):
        number = peewee.AutoField(column_name="TaxClassNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        name = peewee.TextField(column_name="Name", null=True)
        rate = peewee.BigIntegerField(column_name="Rate", null=True)
        new_rate = peewee.BigIntegerField(column_name="NewRate", null=True)
        new_from = peewee.DateField(column_name="NewRateDt", null=True)
        standard = peewee.BooleanField(
            column_name="IsStandard", constraints=[peewee.SQL("DEFAULT FALSE")], default=False
        )
        retired = peewee.BooleanField(column_name="IsRetired", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMTaxClasses"

    class Product(peewee.Model):
        number = peewee.AutoField(column_name="ProductNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        code = peewee.TextField(column_name="ProductCode", null=True)
        name = peewee.TextField(column_name="ProductName", null=True)
        category = peewee.TextField(column_name="Category", null=True)
        description = peewee.TextField(column_name="Description", null=True)
        service = peewee.BooleanField(column_name="IsService", constraints=[peewee.SQL("DEFAULT FALSE")], default=False)
        unit = peewee.TextField(column_name="Unit", null=True)
        list_price = peewee.BigIntegerField(column_name="ListPrice", null=True)
        cost = peewee.BigIntegerField(column_name="Cost", null=True)
        tax = peewee.IntegerField(
            column_name="TaxClassNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMTaxClasses" ("TaxClassNo") ON DELETE RESTRICT')],
        )
        vendor = peewee.IntegerField(
            column_name="VendorNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMVendors" ("VendorNo") ON DELETE RESTRICT')],
        )
        in_stock = peewee.BigIntegerField(column_name="InStock", null=True)
        reorder_at = peewee.BigIntegerField(column_name="ReorderAt", null=True)
        notes = peewee.TextField(column_name="Notes", null=True)
        inactive = peewee.BooleanField(
            column_name="IsInactive", constraints=[peewee.SQL("DEFAULT FALSE")], default=False
        )
        created_on = peewee.DateField(column_name="CreateDt", null=True)
        last_activity = peewee.DateTimeField(column_name="LastActivityDt", null=True)
        imported = peewee.TextField(column_name="ImportedNo", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)
        code_folded = peewee.TextField(
            column_name="ProductCodeFolded", null=True, constraints=[peewee.SQL("DEFAULT ''")], default=""
        )
        name_folded = peewee.TextField(
            column_name="ProductNameFolded", null=True, constraints=[peewee.SQL("DEFAULT ''")], default=""
        )

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMProducts"

    class Price(peewee.Model):
        number = peewee.AutoField(column_name="PriceNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        book = peewee.IntegerField(
            column_name="PriceBookNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMPriceBooks" ("PriceBookNo") ON DELETE RESTRICT')],
        )
        product = peewee.IntegerField(
            column_name="ProductNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMProducts" ("ProductNo") ON DELETE RESTRICT')],
        )
        quantity = peewee.BigIntegerField(column_name="FromQuantity", null=True)
        price = peewee.BigIntegerField(column_name="Price", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMPrices"
            indexes = ((("book", "product", "quantity"), True),)

    class ProductVendor(peewee.Model):
        number = peewee.AutoField(column_name="ProductVendorNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        product = peewee.IntegerField(
            column_name="ProductNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMProducts" ("ProductNo") ON DELETE RESTRICT')],
        )
        vendor = peewee.IntegerField(
            column_name="VendorNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMVendors" ("VendorNo") ON DELETE RESTRICT')],
        )
        their_code = peewee.TextField(column_name="VendorCode", null=True)
        cost = peewee.BigIntegerField(column_name="Cost", null=True)
        least = peewee.BigIntegerField(column_name="LeastQuantity", null=True)
        days = peewee.TextField(column_name="DeliveryTime", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMProductVendors"
            indexes = ((("product", "vendor"), True),)

    class SalesLine(peewee.Model):
        number = peewee.AutoField(column_name="SalesLineNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        document = peewee.IntegerField(
            column_name="SalesDocumentNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMSalesDocuments" ("SalesDocumentNo") ON DELETE RESTRICT')],
        )
        place = peewee.IntegerField(column_name="Place", null=True)
        what = peewee.TextField(column_name="Kind", null=True)
        product = peewee.IntegerField(
            column_name="ProductNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMProducts" ("ProductNo") ON DELETE RESTRICT')],
        )
        code = peewee.TextField(column_name="ProductCode", null=True)
        name = peewee.TextField(column_name="LineText", null=True)
        description = peewee.TextField(column_name="Description", null=True)
        quantity = peewee.BigIntegerField(column_name="Quantity", null=True)
        unit = peewee.TextField(column_name="Unit", null=True)
        price = peewee.BigIntegerField(column_name="Price", null=True)
        discount = peewee.BigIntegerField(column_name="Discount", null=True)
        less = peewee.BigIntegerField(column_name="DiscountAmount", null=True)
        rate = peewee.BigIntegerField(column_name="TaxRate", null=True)
        cost = peewee.BigIntegerField(column_name="Cost", null=True)
        total = peewee.BigIntegerField(column_name="LineTotal", null=True)
        came_from = peewee.IntegerField(
            column_name="CameFromNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMSalesLines" ("SalesLineNo") ON DELETE RESTRICT')],
        )

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMSalesLines"

    class StockMove(peewee.Model):
        number = peewee.AutoField(column_name="StockMoveNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        product = peewee.IntegerField(
            column_name="ProductNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMProducts" ("ProductNo") ON DELETE RESTRICT')],
        )
        quantity = peewee.BigIntegerField(column_name="Quantity", null=True)
        moved = peewee.DateTimeField(column_name="MovedDt", null=True)
        by = peewee.TextField(column_name="OperatorID", null=True)
        reason = peewee.TextField(column_name="Reason", null=True)
        document = peewee.TextField(column_name="DocumentNo", null=True)
        line = peewee.IntegerField(column_name="SalesLineNo", null=True, index=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMStockMoves"

    class VendorContact(peewee.Model):
        number = peewee.AutoField(column_name="VendorContactNo")
        version = peewee.IntegerField(column_name="RowVersion", constraints=[peewee.SQL("DEFAULT 1")], default=1)
        vendor = peewee.IntegerField(
            column_name="VendorNo",
            null=True,
            index=True,
            constraints=[peewee.SQL('REFERENCES "CRMVendors" ("VendorNo") ON DELETE RESTRICT')],
        )
        first_name = peewee.TextField(column_name="FirstName", null=True)
        last_name = peewee.TextField(column_name="LastName", null=True)
        title = peewee.TextField(column_name="Title", null=True)
        phone = peewee.TextField(column_name="Phone", null=True)
        email = peewee.TextField(column_name="Email", null=True)
        notes = peewee.TextField(column_name="Notes", null=True)
        search_text = peewee.TextField(column_name="SearchText", null=True)
        phone_digits = peewee.TextField(column_name="PhoneDigits", null=True, index=True)
        phone_e164 = peewee.TextField(column_name="PhoneE164", null=True, index=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CRMVendorContacts"

    # each after those it points at; together they would be made in the order of their names
    for model in (
        NumberCircle,
        Vendor,
        PriceBook,
        SalesDocument,
        Payment,
        TaxClass,
        Product,
        Price,
        ProductVendor,
        SalesLine,
        StockMove,
        VendorContact,
    ):
        db.create_tables([model])
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMVendors_unprepared" ON "CRMVendors" ("VendorNo") WHERE ("SearchText" IS NULL)'
    )
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMPriceBooks_unprepared" ON "CRMPriceBooks" ("PriceBookNo") WHERE ("SearchText" IS NULL)'
    )
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMSalesDocuments_of_owner" ON "CRMSalesDocuments" ("OwnerOperatorID", "Kind", "State")'
    )
    db.execute_sql('CREATE INDEX IF NOT EXISTS "CRMSalesDocuments_dated" ON "CRMSalesDocuments" ("DocumentDt")')
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMSalesDocuments_unprepared" ON "CRMSalesDocuments" ("SalesDocumentNo") WHERE ("SearchText" IS NULL)'
    )
    db.execute_sql('CREATE INDEX IF NOT EXISTS "CRMVendors_name" ON "CRMVendors" ("VendorNameFolded")')
    db.execute_sql('CREATE INDEX IF NOT EXISTS "CRMProducts_name" ON "CRMProducts" ("ProductNameFolded")')
    db.execute_sql('CREATE INDEX IF NOT EXISTS "CRMProducts_code" ON "CRMProducts" ("ProductCodeFolded")')
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMProducts_unprepared" ON "CRMProducts" ("ProductNo") WHERE ("SearchText" IS NULL)'
    )
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMSalesLines_sold" ON "CRMSalesLines" ("ProductNo", "SalesDocumentNo")'
    )
    db.execute_sql(
        'CREATE INDEX IF NOT EXISTS "CRMVendorContacts_unprepared" ON "CRMVendorContacts" ("VendorContactNo") WHERE ("SearchText" IS NULL)'
    )
    migrator.migrate(
        migrator.add_column(
            "Orders", "SalesDocumentNo", peewee.IntegerField(column_name="SalesDocumentNo", null=True, index=True)
        )
    )
    db.execute_sql('CREATE INDEX IF NOT EXISTS "Orders_SalesDocumentNo" ON "Orders" ("SalesDocumentNo")')
    for name, usual in TAXES:
        TaxClass.insert(name=name, rate=0, standard=usual).execute()
    _offer(db)


def _offer(db):
    """Values somebody has put there already stay, and nothing is put beside them."""

    class Lookup(peewee.Model):
        number = peewee.AutoField(column_name="LookupNo")
        table = peewee.TextField(column_name="TableName")
        field = peewee.TextField(column_name="FieldName")
        value = peewee.TextField(column_name="LookupValue")
        description = peewee.TextField(column_name="LookupDescription")
        sort = peewee.IntegerField(column_name="SortNo", null=True)

        class Meta:
            database, legacy_table_names, table_name = db, False, "CustomLookup"

    for (table, field), values in LISTS.items():
        if Lookup.select().where((Lookup.table == table) & (Lookup.field == field)).exists():
            continue
        for place, value in enumerate(values):
            row = {"table": table, "field": field, "value": value, "description": value, "sort": place}
            Lookup.insert(row).execute()
