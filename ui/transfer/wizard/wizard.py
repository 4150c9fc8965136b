"""Importing a file: file, columns, choices, check, result; forth and back, nothing written before *Import Now*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from channergy_crm.language import _, closing, many
from channergy_crm.services import imports
from channergy_crm.transfer.importing import presets
from channergy_crm.transfer.importing.checking import check
from channergy_crm.transfer.importing.first_look import Look, look
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.pace import watched
from ui.look.plain import Label, as_tip, titled
from ui.look.theme import strong
from ui.session.beside import Told
from ui.session.within import project_name
from ui.transfer.wizard.busy import Busy
from ui.transfer.wizard.check import CheckStep
from ui.transfer.wizard.choices import ChoicesStep
from ui.transfer.wizard.columns import ColumnsStep
from ui.transfer.wizard.file import FileStep
from ui.transfer.wizard.result import ResultStep, what_was_done
from ui.transfer.wizard.setup import Setup, Step
from ui.widgets.dialog import Dialog, Remark, named
from ui.widgets.drops import Drops

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from channergy_crm.errors import CRMError
    from channergy_crm.transfer.importing.outcome import Outcome
    from channergy_crm.work.record import Record
    from ui.session.background import Progress
    from ui.session.session import Session

STEPS = (FileStep, ColumnsStep, ChoicesStep, CheckStep, ResultStep)
FILE, COLUMNS, CHOICES, CHECK, RESULT = range(5)


class Trail(QWidget):
    """The names of the steps, the one somebody is on in strong ink."""

    def __init__(self, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        self._labels = [Label(f"{place}  {title}", self) for place, title in enumerate(titles, 1)]
        for label in self._labels:
            row.addWidget(label)
        row.addStretch(1)

    def stand_on(self, place: int) -> None:
        """Somebody is on this step."""
        for number, label in enumerate(self._labels):
            label.wear("accent" if number == place else "muted")
            label.setFont(strong(self.font()) if number == place else self.font())


class ImportWizard(Dialog):
    """A window beside the main one, which goes on being usable. Esc leaves it, Ctrl+Enter goes on, Alt+Left back."""

    def __init__(self, session: Session, record: type[Record], parent: QWidget, path: Path | None = None) -> None:
        super().__init__("import", _("Import"), parent, session.station, size=(1000, 720))
        self.setModal(False)
        self._session, self._place, self._gone = session, FILE, False
        self._asked_to_leave = False
        self.setup = Setup(record, session.by, project=project_name(session))
        self._steps: dict[int, Any] = {}
        self._build_trail()
        self._busy = Busy("import", session, self)
        self.body.addWidget(self._busy)
        self._build_buttons()
        self._connect()
        Drops(self, self._dropped)
        self._stand_on(FILE)
        if path is not None:
            self._steps[FILE].take(path)

    def _build_trail(self) -> None:
        self._trail = Trail([_(step.title) for step in STEPS], self)
        self._says = named(Remark("", self, ink="text"), "import.says", _("What to do"))
        self._stack = QStackedWidget(self)
        self.body.addWidget(self._trail)
        self.body.addWidget(self._says)
        self.body.addWidget(self._stack, 1)

    def _build_step(self, place: int) -> Any:
        """A step, built when somebody comes to it."""
        step = self._steps.get(place)
        if step is None:
            make: Any = STEPS[place]
            step = self._steps[place] = make(self._session, self) if make is ResultStep else make(self)
            self._stack.addWidget(step)
            step.changed.connect(self._offer)
            for name, heard in (("wanted", self._look), ("again", self._check_again), ("rejected", self._take_back)):
                if hasattr(step, name):
                    getattr(step, name).connect(heard)
        return step

    def _build_buttons(self) -> None:
        self._said = self.named(Remark("", self), "said", _("What stands in the way"))
        self._cancel = self.button("cancel", _("Cancel"), _("Import nothing (Esc)"))
        self._back = self.button("back", _("Back"), _("The step before; nothing is lost (Alt+Left)"))
        self._next = self.button("next", _("Next"), "")
        for button in (self._cancel, self._back):
            button.setAutoDefault(False)
        self._next.setDefault(True)
        self._next.loud()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._cancel)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._next)
        self.body.addWidget(self._said)
        self.body.addLayout(row)

    def _connect(self) -> None:
        self._cancel.clicked.connect(self.reject)
        self._back.clicked.connect(self.go_back)
        self._next.clicked.connect(self.go_on)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.go_on)
        QShortcut(QKeySequence("Ctrl+Enter"), self, self.go_on)
        QShortcut(QKeySequence("Alt+Left"), self, self.go_back)
        self._busy.changed.connect(self._offer)
        self._busy.stopped.connect(lambda: self._stopped(reading=True))
        self._session.closing.connect(self.close)

    # ---------------------------------------------------------------- forth and back

    @property
    def step(self) -> Step:
        """The step somebody is on."""
        step: Step = self._build_step(self._place)
        return step

    def go_on(self) -> None:
        """The next step, once it is ready to be shown."""
        self._settle()
        if self._busy.running or self.step.why_not():
            self._offer()
            return
        if self._place == FILE:
            self._stand_on(COLUMNS)
        elif self._place == COLUMNS:
            plan = self.setup.ready
            label = _("Looking at the columns")
            self._busy.read(lambda progress: watched(plan.undecided, progress.step), self._ask, label, self._refuse)
        elif self._place == CHOICES:
            self._check_file(lambda: self._stand_on(CHECK))
        elif self._place == CHECK:
            self._import()
        else:
            self.accept()

    def go_back(self) -> None:
        """The step before; what was said stays said."""
        self._settle()
        writing = self._busy.writing
        self._busy.stop()
        if FILE < self._place < RESULT and not writing:
            self._stand_on(self._place - 1)

    def _settle(self) -> None:
        """Take over what stands in an open cell."""
        self._asked_to_leave = False
        settle = getattr(self.step, "settle", None)
        if settle is not None:
            settle()

    def _stand_on(self, place: int) -> None:
        self._place = place
        step = self.step
        self._trail.stand_on(place)
        self._says.say(_(step.says))
        self._next.setText(_(step.verb))
        self._next.setAccessibleName(_(step.verb))
        self._back.setVisible(FILE < place < RESULT)
        self._cancel.setVisible(place < RESULT)
        records = _("Import {records}").format(records=many(self.setup.record))
        self.setWindowTitle(titled(records) if place else _("Import"))
        step.show_setup(self.setup)
        self._stack.setCurrentWidget(self._steps[place])
        self._offer()
        (self._next if place == RESULT else step.first()).setFocus()  # Enter does what is left to do (F-57)

    def _offer(self) -> None:
        """Offer to go on when one can; otherwise say why not."""
        reason = self.step.why_not()
        self._next.setEnabled(not reason and not self._busy.running)
        self._next.setToolTip(as_tip(reason or _("{verb} (Ctrl+Enter)").format(verb=_(self.step.verb))))
        told = self._place == CHECK and not self._busy.running  # on the other steps it stands beside what it is about
        self._said.say(reason if told else "", "muted")

    def _refuse(self, error: CRMError) -> None:
        if self._gone:
            self._session.notices.warn(error.message)
            self.done(0)
        self._said.say(error.message, "overdue")

    def _stopped(self, *, reading: bool = False) -> None:
        if self._gone:
            self.done(0)
        if reading and self._place == FILE:
            self._steps[FILE].stopped()
        self._said.say(_("Stopped.") if reading else _("Stopped; nothing was changed."), "muted" if reading else "soon")

    # ---------------------------------------------------------------- the work of the steps

    def _dropped(self, path: Path) -> None:
        if self._place == FILE:
            self._steps[FILE].take(path)

    def _look(self) -> None:
        setup = self.setup
        path, record, manner = setup.path, setup.record, setup.manner
        if path is None:
            return

        def failed(error: CRMError) -> None:
            setup.look = setup.plan = None
            self._steps[FILE].refuse(error.message)

        by, label = setup.by, _("Reading {file}").format(file=path.name)
        work = lambda progress: watched(lambda: look(record, path, manner, by), progress.step)  # noqa: E731
        self._busy.read(work, self._understood, label, failed)

    def _understood(self, found: Look) -> None:
        """Keep what was said about the columns as long as they are the same."""
        setup = self.setup
        if setup.look is not None and setup.plan is not None and found.like(setup.look):
            found = found.keeping(setup.plan)
        setup.look, setup.plan = found, setup.belonging(found.plan)
        self._steps[FILE].show_look(found)
        self._offer()

    def _ask(self, asked: Any) -> None:
        self.setup.asked = asked
        self._stand_on(CHOICES)

    def _check_file(self, then: Callable[[], None]) -> None:
        setup, plan = self.setup, self.setup.ready
        before = setup.checked.failing if setup.checked is not None and plan.mended else []

        def done(checked: Any) -> None:
            checked.keeping(row for row in before if row.number in plan.mended)
            setup.checked = checked
            then()

        work = lambda progress: check(plan, operator=setup.by, progress=progress.step)  # noqa: E731
        self._busy.read(work, done, _("Checking {file}").format(file=plan.source.path.name), self._refuse)

    def _check_again(self) -> None:
        if self._place == CHECK:
            self._check_file(lambda: self._steps[CHECK].show_setup(self.setup))

    def _import(self) -> None:
        """Import Now: the preset is kept before anything else, so that it is there whatever becomes of the run."""
        setup, plan = self.setup, self.setup.ready

        def work(progress: Progress) -> Outcome:
            if setup.keep_as:
                presets.keep(plan, setup.keep_as, setup.by)
            return run(plan, operator=setup.by, progress=progress.step)

        label = _("Importing {file}").format(file=plan.source.path.name)
        self._busy.write(work, self._imported, label, self._refuse, self._stopped)

    def _imported(self, outcome: Outcome) -> None:
        self.setup.outcome = outcome
        if self._gone:
            self.done(0)
        else:
            self._stand_on(RESULT)

    def _take_back(self) -> None:
        setup = self.setup
        number = setup.outcome.run if setup.outcome else 0

        def done(back: Any) -> None:
            setup.outcome = None
            self._steps[RESULT].tell_rejected(back)
            self._says.say(_("Everything this import did was taken back; it can be imported again."))
            self._next.setText(closing())
            self._next.setFocus()

        work = lambda progress: imports.reject(number, setup.by, progress.step)  # noqa: E731
        self._busy.write(work, done, _("Taking back"), self._refuse, self._stopped)

    # ---------------------------------------------------------------- leaving

    def reject(self) -> None:
        """Esc: what was set up and mended is not thrown away at the first press."""
        if self._busy.writing:
            self._busy.stop()
        elif FILE < self._place < RESULT and not self._asked_to_leave:
            self._asked_to_leave = True
            self._said.say(_("Nothing has been imported yet. Press Cancel again to leave without importing."), "soon")
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Close, and tell what was imported; while something is being written, as soon as it has stopped."""
        self._gone = True
        self._busy.stop()
        if self._busy.writing:
            self.hide()
            return
        if RESULT in self._steps:
            self._steps[RESULT].close_list()
        outcome = self.setup.outcome
        if outcome is not None and outcome.unit:
            self._session.tell(Told(what_was_done(outcome, self.setup.record), outcome.unit))
        super().done(result)
        self.deleteLater()
        parent = self.parentWidget()
        if parent is not None:
            parent.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own cross leaves at once; an import under way is stopped and leaves nothing behind."""
        self.done(0)
        event.accept()
