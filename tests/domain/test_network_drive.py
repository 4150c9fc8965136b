"""An office's file on a network drive: one workstation at a time, and the second one is told who has it (C15)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from channergy_crm.store import network
from channergy_crm.store.database import open_database
from tests.house import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path("/dev/shm")
SECOND = """
import sys
from channergy_crm.errors import CRMError
from channergy_crm.store import network
from channergy_crm.store.database import open_database
network.NETWORK_FILE_SYSTEMS.add("tmpfs")
try:
    open_database(sys.argv[1]).close()
except CRMError as error:
    print(error.message)
"""


@pytest.fixture
def drive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder on a drive that counts as one of the network."""
    if network_of(SHARED) != "tmpfs":
        pytest.skip("there is no second file system here")
    folder = SHARED / tmp_path_factory.mktemp("drive").name
    folder.mkdir()
    network.NETWORK_FILE_SYSTEMS.add("tmpfs")
    yield folder
    network.NETWORK_FILE_SYSTEMS.discard("tmpfs")
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def network_of(folder: Path) -> str:
    lines = Path("/proc/mounts").read_text("utf-8").splitlines() if Path("/proc/mounts").exists() else []
    return next((line.split(" ")[2] for line in lines if line.split(" ")[1] == str(folder)), "")


def second(url: str) -> str:
    """What another program says that opens the same office."""
    done = subprocess.run([sys.executable, "-c", SECOND, url], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_c15_one_workstation_at_a_time_and_the_second_one_is_told_who_has_it(drive: Path) -> None:
    url = f"sqlite:///{drive / 'office.db'}"
    office = open_database(url)
    assert "network drive" in office.warning and "this one now" in office.warning
    assert office.database.execute_sql("PRAGMA journal_mode").fetchone()[0] == "delete"
    open_database(url).close()
    said = second(url)
    assert "works in this office" in said and " at " in said and "PostgreSQL" in said
    office.close()
    network._seats.pop(network.seat_of(drive / "office.db")).let_go()
    assert second(url) == ""


def test_two_programs_on_one_local_file_work_as_ever() -> None:
    with TemporaryDirectory(dir="/var/tmp") as disk:  # the folders of tests lie where the drive above lies
        url = f"sqlite:///{disk}/office.db"
        office = open_database(url)
        assert office.warning == "" and second(url) == ""
        assert not network.seat_of(Path(disk) / "office.db").exists()
        office.close()
