"""Every row of the five documents is named in a test that fails without it: `python -m tests.rows`."""

from __future__ import annotations

import ast

from tests import rows


def test_every_row_of_the_documents_is_named_in_a_test() -> None:
    lacking = set(rows.missing(rows.proofs()))
    assert not lacking, f"Name them in the tests that prove them (python -m tests.rows --missing): {sorted(lacking)}"


def test_there_are_471_rows() -> None:
    assert len(rows.rows()) == len(set(rows.rows())) == 471


def test_rows_are_read_singly_in_a_row_and_from_one_to_another() -> None:
    read = {
        "CH-40.": ["CH-40"],
        "CH-31/32 and CH-34": ["CH-31", "CH-32", "CH-34"],
        "CH-31, 32": ["CH-31", "CH-32"],
        "(CH-5, CH-8)": ["CH-5", "CH-8"],
        "VT-139…VT-141": ["VT-139", "VT-140", "VT-141"],
        "VT-139 … 141": ["VT-139", "VT-140", "VT-141"],
        "CH-40, 12.5 % of it": ["CH-40"],
        "UTF-8, ISO-8859-1, XCH-4": [],
    }
    assert {words: list(rows.named_in(words)) for words in read} == read


def test_a_test_names_rows_in_its_name_docstring_parameters_and_assertions_and_nowhere_else() -> None:
    module = ast.parse(
        '"""VT-1."""\n'
        'CASES = {"CH-7": 1}\n'
        '@pytest.mark.parametrize("field", [*CASES, pytest.param(1, id="CH-9")])\n'
        "def test_ch1_ch3_to_ch5_x(field):\n"
        '    """SI-2."""\n'
        '    """VT-2."""\n'
        '    assert field, f"{field} (VP-3)"  # VT-3\n'
    )
    test = module.body[-1]
    assert isinstance(test, ast.FunctionDef)
    cases = module.body[1]
    assert isinstance(cases, ast.Assign)
    assert sorted(rows.named_by(test, {"CASES": cases.value})) == [
        "CH-1", "CH-3", "CH-4", "CH-5", "CH-7", "CH-9", "SI-2", "VP-3",
    ]  # fmt: skip
