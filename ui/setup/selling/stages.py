"""The stages of a process as a grid one types into; a stage is taken out when it is said where its deals go (SI-32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.records import ProcessStage
from channergy_crm.services import processes
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.look import theme
from ui.look.wording import shown
from ui.session.beside import Told
from ui.setup.selling.stage_cells import COLUMNS, StageCells, StageDelegate
from ui.widgets.controls import Button
from ui.widgets.dialog import Plain, named, offer
from ui.widgets.editable_grid import ROW_HEIGHT
from ui.widgets.grid_panel import GridPanel

if TYPE_CHECKING:
    from channergy_crm.errors import CRMError
    from channergy_crm.fields.lists import Choice
    from ui.session.session import Session

WIDTHS = (160, 84, 108, 104, 140)
FEWEST, MOST, HEAD = 3, 12, 34
"""rows the grid is high at least and at most, and pixels above them"""


class WhereTheyGo(QWidget):
    """The question in place: to which stage do the deals go?"""

    answered = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = Plain("", self)
        self._stage = named(ChoiceEditor([], self, allow_empty=False), "stages.instead", _("Their new stage"))
        self._move = named(Button("", self), "stages.move", "")
        self._keep = named(Button(_("Keep the stage"), self), "stages.keep", _("Keep the stage"))
        self._keep.quiet()
        self._move.clicked.connect(lambda: self.answered.emit(self._stage.value() or ""))
        self._keep.clicked.connect(self.given_up)
        line = QHBoxLayout()
        line.setSpacing(8)
        for part in (self._stage, self._move, self._keep):
            line.addWidget(part)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addLayout(line)
        self.hide()

    def ask(self, name: str, count: int, others: list[tuple[str, str]]) -> None:
        """Ask about the deals in the stage of this name."""
        said = ngettext("{count:,} deal stands in {stage}. Where does it go?",
                        "{count:,} deals stand in {stage}. Where do they go?", count)  # fmt: skip
        self._words.setText(said.format(count=count, stage=name))
        verb = ngettext(
            "Move {count:,} deal, remove the stage", "Move {count:,} deals, remove the stage", count
        ).format(count=count)
        self._move.setText(verb)
        self._move.setAccessibleName(verb)
        self._stage.set_choices(others)
        self._stage.set_value(others[0][0] if others else None)
        self.show()
        self._stage.setFocus()


class Stages(GridPanel[ProcessStage]):
    """The stages of one process in the order of its columns; a cell is saved as soon as it is left."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("stages", _("Stages of the process"), parent)
        self._session = session
        self._process, self._refused = 0, ""
        self._leaving: ProcessStage | None = None
        self._cells: StageCells = StageCells(ProcessStage, COLUMNS, self._store, self._grid, faded=lambda _row: False)
        self._grid.setItemDelegate(StageDelegate("stages.grid", self._grid))
        up, down = self._up_and_down(_("Earlier (Alt+Up)"), _("Later (Alt+Down)"))
        self._out = self._button("remove", _("Remove stage"), _("Its deals go where you say (Del)"), self._remove)
        self._question = WhereTheyGo(self)
        self._question.answered.connect(self._move_deals)
        self._question.given_up.connect(self._keep)
        self._new = named(SuggestEditor([], self), "stages.new", _("New stage"))
        line = self._new.lineEdit()
        assert line is not None  # noqa: S101  any text can be typed into it
        line.setPlaceholderText(_("A stage from the list, or a new one"))
        line.returnPressed.connect(self._add)
        self._line = self._new_line(_("Add the stage behind the open ones (Enter)"), (self._new, 1))
        self._put_together(
            WIDTHS, 0, self._grid, self._strip(up, down, None, self._out), self._question, self._said, self._line
        )
        self._said.say("")

    def open(self, process: int, refused: str) -> None:
        """Show the stages of a process; `refused` is why they cannot be changed."""
        anew = process != self._process
        self._process, self._refused = process, refused
        self._cells.only_read = bool(refused)
        if anew:
            self._leaving = None
            self._question.hide()
            self._start()
        else:
            self._refresh()
        if self._leaving is not None and self._leaving.number not in {row.number for row in self._cells.rows}:
            self._keep()
        self._new.set_suggestions([each.description for each in self._offered()] if process else [])
        rows = min(max(len(self._cells.rows), FEWEST), MOST)
        self._grid.setFixedHeight(theme.px(HEAD, self) + rows * ROW_HEIGHT)

    def _entries(self) -> list[ProcessStage]:
        return processes.stages(self._process, self._session.by) if self._process else []

    def _offered(self) -> list[Choice]:
        return processes.offered(self._process, self._session.by)

    def _offer(self) -> None:
        self._offer_moving()
        if self._refused:
            offer(self._up, self._refused)
            offer(self._down, self._refused)
        nothing = "" if self._grid.current() is not None else _("Choose a stage first.")
        offer(self._out, self._refused or nothing)
        self._line.setEnabled(not self._refused)

    # ---------------------------------------------------------------- what is done

    def _store(self, row: ProcessStage, name: str) -> None:
        processes.save_stage(row, self._session.by)

    def _reorder(self, rows: list[ProcessStage]) -> None:
        processes.reorder([row.number for row in rows], self._session.by)

    def _add(self) -> None:
        typed = self._new.value()
        value = next((each.value for each in self._offered() if each.description == typed), typed)
        added = self._attempt(lambda: processes.add_stage(self._process, value, self._session.by))
        if added is not None:
            self._new.setEditText("")
            self._reload(added.key, 1)
            self._session.say_done(_("{stage} is a stage now.").format(stage=added.caption()))
        self._new.setFocus()

    def _remove(self) -> None:
        row, by = self._grid.current(), self._session.by
        if row is None or self._refused:
            return
        count = self._attempt(lambda: processes.deals_in(row.number, by))
        if count is None:
            return
        self._leaving = row
        if count:
            kind = ProcessStage.kind("stage")
            others = [(each.stage, shown(kind, each.stage)) for each in self._cells.rows if each.number != row.number]
            self._question.ask(row.caption(), count, others)
        else:
            self._move_deals("")

    def _move_deals(self, instead: str) -> None:
        row, by = self._leaving, self._session.by
        if row is None:
            return
        self._question.hide()
        self._session.work(
            lambda progress: processes.remove_stage(row.number, instead, by, progress.step),
            label=_("Moving deals"), told=lambda moved: Told(_gone(row, moved.deals), moved.unit),
            done=lambda _moved: self._keep(), failed=self._failed, cancelled=self._stopped,
        )  # fmt: skip

    def _failed(self, error: CRMError) -> None:
        self._keep()
        self._refuse(error)

    def _stopped(self) -> None:
        self._keep()
        self._say(_("Stopped; nothing was changed."))

    def _keep(self) -> None:
        self._leaving = None
        self._question.hide()
        self._attempt(self._reload)
        self._grid.setFocus()


def _gone(row: ProcessStage, count: int) -> str:
    if not count:
        return _("{stage} is no stage any more.").format(stage=row.caption())
    said = ngettext("{stage} is no stage any more; {count:,} deal has moved.",
                    "{stage} is no stage any more; {count:,} deals have moved.", count)  # fmt: skip
    return said.format(stage=row.caption(), count=count)
