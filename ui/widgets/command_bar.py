"""The commands of a page as buttons, actions and keys with one name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from channergy_crm.language import varied
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.widgets.controls import Button, IconButton
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QResizeEvent

    from ui.screen import Command


SAVE = "save"
WHY_NOT = "why_not"
"""the property of an action that holds the sentence why it cannot be done now"""


class OneClick(QObject):
    """A double click on a button counts once: the second half must not convert or remove the next record as well."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.MouseButtonDblClick


class Commands:
    """The actions of one page; a key works wherever the focus is on that page."""

    def __init__(self, prefix: str, commands: Iterable[Command], page: QWidget) -> None:
        self._page = page
        self._once = OneClick(page)
        self.all = list(commands)
        self._actions: dict[str, QAction] = {}
        self._buttons: dict[str, list[Button | IconButton]] = {}
        for command in self.all:
            self._actions[command.name] = self._action(prefix, command)

    def _action(self, prefix: str, command: Command) -> QAction:
        action = QAction(command.label, self._page)
        action.setObjectName(f"{prefix}.{command.name}")
        if command.icon:
            action.setIcon(icon(command.icon, self._page))
        if command.key:
            action.setShortcuts([QKeySequence(key) for key in command.key.split(" or ")])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(as_tip(self._tip(command)))
        action.triggered.connect(lambda: self.run(command.name))
        self._page.addAction(action)
        return action

    def _tip(self, command: Command) -> str:
        return f"{command.label} ({self._key(command)})" if command.key else command.label

    def _key(self, command: Command) -> str:
        return QKeySequence(command.key.split(" or ")[0]).toString(QKeySequence.SequenceFormat.NativeText)

    def run(self, name: str) -> None:
        """Do it, when it is there and can be done now."""
        command = next((command for command in self.all if command.name == name), None)
        if command is not None and command.offered(self._page) is None:
            command.run(self._page)
            self.refresh()

    def take_over(
        self, name: str, run: Callable[[], None], why_not: Callable[[], str | None] | None = None
    ) -> Callable[[Any], object]:
        """Let the page do a command in its own way; hands out what the command does by itself."""
        for place, command in enumerate(self.all):
            if command.name == name:
                offered = command.offered if why_not is None else lambda _page: why_not()
                self.all[place] = varied(command, run=lambda _page: run(), offered=offered)
                return command.run
        return lambda _page: None

    def reach_from(self, widget: QWidget) -> None:
        """Let the keys work there too: in the list beside the record."""
        for action in self._actions.values():
            widget.addAction(action)

    def named(self, name: str) -> QAction:
        """The action of a command."""
        return self._actions[name]

    def having(self, role: str) -> list[Command]:
        """The commands that stand in one place."""
        return [command for command in self.all if command.role == role]

    def button(self, command: Command, parent: QWidget, *, small: bool = False) -> Button | IconButton:
        """A button for a command; `small` ones show only the icon."""
        action = self._actions[command.name]
        made: Button | IconButton = IconButton(parent) if small else Button(command.label, parent)
        made.setObjectName(action.objectName())
        made.setAccessibleName(command.label)
        made.setToolTip(as_tip(self._tip_beside(command, small=small)))
        if command.icon:
            made.setIcon(icon(command.icon, made))
            made.setIconSize(QSize(16, 16))
        made.clicked.connect(action.trigger)
        if isinstance(made, Button):
            made.key = self._key(command)
            made.installEventFilter(self._once)
        self._buttons.setdefault(command.name, []).append(made)
        return made

    def refresh(self) -> None:
        """Offer what can be done now; the rest says why not."""
        for command in self.all:
            why_not = command.offered(self._page)
            self._actions[command.name].setEnabled(why_not is None)
            self._actions[command.name].setProperty(WHY_NOT, why_not or "")
            self._actions[command.name].setToolTip(as_tip(why_not or self._tip(command)))
            for button in self._buttons.get(command.name, []):
                button.setEnabled(why_not is None)
                small = not isinstance(button, Button)
                button.setToolTip(as_tip(why_not or self._tip_beside(command, small=small)))

    def _tip_beside(self, command: Command, *, small: bool) -> str:
        """A button that says its name says it once; its key is told."""
        return self._tip(command) if small or command.key else ""


QUIET_SIDE = 12
"""pixels before a quiet verb, so that its words stand under the title"""


class CommandBar(QWidget):
    """The verbs of a record in one line, quiet; the one that saves stands out while there is something to save, and
    what people come for stands first, with an edge.

    Dangerous ones stand last behind a gap. Where there is little room the drawings go, never the words.
    """

    def __init__(self, commands: Commands, parent: QWidget, *, role: str = "") -> None:
        """Those of this role alone, where a record has more than one such line."""
        super().__init__(parent)
        self._line = WrappingRow(self)
        self._line.setContentsMargins(QUIET_SIDE, 3, QUIET_SIDE, 3)
        self._line.setSpacing(2)
        self._commands = commands
        self._buttons: list[Button] = []
        for command in commands.having("first") if not role else ():
            button = self._button(commands, command)
            button.quiet(False)
            self._line.addWidget(button)
        for command in commands.having(role):
            self._line.addWidget(self._button(commands, command))
        for command in commands.having("danger") if not role else ():
            self._line.add_last(self._button(commands, command))

    def _button(self, commands: Commands, command: Command) -> Button:
        button = commands.button(command, self)
        assert isinstance(button, Button)  # noqa: S101  it has its word
        self._buttons.append(button)
        button.quiet()
        button.say_key(False)
        if command.name == SAVE:
            action = commands.named(command.name)
            action.changed.connect(lambda: self._stand_out(button, action.isEnabled()))
        return button

    def _stand_out(self, button: Button, on: bool) -> None:
        button.quiet(not on)
        button.say_key(on)
        self._fit()

    def lead(self, side: int) -> None:
        """A filled verb stands first, so far from the left: its edge stands under the title, not its words."""
        self._line.setContentsMargins(side or QUIET_SIDE, 3, QUIET_SIDE, 3)

    def verbs(self) -> list[QAction]:
        """What can be pressed in it, for the menu that takes its place; Remove stands there anyway."""
        offered = {button.objectName() for button in self._buttons if not button.isHidden()}
        named = [self._commands.named(command.name) for command in self._commands.all if command.role != "danger"]
        return [action for action in named if action.objectName() in offered]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for drawn in (True, False):
            for button in self._buttons:
                button.say_drawing(drawn)
            if self._line.sizeHint().width() <= self.width():
                return
