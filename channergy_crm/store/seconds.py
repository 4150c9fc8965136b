"""The store's own clock in seconds since 1970, so that workstations whose clocks differ agree."""

from __future__ import annotations

import peewee

from channergy_crm.store import database

CLOCK = {
    "sqlite": "CAST(strftime('%s', 'now') AS INTEGER)",  # unsaid: SQL
    "postgresql": "extract(epoch from clock_timestamp())::bigint",  # unsaid: SQL
}
"""by engine"""


def now() -> peewee.SQL:
    """This very second, as a part of a question."""
    on_server = database.on_server()
    return peewee.SQL(CLOCK["postgresql" if on_server else "sqlite"])  # sql: our own words
