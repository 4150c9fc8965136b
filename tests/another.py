"""Another window of the same office, without a screen: a process that does what it is told.

To start Python and to import the services takes a second, so one process does that once and splits for each window.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

WORK = """
import json, os, signal, socket, sys
from channergy_crm.records import *
from channergy_crm.records.office import OfficeSetting
from channergy_crm.services import *
from channergy_crm.services import (
    conversion, custom_fields, hand_lists, leads, lookups, office, operators, rights, saving, tasks, team_notices,
    views,
)
from channergy_crm import settings
from channergy_crm.store import database

listening = socket.socket(socket.AF_UNIX)
listening.bind(sys.argv[1])
listening.listen()
print(flush=True)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that have split off
while True:
    told, _ = listening.accept()
    if os.fork() == 0:
        break
    told.close()
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
listening.close()
lines = told.makefile("rw")
url, surroundings = json.loads(lines.readline())
os.environ.clear()
os.environ.update(surroundings)
opened = database.open_database(url)
for line in lines:
    try:
        custom_fields.look(rights.Program.ITSELF)
        given = eval(json.loads(line))
        given = getattr(given, "key", given)
        answer = [True, given if isinstance(given, (str, int)) else None]
    except Exception as error:
        answer = [False, f"{type(error).__name__}: {error}"]
    lines.write(json.dumps(answer) + "\\n")
    lines.flush()
opened.close()
"""


class Another:
    """What another window does."""

    def __init__(self, lines: Any) -> None:
        self._lines = lines

    def does(self, what: str) -> Any:
        """One expression; returns when it is done."""
        self.hears(what)
        done, given = json.loads(self._lines.readline())
        assert done, given
        return given

    def hears(self, what: object) -> None:
        """One line, which is not waited for."""
        self._lines.write(json.dumps(what) + "\n")
        self._lines.flush()


@cache
def _splitting() -> str:
    """Where the process listens that splits for each window; it ends with this one."""
    folder = tempfile.TemporaryDirectory(prefix="another")
    place = str(Path(folder.name, "there"))
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, place],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}, text=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()

    def end() -> None:
        process.terminate()
        process.communicate(timeout=20)
        folder.cleanup()

    atexit.register(end)
    return place


@contextmanager
def window(url: str, home: Path) -> Iterator[Another]:
    """Another window over this office, with a home of its own."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(60)
        line.connect(_splitting())
        with line.makefile("rw") as lines:
            there = Another(lines)
            there.hears([url, os.environ | {"CHANNERGY_CRM_HOME": str(home)}])
            try:
                yield there
            finally:
                line.shutdown(socket.SHUT_WR)
                line.settimeout(20)
                lines.read()  # until it has closed the office and has gone
