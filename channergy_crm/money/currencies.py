"""Which money a country pays with, for an office that has chosen none."""

from __future__ import annotations

USUAL = "USD"
_OF = {
    "EUR": "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK AD MC SM VA ME XK",  # unsaid: codes
    "GBP": "GB GG IM JE",  # unsaid: codes
    "CHF": "CH LI",  # unsaid: codes
    "CAD": "CA", "AUD": "AU", "NZD": "NZ", "JPY": "JP", "CNY": "CN", "INR": "IN", "BRL": "BR", "MXN": "MX",
    "DKK": "DK FO GL",  # unsaid: codes
    "SEK": "SE", "NOK": "NO", "ISK": "IS", "PLN": "PL", "CZK": "CZ", "HUF": "HU", "RON": "RO",
    "TRY": "TR", "ZAR": "ZA", "SGD": "SG", "HKD": "HK", "ILS": "IL", "AED": "AE", "KRW": "KR", "UAH": "UA",
}  # fmt: skip
_BY_REGION = {region: currency for currency, regions in _OF.items() for region in regions.split()}


def of_region(region: str) -> str:
    """As three letters; dollars where nothing else is known."""
    return _BY_REGION.get(region.upper(), USUAL)
