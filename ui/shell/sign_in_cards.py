"""What is asked before somebody works: who they are, a password of their own, or their password once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm import language, passwords
from channergy_crm.language import _
from channergy_crm.settings import LANGUAGE, LANGUAGES_OFFERED, THEME, THEMES_OFFERED, Station
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.look.plain import Label, unmarked
from ui.setup.settings_general import THEMES, offered, spoken
from ui.widgets.controls import Button, CheckBox
from ui.widgets.dialog import Remark, named
from ui.widgets.fields import LineField
from ui.widgets.password import PasswordField, Saying

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

WIDTH, HEIGHT, AROUND, LABEL, LOW = 456, 456, 40, 100, 160
"""pixels; with the bar of its title the window is 488 high"""


class Manners(NamedTuple):
    """How the program is told to speak another language and to wear another theme, at once."""

    speak: Callable[[str], object]
    wear: Callable[[str], object]


class Card(QWidget):
    """A title, a question, fields one below the other, a sentence about what was wrong, the verb."""

    submitted = Signal()
    submit: Button

    def __init__(self, title: str, question: str, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "base")
        self.setMinimumSize(theme.px(WIDTH, self), 0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(AROUND, AROUND - 6, AROUND, AROUND - 16)
        self._column.setSpacing(8)
        heading = Label(title, self)
        heading.setFont(theme.title(self.font()))
        heading.setWordWrap(True)
        asked = Label(question, self)
        asked.setWordWrap(True)
        asked.muted()
        self._column.addWidget(heading)
        self._column.addWidget(asked)
        self._column.addSpacing(20)
        self.said = Saying("sign_in.said", self)

    def add_row(self, label: str, widget: QWidget, *, wide: int = 0) -> None:
        """A field with its name before it; `wide` pixels, else all there is."""
        row = QHBoxLayout()
        self._column.addLayout(row)
        row.setSpacing(0)
        words = Label(label, self)
        words.muted()
        words.setFixedWidth(theme.px(LABEL, self))
        words.setBuddy(widget)
        row.addWidget(words)
        if wide:
            widget.setMinimumWidth(theme.px(wide, self))
        row.addWidget(widget, 0 if wide else 1)
        if wide:
            row.addStretch(1)

    def add_beside(self, *widgets: QWidget) -> None:
        """What stands under the fields."""
        row = QHBoxLayout()
        self._column.addLayout(row)
        row.setSpacing(8)
        row.addSpacing(theme.px(LABEL, self))
        for widget in widgets:
            row.addWidget(widget)
        if not isinstance(widgets[0], Saying | Remark):
            row.addStretch(1)

    def verb(self, name: str, text: str) -> Button:
        """The filled button, which Enter presses."""
        button = named(Button(unmarked(text), self, key=_("Enter")), name, text)
        button.loud()
        button.clicked.connect(self.submitted)
        return button

    def watch_caps(self, field: PasswordField) -> None:
        """Say that Caps Lock is on while a password is typed; Enter submits."""
        field.returnPressed.connect(self.submitted)
        field.caps.connect(lambda on: self.said.say(_("Caps Lock is on.") if on else "", "soon", "caps"))

    busy = False

    def occupy(self, on: bool) -> None:
        """It is being looked at, or one may go on."""
        self.busy = on
        self.submit.setEnabled(not on)


class WhoCard(Card):
    """Who works here today? (VT-10…VT-12)"""

    another_office = Signal()
    spoke = Signal()
    """another language is spoken: everything is said anew"""

    def __init__(self, station: Station, manners: Manners, parent: QWidget, called: str) -> None:
        super().__init__(called, _("Who works here today?"), parent)
        self._station, self._manners = station, manners
        self.user = named(LineField(self), "sign_in.user_name", _("User name"))
        self.password = PasswordField("sign_in.password", _("Password"), self)
        self.stay = named(CheckBox(_("Stay signed in on this workstation"), self), "sign_in.stay",
                          _("Stay signed in on this workstation"))  # fmt: skip
        self.submit = self.verb("sign_in.submit", _("Sign In"))
        other = named(Button(_("Another office…"), self), "sign_in.another_office", _("Another office…"))
        other.quiet()
        other.clicked.connect(self.another_office)
        self.add_row(_("User name"), self.user)
        self.add_row(_("Password"), self.password)
        self.add_beside(self.said)
        self.add_beside(self.stay)
        self._column.addSpacing(2)
        self.add_beside(self.submit, other)
        self._column.addSpacing(10)
        self._column.addWidget(_Line(self))
        self._column.addSpacing(2)
        self._add_manners()
        self._column.addStretch(1)
        forgotten = Remark(_("Forgotten? An administrator sets a new one."), self)
        forgotten.setFont(theme.small(self.font()))
        self._column.addWidget(forgotten)
        self.watch_caps(self.password)
        self.user.returnPressed.connect(self._go_on)

    def _go_on(self) -> None:
        self.submitted.emit() if self.password.text() else self.password.setFocus()

    def _add_manners(self) -> None:
        words = [(code, _(text)) for code, text in THEMES]
        languages, themes = offered(LANGUAGES_OFFERED, spoken()), offered(THEMES_OFFERED, words)
        self.language = named(ChoiceEditor(languages, self, allow_empty=False), "sign_in.language", _("Language"))
        self.theme = named(ChoiceEditor(themes, self, allow_empty=False), "sign_in.theme", _("Theme"))
        self.language.set_value(_chosen(languages, self._station.get(LANGUAGE)))
        self.theme.set_value(_chosen(themes, self._station.get(THEME)))
        self.add_row(_("Language"), self.language, wide=LOW)
        self.add_row(_("Theme"), self.theme, wide=LOW)
        self.language.changed.connect(self._speak)
        self.theme.changed.connect(self._wear)

    def settle(self) -> None:
        """What this workstation had chosen may not be offered any more."""
        if self.theme.value() != self._station.get(THEME):
            self._wear()
        if self.language.value() != self._station.get(LANGUAGE):
            self._speak()

    def _speak(self) -> None:
        self._station.set(LANGUAGE, self.language.value())
        self._manners.speak(str(self.language.value()))
        self.spoke.emit()

    def _wear(self) -> None:
        self._station.set(THEME, self.theme.value())
        self._manners.wear(str(self.theme.value()))


def _chosen(choices: Sequence[tuple[str, str]], wanted: str) -> str:
    codes = [code for code, _words in choices]
    if wanted in codes:
        return wanted
    return language.in_use() if language.in_use() in codes else codes[0]


class OwnPasswordCard(Card):
    """Choose your own password: the one of now was given by somebody else (VT-10)."""

    def __init__(self, name: str, names: Sequence[str], parent: QWidget) -> None:
        said = _("{name}, the password you came in with was given to you. From now on only you know it.")
        super().__init__(_("Choose your own password"), said.format(name=name), parent)
        self._names = names
        self.new = PasswordField("sign_in.new", _("New password"), self)
        self.again = PasswordField("sign_in.again", _("Once more"), self)
        self.submit = self.verb("sign_in.change", _("Use This Password"))
        rule = Remark(_("At least {count} characters; several words do well.").format(count=passwords.SHORTEST), self)
        rule.setFont(theme.small(self.font()))
        self.add_row(_("New password"), self.new)
        self.add_beside(rule)
        self.add_row(_("Once more"), self.again)
        self.add_beside(self.said)
        self.add_beside(self.submit)
        self._column.addStretch(1)
        self.new.returnPressed.connect(self.again.setFocus)
        self.watch_caps(self.again)
        self.new.editingFinished.connect(self._look)

    def _look(self) -> None:
        if self.new.text():
            self.said.say(self.problem(whole=False))

    def problem(self, *, whole: bool = True) -> str:
        """What is wrong with what was typed; "" when it can be taken."""
        if said := passwords.problem(self.new.text(), *self._names):
            return said
        differs = whole and self.new.text() != self.again.text()
        return _("The two are not the same; type it once more.") if differs else ""


class LockedCard(Card):
    """The workstation is locked: the password of whoever works here, once more."""

    sign_out = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, _("This workstation is locked. What you typed is kept."), parent)
        self.password = PasswordField("lock.password", _("Password"), self)
        self.submit = self.verb("lock.submit", _("Unlock"))
        text = _("Not {name}? Sign out").format(name=name)
        out = named(Button(unmarked(text), self), "lock.sign_out", text)
        out.quiet()
        out.clicked.connect(self.sign_out)
        self.add_row(_("Password"), self.password)
        self.add_beside(self.said)
        self.add_beside(self.submit)
        self.add_beside(out)
        self.watch_caps(self.password)


class _Line(QWidget):
    """A thin line between two parts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(9)

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtGui import QPainter

        QPainter(self).fillRect(0, 4, self.width(), 1, theme.colour(self, "line"))
