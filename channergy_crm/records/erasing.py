"""How every table that holds something of people is cleaned when one of them is anonymised (DP-3, DP-4).

Three ways to say it, and a test asks every table of an office for one of them:

- A record type that is about somebody says `About.person`; what of it goes is what it is called by and its `personal`
  fields, as the office has chosen. It needs nothing here.
- A record type with a link to such a record (a call, a task, a deal) is emptied in the same way. It needs nothing here.
- Every other table that names a record, by table and number or by a phone number, has one line in `BOOKS`.

What lies outside the store, such as a file of a workstation, is cleaned by a function in `ON_SEATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.records.call_log import ClaimRow, DialRow
from channergy_crm.records.campaigns import CampaignMember
from channergy_crm.records.different import Apart
from channergy_crm.records.edited import EditedRow
from channergy_crm.records.events import FollowUp
from channergy_crm.records.filed_mails import FiledMail
from channergy_crm.records.following import Follower
from channergy_crm.records.guests import Guest
from channergy_crm.records.hand_lists import Gathered, GatheredRow
from channergy_crm.records.jobs import JobRow
from channergy_crm.records.messages import OwnerNoticeRow
from channergy_crm.records.notes import Mention, MentionRead, Note
from channergy_crm.records.people import Contact, Lead
from channergy_crm.records.portal import PortalFile, PortalLink, PortalSession
from channergy_crm.records.privacy import Consent, DataRequest, Touch
from channergy_crm.records.shown_reminders import ShownRow
from channergy_crm.records.sync import Conflict, Met, Outgoing, SyncLink
from channergy_crm.records.tags import Tag, Tagging
from channergy_crm.records.team_notices import NoticeSeen, TeamNotice
from channergy_crm.records.tickets import Ticket, TicketNewsRow
from channergy_crm.records.transfers import ExportRow, ImportRun
from channergy_crm.records.views import ListView

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

Keys = Mapping["type[Record]", Sequence[object]]
"""the records that are anonymised, by type: the people, and what hangs on them"""


class Whom(NamedTuple):
    """Who is anonymised: their records, and the keys of their phone numbers (`services.register.key`)."""

    keys: Keys
    numbers: Sequence[str]


Condition = Callable[[Whom], "peewee.ColumnBase | None"]


class Book(NamedTuple):
    """A table whose rows are found by a condition, and what becomes of these rows."""

    table: type[peewee.Model]
    found: Condition
    empties: tuple[str, ...] = ()
    """the fields that are emptied, by python name; without any the rows are deleted"""
    says: tuple[tuple[str, object], ...] = ()
    """what other fields of them hold from then on"""


class At:
    """The rows that name a record by its table and its number, in these two fields."""

    def __init__(self, table: Any, key: Any) -> None:
        self.table, self.key = table, key

    def __call__(self, whom: Whom) -> peewee.ColumnBase | None:
        """The condition for them."""
        numeric = isinstance(self.key, peewee.IntegerField)
        parts = [
            (self.table == record._meta.table_name) & self.key.in_([_int(one) if numeric else str(one) for one in keys])
            for record, keys in whom.keys.items() if keys
        ]  # fmt: skip
        return _any(parts)

    def names(self, held: Mapping[str, Any], whom: Whom) -> bool:
        """Whether a row with these values, by python name, is one of them."""
        return any(
            held.get(self.table.name) == record._meta.table_name and str(held.get(self.key.name)) in {*map(str, keys)}
            for record, keys in whom.keys.items()
        )


def of(record: type[Record], *fields: Any) -> Condition:
    """The rows that name a record of this type by its number, in one of these fields."""

    def found(whom: Whom) -> peewee.ColumnBase | None:
        keys = [_int(key) for key in whom.keys.get(record, ())]
        return _any([field.in_(keys) for field in fields]) if keys else None

    return found


def with_number(field: Any) -> Condition:
    """The rows with one of their phone numbers, as the register knows numbers."""
    return lambda whom: field.in_(list(whom.numbers)) if whom.numbers else None


def hanging(field: Any, on: Any, found: Condition) -> Condition:
    """The rows whose field holds the number (`on`) of a row that is found so."""

    def there(whom: Whom) -> peewee.ColumnBase | None:
        condition = found(whom)
        return None if condition is None else field.in_(on.model.select(on).where(condition))

    return there


def _on_a_list(whom: Whom) -> peewee.ColumnBase | None:
    parts = [
        GatheredRow.record.in_([_int(key) for key in keys])
        & GatheredRow.list.in_(Gathered.select(Gathered.number).where(Gathered.table == record._meta.table_name))
        for record, keys in whom.keys.items() if keys
    ]  # fmt: skip
    return _any(parts)


def _any(parts: Sequence[peewee.ColumnBase]) -> peewee.ColumnBase | None:
    whole = None
    for part in parts:
        whole = part if whole is None else whole | part
    return whole


def _int(key: object) -> int:
    return int(str(key)) if str(key).lstrip("-").isdigit() else -1


_NOTES = At(Note.table, Note.of)
_NOTICES = At(TeamNotice.table, TeamNotice.record)
BOOKS: list[Book] = [
    Book(MentionRead, hanging(MentionRead.mention, Mention.number, hanging(Mention.note, Note.number, _NOTES))),
    Book(Mention, hanging(Mention.note, Note.number, _NOTES)),
    Book(Note, _NOTES),
    Book(FiledMail, At(FiledMail.table, FiledMail.of)),
    Book(Guest, At(Guest.table, Guest.of)),
    Book(NoticeSeen, hanging(NoticeSeen.notice, TeamNotice.number, _NOTICES)),
    Book(TeamNotice, _NOTICES),
    Book(Follower, At(Follower.table, Follower.of)),
    Book(Touch, At(Touch.table, Touch.of)),
    Book(Consent, At(Consent.table, Consent.of)),
    Book(DataRequest, At(DataRequest.table, DataRequest.of), ("note",)),
    Book(GatheredRow, _on_a_list),
    Book(CampaignMember, of(Lead, CampaignMember.lead)),
    Book(CampaignMember, of(Contact, CampaignMember.contact)),
    Book(Tagging, At(Tagging.table, Tagging.record)),
    Book(Apart, At(Apart.table, Apart.one)),
    Book(Apart, At(Apart.table, Apart.other)),
    Book(ShownRow, At(ShownRow.table, ShownRow.number)),
    Book(EditedRow, At(EditedRow.table, EditedRow.key)),
    Book(FollowUp, At(FollowUp.table, FollowUp.of)),
    Book(Outgoing, At(Outgoing.table, Outgoing.key)),
    Book(Conflict, At(Conflict.table, Conflict.key)),
    Book(SyncLink, At(SyncLink.table, SyncLink.key), ("base", "shown"), (("met", Met.FORGOTTEN.value),)),
    Book(ClaimRow, of(Lead, ClaimRow.lead)),
    Book(DialRow, of(Lead, DialRow.lead), ("key",)),
    Book(OwnerNoticeRow, of(Contact, OwnerNoticeRow.contact)),
    Book(TicketNewsRow, of(Ticket, TicketNewsRow.ticket)),
    Book(PortalLink, of(Contact, PortalLink.contact)),
    Book(PortalSession, of(Contact, PortalSession.contact)),
    Book(PortalFile, of(Contact, PortalFile.contact)),
    Book(DialRow, with_number(DialRow.key), ("key",)),
]
"""one line for each table, in the order in which they are cleaned: what hangs on a row comes before it"""

SAID: list[tuple[type[peewee.Model], str]] = [
    (ExportRow, "search"), (ExportRow, "file"), (ImportRun, "file"), (JobRow, "error"), (ListView, "filter_text"),
    (ListView, "name"), (Gathered, "name"), (Tag, "name"), (TeamNotice, "text"),
]  # fmt: skip
"""texts that may name anybody, such as a filter somebody typed: a name, an address or a number in them is taken out"""

FREE = {"CRMUnits", "CRMChanges", "CRMErasures", "CRMDocuments", "CRMMessages"}
"""tables that name records and are cleaned by anonymising itself, or by a service that knows how"""

ON_SEATS: list[Callable[[Sequence[tuple[str, str]]], object]] = []
"""told at every workstation which records (table, number) were anonymised: what it keeps in files is cleaned by it"""
