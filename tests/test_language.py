"""Everything people read can be translated."""

from __future__ import annotations

import ast

from tests.house import Source, sources
from tests.sentences import PRODUCT, complaints

FILES = [source for source in sources() if source.below(*PRODUCT)]


def test_every_text_is_marked_and_none_inside_a_formatted_one() -> None:
    found = []
    for source in FILES:
        found += [
            f"{source.path}: {complaint}" for complaint in (*complaints(source), *formatted(source), *deep(source))
        ]
        source.forget()
    assert not found, "\n".join([*found, "How texts are marked: channergy_crm/language.py"])


def formatted(source: Source) -> list[str]:
    """Who looks for texts to translate does not look in there."""
    calls = [call for node in source.every(ast.JoinedStr) for call in ast.walk(node) if isinstance(call, ast.Call)]
    marked = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext"}]
    return [f"line {call.lineno}" for call in marked if isinstance(call.args[0], ast.Constant)]


def test_a_text_marked_inside_a_formatted_one_is_noticed() -> None:
    assert formatted(Source("ui/a.py", "f'{_(\"Call\")} now'")) == ["line 1"]


def deep(source: Source) -> list[str]:
    """Nor in a call in the name of a step, whose own words are looked for."""
    units = [
        call for call in source.every(ast.Call) if isinstance(call.func, ast.Attribute) and call.func.attr == "unit"
    ]
    inner = [each for call in units for each in call.args if isinstance(each, ast.Call) and not _marks(each)]
    return [f"line {call.lineno}" for each in inner for call in ast.walk(each) if _marks(call)]


def _marks(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "N_", "ngettext"}


def test_a_text_marked_deep_in_the_name_of_a_step_is_noticed() -> None:
    assert deep(Source("channergy_crm/a.py", 'work.unit(deed(N_("Call"), 1), by=by)')) == ["line 1"]
    assert not deep(Source("channergy_crm/a.py", 'work.unit(N_("Call"), by=by)'))
