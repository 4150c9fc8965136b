"""A column *Campaign* of a file: into which campaign, by its name, whoever a row makes or changes is put (VT-141)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records import Campaign
from channergy_crm.services import rights
from channergy_crm.services.campaigns import keeping, members
from channergy_crm.text.folding import fold
from channergy_crm.transfer.reading.losses import Losses
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from channergy_crm.transfer.reading.tables import Row
    from channergy_crm.work.record import Record

CAMPAIGN = "campaign"
"""where a column can go that is no field"""
SAID = N_("Campaign")
KNOWN = "campaign campaignname kampagne kampagnenname"  # unsaid: titles in files
UNKNOWN = N_("Names of campaigns that are not there")


def concerns(record: type[Record]) -> bool:
    """Whether a column can go there: these records can be members of a campaign."""
    return record in members.PEOPLE and CAMPAIGN not in record.kinds()


class Joining:
    """Which row names which campaign; once its record has a number, it is put in within the unit of the import."""

    def __init__(self, record: type[Record], columns: Mapping[int, str], by: str) -> None:
        mapped = concerns(record)
        self._record, self.lost = record, Losses()
        self._places = [place for place, name in columns.items() if name == CAMPAIGN and mapped]
        asked = self._places and rights.may(by, "edit", Campaign) is None
        self._known = keeping.named(by) if asked else {}
        self._by_row: dict[int, list[int]] = {}

    def read(self, row: Row) -> None:
        """Remember what a row names."""
        for name in (" ".join(row.values[place].split()) for place in self._places if place < len(row.values)):
            if name and (number := self._known.get(fold(name))) is not None:
                self._by_row.setdefault(row.number, []).append(number)
            elif name:
                self.lost.tell(_(UNKNOWN), row.number, name)

    def put_in(self, records: Iterable[tuple[int, int]]) -> None:
        """Put records, as pairs of a row and their number, into what their rows name; who is in it already stays so."""
        keys: dict[int, list[int]] = {}
        for row, key in records if self._by_row else ():
            for campaign in self._by_row.get(row, ()):
                keys.setdefault(campaign, []).append(key)
        for campaign, those in sorted(keys.items()):
            bulk.alone(members.ONE_CAMPAIGN + campaign)
            members.put_in(campaign, self._record, those)
