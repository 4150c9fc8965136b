"""A walk at random over every page: steps as hands take them, and what must hold after each of them (F-1, F-2)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabWidget, QWidget

from channergy_crm.records import Account, Lead, Task
from channergy_crm.services import leads, operators, saving
from channergy_crm.settings import ASK, LEAVING, SAVE
from tests import made
from tests.ui.gestures import activate
from tests.ui.hands import CTRL, KEY, PLAIN, SHIFT
from ui.lists.loaded_list import ReadingList
from ui.pages.accounts import AccountsPage
from ui.pages.record_page import ListAndRecord
from ui.widgets.command_bar import WHY_NOT
from ui.widgets.splitter import BlueLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.hands import Hands

PAGES = ["reminders", "leads", "accounts", "contacts", "opportunities", "tasks"]
KEYS: list[tuple[Qt.Key, Qt.KeyboardModifier]] = [
    (KEY.Key_Down, PLAIN), (KEY.Key_Up, PLAIN), (KEY.Key_Down, SHIFT), (KEY.Key_Escape, PLAIN), (KEY.Key_Tab, PLAIN),
    (KEY.Key_Tab, SHIFT), (KEY.Key_Return, PLAIN), (KEY.Key_G, CTRL), (KEY.Key_D, CTRL), (KEY.Key_N, CTRL),
    (KEY.Key_Z, CTRL), (KEY.Key_Z, CTRL | SHIFT), (KEY.Key_F5, PLAIN), (KEY.Key_F, CTRL), (KEY.Key_PageDown, PLAIN),
    (KEY.Key_Up, Qt.KeyboardModifier.AltModifier), (KEY.Key_Down, Qt.KeyboardModifier.AltModifier),
    (KEY.Key_T, CTRL), (KEY.Key_End, PLAIN), (KEY.Key_Home, PLAIN), (KEY.Key_Down, CTRL), (KEY.Key_Space, CTRL),
    (KEY.Key_F2, PLAIN), (KEY.Key_Delete, PLAIN), (KEY.Key_S, CTRL),
]  # fmt: skip
CALL = [(KEY.Key_F9, PLAIN), (KEY.Key_1, PLAIN), (KEY.Key_Return, CTRL)]
"""dialed, noted, and on to the next"""
MANY_NOTICES = 4
"""more than one step has a reason to say"""
SIZES = [(960, 640), (960, 700), (1280, 1024), (1440, 900)]


def office() -> None:
    """Two operators, leads, accounts with everything that hangs on them, and reminders."""
    operators.add("BEN", "Ben Ortiz", "ADMIN")
    today = made.clock.today()
    for number in range(8):
        due = {"reminder_date": today} if number % 2 else {}
        reach = {"last_name": f"Lee{number}", "company": "Acme", "phone": f"650-253-000{number}"}
        leads.create({"description": f"Wish {number}", **reach, **due}, "ADMIN")
    for name in ("Acme", "Blue", "Cork"):
        account = made.account(name, phone="650-253-0010")
        made.contact(account, "Ann", name)
        offer = made.opportunity(account, f"{name} seats")
        for action in ("Call", "Write", "Visit"):
            made.task(account, f"{action} {name}", opportunity=offer.number, reminder_date=today)


class Walk:
    """One walk; its steps are kept, so that one that stumbles can be walked again."""

    def __init__(self, hands: Hands, seed: int) -> None:
        self._hands, self._dice, self.steps = hands, random.Random(seed), list[str]()
        self._notices = hands.window.session.notices
        self._answers = QTimer(hands.window)
        self._answers.timeout.connect(self._answer)
        self._answers.start(15)
        hands.window.session.station.set(LEAVING, self._dice.choice([SAVE, ASK]))
        self._deeds: list[Callable[[], None]] = [
            self._key, self._key, self._key, self._key, self._tab, self._row, self._part, self._filter, self._fold,
            self._other_window, self._operator, self._size, self._type, self._call,
        ]  # fmt: skip

    def step(self) -> None:
        """One step, and a look at everything after it."""
        told = len(self._notices.recent())
        self._dice.choice(self._deeds)()
        self._settle()
        at = f"after {self.steps}"
        assert len(self._notices.recent()) - told < MANY_NOTICES, f"{self._notices.recent()} {at}"
        self._look(at)

    def _answer(self) -> None:
        """A question that comes is answered, or closed with Esc; an open menu as well."""
        popup, dialog = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            QTest.keyClick(popup, KEY.Key_Escape)
        elif dialog is not None:
            wanted = self._dice.choice(["leave.save", "leave.discard", "leave.stay"])
            button = dialog.findChild(QAbstractButton, wanted)
            self.steps.append(f"answer {wanted if button else 'Esc'} to {dialog.objectName()}")
            button.click() if button is not None else QTest.keyClick(dialog, KEY.Key_Escape)

    def _note(self, said: str) -> None:
        self.steps.append(said)

    # ---------------------------------------------------------------- steps

    def _key(self) -> None:
        self._press(*self._dice.choice(KEYS))

    def _call(self) -> None:
        for key, modifiers in CALL[: self._dice.randint(1, len(CALL))]:
            self._press(key, modifiers)

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        self._note(f"key {key.name} {modifiers.name}")
        QTest.keyClick(QApplication.focusWidget() or self._hands.window, key, modifiers)

    def _type(self) -> None:
        self._note("type x")
        if (focused := QApplication.focusWidget()) is not None:
            QTest.keyClick(focused, KEY.Key_X)

    def _tab(self) -> None:
        page = self._dice.choice(PAGES)
        self._note(f"tab {page}")
        if self._dice.random() < 0.5:
            self._hands.go(page)
        else:
            number = PAGES.index(page)
            QTest.keyClick(QApplication.focusWidget() or self._hands.window, Qt.Key(KEY.Key_1 + number), CTRL)

    def _lists(self) -> list[ReadingList]:
        page = self._page()
        return [each for each in page.findChildren(ReadingList) if each.isVisible() and each.model.rowCount()]

    def _row(self) -> None:
        lists = [each for each in self._lists() if not each.grid.visibleRegion().isEmpty()]
        if not lists:
            return
        table = self._dice.choice(lists)
        if not table.model.parts.records or not self._hands.records(table.name):
            return  # every section is folded
        row = self._dice.randrange(len(self._hands.records(table.name)))
        held = self._dice.choice([PLAIN, PLAIN, CTRL, SHIFT])
        self._note(f"row {row} of {table.objectName()} {held.name}")
        name = table.objectName().removesuffix(".list")
        at = self._hands.cell(name, row)
        QTest.mouseClick(table.grid.viewport(), Qt.MouseButton.LeftButton, held, at)

    def _part(self) -> None:
        page = self._page()
        tabs = next((each for each in page.findChildren(QTabWidget) if each.isVisible()), None)
        if tabs is not None:
            place = self._dice.randrange(tabs.count())
            self._note(f"part {place}")
            tabs.setCurrentIndex(place)

    def _filter(self) -> None:
        if lists := self._lists():
            table = self._dice.choice(lists)
            text = self._dice.choice(["", "", "acme", "wish", "zzz"])
            self._note(f"filter {text!r} in {table.objectName()}")
            table.search.setText(text)

    def _fold(self) -> None:
        if lines := [each for each in self._page().findChildren(BlueLine) if each.isVisible()]:
            line = self._dice.choice(lines)
            self._note(f"fold {line.objectName()}")
            line.toggle()

    def _operator(self) -> None:
        who = "BEN" if self._hands.window.session.by == "ADMIN" else "ADMIN"
        if self._dice.random() < 0.4 or who == "ADMIN":
            self._note(f"operator {who}")
            if self._hands.window.may_leave():
                self._hands.window.session.set_operator(who)

    def _size(self) -> None:
        width, height = self._dice.choice(SIZES)
        self._note(f"size {width}")
        self._hands.window.resize(width, height)

    def _other_window(self) -> None:
        """Somebody else has changed something: told as if it came from another window."""
        kind = self._dice.choice(["lead", "task", "account"])
        self._note(f"elsewhere {kind}")
        if kind == "lead" and (lead := self._any(Lead, Lead.listed())) is not None:
            lead.title = f"T{len(self.steps)}"
            leads.save(lead, "BEN")
        elif kind == "task" and (task := self._any(Task, ~Task.closed)) is not None:
            task.closed = True
            saving.save(task, "BEN")
        elif kind == "account" and (account := self._any(Account, None)) is not None:
            account.industry = "Media"
            saving.save(account, "BEN")

    def _any(self, record: Any, condition: Any) -> Any:
        query = record.select() if condition is None else record.select().where(condition)
        found = list(query.order_by(record._meta.primary_key))
        return self._dice.choice(found) if found else None

    # ---------------------------------------------------------------- what must hold

    def _page(self) -> QWidget:
        window = self._hands.window
        return window._pages[window.tabs.currentIndex()].widget

    def _settle(self) -> None:
        bot = self._hands.bot
        bot.waitUntil(lambda: QApplication.activePopupWidget() is None)
        self._come_to_the_front()
        QApplication.processEvents()
        lists = self._hands.window.findChildren(ReadingList)
        bot.waitUntil(lambda: not any(each.is_reading for each in lists))
        QApplication.processEvents()
        self._come_to_the_front()

    def _come_to_the_front(self) -> None:
        """What a window manager does when a dialog or a menu has gone, which may be a moment later."""
        window = self._hands.window
        if QApplication.activeModalWidget() is None and not window.isActiveWindow():
            activate(self._hands.bot, window)

    def _look(self, at: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None, f"the focus is nowhere {at}"
        assert focused.isVisible() and focused.isEnabled(), f"{focused.objectName()} has the focus {at}"
        hidden = focused.visibleRegion().isEmpty() and self._page().isAncestorOf(focused) and not _scrolled(focused)
        assert not hidden, f"{focused.objectName()} has the focus and is not seen {at}"
        for table in self._lists():
            self._look_at_list(table, at)
        self._look_at_keys(focused, at)
        page = self._page()
        for beside in [*page.findChildren(ListAndRecord), page]:
            if isinstance(beside, ListAndRecord) and beside.isVisible():
                self._look_at_record(beside, at)
        if isinstance(page, AccountsPage) and not any(panel.is_edited for panel in page.panels()):
            held = page.account.number if page.account is not None else None
            stood = page.table.current()
            assert stood in (None, held), f"the accounts stand on {stood}, {held} is shown {at}"

    def _look_at_keys(self, focused: QWidget, at: str) -> None:
        """No key means two things where the focus is, and what cannot be done says why."""
        heard: dict[str, list[str]] = {}
        for action in self._page().findChildren(QAction):
            owners = [each for each in action.associatedObjects() if isinstance(each, QWidget) and each.isVisible()]
            if not owners or not action.shortcuts() or not action.isVisible():
                continue
            name = action.objectName()
            assert action.isEnabled() or action.property(WHY_NOT), f"{name} says nothing of why it cannot be done {at}"
            if action.isEnabled() and any(each is focused or each.isAncestorOf(focused) for each in owners):
                for key in action.shortcuts():
                    heard.setdefault(key.toString(), []).append(name)
        for key, names in heard.items():
            assert len(set(names)) == 1, f"{key} means {names} in {focused.objectName()} {at}"

    def _look_at_list(self, table: ReadingList, at: str) -> None:
        grid, row = table.grid, table.grid.currentIndex().row()
        marked = [each for run in grid.marked() for each in run]
        where = f"{table.objectName()}: row {row}, marked {marked} {at}"
        assert (row in marked) if row >= 0 else not marked, where
        place = table.window().findChild(QLabel, table.objectName().removesuffix(".list") + ".place")
        if place is not None and place.isVisible():
            panel = getattr(self._page(), "panel", None)
            new = panel is not None and panel.record is not None and panel.record.is_new
            said = "new" if new else f"{row + 1:,} of {table.model.rowCount():,}" if row >= 0 else ""
            assert place.text() == said, f"{place.text()} is said of {where}"

    def _look_at_record(self, beside: ListAndRecord, at: str) -> None:
        record, current = beside.panel.record, beside.table.current()
        if record is not None and record.is_new:
            assert current is None, f"{beside.table.objectName()} stands on {current} beside a new record {at}"
        if record is None or record.is_new or beside.panel.is_edited or current is None:
            return
        assert record.key == current, f"{beside.table.objectName()} stands on {current}, {record.key} is shown {at}"


def _scrolled(widget: QWidget) -> bool:
    """Whether it stands in a form that is scrolled on."""
    parent = widget.parentWidget()
    while parent is not None:
        if parent.metaObject().className() in ("Form", "QScrollArea"):
            return True
        parent = parent.parentWidget()
    return False
