"""What a rule would make now: how many, for whom, the first ten. Nothing of it is made until it is activated (VS-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import _, figures, ngettext
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.pages.events.painter import RulePainter
from ui.pages.events.rows import Line, Row
from ui.pages.events.words import follow_ups
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.entries_view import ROW, EntriesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from channergy_crm.services.events.activating import Planned, Preview, Share

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
CHOOSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MOST_PEOPLE = 8


class PlannedRows(QAbstractListModel):
    """The first follow-ups, each in two lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.planned: list[Planned] = []

    def show(self, planned: Sequence[Planned]) -> None:
        """Show these."""
        self.beginResetModel()
        self.planned = list(planned)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.planned)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return CHOOSABLE

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> object:
        one = self.planned[index.row()]
        line = Line(index.row(), one.who, _without(one.who, one.said), one.receiver, "")
        if role == ROW:
            return Row(entry=line)
        if role in (ROLE.DisplayRole, ROLE.AccessibleTextRole):
            return line.said()
        return as_tip(line.said()) if role == ROLE.ToolTipRole else None


def _without(who: str, said: str) -> str:
    """What is to be done, without the name that stands above it already."""
    return said.replace(who, "…", 1) if who and said != who else said


class FirstOnes(EntriesView):
    """Enter or a double click opens the record."""

    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        self.rows = PlannedRows(parent)
        super().__init__(self.rows, ("events.first", "events.first"), _("The first follow-ups"), parent)
        painter = RulePainter(self)
        painter.side = 0
        self.paint_with(painter, painter.renew)
        theme.stand_on(self.viewport(), "base")
        self.scroll_by_itself(False)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~KEYPAD:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


KEYPAD = Qt.KeyboardModifier.KeypadModifier


class People(QWidget):
    """How many each would get."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._labels: list[Label] = []

    def show_people(self, people: Sequence[Share]) -> None:
        """Show these; of very many the first, and how many more there are."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.setParent(None)
            label.deleteLater()
        self._labels = []
        shown = list(people[:MOST_PEOPLE])
        lines = [(_name(each), figures(each.count)) for each in shown]
        if rest := people[MOST_PEOPLE:]:
            said = ngettext("{count:,} more person", "{count:,} more people", len(rest)).format(count=len(rest))
            lines.append((said, figures(sum(each.count for each in rest))))
        for row, (name, count) in enumerate(lines):
            left, right = Label(name, self), Label(count, self)
            left.setWordWrap(True)
            right.setAlignment(RIGHT)
            self._grid.addWidget(left, row, 0)
            self._grid.addWidget(right, row, 1)
            self._labels += [left, right]
        self.setVisible(bool(lines))


def _name(share: Share) -> str:
    if not share.id:
        return share.name or _("nobody")
    return f"{share.id}  {share.name}" if share.name and share.name != share.id else share.id


class PreviewPanel(QWidget):
    """At the right of the form, or below it where there is little room."""

    opened = Signal(str, object)
    """the record of a follow-up: its table and key"""
    wants_all = Signal()
    wants_status = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "events.preview", _("What it would make"))
        self._head = Label("", self)
        self._head.setObjectName("events.preview_head")
        self._head.setFont(theme.section(self.font()))
        self._head.setWordWrap(True)
        self._when = Label("", self)
        self._when.setFont(theme.small(self.font()))
        self._when.muted()
        self.cancel = named(Button(_("Cancel"), self), "events.stop_counting", _("Stop counting"))
        self.cancel.quiet()
        self.cancel.hide()
        self._about = Remark("", self)
        self._about.setFont(theme.small(self.font()))
        self._about.setObjectName("events.preview_about")
        self.people = People(self)
        self.first = FirstOnes(self)
        self.all = named(Button("", self), "events.show_all", _("Show all"))
        self.all.setIcon(icon("goto", self.all))
        self.all.quiet()
        self.all.clicked.connect(self.wants_all)
        self.status = named(Button(_("How its follow-ups stand"), self), "events.to_status", _("Status"))
        self.status.setIcon(icon("goto", self.status))
        self.status.quiet()
        self.status.clicked.connect(self.wants_status)
        self.first.opened.connect(self._open)
        self._lay_out()
        self.say(_("Counting…"), "")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._head, 1)
        head.addWidget(self._when)
        head.addWidget(self.cancel)
        column.addLayout(head)
        for part in (self._about, self.people):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.addWidget(self.all)
        foot.addWidget(self.status)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(self.first)
        column.addStretch(1)

    def say(self, head: str, about: str, ink: str = "muted") -> None:
        """Say this in the place of what it would make."""
        self._head.setText(head)
        self._when.setText("")
        self._about.say(about, ink)
        self.cancel.hide()
        self.people.show_people(())
        self.first.rows.show(())
        self.first.hide()
        self.all.hide()
        self.status.hide()
        self.setAccessibleDescription(f"{head} {about}".strip())

    def counting(self) -> None:
        """It is counted; what stands there stays until it is known."""
        self._when.setText(_("Counting…"))

    def slow(self) -> None:
        """It can be stopped."""
        self.cancel.show()

    def show_preview(self, found: Preview, active: bool, existing: bool = True) -> None:
        """Show what was counted; `existing` says whether records count that are there already."""
        self.cancel.hide()
        if found.why_not and not found.follow_ups:
            self.say(_("Nothing yet"), found.why_not)
            return
        said = _("{follow_ups} more soon") if active else _("{follow_ups} now")
        head = said.format(follow_ups=follow_ups(found.follow_ups)) if found.follow_ups or not active else _("Active")
        self.say(head, self._explained(found, active, existing))
        self.status.setVisible(active)
        self._when.setText(_("as of {time:%H:%M}").format(time=clock.now()))
        self.people.show_people(found.people)
        self.first.rows.show(found.first)
        self.first.setVisible(bool(found.first))
        self.first.fit()
        if found.first:
            self.first.stand_on_row(0)
        words = ngettext("Show all {count:,}", "Show all {count:,}", found.follow_ups).format(count=found.follow_ups)
        self.all.setText(words)
        self.all.setAccessibleName(words)
        self.all.setVisible(found.follow_ups > len(found.first))

    def _explained(self, found: Preview, active: bool, existing: bool) -> str:
        if found.why_not:
            return found.why_not
        if active and found.follow_ups:
            return _("The rule is active: it makes them by itself with its next look.")
        if active:
            return _("Everything it falls on has its follow-up. It goes on as things happen.")
        if not existing:
            return _("Only new records count: nothing is made with Activate, but as things happen from then on.")
        if not found.follow_ups:
            return _("Nothing falls under it now. Once it is active, it makes follow-ups as things happen.")
        return _("Nothing is made until Activate; Undo takes the first run back.")

    def _open(self) -> None:
        at = self.first.currentIndex().row()
        if 0 <= at < len(self.first.rows.planned):
            one = self.first.rows.planned[at]
            self.opened.emit(one.table, one.key)
