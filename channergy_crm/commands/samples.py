"""The sample offices: one that is gone when its window is closed, and one to come back to."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from channergy_crm.settings import Station, home
from channergy_crm.store import addresses, database

OPERATOR = "ANN"

Open = Callable[[str, "str | None"], int]


def open_passing(window: Open) -> int:
    """A sample office that is gone when its window is closed, and leaves this workstation's own settings alone."""
    folder = Path(tempfile.mkdtemp(prefix="channergy-crm-demo-"))
    try:
        return _open_in(folder, window)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def open_kept(window: Open) -> int:
    """The sample office of the data folder; the settings of this workstation go along the first time."""
    station, folder = Station().path, home() / "sample"
    folder.mkdir(parents=True, exist_ok=True)
    if station.exists() and not (folder / station.name).exists():
        shutil.copy(station, folder)
    return _open_in(folder, window)


def _open_in(folder: Path, window: Open) -> int:
    from channergy_crm import demo

    os.environ["CHANNERGY_CRM_HOME"] = str(folder)
    url = addresses.url_of(folder / "office.db")
    office = database.open_database(url)
    try:
        demo.fill_if_empty(office)
    finally:
        office.close()
    return window(url, OPERATOR)
