"""What the program has done when its window is painted for the first time: no more than that needs."""

from __future__ import annotations

import builtins
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channergy_crm import records
from ui.compiled import INSIDE, compiled_once

if TYPE_CHECKING:
    from types import CodeType

ROOT = Path(__file__).parents[2]
START = """
import builtins, json, linecache, os, sys
plain = builtins.__import__
import main
main.opening.window_first = True
from channergy_crm import records
from ui import application
from ui.lists.table import RecordTable
from PySide6.QtCore import QObject

def told(self):
    styles = [kind.__name__ for kind in QObject.__subclasses__() if kind.__name__ == "QStyle"]
    print(json.dumps({
        "modules": sorted(sys.modules), "records": [record.__name__ for record in records.ALL],
        "sources read": [name for name in linecache.cache if name.startswith(OURS)],
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
    "asyncio", "channergy_crm.commands.portal", "channergy_crm.dialing",
    "channergy_crm.records.products", "channergy_crm.records.sales_documents", "channergy_crm.records.tickets",
    "channergy_crm.records.vendors", "channergy_crm.services.absences", "channergy_crm.services.calls",
    "channergy_crm.services.documents", "channergy_crm.services.events", "channergy_crm.services.figures",
    "channergy_crm.services.gate", "channergy_crm.services.queue", "channergy_crm.services.team_notices",
    "channergy_crm.text.days", "channergy_crm.transfer", "dateutil", "email", "html", "openpyxl", "phonenumbers",
    "playhouse", "psycopg", "pynput", "subprocess", "ui.documents", "ui.editors", "ui.forms", "ui.pages.facts",
    "ui.pages.leads", "ui.session.map", "ui.session.recent_notices", "ui.setup", "ui.shell.window_commands",
    "ui.transfer.wizard", "ui.widgets.dialog", "urllib3", "xml", "zoneinfo",
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
    assert start["records"] == [record.__name__ for record in records.ALL]  # as soon as somebody asks for all
    assert [name for name in records.__all__ if not hasattr(records, name)] == []


def test_what_pyside_brings_as_text_is_compiled_once(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder, path, compiled = tmp_path / "bytecode", f"{INSIDE}x.py", builtins.compile
    folder.mkdir()
    beside = str(folder / "__init__.cpython.pyc")

    def said(text: bytes) -> CodeType:
        with compiled_once(beside):
            found = compile(text, path, "exec")
        assert builtins.compile is compiled
        return found

    assert said(b"one = 1").co_names == ("one",)
    (kept,) = folder.iterdir()
    stamp = kept.stat().st_ino
    assert said(b"one = 1").co_names == ("one",)
    assert kept.stat().st_ino == stamp  # not written again
    assert said(b"two = 2").co_names == ("two",)  # PySide is another one now
    assert kept.stat().st_ino != stamp
    kept.write_bytes(b"nothing that was compiled")
    assert said(b"two = 2").co_names == ("two",)
    with compiled_once(None):  # where Python keeps no bytecode
        assert compile(b"one = 1", path, "exec").co_names == ("one",)


def test_its_patterns_are_kept_too(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder, written = tmp_path / "bytecode", r"(?P<first>[a-z]+) | (?P<second>\d+) # as long as those of PySide are"
    folder.mkdir()
    plain = re.compile(written, re.VERBOSE)
    for _start in range(2):
        re.purge()
        with compiled_once(str(folder / "__init__.cpython.pyc")):
            kept = re.compile(written, re.VERBOSE)
        assert kept is not plain
        assert kept == plain
        assert kept.fullmatch("12")["second"] == "12"
    assert len([*folder.iterdir()]) == 1
    re.purge()
    assert re.compile(written, re.VERBOSE) == plain
