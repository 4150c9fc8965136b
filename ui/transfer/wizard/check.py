"""Step 4: what would happen, counted, and everything that is wrong, mended where it stands (C2, VT-110)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from channergy_crm.errors import CRMError
from channergy_crm.language import N_, _, figures, many, ngettext, one
from ui.look.plain import Label, unmarked
from ui.look.theme import title
from ui.transfer.wizard.left_out import LeftOutPage
from ui.transfer.wizard.problems import Problems, Remarks
from ui.transfer.wizard.setup import Setup, Sheet, lay_out
from ui.transfer.wizard.slips import SlipsPage
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from channergy_crm.transfer.importing.checking import Checked, Failing
    from channergy_crm.transfer.importing.outcome import Outcome
    from channergy_crm.work.record import Record

CHECK_AFTER_MS = 500
COUNTS = {
    "created": N_("created"),
    "updated": N_("updated"),
    "skipped": N_("skipped"),
    "problems": N_("problems"),
}


class CheckStep(QWidget):
    """Counts, problems, rows that are there already, what looks like a slip, and what is left out."""

    title, verb = N_("Check"), N_("Import Now")
    says = N_(
        "Nothing has been imported yet. Correct wrong cells here (Enter opens a cell), or import without those rows."
    )
    changed = Signal()
    again = Signal()
    """cells were mended: count anew"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._setup: Setup | None = None
        self._alike: tuple[int, str, str] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CHECK_AFTER_MS)
        self._soon.timeout.connect(self.again)
        self._tabs = named(QTabWidget(self), "import.check_tabs", _("What was found"))
        self._tabs.setDocumentMode(True)
        self._build_problems()
        self._already = Remarks((_("Row"), _("Why it is left as it is")), self)
        sheet = Sheet("import.already", _("Rows that are there already"), self._tabs)
        sheet.setModel(self._already)
        sheet.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._tabs.addTab(sheet, _("There already"))
        self._slips = SlipsPage(self._tabs)
        self._tabs.addTab(self._slips, _("Notes"))
        self._slips.said.connect(self._slips_said)
        self._left_out = LeftOutPage(self._tabs)
        self._tabs.addTab(self._left_out, _("Left out"))
        self._left_out.said.connect(self._keep_said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._build_counts())
        column.addWidget(self._tabs, 1)

    def _build_counts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(32)
        self._counts: dict[str, tuple[Label, Remark]] = {}
        for word, said in COUNTS.items():
            number = named(Label("0", self), f"import.count_{word}", _(said))
            number.setFont(title(number.font()))
            about = Remark("", self)
            about.setWordWrap(False)
            part = QVBoxLayout()
            part.setSpacing(0)
            part.addWidget(number)
            part.addWidget(about)
            row.addLayout(part)
            self._counts[word] = number, about
        row.addStretch(1)
        return row

    def _build_problems(self) -> None:
        page = QWidget(self._tabs)
        self._sheet = Sheet("import.problems", _("Rows that cannot be taken"), page)
        self._problems = Problems(self._sheet)
        self._sheet.setModel(self._problems)
        self._sheet.verticalHeader().show()
        self._said = named(Remark("", page), "import.about_problem", _("About this problem"))
        self._all = named(Button("", page), "import.mend_alike", _("Mend all rows alike"))
        self._all.setAutoDefault(False)
        self._all.hide()
        self._save = named(Button(_("Save these rows…"), page), "import.save_failed", _("Save these rows"))
        self._save.setToolTip(_("As a file with the reason in a column, to be mended elsewhere and imported again"))
        self._save.setAutoDefault(False)
        self._create = named(Button("", page), "import.create_missing", _("Create what is missing"))
        self._create.setAutoDefault(False)
        self._create.clicked.connect(self._create_missing)
        lay_out(page, self._sheet, self._said, self._all, self._create, self._save)
        self._tabs.addTab(page, _("Problems"))
        self._problems.mended.connect(self._mended)
        self._all.clicked.connect(self._mend_alike)
        self._save.clicked.connect(self._ask_where)
        self._sheet.selectionModel().currentChanged.connect(lambda *_: self._tell_problem())

    # ---------------------------------------------------------------- what every step has

    def show_setup(self, setup: Setup) -> None:
        """Show what would come of it."""
        before, self._setup = self._setup, setup
        checked = setup.checked
        if checked is None:
            return
        at_problem = before is setup and self._sheet.currentIndex().isValid()
        self._problems.show(checked)
        self._already.show_rows(checked.outcome.already)
        self._slips.show_checked(checked, setup.by)
        self._left_out.show_outcome(checked.outcome, checked.plan)
        self._tell(checked)
        if not at_problem or not self._sheet.currentIndex().isValid():
            self._arrange()
            self._go_to_wrong()

    def _arrange(self) -> None:
        header = self._sheet.horizontalHeader()
        for column in range(header.count()):
            self._sheet.setColumnWidth(column, 140 if column else 360)
        lost = len(self._problems.checked.outcome.losses) if self._problems.checked else 0
        filled = (len(self._problems.rows), self._already.rowCount(), len(self._slips.model.rows), lost)
        self._tabs.setCurrentIndex(next((place for place in (0, 2, 3, 1) if filled[place]), 0))

    def _tell(self, checked: Checked) -> None:
        outcome = checked.outcome
        counts = {"created": outcome.taken, "updated": outcome.updated, "skipped": outcome.skipped,
                  "problems": self._failing()}  # fmt: skip
        said = {"created": _would_be_created(outcome, checked.plan.record), "updated": _("would be updated"),
                "skipped": _("there already"),
                "problems": ngettext("row cannot be taken", "rows cannot be taken", counts["problems"])}  # fmt: skip
        inks = {"created": "done", "problems": "overdue"}
        for word, (number, about) in self._counts.items():
            number.setText(figures(counts[word]))
            about.say(said[word])
            number.wear(inks.get(word, "text") if counts[word] else "muted")
        self._tabs.setTabText(0, _("Problems ({count:,})").format(count=counts["problems"]))
        self._tabs.setTabText(1, _("There already ({count:,})").format(count=counts["skipped"]))
        self._tabs.setTabText(2, _("Notes ({count:,})").format(count=len(self._slips.model.rows)))
        self._tabs.setTabText(3, _("Left out ({count:,})").format(count=len(outcome.losses)))
        self._save.setEnabled(bool(counts["problems"]))
        missing = len(checked.nameless()) if checked.plan.missing_links == "report" else 0
        create = ngettext("Create what is missing", "Create the {count:,} that are missing", missing)
        self._create.setText(create.format(count=missing))
        self._create.setVisible(bool(missing))
        self._tell_problem()
        self.changed.emit()

    def _failing(self) -> int:
        return sum(bool(row.wrong) for row in self._problems.rows)

    def why_not(self) -> str:
        """There must be something to do."""
        checked = self._setup.checked if self._setup else None
        if checked is None:
            return _("The check is not finished.")
        mended = any(not row.wrong for row in checked.failing)
        some = checked.outcome.taken or checked.outcome.updated or mended
        nothing = _("There is nothing to import: every row is there already or cannot be taken.")
        return "" if some else nothing

    def first(self) -> QWidget:
        """The problems, when there are any; otherwise what there is to read."""
        return self._sheet if self._failing() else self._tabs.tabBar()

    def settle(self) -> None:
        """Take over what stands in an open cell, and count no more."""
        self._sheet.settle()
        self._slips.settle()
        self._soon.stop()

    # ---------------------------------------------------------------- mending

    def _mended(self, row: Failing, place: int, before: str) -> None:
        checked = self._problems.checked
        if checked is None or self._setup is None:
            return
        self._setup.plan = checked.plan
        others = len(checked.alike(place, before)) if place not in row.wrong else 0
        self._alike = (place, before, row.cell(place)) if others else None
        too = ngettext("{count:,} other row says “{text}”: change too (Ctrl+R)",
                       "{count:,} other rows say “{text}”: change too (Ctrl+R)", others)  # fmt: skip
        if not before.strip():
            too = ngettext("{count:,} other row says nothing here: fill it too (Ctrl+R)",
                           "{count:,} other rows say nothing here: fill them too (Ctrl+R)", others)  # fmt: skip
        self._all.setText(unmarked(too.format(count=others, text=before[:40])))
        self._all.setAccessibleName(self._all.text())
        self._all.setShortcut("Ctrl+R")
        self._all.setVisible(bool(others))
        self._tell(checked)
        self._soon.start()
        if not row.wrong and not others:
            QTimer.singleShot(0, self, self._go_to_wrong)  # once the cell is closed

    def _mend_alike(self) -> None:
        checked = self._problems.checked
        if checked is None or self._alike is None or self._setup is None:
            return
        checked.mend_alike(*self._alike)
        self._setup.plan, self._alike = checked.plan, None
        self._all.hide()
        self._problems.tell_all()
        self._tell(checked)
        self._soon.start()
        self._sheet.setFocus()
        self._go_to_wrong()

    def _create_missing(self) -> None:
        """What rows name and nobody finds is to be created with them."""
        checked = self._problems.checked
        if checked is not None and self._setup is not None:
            self._setup.plan = checked.plan = replace(checked.plan, missing_links="create")
            self._sheet.setFocus()
            self.again.emit()

    def _slips_said(self) -> None:
        checked = self._problems.checked
        if checked is not None and self._setup is not None:
            self._setup.plan = checked.plan
            self._soon.start()

    def _keep_said(self) -> None:
        """What has no field goes into the notes, or it does not."""
        checked = self._problems.checked
        if checked is not None and self._setup is not None:
            self._setup.plan = checked.plan = replace(checked.plan, keep_in_notes=self._left_out.keeps)
            self.again.emit()

    def _go_to_wrong(self) -> None:
        """Stand on the next cell that is wrong."""
        here = self._sheet.currentIndex()
        at = (here.row(), here.column())
        wrong = list(self._problems.wrong_cells()) if self._failing() < 1000 else [next(self._problems.wrong_cells())]
        found: Any = next((each for each in wrong if (each.row(), each.column()) >= at), wrong[0] if wrong else None)
        if found is not None:
            self._sheet.selectionModel().setCurrentIndex(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._sheet.scrollTo(found)
            QTimer.singleShot(0, self, self._show_sentence)  # once there is room

    def _show_sentence(self) -> None:
        """What is wrong is read beside the cell, where both fit."""
        header, column = self._sheet.horizontalHeader(), self._sheet.currentIndex().column()
        if header.sectionPosition(column) + header.sectionSize(column) <= self._sheet.viewport().width():
            self._sheet.horizontalScrollBar().setValue(0)

    def _tell_problem(self) -> None:
        index = self._sheet.currentIndex()
        if not self._problems.rows:
            self._said.say(_("Every row can be imported."), "done")
        elif index.isValid():
            row, place = self._problems.cell(index)
            sentence = row.wrong.get(place) or row.said
            said = _("Row {number}: {problem}") if sentence else _("Row {number} will be taken.")
            if place in row.wrong and not row.cell(place).strip():
                said = _("Row {number}: {problem} Type it here; the other rows without one can follow.")
            self._said.say(said.format(number=row.number, problem=sentence), "overdue" if sentence else "done")

    # ---------------------------------------------------------------- what fails, as a file

    def _ask_where(self) -> None:
        setup = self._setup
        if setup is None or setup.path is None:
            return
        title, form = _("Save the rows that cannot be taken"), _("Tables") + " (*.csv)"
        chosen, _form = QFileDialog.getSaveFileName(self, title, not_taken(setup.path), form)
        if chosen:
            self.save_failed(Path(chosen))

    def save_failed(self, path: Path) -> None:
        """Save the rows that cannot be taken, each with the reasons."""
        checked = self._problems.checked
        if checked is not None:
            self._said.say(*write_failed(partial(checked.write_failed, path), path))


def missing_ones(outcome: Outcome) -> str:
    """What is created because rows name it and nobody found it."""
    each = _("{records} {count:,}")
    made = ", ".join(each.format(records=many(record), count=count) for record, count in outcome.missing.items())
    return _("missing ones too: {records}").format(records=made)


def _would_be_created(outcome: Outcome, record: type[Record]) -> str:
    records = one(record) if outcome.taken == 1 else many(record)
    if outcome.missing:
        return _("{records} would be created ({missing})").format(records=records, missing=missing_ones(outcome))
    return _("{records} would be created").format(records=records)


def not_taken(path: Path) -> str:
    """The file the rows of another one that were not taken usually go to."""
    return str(path.with_name(_("{name} not taken.csv").format(name=path.stem)))


def write_failed(write: Any, path: Path) -> tuple[str, str]:
    """Do it, and what is to be said of it in which colour."""
    try:
        count = write()
    except CRMError as error:
        return error.message, "overdue"
    said = ngettext("{count:,} row saved in {file}, each with the reason.",
                    "{count:,} rows saved in {file}, each with the reason.", count)  # fmt: skip
    return said.format(count=count, file=path.name), "done"
