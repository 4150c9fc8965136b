"""The figures of what was sold as one table: what goes onto paper and into a file (VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _

if TYPE_CHECKING:
    from channergy_crm.services.sales_figures.counting import Sales

Cells = tuple[str, str, int, int, str]
"""of what, which, cents, documents, the currency"""
MONEY = (2,)
"""the columns in cents"""


def titles() -> tuple[str, ...]:
    """The headings of its columns."""
    return _("Figures"), "", _("Amount"), _("Documents"), _("Currency")


def rows(held: Sales) -> list[Cells]:
    """All of it, part under part."""
    every: list[tuple[str, str, int, int]] = [(_("All sales"), "", held.net, held.documents)]
    parts = ((_("By month"), held.months), (_("By product"), held.products), (_("By customer"), held.customers))
    every += [(title, line.label, line.amount, line.documents) for title, lines in parts for line in lines]
    every += [(_("Due and overdue"), each.age.title, each.amount, each.invoices) for each in held.owed]
    return [(*each, held.currency) for each in every]
