"""Days, times and periods typed in French and Spanish are read; numbers are written as they are there (VT-1)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest

from channergy_crm import language
from channergy_crm.fields.days import periods
from channergy_crm.language import ngettext
from channergy_crm.query import completion, conditions
from channergy_crm.records import Lead
from channergy_crm.text.clocks import read_time
from channergy_crm.text.days import read_date, read_moment
from channergy_crm.text.periods import period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office

SATURDAY = date(2026, 11, 21)
AT_TEN = datetime(2026, 11, 21, 10, 0)
DAYS = {
    "fr": {
        "demain": date(2026, 11, 22), "après-demain": date(2026, 11, 23), "Aujourd’hui": SATURDAY,
        "hier": date(2026, 11, 20), "avant-hier": date(2026, 11, 19), "ven": date(2026, 11, 27),
        "lun.": date(2026, 11, 23), "mardi": date(2026, 11, 24), "le 23": date(2026, 11, 23),
        "vendredi prochain": date(2026, 11, 27), "vendredi dernier": date(2026, 11, 20),
        "dans deux semaines": date(2026, 12, 5), "dans 2 jours": date(2026, 11, 23), "+2j": date(2026, 11, 23),
        "il y a 3 jours": date(2026, 11, 18), "fin du mois": date(2026, 11, 30),
        "la semaine prochaine": date(2026, 11, 28),
        "23 mars": date(2027, 3, 23), "1er décembre": date(2026, 12, 1), "5 août": date(2027, 8, 5),
    },
    "es": {
        "mañana": date(2026, 11, 22), "pasado mañana": date(2026, 11, 23), "hoy": SATURDAY, "ayer": date(2026, 11, 20),
        "anteayer": date(2026, 11, 19), "vie": date(2026, 11, 27), "lun.": date(2026, 11, 23),
        "martes": date(2026, 11, 24), "el 23": date(2026, 11, 23), "el próximo viernes": date(2026, 11, 27),
        "el viernes pasado": date(2026, 11, 20), "en dos semanas": date(2026, 12, 5),
        "dentro de 2 días": date(2026, 11, 23),
        "+2d": date(2026, 11, 23), "hace 3 días": date(2026, 11, 18), "fin de mes": date(2026, 11, 30),
        "la semana que viene": date(2026, 11, 28), "23 de marzo": date(2027, 3, 23), "5 ago": date(2027, 8, 5),
        "23 de marzo de 2027": date(2027, 3, 23),
    },
}  # fmt: skip
MOMENTS = {
    "fr": {
        "demain 9h30": datetime(2026, 11, 22, 9, 30), "ven 10": datetime(2026, 11, 27, 10),
        "vendredi à 14h": datetime(2026, 11, 27, 14), "demain matin": datetime(2026, 11, 22, 9),
        "vendredi après-midi": datetime(2026, 11, 27, 14), "mar 10": datetime(2026, 11, 24, 10),
        "lundi 10 heures": datetime(2026, 11, 23, 10), "dans deux heures": datetime(2026, 11, 21, 12),
        "demain midi": datetime(2026, 11, 22, 12),
    },
    "es": {
        "mañana 9:30": datetime(2026, 11, 22, 9, 30), "vie 10": datetime(2026, 11, 27, 10),
        "viernes a las 14": datetime(2026, 11, 27, 14), "mañana por la mañana": datetime(2026, 11, 22, 9),
        "viernes por la tarde": datetime(2026, 11, 27, 14), "mar 10": datetime(2026, 11, 24, 10),
        "en dos horas": datetime(2026, 11, 21, 12), "lunes a las 10 y media": datetime(2026, 11, 23, 10, 30),
    },
}  # fmt: skip
PERIODS = {
    "fr": {
        "cette semaine": (date(2026, 11, 16), date(2026, 11, 22)),
        "les 30 derniers jours": (date(2026, 10, 22), SATURDAY),
        "plus ancien que 2 mois": (None, date(2026, 9, 20)), "hier..demain": (date(2026, 11, 20), date(2026, 11, 22)),
        "le mois prochain": (date(2026, 12, 1), date(2026, 12, 31)),
    },
    "es": {
        "esta semana": (date(2026, 11, 16), date(2026, 11, 22)), "los últimos 30 días": (date(2026, 10, 22), SATURDAY),
        "más de 2 meses": (None, date(2026, 9, 20)), "ayer..mañana": (date(2026, 11, 20), date(2026, 11, 22)),
        "el próximo mes": (date(2026, 12, 1), date(2026, 12, 31)),
    },
}  # fmt: skip


@pytest.fixture(params=["fr", "es"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Everything in this language; English again afterwards."""
    code: str = request.param
    assert language.use(code) == code
    yield code
    language.use(language.ENGLISH)


def test_vt1_days_are_read(spoken: str) -> None:
    read = {typed: read_date(typed, SATURDAY, "DMY", ["en", spoken]) for typed in DAYS[spoken]}
    assert read == DAYS[spoken]


def test_vt1_times_beside_a_day_are_read(spoken: str) -> None:
    read = {typed: read_moment(typed, AT_TEN, "DMY", ["en", spoken]) for typed in MOMENTS[spoken]}
    assert read == {typed: (moment.date(), moment.time()) for typed, moment in MOMENTS[spoken].items()}


def test_vt1_periods_are_read(spoken: str) -> None:
    assert {typed: period(typed, SATURDAY) for typed in PERIODS[spoken]} == PERIODS[spoken]


def test_vt1_times_are_read_alone() -> None:
    assert [read_time(typed) for typed in ("14h", "14h30", "midi", "mediodía", "10 heures et demie")] == [
        time(14), time(14, 30), time(12), time(12), time(10, 30),
    ]  # fmt: skip


def test_vt1_what_a_filter_offers_is_read(office: Office, spoken: str) -> None:
    for offered in periods():
        assert period(offered, SATURDAY), offered
    phone, due = Lead.kind("phone").label, Lead.kind("reminder_date").label
    assert conditions.condition(Lead, f"-{phone.lower()}: ") is not None
    assert conditions.condition(Lead, f"{due.lower().replace(' ', '')}<{periods()[0]}") is not None
    assert completion.completions(Lead, phone.lower()[:3])


def test_vt1_numbers_are_written_as_they_are_there() -> None:
    said = {}
    for code in ("fr", "es"):
        language.use(code)
        said[code] = ngettext("{count:,} row", "{count:,} rows", 1_234_567).format(count=1_234_567)
    language.use(language.ENGLISH)
    assert said == {"fr": "1\u202f234\u202f567 lignes", "es": "1.234.567 filas"}
    assert ngettext("{count:,} row", "{count:,} rows", 0).format(count=0) == "0 rows"
    language.use("fr")
    assert ngettext("{count:,} row", "{count:,} rows", 0).format(count=0) == "0 ligne", "none is one in French"
    language.use(language.ENGLISH)
