"""A thousand mails in a folder are filed with whom they belong to, among a hundred thousand people (BX-14).

`python -m tests.benchmarks.bench_filing [MAILS [PEOPLE]]` prints one line of JSON: mails read, proposed and filed a
second.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from channergy_crm import work
from channergy_crm.incoming import files
from channergy_crm.records import Contact, FiledMail, Lead
from channergy_crm.services.filing import deeds, whom
from channergy_crm.store.database import open_database
from tests.domain.test_filed_mail import written

BY, WANTED = "ADMIN", 50.0
"""mails a second, all in all"""


def main(mails: int, people: int) -> None:
    """Half of the people are leads, half are contacts; each mail is from another one."""
    with tempfile.TemporaryDirectory() as folder:
        office = open_database(str(Path(folder) / "office.db"))
        _people(people)
        paths = [_mail(Path(folder), number, number * (people // mails)) for number in range(mails)]
        begun = time.perf_counter()
        found = [each.mail for each in files.read(paths, lambda *_told: None) if each.mail is not None]
        read = time.perf_counter()
        proposals = whom.look(found, BY)
        looked = time.perf_counter()
        wanted = [
            deeds.Wanted(mail, each.person.record, each.person.key, proposal=each)
            for mail, each in zip(found, proposals, strict=True) if each.person is not None
        ]  # fmt: skip
        filed = deeds.file_all(wanted, BY)
        ended = time.perf_counter()
        one_by_one = _one_at_a_time(found[:100])
        told = {
            "bench": "filing", "mails": mails, "people": people, "filed": len(filed.mails),
            "rows": FiledMail.select().count(), "read_per_s": round(mails / (read - begun)),
            "looked_per_s": round(mails / (looked - read)), "filed_per_s": round(mails / (ended - looked)),
            "one_at_a_time_ms": one_by_one, "mails_per_s": round(mails / (ended - begun)),
        }  # fmt: skip
        told["passes"] = len(filed.mails) == mails and mails / (ended - begun) > WANTED
        office.close()
    sys.stdout.write(json.dumps(told) + "\n")


def _people(count: int) -> None:
    with work.unit("Make people", by=BY) as unit:
        for record, start in ((Lead, 0), (Contact, 1)):
            names = ("number", "last_name", "email", "email_folded", "search_text", "version")
            numbers = range(start, count, 2)
            rows = [(n // 2 + 1, f"Person {n}", f"p{n}@people.example", f"p{n}@people.example", "", 1) for n in numbers]
            unit.insert_many(record, names, rows)


def _mail(folder: Path, number: int, person: int) -> Path:
    path = folder / f"{number}.eml"
    mail = written(f"Person <p{person}@people.example>", Message_ID=f"<{number}@people.example>")
    mail.add_attachment(b"%%PDF-1.4 %d" % number, maintype="application", subtype="pdf", filename="offer.pdf")
    path.write_bytes(mail.as_bytes())
    return path


def _one_at_a_time(mails: list[object]) -> float:
    begun = time.perf_counter()
    for mail in mails:
        whom.look([mail], BY)  # type: ignore[list-item]
    return round((time.perf_counter() - begun) * 1000 / max(len(mails), 1), 2)


if __name__ == "__main__":
    main(*[int(each) for each in sys.argv[1:3]] if len(sys.argv) > 2 else (1_000, 100_000))
