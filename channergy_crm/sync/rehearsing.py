"""What a round of the sync would do, counted, without sending, taking or noting anything (`main.py sync --dry-run`)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records.sync import Met, Outgoing, OutState
from channergy_crm.sync import connection, links, turns
from channergy_crm.sync.pulling import PAGE, TABLES
from channergy_crm.sync.ready import RECORDS, question
from channergy_crm.sync.tally import Tally
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.sync.pulling import Progress
    from channergy_crm.sync.viper.wire import Kind, Site

GOING = [each.value for each in (OutState.WAITING, OutState.SENDING, OutState.UNKNOWN)]


def rehearse(step: Progress) -> Tally:
    """How many records would go and come; what comes back of our own changes is left out."""
    tally = Tally(rehearsed=True, waits=turns.waits_until())
    if tally.waits is None:
        with connection.site() as site:
            for kind in TABLES:
                _coming(site, kind, tally, step)
    for kind, table in TABLES.items():
        waits = (Outgoing.table == table) & Outgoing.state.in_(GOING)
        rows = Outgoing.select(Outgoing.key).where(waits).order_by(Outgoing.number).tuples().iterator()
        keys = (row[0] for row in rows)
        while part := list(islice(keys, PAGE)):
            _going(kind, table, part, tally)
    tally.held += Outgoing.select().where(Outgoing.state == OutState.HELD.value).count()
    return tally


def _coming(site: Site, kind: Kind, tally: Tally, step: Progress) -> None:
    since, more = turns.cursor(kind), True
    while more:
        step(tally.taken.total(), 0, _("Reading from Viper"))
        page = site.changed_since(kind, since, PAGE)
        known = links.at(TABLES[kind], [item.id for item in page.items])
        for item in page.items:
            link, ended = known.get(item.id), item.deleted or bool(item.merged_into)
            if link is None:
                tally.strangers[kind] += not ended
            elif ended:
                tally.gone[kind] += link.met not in (Met.GONE_THERE.value, Met.MERGED_THERE.value)
            else:
                tally.taken[kind] += link.etag != item.etag
        more, since = page.more and page.cursor != since, page.cursor


def _going(kind: Kind, table: str, keys: Sequence[str], tally: Tally) -> None:
    asked = question(table)
    key = getattr(asked.record, key_field(RECORDS[table]).name)
    rows = asked.query.select(key, asked.first).where(key.in_([int(each) for each in keys])).tuples()
    known = links.of(table, keys)
    for number, lacking in rows:
        linked = str(number) in known
        if linked and kind == "programs":
            continue
        tally.held += bool(lacking)
        if not lacking:
            (tally.sent if linked else tally.made)[kind] += 1
