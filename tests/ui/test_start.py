"""What the program has done when its window is painted for the first time: no more than that needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = """
import builtins, json, linecache, os, sys
plain = builtins.__import__
import main
from ui import application
from ui.lists.table import RecordTable
from PySide6.QtCore import QObject

def told(self):
    styles = [kind.__name__ for kind in QObject.__subclasses__() if kind.__name__ == "QStyle"]
    print(json.dumps({
        "modules": sorted(sys.modules), "sources read": [name for name in linecache.cache if name.startswith(OURS)],
        "hooked": builtins.__import__ is not plain, "styles": styles,
        "actions": len(self._window.actions()), "pages": len(self._window.tabs.pages),
        "lists": len(self._window.findChildren(RecordTable)),
    }), flush=True)
    os._exit(0)

OURS = tuple(os.path.join(sys.argv[2], name) for name in ("ui", "channergy_crm"))
application._FirstPaint._painted = told
sys.exit(main.open_window(sys.argv[1], None))
"""
WAITS = (
    "asyncio", "channergy_crm.dialing", "channergy_crm.text.days", "channergy_crm.transfer", "dateutil", "email",
    "html", "openpyxl", "phonenumbers", "playhouse", "psycopg", "pynput", "subprocess", "ui.editors", "ui.forms",
    "ui.pages.leads", "ui.setup", "ui.shell.window_commands", "ui.transfer.wizard", "urllib3", "xml",
    "zoneinfo",
)  # fmt: skip
"""what is loaded when somebody needs it"""


@pytest.fixture
def start(database_url, office, tmp_path):
    """What a process that has just opened its window says of itself."""
    surroundings = os.environ | {
        "CHANNERGY_CRM_HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    command = [sys.executable, "-c", START, database_url, str(ROOT)]
    ended = subprocess.run(command, env=surroundings, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def test_the_first_painted_window_has_done_no_more_than_it_needs(start, office):
    server = {"psycopg", "asyncio", "email", "subprocess", "zoneinfo"} if office.engine == "postgresql" else set()
    waits = tuple(f"{name}." for name in WAITS if name not in server)
    assert not [name for name in start["modules"] if f"{name}.".startswith(waits)]
    assert not start["sources read"]
    assert not start["hooked"]  # PySide would read the source of every module
    assert not start["styles"]  # made known to Python, it is the largest of all
    assert (start["pages"], start["lists"]) == (1, 1)
    assert start["actions"] <= 4  # the others wait for the painted window
