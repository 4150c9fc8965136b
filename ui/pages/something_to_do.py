"""*Something to do*: useful calls while nobody rings, by kind, ready to be opened (VS-22)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QWidget

from channergy_crm.language import _, closing
from channergy_crm.services import useful
from ui.history.sheet import Column, Line, Sheet
from ui.look.plain import unmarked
from ui.widgets.controls import Pill
from ui.widgets.dialog import Dialog, Remark, offer
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from channergy_crm.services.useful import Group, Row
    from ui.session.session import Session


class SomethingToDo(Dialog):
    """A pill for each kind with its count; below it the rows of the one that is chosen, the longest waiting first."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        title = _("Something to do")
        super().__init__("useful", title, parent, session.station, size=(720, 480))
        self._session, self._chosen, self._pills = session, "", dict[str, Pill]()
        self._group = QButtonGroup(self)
        room = QWidget(self)
        self._kinds = WrappingRow(room)
        self._kinds.setContentsMargins(0, 0, 0, 0)
        self._said = self.named(
            Remark(_("Counting what there is to do…"), self), "said", _("About what there is to do")
        )
        columns = [Column(_("Who"), 170), Column(_("About"), 200, True), Column(_("Phone"), 130)]
        self.grid = self.named(Sheet("useful.grid", title, columns, self), "grid", title)
        self._open = self.button("open", _("Open"), _("Opens the record, ready to be dialed (Enter)."))
        self._open.clicked.connect(lambda: self.open_row())
        self.body.addWidget(room)
        self.body.addWidget(self._said)
        self.body.addWidget(self.grid, 1)
        close = self.button("close", closing())
        box = self.finish_with(None, close)
        box.addButton(self._open, box.ButtonRole.ActionRole)
        self.grid.opened.connect(self.open_row)
        self.grid.turned.connect(self._offer)
        self._offer()
        by, project = session.by, session.project
        session.work(
            lambda _progress: useful.groups(by, project), label=_("Counting what there is to do"),
            done=self._show_groups, failed=lambda error: self._said.say(error.message, "overdue"), progress=False,
        )  # fmt: skip

    def _show_groups(self, groups: Sequence[Group]) -> None:
        for group in groups:
            said = _("{title}  {count:,}").format(title=group.title, count=group.many)
            pill = self.named(Pill(unmarked(said), self), group.name, said)
            pill.setCheckable(True)
            pill.setAutoDefault(False)
            offer(pill, "" if group.many else _("There is nothing of this kind."))
            pill.clicked.connect(partial(self.choose, group.name))
            self._group.addButton(pill)
            self._pills[group.name] = pill
            self._kinds.addWidget(pill)
        first = next((group.name for group in groups if group.many), "")
        if first:
            self.choose(first)
        else:
            self._said.say(_("Everything is done: nothing is late, nobody waits for a call."))

    def choose(self, name: str) -> None:
        """Show the rows of this kind."""
        self._chosen = name
        self._pills[name].setChecked(True)
        by, project = self._session.by, self._session.project

        def show(rows: Sequence[Row]) -> None:
            if name == self._chosen:
                self.grid.show_lines([Line((row.who, row.said, row.phone), row) for row in rows])
                more = len(rows) >= useful.SHOWN
                self._said.say(_("The first {count}.").format(count=len(rows)) if more else "")
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

        self._session.work(
            lambda _progress: useful.rows(name, by, project), label=_("Reading what there is to do"), done=show,
            failed=lambda error: self._said.say(error.message, "overdue"), progress=False,
        )  # fmt: skip

    def _offer(self) -> None:
        offer(self._open, "" if self.grid.about() is not None else _("There is no record to open."))

    def open_row(self) -> None:
        """Close, and go to the record."""
        row: Row | None = self.grid.about()
        if row is not None:
            self.accept()
            self._session.go_to(*row.opens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from kind to kind, also from the list."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        names = [name for name, pill in self._pills.items() if pill.isEnabled()]
        step = steps.get(Qt.Key(event.key()))
        if step and self._chosen in names:
            self.choose(names[(names.index(self._chosen) + step) % len(names)])
        else:
            super().keyPressEvent(event)


def open_(session: Session, parent: QWidget) -> None:
    """Show what there is to do."""
    SomethingToDo(session, parent).exec()
