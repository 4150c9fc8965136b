"""What stands on every tab of an office in which nothing is yet: three ways to fill it, and what comes then (F-61)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.services import office, operators, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import OFFICE_NAME, REGION
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.pages.sale_way import PHASES, SECOND
from ui.setup.settings_general import LONGEST_NAME, countries
from ui.widgets.card import Card, KeyCap
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, scrolling
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from channergy_crm.records import Operator
    from channergy_crm.settings import Setting
    from ui.pages.sale_way import Phase
    from ui.session.session import Session

WALKING_MS = 500
"""who goes through the countries by arrow key chooses the one they stay on"""
WIDTH, FIELDS = 864, 288
"""pixels: all of it, and the part about the office"""


class Way(NamedTuple):
    """One way to fill an office: its card, and its verb with its key."""

    name: str
    sign: str
    title: str
    said: str
    verb: str
    key: str


WAYS = (
    Way("import", "import", N_("You have a list"),
        N_("A list from a fair, an old program or a spreadsheet: CSV, Excel or vCard. You see every row before it is "
           "stored."), N_("Import a file"), "Ctrl+I"),
    Way("add", "add", N_("You have a name"),
        N_("Type one person. Only the Description must be filled; a phone number makes it callable."),
        N_("Add a lead"), "Ctrl+N"),
    Way("sample", "account", N_("You want to look first"),
        N_("Made-up leads and accounts in a file of their own. Close it and this office is as it was."),
        N_("Try the sample office"), ""),
)  # fmt: skip
THEN = (
    (N_("Dial"), N_("Open a lead and press F9. The number goes to your dialer."), "F9"),
    (N_("Say how it went"), N_("Press 1 to 9; the next try is proposed."), "1 … 9"),
    (N_("Be reminded"), N_("What is due stands under Reminders, first thing in the morning."), "Ctrl+1"),
)


class FirstMinutes(QWidget):
    """Nothing to click away: it goes by itself as soon as there is one record."""

    chosen = Signal(str)
    """"import", "add", "sample", "tour" or "own_company": the way somebody wants to go"""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._has_countries = session, False
        self._country_soon = later(self, lambda: self._choose(REGION, self._country.value()), WALKING_MS)
        self.setObjectName("first.page")
        theme.stand_on(self, "base")
        self.verbs = {way.name: self._verb(way) for way in WAYS}
        self.verbs["import"].loud()
        self.second = {phase.tab: self._second_verb(phase) for phase in PHASES if phase.tab in SECOND}
        self._country = named(ChoiceEditor([], self, allow_empty=False), "first.country", _("Country"))
        self._office = named(LineEditor(self, max_length=LONGEST_NAME), "first.office", _("Name of the office"))
        self._who = named(LineEditor(self, max_length=LONGEST_NAME), "first.who", _("Your name"))
        self._own = named(Button(_("Enter our own company"), self), "first.own_company", _("Enter our own company"))
        said = _("Our company as an account and everybody who works here as its contacts; Undo takes it back.")
        self._own.setToolTip(as_tip(said))
        self._own.clicked.connect(lambda: self.chosen.emit("own_company"))
        said = _("The sample office, step by step")
        self._tour = named(Button(icon("play", self), _("Guided tour"), self), "first.tour", _("Guided tour"))
        self._tour.setToolTip(as_tip(said))
        self._tour.setAutoDefault(True)
        self._tour.clicked.connect(lambda: self.chosen.emit("tour"))
        middle = QWidget(self)
        middle.setMaximumWidth(theme.px(WIDTH, self))
        self._fill(middle)
        around = QWidget(self)
        row = QHBoxLayout(around)
        row.setContentsMargins(16, 24, 16, 24)
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolling(around))
        self._add_new_key()
        self._connect()

    def _verb(self, way: Way) -> Button:
        verb = named(Button(_(way.verb), self, key=way.key), f"first.{way.name}", _(way.verb))
        verb.setToolTip(as_tip(f"{_(way.verb)} ({way.key})" if way.key else _(way.said)))
        verb.setAutoDefault(True)
        verb.clicked.connect(lambda: self.chosen.emit(way.name))
        return verb

    def _second_verb(self, phase: Phase) -> Button:
        verb = named(Button(_(phase.title), self), f"first.{phase.tab}", _(phase.title))
        verb.setIcon(icon(phase.sign, verb))
        verb.setAutoDefault(True)
        verb.clicked.connect(lambda: self._session.go_to(phase.tab))
        return verb

    def _add_new_key(self) -> None:
        """The page behind it has the key as well, but not while the focus is here."""
        add = QAction(_("Add a lead"), self)
        add.setShortcut(QKeySequence("Ctrl+N"))
        add.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        add.triggered.connect(lambda: self.chosen.emit("add"))
        self.addAction(add)

    def _fill(self, middle: QWidget) -> None:
        title, under = Label(_("Who do you want to call?"), middle), Remark("", middle)
        title.setObjectName("first.title")
        title.setFont(theme.title(self.font()))
        under.setFont(theme.name(self.font()))
        under.setText(_("This office is empty. Three ways to fill it; each can be undone."))
        for words in (title, under):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        cards = QHBoxLayout()
        cards.setSpacing(24)
        for way in WAYS:
            cards.addWidget(Card(way.sign, _(way.title), _(way.said), self.verbs[way.name], middle), 1)
        below = QHBoxLayout()
        below.setSpacing(32)
        below.addLayout(self._then(middle), 1)
        below.addLayout(self._about_office(middle))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(under)
        column.addSpacing(16)
        column.addLayout(cards)
        column.addSpacing(20)
        column.addLayout(below)
        column.addSpacing(12)
        column.addLayout(self._second(middle))
        column.addSpacing(8)
        column.addLayout(self._last(middle))
        column.addStretch(3)

    def _then(self, parent: QWidget) -> QGridLayout:
        grid = self._grid(_("Then"), parent)
        for place, (what, said, key) in enumerate(THEN, 1):
            grid.addWidget(Label(_(what), parent), place, 0)
            grid.addWidget(Remark(_(said), parent), place, 1)
            grid.addWidget(KeyCap(key, parent), place, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(THEN) + 1, 1)
        return grid

    def _second(self, parent: QWidget) -> QHBoxLayout:
        """The second step: what the office sells (VT-75)."""
        row = QHBoxLayout()
        row.setSpacing(12)
        head = Label(_("Second step: what you sell"), parent)
        head.setFont(theme.section(self.font()))
        row.addWidget(head)
        row.addWidget(Remark(_("Products and price books, the most important first."), parent), 1)
        for name in SECOND:
            row.addWidget(self.second[name])
        return row

    def _last(self, parent: QWidget) -> QHBoxLayout:
        """The keys that lead on, and the way through the sample office with a guide."""
        row = QHBoxLayout()
        row.addWidget(self._small(_("Help: F1  ·  Everything else: Ctrl+K"), parent), 1)
        row.addWidget(self._tour)
        return row

    def _about_office(self, parent: QWidget) -> QGridLayout:
        grid = self._grid(_("This office"), parent)
        fields = ((_("Name"), self._office), (_("Country"), self._country), (_("Your name"), self._who))
        for place, (text, editor) in enumerate(fields, 1):
            label = Remark(text, parent)
            label.setWordWrap(False)
            label.setBuddy(editor)
            grid.addWidget(label, place, 0)
            grid.addWidget(editor, place, 1)
            editor.setFixedWidth(theme.px(FIELDS - 96, self))
        grid.addWidget(self._own, len(fields) + 1, 1)
        grid.setRowStretch(len(fields) + 2, 1)
        return grid

    def _grid(self, title: str, parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        head = Label(title, parent)
        head.setFont(theme.section(self.font()))
        grid.addWidget(head, 0, 0, 1, 2)
        return grid

    def _small(self, text: str, parent: QWidget) -> Remark:
        said = Remark(text, parent)
        said.setFont(theme.small(self.font()))
        return said

    # ---------------------------------------------------------------- the office, saved as it is typed

    def _connect(self) -> None:
        self._office.editingFinished.connect(lambda: self._choose(OFFICE_NAME, self._office.value()))
        self._country.changed.connect(lambda: self._country_soon.start())
        self._who.editingFinished.connect(self._call_me)
        self._session.done.connect(lambda _done: self.show_office())
        self._session.operator_changed.connect(self.show_office)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._offer_countries)  # they are many, and nobody needs them to read the page
        self.show_office()

    def _offer_countries(self) -> None:
        if self._has_countries:
            return
        self._has_countries = True
        self._country.set_choices(countries())
        self.show_office()

    def show_office(self) -> None:
        """What the office is called now, here or elsewhere; who may not change it reads it."""
        if not self.isVisible():
            return
        refused = rights.may(self._session.by, "administer")
        held = ((self._office, office.get(OFFICE_NAME, Program.ITSELF)), (self._who, self._my_name()),
                (self._country, office.get(REGION, Program.ITSELF)))  # fmt: skip
        for editor, value in held:
            if not editor.hasFocus():
                editor.set_value(value)
            editor.set_read_only(bool(refused))
            editor.setToolTip(as_tip(refused or ""))

    def _my_name(self) -> str:
        mine = self._me()
        return mine.name if mine is not None else ""

    def _me(self) -> Operator | None:
        everybody = operators.everybody(Program.ITSELF)
        return next((each for each in everybody if each.id == self._session.by), None)

    def _choose(self, setting: Setting[str], value: str) -> None:
        if value and value != office.get(setting, Program.ITSELF):
            self._keep(partial(office.choose, setting, value, self._session.by), setting.label)
        self.show_office()

    def _call_me(self) -> None:
        mine, name = self._me(), self._who.value()
        if mine is not None and name and name != mine.name:
            mine.name = name
            self._keep(partial(operators.save, mine, self._session.by), _("Your name"))
        self.show_office()

    def _keep(self, save: Callable[[], object], what: str) -> None:
        def saved() -> bool:
            save()
            return True

        if self._session.attempt(saved):
            self._session.say_done(_("{what} changed.").format(what=what))

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab stays among what can be seen: the pages behind are covered."""
        stops = [
            *self.verbs.values(),
            self._office,
            self._country,
            self._who,
            self._own,
            *self.second.values(),
            self._tour,
        ]
        here = next((place for place, stop in enumerate(stops) if stop.hasFocus()), -1)
        place = here + (1 if on else -1)
        if here < 0 or not 0 <= place < len(stops):
            beyond = self.window().findChild(QWidget, "main.search")
            (beyond or stops[0]).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            stops[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True
