"""The opportunities of an account: the list on the left, the record on the right (CH-84…CH-118)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.errors import Mistake
from channergy_crm.language import _, counted, ngettext
from channergy_crm.records import Account, Opportunity
from channergy_crm.services import accounts
from ui.lists.bulk_commands import offer_changes
from ui.look import theme
from ui.look.plain import Label
from ui.look.wording import shown
from ui.pages.deal_card import DealCard
from ui.pages.list_for import offer_cell
from ui.pages.record_page import ListAndRecord
from ui.screens.sales import ACCOUNT_OPPORTUNITIES
from ui.widgets.controls import Pill

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.deal_people import Part
    from ui.session.session import Session


class OpportunitiesPanel(ListAndRecord):
    """All opportunities of the open account, one of them at work."""

    list_widths = ((1800, 400), (1180, 340), (0, 280))
    has_strip = False  # the account's stays over it

    def __init__(self, session: Session, account: Callable[[], Account | None], parent: QWidget) -> None:
        self._account = account
        self.closed_too = Pill(_("Show closed"))
        self.closed_too.setObjectName("accounts.opportunities.show_closed")
        self.closed_too.setAccessibleName(_("Show closed opportunities too"))
        self.closed_too.setCheckable(True)
        super().__init__(ACCOUNT_OPPORTUNITIES, session, parent, name="accounts.opportunities")
        self._lay_tools()
        offer_cell(self.table, session, self.save, self.leave)
        offer_changes(self.table, session)
        self.closed_too.toggled.connect(lambda: self.table.refresh())
        self._sums = self._sum_line()
        self.table.counted.connect(self._tell_sums)
        self.card = DealCard(self.panel)
        self.panel.form.columns.stand_below(self.card)
        self.panel.why_no_new = self._why_none
        self.panel.commands.refresh()

    def _lay_tools(self) -> None:
        """There is little room: the filter stands under the buttons."""
        tools = self.table.tools
        while tools.count():
            tools.takeAt(0)
        self.add_create()
        tools.addStretch(1)
        tools.addWidget(self.closed_too)
        filtered = QHBoxLayout()
        filtered.setContentsMargins(12, 0, 12, 4)
        filtered.addWidget(self.table.search)
        column = self.table.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101  made so by the list
        column.insertLayout(1, filtered)

    def _sum_line(self) -> QWidget:
        """Under the list: how many are open, and what they amount to."""
        line = QWidget(self.table)
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 8, 16, 10)
        for word in ("open", "sum"):
            label = Label(parent=line)
            label.setObjectName(f"accounts.opportunities.{word}")
            label.setFont(theme.small(label.font()))
            row.addWidget(label)
            row.addStretch(1 if word == "open" else 0)
        column = self.table.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101  made so by the list
        column.addWidget(line)
        return line

    def _tell_sums(self) -> None:
        account = self._account()
        number = account.number if account is not None else -1
        found = self.session.attempt(lambda: accounts.open_sums(number, self.session.by))
        count, amount, weighted = found or (0, 0, 0)
        self._sums.setVisible(count > 0)
        opened, total = self._sums.findChildren(Label)
        opened.setText(ngettext("{count} open", "{count} open", count).format(count=count))
        kind = Opportunity.kind("amount")
        said = _("{amount} · weighted {weighted}")
        total.setText(said.format(amount=shown(kind, amount), weighted=shown(kind, weighted)))

    def told(self) -> tuple[str, str]:
        """How many opportunities are listed, and what those that are open amount to."""
        total = self._sums.findChildren(Label)[1].text().partition(" · ")[0]
        return str(counted(Opportunity, self.table.model.parts.records)), "" if self._sums.isHidden() else total

    def whom(self) -> Part | None:
        """Whom F9 dials here: the first linked contact of the deal that is open; None where the account is (SI-29)."""
        return self.card.first if self.isVisible() else None

    def _why_none(self) -> str | None:
        return None if self._account() is not None else _("Choose an account in the list first.")

    def condition(self) -> object:
        account = self._account()
        own = Opportunity.account == (account.number if account is not None else -1)
        return own if self.closed_too.isChecked() else own & ~Opportunity.closed

    def start(self) -> Opportunity:
        account = self._account()
        if account is None:
            raise Mistake(_("Choose an account in the list first."))
        return accounts.start_opportunity(account, self.session.by)

    def activate(self) -> None:
        """Somebody looks at this part."""
        if self.table.is_stale:
            self.table.refresh_now()

    def forget(self) -> None:
        """Another account was opened."""
        self.panel.show_record(None)
        self.table.set_stale()

    def show_row(self, key: object) -> None:
        """Come to one opportunity."""
        if self.panel.record is not None and self.panel.record.key != key and not self.panel.leave():
            return
        held = self.found(Opportunity, key)
        if held is not None and held.closed:
            self.closed_too.setChecked(True)
        self.table.refresh_now()
        self.table.go_to(key)
        self.open(key)
