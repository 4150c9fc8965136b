"""How a document says things: its words in the language of whoever gets it, days and amounts as they write them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from channergy_crm import clock
from channergy_crm.language import ENGLISH, in_use, into, languages
from channergy_crm.services.sales_texts import KINDS
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from datetime import date

    from channergy_crm.services.sales_paper import OnPaper

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
"""of currencies everybody knows by their sign; others are said by their code"""


class Saying:
    """A language and a country: `de` and `DE` write 1.234,50 €, `en` and `US` $1,234.50."""

    def __init__(self, language: str, region: str, currency: str) -> None:
        self.code = code_of(language)
        self._into, self.currency = into(self.code), currency or "USD"
        spoken = self.code if self.code in languages() else ENGLISH
        self.locale = QLocale(spoken if "_" in spoken else f"{spoken}_{region or 'US'}")

    def __call__(self, text: str, **values: object) -> str:
        """A text of the program in that language, with these values in it."""
        said = str(self._into(text)) if text else ""
        return said.format(**values) if values else said

    def day(self, value: date | None) -> str:
        """A day in figures; the year whole."""
        return self.locale.toString(QDate(value.year, value.month, value.day), self._days) if value is not None else ""

    def amount(self, cents: int) -> str:
        """An amount without its currency."""
        return self.locale.toString(cents / 100, "f", 2)

    def money(self, cents: int) -> str:
        """An amount with its currency."""
        return self.locale.toCurrencyString(cents / 100, SIGNS.get(self.currency, f"{self.currency} "), 2).strip()

    def quantity(self, thousandths: int) -> str:
        """A quantity with as many places as it has."""
        return self._scaled(thousandths, 3)

    def rate(self, hundredths: int) -> str:
        """A rate of tax, or a discount."""
        return f"{self._scaled(hundredths, 2)} %"

    def _scaled(self, value: int, places: int) -> str:
        said = self.locale.toString(value / 10**places, "f", places)
        return said.rstrip("0").rstrip(self.locale.decimalPoint())

    @cached_property
    def _days(self) -> str:
        short = self.locale.dateFormat(QLocale.FormatType.ShortFormat)
        return short if "yyyy" in short else short.replace("yy", "yyyy")


def code_of(language: str) -> str:
    """The code of a language, however it was typed: “de”, “de_AT”, “German”, “Deutsch”; what is in use for none."""
    wanted = fold(language.strip())
    if not wanted:
        return in_use()
    for code in languages():
        locale = QLocale(code)
        names = (code, locale.nativeLanguageName(), QLocale.languageToString(locale.language()))
        if wanted in map(fold, names):
            return code
    return language.strip().replace("-", "_")


def of(said: OnPaper) -> Saying:
    """As this document says things."""
    return Saying(said.document.language or "", said.head.region, said.document.currency or "")


def values(said: OnPaper, saying: Saying, kind: str = "") -> dict[str, str]:
    """What is put in for the fields of texts and names of files."""
    document = said.document
    return {
        "document.kind": saying(KINDS[kind or said.kind]),
        "document.number": number_of(said),
        "document.date": saying.day(document.dated),
        "document.until": saying.day(document.until),
        "document.total": saying.money(said.totals.total),
        "document.open": saying.money(document.open_amount or 0),
        "document.subject": document.subject or "",
        "document.reference": document.their_reference or "",
        "account.name": document.name or "",
        "contact.name": said.contact,
        "operator.name": said.person.name,
        "office.name": said.head.office,
        "today": saying.day(clock.today()),
    }


def number_of(said: OnPaper) -> str:
    """The number people read, with the version where it is not the first."""
    document = said.document
    if (document.revision or 1) > 1 and document.document_no:
        return f"{document.document_no}/{document.revision}"
    return document.document_no or ""
