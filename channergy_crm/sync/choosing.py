"""Which company of the site an account is, where it may be one of several: somebody who knows says so (VP-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.sync import SEVERAL, Conflict, Met, SyncLink
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.sync import companies, conflicts, links
from channergy_crm.sync.ready import ACCOUNTS, RECORDS

if TYPE_CHECKING:
    from channergy_crm.records import Account

CHOSEN, NONE_OF_THEM = "theirs", "ours"
"""what is kept of how it was settled"""


def choose(number: int, remote: str, by: str) -> str:
    """The account is this company, or with "" none of them, and is made there; the next sync does the rest. What comes
    of it, in words. `Mistake` where somebody was faster.
    """
    row, account = _asked(number, by)
    found = next((each for each in companies.read(row.theirs).listed if each.id == remote), None)
    if remote and found is None:
        raise Mistake(_("That company is none of those it may be."))
    values = {"settled": clock.now(), "by": by, "kept": CHOSEN if remote else NONE_OF_THEM, "unit": None}
    with database.writing(), translated(), database.proxy.atomic():
        if not Conflict.update(values).where((Conflict.number == number) & Conflict.settled.is_null()).execute():
            raise Mistake(_("Somebody has settled that meanwhile."))
        if remote:
            _link(row, remote)
        links.wait(row.table, [row.key])
    if found is None:
        return _("{account} is made in Viper with the next sync.").format(account=account.caption())
    said = _("{account} is {company} in Viper; the next sync puts the two together.")
    return said.format(account=account.caption(), company=found.said)


def take_back(number: int, by: str) -> None:
    """It is asked again, where nothing was sent meanwhile; else `Mistake` says what can be done."""
    row = Conflict.get_or_none((Conflict.number == number) & (Conflict.field == SEVERAL))
    account = RECORDS[ACCOUNTS].find(int(row.key)) if row is not None else None
    rights.require(by, "edit", account or RECORDS[ACCOUNTS])
    if row is None or account is None:
        raise Mistake(_("It is not here any more."))
    with database.writing(), translated(), database.proxy.atomic():
        if not links.unsent(row.table, row.key):
            said = _("{account} was synced meanwhile, and that stays: what is changed here now is sent.")
            raise Mistake(said.format(account=account.caption()))
        links.wait(row.table, [row.key], SEVERAL)
        values = {"settled": None, "by": "", "kept": NONE_OF_THEM, "unit": None}
        Conflict.update(values).where(Conflict.number == number).execute()


def _asked(number: int, by: str) -> tuple[Conflict, Account]:
    row, account = conflicts.of(number, by)
    if row.field != SEVERAL or account is None:
        raise Mistake(_("It is not asked which company this is."))
    return row, account  # type: ignore[return-value]


def _link(row: Conflict, remote: str) -> None:
    """What both say is compared with the first answer of the site, as after the first connection."""
    if links.at(row.table, [remote]) or links.of(row.table, [row.key]):
        raise Mistake(_("Another account is that company meanwhile; choose another one."))
    values = {"table": row.table, "key": row.key, "remote": remote, "met": Met.SYNCED.value, "synced": clock.now()}
    SyncLink.insert(values).execute()
