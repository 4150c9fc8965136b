"""What of the sync asks no rights, and who stands behind it; which rights the rest needs (VP-1, VP-3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from channergy_crm.records import Account
from channergy_crm.records.sync import SyncLink
from channergy_crm.sync import apart, companies, fields, report
from channergy_crm.sync.viper.answers import Theirs
from channergy_crm.sync.viper.place import Connection

PURE = {
    "sync.lacking": "titles",
    "sync.report": "titles cells",
    "sync.same": "named",
    "sync.chips": "base_of titles",
    "sync.companies": "written read in_words",
    "sync.connection": "secret_name tidied require_right",
    "sync.fields": "of once owner_of normal same",
    "sync.links": "base read written text again",
    "sync.pulling": "values",
    "sync.pushing": "come",
}
PARTS = {
    "sync.agreeing": "settle",
    "sync.first": "is_open is_put_back",
    "sync.same": "compare unlinked fresh",
    "sync.sight": "leads seen any_seen found tells",
    "sync.connection": "site",
    "sync.fields": "names said values put not_sent stage_here",
    "sync.links": "of at met conflict conflicts wait write_met unsent forgotten",
    "sync.outbox": "put_everything put_newer forget_everything sort_out person_known",
    "sync.pulling": "pull take tell put lead_again apply",
    "sync.ready": "question lacks missing lack_of account_of",
    "sync.sent": "mark hold over wait_again wait_again_where write_links has_parents",
    "sync.turns": "cursor keep waits_until",
}
OFFICE = {
    "sync.connection": "held is_ready has_secret is_linked",
    "sync.rounds": "waiting is_due",
}
BY_THE_PROGRAM = {"sync.rounds": "round", "sync.first": "is_needed", "sync.rehearsing": "rehearse"}
"""the sync itself, which is Viper's work: its job and `main.py sync` take it up for the office"""
FOR_ADMINISTRATORS = (
    " sync.connection.propose_user sync.connection.keep sync.connection.take_off sync.connection.begin_anew"
    " sync.first.look sync.first.connect"
    " sync.connection.test sync.draft.keep_column sync.people.people sync.people.keep_person sync.people.there"
    " sync.people.propose_people sync.stage_names.every sync.stage_names.keep"
)
NEEDS = (
    " sync.chips.chip sync.apart.open sync.apart.count sync.apart.make_again"
    " sync.apart.leave sync.apart.take_up sync.conflicts.open sync.conflicts.count sync.conflicts.turn_round"
    " sync.conflicts.settle sync.conflicts.reopen sync.lacking.read sync.lacking.counts sync.report.read"
    " sync.apart.take_back sync.conflicts.of sync.choosing.choose sync.choosing.take_back"
    " sync.report.count sync.report.export sync.shown.company_users sync.sight.tables sync.status.read"
    " sync.status.counts "
)
"""seeing the records; only those that may be seen are told of"""
USUAL: dict[str, Any] = {"connection": Connection(), "secret": None, "site": None, "requirement": None,
                         "theirs": "Offer",
                         "users": [], "remote": "U1", "link": SyncLink(base="{}")}  # fmt: skip
ARGUMENTS: dict[str, Any] = {
    "sync.companies.written.companies": [],
    "sync.companies.in_words.perhaps": companies.Candidates([]),
    "sync.same.named.theirs": Theirs("C1", "", {"name": "Acme"}),
    "sync.report.cells.one": report.Client("CRMAccounts", 1, "Acme", "", "ANN", report.Standing.SYNCED, "", None),
    **{f"sync.report.{name}.asked": report.Asked() for name in ("read", "count", "export")},
    "sync.apart.take_back.remade": apart.Remade("Acme", "CRMAccounts", "1", {}),
    "sync.chips.chip.table": "CRMAccounts",
    "sync.fields.of.table": "CRMAccounts",
    "sync.fields.owner_of.record": Account(owner="ANN"),
    "sync.fields.owner_of.names": fields.Names({}, {}, {}, {}),
    "sync.fields.once.table": "CRMAccounts",
    **{f"sync.{name}.now": datetime(2026, 11, 27) for name in ("pushing.come", "rounds.is_due")},
    "sync.links.again.tries": 1,
    "sync.links.again.now": datetime(2026, 11, 27),
    "sync.pulling.values.held": {},
    "sync.stage_names.keep.stage": "Draft",
}
