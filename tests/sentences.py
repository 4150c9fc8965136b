"""What people read is marked: the rule that finds sentences nobody could translate.

    python -m tests.sentences ui/shell ui/pages/leads.py    what is not marked in these files

A text that looks like a sentence and is none (a style sheet, a search pattern) says so: `# unsaid: why` on its line.
A module full of such texts (sample data) says `# unsaid file: why` on a line of its own; whatever it hands to those who
speak to people (a mistake, a label) must be marked all the same.
"""

from __future__ import annotations

import ast
import re
import sys
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from channergy_crm.language import DECLARED
from tests.house import Source, last_name, sources
from tests.translations import declared

if TYPE_CHECKING:
    from collections.abc import Iterator

PRODUCT = ("channergy_crm", "ui", "main.py")

MARKS = {"_", "N_", "ngettext", "unit"}
UNITS = {"unit", "work.unit", "unit.say"}
ASKED = {"_", "ngettext", "N_", "unit", "say", "lower", "casefold"}
"""the last names of calls that are looked at"""
SAYING = {
    "Fact", "_entry", "_chip", "named",
    "Mistake", "Refused", "Surroundings", "FilterMistake", "Stopped", "say", "say_done", "warn", "Plain", "Remark",
    "QLabel", "QPushButton", "QToolButton", "QAction", "QCheckBox", "QGroupBox", "QMenu", "setText", "setToolTip",
    "Button", "IconButton", "Pill", "Tag", "CheckBox", "RadioButton", "Label", "Way",
    "setAccessibleName", "setAccessibleDescription", "setPlaceholderText", "setWindowTitle", "setTitle", "addMenu",
    "addAction", "setStatusTip", "setWhatsThis", "setInformativeText", "setLabelText", "addTab", "addButton", "warning",
    "question", "information", "critical", "button", "tell", "tell_all", "refuse", "ask", "announce", "print",
    "Finding", "add_argument", "add_parser", "add_subparsers", "ArgumentParser", "progress",
}  # fmt: skip
"""whoever calls these, or a private `_say`, speaks to people: every word counts, not sentences alone"""
SILENT = {
    "log", "_log", "logger", "logging", "re", "pattern", "execute", "execute_sql", "executemany", "executescript",
    "SQL", "setObjectName", "findChild", "findChildren", "setProperty", "RuntimeError", "ValueError", "TypeError",
    "KeyError", "AssertionError", "OutsideUnit", "Literal", "cast", "TypeVar", "getLogger", "setStyleSheet",
}  # fmt: skip
SIGNS = {"metavar"}
"""parts of what is typed at the command line, which the README names too"""
LOOKING_UP = {"get", "pop", "setdefault"}
"""what these are given first is a key"""
WHOLE = (ast.Constant, ast.Name, ast.Attribute, ast.Subscript)
WORDS = re.compile(r"[^\W\d_]+[,.:;!?…”)]*\s+[(“]?[^\W\d_]+")
WORD = re.compile(r"[^\W\d_]{2,}")
EXCLAIMED = re.compile(r"[“(]?[A-ZÄÖÜ][^\W\d_]+\s?[.…?!][”)]?")
"""a sentence of one word"""
TITLE = re.compile(r"[A-Z][a-z]+")
"""a word with a capital letter: on the screen a title, below it the name of a column"""
UNSAID_FILE = "# unsaid file: "
GLUED = re.compile(r"\{\}( \{\})+[.…?!]")
"""a sentence that is nothing but pieces"""
PUT_IN = "Xx"
"""stands for what is put into a glued text: some word"""
KEY = re.compile(r"\b(?:(?:Ctrl|Alt|Shift)\+)+\S+|\bEsc\b")
STYLE = re.compile(r"\{\s*[a-z-]+\s*:|^[a-z-]+:[^;]*;")
STATEMENT = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|WITH|DEFAULT|FROM|WHERE|ORDER|AND|OR|COPY|UNION|TEXT|BOOLEAN)\b"
)


@lru_cache(maxsize=1)
def parents_of(source: Source) -> dict[ast.AST, ast.AST]:
    """What each part of a file stands in; of the file that was asked for last."""
    return {child: node for node in source.nodes for child in ast.iter_child_nodes(node)}


def unmarked(source: Source) -> Iterator[str]:
    """Texts people read go through `_`, `N_`, `ngettext` or `work.unit`, in one piece (channergy_crm/language.py)."""
    parents = parents_of(source)
    for node in source.every(ast.Constant, ast.JoinedStr):
        if isinstance(parents.get(node), ast.JoinedStr):
            continue
        text = _text(node)
        if text and _is_said(source, node, text, parents) and not _is_unsaid(source, node):
            yield f"line {node.lineno}: {text}"


def mismarked(source: Source) -> Iterator[str]:
    """`_` gets one whole text, when it is shown: not a glued one, not while modules are loaded; nouns come from `one`,
    `many` and `counted`, not out of a lowered title; `_` has no other meaning where it is imported.
    """
    parents = parents_of(source)
    for call in source.every(ast.Call):
        if last_name(call.func) not in ASKED:
            continue
        name = ast.unparse(call.func)
        if name in ("_", "ngettext", "language._", "N_"):
            if not all(isinstance(each, WHOLE) for each in call.args[:2]):
                yield f"line {call.lineno}: {ast.unparse(call)[:60]} is put together before it is translated"
            if name != "N_" and not _is_in_function(call, parents):
                yield f"line {call.lineno}: {ast.unparse(call)[:60]} is translated while the module is loaded; use N_"
        if name in UNITS and isinstance(call.args[0], ast.JoinedStr | ast.BinOp):
            yield f"line {call.lineno}: {ast.unparse(call)[:60]} is put together; the journal keeps the message"
        if re.search(r"\b(singular|plural|label)\.(lower|casefold)$", name):
            yield f"line {call.lineno}: {name}: say one(record), many(record) or counted(record, n)"
    if any(alias.name == "_" for each in source.every(ast.ImportFrom) for alias in each.names):
        for each in source.every(ast.Name):
            if each.id == "_" and isinstance(each.ctx, ast.Store):
                yield f"line {each.lineno}: _ is the mark of a sentence; call what you throw away _name"
        yield from _given_away(source)


def _given_away(source: Source) -> Iterator[str]:
    for function in source.every(ast.FunctionDef, ast.Lambda):
        if "_" not in {each.arg for each in function.args.args}:
            continue
        if "_" in {ast.unparse(each.func) for each in ast.walk(function) if isinstance(each, ast.Call)}:
            yield f"line {function.lineno}: _ is what is given here, no mark; call what you throw away _name"


def _is_unsaid(source: Source, node: ast.expr) -> bool:
    return any("# unsaid: " in line for line in source.lines[node.lineno - 1 : node.end_lineno])


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _is_said(source: Source, node: ast.AST, text: str, parents: dict[ast.AST, ast.AST]) -> bool:
    text = KEY.sub("", text)
    if STATEMENT.match(text) or STYLE.search(text):
        return False
    loud, child, parent = False, node, parents.get(node)
    while parent is not None and not isinstance(parent, ast.Module):
        if _keeps_silent(child, parent, said=child is node) or _is_declared(node, child, parent, parents):
            return False
        if isinstance(parent, ast.FunctionDef):
            break
        loud = loud or (isinstance(parent, ast.Call) and _speaks(parent.func))
        child, parent = parent, parents.get(parent)
    glued, on_screen = isinstance(node, ast.JoinedStr), source.below("ui") and bool(TITLE.fullmatch(text))
    if not (on_screen or _is_sentence(text, glued=glued) or (loud and _is_word(text, glued=glued))):
        return False
    return loud or not any(line.startswith(UNSAID_FILE) for line in source.lines)


def _is_sentence(text: str, *, glued: bool) -> bool:
    """Two words; a word and what is put in beside it; several pieces and a full stop; a sentence of one word."""
    bare = text.replace("{}", "")
    if not WORD.search(bare):
        return glued and bool(GLUED.fullmatch(text))
    return bool(WORDS.search(text.replace("{}", PUT_IN)) or EXCLAIMED.fullmatch(bare))


def _is_word(text: str, *, glued: bool) -> bool:
    """What somebody who speaks to people would say, and no name of a widget or an icon."""
    bare = text.replace("{}", "")
    return bool(WORD.search(bare)) and (bare[:1].isupper() or bare.strip() != bare or (glued and " " in text))


def _speaks(function: ast.expr) -> bool:
    return _last_name(function).lstrip("_") in SAYING


def _keeps_silent(child: ast.AST, parent: ast.AST, *, said: bool) -> bool:
    """What is marked, a docstring, a type, something that is looked for, or what only programs read."""
    if isinstance(parent, ast.Call) and child is not parent.func:
        name = _last_name(parent.func)
        is_key = name in LOOKING_UP and isinstance(parent.func, ast.Attribute) and child in parent.args[:1]
        return is_key or name in MARKS | SILENT or _first_name(parent.func) in SILENT
    if isinstance(parent, ast.Assign):
        return ast.unparse(parent.targets[0]) in ("singular", "plural", "__all__")
    if isinstance(parent, ast.FunctionDef):
        return child is parent.returns
    if isinstance(parent, ast.keyword | ast.Subscript):
        return child is parent.slice if isinstance(parent, ast.Subscript) else parent.arg in SIGNS
    return (said and isinstance(parent, ast.Expr | ast.Compare)) or child is getattr(parent, "annotation", None)


def _is_declared(node: ast.AST, child: ast.AST, parent: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """What is declared while modules are loaded is read off the declarations; in a function nobody would find it."""
    declares = isinstance(parent, ast.Call) and child is not parent.func and _last_name(parent.func) in _declaring()
    return declares and not _is_in_function(node, parents)


def _is_in_function(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            return True
    return False


def _last_name(function: ast.expr) -> str:
    return ast.unparse(function).split(".")[-1].split("[")[0]


def _first_name(function: ast.expr) -> str:
    return ast.unparse(function).split(".")[0]


@cache
def _declaring() -> set[str]:
    """Classes whose texts are read off the declarations."""
    list(declared())  # loads them all
    found, left = set(), list(DECLARED)
    while left:
        each = left.pop()
        found.add(each.__name__)
        left += each.__subclasses__()
    return found


def complaints(source: Source) -> list[str]:
    """Everything a file says wrongly."""
    return [*unmarked(source), *mismarked(source)]


def main(arguments: list[str]) -> int:
    """Print what is not marked in some files."""
    product = [source for source in sources() if source.below(*PRODUCT)]
    wanted = [source for source in product if any(source.path.startswith(path.strip("./")) for path in arguments)]
    for source in wanted:
        for complaint in complaints(source):
            print(f"{source.path}, {complaint}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
