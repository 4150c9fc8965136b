"""Who of the people is listed: words, the type of record, the age, only who is kept too long."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from channergy_crm.language import N_, _
from channergy_crm.services.privacy import retention
from channergy_crm.services.privacy.age_order import Wanted
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.widgets.controls import CheckBox
from ui.widgets.dialog import named
from ui.widgets.wrapping_row import WrappingRow

ALL = "*"
AGES = [(0, N_("Any age")), (6, N_("Older than 6 months")), (12, N_("Older than 1 year")),
        (24, N_("Older than 2 years")), (36, N_("Older than 3 years")), (60, N_("Older than 5 years"))]  # fmt: skip


class Filters(QWidget):
    """A line that goes on below where there is little room; `changed` tells that something else is wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = named(LineEditor(self), "privacy.words", _("Name, status or operator"))
        self.words.setPlaceholderText(_("Name, status or operator"))
        kinds = [(ALL, _("All records")), *((kind._meta.table_name, kind.plural) for kind in retention.aged())]
        self._kind = named(ChoiceEditor(kinds, self, allow_empty=False), "privacy.type", _("Records"))
        ages = [(months, _(said)) for months, said in AGES]
        self._months = named(ChoiceEditor(ages, self, allow_empty=False), "privacy.months", _("Age"))
        self.too_old = named(CheckBox(self), "privacy.too_old", _("Only who is kept too long"))
        self.too_old.setText(_("Only who is kept too long"))
        self._kind.set_value(ALL)
        self._months.set_value(0)
        row = WrappingRow(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part, wide in ((self.words, 220), (self._kind, 150), (self._months, 170)):
            part.setFixedWidth(theme.px(wide, self))
            row.addWidget(part)
            part.changed.connect(self.changed)
        row.addWidget(self.too_old)
        self.too_old.clicked.connect(lambda _on: self.changed.emit())

    def wanted(self) -> Wanted:
        """What is wanted now."""
        kinds = {kind._meta.table_name: kind for kind in retention.aged()}
        words, months = str(self.words.value() or ""), int(self._months.value() or 0)
        return Wanted(kinds.get(str(self._kind.value())), months, words, self.too_old.isChecked())


def nothing_said(count: int, wanted: Wanted) -> str:
    """A sentence about a list that is empty; "" where it is not."""
    if count:
        return ""
    if wanted.too_old:
        return _("Nobody is kept longer than the office has said. Settings, CRM, GDPR says how long that is.")
    if wanted == Wanted(by=wanted.by, descending=wanted.descending):
        return _("There are no leads, contacts or accounts yet. Everybody is listed here with their age.")
    return _("Nobody fits these filters. Take one away.")
