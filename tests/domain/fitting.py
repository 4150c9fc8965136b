"""Arguments that fit: what functions are called with, by the names of their parameters."""

from __future__ import annotations

import inspect
import io
from array import array
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm.errors import Clash, Difference
from channergy_crm.fields import MultiLookup
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import (
    Account,
    CallRule,
    Customer,
    CustomLookup,
    DealContact,
    Document,
    Lead,
    Note,
    PhoneCall,
    Process,
    ProcessStage,
    Project,
    Task,
)
from channergy_crm.records.areas import AREAS
from channergy_crm.records.erasing import Whom
from channergy_crm.records.events import Event
from channergy_crm.records.goals import Goal
from channergy_crm.records.preferences import Preferences
from channergy_crm.records.privacy import Asked, Basis, Channel
from channergy_crm.records.projects import Course, Means
from channergy_crm.records.scripts import Script, Snippet
from channergy_crm.records.views import ListView
from channergy_crm.services import (
    audit,
    board,
    call_log,
    calling_hours,
    calls,
    custom_fields,
    figures,
    global_search,
    goals,
    operators,
    pipeline,
    pipeline_deals,
    processes,
    queue,
    recipients,
    register,
    saving,
    search_lists,
    watched_views,
)
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.duplicates import proposal
from channergy_crm.services.duplicates.groups import Group
from channergy_crm.services.imports import Preset
from channergy_crm.services.privacy import age_order, anonymising, everything, refusals
from channergy_crm.settings import OFFICE_NAME, Station
from channergy_crm.transfer.exporting.run import Wanted
from channergy_crm.transfer.exporting.text import Style
from channergy_crm.transfer.importing.first_look import Manner
from channergy_crm.transfer.importing.mapping import Mapping
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from tests import factories
from tests.domain.aside import aside

if TYPE_CHECKING:
    from collections.abc import Callable

RETIRED = "GONE"
PERIOD = figures.Asked(date(2026, 11, 1), date(2026, 11, 30), figures.EVERYBODY)
HELD = figures.Figures(figures.Count(), 0, [], [], [], [], {}, {}, None, figures.Way(0, 0, 0, 0), [])

ABOUT = everything.About("Ann", [everything.Part("Leads", "CRMLeads", [{"Name": "Ann"}])], Whom({}, []))
NO_DEAL = pipeline_deals.Deal(1, "", "", None, Means.OPEN, Course(1, "", True, ()), None, "", "", 1, 0, 0, 0, None,
                              None, None, "", "", False)  # fmt: skip

PLAIN: dict[str, Any] = {
    **dict.fromkeys(["by", "operator", "who", "whose", "owner", "id", "wanted"], RETIRED),
    **dict.fromkeys(["record", "target", "subject"], Lead),
    **dict.fromkeys(["day", "at", "now", "sort", "about", "opportunity", "reader", "bridge", "clipboard", "delimiter"]),
    **{name: {} for name in ("choice", "spoken", "reasons", "cells")},
    **{name: [] for name in ("order", "match_by")},
    **{name: ["Company"] for name in ("names", "titles", "header")},
    **{name: {"email": "ann@acme.example"} for name in ("values", "typed")},
    **dict.fromkeys(["hint", "description", "encoding"], ""),
    **dict.fromkeys(["retired", "titled", "exact", "dry_run"], True),
    **dict.fromkeys(["shared", "change_rows", "with_needed"], False),
    "tell": lambda *told: None,
    **dict.fromkeys(["step", "goes_on", "entry"]), "start": 0,
    "title_row": 0, "shown": 6, "keep": 0, "unit": 1,
    "name": "company", "value": "Acme", "text": "Ann", "label": "Visits",
    "kind_name": "Text",
    "column": "Fax", "columns": ["Fax"], "table": "CRMLeads", "screen": "leads", "deed": "see", "phone": "504-621-8927",
    "terms": [("ann",)], "form": "csv", "style": Style(), "decimal": ".", "version": "3.0", "said": "Company",
    "manner": Manner(), "rows": [["Acme"]], "mapping": Mapping([], ["Firm"]), "kind": MultiLookup("Tags"),
    **{name: ["ann"] for name in ("one", "other")},
    "note": Note(author="ADMIN"), **dict.fromkeys(["kinds", "words"], ""), **dict.fromkeys(["on", "pinned"], True),
    "event": Event(table="CRMAccounts", trigger="created", action="Call"), "existing": True, "withdraw": True,
    "tasks": [1], "shelf": "", "amount": 2, "trigger": "created",
    "deal": 1, "contact": 1, "linked": DealContact, "steps": 1, "among": None,
    "what": "account", "limit": 12, "empty": (), "program": None, "titles": ["Firm"], "cell": "1", "cells": ["1"],
    "count": 3, "most": 3, "more": 1, "this_one": False, "line": call_log.Line(),
    "limits": queue.Limits(), "tried": {}, "weekdays": False, "lead": Lead(), "called": Lead(),
    "pause": 1, "begun": datetime(2026, 11, 1), "ended": datetime(2026, 12, 1), "seconds": 60, "pauses": [],
    "keys": [1], "leads": [], "cards": [], "today": date(2026, 11, 27), "key": 1, "local": datetime(2026, 11, 23, 10),
    "reached": True, "address": "",
    "dialed": "", "since": datetime(2026, 11, 23, 10), "override": "", "forgotten": False, "noted": True,
    "told": watched_views.News(1, "leads", "Hot", 1, 0, (1,)), "own": {},
    "year": 2026, "country": "US", "state": "",
    "days": [(date(2026, 12, 25), "Christmas Day")],
    "where": calling_hours.Place(("UTC",), "US", ""), "listed": date(2026, 10, 1),
    "spellings": {}, "texts": ["a"], "taken": (), "held": "", "title": "Company", "place": 0, "area": AREAS[0],
    "codes": ["N"], "moment": datetime(2026, 11, 23, 10), "zone": "UTC",
    "script": Script(), "row": Snippet(), "list_name": "", "to": "", "sales": True, "say": lambda kind, value: "",
    **dict.fromkeys(["next_try", "until"]), "write": saving.save, "folder": "", "passphrase": "long enough",
    **dict.fromkeys(["first", "last"], date(2026, 11, 27)), "right": "import",
    **dict.fromkeys(["new", "old", "password"], "four words here"),
    **{name: [] for name in ("jobs", "roles", "operators", "receivers")},
    **{name: {"ADMIN": 1} for name in ("shares", "dealt")}, "action": "Call again",
    **dict.fromkeys(["why", "of", "reason", "station", "code", "token"], ""), "role": 1, "like": None, "retire": False,
    "recovery": Path("recovery.txt"), "kept": {}, "holder": "a window", "entered": [(Lead, 1)],
    "before": None, "asked": audit.Asked(), "printed": audit.Taken(Lead, "record", 1), "file": "out.pdf",
    "chosen": Chosen(), "goal": Goal(calls=1), "after": 0, "hour": 9, "hours": {},
    "started": PhoneCall.started, "second": False,
    "people": [(Lead, 1)], "documents": ["a.txt"], "along": True, "months": 12, "status": "", "number": 1,
    "purpose": "newsletter",
    "done": anonymising.Erased(1, [], []), "years": 10, "found": {}, "person": Lead(),
    "received": date(2026, 11, 1), "basis": Basis.CONSENT, "given": date(2026, 11, 1),
    "subjects": [(Lead, 1)], "ids": ["ANN"], "document": Document(), "source": b"Offer", "size": 1,
    "office_id": "3f2a", "changed": None,
    "figures": HELD, "way": HELD.way, "meanings": (), "counted": [], "part": "", "month": date(2026, 11, 1),
    "template": "Hello", "prepared": recipients.Prepared([], []), "channel": "sms", "states": (), "went": True,
    "percent": None,
    "ours": ["Bob Ray"], "setting": OFFICE_NAME, "preset": Preset("Mine", Lead, {}), "progress": lambda *told: None,
}  # fmt: skip

OTHERWISE: dict[str, Any] = {
    "services.contents.hashed.file": io.BytesIO(),
    **dict.fromkeys([f"services.lookups.{name}.field" for name in ("add", "entries", "alphabetical")], "Type"),
    **dict.fromkeys(["services.conversion.convert.account", "services.leads.start.customer"]),
    "services.accounts.create_task_for.opportunity": 1,
    **dict.fromkeys(["services.useful.rows.name", "services.useful.asked.name"], "late"),
    "services.useful.answer.name": "lead_phone",
    "services.pipeline_stages.moved_through.deal": NO_DEAL,
    "services.board_months.spans.months": {},
    "services.pipeline.windows.months": [date(2026, 11, 1)],
    **{
        f"{name}.asked": board.Asked()
        for name in (
            "services.board.read",
            "services.board_customers.read",
            "transfer.exporting.board.export_customers",
        )
    },
    **{
        f"services.{name}.asked": PERIOD
        for name in ("figures.read", "figures.lists", "figures.condition", "figures.came_in", "figure_rows.read")
    },
    "transfer.exporting.figures.export_figures.asked": PERIOD,
    **{
        f"{name}.asked": pipeline_deals.Asked(figures.EVERYBODY)
        for name in (
            "services.pipeline.read",
            "services.pipeline_deals.read",
            "services.pipeline_rows.read",
            "transfer.exporting.pipeline.export_pipeline",
        )
    },
    "services.pipeline_tables.rows.figures": pipeline.Pipeline(),
    "services.pipeline_tables.age_said.days": 30,
    **dict.fromkeys(["services.pipeline_stages.came.key", "services.pipeline_stages.left.key"], (1, "Offer")),
    "services.figures.moment_of.hour": "2026-11-23 10",
    "services.goals.said.held": goals.Goals(*[goals.Done(0, 1)] * 3),
    **{f"services.{name}.proposed_try.now": datetime(2026, 11, 23, 10) for name in ("calls", "calls_to")},
    "services.backups.verify.one": None,
    "services.filling.written.kind": None,
    "services.snippets.typed.before": "see ;price",
    "services.bulk_changes.reassign.owner": "ADMIN",
    **dict.fromkeys([f"services.gate.{name}.number" for name in ("barred", "note", "refusal")], "504-621-8927"),
    **dict.fromkeys(
        [
            "services.call_log.write_override.number",
            "services.call_log.write_dialed.number",
            "services.register.hashed.number",
            "services.calling_hours.place.number",
        ],
        "504-621-8927",
    ),
    **{f"services.register.{name}.numbers": ["+15046218927"] for name in ("find", "put", "stopped")},
    "services.gate.not_written_to.numbers": [("504-621-8927", None)],
    "services.recipients.still_allowed.rows": [("504-621-8927", None)],
    "services.recipients.prepare.records": [(Lead, 1)],
    **dict.fromkeys(
        [
            f"services.{name}.record"
            for name in (
                "gate.barred",
                "gate.forbidden",
                "gate.put_on_register",
                "register.numbers_of",
                "call_log.write_override",
                "call_log.write_dialed",
                "calls_to.tried",
                "calls_to.proposed_try",
                "calls_to.write",
                "calls.dial",
                "calling_hours.place",
            )
        ],
        Lead(),
    ),
    "services.privacy.consents.give.source": "told us",
    **dict.fromkeys(
        [f"services.privacy.optouts.{name}.channel" for name in ("hashed", "address_key", "refuses")],
        Channel.EMAIL,
    ),
    **dict.fromkeys(
        [f"services.privacy.{name}.wanted" for name in ("age.find", "age_order.lay_down", "age_order.count")],
        age_order.Wanted(),
    ),
    "services.privacy.age.read.found": age_order.Found([Lead], array("q")),
    **{f"services.privacy.{name}.people": [age_order.Somebody(Lead, 1)] for name in ("age.touch", "forgetting.forget")},
    "services.privacy.forgetting.forget.after": lambda _done: None,
    "services.privacy.forgetting.forget.goes_on": lambda _place: True,
    **{f"services.privacy.refusals.{name}.channel": refusals.EMAIL for name in ("listed", "add")},
    "services.privacy.refusals.add.text": "ann@acme.example",
    **{
        f"services.privacy.refusals.{name}.entry": refusals.Entry(
            refusals.EMAIL, 1, "ann@acme.example", None, "own", ""
        )
        for name in ("take_off", "why_it_stays")
    },
    "services.privacy.age.touch.why": "they asked",
    "services.privacy.requests.take.asked": Asked.ACCESS,
    "services.privacy.requests.take.note": "",
    **dict.fromkeys([f"services.privacy.seats.{name}.station" for name in ("clean", "catch_up")], Station()),
    "services.privacy.cleaning.due.last": None,
    "services.privacy.holding.until.day": date(2026, 11, 1),
    "services.privacy.retention.before.moment": datetime(2026, 11, 1),
    **dict.fromkeys([f"transfer.exporting.person.{name}.found" for name in ("page", "data")], ABOUT),
    "services.privacy.optouts.keys_in.name": "phone",
    "services.privacy.optouts.keys_in.kind": Lead,
    "services.privacy.optouts.numbers_of.record": Lead(),
    "services.privacy.consents.wishes.record": Lead(),
    "services.register.sentence.listed": register.Listed("TPS", None, ""),
    "services.register.warning.source": register.SourceOf("TPS", 1, date(2026, 10, 1), True),
    "services.register.take_in.source": "TPS",
    "services.register.take_in.texts": [["504-621-8927"]],
    **dict.fromkeys([f"services.call_log.{name}.bridge" for name in ("write_override", "write_dialed")], ""),
    "services.calling_hours.closed.at": datetime(2026, 11, 23, 10),
    "services.calling_hours.open_from.at": datetime(2026, 11, 23, 10),
    "services.gate.first_number.called": Lead(),
    "services.operators.add.id": "NEW",
    "services.operators.remove.id": "ADMIN",
    "services.views.start.columns": ["company"],
    "transfer.clipboard.paste.read.text": "Ann Lee\nAcme Ltd\nann@acme.example",
    "transfer.exporting.run.columns_named.text": "Company",
    "transfer.exporting.text.cents.value": 100,
    "transfer.importing.programs.table.name": "Zoho",
    "transfer.importing.mapping.in_order.columns": {0: "fax"},
    "transfer.importing.mending.with_zero.values": {"postal_code": "8014"},
}
"""what one function takes in another sense"""


class Notepad:
    """A clipboard of the test's own."""

    def __init__(self) -> None:
        self.text = ""

    def check(self) -> str | None:
        """It always works."""
        return None

    def copy(self, text: str) -> None:
        """Keep this."""
        self.text = text

    def paste(self) -> str:
        """What was kept."""
        return self.text


class Arguments:
    """An office with something of everything in it, and an operator who has retired."""

    def __init__(self, office: Any, folder: Path) -> None:
        self.lead, self.other = factories.stored(Lead), factories.stored(Lead, 2)
        self.account, self.operator = factories.stored(Account), operators.add(RETIRED, "Gone", "ADMIN")
        self.operator.active = False
        operators.save(self.operator, "ADMIN")
        (folder / "leads.csv").write_text("First Name,Company,Phone\nAnn,Acme,504-621-8927\n", "utf-8")
        plan = propose(Lead, open_source(folder / "leads.csv"))
        run(plan, operator="ADMIN")
        self._usual = {
            **PLAIN,
            **aside("USUAL"),
            "office": office,
            "path": folder / "leads.csv",
        }
        self._usual |= {"plan": plan, "source": plan.source}
        self._usual |= self._of_the_store()
        self._special = {**OTHERWISE, **aside("ARGUMENTS"), **self._otherwise(folder)}

    def _of_the_store(self) -> dict[str, Any]:
        lead, keys = self.lead, [self.lead.key, self.other.key]
        query = ListQuery(Lead, ["company"], by=RETIRED)
        return {
            **dict.fromkeys(["key", "number"], lead.key), "task": Task(action="Call", owner=RETIRED),
            **dict.fromkeys(["keys", "numbers"], keys), "lead": lead,
            "records": [lead, self.other], "account": self.account, "customer": factories.stored(Customer),
            "field": custom_fields.find(Lead, "Fax", "ADMIN"), "proposal": proposal.propose(Lead, keys, "ADMIN"),
            "found": [Group(tuple(keys), ("same phone",))], "condition": Lead.number == lead.key,
            "hit": global_search.Hit(global_search.places()[0], lead.key, "Ann", "", "", ""), "queries": {1: query},
            "clash": Clash("", [Difference("title", "", "", "Owner", "")], ""),
            "query": query, "whole": query, "entry": CustomLookup.select().first(),
            "process": 1, "project": 1, "stage": 1, "instead": "Offer", "answer": None, "members": None,
            "rule": CallRule.select().first(), "result": calls.results("ADMIN")[0], "call": calls.Call("N"),
            "view": ListView(screen="leads", owner=RETIRED, name="Mine", filter_text="ann"),
        }  # fmt: skip

    def _otherwise(self, folder: Path) -> dict[str, Any]:
        one = ("saving.save.record", "saving.delete.record", "saving.settle_clash.record",
               "custom_fields.carried.source", "duplicates.look_alikes.asked.record", "timeline.pages.of.record",
               "timeline.subjects.of.record", "team_notices.is_won.record",
               "team_notices.was_won.record", "team_notices.sale.record")  # fmt: skip
        by_number = ("accounts.leads_of", "leads.start")
        return {
            **{f"services.{name}": self.lead for name in one},
            **{f"services.{name}.account": self.account.key for name in by_number},
            "services.accounts.start_task.account": self.account,
            "transfer.calendars.events.uid.record": self.lead,
            "transfer.calendars.feed.rewrite.station": Station(folder / "station.json"),
            "services.operators.save.operator": self.operator,
            "services.processes.save.process": Process.get(),
            "services.processes.save_stage.stage": ProcessStage.get(),
            "services.projects.save.project": Project(name="Fair"),
            **{f"services.deals.{name}.number": 1 for name in ("asks", "move")},
            "services.preferences.save.held": Preferences(operator=RETIRED),
            "services.processes.labels.key": processes.WEIGHTS,
            "services.processes.add_label.key": processes.SUBJECTS,
            "services.processes.add_label.percent": None,
            "services.processes.save_label.entry": CustomLookup(table="CRMOpportunities", field="Name", value="A"),
            "services.search_lists.let.way": search_lists.Way(),
            "services.roles.let.wanted": {"use": "all"},
            "services.roles.let.table": "CRMLeads",
            "transfer.exporting.run.export.wanted": Wanted(self._usual["query"]),
            "transfer.exporting.run.export.path": folder / "out.csv",
            "transfer.importing.outcome.write_rows.path": folder / "failed.csv",
        }

    def of(self, name: str, function: Callable[..., Any]) -> dict[str, Any]:
        """The arguments of one function. A parameter nobody had yet is given its value above."""
        wanted = inspect.signature(function).parameters
        return {
            each: self._special[where] if (where := f"{name}.{each}") in self._special else self._usual[each]
            for each, held in wanted.items() if held.kind is not held.VAR_POSITIONAL
        }  # fmt: skip
