"""Step 5: what came, to be looked through, and accepted or rejected (VT-111)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, counted, many, ngettext, source
from channergy_crm.services import imports
from ui.lists.table import RecordTable
from ui.look.plain import as_tip
from ui.look.theme import title
from ui.screens import people, sales
from ui.transfer.wizard.check import missing_ones, not_taken, write_failed
from ui.transfer.wizard.left_out import LeftOutBelow
from ui.widgets.controls import Button
from ui.widgets.dialog import Plain, Remark, named

if TYPE_CHECKING:
    from channergy_crm.services.imports import Rejected
    from channergy_crm.transfer.importing.outcome import Outcome
    from channergy_crm.work.record import Record
    from ui.session.session import Session
    from ui.transfer.wizard.setup import Setup

SCREENS = {screen.record: screen for screen in (
    people.LEADS, people.CONTACTS, people.ACCOUNTS, people.CUSTOMERS, sales.OPPORTUNITIES, sales.TASKS,
)}  # fmt: skip
MOST_COLUMNS = 6


class ResultStep(QWidget):
    """The counts in a sentence, the records that came (Enter opens one), and the way back."""

    title, verb = N_("Result"), N_("Accept")
    says = N_(
        "It is in the office now. Look through it; a double click opens a record. Reject takes it all back, also later."
    )
    changed = Signal()
    rejected = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._setup: Setup | None = None
        self._list: RecordTable | None = None
        self._count = Plain("", self)
        self._count.setFont(title(self._count.font()))
        self._more = named(Remark("", self), "import.result", _("What became of the file"))
        self._reject = self._button("reject", _("Reject"), _("Take back everything this import did"))
        others = _("Save the rows that were not imported as a file, with the reasons")
        self._save = self._button("save_not_taken", _("Save the other rows…"), others)
        self._reject.clicked.connect(self.rejected)
        self._save.clicked.connect(self._ask_where)
        self._room = QVBoxLayout()
        self._left_out = LeftOutBelow(self)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._reject)
        buttons.addWidget(self._save)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._count)
        column.addWidget(self._more)
        column.addLayout(self._room, 1)
        column.addWidget(self._left_out)
        column.addLayout(buttons)

    def _button(self, word: str, text: str, tip: str) -> QPushButton:
        button = named(Button(text, self), f"import.{word}", text)
        button.setToolTip(as_tip(tip))
        button.setAutoDefault(False)
        return button

    # ---------------------------------------------------------------- what every step has

    def show_setup(self, setup: Setup) -> None:
        """Tell what was done, and list it."""
        self._setup = setup
        outcome = setup.outcome
        if outcome is None:
            return
        self._count.setText(what_was_done(outcome, setup.record))
        self._more.say(_others(outcome), "muted")
        self._reject.setVisible(bool(outcome.run))
        self._save.setVisible(bool(outcome.refused))
        self._left_out.show_outcome(outcome)
        self._show_list(setup.record, outcome.unit)

    def why_not(self) -> str:
        """It can always be accepted."""
        return ""

    def first(self) -> QWidget:
        """The list of what came."""
        return self._list.grid if self._list is not None else self._save

    def close_list(self) -> None:
        """Stop reading; the window is going."""
        if self._list is not None:
            self._list.close_list()

    def _show_list(self, record: type[Record], unit: int) -> None:
        if self._list is None and unit:
            self._list = came_list("import", record, unit, self._session, self)
            self._room.addWidget(self._list)
        if self._list is not None:
            self._list.refresh()

    # ---------------------------------------------------------------- taken back, or saved for later

    def tell_rejected(self, back: Rejected) -> None:
        """Say what was taken back, and what was kept because somebody has worked on it."""
        self._count.setText(taken_back(back))
        self._more.say("\n".join(back.kept) or _("Everything is as it was before."), "muted")
        for part in (self._reject, self._save, self._left_out):
            part.hide()
        if self._list is not None:
            self._list.refresh()

    def _ask_where(self) -> None:
        setup = self._setup
        if setup is None or setup.path is None:
            return
        title, form = _("Save the rows that were not taken"), _("Tables") + " (*.csv)"
        chosen, _form = QFileDialog.getSaveFileName(self, title, not_taken(setup.path), form)
        if chosen:
            self.save_failed(Path(chosen))

    def save_failed(self, path: Path) -> None:
        """Save the rows that were not taken, each with the reasons."""
        if self._setup is not None and self._setup.outcome is not None:
            outcome, plan = self._setup.outcome, self._setup.ready
            self._more.say(*write_failed(partial(outcome.write_failed, path, plan), path))


def came_list(start: str, record: type[Record], unit: int, session: Session, parent: QWidget) -> RecordTable:
    """The records a unit of work made or changed; Enter and a double click open one in the main window."""
    screen, name = SCREENS.get(record), f"{start}.{source(record, 'plural').lower().replace(' ', '_')}"
    columns = list(screen.columns) if screen else list(record.kinds())[:MOST_COLUMNS]
    order = screen.order if screen else (columns[0], False)
    table = RecordTable(
        name, record, columns, office=session.office, station=session.station,
        condition=lambda: imports.came(record, unit), order=[order],
        empty=_("No {records} of this import are left.").format(records=many(record)), parent=parent,
    )  # fmt: skip
    table.by = lambda: session.by
    if record.about.target:
        table.opened.connect(lambda key: session.go_to(record.about.target, key))
    table.settled.connect(lambda key: table.go_to_row(0) if key is None else None)
    table.refused.connect(session.notices.warn)
    return table


def what_was_done(outcome: Outcome, record: type[Record]) -> str:
    """What was done, in a sentence."""
    records, changed = counted(record, outcome.taken), counted(record, outcome.updated)
    if outcome.taken and outcome.updated:
        return _("{records} imported, {changed} updated.").format(records=records, changed=changed)
    if outcome.taken:
        return _("{records} imported.").format(records=records)
    return _("{records} updated.").format(records=changed) if outcome.updated else _("Nothing was changed.")


def _others(outcome: Outcome) -> str:
    """What became of the other rows, each in a sentence."""
    made, there, failed = missing_ones(outcome), outcome.skipped, len(outcome.refused)
    cannot = ngettext("{count:,} row could not be imported.", "{count:,} rows could not be imported.", failed)
    said = [
        *([_("Created {missing}.").format(missing=made)] if outcome.missing else []),
        *([_("{count:,} already there.").format(count=there)] if there else []),
        *([cannot.format(count=failed)] if failed else []),
    ]
    return " ".join(said) or _("Every row was imported.")


def taken_back(back: Rejected) -> str:
    """What rejecting did, in a sentence."""
    count, kept = back.records, len(back.kept)
    if not kept:
        said = ngettext("The import was taken back: {count:,} record changed.",
                        "The import was taken back: {count:,} records changed.", count)  # fmt: skip
    else:
        said = ngettext("The import was taken back: {count:,} record changed; {kept:,} kept.",
                        "The import was taken back: {count:,} records changed; {kept:,} kept.", count)  # fmt: skip
    return said.format(count=count, kept=kept)
