"""Calling through several lists: which, in which order, and what each of them asks of its own (BX-46)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import _, counted
from channergy_crm.records import Lead
from channergy_crm.records.views import ListView
from channergy_crm.services import call_lists
from ui.editors.for_kind import editor_for
from ui.widgets.dialog import Dialog, Plain, Remark, offer
from ui.widgets.ordered_ticks import OrderedTicks

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.calling_round import Feed
    from ui.session.session import Session

CHOSEN = "call_lists.chosen"
NOTHING = (460, 150)
"""how large it is while there is no list"""
LIMITS = ("most_tries", "cool_down", "most_a_day")


class CallListsDialog(Dialog):
    """The views of leads with a check box; below them what the one somebody stands on asks of its own."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        offered = session.attempt(lambda: call_lists.offered(session.by)) or []
        size, station = ((460, 480), session.station) if offered else (NOTHING, None)
        super().__init__("call_lists", _("Call through several lists"), parent, station, size=size)
        self._session = session
        self._views = {str(view.number): view for view in offered}
        self._standing = ""
        order = Remark(_("Who is due comes first, then the lists in this order."), self)
        order.setVisible(bool(self._views))
        self.body.addWidget(order)
        self._ticks = OrderedTicks("call_lists", _("Lists"), self)
        self._ticks.setVisible(bool(self._views))
        self.body.addWidget(self._ticks, 1)
        self._nothing = Remark(
            _("There is no saved view of leads yet. Filter the list of leads and keep it as a view first."), self
        )
        self._nothing.setVisible(not self._views)
        self.body.addWidget(self._nothing)
        self._whose = Plain("", self, bold=True)
        self._whose.setVisible(bool(self._views))
        self.body.addWidget(self._whose)
        self._part = self._limits()
        self._problem = self.named(Remark("", self, ink="overdue"), "said", _("What is wrong"))
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._start = self.button("start", _("Start calling"))
        self.finish_with(self._start, self.button("cancel", _("Cancel")))
        self._ticks.changed.connect(self._look)
        held = session.station.recall(CHOSEN, [])
        self._ticks.fill({key: view.name for key, view in self._views.items()}, [str(key) for key in held])
        self._ticks.setFocus()
        self._count()

    def _limits(self) -> QWidget:
        part = QWidget(self)
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        self._editors: dict[str, Any] = {}
        for place, name in enumerate(LIMITS):
            kind = ListView.kind(name)
            editor = self.named(editor_for(kind, part, by=lambda: self._session.by), name, kind.label)
            editor.setPlaceholderText(_("as usual"))
            editor.setFixedWidth(140)
            editor.editingFinished.connect(self._keep)
            grid.addWidget(Plain(kind.label, part), place, 0)
            grid.addWidget(editor, place, 1)
            self._editors[name] = editor
        part.setVisible(bool(self._views))
        self.body.addWidget(part)
        return part

    def chosen(self) -> list[ListView]:
        """The lists, in their order."""
        return [self._views[key] for key in self._ticks.chosen()]

    def accept(self) -> None:
        """Only with a list, and with limits that can be kept."""
        if self.chosen() and self._keep():
            self._session.station.remember(CHOSEN, [view.number for view in self.chosen()])
            super().accept()

    def _look(self) -> None:
        """Another row, or another choice: what was typed for the row before is kept."""
        offer(self._start, "" if self._ticks.chosen() else _("Choose at least one list."))
        key = self._ticks.current()
        if key == self._standing:
            return
        if self._standing:
            self._keep()
        self._standing = key
        view = self._views.get(key)
        self._whose.setText(_("Only in {name}").format(name=view.name) if view is not None else "")
        for name, editor in self._editors.items():
            editor.set_value(getattr(view, name) if view is not None else None)
            editor.setEnabled(view is not None and view.owner == self._session.by)
        theirs = view is not None and view.owner != self._session.by
        self._problem.say(_("Only who made this view says what it asks.") if theirs else "", "muted")

    def _keep(self) -> bool:
        """Keep what was typed for the list somebody stands on; False when it cannot be, which is said."""
        view = self._views.get(self._standing)
        if view is None or view.owner != self._session.by:
            return True
        wrong = next((said for editor in self._editors.values() if (said := editor.text_problem())), "")
        if wrong:
            self._problem.say(wrong, "overdue")
            return False
        before = {name: getattr(view, name) for name in LIMITS}
        wanted = {name: editor.value() for name, editor in self._editors.items()}
        if before == wanted:
            self._problem.say("")
            return True
        for name, value in wanted.items():
            setattr(view, name, value)
        try:
            call_lists.keep(view, self._session.by)
        except CRMError as error:
            for name, value in before.items():
                setattr(view, name, value)
            self._problem.say(error.message, "overdue")
            return False
        self._problem.say("")
        return True

    def _count(self) -> None:
        """How many leads stand in each list is counted beside the window."""
        by, project, views = self._session.by, self._session.project, dict(self._views)

        def counted_all(_progress: object) -> dict[str, int]:
            return {key: call_lists.count(view, by, project) for key, view in views.items()}

        self._session.work(
            counted_all, label=_("Counting"), progress=False, done=self._tell_counts, failed=lambda _error: None
        )

    def _tell_counts(self, counts: dict[str, int]) -> None:
        for key, count in counts.items():
            said = _("{name}  ·  {leads}").format(name=self._views[key].name, leads=counted(Lead, count))
            self._ticks.relabel(key, said)


def ask(session: Session, parent: QWidget, start: Callable[[list[Feed]], object]) -> None:
    """Ask which; `start` is given the lists once their leads were read beside the window."""
    dialog = CallListsDialog(session, parent)
    if not dialog.exec():
        return
    wanted, by, project = dialog.chosen(), session.by, session.project
    session.work(
        lambda _progress: [call_lists.feed(view, by, project) for view in wanted],
        label=_("Reading the lists"), done=start,
    )  # fmt: skip
