"""What a file holds and no record takes, and what went elsewhere: counted, the first of each shown (F-30, F-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, figures
from channergy_crm.transfer.importing.leftovers import noted_in
from ui.editors.base import FlagEditor
from ui.look.plain import as_tip
from ui.transfer.wizard.problems import Remarks
from ui.transfer.wizard.setup import Sheet, heading, lay_out
from ui.widgets.dialog import Remark, named
from ui.widgets.editable_grid import ROW_HEIGHT

if TYPE_CHECKING:
    from channergy_crm.transfer.importing.outcome import Outcome
    from channergy_crm.transfer.importing.plan import Plan

TITLES = (N_("What"), N_("First value"), N_("In row"), N_("How often"), N_("What becomes of it"))
WIDTHS = (340, 0, 60, 80, 130)
FEW = 4  # of which are seen at once below a list of records


class LeftOut(Sheet):
    """One kind of thing a row: columns, properties, rows, sheets, ends that are cut off; then what is kept."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, _("What is left out or kept elsewhere"), parent)
        self.remarks = Remarks([_(title) for title in TITLES], self)
        self.setModel(self.remarks)
        self.setSelectionBehavior(Sheet.SelectionBehavior.SelectRows)
        for place, width in enumerate(WIDTHS):
            self.setColumnWidth(place, width)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what is told of this import."""
        lost, kept = _("Left out"), _("Kept")
        self.remarks.show_rows([
            (loss.what, loss.text, loss.row or "", figures(loss.times), kept if loss.kept else lost)
            for loss in (*outcome.losses, *outcome.kept)
        ])  # fmt: skip


class LeftOutPage(QWidget):
    """The same before the import, and whether the notes shall keep what has no field."""

    said = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = LeftOut("import.left_out", self)
        self._about = named(Remark("", self), "import.about_left_out", _("About what is left out"))
        keep = _("Keep in the notes what has no field")
        self._keep = named(FlagEditor(keep, self), "import.keep_in_notes", keep)
        self._keep.setToolTip(as_tip(_("Each filled cell becomes a line at the end of the notes: “Column: value”")))
        self._keep.changed.connect(self.said)
        lay_out(self, self._sheet, self._about, self._keep)

    @property
    def keeps(self) -> bool:
        """Whether the notes shall keep it."""
        return self._keep.value()

    def show_outcome(self, outcome: Outcome, plan: Plan) -> None:
        """Show what would be left out."""
        self._sheet.show_outcome(outcome)
        self._keep.set_value(plan.keep_in_notes)
        self._keep.setVisible(bool(noted_in(plan.record)))
        nothing = _("Everything in this file goes into a record.")
        some = _("This is in the file, but goes into no field.")
        self._about.say(some if outcome.losses else nothing, "muted")


class LeftOutBelow(QWidget):
    """The same after the import, below the records that came; nothing where everything was taken as it stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = LeftOut("import.was_left_out", self)
        self._sheet.setFixedHeight((FEW + 1) * ROW_HEIGHT + 2 * self._sheet.frameWidth())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading(_("Left out or kept elsewhere"), self))
        column.addWidget(self._sheet)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what was left out."""
        self._sheet.show_outcome(outcome)
        self.setVisible(bool(outcome.losses or outcome.kept))
