"""A program that watches a folder is killed again and again: nothing is filed twice, nothing is lost (BX-14).

`python -m tests.benchmarks.bench_watching [KILLS]` prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from channergy_crm import secrets
from channergy_crm.errors import CRMError
from channergy_crm.incoming import watching
from channergy_crm.records import Document, FiledMail
from channergy_crm.services import leads, office
from channergy_crm.services.filing import watched
from channergy_crm.settings import WATCH_AFTER, WATCH_HOST, WATCH_PORT, WATCH_SECURITY, WATCH_USER
from channergy_crm.store.database import open_database
from tests.domain.imap_server import PASSWORD, USER, ImapServer
from tests.domain.test_filed_mail import written

BY, MAILS, SEED = "ADMIN", 40, 14


def main(kills: int) -> None:
    """Kill it so often, then let it go to its end and count."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        server, path = _prepared(Path(folder))
        chosen, killed = random.Random(SEED), 0
        for _round in range(kills):
            killed += _watched_and_killed(path, chosen.uniform(0.2, 0.45))
        held = open_database(str(path))
        watching.run(lambda *_told: None)
        filed = Counter(str(row.message_id) for row in FiledMail.select())
        found = {
            "bench": "watching", "kills": kills, "killed": killed, "mails": MAILS, "filed": len(filed),
            "twice": sum(count > 1 for count in filed.values()), "documents": Document.select().count(),
            "on_the_server": len(server.all()), "moved": len(server.folders.get("CRM/Filed", {})),
        }  # fmt: skip
        held.close()
        server.stop()
    wanted = {"filed": MAILS, "twice": 0, "documents": MAILS, "on_the_server": MAILS, "moved": MAILS}
    found["passes"] = all(found[name] == count for name, count in wanted.items())
    sys.stdout.write(json.dumps(found) + "\n")


def _prepared(folder: Path) -> tuple[ImapServer, Path]:
    server, path = ImapServer(), folder / "office.db"
    held = open_database(str(path))
    for setting, value in ((WATCH_HOST, "127.0.0.1"), (WATCH_PORT, str(server.port)), (WATCH_SECURITY, "none"),
                           (WATCH_USER, USER), (WATCH_AFTER, "move")):  # fmt: skip
        office.choose(setting, value, BY)
    secrets.keep(watched.PASSWORD, PASSWORD)
    leads.create({"description": "Parkas", "email": "yusuf@yarrow.example"}, BY)
    for number in range(MAILS):
        mail = written(Message_ID=f"<{number}@yarrow.example>")
        mail.add_attachment(b"%%PDF-1.4 %d" % number, maintype="application", subtype="pdf", filename="offer.pdf")
        server.put(mail.as_bytes())
    held.close()
    return server, path


def _watched_and_killed(path: Path, after: float) -> bool:
    """Whether it was still at work when it was killed."""
    reading, writing = os.pipe()  # closed at its other end when the child has ended
    child = os.fork()
    if not child:
        with suppress(CRMError):
            open_database(str(path))
            watching.run(lambda *_told: None)
        os._exit(0)
    os.close(writing)
    ended = bool(select.select([reading], [], [], after)[0])
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    return not ended


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
