"""No label, tip, box or title is made past `ui/look/plain.py`: text of records is never drawn as markup (F-12)."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(path for path in (ROOT / "ui").rglob("*.py") if path != ROOT / "ui/look/plain.py")
TIPS = {"setToolTip", "setTabToolTip", "setStatusTip", "setWhatsThis"}
GUESSES = {"QMessageBox": {"warning", "information", "question", "critical", "about"}, "QToolTip": {"showText"},
           "QInputDialog": {"getText", "getItem", "getInt", "getMultiLineText"}}  # fmt: skip


def complaints(text: str) -> Iterator[str]:
    """What of a file lets Qt guess whether a text is markup."""
    tree, lines = ast.parse(text), text.splitlines()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (f"line {node.lineno}: {why}" for why in _call(node, lines))
        if isinstance(node, ast.ClassDef) and any(_name(base) == "QLabel" for base in node.bases):
            yield f"line {node.lineno}: a label that is no Label"
        if isinstance(node, ast.FunctionDef):
            yield from (f"line {node.lineno}: {why}" for why in _function(node))


def _call(node: ast.Call, lines: list[str]) -> Iterator[str]:
    name, owner = _name(node.func), _name(getattr(node.func, "value", None))
    if name == "QLabel":
        yield "a label that is no Label"
    if name in TIPS and not _trusted(node.args[-1]):
        yield "a tip without as_tip"
    if name == "setWindowTitle" and not _trusted(node.args[0]):
        yield "a title without titled"
    if name in GUESSES.get(owner, ()):
        yield f"{owner} guesses whether its text is markup"
    if name == "setHtml" and "# markup:" not in lines[node.lineno - 1]:
        yield "markup without a reason"


def _function(node: ast.FunctionDef) -> Iterator[str]:
    calls = {_name(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)}
    names = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    if "QMessageBox" in calls and "PlainText" not in names:
        yield "a box that guesses whether its text is markup"
    if "ToolTipRole" in names and not calls & {"as_tip", "setItemData"}:
        yield "tips of a model without as_tip"


def _trusted(node: ast.expr) -> bool:
    """Nothing, a sentence of ours without anything put into it, or what the one place made of it."""
    if isinstance(node, ast.IfExp):
        return _trusted(node.body) and _trusted(node.orelse)
    if isinstance(node, ast.Call):
        ours = _name(node.func) == "_" and len(node.args) == 1 and isinstance(node.args[0], ast.Constant)
        return ours or _name(node.func) in ("as_tip", "titled", "toolTip")
    return isinstance(node, ast.Constant) and not node.value


def _name(node: ast.expr | None) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def test_f12_text_is_shown_as_it_was_typed() -> None:
    found = [f"{path}: {complaint}" for path in FILES for complaint in complaints(path.read_text("utf-8"))]
    assert not found, "\n".join([*found, "Text of records is never drawn as markup: ui/look/plain.py"])


@pytest.mark.parametrize(
    "slip",
    ["QLabel(name, self)", "class Name(QLabel): pass", "self.setToolTip(name)", 'self.setToolTip(f"{name}")',
     'self.setToolTip(_("Call {name}").format(name=name))', "tabs.setTabToolTip(0, name)", "box.setWindowTitle(name)",
     "QMessageBox.warning(self, name, name)", "QToolTip.showText(at, name)", "QInputDialog.getText(self, name, name)",
     "paper.setHtml(name)", "def ask(): return QMessageBox(self)",
     "def data(self, index, role):\n    if role == ROLE.ToolTipRole:\n        return name"],
)  # fmt: skip
def test_f12_a_slip_is_noticed(slip: str) -> None:
    assert list(complaints(slip))
