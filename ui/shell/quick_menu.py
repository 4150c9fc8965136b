"""＋ in the header: whatever can be made is one press away, wherever somebody stands (VT-40)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from channergy_crm.language import _
from channergy_crm.records import those
from ui.look.icons import icon
from ui.look.plain import as_tip, unmarked
from ui.look.wording import key_name
from ui.session.allowed import refused
from ui.widgets.controls import IconButton
from ui.widgets.menu import Menu
from ui.widgets.naming import named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.screen import Command
    from ui.session.session import Session

MAKES = "new_"  # unsaid: how the names of such commands begin
ON_A_RECORD = ("note",)  # unsaid: names of commands
"""what is made on the record somebody is in"""
KEY = "Alt+N"


class QuickMenu(IconButton):
    """Every *New …* command of the window, the areas and the screens; a letter of each takes it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._actions = session, dict[str, QAction]()
        named(self, "main.quick_menu", _("Make something new"))
        self.setToolTip(as_tip(_("Make something new ({key})").format(key=key_name(KEY))))
        self.setIcon(icon("add", self))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._offered = _Lettered(self)
        self._offered.setToolTipsVisible(True)
        self._offered.aboutToShow.connect(self._look_at_rights)
        self.setMenu(named(self._offered, "main.quick_menu_list", _("Make something new")))

    def offer(self, commands: Mapping[Command, QAction]) -> None:
        """Whatever of these makes something is here from now on, records first."""
        making = [each for each in commands if each.name.startswith(MAKES)]
        making += [each for each in commands if each.name in ON_A_RECORD]
        self._offered.clear()
        self._actions = {}
        letters = letters_of([each.label for each in making])
        self._offered.letters = {}
        for command, letter in zip(making, letters, strict=True):
            text = unmarked(command.label) + (f"\t{letter}" if letter else "")  # it stands where other menus have keys
            entry = QAction(icon(_sign(command), self), text, self._offered)
            self._offered.letters[letter] = entry
            entry.setObjectName(f"main.quick_menu.{command.name}")
            entry.triggered.connect(commands[command].trigger)
            self._offered.addAction(entry)
            self._actions[command.name] = entry
        self.setVisible(bool(making))

    def open(self) -> None:
        """Show what can be made, the first of it chosen."""
        self._offered.popup(self.mapToGlobal(self.rect().bottomLeft()))
        if actions := self._offered.actions():
            self._offered.setActiveAction(actions[0])

    def _look_at_rights(self) -> None:
        for name, action in self._actions.items():
            why_not = refused(self._session, "create", _made_by(name))
            action.setEnabled(not why_not)
            action.setToolTip(as_tip(why_not))


def _made_by(name: str) -> type[Record] | None:
    """What a command of this name makes, or None when it is no record of its own."""
    made = those(lambda record: name == f"{MAKES}{record.about.target}")
    return made[0] if made else None


def _sign(command: Command) -> str:
    made = _made_by(command.name)
    return made.about.icon if made is not None else command.icon


class _Lettered(Menu):
    """A menu of which each entry is taken by a letter, without Alt, which belongs to the dialer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.letters: dict[str, QAction] = {}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter takes its entry; all else is as in every menu."""
        action = self.letters.get(event.text().upper()) if event.text() else None
        if action is None:
            super().keyPressEvent(event)
        elif action.isEnabled():
            self.hide()
            action.trigger()


def letters_of(labels: Sequence[str]) -> list[str]:
    """A letter of its own for each: that with which its last word begins, if it can be, for that says most."""
    taken: set[str] = set()
    return [_letter(label, taken) for label in labels]


def _letter(label: str, taken: set[str]) -> str:
    words = sorted(re.finditer(r"\w+", label), key=lambda word: -word.start())
    letters = [word[0][0] for word in words if word.start()] + [letter for word in words for letter in word[0][1:]]
    for letter in (each.upper() for each in letters if each.isalpha()):
        if letter not in taken and len(letter) == 1:
            taken.add(letter)
            return letter
    return ""
