"""An address stands as the post of its country asks for it (BX-26)."""

from __future__ import annotations

import pytest

from channergy_crm.text.postal import FORMS, THREE, Postal, block, country_code

US, DE = "US", "DE"
REAL = {
    "US": (("350 Fifth Avenue", "New York", "ny", "10118", "USA"), DE,
           "350 Fifth Avenue\nNew York, NY 10118\nVEREINIGTE STAATEN"),
    "CA": (("111 Wellington Street", "Ottawa", "on", "k1a0a9", "Canada"), US,
           "111 Wellington Street\nOTTAWA ON  K1A 0A9\nCANADA"),
    "GB": (("221B Baker Street", "London", "", "nw16xe", "England"), US,
           "221B Baker Street\nLONDON\nNW1 6XE\nUNITED KINGDOM"),
    "IE": (("Leinster House, Kildare Street", "Dublin 2", "", "d02xr20", "Irland"), DE,
           "Leinster House, Kildare Street\nDublin 2\nD02 XR20\nIRLAND"),
    "DE": (("Platz der Republik 1", "Berlin", "", "D-11011", "Deutschland"), US,
           "Platz der Republik 1\n11011 Berlin\nGERMANY"),
    "AT": (("Dr.-Karl-Renner-Ring 3", "Wien", "", "A-1017", "AT"), DE,
           "Dr.-Karl-Renner-Ring 3\n1017 Wien\nÖSTERREICH"),
    "CH": (("Bundesplatz 3", "Bern", "BE", "CH-3003", "Schweiz"), US, "Bundesplatz 3\n3003 Bern\nSWITZERLAND"),
    "FR": (("55 rue du Faubourg Saint-Honoré", "Paris", "", "75008", "Frankreich"), DE,
           "55 rue du Faubourg Saint-Honoré\n75008 PARIS\nFRANKREICH"),
    "IT": (("Piazza del Quirinale 1", "Roma", "rm", "00187", "Italia"), US,
           "Piazza del Quirinale 1\n00187 ROMA RM\nITALY"),
    "ES": (("Calle Mayor 12", "Alcorcón", "Madrid", "28921", "Spain"), US,
           "Calle Mayor 12\n28921 ALCORCÓN\nMADRID\nSPAIN"),
    "NL": (("Binnenhof 20", "Den Haag", "", "2513aa", "Niederlande"), DE,
           "Binnenhof 20\n2513 AA  DEN HAAG\nNIEDERLANDE"),
    "BE": (("Rue de la Loi 16", "Bruxelles", "", "B-1000", "Belgique"), US,
           "Rue de la Loi 16\n1000 BRUXELLES\nBELGIUM"),
    "SE": (("Riksgatan 1", "Stockholm", "", "10012", "SWE"), US, "Riksgatan 1\nSE-100 12 STOCKHOLM\nSWEDEN"),
    "DK": (("Christiansborg", "København K", "", "1218", "Dänemark"), DE,
           "Christiansborg\nDK-1218 København K\nDÄNEMARK"),
    "PL": (("ul. Wiejska 4", "Warszawa", "", "00902", "Polen"), DE, "ul. Wiejska 4\n00-902 WARSZAWA\nPOLEN"),
    "AU": (("1 Macquarie Street", "Sydney", "nsw", "2000", "Australien"), DE,
           "1 Macquarie Street\nSYDNEY NSW 2000\nAUSTRALIEN"),
    "NZ": (("1 Molesworth Street", "Wellington", "", "6011", "New Zealand"), US,
           "1 Molesworth Street\nWellington 6011\nNEW ZEALAND"),
    "JP": (("7-1 Nagatacho 1-chome", "Chiyoda-ku", "Tokyo", "1008914", "Japan"), US,
           "7-1 Nagatacho 1-chome\nChiyoda-ku, Tokyo 100-8914\nJAPAN"),
    "BR": (("Av. Paulista, 1578", "São Paulo", "SP", "01310200", "Brasilien"), DE,
           "Av. Paulista, 1578\nSão Paulo-SP\n01310-200\nBRASILIEN"),
    "IN": (("Sansad Marg", "New Delhi", "Delhi", "110 001", "Indien"), US,
           "Sansad Marg\nNEW DELHI 110001\nDELHI\nINDIA"),
}  # fmt: skip


@pytest.mark.parametrize("code", REAL)
def test_bx26_an_address_stands_as_the_post_of_its_country_asks_for(code: str) -> None:
    (street, city, state, postal_code, country), region, said = REAL[code]
    parts = Postal("", "Ann Lee", street, city, state, postal_code, country)
    assert block(parts, region) == f"Ann Lee\n{said}"
    at_home = block(parts, code).splitlines()
    assert len(at_home) == len(said.splitlines()), "its own country is not said"
    assert block(parts._replace(country=""), code).splitlines() == at_home


def test_bx26_a_country_is_found_by_name_or_code_in_english_and_german() -> None:
    for code, form in FORMS.items():
        assert {country_code(name) for name in (*form.names.split("|"), code, code.lower())} == {code}
    assert {country_code(three) for three in THREE} == set(FORMS), "every country has its three letters"
    assert country_code("Narnia") == country_code("") == ""


def test_bx26_what_is_not_known_leaves_no_sign_behind() -> None:
    assert block(Postal(city="Boston", code="02110"), US) == "Boston 02110"
    assert block(Postal(city="Boston", state="MA"), US) == "Boston, MA"
    assert block(Postal(street="1 Way", state="Victoria", country="Kenya"), US) == "1 Way\nVictoria\nKENYA"
    assert block(Postal(city="Madrid", state="MADRID", code="28001", country="ES"), US) == "28001 MADRID\nSPAIN"
    assert block(Postal("Acme", "Bo"), US) == ""


def test_bx26_a_code_nobody_can_read_stands_as_it_was_typed() -> None:
    assert block(Postal(city="Ottawa", code="later", country="CA"), US) == "OTTAWA  later\nCANADA"
    assert block(Postal(city="Leeds", code="LS1", country="UK"), US) == "LEEDS\nLS1\nUNITED KINGDOM"
