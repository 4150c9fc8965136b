"""Which test proves which row of the five documents: `python -m tests.rows`, one row with its id, or `--missing`.

A row is proved where a test that fails without it names it: in its own name (`test_ch40_…`, `test_ch86_to_ch114_…`), in
its own docstring (`CH-40`, also `CH-31/32`, `CH-31, 32`, `VT-139…VT-141`), in what it is parametrized with, or in what
one of its assertions says. What a module or a comment says proves nothing and does not count.
"""

from __future__ import annotations

import argparse
import ast
import re
import signal
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TESTS = Path(__file__).resolve().parent
DOCUMENTS = {"CH": 156, "VT": 193, "SI": 41, "VP": 58, "VS": 23}
BEYOND = {"BX": 52}
"""What goes beyond the documents is listed too, and demanded of nobody."""

GROUP = "|".join((*DOCUMENTS, *BEYOND))
IN_A_NAME = re.compile(rf"_({GROUP.lower()})(\d+)(?:_to_\1(\d+))?(?=_|$)")
IN_WORDS = re.compile(rf"\b({GROUP})-(\d+)((?:(?: ?… ?|/|, )(?:\1-)?\d+(?![\d.%]))*)")
AND_THEN = re.compile(r"(…|/|,) ?(?:[A-Z]{2}-)?(\d+)")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def rows(groups: dict[str, int] = DOCUMENTS) -> list[str]:
    """Every row there is, in the order of the documents."""
    return [f"{group}-{number}" for group, last in groups.items() for number in range(1, last + 1)]


def named_in(words: str) -> Iterator[str]:
    """The rows a sentence names, one by one; from one to another are all between."""
    for group, first, more in IN_WORDS.findall(words):
        last = int(first)
        yield f"{group}-{last}"
        for sign, number in AND_THEN.findall(more):
            between = range(last + 1, int(number)) if sign == "…" else ()
            yield from (f"{group}-{each}" for each in (*between, int(number)))
            last = int(number)


def named_by(test: Function, constants: dict[str, ast.expr]) -> Iterator[str]:
    """The rows a test names: in its name, its docstring, its parameters and its assertions."""
    for group, first, last in IN_A_NAME.findall(test.name):
        yield from (f"{group.upper()}-{number}" for number in range(int(first), int(last or first) + 1))
    given = [each for decorator in test.decorator_list for each in ast.walk(decorator)]
    given += [
        each
        for name in given
        if isinstance(name, ast.Name) and name.id in constants
        for each in ast.walk(constants[name.id])
    ]
    said = [each.msg for each in ast.walk(test) if isinstance(each, ast.Assert) and each.msg]
    for part in (*given, *(each for message in said for each in ast.walk(message))):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield from named_in(part.value)
    yield from named_in(ast.get_docstring(test) or "")


def tests_of(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Each test of a file and the rows it names."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value
        for target in (statement.targets if isinstance(statement, ast.Assign) else [statement.target])
        if isinstance(target, ast.Name)
    }
    classes = [each for each in tree.body if isinstance(each, ast.ClassDef) and each.name.startswith("Test")]
    for body, within in ((tree.body, ""), *((each.body, f"{each.name}::") for each in classes)):
        for test in body:
            if isinstance(test, Function) and test.name.startswith("test_"):
                yield f"{path.relative_to(TESTS.parent)}::{within}{test.name}", set(named_by(test, constants))


def proofs() -> dict[str, list[str]]:
    """Every row that is named, and the tests that name it."""
    found = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        for test, named in tests_of(path):
            for row in named:
                found[row].append(test)
    return dict(found)


def missing(proved: Iterable[str]) -> list[str]:
    """The rows of the documents that no test names."""
    known = set(proved)
    return [row for row in rows() if row not in known]


def main(arguments: Sequence[str]) -> int:
    """Say which tests name which row; 1 when some are named by none."""
    parser = argparse.ArgumentParser(prog="python -m tests.rows", description=__doc__)
    parser.add_argument("row", nargs="*", help="only these, such as CH-40; otherwise all")
    parser.add_argument("--missing", action="store_true", help="only those that no test names")
    asked = parser.parse_args(arguments)
    proved = proofs()
    lacking = missing(proved)
    wanted = lacking if asked.missing else [row.upper() for row in asked.row] or [*rows(), *rows(BEYOND)]
    for row in wanted:
        print(f"{row:7} {(chr(10) + ' ' * 8).join(proved.get(row, ['-']))}")
    if not asked.row:
        print(f"{len(rows()) - len(lacking)} of {len(rows())} rows are named in a test, {len(lacking)} are not.")
    return int(any(row not in proved for row in wanted if row in rows()))


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # whoever pages through it may stop
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))
