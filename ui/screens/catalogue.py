"""The screens of the catalogue: products, price books, vendors, and what belongs to each (VT-142, VT-106)."""

from __future__ import annotations

from channergy_crm.language import N_
from channergy_crm.records import Price, PriceBook, Product, ProductVendor, StockMove, Vendor, VendorContact
from ui.screen import Screen, Section

PRODUCTS = Screen(
    Product,
    "products",
    columns=["code", "name", "list_price", "in_stock", "unit", "category", "vendor_name"],
    sections=[
        Section(
            "Product", ["code", "name", "category", "service", "unit", "vendor", "description", "notes", "inactive"]
        ),
        Section("Prices and stock", ["list_price", "cost", "tax", "in_stock", "reorder_at"], beside=True),
        Section("Dates and IDs", ["number", "created_on", "last_activity", "imported"], folded=True),
    ],
    order=("name", False),
    empty=N_("No products yet. Create Product makes the first; Import brings a list of them."),
)

PRICE_BOOKS = Screen(
    PriceBook,
    "price_books",
    columns=["name", "group", "currency", "first_day", "last_day"],
    sections=[
        Section("Price book", ["name", "group", "currency", "first_day", "last_day", "inactive", "notes"]),
        Section("Dates and IDs", ["number", "created_on", "last_activity"], folded=True),
    ],
    order=("name", False),
    empty=N_("No price books yet. Create Price book makes the first: for dealers, for large quantities, for a season."),
)

VENDORS = Screen(
    Vendor,
    "vendors",
    columns=["name", "type", "phone", "email", "city"],
    sections=[
        Section("Vendor", ["name", "type", "our_number", "phone", "other_phone", "email", "website", "owner",
                           "inactive", "notes"]),
        Section("Address and payment", ["address", "city", "state", "postal_code", "country", "tax_number",
                                        "days_to_pay"], beside=True),
        Section("Dates and IDs", ["number", "created_on", "last_activity", "imported"], folded=True),
    ],
    order=("name", False),
    empty=N_("No vendors yet. Those assigned to you are listed here: Create Vendor makes one, Import brings many."),
)  # fmt: skip

PRICES_OF_BOOK = Screen(
    Price,
    "price_books.prices",
    columns=["product_name", "product_code", "quantity", "price"],
    order=("number", False),
    empty=N_("No prices in this book yet. Add one, or copy those of another book."),
)
PRICES_OF_PRODUCT = Screen(
    Price,
    "products.prices",
    columns=["book_name", "group", "quantity", "price", "applies"],
    order=("number", False),
    empty=N_("Only the list price holds: this product is in no price book."),
)
VENDORS_OF_PRODUCT = Screen(
    ProductVendor,
    "products.vendors",
    columns=["vendor_name", "their_code", "cost", "least", "days"],
    order=("number", False),
    empty=N_("Nobody delivers this product yet. Add a vendor."),
)
PRODUCTS_OF_VENDOR = Screen(
    ProductVendor,
    "vendors.products",
    columns=["product_name", "their_code", "cost", "least", "days"],
    order=("number", False),
    empty=N_("This vendor delivers nothing yet. Add a product."),
)
CONTACTS_OF_VENDOR = Screen(
    VendorContact,
    "vendors.contacts",
    columns=["first_name", "last_name", "title", "phone", "email"],
    order=("last_name", False),
    empty=N_("Nobody to talk to at this vendor yet. Add a contact."),
)
STOCK_OF_PRODUCT = Screen(
    StockMove,
    "products.stock",
    columns=["moved", "quantity", "reason", "document", "by"],
    empty=N_("Nothing has come in or gone out yet. Correct… notes what is there."),
)
