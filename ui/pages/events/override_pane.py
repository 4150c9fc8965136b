"""Who gets what is rerouted: one or several in turn, until a day or for good, with a note (VS-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import _, all_of, ngettext
from channergy_crm.services.events.overriding import MOST_NOTED
from ui.editors.base import LineEditor
from ui.editors.dates import DateEditor
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label
from ui.look.wording import day_in_words
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.ordered_ticks import Ticks
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from channergy_crm.records.operators import Operator

WIDE, ROW = 316, 28
ID = Qt.ItemDataRole.UserRole
CHECKED = Qt.CheckState.Checked


class Pane(QWidget):
    """`changed` tells that others are chosen, or another day; `wanted` that it is to be done."""

    changed = Signal()
    wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "side")
        self.setFixedWidth(theme.px(WIDE, self))
        self.to = named(calm(QListWidget(self)), "override.to", _("Who gets them: tick one or several"))
        self.to.setItemDelegate(Ticks(self.to))
        self.until = named(DateEditor(self), "override.until", _("Until"))
        self.until.setPlaceholderText(_("for good"))
        self.note = named(LineEditor(self, max_length=MOST_NOTED), "override.note", _("Note"))
        self.note.setPlaceholderText(_("Why, for whoever gets them"))
        self.plan = named(Remark("", self), "override.plan", _("What goes to whom"))
        self.do = named(Button(_("Reroute"), self), "override.reroute", _("Reroute"))
        self.do.setIcon(icon("goto", self.do))
        self.do.loud()
        self._lay_out()
        self.to.itemChanged.connect(lambda _item: self.changed.emit())
        self.until.changed.connect(self.changed)
        self.note.changed.connect(self.changed)
        self.do.clicked.connect(lambda: self.wanted.emit())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(6)
        title = Label(_("Who gets them"), self)
        title.setFont(theme.section(self.font()))
        column.addWidget(title)
        column.addWidget(self.to, 1)
        for said, editor in ((_("Until"), self.until), (_("Note"), self.note)):
            label = Label(said, self)
            label.muted()
            column.addWidget(label)
            column.addWidget(editor)
        column.addSpacing(6)
        column.addWidget(self.plan)
        column.addWidget(self.do)

    def offer_receivers(self, people: Sequence[tuple[Operator, date | None]]) -> None:
        """These may get it; who was ticked stays so. Whoever is away themselves says until when."""
        ticked = set(self.chosen())
        before = self.to.blockSignals(True)
        self.to.clear()
        for one, away in people:
            said = one.caption()
            if away is not None:
                said = _("{name}, away until {day}").format(name=said, day=day_in_words(away, inside=True))
            item = QListWidgetItem(said, self.to)
            item.setData(ID, one.id)
            item.setSizeHint(QSize(0, theme.px(ROW, self)))
            item.setCheckState(CHECKED if one.id in ticked else Qt.CheckState.Unchecked)
        self.to.setCurrentRow(0)
        self.to.blockSignals(before)
        self.changed.emit()

    def chosen(self) -> list[str]:
        """The IDs of those who are ticked, in the order of the list."""
        items = (self.to.item(row) for row in range(self.to.count()))
        return [str(item.data(ID)) for item in items if item.checkState() == CHECKED]

    def problem(self) -> str:
        """What is wrong with the day; "" where it can be read and is still to come, or is left out."""
        if said := self.until.text_problem():
            return said
        over = (day := self.day()) is not None and day < clock.today()
        return _("That day is over. Choose today or a later one, or none for good.") if over else ""

    def day(self) -> date | None:
        """The last day; None for good."""
        found: date | None = self.until.value()
        return found

    def say(self, count: int, shares: Mapping[str, int], why_not: str) -> None:
        """What pressing the button would do, or why nothing can be done."""
        offer(self.do, why_not)
        theme.mark(self.until, "problem", bool(self.problem()))
        if why_not:
            self.plan.say(why_not, "overdue" if self.problem() else "muted")
            return
        each = all_of([f"{owner} {many}" for owner, many in shares.items()])
        said = ngettext("{count:,} follow-up: {each}.", "{count:,} follow-ups: {each}.", count)
        parts = [said.format(count=count, each=each)]
        day = self.day()
        parts.append(_("They come back on the day after {day} by themselves, unless they are done.").format(
            day=day_in_words(day, inside=True)) if day else _("They stay there."))  # fmt: skip
        self.plan.say(" ".join(parts), "text")

    def begin(self, until: date | None) -> None:
        """For somebody else's work: nothing is ticked, nothing noted; until the day they are away."""
        before = self.to.blockSignals(True)
        for row in range(self.to.count()):
            self.to.item(row).setCheckState(Qt.CheckState.Unchecked)
        self.to.blockSignals(before)
        self.until.set_value(until)
        self.note.set_value("")
