"""The rates of tax a country usually has, for an office that wants them filled in; what it takes is its own to know."""

from __future__ import annotations

_OF = {
    "AT": (2_000, 1_300, 1_000), "BE": (2_100, 1_200, 600), "CH": (810, 380, 260), "CZ": (2_100, 1_200),
    "DE": (1_900, 700), "DK": (2_500,), "ES": (2_100, 1_000, 400), "FR": (2_000, 1_000, 550, 210), "GB": (2_000, 500),
    "GR": (2_400, 1_300, 600), "HU": (2_700, 1_800, 500), "IE": (2_300, 1_350, 900), "IT": (2_200, 1_000, 500, 400),
    "LI": (810, 380, 260), "LU": (1_700, 1_400, 800, 300), "NL": (2_100, 900), "NO": (2_500, 1_500, 1_200),
    "PL": (2_300, 800, 500), "PT": (2_300, 1_300, 600), "SE": (2_500, 1_200, 600), "AU": (1_000,), "NZ": (1_500,),
}  # fmt: skip


def of_region(region: str) -> tuple[int, ...]:
    """In hundredths of a percent, the usual one first; none where there is no rate for all of the country."""
    return _OF.get(region.upper(), ())
