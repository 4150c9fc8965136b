"""The part *Home* of My Preferences: what the program starts with, which blocks Home shows (VT-14, VT-55, VT-56)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Opportunity
from channergy_crm.services import preferences, projects, rights
from channergy_crm.services.home import arranging
from channergy_crm.services.home.blocks import VIEW
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.look.plain import Label
from ui.widgets.dialog import Remark, named
from ui.widgets.ordered_ticks import Ticks
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.areas import Block
    from ui.session.session import Session

FIRST = {projects.REMINDERS: N_("Reminders"), projects.HOME: N_("Home"), projects.BOARD: N_("Sales Board")}
KEY = Qt.ItemDataRole.UserRole
ROW = 26


class HomePart(QWidget):
    """*Start with*, and a tick for every block; kept with *Save*. Where the blocks stand is arranged on Home itself."""

    def __init__(self, session: Session, parent: QWidget, brought: Sequence[Block] = ()) -> None:
        super().__init__(parent)
        self._session = session
        by = session.by
        self._brought, self._more = brought, [each.name for each in brought]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        title = Label(_("Start with"), self)
        title.muted()
        column.addWidget(title)
        deals = rights.may(by, "see", Opportunity) is None
        offered = [(name, _(said)) for name, said in FIRST.items() if name != projects.BOARD or deals]
        self.first = named(ChoiceEditor(offered, self), "preferences.first_page", _("Start with"))
        self.first.setMaximumWidth(theme.px(260, self))
        self.first.set_value(preferences.of(by, by).first_page or None)
        column.addWidget(self.first)
        said = _("Nothing chosen: the Sales Board for who works in a project that is sold through it, else Reminders.")
        column.addWidget(Remark(said, self))
        column.addWidget(Remark(_("Home shows these blocks. On Home you move them: Arrange blocks, or Ctrl with an"
                                  " arrow."), self))  # fmt: skip
        self.blocks = named(calm(QListWidget(self)), "preferences.home_blocks", _("Blocks of Home"))
        self.blocks.setItemDelegate(Ticks(self.blocks))
        column.addWidget(self.blocks, 1)
        self._fill(by)

    def _fill(self, by: str) -> None:
        there = {each.key for each in arranging.placed(by, self._more)}
        titles = {each.name: each.title for each in self._brought}
        for key, title in arranging.offered(by, self._more):
            said = title or titles.get(key, key)
            item = QListWidgetItem(_("View {name}").format(name=said) if key.startswith(f"{VIEW}_") else said)
            item.setData(KEY, key)
            item.setSizeHint(QSize(0, theme.px(ROW, self)))
            item.setCheckState(Qt.CheckState.Checked if key in there else Qt.CheckState.Unchecked)
            self.blocks.addItem(item)
        self.blocks.setCurrentRow(0)

    def first_page(self) -> str:
        """The page that was chosen, "" for none."""
        return str(self.first.value() or "")

    def save(self) -> bool:
        """Keep which blocks there are; False where that failed, which is said."""
        rows = [self.blocks.item(row) for row in range(self.blocks.count())]
        keys = [item.data(KEY) for item in rows if item.checkState() == Qt.CheckState.Checked]

        def keep() -> bool:
            arranging.choose(keys, self._session.by, self._more)
            return True

        return bool(self._session.attempt(keep))
