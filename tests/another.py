"""Another window of the same office, without a screen: a process that does what it is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

WORK = """
import json, sys
from channergy_crm.records import *
from channergy_crm.records.office import OfficeSetting
from channergy_crm.services import *
from channergy_crm.services import (
    conversion, custom_fields, hand_lists, leads, lookups, office, operators, rights, saving, tasks, team_notices,
    views,
)
from channergy_crm import settings
from channergy_crm.store import database
opened = database.open_database(sys.argv[1])
for line in sys.stdin:
    try:
        custom_fields.look(rights.Program.ITSELF)
        given = eval(json.loads(line))
        given = getattr(given, "key", given)
        print(json.dumps([True, given if isinstance(given, (str, int)) else None]), flush=True)
    except Exception as error:
        print(json.dumps([False, f"{type(error).__name__}: {error}"]), flush=True)
opened.close()
"""


class Another:
    """What another window does."""

    def __init__(self, process: Any) -> None:
        self._process = process

    def does(self, what: str) -> Any:
        """One expression; returns when it is done."""
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        done, given = json.loads(self._process.stdout.readline())
        assert done, given
        return given


@contextmanager
def window(url: str, home: Path) -> Iterator[Another]:
    """Another window over this office, with a home of its own."""
    surroundings = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "CHANNERGY_CRM_HOME": str(home)}
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, url], env=surroundings, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        yield Another(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(20)
        assert process.stdout is not None
        process.stdout.close()
