"""Opening the office's store for the screen: what is there is backed up before a new version changes its tables."""

from __future__ import annotations

from channergy_crm.store import database, erasures


def open_store(url: str) -> database.Office:
    """The office at this address, its tables as this version knows them."""
    office = database.open_database(url, before_update=_keep_what_is_there)
    if erasures.waiting():  # an older backup was put back: who was anonymised since is anonymised in it again
        from channergy_crm.services.privacy import anonymising
        from channergy_crm.services.rights import Program

        anonymising.again(Program.ITSELF)
    return office


def _keep_what_is_there(office: database.Office) -> None:
    from channergy_crm.store.backup import before_update

    before_update(office)
