"""The rules of the house, read off the sources: what may import what, how long a thing may be, what is never written.

Each rule is a function that yields its complaints about one file. Its docstring is what a failing test tells you.
`test_architecture.py` asks every rule about every file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent

HEAVY = {
    "phonenumbers", "pynput", "pyperclip", "dateparser", "sqlite_utils", "psycopg", "charset_normalizer", "xlsxwriter",
    "vobject", "rapidfuzz", "argon2", "pyrage", "backports", "keyring", "mailmerge", "lxml", "oxmsg",
    "segno", "facturx", "drafthorse", "pypdf", "waitress", "jinja2",
}  # fmt: skip
OWN = {"channergy_crm", "ui", "tests"}

# Qt, peewee and logging call these by name; their own documentation says what they do.
OVERRIDES = {
    "data", "setData", "index", "parent", "rowCount", "columnCount", "headerData", "flags", "roleNames",
    "canFetchMore", "fetchMore", "sort", "lessThan", "filterAcceptsRow", "mimeData", "dropMimeData",
    "supportedDropActions", "paint", "createEditor", "setEditorData", "setModelData", "updateEditorGeometry",
    "displayText", "initStyleOption", "sizeHint", "minimumSizeHint", "heightForWidth", "hasHeightForWidth", "itemAt",
    "count", "takeAt", "addItem", "setGeometry", "event", "eventFilter", "run", "accept", "reject", "nextId",
    "isComplete", "initializePage", "cleanupPage", "validatePage", "validate", "fixup", "selectAll", "db_value",
    "python_value", "emit", "bind", "createHandle", "mimeTypes", "paintSection", "sectionSizeFromContents",
    "moveCursor", "keyboardSearch", "textFromValue", "valueFromText", "stepBy", "styleHint", "pixelMetric",
    "drawControl", "drawPrimitive",
}  # fmt: skip
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "X" * 3)
WIDGET_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
EMPTY_NAME = re.compile(r"(Manager|Helper|Utils?)(?![a-z])|^(.*_)?(managers?|helpers?|utils?)(_.*)?\.py$")

FIELDS = "channergy_crm/fields/"
PRODUCT = ("channergy_crm", "ui", "main.py")
EVERYTHING = (*PRODUCT, "migrations", "tests")

Node = TypeVar("Node", bound=ast.AST)
Complaints = Iterator[str]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file, and what it says."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def below(self, *folders: str) -> bool:
        return self.path.split("/")[0] in folders

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree, walked once: a dozen rules ask for it."""
        return tuple(ast.walk(self.tree))

    def forget(self) -> None:
        """Keep its tree no longer: those of all files together are a gigabyte."""
        self.__dict__.pop("tree", None)
        self.__dict__.pop("nodes", None)

    def every(self, *types: type[Node]) -> Iterator[Node]:
        return (node for node in self.nodes if isinstance(node, types))


Check = Callable[[Source], Complaints]
RULES: dict[Check, tuple[str, ...]] = {}


def rule(*folders: str) -> Callable[[Check], Check]:
    """A rule for the files of these folders."""

    def note(check: Check) -> Check:
        RULES[check] = folders
        return check

    return note


@cache
def sources() -> tuple[Source, ...]:
    folders = ("channergy_crm", "ui", "migrations", "tests")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")] + [ROOT / "main.py"]
    return tuple(
        Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in sorted(paths) if path.exists()
    )


# ---------------------------------------------------------------- what may import what


def imports(source: Source, nodes: Iterator[ast.AST] | None = None) -> Iterator[tuple[str, int]]:
    """Every imported name in full, relative ones too, with its line."""
    for node in nodes or source.nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = source.path.removesuffix(".py").split("/")[: -node.level] if node.level else []
            start = ".".join([*package, *([node.module] if node.module else [])])
            yield from ((f"{start}.{alias.name}", node.lineno) for alias in node.names)


@rule("migrations")
def migrations_stay_as_they_were(source: Source) -> Complaints:
    """A migration is frozen: plain peewee, nothing of ours, because ours changes and the migration must not."""
    for name, line in imports(source):
        if name.split(".")[0] in OWN:
            yield f"line {line} imports {name}"


@rule("ui")
def only_the_form_opens_a_unit(source: Source) -> Complaints:
    """Services open units of work. In ui only forms/form.py does, to save; everything else calls a service."""
    if source.path != "ui/forms/form.py":
        for call in source.every(ast.Call):
            if last_name(call.func) == "unit" and ast.unparse(call.func) in ("work.unit", "unit"):
                yield f"line {call.lineno} opens a unit"


def last_name(node: ast.expr) -> str:
    """`sleep` of `time.sleep`: what a thing is called, quickly; to write it out whole takes a hundred times as long."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


READS = {"select", "find", "get_or_none", "get_by_id", "exists"}


def record_names(source: Source) -> set[str]:
    """What stands for a type of record: names that come from records/, and what is called `record`."""
    taken = {name.rpartition(".")[2] for name, _ in imports(source) if name.startswith("channergy_crm.records.")}
    return {name for name in taken if name[:1].isupper()} | {"record", "record_type", "type(record)"}


@rule("ui")
def the_screen_reads_records_through_services(source: Source) -> Complaints:
    """Whoever reads a record asks for rights: call services/reading (or `session.find`) instead of the record type."""
    known = record_names(source)
    for call in source.every(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr in READS:
            asked = ast.unparse(call.func.value)
            if asked in known or asked.rpartition(".")[2] in ("record", "query") or "record)" in asked:
                yield f"line {call.lineno} reads {asked}"
    for name, line in imports(source):
        if name in ("channergy_crm.access", "channergy_crm.work.undo", "channergy_crm.store.database.region"):
            yield f"line {line} imports {name}"


def at_import(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """What runs when the module is imported."""
    for node in body:
        if isinstance(node, Function) or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)):
            continue
        yield node
        for part in ("body", "orelse", "finalbody"):
            yield from at_import(getattr(node, part, []))
        for handler in getattr(node, "handlers", []):
            yield from at_import(handler.body)


@rule(*PRODUCT)
def heavy_things_are_fetched_when_used(source: Source) -> Complaints:
    """The program starts in a blink: import these inside the function that uses them, not at the top of the module."""
    for name, line in imports(source, at_import(source.tree.body)):
        if name.split(".")[0] in HEAVY:
            yield f"line {line} imports {name} at start-up"


@rule(*EVERYTHING)
def everything_imported_is_named(source: Source) -> Complaints:
    """Name what you import: a star hides where things come from and makes the start slow."""
    for name, line in imports(source):
        if name.endswith(".*"):
            yield f"line {line} imports {name}"


@cache
def kinds() -> frozenset[str]:
    """The names of the kinds of field: every class below `Kind` in channergy_crm/fields."""
    found = {"Kind"}
    held = [node for source in sources() if source.path.startswith(FIELDS) for node in source.every(ast.ClassDef)]
    for _ in held:  # a kind may stand above the one it is made from
        bases = {node.name: {ast.unparse(base).split("[")[0] for base in node.bases} for node in held}
        found |= {name for name, made_from in bases.items() if made_from & found}
    return frozenset(found - {"Kind"})


@rule("channergy_crm", "ui")
def a_kind_carries_its_own_behaviour(source: Source) -> Complaints:
    """What a kind of field means stands on the kind, in channergy_crm/fields: ask it, not which class it is."""
    for call in source.every(ast.Call) if not source.path.startswith(FIELDS) else ():
        if isinstance(call.func, ast.Name) and call.func.id in ("isinstance", "issubclass") and len(call.args) == 2:
            asked = {node.id for node in ast.walk(call.args[1]) if isinstance(node, ast.Name)}
            asked |= {node.attr for node in ast.walk(call.args[1]) if isinstance(node, ast.Attribute)}
            if named := sorted(asked & kinds()):
                yield f"line {call.lineno} asks for {', '.join(named)}"


# ---------------------------------------------------------------- how long a thing may be


@rule(*PRODUCT, "tests")
def things_stay_short(source: Source) -> Complaints:
    """A module has at most 400 lines (ui/shell/window.py 250), a function 40, a class 25 methods. Take a part out."""
    limit = 250 if source.path == "ui/shell/window.py" else 400
    if len(source.lines) > limit:
        yield f"the module has {len(source.lines)} lines, {limit} are allowed"
    for node in source.every(ast.FunctionDef, ast.AsyncFunctionDef):
        if (length := (node.end_lineno or 0) - node.lineno + 1) > 40:
            yield f"line {node.lineno}: {node.name} has {length} lines, 40 are allowed"
    for node in source.every(ast.ClassDef):
        if (methods := len({part.name for part in node.body if isinstance(part, Function)})) > 25:
            yield f"line {node.lineno}: {node.name} has {methods} methods, 25 are allowed"


# ---------------------------------------------------------------- what everything says about itself


def classes(source: Source) -> dict[str, ast.ClassDef]:
    return {node.name: node for node in source.every(ast.ClassDef)}


@cache
def all_classes() -> dict[str, ast.ClassDef]:
    product = (source for source in sources() if not source.below("tests", "migrations"))
    return {name: node for source in product for name, node in classes(source).items()}


def is_explained_above(method: str, owner: ast.ClassDef, known: dict[str, ast.ClassDef]) -> bool:
    """Does a class this one is made from explain the method already?"""
    for base in owner.bases:
        parent = known.get(ast.unparse(base).split("[")[0].split(".")[-1])
        if parent is None or parent is owner:
            continue
        for part in parent.body:
            if isinstance(part, Function) and part.name == method and ast.get_docstring(part):
                return True
        if is_explained_above(method, parent, known):
            return True
    return False


def speaks_for_itself(function: Function) -> bool:
    decorators = " ".join(ast.unparse(decorator) for decorator in function.decorator_list)
    qt_calls_it = function.name in OVERRIDES or function.name.endswith("Event")
    return qt_calls_it or bool(re.search(r"\bproperty\b|\.(setter|deleter|getter)\b|\boverload\b", decorators))


def unexplained(body: list[ast.stmt], owner: ast.ClassDef | None, known: dict[str, ast.ClassDef]) -> Complaints:
    for node in body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_") or node.name == "Meta":
            continue
        if isinstance(node, ast.ClassDef):
            yield from unexplained(node.body, node, known)
        elif owner and (speaks_for_itself(node) or is_explained_above(node.name, owner, known)):
            continue
        if not ast.get_docstring(node):
            yield f"line {node.lineno}: {node.name} has no docstring"


@rule(*EVERYTHING)
def everything_public_is_explained(source: Source) -> Complaints:
    """A docstring on every public module, class, function and method, in the words of the people who use the CRM."""
    if source.text.strip() and not ast.get_docstring(source.tree):
        yield "the module has no docstring"
    if not source.below("tests", "migrations"):
        known = {**all_classes(), **classes(source)} if any(source.every(ast.ClassDef)) else {}
        yield from unexplained(source.tree.body, None, known)


@rule(*EVERYTHING)
def names_say_something(source: Source) -> Complaints:
    """Manager, Helper and Utils say nothing: name the thing after what it is or does."""
    names = [(1, source.path.split("/")[-1])]
    names += [(node.lineno, node.name) for node in source.every(ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)]
    yield from (f"line {line}: {name}" for line, name in names if EMPTY_NAME.search(name))


def object_names(source: Source) -> Iterator[tuple[ast.expr, int]]:
    for call in source.every(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "setObjectName" and call.args:
            yield call.args[0], call.lineno
        yield from ((keyword.value, call.lineno) for keyword in call.keywords if keyword.arg == "objectName")


@rule("ui")
def widgets_are_named_by_their_screen(source: Source) -> Complaints:
    """An object name is `screen.word`, in small letters: `leads.first_name`, `accounts.opportunities.create_task`."""
    for value, line in object_names(source):
        parts = value.values if isinstance(value, ast.JoinedStr) else [value]
        if isinstance(value, ast.JoinedStr | ast.Constant):
            # What is filled in may hold the dot itself.
            name = "".join(str(part.value) if isinstance(part, ast.Constant) else "x.x" for part in parts)
            if not WIDGET_NAME.fullmatch(name):
                yield f"line {line}: {ast.unparse(value)}"


# ---------------------------------------------------------------- what is never written


@rule("ui", "tests")
def nobody_sleeps(source: Source) -> Complaints:
    """Tests and the window wait for an event or a condition (qtbot.waitUntil, waitSignal, a timer), not for a time."""
    sleeps = ("time.sleep", "sleep", "qtbot.wait", "QTest.qWait", "QTest.qSleep", "QThread.sleep", "QThread.msleep")
    last = {each.rpartition(".")[2] for each in sleeps}
    for call in source.every(ast.Call):
        if last_name(call.func) in last and ast.unparse(call.func) in sleeps:
            yield f"line {call.lineno}: {ast.unparse(call)}"


@rule(*EVERYTHING)
def nothing_is_left_for_later(source: Source) -> Complaints:
    """What is not done goes to the list of issues, not into a comment."""
    for number, line in enumerate(source.lines, 1):
        # Beside a hyphen it is part of a pattern, as in the form of a telephone number.
        if re.search(rf"(?<![-\w])({'|'.join(UNFINISHED)})(?![-\w])", line):
            yield f"line {number}: {line.strip()}"


@rule(*PRODUCT, "tests")
def everybody_gets_what_it_needs(source: Source) -> Complaints:
    """Pass, don't fetch: give the constructor what it needs instead of asking QApplication for it."""
    for node in source.every(ast.Attribute, ast.Name):
        if last_name(node) in ("instance", "qApp") and re.search(r"Application\.instance$|^qApp$", ast.unparse(node)):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def is_fixed_text(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return is_fixed_text(node.left) and is_fixed_text(node.right)
    if isinstance(node, ast.JoinedStr):
        return all(is_fixed_text(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return is_fixed_text(node.value)
    # A name in capitals is a constant of ours.
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def is_built_text(node: ast.AST) -> bool:
    """Text put together while the program runs: an f-string, a + or %, "…".format(…)."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr == "format" and isinstance(node.func.value, ast.Constant)
    return isinstance(node, ast.BinOp | ast.JoinedStr) and not is_fixed_text(node)


@rule(*EVERYTHING)
def sql_is_not_glued_together(source: Source) -> Complaints:
    """Values travel as parameters. Where names must be put into a statement, say why they are safe: `# sql: reason`."""
    asks = {"execute", "execute_sql", "executemany", "executescript", "SQL"}
    for call in source.every(ast.Call):
        if last_name(call.func) not in asks or not call.args or not is_built_text(call.args[0]):
            continue
        lines = "\n".join(source.lines[call.lineno - 1 : call.end_lineno])
        if not re.search(r"# sql: \S", lines):
            yield f"line {call.lineno}: {ast.unparse(call)[:100]}"
