"""Everything people read can be translated."""

from __future__ import annotations

import ast

import pytest

from tests.house import Source, sources
from tests.sentences import PRODUCT, complaints

FILES = [source for source in sources() if source.below(*PRODUCT)]


@pytest.mark.parametrize("source", [pytest.param(source, id=source.path) for source in FILES])
def test_every_text_is_marked(source: Source) -> None:
    found = complaints(source)
    assert not found, "\n".join([*found, "How texts are marked: channergy_crm/language.py"])


@pytest.mark.parametrize("source", [pytest.param(source, id=source.path) for source in FILES])
def test_no_text_is_marked_inside_a_formatted_one(source: Source) -> None:
    """Who looks for texts to translate does not look in there."""
    formatted = list(source.every(ast.JoinedStr))
    calls = [call for node in formatted for call in ast.walk(node) if isinstance(call, ast.Call)]
    marked = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext"}]
    assert [call.lineno for call in marked if isinstance(call.args[0], ast.Constant)] == []
