"""What an installer says about the program: its version, what is new in it, how it looks."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NAME, TITLE = "channergy-crm", "Channergy CRM"


def version() -> str:
    """As the package says it; read, not imported, so that nothing need be installed."""
    said = (ROOT / "channergy_crm" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', said, re.MULTILINE)
    assert found, "channergy_crm/__init__.py says no version"
    return found[1]


def news() -> str:
    """What is new in it, in a line: the first sentence of the changelog, of this version or else of the newest."""
    said = (ROOT / "CHANGELOG.md").read_text("utf-8")
    sections = re.split(r"^## ", said, flags=re.MULTILINE)[1:]
    own = next((one for one in sections if version() in one.partition("\n")[0]), sections[0] if sections else "")
    head = re.search(r"^- (.+?)(?=^- |^#|\Z)", own, re.MULTILINE | re.DOTALL)
    line = " ".join(head[1].replace("*", "").split()) if head else ""
    return line.split(". ")[0][:200]


def last_changed() -> str:
    """Seconds of the latest commit: the same sources make the same files."""
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    said = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()
    return said or "1700000000"


def draw_icons(into: Path) -> None:
    """The icon in the three ways of the three systems."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication, QIcon

    app = QGuiApplication.instance() or QGuiApplication([])
    into.mkdir(parents=True, exist_ok=True)
    drawn = QIcon(str(ROOT / "resources" / "app.svg")).pixmap(256, 256).toImage()
    for kind in ("png", "ico", "icns"):
        if not drawn.save(str(into / f"{NAME}.{kind}")):
            raise SystemExit(f"Qt draws no .{kind} here")
    del app
