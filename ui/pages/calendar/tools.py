"""The head of the calendar: turning, which days, how they are shown, whose they are, which kinds, a new entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.services import dated
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, unmarked
from ui.pages.calendar import words
from ui.widgets.controls import Button, IconButton, Pill
from ui.widgets.dialog import named
from ui.widgets.menu import Menu
from ui.widgets.tab_bars import Segments
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from channergy_crm.services.calendar.whose import Whose
    from channergy_crm.services.dated import Dated

ACTIVITIES = "activities"
SAID = N_("Calls, meetings, tasks")
MOST_PILLS, FEW_PILLS, NARROW = 6, 2, 1180
"""people who have a pill of their own; the others stand in a menu"""


class Tools(QWidget):
    """`wanted` tells what somebody wants, as the views do: "turn", "today", "view", "new", "whose" (a set of IDs),
    "kinds" (a set), "source" (a name), "first" (the view the calendar opens with), "side".
    """

    wanted = Signal(str, object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "side")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.kinds: set[str] = set()
        self.known_kinds = {kind: _(said) for kind, said in words.KINDS.items()}
        self.source, self.first, self._narrow = ACTIVITIES, "week", False
        self.sources: dict[str, Dated] = {}
        self._offered: list[Whose] = []
        self._chosen: list[str] = []
        self.back = self._turn("back", _("Back (Page Up)"), "previous", -1)
        self.on = self._turn("on", _("On (Page Down)"), "next", 1)
        self.today = named(Button(_("Today"), self), "calendar.today", _("Go to today"))
        self.today.clicked.connect(lambda: self.wanted.emit("today", None, None))
        self.title = Label("", self)
        self.title.setFont(theme.fact(self.font()))
        self.title.setContentsMargins(8, 0, 8, 0)
        self.views = named(Segments(self), "calendar.views", _("How the days are shown"))
        self.views.offer([(view, _(said)) for view, said in words.VIEWS.items()], "week")
        self.views.currentChanged.connect(lambda _place: self.wanted.emit("view", self.views.value(), None))
        self.whose = QWidget(self)
        self.whose.setObjectName("calendar.whose")
        self._pills = WrappingRow(self.whose)
        self._pills.setContentsMargins(0, 0, 0, 0)
        self.side = named(Pill(_("Not in the week yet"), self), "calendar.show_side", _("Show what is in no day yet"))
        self.side.setCheckable(True)
        self.side.clicked.connect(lambda: self.wanted.emit("side", self.side.isChecked(), None))
        self.shown = named(IconButton(self), "calendar.kinds", _("What is shown"))
        self.menu = Menu(self)
        self.menu.setObjectName("calendar.kinds_menu")
        self.menu.aboutToShow.connect(self._fill_menu)
        self.shown.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.shown.setMenu(self.menu)
        self.shown.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.new = named(Button(_("Create entry"), self), "calendar.new", _("Create an entry"))
        self.new.setIcon(icon("add", self.new))
        self.new.key = "Ctrl+N"
        self.new.clicked.connect(lambda: self.wanted.emit("new", None, 0))
        self._lay_out()
        self.say_shown()

    def _turn(self, word: str, said: str, sign: str, by: int) -> Button:
        button = named(Button("", self), f"calendar.{word}", said)
        button.setIcon(icon(sign, button))
        button.setToolTip(as_tip(said))
        button.clicked.connect(lambda: self.wanted.emit("turn", by, None))
        return button

    def _lay_out(self) -> None:
        held = QWidget(self)
        held.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = WrappingRow(held)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self.back, self.on, self.today, self.title, self.views, self.whose, self.side):
            row.addWidget(part)
        row.add_last(self.shown)
        row.add_last(self.new)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.addWidget(held)

    # ---------------------------------------------------------------- whose

    def offer_people(self, offered: Sequence[Whose], chosen: Sequence[str]) -> None:
        """A pill for each; those with the most use first: the chosen ones."""
        if (list(offered), list(chosen)) == (self._offered, self._chosen) and self._pills.count():
            return
        self._offered, self._chosen = list(offered), list(chosen)
        self._fill_pills()

    def _fill_pills(self) -> None:
        while (item := self._pills.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        most = FEW_PILLS if self._narrow else MOST_PILLS
        first = [each for each in self._offered if each.id in self._chosen]
        shown = (first + [each for each in self._offered if each not in first])[: max(most, 1)]
        for each in self._offered:
            if each in shown:
                self._pills.addWidget(self._pill(each))
        others = [each for each in self._offered if each not in shown]
        if others:
            self._pills.addWidget(self._others(others))
        self.whose.updateGeometry()
        self.updateGeometry()

    def _pill(self, each: Whose) -> Pill:
        said = each.name if each.is_group else each.id
        pill = named(Pill(unmarked(said), self.whose), f"calendar.whose_{each.id.lower()}", each.name or each.id)
        pill.setCheckable(True)
        pill.setChecked(each.id in self._chosen)
        pill.setToolTip(as_tip(each.name or each.id))
        pill.clicked.connect(lambda: self._toggle(each.id))
        return pill

    def _others(self, others: Sequence[Whose]) -> IconButton:
        button = named(IconButton(self.whose), "calendar.whose_others", _("Others"))
        button.setText(_("Others"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        menu = Menu(button)
        for each in others:
            action = menu.addAction(unmarked(f"{each.id}  {each.name}".strip()))
            action.setCheckable(True)
            action.setChecked(each.id in self._chosen)
            action.triggered.connect(lambda _on=False, id=each.id: self._toggle(id))
        button.setMenu(menu)
        button.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _toggle(self, id: str) -> None:
        chosen = [each for each in self._chosen if each != id] if id in self._chosen else [*self._chosen, id]
        order = [each.id for each in self._offered]
        self.wanted.emit("whose", sorted(chosen, key=order.index), None)

    # ---------------------------------------------------------------- what is shown

    def _fill_menu(self) -> None:
        self.menu.clear()
        self._entry(self.menu, _(SAID), self.source == ACTIVITIES, "source", ACTIVITIES)
        self._fill_sources()
        if self.source == ACTIVITIES:
            self.menu.addSeparator()
            for kind, said in self.known_kinds.items():
                others = self.kinds ^ {kind} if self.kinds else {kind}
                self._entry(self.menu, unmarked(said), kind in self.kinds, "kinds", others)
            self._entry(self.menu, _("All kinds"), not self.kinds, "kinds", set())
        self.menu.addSeparator()
        first = self.menu.addMenu(_("Calendar opens with"))
        for view, said in words.VIEWS.items():
            action = first.addAction(_(said))
            action.setCheckable(True)
            action.setChecked(view == self.first)
            action.triggered.connect(lambda _on=False, view=view: self.wanted.emit("first", view, None))

    def _fill_sources(self) -> None:
        """The days of each record type under its name; those nobody can move say so."""
        menus: dict[str, QMenu] = {}
        for key, held in self.sources.items():
            records = held.record.plural
            if records not in menus:
                menus[records] = self.menu.addMenu(unmarked(_("{records} by").format(records=records)))
            said = held.label if held.moved else _("{field} (only shown)").format(field=held.label)
            self._entry(menus[records], unmarked(said), key == self.source, "source", key)

    def _entry(self, menu: QMenu, said: str, on: bool, deed: str, what: object) -> None:
        action = menu.addAction(said)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda _on=False: self.wanted.emit(deed, what, None))

    def say_shown(self) -> None:
        """The button says what is shown."""
        held = dated.source(self.source)
        if held is not None:
            said = held.said
        elif self.kinds:
            said = ", ".join(said for kind, said in self.known_kinds.items() if kind in self.kinds)
        else:
            said = _("Show all kinds")
        self.shown.setText(unmarked(said))
        self.shown.setToolTip(as_tip(said))

    def show_view(self, view: str, title: str) -> None:
        """How the days are shown, and which."""
        blocked = self.views.blockSignals(True)
        self.views.setCurrentIndex(list(words.VIEWS).index(view))
        self.views.blockSignals(blocked)
        self.title.setText(title)

    def fit(self, width: int) -> None:
        """Where there is little room, fewer people have a pill, and the keys are left out."""
        narrow = width < theme.px(NARROW, self)
        self.new.say_key(not narrow)
        self.side.setVisible(narrow)
        if narrow != self._narrow:
            self._narrow = narrow
            self._fill_pills()

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = QRectF(0, self.height() - 1, self.width(), 1)
        paint.begin(self).fillRect(edge, theme.colour(self, "line"))
