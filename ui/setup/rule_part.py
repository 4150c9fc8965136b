"""What follows from one result of a call beside what stands in its row, and what the rule would do (BX-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import CallRule
from channergy_crm.services import calls
from channergy_crm.services.rights import Program
from ui.editors.choices import ChoiceEditor
from ui.look.wording import shown
from ui.widgets.controls import CheckBox
from ui.widgets.dialog import Plain, Remark, named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from channergy_crm.services.calls import Preview, Result

FLAGS = ("next_number", "other_part", "weekdays")
SHOWN = 4


class RulePart(QWidget):
    """The flags of the rule somebody stands on, the status after the last try, and a preview of its tries."""

    changed = Signal(str, object)
    """the field and its new value"""

    def __init__(self, statuses: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._rule: CallRule | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        self.boxes: dict[str, CheckBox] = {}
        for place, name in enumerate(FLAGS):
            label = CallRule.kind(name).label
            box = named(CheckBox(self), f"results.{name}", label)
            box.setText(label)
            box.clicked.connect(lambda on, name=name: self.changed.emit(name, on))
            grid.addWidget(box, 0, place)
            self.boxes[name] = box
        self.exhausted = ChoiceEditor(statuses, self)
        named(self.exhausted, "results.exhausted", _("Call Status after the last try"))
        self.exhausted.changed.connect(lambda: self.changed.emit("exhausted", self.exhausted.value() or ""))
        grid.addWidget(Plain(_("Call Status after the last try"), self), 1, 0)
        grid.addWidget(self.exhausted, 1, 1)
        self.preview = named(Remark("", self), "results.preview", _("What the rule does"))
        grid.addWidget(self.preview, 2, 0, 1, 4)
        grid.setColumnStretch(3, 1)

    def show_rule(self, rule: CallRule | None, result: Result | None) -> None:
        """Say what this rule does."""
        for name, box in self.boxes.items():
            box.setEnabled(rule is not None)
            box.setChecked(bool(rule is not None and getattr(rule, name)))
        self.exhausted.setEnabled(rule is not None and bool(rule.most_tries))
        held = rule.exhausted if rule is not None else ""
        if (self.exhausted.value() or "") != (held or ""):
            blocked = self.exhausted.blockSignals(True)
            self.exhausted.set_value(held or "")
            self.exhausted.blockSignals(blocked)
        now = clock.now()
        told = calls.preview(result, now, Program.ITSELF) if result is not None else []
        self.preview.say(_words(told, now) if told else "", "muted")


def _words(told: Sequence[Preview], now: datetime) -> str:
    """A call just now, and what comes after it."""
    if len(told) == 1 and told[0].at is None:
        return _("After this result nothing more is planned; a reminder that is still to come stays with a call back.")
    tries = [_one(each) for each in told[:SHOWN] if each.at is not None]
    last = told[-1]
    several = _("Called now ({now}), the next tries are: {tries}.")
    said = several.format(now=_when(now), tries=", ".join([*tries, *(["…"] if len(told) > SHOWN + 1 else [])]))
    said = said.replace("….", "…")
    if last.at is not None:
        return said
    end = _("After try {number}: {status}.") if last.status else _("After try {number} no more.")
    status = shown(CallRule.kind("status"), last.status) if last.status else ""
    return f"{said} {end.format(number=last.number, status=status)}"


def _one(each: Preview) -> str:
    return _("{when} (try {number})").format(when=_when(each.at), number=each.number) if each.at else ""


def _when(moment: datetime) -> str:
    locale = QLocale()
    day = locale.dayName(moment.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{day} {moment.day} {locale.monthName(moment.month, QLocale.FormatType.ShortFormat)} {moment:%H:%M}"
