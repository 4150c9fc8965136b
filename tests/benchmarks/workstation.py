"""Somebody at a workstation without a window, who telephones, types and saves through the ordinary services.

Each step is opened, thought about, and only then saved, so that others come between, as they do in an office.
"""

from __future__ import annotations

import random
import re
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Clash, CRMError, Mistake
from channergy_crm.records import Lead, Task
from channergy_crm.services import bulk_changes, conversion, leads, reminders, saving, tasks
from channergy_crm.transfer.importing.plan import Plan, propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from tests.benchmarks import office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEW_ROWS, KNOWN_ROWS, MARKED = 250, 50, 100
SETTLED_AT_MOST = 20


class Shift(NamedTuple):
    """How long somebody works: so many seconds or so many steps, whichever ends first; how long each takes thought."""

    seconds: float
    steps: int
    thought: tuple[float, float]
    shared: list[int]
    """the leads everybody edits"""
    open_leads: list[int]
    """those that wait to be converted"""
    folder: Path


@dataclass
class Report:
    """What somebody did and was told."""

    saves: dict[str, list[float]] = field(default_factory=dict)
    """milliseconds of each save, by kind"""
    many: dict[str, list[float]] = field(default_factory=dict)
    """the same of imports and bulk changes"""
    tokens: list[tuple[int, str, int]] = field(default_factory=list)
    """lead, what was written into its notes, and the unit that was reported as saved"""
    told: Counter[str] = field(default_factory=Counter)
    """sentences that reached the user, without the names and numbers in them"""
    settled: int = 0
    """clashes that were shown and decided"""
    bugs: list[str] = field(default_factory=list)
    steps: int = 0


class Person:
    """One of them."""

    def __init__(self, number: int, shift: Shift) -> None:
        self.by = office.OPERATORS[number % len(office.OPERATORS)]
        self.report = Report()
        self._dice, self._number, self._shift = random.Random(number), number, shift
        self._count = self._unit = 0
        self._phone = threading.Event()  # it never rings
        self._steps: list[tuple[float, Callable[[], object]]] = [
            (60, self.edit), (8, self.remind), (8, self.close), (7, self.do_task), (6, self.create), (4, self.convert),
            (3, self.take_back), (3, self.look), (0.7, self.change_many), (0.3, self.take_in),
        ]  # fmt: skip

    def work(self) -> Report:
        """Do one thing after the other until the shift ends."""
        stop = work.listen(self._hear)
        ends = time.monotonic() + self._shift.seconds
        weights, steps = zip(*self._steps, strict=True)
        while self.report.steps < self._shift.steps and time.monotonic() < ends:
            (step,) = self._dice.choices(steps, weights)
            self.try_to(step)
            self.report.steps += 1
        stop()
        return self.report

    def try_to(self, step: Callable[[], object]) -> None:
        """What goes wrong is a sentence, or a bug."""
        try:
            step()
        except CRMError as error:
            kind = "Mistake" if isinstance(error, Mistake) else "Surroundings"
            self.report.told[f"{step.__name__}: {kind}: {_without_names(error.message)}"] += 1
        except Exception:  # noqa: BLE001  bugs are counted, too
            self.report.bugs.append(traceback.format_exc())

    def _hear(self, done: work.Done) -> None:
        self._unit = done.number

    def think(self) -> None:
        """Read, telephone, type."""
        self._phone.wait(self._dice.uniform(*self._shift.thought))

    def _timed(self, deed: str, what: Callable[[], object], *, many: bool = False) -> None:
        times = self.report.many if many else self.report.saves
        began = time.perf_counter()
        try:
            what()
        finally:
            times.setdefault(deed, []).append((time.perf_counter() - began) * 1000)

    def _shared(self, count: int) -> list[int]:
        return self._dice.sample(self._shift.shared, min(count, len(self._shift.shared)))

    def _mark(self) -> str:
        self._count += 1
        return f"<{self._number}.{self._count}>"

    # ---------------------------------------------------------------- one record

    def edit(self) -> None:
        """Open one of the leads everybody edits, type, save; where others changed the same field, decide."""
        lead = Lead.find(self._shared(1)[0])
        assert lead is not None
        self.think()
        dice, token = self._dice, ""
        kind = dice.choice(["notes", "notes", "phone", "title", "reminder"])
        if kind == "notes":
            token = self._mark()
            lead.notes = f"{lead.notes}{token}"
        elif kind == "phone":
            lead.phone = f"(512) {dice.randrange(200, 1000)}-{dice.randrange(10_000):04}"
        elif kind == "title":
            lead.title, lead.city = f"Title {dice.randrange(1000)}", f"City {dice.randrange(1000)}"
        else:
            lead.reminder_date = clock.today() + timedelta(days=dice.randrange(1, 60))
        try:
            self._timed("edit", lambda: leads.save(lead, self.by))
        except Clash as clash:
            self._settle(lead, clash, token)
        if token:
            self.report.tokens.append((lead.number, token, self._unit))

    def _settle(self, lead: Lead, clash: Clash, token: str) -> None:
        """Look at both versions and choose: of the notes, theirs with our own words behind."""
        for _turn in range(SETTLED_AT_MOST):
            self.report.settled += 1
            self.think()
            choice = {each.name: f"{each.theirs}{token}" if each.name == "notes" else each.mine
                      for each in clash.differences}  # fmt: skip
            seen = clash
            try:
                self._timed(
                    "settle a clash", lambda seen=seen, choice=choice: saving.settle_clash(
                        lead, seen, choice, self.by, leads.save)
                )  # fmt: skip
            except Clash as again:
                clash = again
            else:
                return
        raise AssertionError("others were always faster")

    def create(self) -> None:
        """A new lead."""
        values = {**office.Dice(1, self._dice).person(), "description": self._mark(), "owner": self.by}
        self.think()
        self._timed("create", lambda: leads.create(values, self.by))

    def convert(self) -> None:
        """Turn a lead into an opportunity; somebody else may have done so."""
        number = self._dice.choice(self._shift.open_leads)
        self.think()
        self._timed("convert", lambda: conversion.convert(number, self.by))

    def do_task(self) -> None:
        """Make a task, or close one."""
        self.think()
        if self._dice.random() < 0.5:
            task = saving.start(Task, self.by)
            task.action, task.is_crm, task.reminder_date = self._mark(), True, clock.today()
            self._timed("make a task", lambda: tasks.save(task, self.by))
            return
        found = Task.select(Task.number).where(~Task.closed & Task.is_crm).order_by(Task.number.desc()).limit(20)
        numbers = list(found.scalars())
        if numbers:
            self._timed("close a task", lambda: tasks.close([self._dice.choice(numbers)], self.by))

    def take_back(self) -> None:
        """Ctrl+Z."""
        self.think()
        entry = saving.undoable(self.by)
        if entry is None:
            return
        self._timed(
            "take back", lambda: saving.reverse(entry.number, self.by), many=saving.size(entry.number, self.by) > 9
        )
        self.report.tokens = [token for token in self.report.tokens if token[2] != entry.number]

    def look(self) -> None:
        """Only look: what is due, and what stands in a lead."""
        reminders.due(self.by)
        Lead.find(self._shared(1)[0])
        self.think()

    # ---------------------------------------------------------------- several

    def remind(self) -> None:
        """Put the reminders of some leads off."""
        numbers, day = self._shared(5), clock.today() + timedelta(days=self._dice.randrange(1, 60))
        self.think()
        self._timed("snooze", lambda: reminders.snooze(Lead, numbers, day, self.by))

    def close(self) -> None:
        """Close one reminder, or some."""
        numbers = self._shared(5)
        self.think()
        if self._dice.random() < 0.5:
            self._timed("close a reminder", lambda: reminders.close_lead(numbers[0], self.by))
        else:
            self._timed("close reminders", lambda: reminders.close_leads(numbers, self.by))

    def change_many(self) -> None:
        """Set a field of many of the leads everybody edits, in the order in which they were marked."""
        numbers, text = self._shared(MARKED), f"Source {self._dice.randrange(100)}"
        self.think()
        self._timed(
            "bulk change", lambda: bulk_changes.set_field(Lead, numbers, "lead_source", text, self.by), many=True
        )

    def take_in(self) -> None:
        """Import a file of some hundred rows, a part of which are leads everybody edits."""
        dice = office.Dice(1, self._dice)
        names = ("first_name", "last_name", "company", "phone", "email", "state")
        rows = [[str(held[name]) for name in names] for held in (dice.person() for _ in range(NEW_ROWS))]
        known = Lead.select().where(Lead.number.in_(self._shared(KNOWN_ROWS)))
        state = f"S{self._dice.randrange(100)}"
        rows += [[*(str(getattr(lead, name)) for name in names[:-1]), state] for lead in known]
        mark = self._mark().strip("<>")
        path = self._shift.folder / f"{mark}.csv"
        lines = [[*(kind.label for kind in map(Lead.kind, names)), "Description"], *([*row, mark] for row in rows)]
        path.write_text("\n".join(",".join(f'"{cell}"' for cell in line) for line in lines), "utf-8")
        self.think()
        plan: Any = propose(Lead, open_source(path))
        plan = Plan(**{**vars(plan), "on_match": "update"})
        self._timed("import", lambda: run(plan, operator=self.by), many=True)


def _without_names(sentence: str) -> str:
    """A sentence as a kind: who and what it is about does not matter."""
    return re.sub(r"[A-Z0-9][\w.&'@-]*( [A-Z0-9][\w.&'@-]*)*", "…", sentence)[:120]


def longest(report: Report) -> float:
    """The longest somebody waited for one thing, in milliseconds."""
    return max((ms for times in (*report.saves.values(), *report.many.values()) for ms in times), default=0.0)
