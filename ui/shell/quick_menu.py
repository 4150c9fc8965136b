"""＋ in the header: whatever can be made is one press away, wherever somebody stands (VT-40)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from channergy_crm.language import _
from channergy_crm.records import those
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.wording import key_name
from ui.session.allowed import refused
from ui.widgets.controls import IconButton
from ui.widgets.dialog import named
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
        self._offered = Menu(self)
        self._offered.setToolTipsVisible(True)
        self._offered.aboutToShow.connect(self._look_at_rights)
        self.setMenu(named(self._offered, "main.quick_menu_list", _("Make something new")))

    def offer(self, commands: Mapping[Command, QAction]) -> None:
        """Whatever of these makes something is here from now on, records first."""
        making = [each for each in commands if each.name.startswith(MAKES)]
        making += [each for each in commands if each.name in ON_A_RECORD]
        self._offered.clear()
        self._actions = {}
        for command, text in zip(making, with_letters([each.label for each in making]), strict=True):
            entry = QAction(icon(_sign(command), self), text, self._offered)
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


def with_letters(labels: Sequence[str]) -> list[str]:
    """These entries, each with a letter of its own behind an &: of the last word if it can be, that says most."""
    taken: set[str] = set()
    return [_with_letter(label.replace("&", "&&"), taken) for label in labels]


def _with_letter(label: str, taken: set[str]) -> str:
    words = sorted(re.finditer(r"\w+", label), key=lambda word: -word.start())
    starts = [word.start() for word in words]
    inside = [place for word in words for place in range(word.start() + 1, word.end())]
    for place in (*starts, *inside):
        letter = label[place].casefold()
        if letter.isalpha() and letter not in taken:
            taken.add(letter)
            return f"{label[:place]}&{label[place:]}"
    return label
