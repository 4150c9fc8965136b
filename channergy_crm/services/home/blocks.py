"""The blocks of Home: what each is called, which records it is about, where it usually stands (VT-15…VT-29)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from channergy_crm.language import N_, translated
from channergy_crm.records import (
    FAQ,
    Account,
    Campaign,
    CampaignMember,
    Lead,
    Opportunity,
    PhoneCall,
    SalesDocument,
    Task,
    Ticket,
)
from channergy_crm.records.goals import Goal
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import rights, tags
from channergy_crm.services.home import own_campaigns, own_sales, own_tickets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.work.record import Record

COLUMNS = 3
"""columns a Home is arranged in; a narrow one shows the third below the first"""
VIEW = "view"
"""the block that shows a saved view; there may be several"""


def _always(_by: str) -> bool:
    return True


@translated("title")
@dataclass(frozen=True)
class BlockKind:
    """A block as it is chosen. It is there for whoever uses one of its `records`, and is shown the `fields` of the
    first of them. One with a `column` stands there until somebody takes it off.
    """

    name: str
    title: str
    records: Sequence[type[Record]]
    fields: Sequence[str] = ()
    column: int | None = None
    there: Callable[[str], bool] = _always

    @property
    def tables(self) -> frozenset[str]:
        """Whose rows it is made of: when they change it is read anew."""
        return frozenset(record._meta.table_name for record in self.records)


KINDS: list[BlockKind] = [
    BlockKind("due_now", N_("Due now"), (Task, Lead), column=0),
    BlockKind("calls_today", N_("Calls today by hour"), (PhoneCall,), column=0),
    BlockKind("today", N_("Today's goal"), (PhoneCall, Goal), column=1),
    BlockKind("key_metrics", N_("Key metrics"), (Lead, Account, Opportunity, Task), column=1),
    BlockKind("top_opportunities", N_("My top open opportunities"), (Opportunity,), ("amount", "closed"), column=1),
    BlockKind("new_leads", N_("My new leads"), (Lead,), ("created_on",), column=1),
    BlockKind("activities", N_("Upcoming and pending"), (Task,), ("reminder_date",), column=2),
    BlockKind("dashboard", N_("My open opportunities by stage"), (Opportunity,), ("stage", "amount"), column=2),
    BlockKind("tags", N_("Tags"), (Lead, Account, Opportunity, Task), column=2, there=tags.shows_cloud),
    BlockKind("campaigns", N_("My campaigns"), (Campaign, CampaignMember), ("status", "closes"), column=2,
              there=own_campaigns.office_has_some),
    BlockKind("top_accounts", N_("My top accounts"), (Opportunity, Account), ("amount",)),
    BlockKind("top_quotes", N_("My top open quotes"), (SalesDocument,), ("total",),
              there=own_sales.there_are(DocumentKind.QUOTE)),
    BlockKind("top_sales_orders", N_("My top open sales orders"), (SalesDocument,), ("total",),
              there=own_sales.there_are(DocumentKind.SALES_ORDER)),
    BlockKind("top_purchase_orders", N_("My top open purchase orders"), (SalesDocument,), ("total",),
              there=own_sales.there_are(DocumentKind.PURCHASE_ORDER)),
    BlockKind("top_invoices", N_("My top open invoices"), (SalesDocument,), ("open_amount", "until"),
              there=own_sales.there_are(DocumentKind.INVOICE)),
    BlockKind("due_by_age", N_("Due and overdue"), (SalesDocument,), ("open_amount", "until"),
              there=own_sales.there_are(DocumentKind.INVOICE)),
    BlockKind("tickets", N_("My tickets"), (Ticket,), ("due", "status"), there=own_tickets.office_has_some),
    BlockKind("answers", N_("My recent FAQ"), (FAQ,), ("status",), there=own_tickets.there_are_answers),
    BlockKind("group_allocations", N_("My group allocations"), (Lead, Account, Opportunity, Task)),
]  # fmt: skip
"""every block of the program itself; an area brings its own"""
BLOCKS = {kind.name: kind for kind in KINDS}


def offered(by: str) -> list[BlockKind]:
    """The blocks this operator may have: their role shows them the records they are about (VT-66, VT-96)."""
    rights.require(by, "choose")
    return [kind for kind in KINDS if kind.there(by) and _is_shown(kind, by)]


def _is_shown(kind: BlockKind, by: str) -> bool:
    if kind.fields and (rights.may(by, "see", kind.records[0]) or rights.hidden(kind.records[0], by) & {*kind.fields}):
        return False
    return any(rights.may(by, "see", record) is None for record in kind.records)
