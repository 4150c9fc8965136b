"""Loads the PostgreSQL driver of peewee only when an office lies on such a server.

peewee takes the driver along as soon as it is installed, and that alone takes longer than all of peewee. Most offices
are one file and never need it.
"""

from __future__ import annotations

import sys


def _import_peewee() -> None:
    """The first import of peewee decides, so this one comes before all others; see `channergy_crm/__init__.py`."""
    if "peewee" in sys.modules or "psycopg" in sys.modules:
        return
    sys.modules["psycopg"] = None  # type: ignore[assignment]  # how Python is told that there is none
    try:
        import peewee  # noqa: F401
    finally:
        del sys.modules["psycopg"]


def fetch() -> None:
    """Give peewee the driver after all. Raises ImportError where it is not installed."""
    import peewee
    import psycopg
    from psycopg.pq import TransactionStatus
    from psycopg.types.json import Json, Jsonb

    held = {"psycopg": psycopg, "TransactionStatus": TransactionStatus, "Json_pg3": Json, "Jsonb_pg3": Jsonb}
    vars(peewee).update(held)
    adapter = peewee.Psycopg3Adapter
    adapter.txn_idle = TransactionStatus.IDLE
    adapter.txn_inerror = TransactionStatus.INERROR
    adapter.txn_unknown = TransactionStatus.UNKNOWN


_import_peewee()
