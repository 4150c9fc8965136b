"""The blocks that are lists: what is due, what is coming, what is new, what weighs most, a saved view."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock
from channergy_crm.language import N_, _, many, ngettext
from channergy_crm.records import Campaign, ListView, Opportunity, Ticket
from channergy_crm.records.sales_documents import KINDS, DocumentKind
from channergy_crm.services import watched_views
from channergy_crm.services.home import blocks, own_campaigns, own_records, own_sales, own_tickets, own_work, viewed
from ui.look.plain import unmarked
from ui.look.wording import whole_money
from ui.pages.home import opening
from ui.pages.home.block_list import BlockList
from ui.pages.home.filling import Filling
from ui.pages.home.rows import in_days, row_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.home.lines import Content
    from ui.pages.home.block import Block
    from ui.session.session import Session

OPEN = "owner:me closed:no"  # unsaid: a filter
OPEN_DOCUMENTS = "owner:me what={kind} state=open"  # unsaid: a filter
EMPTY = {
    "due_now": N_("Nothing is due today. What you promise somebody for a day comes here."),
    "activities": N_("Nothing is pending, and nothing comes up in the next two weeks."),
    "new_leads": N_("No new leads. How long a lead is new you choose in My Preferences."),
    "top_opportunities": N_("You have no open opportunities. Converting a lead makes one."),
    "top_accounts": N_("None of your accounts has an opportunity with an amount yet."),
    "campaigns": N_("None of your campaigns is under way. The menu has Campaigns; ＋ there begins one."),
    "top_quotes": N_("None of your quotes waits for an answer. Create Quote on a deal or an account begins one."),
    "top_sales_orders": N_("None of your sales orders is open. An accepted quote becomes one."),
    "top_purchase_orders": N_("None of your purchase orders is open. A sales order has them made."),
    "top_invoices": N_("Every one of your invoices is paid."),
    "tickets": N_("None of your tickets is open. The menu has Tickets; ＋ there takes one down."),
    "answers": N_("You have written no answers yet. Convert to FAQ makes one of a ticket."),
    "group_allocations": N_("Nothing belongs to a group you work in."),
    "view": N_("Nothing is in this view now."),
}
"""what a block says that has no rows"""


class Listed(NamedTuple):
    """How a block that is a list is read and what stands around its rows."""

    read: Callable[[str, int | None], Content]
    about: Callable[[Block, Session, Content], object]
    empty: str
    two_lines: bool = False
    days: bool = False


def listed(block: Block, session: Session, wanted: Listed, tables: frozenset[str], *, by_clock: bool) -> Filling:
    """A list in a block: a press on a row opens it."""
    rows = BlockList(f"{block.objectName()}.list", block.accessibleName(), block, two_lines=wanted.two_lines)
    rows.opened.connect(lambda line: opening.open_line(line, session))
    rows.dialed.connect(lambda line: opening.call(line, session))
    block.hold(rows)

    def show(content: Content) -> None:
        rows.show_rows(in_days(content.lines) if wanted.days else [row_of(line) for line in content.lines])
        block.say("" if content.lines else _(wanted.empty))
        block.say_count(f"{content.total:n}" if content.total else "")
        wanted.about(block, session, content)

    return Filling(block, session, wanted.read, show, tables, by_clock=by_clock)


def all_in(block: Block, count: int, shown: int, where: str, run: Callable[[], object], more: str = "") -> None:
    """*All 12 in …*, where not all of them are shown."""
    text = _("All {count:,} in {list}").format(count=count, list=where) if count > shown else ""
    block.offer_all(text, run, more)


def _about_due(block: Block, session: Session, content: Content) -> None:
    block.say_count("")
    block.say_late(content.total)
    tomorrow = ngettext("and {count:,} tomorrow", "and {count:,} tomorrow", content.tomorrow)
    more = tomorrow.format(count=content.tomorrow) if content.tomorrow else ""
    to = partial(session.go_to, "reminders")
    all_in(block, content.total, len(content.lines), _("Reminders"), to, more)


def _about_activities(block: Block, session: Session, content: Content) -> None:
    if opening.is_there(block, CALENDAR):
        to, where = partial(session.go_to, CALENDAR), _("Calendar")
    else:
        to, where = partial(session.go_to, "reminders"), _("Reminders")
    all_in(block, content.total, len(content.lines), where, to)


def _about_leads(block: Block, session: Session, content: Content) -> None:
    days = content.days
    said = ngettext("{count:,} in {days} day", "{count:,} in {days} days", days)
    block.say_count(said.format(count=content.total, days=days) if content.total else "")
    since = clock.today().fromordinal(clock.today().toordinal() - days)
    text = f"owner:me created_on>={since.isoformat()}"  # unsaid: a filter
    to = partial(opening.open_list, block, session, "leads", text=text)
    all_in(block, content.total, len(content.lines), _("Leads"), to)


def _about_deals(block: Block, session: Session, content: Content) -> None:
    if content.total:
        said = _("{count:,} · {sum}").format(count=content.total, sum=whole_money(content.sum or 0))
        block.say_count(said)
    to = partial(opening.open_list, block, session, "opportunities", text=OPEN)
    all_in(block, content.total, len(content.lines), many(Opportunity), to)


def _about_accounts(block: Block, session: Session, content: Content) -> None:
    to = partial(opening.open_list, block, session, "accounts", text="owner:me")  # unsaid: a filter
    all_in(block, content.total, len(content.lines), _("Accounts"), to)


def _about_campaigns(block: Block, session: Session, content: Content) -> None:
    to = partial(opening.open_list, block, session, "campaigns", text="owner:me")  # unsaid: a filter
    all_in(block, content.total, len(content.lines), many(Campaign), to)


def _about_tickets(block: Block, session: Session, content: Content) -> None:
    to = partial(opening.open_list, block, session, "tickets", text="owner:me")  # unsaid: a filter
    all_in(block, content.total, len(content.lines), many(Ticket), to)


def _about_answers(block: Block, session: Session, content: Content) -> None:
    to = partial(opening.open_list, block, session, "faq", text="owner:me")  # unsaid: a filter
    all_in(block, content.total, len(content.lines), _("FAQ"), to)


def _about_documents(kind: DocumentKind, block: Block, session: Session, content: Content) -> None:
    if content.total:
        said = _("{count:,} · {sum}") if content.sum is not None else _("{count:,}")
        block.say_count(said.format(count=content.total, sum=whole_money(content.sum or 0)))
    text, named = OPEN_DOCUMENTS.format(kind=kind.value), KINDS[kind]
    to = partial(opening.open_list, block, session, named.screen, text=text)
    all_in(block, content.total, len(content.lines), _(named.plural), to)


def _of_documents(read: Callable[[str, int | None], Content], kind: DocumentKind, name: str) -> Listed:
    return Listed(read, partial(_about_documents, kind), EMPTY[name])


def _about_groups(block: Block, session: Session, content: Content) -> None:
    to = partial(session.go_to, "leads")
    all_in(block, content.total, len(content.lines), _("Leads"), to)


CALENDAR = "calendar"
LISTS = {
    "due_now": Listed(own_work.due_now, _about_due, EMPTY["due_now"], two_lines=True),
    "activities": Listed(own_work.activities, _about_activities, EMPTY["activities"], days=True),
    "new_leads": Listed(own_records.new_leads, _about_leads, EMPTY["new_leads"]),
    "top_opportunities": Listed(own_records.top_opportunities, _about_deals, EMPTY["top_opportunities"]),
    "top_accounts": Listed(own_records.top_accounts, _about_accounts, EMPTY["top_accounts"]),
    "campaigns": Listed(lambda by, _project: own_campaigns.own_campaigns(by), _about_campaigns, EMPTY["campaigns"]),
    "tickets": Listed(
        lambda by, _project: own_tickets.own_tickets(by), _about_tickets, EMPTY["tickets"], two_lines=True
    ),
    "answers": Listed(lambda by, _project: own_tickets.recent_answers(by), _about_answers, EMPTY["answers"]),
    "top_quotes": _of_documents(own_sales.open_quotes, DocumentKind.QUOTE, "top_quotes"),
    "top_sales_orders": _of_documents(own_sales.open_sales_orders, DocumentKind.SALES_ORDER, "top_sales_orders"),
    "top_purchase_orders": _of_documents(
        own_sales.open_purchase_orders, DocumentKind.PURCHASE_ORDER, "top_purchase_orders"
    ),
    "top_invoices": _of_documents(own_sales.open_invoices, DocumentKind.INVOICE, "top_invoices"),
    "group_allocations": Listed(own_records.group_allocations, _about_groups, EMPTY["group_allocations"]),
}
BY_CLOCK = {"due_now", "activities", "top_invoices", "tickets"}


def of_program(block: Block, session: Session) -> Filling:
    """A list of the program itself, by the name of its block."""
    filling = listed(block, session, LISTS[block.key], blocks.BLOCKS[block.key].tables, by_clock=block.key in BY_CLOCK)
    if block.key == "activities":

        def to_calendar() -> None:
            session.go_to(CALENDAR)

        verb = block.verb("calendar", _("Calendar"), to_calendar)
        verb.setVisible(opening.is_there(block, CALENDAR))
    return filling


def of_view(block: Block, session: Session, number: int, screen: str) -> Filling:
    """A saved view as a list: its first rows in its order, with its columns (VT-55)."""
    record, _mine = watched_views.LISTS[screen]

    def about(block: Block, session: Session, content: Content) -> None:
        to = partial(opening.open_list, block, session, screen, view=number)
        all_in(block, content.total, len(content.lines), unmarked(many(record)), to)

    wanted = Listed(lambda by, project: viewed.read(number, by, project), about, EMPTY["view"])
    tables = frozenset({record._meta.table_name, ListView._meta.table_name, *record.about.fed_by})
    return listed(block, session, wanted, tables, by_clock=False)
