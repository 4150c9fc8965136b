"""Step 2: which column goes into which field, what fills the others, and presets (VT-109, VT-130)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import N_, _, all_of, many
from channergy_crm.services import imports
from channergy_crm.transfer.importing import presets
from channergy_crm.transfer.importing.needs import lacking
from channergy_crm.transfer.importing.plan import propose
from ui.editors.choices import ChoiceEditor
from ui.transfer.wizard.fields import NOWHERE, ChoiceDelegate, Columns, Defaults
from ui.transfer.wizard.setup import Setup, Sheet, heading
from ui.widgets.controls import Button
from ui.widgets.dialog import Plain, Remark, named

if TYPE_CHECKING:
    from channergy_crm.services.imports import Preset


class ColumnsStep(QWidget):
    """Everything is guessed; what was guessed wrongly is chosen anew."""

    title, verb = N_("Columns"), N_("Next")
    says = N_(
        "Check which field each column goes to; Enter opens the choices. Below, other fields can get one value for all."
    )
    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._setup: Setup | None = None
        self._presets: list[Preset] = []
        self._lacking = named(Remark("", self), "import.lacking", _("What is still needed"))
        self._map = Sheet("import.columns", _("Columns of the file"), self)
        self._columns = Columns(self._map)
        self._fill(self._map, self._columns, (220, 280), 2)
        self._rest = Sheet("import.defaults", _("Fields without a column"), self)
        self._defaults = Defaults(self._rest)
        self._fill(self._rest, self._defaults, (300,), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._preset_line())
        column.addWidget(self._map, 3)
        column.addWidget(self._lacking)
        column.addWidget(heading(_("Fields without a column"), self))
        column.addWidget(self._rest, 2)
        for model in (self._columns, self._defaults):
            model.said.connect(self._tell)

    def _fill(self, sheet: Sheet, model: QAbstractTableModel, widths: tuple[int, ...], stretched: int) -> None:
        sheet.setItemDelegate(ChoiceDelegate(sheet.objectName(), sheet))
        sheet.setModel(model)
        for place, width in enumerate(widths):
            sheet.setColumnWidth(place, width)
        sheet.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def _preset_line(self) -> QHBoxLayout:
        self._preset = named(ChoiceEditor((), self, allow_empty=False), "import.preset", _("Preset"))
        self._forget = named(Button(_("Delete preset"), self), "import.forget_preset", _("Delete this preset"))
        self._forget.setAutoDefault(False)
        self._forget.clicked.connect(self._forget_preset)
        self._about = named(Remark("", self), "import.about_preset", _("About the preset"))
        label = Plain(_("Preset"), self)
        label.setBuddy(self._preset)
        label.setWordWrap(False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self._preset, 1)
        row.addWidget(self._forget)
        row.addWidget(self._about, 2)
        self._preset.changed.connect(self._preset_chosen)
        return row

    # ---------------------------------------------------------------- what every step has

    def show_setup(self, setup: Setup) -> None:
        """Show what was said so far."""
        self._setup = setup
        self._columns.show(setup)
        self._list_presets()
        self._tell()
        if not self._map.currentIndex().isValid():
            self._map.setCurrentIndex(self._columns.index(0, 2))

    def why_not(self) -> str:
        """What is needed must be there, and what was typed must be readable."""
        if self._defaults.wrong:
            return next(iter(self._defaults.wrong.values()))
        plan = self._setup.plan if self._setup else None
        if plan is None or not plan.columns:
            return _("Choose a field for at least one column.")
        if plan.unanswered:
            asked = _("Column {column} seems to say who must not be called or written to: choose where it goes.")
            return asked.format(column=plan.title(next(iter(plan.unanswered))))
        lacks = lacking(plan)
        need = _("New {records} need {fields}: choose its column, or give a value below.")
        return need.format(records=many(plan.record), fields=all_of(lacks)) if lacks else ""

    def first(self) -> QWidget:
        """The columns."""
        return self._map

    def settle(self) -> None:
        """Take over what stands in an open cell."""
        self._map.settle()
        self._rest.settle()

    def _tell(self) -> None:
        if self._setup is not None:
            self._defaults.show(self._setup)
            reason = self.why_not()
            held = _("Everything new {records} need (*) is there.").format(records=many(self._setup.record))
            self._lacking.say(reason or held, "overdue" if reason else "muted")
            self.changed.emit()

    # ---------------------------------------------------------------- presets

    def _list_presets(self) -> None:
        if self._setup is None:
            return
        record = self._setup.record
        self._presets = [*imports.presets(record, self._setup.by), *presets.built_in(record)]
        choices = [(NOWHERE, _("As the file suggests")), *((preset.name, _called(preset)) for preset in self._presets)]
        self._preset.set_choices(choices)
        known = {preset.name for preset in self._presets}
        self._preset.set_value(self._setup.ready.preset if self._setup.ready.preset in known else NOWHERE)
        offered = {preset.name for preset in (self._setup.look.offered if self._setup.look else ())}
        name = self._preset.value()
        like = _("This file looks like those of “{preset}”.").format(preset=name)
        self._about.say(like if name in offered else "", "muted")
        self._forget.setVisible(any(preset.name == name and not preset.built_in for preset in self._presets))

    def _preset_chosen(self) -> None:
        if self._setup is None or self._setup.plan is None:
            return
        held, name = self._setup.plan, self._preset.value()
        plan = propose(held.record, held.source, titled=held.source.titled, title_row=held.source.title_row)
        preset = next((each for each in self._presets if each.name == name), None)
        self._setup.plan = self._setup.belonging(plan.following(preset.name, preset.plan) if preset else plan)
        self.show_setup(self._setup)

    def _forget_preset(self) -> None:
        if self._setup is None:
            return
        try:
            imports.delete_preset(self._preset.value(), self._setup.record, self._setup.by)
        except CRMError as error:
            self._about.say(error.message, "overdue")
            return
        self._setup.plan = replace(self._setup.ready, preset="")
        self._list_presets()
        self._preset.setFocus()


def _called(preset: Preset) -> str:
    return _("Export of {program}").format(program=preset.name) if preset.built_in else preset.name
