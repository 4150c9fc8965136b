"""What of filed mails asks no rights, and who stands behind it; which rights the rest needs (BX-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.records import Lead
from channergy_crm.records.filed_mails import FiledMail, Seen
from channergy_crm.services.filing import deeds, reading, watched, whom
from channergy_crm.services.filing.mails import Mail
from channergy_crm.services.timeline import pages
from tests.domain.secured import ANN

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

MAIL = Mail("<1@x.example>", ("Ann", "ann@x.example"), subject="Hello", text="Hello")


def filed_mail(record: Any, _office: Office, _folder: Path) -> bool:
    mail = deeds.file(MAIL, type(record), record.key, ANN)
    assert reading.read(mail.number, ANN).why_not_removed is None
    assert any(each.kind == "filed" for each in pages.of(record, ANN).entries)
    deeds.remove(mail.number, ANN)
    return True


def dropped(record: Any, _office: Office, _folder: Path) -> bool:
    return whom.look([MAIL], ANN, here=record)[0].person is not None


TRIES = [
    ("filing.deeds.file filing.deeds.found filing.deeds.remove filing.reading.read", "view+edit", filed_mail),
    ("filing.whom.look", "view", dropped),
]
PURE = {
    "services.filing.mails": "made_up_id names written",
    "services.filing.whom": "said",
    "services.filing.watched": "problem",
}
PARTS = {
    "services.filing.deeds": "files",
    "services.filing.reading": "about",
    "services.filing.watched": "put_down was_filed",
}
OFFICE = {"services.filing.watched": "folder is_ready"}
BY_THE_PROGRAM: dict[str, str] = {}
NEEDS = (
    " filing.deeds.file_as_lead filing.deeds.file_all"
    " filing.whom.own_addresses answered.answered filing.watched.known"
    " filing.watched.forget_gone filing.watched.waiting transfer.clipboard.of_mail.lead_values "
)
"""touches no records of the matrix, or asks what `leads.create` and `file` ask"""
ARGUMENTS: dict[str, Any] = {
    "services.filing.deeds.file.mail": MAIL,
    "services.filing.deeds.file.record": Lead,
    "services.filing.deeds.file_as_lead.mail": MAIL,
    "services.filing.deeds.file_all.wanted": [],
    "services.filing.deeds.file_as_lead.values": {"description": "x"},
    "services.filing.deeds.files.filed": FiledMail(),
    "services.filing.whom.look.mails": [MAIL],
    "services.filing.whom.look.here": None,
    "services.filing.mails.written.people": (),
    "transfer.clipboard.of_mail.lead_values.mail": MAIL,
    "transfer.clipboard.of_mail.lead_values.out": False,
    "services.filing.whom.said.proposal": whom.Proposal([], "nobody"),
    "services.answered.answered.numbers": [1],
    "services.filing.watched.problem.own": watched.Folder(),
    "services.filing.watched.put_down.place": watched.Place("x", 1, 1),
    "services.filing.watched.put_down.state": Seen.WAITING,
    "services.filing.watched.forget_gone.uids": [],
    **{f"services.filing.watched.{name}.validity": 1 for name in ("forget_gone", "known")},
}
