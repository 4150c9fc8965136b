"""One round of the sync: what was begun is brought to its end, then what changed there comes, then what waits goes.

It costs what has changed on either side, not what there is. Nobody waits for it: it runs beside the window, on the
workstation that has the lease, and writes between two questions to the site, never while it waits for an answer.
"""

from __future__ import annotations

import math
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.errors import Surroundings
from channergy_crm.language import N_, _
from channergy_crm.records.sync import Outgoing, OutState
from channergy_crm.services import search_text
from channergy_crm.services.rights import Program
from channergy_crm.sync import connection, first, links, outbox, turns
from channergy_crm.sync.pulling import TABLES, lead_again, pull
from channergy_crm.sync.pushing import Pusher, come
from channergy_crm.sync.tally import Tally
from channergy_crm.sync.turns import Turn
from channergy_crm.sync.viper.wire import Busy

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.sync.pulling import Progress
    from channergy_crm.sync.viper.wire import Site

EVERY_KIND = tuple(TABLES)
FIRST = N_("Both sides have clients already. Look at what is the same and connect them first: Settings > Viper.")
PUT_BACK = N_(
    "A backup was put back, or the office was moved: what was made in Viper meanwhile is perhaps not known here, and "
    "would be made there again. Look at what is the same and connect both sides first: Settings > Viper."
)


def round(step: Progress, site: Site | None = None) -> Tally:
    """Bring both sides together, as far as the site lets us; what was done, counted.

    What waits goes on waiting where the site cannot be reached or did not understand: `Surroundings` with the sentence.
    Where it has asked for patience, nothing is asked before that is over (`Tally.waits`).
    """
    tally = Tally(waits=turns.waits_until())
    if tally.waits is not None:
        return tally
    turn = Turn()
    opened: AbstractContextManager[Site] = connection.site() if site is None else nullcontext(site)
    with opened as there:
        if site is None and first.is_open(there):
            raise Surroundings(_(PUT_BACK) if first.is_put_back() else _(FIRST))
        try:
            _both_ways(there, turn, tally, step)
        except Busy as busy:
            tally.waits = _wait(turn, busy)
    with turn.writing():
        turns.keep(turns.LAST, links.written(tally.kept()))
    return tally


def _both_ways(site: Site, turn: Turn, tally: Tally, step: Progress) -> None:
    pushers = [Pusher(site, kind, turn, tally, step) for kind in EVERY_KIND]
    for pusher in pushers:
        pusher.take_up()
    for kind in EVERY_KIND:
        pull(site, kind, turn, tally, step)
    for pusher in pushers:
        pusher.put_away()
    lead_again(turn, tally)
    search_text.prepare(Program.ITSELF)  # what the suite has written waits as well
    outbox.sort_out(lambda: step(0, 0, _("Sending to Viper")))
    for pusher in pushers:
        pusher.send()
    tally.held = waiting(OutState.HELD)


def _wait(turn: Turn, busy: Busy) -> datetime:
    until = clock.now() + timedelta(seconds=math.ceil(busy.seconds))
    with turn.writing():
        turns.keep(turns.WAITS, until.isoformat())
    return until


def waiting(*states: OutState) -> int:
    """How many records stand so in the outbox."""
    return int(Outgoing.select().where(Outgoing.state.in_([each.value for each in states])).count())


def is_due(now: datetime) -> bool:
    """Whether something waits that may be sent now, or has waited for somebody to stand for its owner there."""
    if (until := turns.waits_until()) is not None and until > now:
        return False
    going = Outgoing.state.in_([OutState.WAITING.value, OutState.SENDING.value, OutState.UNKNOWN.value])
    return bool(Outgoing.select().where(going & come(now)).exists()) or bool(turns.cursor(outbox.UNKNOWN))
