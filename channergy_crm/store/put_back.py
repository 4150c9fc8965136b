"""That a backup was put back, or an office moved from a copy that may be older, is noted in the office: it knows
nothing of what other systems have been told since.
"""
# unsaid file: SQL

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from channergy_crm.clock import now
from channergy_crm.store import database
from channergy_crm.store.addresses import existing, sqlite_path

if TYPE_CHECKING:
    from datetime import datetime

NOTED = "put back"
"""where it stands among the notes of the sync, until both sides were put together again"""
TABLE = "CRMSyncState"
SYNCED = """EXISTS (SELECT 1 FROM "CRMSyncLinks")
    OR EXISTS (SELECT 1 FROM "CRMSettings" WHERE "Name" = 'viper.on' AND "Value" = 'on')"""
WRITE = """INSERT INTO "CRMSyncState" ("Kind", "Cursor", "ReadDt") SELECT {mark}, '', {moment} WHERE {synced}
    ON CONFLICT ("Kind") DO NOTHING"""


def note(url: str) -> bool:
    """Of the office at `url`, where it is synced or was; one that is older than the sync knows nothing that is old.
    Whether it is noted from now on.
    """
    path, moment = sqlite_path(url), now()
    if path:
        with closing(sqlite3.connect(existing(path), uri=True, timeout=15)) as file, file:
            if not file.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [TABLE]).fetchone():
                return False
            # sql: marks, and our own condition
            return file.execute(WRITE.format(mark="?", moment="?", synced=SYNCED), [NOTED, str(moment)]).rowcount > 0
    return _on_server(url, moment)


def _on_server(url: str, moment: datetime) -> bool:
    held = database.server(url)
    try:
        with database.writing(), held.atomic():
            if not held.table_exists(TABLE):
                return False
            # sql: marks, and our own condition
            done = held.execute_sql(WRITE.format(mark="%s", moment="%s", synced=SYNCED), [NOTED, moment])
            return bool(done.rowcount > 0)
    finally:
        held.close()
