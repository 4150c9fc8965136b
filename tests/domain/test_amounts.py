"""Numbers as people type them (VT-142)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from channergy_crm.fields import Quantity
from channergy_crm.text.amounts import read_decimal


@pytest.mark.parametrize(
    ("text", "point", "number"),
    [
        ("1.250", "", "1250"),
        ("1.250", ".", "1.25"),
        ("1.250", ",", "1250"),
        ("1,250", ".", "1250"),
        ("1,250", ",", "1.25"),
        ("1.250.000", ".", "1250000"),
        ("1,250.5", ",", "1250.5"),
        ("-1.250", ".", "-1.25"),
    ],
)
def test_vt142_the_decimal_sign_of_the_place_never_groups(text: str, point: str, number: str) -> None:
    assert read_decimal(text, "Quantity", point=point) == Decimal(number)


def test_vt142_a_quantity_is_read_back_as_it_is_shown_or_as_its_place_writes_it() -> None:
    kind = Quantity("Quantity")
    assert [kind.read(kind.show(value)) for value in (1_250, 12_345_678, -125)] == [1_250, 12_345_678, -125]
    assert (kind.read("1,250"), kind.typed("1,250", ","), kind.typed("1.250", ",")) == (1_250_000, 1_250, 1_250_000)
