"""The page of the tab Home: the day, the blocks of who works here, arranged by them (VT-14…VT-29, VT-62)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Campaign, HomeBlock, ListView
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.preferences import Preferences
from channergy_crm.services.home import arranging
from channergy_crm.services.home.blocks import BLOCKS, VIEW
from ui.look import theme
from ui.look.plain import Label, unmarked
from ui.pages.home import heading, starting
from ui.pages.home.block import Block
from ui.pages.home.columns import Columns, seen, stored
from ui.pages.home.dragging import Dragging
from ui.pages.home.list_blocks import LISTS, of_program, of_view
from ui.pages.home.other_blocks import OTHERS
from ui.pages.page import PlainPage
from ui.screen import Command
from ui.session.allowed import concerns_rights
from ui.widgets.command_bar import Commands
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, scrolling
from ui.widgets.menu import Menu
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from channergy_crm.services.home.arranging import Placed
    from channergy_crm.work import Done
    from ui.areas import Block as AreaBlock
    from ui.pages.home.filling import Filling
    from ui.session.session import Session

SOON_MS, NEXT_MS, DUE, LONGEST = 300, 20, "due_now", "key_metrics"
"""what takes longest begins first, and the others a moment later: there are only so many threads"""


def _start(page: HomePage) -> None:
    starting.start(page.session, page.blocks.get(DUE), page)


def _why_not(page: HomePage) -> str | None:
    return starting.why_not(page.blocks.get(DUE), page.fillings.get(DUE))


COMMANDS = [
    Command("start_calling", "Start calling", _start, "phone", "F9", _why_not),
    Command("arrange", "Arrange blocks", lambda page: page.arrange(not page.arranging), "columns"),
]
OF_ITSELF = {HomeBlock._meta.table_name, OfficeSetting._meta.table_name, ListView._meta.table_name}
"""what decides which blocks there are and where they stand"""
NEW_FOR = Preferences._meta.table_name


class HomePage(PlainPage):
    """The frame is there at once; each block fills itself beside the window."""

    def __init__(
        self, session: Session, parent: QWidget | None = None, brought: Callable[[], Sequence[AreaBlock]] = tuple
    ) -> None:
        super().__init__(parent)
        self.session, self._brought = session, brought
        self.arranging, self._groups = False, ""
        self._placed: list[Placed] = []
        self.blocks: dict[str, Block] = {}
        self.fillings: dict[str, Filling] = {}
        self.commands = Commands("home", COMMANDS, self)
        self.columns = Columns(self)
        self.columns.fewer.connect(self._lay_out)
        self._dragging = Dragging(self.columns, self.place)
        self._soon = later(self, self._fill_stale, SOON_MS)
        self._next = later(self, self._fill_others, NEXT_MS)
        self._build()
        session.done.connect(self._heard)
        session.operator_changed.connect(self._renew)
        self._arrange_anew()

    def _build(self) -> None:
        theme.stand_on(self, "base")
        named(self, "home.content", _("Home"))
        self.title, self._whose = Label("", self), Label("", self)
        self.title.setFont(theme.title(self.font()))
        self._whose.muted()
        self._add = named(Button(_("Add a block"), self), "home.add", _("Add a block"))
        menu = Menu(self._add)
        menu.aboutToShow.connect(partial(self._offer_blocks, menu))
        self._add.setMenu(menu)
        self._arrange = self.commands.button(COMMANDS[1], self)
        self._start = self.commands.button(COMMANDS[0], self)
        self._start.hide()
        if isinstance(self._start, Button):
            self._start.loud()
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.title)
        row.addWidget(self._whose)
        row.addStretch(1)
        row.addWidget(self._add)
        row.addWidget(self._arrange)
        self._said = named(Remark("", self), "home.said", _("About Home"))
        self._said.setContentsMargins(16, 0, 16, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._said)
        self._area = scrolling(self.columns)
        column.addWidget(self._area, 1)
        self.arrange(False)

    # ---------------------------------------------------------------- which blocks there are

    def _more(self) -> list[str]:
        return [each.name for each in self._brought()]

    def _arrange_anew(self) -> None:
        """Read where the blocks stand; those that stay keep what they show."""
        self._groups = heading.say(self.session, self.title, self._whose)
        by, more = self.session.by, self._more()
        placed = self.session.attempt(lambda: arranging.placed(by, more))
        if placed is None:
            return
        views = {view.number: view for view in self.session.attempt(lambda: arranging.views(by)) or []}
        self._placed = [each for each in placed if each.view is None or each.view in views]
        wanted = {each.key: each for each in self._placed}
        for key in [key for key in self.blocks if key not in wanted]:
            self._drop(key)
        for key, each in wanted.items():
            if key not in self.blocks:
                self._make(each, views)
            elif each.view is not None:
                self.blocks[key].title.setText(views[each.view].name)
        none = _("No block is on your Home. Arrange blocks puts some here.")
        self._said.say("" if self._placed else none)
        self._lay_out()
        self._fill_soon()

    def _make(self, placed: Placed, views: dict[int, ListView]) -> None:
        of_area = next((each for each in self._brought() if each.name == placed.name), None)
        title = views[placed.view].name if placed.view is not None else ""
        title = title or (of_area.title if of_area is not None else BLOCKS[placed.name].title)
        block = Block(placed.key, title, self.columns)
        block.moved.connect(self.step)
        block.taken_off.connect(self.take_off)
        block.arranging(self.arranging)
        self._dragging.watch(block)
        self.blocks[placed.key] = block
        if of_area is not None:
            block.hold(of_area.build(self.session, block))
        elif placed.view is not None:
            self.fillings[placed.key] = of_view(block, self.session, placed.view, views[placed.view].screen)
        elif placed.name in LISTS:
            self.fillings[placed.key] = of_program(block, self.session)
        else:
            self.fillings[placed.key] = OTHERS[placed.name](block, self.session)
        if placed.name == DUE:
            block.head.insertWidget(block.head.count() - 1, self._start)
            self._start.show()
            self.fillings[DUE].heard = self.commands.refresh

    def _drop(self, key: str) -> None:
        block = self.blocks.pop(key)
        if (filling := self.fillings.pop(key, None)) is not None:
            filling.gone = True
        if key == DUE:
            self._start.setParent(self)
            self._start.hide()
        if block.isAncestorOf(self.focusWidget() or self):
            self.take_focus()
        block.hide()
        block.deleteLater()

    def _renew(self) -> None:
        """Somebody else works here, or another project is looked at: nothing of the former is seen any more."""
        for key in list(self.blocks):
            self._drop(key)
        self._arrange_anew()

    def _lay_out(self) -> None:
        shown = seen(arranging.columns_of(self._placed), self.columns.many)
        self.columns.show_blocks([[self.blocks[key] for key in column] for column in shown])

    # ---------------------------------------------------------------- what they are filled with

    def activate(self) -> None:
        """Somebody looks: what is stale fills itself once the frame is painted."""
        self._groups = heading.say(self.session, self.title, self._whose)
        self._fill_soon()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill_soon()

    def _fill_soon(self) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self._fill_stale)

    def _fill_stale(self) -> None:
        longest = self.fillings.get(LONGEST)
        if self.isVisible() and longest is not None and longest.stale:
            longest.fill()
            self._next.start()
        elif self.isVisible():
            self._fill_others()

    def _fill_others(self) -> None:
        for filling in [each for each in self.fillings.values() if each.stale]:
            filling.fill()
        self.tell_window()

    def refresh(self) -> None:
        """Read every block anew (F5)."""
        for filling in self.fillings.values():
            filling.stale = True
        self._arrange_anew()

    def tick(self) -> None:
        """A minute has gone by."""
        for filling in self.fillings.values():
            filling.stale = filling.stale or filling.by_clock
        if self.isVisible():
            self._groups = heading.say(self.session, self.title, self._whose)
            self._fill_stale()

    def _heard(self, done: Done) -> None:
        first = Campaign._meta.table_name in done.tables and "campaigns" not in self.blocks
        if OF_ITSELF & done.tables or first or concerns_rights(done):
            self._arrange_anew()
        for filling in self.fillings.values():
            filling.stale = filling.stale or bool({*filling.tables, NEW_FOR} & done.tables) or concerns_rights(done)
        if any(filling.stale for filling in self.fillings.values()):
            self._soon.start()

    # ---------------------------------------------------------------- arranging

    def arrange(self, on: bool) -> None:
        """Show grips and crosses, and what may be added; or hide them (VT-15)."""
        self.arranging = on
        self._add.setVisible(on)
        if isinstance(self._arrange, Button):
            self._arrange.quiet(not on)
            self._arrange.setText(_("Done") if on else _("Arrange blocks"))
            self._arrange.updateGeometry()
        for block in self.blocks.values():
            block.arranging(on)

    def step(self, key: str, across: int, down: int) -> None:
        """Move a block by a step: along its column, or to the same height of the next one."""
        shown = seen(arranging.columns_of(self._placed), self.columns.many)
        at = next(column for column, keys in enumerate(shown) if key in keys)
        place = shown[at].index(key)
        if across:
            top = self.blocks[key].geometry().top()
            at += across
            if 0 <= at < len(shown):
                above = [each for each in shown[at] if self.blocks[each].geometry().top() < top]
                self.place(key, at, len(above))
        elif 0 <= place + down < len(shown[at]):
            self.place(key, at, place + down + (down > 0))

    def place(self, key: str, column: int, place: int) -> None:
        """Put a block before the one that stands in that place of that column, as they are seen now."""
        before = arranging.columns_of(self._placed)
        shown = seen(before, self.columns.many)
        if key in shown[column] and shown[column].index(key) < place:
            place -= 1
        after = [[each for each in keys if each != key] for keys in shown]
        after[column].insert(place, key)
        if after != shown:
            by, more, wanted = self.session.by, self._more(), stored(after, key, before)
            held = self.focusWidget()
            self.session.attempt(lambda: arranging.arrange(wanted, by, more))
            if held is not None and held.isVisible():
                held.setFocus()
                self._area.ensureWidgetVisible(self.blocks[key])

    def take_off(self, key: str) -> None:
        """Have one block less; Undo brings it back."""
        by, more, name = self.session.by, self._more(), self.blocks[key].accessibleName()

        def taken() -> bool:
            arranging.take_off(key, by, more)
            return True

        if self.session.attempt(taken):
            self.session.say_done(_("{block} is off your Home.").format(block=name))

    def _offer_blocks(self, menu: Menu) -> None:
        menu.clear()
        by, more = self.session.by, self._more()
        titles = {each.name: each.title for each in self._brought()}
        for key, title in self.session.attempt(lambda: arranging.offered(by, more)) or []:
            if key not in self.blocks:
                said = title or titles.get(key, key)
                if key.startswith(f"{VIEW}_"):
                    said = _("View {name}").format(name=said)
                menu.addAction(unmarked(said), partial(self._put_on, key))
        if menu.isEmpty():
            menu.addAction(_("Every block is there.")).setEnabled(False)

    def _put_on(self, key: str) -> None:
        by, more = self.session.by, self._more()
        self.session.attempt(lambda: arranging.put_on(key, by, more))
        if key in self.blocks:
            self.blocks[key].stop().setFocus()
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.blocks[key]))

    # ---------------------------------------------------------------- what the window asks

    def take_focus(self) -> None:
        """The keys go to the first block."""
        first = next(iter(self.parts()), self._arrange)
        first.setFocus()

    def parts(self) -> Sequence[QWidget]:
        """The blocks, for F6."""
        return [self.blocks[each.key].stop() for each in self._placed if each.key in self.blocks]

    def standing(self) -> str:
        """Whose records these are, and of when."""
        return heading.standing(self.session, self._groups)
