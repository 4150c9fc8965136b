"""The opportunities of an account: the list on the left, the record on the right (CH-84…CH-118)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Opportunity
from channergy_crm.services import accounts, saving
from ui.forms.record_panel import RecordPanel
from ui.look.wording import shown
from ui.pages.list_for import list_for
from ui.screens.sales import ACCOUNT_OPPORTUNITIES
from ui.widgets.splitter import BlueLine
from ui.widgets.summary import Fact, Summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.session.session import Session


class OpportunitiesPanel(QWidget):
    """All opportunities of the open account, one of them at work."""

    def __init__(self, session: Session, account: Callable[[], Account | None], parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self._account = session, account
        self.table = list_for(ACCOUNT_OPPORTUNITIES, session, self._condition, self, name="accounts.opportunities")
        self.table.setContentsMargins(12, 8, 6, 8)
        self.panel = RecordPanel(
            ACCOUNT_OPPORTUNITIES, session, save=saving.save, start=self._start, summary=summary,
            prefix="accounts.opportunities", nothing="No opportunity is open.", parent=self,
        )  # fmt: skip
        self.table.offer_to_make("Create Opportunity", self.panel.new)
        self._line = BlueLine("accounts.opportunities.line", Qt.Orientation.Horizontal, session.station, (2, 5))
        self._line.hold(self.table, self.panel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line)
        self.panel.commands.reach_from(self.table)
        self.table.chosen.connect(self._chosen)
        self.table.settled.connect(self._settled)
        self.table.opened.connect(lambda _: self.panel.form.focus("name"))
        self.panel.saved.connect(lambda key: self.table.go_to(key))
        self.panel.given_up.connect(lambda: self._open(self.table.current()))

    def _condition(self) -> Any:
        account = self._account()
        return Opportunity.account == (account.number if account is not None else -1)

    def _start(self) -> Opportunity:
        account = self._account()
        if account is None:
            raise Mistake("Choose an account in the list first.")
        return accounts.start_opportunity(account, self.session.by)

    def activate(self) -> None:
        """Somebody looks at this part."""
        if self.table.is_stale:
            self.table.refresh_now()

    def forget(self) -> None:
        """Another account was opened."""
        self.panel.show_record(None)
        self.table.set_stale()

    def show_row(self, key: Any) -> None:
        """Come to one opportunity."""
        if self.panel.record is not None and self.panel.record.key != key and not self.panel.leave():
            return
        self.table.refresh_now()
        self.table.go_to(key)
        self._open(key)

    def _chosen(self, key: Any) -> None:
        held = self.panel.record
        if held is not None and held.key == key:
            return
        edited = self.panel.is_edited
        if self.panel.leave():
            self._open(key)
            if edited:  # saving has moved the list to what was saved
                self.table.go_to(key)
        elif not held.is_new:
            self.table.go_to(held.key)

    def _settled(self, key: Any) -> None:
        held = self.panel.record
        if self.panel.is_edited or (held is not None and held.is_new):
            return
        if key is None and self.table.model.rowCount():
            self.table.go_to_row(0)
        elif held is None or held.key != key:
            self._open(key)

    def _open(self, key: Any) -> None:
        self.panel.show_record(Opportunity.find(key) if key is not None else None)


def summary(opportunity: Opportunity) -> Summary:
    """What it is, how old, how likely, and what comes next."""
    kind = Opportunity.kind
    facts = [
        Fact("Age", f"{opportunity.age} days" if opportunity.age is not None else ""),
        Fact("Stage", shown(kind("stage"), opportunity.stage)),
        Fact("Amount", shown(kind("amount"), opportunity.amount)),
        Fact("Probability", shown(kind("probability"), opportunity.probability)),
        Fact("Next step", shown(kind("next_step"), opportunity.next_step)),
    ]
    if opportunity.closed:
        facts.insert(0, Fact("", opportunity.outcome or "Closed", "done" if opportunity.outcome == "Won" else ""))
    return Summary(opportunity.name, "", "", facts)
