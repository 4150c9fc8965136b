"""The header line: the office, the search box, undo and redo, the operator, and the menu of everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from channergy_crm.language import _
from channergy_crm.records import OfficeSetting, Project, ProjectMember
from channergy_crm.services import office, operators, projects, rights, saving
from channergy_crm.services.rights import Program
from channergy_crm.settings import OFFICE_NAME, OPERATOR
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, unmarked
from ui.look.wording import key_name, operator_choices
from ui.screen import Command
from ui.search.box import SearchBox
from ui.session.allowed import concerns_rights
from ui.session.within import choose_project, chosen_before, look_at
from ui.shell.quick_menu import QuickMenu
from ui.shell.user_button import UserButton
from ui.widgets.controls import IconButton
from ui.widgets.fields import ComboBox
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from channergy_crm.work import Done
    from ui.session.session import Session

WIDEST, NAME_LEAST, SEARCH_LEAST = 200, 132, 150
"""pixels: what the name of a project may take, and what is left of the office's name and of the search box"""
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
PROJECTS = {record._meta.table_name for record in (Project, ProjectMember)}
UNDO = Command("undo", "Undo", lambda session: session.undo(), "undo", "Ctrl+Z")
REDO = Command("redo", "Redo", lambda session: session.redo(), "redo", "Ctrl+Shift+Z")


class OfficeName(Label):
    """Whole where there is room; else its beginning, and all of it in the tip."""

    def minimumSizeHint(self) -> QSize:
        whole = super().sizeHint()
        return QSize(min(whole.width(), theme.px(NAME_LEAST, self)), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """In one line, with … where it is cut."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(as_tip(self.text()) if shown != self.text() else "")
        painter = paint.begin(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), LEFT, shown)


class Header(QWidget):
    """Above the tabs: whose office, who works here, what can be taken back (CH-7, CH-9)."""

    asked_to_change = Signal(str)
    renamed = Signal(str)
    """the office is called so from now on"""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        theme.stand_on(self, "chrome")
        self.name = OfficeName(office.get(OFFICE_NAME, session.by), self)
        self.name.setObjectName("main.office")
        self.name.setFont(theme.strong(self.font()))
        self.search = SearchBox(session, window)
        self.search.setMinimumWidth(theme.px(SEARCH_LEAST, self))
        self.quick = QuickMenu(session, self)
        self.undo, self.redo = self._tool(UNDO), self._tool(REDO)
        self.project = self._choice("main.project", _("Project"), _("Which project's records are shown"), 132)
        self.project.setMaximumWidth(theme.px(WIDEST, self))
        self.operator = self._choice("main.operator", _("Operator"), _("Whose records are shown"), 156)
        self.user = UserButton(self)
        self.more = IconButton(self)
        self.more.setObjectName("main.more")
        self.more.setAccessibleName(_("More"))
        self.more.setToolTip(_("More"))
        self.more.setIcon(icon("more", self.more))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = Menu(self.more)
        self.more.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 12, 7)
        row.setSpacing(8)
        row.addWidget(self.name)
        row.addStretch(1)
        row.addWidget(self.search, 5)
        row.addStretch(1)
        for widget in (self.quick, self.undo, self.redo, self.project, self.operator, self.user, self.more):
            row.addWidget(widget)
        self.fill_operators()
        self.fill_projects()
        self.operator.currentIndexChanged.connect(self._operator_chosen)
        self.project.currentIndexChanged.connect(self._project_chosen)
        session.operator_changed.connect(self.fill_projects)
        session.undo_changed.connect(self.tell_undo)
        session.done.connect(self._something_done)
        self.tell_undo()

    def _choice(self, name: str, said: str, tip: str, narrowest: int) -> ComboBox:
        choice = ComboBox(self)
        choice.setObjectName(name)
        choice.setAccessibleName(said)
        choice.setToolTip(as_tip(tip))
        choice.setMinimumWidth(narrowest)
        return choice

    def _tool(self, command: Command) -> QToolButton:
        action = QAction(icon(command.icon, self), command.label, self._window)
        action.setObjectName(f"main.{command.name}")
        action.setShortcut(QKeySequence(command.key))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda: command.run(self._session))
        self._window.addAction(action)
        button = IconButton(self)
        button.setDefaultAction(action)
        button.setObjectName(f"main.{command.name}")
        button.setAccessibleName(command.label)
        return button

    def tell_undo(self) -> None:
        """Name what Undo and Redo would do."""
        for button, entry, command, nothing in (
            (self.undo, self._session.attempt(lambda: saving.undoable(self._session.by)), UNDO, _("Nothing to undo")),
            (self.redo, self._session.attempt(lambda: saving.redoable(self._session.by)), REDO, _("Nothing to redo")),
        ):
            action = button.defaultAction()
            action.setEnabled(entry is not None)
            text = f"{command.label}: {entry.name}" if entry else nothing
            action.setText(unmarked(text))
            action.setToolTip(as_tip(f"{text} ({key_name(command.key)})" if entry else text))
            button.setAccessibleName(text)

    def _something_done(self, done: Done) -> None:
        if "Operators" in done.tables or concerns_rights(done):
            self.fill_operators()
        if PROJECTS & done.tables or concerns_rights(done):
            self.fill_projects()
        if OfficeSetting._meta.table_name in done.tables:
            self.name.setText(office.get(OFFICE_NAME, Program.ITSELF))
            self.renamed.emit(self.name.text())

    def fill_operators(self) -> None:
        """Who is signed in, and the active operators for whoever may look at them: everybody while Security is off."""
        by, secured = self._session.by, rights.is_secured()
        chooses = not secured or rights.views_all(by)
        if not chooses:
            self._session.set_operator(by)
        self.operator.setVisible(chooses)
        self.user.setVisible(secured)
        self.user.call(next((each.name for each in operators.everybody(Program.ITSELF) if each.id == by), by))
        self.operator.blockSignals(True)
        self.operator.clear()
        for value, text in operator_choices(Program.ITSELF):  # also for who has retired meanwhile
            self.operator.addItem(icon("operator", self.operator), text, value)
        self.operator.setCurrentIndex(self.operator.findData(self._session.shown))
        self.operator.blockSignals(False)

    def fill_projects(self) -> None:
        """All projects, or one of those this operator works in; nothing while the office has none. Who comes back finds
        the one they chose here last.
        """
        session = self._session
        offered = {each.number: each.name for each in session.attempt(lambda: projects.offered(session.by)) or ()}
        wanted = chosen_before(session) if offered else 0
        self.project.setVisible(bool(offered))
        self.project.blockSignals(True)
        self.project.clear()
        for number, name in ((None, _("All projects")), *offered.items()):
            self.project.addItem(icon("project", self.project), name, number)
        self.project.setCurrentIndex(max(0, self.project.findData(wanted)))
        self.project.blockSignals(False)
        look_at(session, self.project.currentData())

    def _project_chosen(self, place: int) -> None:
        wanted = self.project.itemData(place)
        if wanted == self._session.project:
            return
        if self._window.may_leave():  # type: ignore[attr-defined]
            choose_project(self._session, wanted)
        else:
            self.fill_projects()

    def _operator_chosen(self, place: int) -> None:
        wanted = self.operator.itemData(place)
        if not wanted or wanted == self._session.shown:
            return
        if not self._window.may_leave():  # type: ignore[attr-defined]
            self.fill_operators()
            return
        if not rights.is_secured():
            self._session.station.remember(OPERATOR.name, wanted)
        self._session.set_operator(wanted)
