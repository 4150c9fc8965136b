"""*Something to do*: useful calls while nobody rings, by kind, ready to be opened (VS-22)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _, closing
from channergy_crm.services import useful
from ui.editors.for_kind import editor_for
from ui.history.sheet import Column, Line, Sheet
from ui.look import theme
from ui.look.plain import unmarked
from ui.widgets.controls import Pill
from ui.widgets.dialog import Dialog, Plain, Remark, offer
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from channergy_crm.services.useful import Group, Row
    from ui.session.session import Session

WIDE = 220


class Answer(QWidget):
    """What a record lacks, typed in place: Enter keeps it, and the next record is there (VS-22)."""

    filled = Signal()

    def __init__(self, session: Session, parent: Dialog) -> None:
        super().__init__(parent)
        self._session, self._dialog = session, parent
        self._name = ""
        self._row: Row | None = None
        self._editor: Any = None
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._label = Plain("", self)
        self._line.addWidget(self._label)
        self._save = parent.button("fill_in", _("Fill in"), _("Keeps it, and the next one is there (Enter)."))
        self._save.clicked.connect(lambda: self.keep())
        self._line.addWidget(self._save)
        self._said = parent.named(Remark("", self, ink="overdue"), "answer_said", _("What is wrong"))
        self._line.addWidget(self._said, 1)
        self.hide()

    def ask_of(self, name: str) -> None:
        """Records of this group; the other groups ask for nothing."""
        kind = useful.asked(name)
        self._name = name
        if self._editor is not None:
            self._editor.hide()
            self._editor.deleteLater()
            self._editor = None
        self.setVisible(kind is not None)
        if kind is None:
            return
        self._label.setText(kind.label)
        by = self._session.by
        self._editor = self._dialog.named(editor_for(kind, self, by=lambda: by), "answer", kind.label)
        self._editor.setMinimumWidth(theme.px(WIDE, self))
        self._line.insertWidget(1, self._editor)

    def show_row(self, row: Row | None) -> None:
        """Another record is stood on."""
        self._row = row
        self._said.say("")
        self._save.setEnabled(row is not None)
        if self._editor is not None:
            self._editor.setEnabled(row is not None)
            self._editor.set_value(None)

    @property
    def has_keys(self) -> bool:
        """Whether somebody types the answer."""
        here = self._dialog.focusWidget()
        return (
            self._editor is not None and here is not None and (here is self._editor or self._editor.isAncestorOf(here))
        )

    def keep(self) -> None:
        """Fill it in, or say what is wrong; what was typed stays then."""
        row, editor, by, name = self._row, self._editor, self._session.by, self._name
        if row is None or editor is None:
            return
        value = editor.value()
        try:
            if problem := editor.text_problem():
                raise Mistake(problem)
            who = useful.answer(name, row.opens[1], value, by)
        except CRMError as error:
            self._said.say(error.message, "overdue")
            editor.setFocus()
            return
        self._session.say_done(_("{name}: filled in.").format(name=who))
        self.filled.emit()
        editor.setFocus()


class SomethingToDo(Dialog):
    """A pill for each kind with its count; below it the rows of the one that is chosen, the longest waiting first."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        title = _("Something to do")
        super().__init__("useful", title, parent, session.station, size=(720, 480))
        self._session, self._chosen, self._pills = session, "", dict[str, Pill]()
        self._titles, self._many = dict[str, str](), dict[str, int]()
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
        self._answer = Answer(session, self)
        self._answer.filled.connect(self._gone)
        self.body.addWidget(self._answer)
        self._take = self.button("take_over", _("Take over"), _("It becomes yours; Undo gives it back"))
        self._take.clicked.connect(lambda: self.take_over())
        close = self.button("close", closing())
        box = self.finish_with(None, close)
        box.addButton(self._open, box.ButtonRole.ActionRole)
        box.addButton(self._take, box.ButtonRole.ActionRole)
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
            pill = self.named(Pill("", self), group.name, group.title)
            pill.setCheckable(True)
            pill.setAutoDefault(False)
            pill.clicked.connect(partial(self.choose, group.name))
            self._group.addButton(pill)
            self._pills[group.name] = pill
            self._titles[group.name], self._many[group.name] = group.title, group.many
            self._label(group.name)
            self._kinds.addWidget(pill)
        first = next((group.name for group in groups if group.many), "")
        if first:
            self.choose(first)
        else:
            self._said.say(_("Everything is done: nothing is late, nobody waits for a call."))

    def _label(self, name: str) -> None:
        pill, many = self._pills[name], self._many[name]
        said = _("{title}  {count:,}").format(title=self._titles[name], count=many)
        pill.setText(unmarked(said))
        pill.setAccessibleName(said)
        offer(pill, "" if many or name == self._chosen else _("There is nothing of this kind."))

    def choose(self, name: str) -> None:
        """Show the rows of this kind."""
        self._chosen = name
        self._pills[name].setChecked(True)
        self._take.setVisible(name == useful.TEAM)
        self._answer.ask_of(name)
        self._said.say(_("Reading…"))
        self.grid.show_lines([])  # an answer typed meanwhile would be about a record of the kind before
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
        row: Row | None = self.grid.about()
        for verb in (self._open, self._take):
            offer(verb, "" if row is not None else _("There is no record to open."))
        self._answer.show_row(row)

    def take_over(self) -> None:
        """Make the follow-up of a colleague one's own; the next one is there."""
        row: Row | None = self.grid.about()
        if row is None:
            return
        number, by = int(str(row.opens[1])), self._session.by
        try:
            useful.take_over(number, by)
        except CRMError as error:
            self._said.say(error.message, "overdue")
        else:
            said = _("“{what}” is yours now.").format(what=row.said)
            self._session.say_done(said)
            self._said.say(said, "done")
        self._gone()

    def _gone(self) -> None:
        """The row somebody stood on has its answer: it goes, and the next one is there."""
        row: Row | None = self.grid.about()
        self._many[self._chosen] = max(0, self._many[self._chosen] - 1)
        self._label(self._chosen)
        self.grid.show_lines([line for line in self.grid.rows.lines if line.about is not row])

    def open_row(self) -> None:
        """Close, and go to the record."""
        row: Row | None = self.grid.about()
        if row is not None:
            self.accept()
            self._session.go_to(*row.opens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from kind to kind, also from the list."""
        if self._answer.has_keys and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer.keep()
            return
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
