"""A workstation whose program ends without a word: it opens the office, types, and is gone (run as a process)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TYPE = """
import os, sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from channergy_crm.settings import home
from ui.application import open_office

app = QApplication([])
window = open_office(sys.argv[1], "ADMIN")
window.show()
kind, number, field, text = sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5]
window.go_to(kind, number) if number else window.findChild(object, "leads.page") and window.tabs.setCurrentIndex(1)
if not number:
    from PySide6.QtWidgets import QPushButton
    window.findChild(QPushButton, "leads.create").click()
editor = window.findChild(object, field)
while not editor.isVisible():
    app.processEvents()
QTest.keyClicks(editor, text)
while not list((home() / "drafts").glob("*/*.json")):
    app.processEvents()
os._exit(9)
"""


def die_while_typing(url: str, home: Path, kind: str, number: int, field: str, text: str) -> None:
    """Type `text` into a field of that record (0 for a new lead) at another process, which then dies."""
    surroundings = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "CHANNERGY_CRM_HOME": str(home)}
    command = [sys.executable, "-c", TYPE, url, kind, str(number), field, text]
    died = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60)
    assert died.returncode == 9, died.stderr
