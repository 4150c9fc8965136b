"""What there is to do: tasks."""

from __future__ import annotations

from datetime import date, datetime

import peewee

from channergy_crm import clock
from channergy_crm.fields import (
    Date,
    Flag,
    Imported,
    Link,
    LongText,
    Lookup,
    Moment,
    Number,
    Owner,
    RecordNumber,
    Reference,
    Repeats,
    SearchText,
    Text,
    Time,
)
from channergy_crm.language import N_, _
from channergy_crm.records.operators import Operator
from channergy_crm.records.people import Account, Customer, Lead
from channergy_crm.records.sales import Opportunity
from channergy_crm.text.activities import LONGEST
from channergy_crm.work.about import About
from channergy_crm.work.record import Extra, Record, add_extra, is_one_of, local_time


class Task(Record):
    """Something to do for an account, often with a reminder (CH-119…CH-129).

    Its table is shared with the suite, whose own rows do not carry the CRM mark and never show (CH-148).
    """

    number = RecordNumber("Task #", column_name="CustServNo")
    action = Text(
        "Action", column_name="Action", required=True, searched=True, width=40,
        synonyms="subject, Objet, Sujet, Asunto, Oggetto, Onderwerp, Assunto, Temat",
    )  # fmt: skip
    reminder_date = Date(
        "Reminder Dt",
        column_name="ReminderDt",
        synonyms="due, due date, date, due on, deadline, date due, due at, reminder date, remind on, fällig, fällig "
        "am, Fälligkeit, Fälligkeitsdatum, Frist, Termin, Erinnerung am, Datum der Erinnerung, échéance, date "
        "d'échéance, à rendre, date du rappel, date de rappel, vencimiento, fecha de vencimiento, vence, "
        "fecha límite, fecha del aviso, fecha de aviso, fecha del recordatorio, scadenza, data di scadenza, "
        "vervaldatum, einddatum, data de vencimento, vencimento, prazo, termin, termin wykonania",
    )  # fmt: skip
    reminder_time = Time("Reminder Time", column_name="ReminderTime", goes_with="reminder_date")
    activity = Lookup(
        "Kind", column_name="ActivityKind", width=10,
        synonyms="activity type, activity kind, task type, task subtype, event type, Aktivitätstyp, Vorgangsart",
    )  # fmt: skip
    """a call, a meeting or a task, or what the office has added; a task where it says nothing (K18)"""
    minutes = Number(
        "Duration", column_name="DurationMinutes", hint="minutes", most=LONGEST, width=8,
        synonyms="duration minutes, length, Dauer, durée, duración, durata",
    )  # fmt: skip
    place = Text(
        "Location", column_name="Place", searched=True, personal=True, limit=250, width=24,
        synonyms="place, where, venue, Ort, Standort, lieu, lugar, luogo",
    )  # fmt: skip
    notes = LongText("Notes", column_name="Notes", searched=True, personal=True)
    priority = Lookup("Priority", column_name="Priority", width=10)
    status = Lookup("Status", column_name="Status", width=12, synonyms="state, Statut, État, Estado, Stato, Zustand")
    closed = Flag(
        "Closed", column_name="Closed",
        synonyms="completed, complete, done, finished, is closed, is complete, date completed, completed date, "
        "completed on, completed at, completed time, closed date, closed on, date closed, % complete, percent "
        "complete, mark as done, erledigt, erledigt am, abgeschlossen, abgeschlossen am, Datum erledigt, % "
        "abgeschlossen, % erledigt, Prozent erledigt, terminé, terminée, terminé le, achevé, date "
        "d'achèvement, achevé le, date de fin, % achevé, % terminé, completado, completada, fecha de "
        "finalización, finalizado, fecha completado, fecha de finalización real, % completado, % completada, "
        "completato, data completamento, completata, % completata, % completato, voltooid, datum voltooid, % "
        "voltooid, concluído, concluída, data de conclusão, % concluída, % concluído, zakończone, data "
        "zakończenia, % ukończenia",
    )  # fmt: skip
    account = Link(Account, "CRM Account #", column_name="CRMAccountNo", system=True, width=10)
    opportunity = Link(Opportunity, "Opportunity #", column_name="OpportunityNo", system=True, width=10)
    lead = Link(Lead, "Lead #", column_name="LeadNo", system=True, width=10)
    customer = Link(Customer, "Customer #", column_name="CustNo", system=True, width=10)
    ticket = Reference("Ticket", "From Ticket", column_name="TicketNo")
    """the one it was created on (VT-193)"""
    owner = Owner(Operator, "Assign Account To", column_name="OwnerOperatorID", required=True)
    is_crm = Flag("CRM", column_name="IsCRM", hidden=True)
    created_on = Moment("Create Dt", column_name="CreateDt", system=True)
    closed_on = Moment("Closed Dt", column_name="ClosedDt", hidden=True)
    repeats = Repeats(
        "Repeats", column_name="RepeatRule", day="reminder_date", planned="planned_on",
        synonyms="recurrence, repeat, rrule, Wiederholung, wiederholt sich",
    )  # fmt: skip
    planned_on = Date("Planned for", column_name="RepeatAnchor", hidden=True)
    left_out = LongText("Left out", column_name="RepeatExcept", hidden=True, limit=8_000)
    """days of the series that are none: what stood there was moved or taken off (`text/series.py` keeps them)"""
    in_calendar = Flag("Add to my calendar", column_name="InCalendar", width=12)
    calendar_uid = Text("Calendar UID", column_name="CalendarUID", hidden=True, personal=True, limit=500)
    imported = Imported("Imported #", synonyms="task id, activity id, todo id, record id task")
    search_text = SearchText()

    singular = "Task"
    plural = "Tasks"
    about = About(
        icon="task", title=("action",), standing=("closed",), only="is_crm", target="account_task", screen="tasks",
        known_by=("action", "account", "opportunity", "lead", "customer", "reminder_date", "reminder_time"),
        usually="Action, what it is about, and its day", extendable=True, documents=True,
        always={"is_crm": True}, ended_by={"status": "closed"}, fed_by=("CRMLeads",), rank=50,
    )  # fmt: skip

    class Meta:
        table_name = "CustServ"
        indexes = (
            (("owner", "closed", "reminder_date", "reminder_time"), False),
            (("closed", "closed_on", "owner", "number"), False),
        )  # fmt: skip

    def save(self, force_insert: bool = False, only: object = None) -> int:
        if "closed" in self.changes() or (self.is_new and self.closed):
            self.closed_on = clock.now() if self.closed else None  # when it was done stands on the timeline
        return super().save(force_insert, only)

    def caption(self) -> str:
        return self.action or _("Task {number}").format(number=self.number)

    @classmethod
    def opened_at(cls, key: object, caption: str) -> tuple[str, object]:
        of_account = cls.select().where((cls.number == key) & cls.account.is_null(False)).exists()
        return cls.about.target if of_account else "task", key

    @classmethod
    def listed(cls) -> peewee.ColumnBase:
        return cls.is_crm & ~cls.closed

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        name = Account.select(Account.name).where(Account.number == cls.account)
        account = Account.select(peewee.fn.NULLIF(Account.phone, "")).where(Account.number == cls.account)
        lead = Lead.select(peewee.fn.NULLIF(Lead.phone, "")).where(Lead.number == cls.lead)
        zone = Lead.select(peewee.fn.NULLIF(Lead.time_zone, "")).where(Lead.number == cls.lead)
        return {
            "account_name": Extra("Account", name, width=36),
            "phone": Extra("Phone", peewee.fn.COALESCE(account, lead), width=14),
            "local_time": local_time(peewee.fn.COALESCE(account, zone, lead)),
        }

    @classmethod
    def owned_by(cls, *owners: str) -> peewee.ColumnBase:
        return is_one_of(cls.owner, owners) & cls.is_crm


def coming_again() -> peewee.ColumnBase:
    """The open tasks that come again."""
    # Written without parameters: an index over these alone is only recognised by its very words.
    words = Task.repeats, peewee.SQL("<> '' AND NOT"), Task.closed
    return peewee.NodeList(words)


# What comes again and is still open: its days to come are counted when a calendar is looked at.
Task.add_index(Task.owner, where=coming_again(), name="CustServ_repeats")
# When something was done about somebody: what events look for (VS-3).
Task.add_index(
    Task.closed_on, where=peewee.NodeList((Task.closed_on, peewee.SQL("IS NOT NULL"))), name="CustServ_done"
)  # fmt: skip


def _moment_or_day(held: str | None) -> datetime | date | None:
    if not held:
        return None
    day, _space, at = held.strip().partition(" ")
    return datetime.fromisoformat(f"{day} {at}") if at else date.fromisoformat(day)


def _next_reminder() -> Extra:
    """The earliest reminder of the open tasks of an account: a day, or a day and a time."""
    at = Task.reminder_date.cast("TEXT").concat(" ").concat(peewee.fn.COALESCE(Task.reminder_time, ""))
    to_do = Task.is_crm & ~Task.closed & Task.reminder_date.is_null(False)
    earliest = Task.select(peewee.fn.MIN(at)).where(to_do & (Task.account == Account.number))
    return Extra(N_("Next Reminder"), earliest, _moment_or_day, 16, stored=False, dated=True)


add_extra(Account, "next_reminder", _next_reminder())
