"""Signing in by user name and password at the cost the library recommends, and refusing a wrong one; beside each the
bare comparison of argon2.

Run it: python -m tests.benchmarks.bench_sign_in [rounds] [postgresql]
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from channergy_crm import passwords
from channergy_crm.errors import Refused
from channergy_crm.services import security, signing_in
from channergy_crm.store import database
from tests import postgres
from tests.benchmarks import measure

LIMIT = 1500.0
PASSWORD = "four words, quite long"


def run(url: str, rounds: int) -> int:
    """Every round signs in once and is refused once."""
    opened = database.open_database(url)
    with tempfile.TemporaryDirectory() as folder:
        security.switch_on("ADMIN", PASSWORD, Path(folder) / "recovery.txt")
    held = passwords.hidden(PASSWORD)
    came, refused, bare = [], [], []
    for _round in range(rounds):
        bare.append(measure.timed(lambda: passwords.matches(held, PASSWORD)))
        refused.append(measure.timed(_wrong))
        came.append(measure.timed(lambda: signing_in.sign_in("admin", PASSWORD, "here")))
    opened.close()
    floor = measure.median(bare)
    figures = [
        measure.figure(f"{name}, {which}", ms, LIMIT, floor)
        for name, times in (("signed in", came), ("refused", refused))
        for which, ms in (("median", measure.median(times)), ("worst", max(times)))
    ]
    return measure.show("sign_in", figures, engine=opened.engine, rounds=rounds)


def _wrong() -> None:
    with suppress(Refused):
        signing_in.sign_in("admin", "quite wrong", "here")


def main() -> int:
    """On a new office of either engine."""
    rounds = next((int(word) for word in sys.argv[1:] if word.isdigit()), 20)
    if "postgresql" in sys.argv[1:]:
        with postgres.running() as cluster, cluster.database("template0") as url:
            return run(url, rounds)
    with tempfile.TemporaryDirectory() as folder:
        return run(f"sqlite:///{Path(folder) / 'office.db'}", rounds)


if __name__ == "__main__":
    sys.exit(main())
