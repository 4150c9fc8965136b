"""Settings > Selling: tax classes, how sums are reckoned, days and terms, how documents are numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records.sales_documents import DocumentKind, SalesDocument
from channergy_crm.services import lookups, rights, selling
from channergy_crm.services.rights import Program
from channergy_crm.settings import (
    ORDERS_TO_SUITE,
    SALES_CURRENCY,
    SALES_DUE_DAYS,
    SALES_GROSS,
    SALES_ROUNDING,
    SALES_TERMS,
    SALES_VALID_DAYS,
)
from channergy_crm.text import number_patterns
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.setup.sales.begin_dialog import BeginDialog
from ui.setup.sales.tax_classes import TaxClasses
from ui.setup.settings_rows import SHORT, TopicPage
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work import Done
    from ui.session.chosen import Chosen

PREFIX = "settings.selling"  # unsaid: a name
PRICES = [("off", N_("without tax, which is added")), ("on", N_("with tax in them"))]
ROUNDED = [("document", N_("once for each rate of a document")), ("line", N_("on each line"))]
TO_SUITE = [("off", N_("no")), ("on", N_("yes"))]


class SellingTopic(TopicPage):
    """What an office decides once, before it writes its first quote."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(_("Selling"), chosen, parent, PREFIX)
        self._by = chosen.session.by
        if refused := rights.may(self._by, "administer"):
            self.add_word(refused, "overdue")
        self.begin(_("Tax classes"))
        self._taxes = TaxClasses(self._by, self)
        self._column.addWidget(self._taxes)
        self._add_sums()
        self._add_days()
        self._add_numbers()
        self.begin(_("Orders of the suite"))
        self.add(ORDERS_TO_SUITE, _choice(TO_SUITE, self), width=SHORT,
                 hint=_("An order that is issued is written among the orders of the suite as well."))  # fmt: skip
        self.close_up()
        chosen.session.done.connect(self._heard)

    def look(self) -> None:
        """Everything as it is now."""
        super().look()
        self._taxes.look()
        self._say_next()

    def _add_sums(self) -> None:
        self.begin(_("Prices and sums"))
        self.add(SALES_CURRENCY, _currencies(self), hint=_("New documents begin with it."))
        self.add(SALES_GROSS, _choice(PRICES, self), hint=_("How prices stand on new documents."))
        self.add(SALES_ROUNDING, _choice(ROUNDED, self), hint=_("Cents of tax are cut to whole ones there."))

    def _add_days(self) -> None:
        self.begin(_("Days and terms"))
        self.add(SALES_VALID_DAYS, LineEditor(self, max_length=4), check=_days_problem, width=SHORT)
        self.add(SALES_DUE_DAYS, LineEditor(self, max_length=4), check=_days_problem, width=SHORT)
        self.add(SALES_TERMS, LineEditor(self, max_length=250),
                 hint=_("Stands on new documents, such as: payable within 30 days."))  # fmt: skip

    def _add_numbers(self) -> None:
        self.begin(_("Numbers of documents"))
        self._numbers = {}
        for kind in DocumentKind:
            editor = LineEditor(self, max_length=60)
            row = self.add(selling.numbers_of(kind), editor, check=_pattern_problem)
            named(
                editor,
                f"{PREFIX}.numbers_{kind.value}",
                _("Numbers of documents: {kind}").format(kind=row.setting.label),
            )
            editor.changed.connect(self._say_next)
            self._numbers[kind] = row
        begin = self.add_verb("begin", "", _("Begin at a higher number…"), self._begin,
                              hint=_("{year}, {year2} and {number}; {number:04} has four digits. The count begins anew "
                                     "each year and has no gaps."))  # fmt: skip
        begin.setEnabled(rights.may(self._by, "administer") is None)
        self._say_next()

    def _say_next(self) -> None:
        for kind, row in getattr(self, "_numbers", {}).items():
            pattern = str(row.editor.value() or "")
            if number_patterns.check(pattern) is None:
                row.say(_("next: {number}").format(number=selling.next_number(kind, Program.ITSELF, pattern)))

    def _heard(self, done: Done) -> None:
        if {"CRMNumberCircles", "CRMTaxClasses", "CRMSettings"} & set(done.tables):
            self.look()

    def _begin(self) -> None:
        self.finish()
        BeginDialog(self.chosen.session, self).exec()


def _choice(offered: list[tuple[str, str]], parent: QWidget) -> ChoiceEditor:
    return ChoiceEditor([(one, _(said)) for one, said in offered], parent, allow_empty=False)


def _currencies(parent: QWidget) -> ChoiceEditor:
    """Those of the list Currency; first that of the country."""
    usual, (table, field) = selling.currency_of_country(), SalesDocument.kind("currency").list_key or ("", "")
    offered = [(each.value, each.description) for each in lookups.offered(table, field, Program.ITSELF)]
    own = ("", _("{currency} (the country's)").format(currency=usual))
    return ChoiceEditor([own, *offered], parent, allow_empty=False)


def _days_problem(value: object) -> str | None:
    text = str(value or "")
    right = text.isdecimal() and int(text) <= selling.MOST_DAYS
    return None if right else _("Type a number of days up to {most:,}.").format(most=selling.MOST_DAYS)


def _pattern_problem(value: object) -> str | None:
    return number_patterns.check(str(value or ""))
