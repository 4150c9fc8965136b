"""Which rights the catalogue needs: products, their prices, their stock, their categories (VT-142)."""

from __future__ import annotations

from datetime import date
from typing import Any

from channergy_crm.records.products import Price, PriceBook, Product

PURE = {"services.products.categories": "tidy condition",
        "services.products.prices": "holds rule", "services.products.stock": "runs_low asked_for"}  # fmt: skip
PARTS = {"services.products.stock": "move came"}
NEEDS = (
    " products.prices.price_for products.prices.holding products.stock.correct products.stock.moves"
    " products.books.others products.books.copy_prices products.entering.read products.entering.put"
    " products.pictures.of products.pictures.take products.pictures.remove"
    " products.stock.why_not products.categories.every products.categories.count products.categories.rename "
)
"""touches no records of the matrix"""
ARGUMENTS: dict[str, Any] = {
    "services.products.prices.price_for.product": Product(name="candle"),
    "services.products.prices.price_for.quantity": 1_000,
    "services.products.prices.price_for.account": None,
    "services.products.prices.price_for.currency": "",
    "services.products.prices.price_for.book": None,
    "services.products.prices.holds.currency": "",
    "services.products.prices.price_for.day": date(2026, 1, 1),
    "services.products.prices.holding.product": Product(name="candle"),
    "services.products.prices.holding.day": date(2026, 1, 1),
    "services.products.prices.holds.book": PriceBook(name="dealers"),
    "services.products.prices.holds.day": date(2026, 1, 1),
    "services.products.books.others.book": 1,
    "services.products.books.copy_prices.source": 1,
    "services.products.books.copy_prices.target": 2,
    "services.products.books.copy_prices.percent": 0,
    **{f"services.products.pictures.{name}.product": 1 for name in ("of", "take", "remove")},
    "services.products.entering.put.book": 1,
    "services.products.entering.put.entries": (),
    "services.products.entering.read.text": "C-1\t5.00",
    "services.products.entering.read.point": ".",
    "services.products.stock.asked_for.unit": 1,
    "services.products.stock.asked_for.tables": (),
    "services.products.stock.runs_low.product": Product(name="candle"),
    "services.products.prices.rule.book": PriceBook(name="dealers"),
    "services.products.prices.rule.price": Price(),
    "services.products.stock.why_not.product": Product(name="candle"),
    "services.products.stock.correct.on_hand": 1,
    "services.products.stock.correct.reason": "counted",
    **{f"services.products.categories.{name}.path": "A" for name in ("rename", "tidy", "condition")},
    "services.products.categories.rename.name": "B",
}
