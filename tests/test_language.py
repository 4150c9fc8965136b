"""Everything people read can be translated."""

from __future__ import annotations

import ast

from tests.house import Source, sources
from tests.sentences import PRODUCT, complaints

FILES = [source for source in sources() if source.below(*PRODUCT)]


def test_every_text_is_marked_and_none_inside_a_formatted_one() -> None:
    found = []
    for source in FILES:
        found += [f"{source.path}: {complaint}" for complaint in (*complaints(source), *formatted(source))]
        source.forget()
    assert not found, "\n".join([*found, "How texts are marked: channergy_crm/language.py"])


def formatted(source: Source) -> list[str]:
    """Who looks for texts to translate does not look in there."""
    calls = [call for node in source.every(ast.JoinedStr) for call in ast.walk(node) if isinstance(call, ast.Call)]
    marked = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext"}]
    return [f"line {call.lineno}" for call in marked if isinstance(call.args[0], ast.Constant)]


def test_a_text_marked_inside_a_formatted_one_is_noticed() -> None:
    assert formatted(Source("ui/a.py", "f'{_(\"Call\")} now'")) == ["line 1"]
