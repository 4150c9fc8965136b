"""The tab Campaigns: the list with ＋ on top, the record, *More Information* with its members (VT-139…VT-141)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Campaign, CampaignMember, Contact, Lead, Opportunity
from channergy_crm.services.campaigns import figures, keeping
from ui.look.wording import shown
from ui.pages.campaigns.figures import CampaignFigures, facts
from ui.pages.campaigns.members_grid import MembersGrid
from ui.pages.record_page import RecordPage
from ui.screens.campaigns import CAMPAIGNS
from ui.widgets.summary import Summary
from ui.widgets.tab_bars import Parts
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.services.campaigns.figures import Figures
    from channergy_crm.work import Done
    from ui.session.session import Session

INFORMATION, MEMBERS = range(2)
TITLES = (N_("Campaign Information"), N_("More Information"))
COUNTED = {each._meta.table_name for each in (CampaignMember, Opportunity, Lead, Contact)}
"""whoever writes these may change the figures"""
COUNT_PAUSE_MS = 200


class CampaignsPage(RecordPage):
    """Campaigns; the one that is open with its master data, its figures and its members."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._figures: tuple[object, Figures | None] = (None, None)
        super().__init__(CAMPAIGNS, session, parent)
        self.figures = CampaignFigures(self.panel)
        self.panel.form.columns.stand_below(self.figures)
        self._again = later(self, self._count_again, COUNT_PAUSE_MS)
        self.panel.turned.connect(self._show_campaign)
        self.panel.stuck.connect(partial(self.tabs.setCurrentIndex, INFORMATION))
        self.table.opened.connect(lambda _: self._enter())
        self.tabs.currentChanged.connect(lambda _: self._show_part())
        session.done.connect(self._something_done)
        self._show_campaign()

    def beside(self) -> QWidget:
        """The strip over both parts: the master data, and who is in it."""
        self.members = MembersGrid(self.session, self)
        self.tabs = Parts("campaigns.tabs", _("Parts of the campaign"), self)
        for part, title in zip((self.panel, self.members), TITLES, strict=True):
            self.tabs.addTab(part, _(title))
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.panel.strip is not None:
            column.addWidget(self.panel.strip)
        column.addWidget(self.tabs, 1)
        return side

    def start(self) -> Campaign:
        return keeping.start(self.session.by)

    def save(self, record: Campaign, by: str) -> Campaign:
        return keeping.save(record, by)

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page: to a campaign, to its members, or to a new one."""
        super().show_target("campaign" if what == "campaign_members" else what, key)
        self.tabs.setCurrentIndex(MEMBERS if what == "campaign_members" else INFORMATION)

    def leave(self) -> bool:
        return self.members.leave() and super().leave()

    # ---------------------------------------------------------------- what is told

    def summary(self, record: Campaign) -> Summary:
        days = [shown(Campaign.kind(name), getattr(record, name)) for name in ("begins", "closes")]
        when = _("{first} to {last}").format(first=days[0], last=days[1]) if all(days) else "".join(days)
        line = " · ".join(part for part in (shown(Campaign.kind("type"), record.type), record.product, when) if part)
        held = self._of(record)
        return Summary(
            record.caption(), line, tag=shown(Campaign.kind("status"), record.status),
            facts=facts(held) if held is not None else (),
        )  # fmt: skip

    def _of(self, record: Campaign | None) -> Figures | None:
        """What it has come to, counted once until somebody does something."""
        key = record.key if record is not None else None
        if key is None:
            return None
        if self._figures[0] != key:
            self._figures = (key, self.session.attempt(lambda: figures.of(key, self.session.by)))
        return self._figures[1]

    def _show_campaign(self) -> None:
        self._figures = (None, None)
        record = self.panel.record
        held = self._of(record) if record is not None and not record.is_new else None
        self.figures.show_figures(held)
        self.tabs.tray.set_count(MEMBERS, held.members if held is not None else 0)
        self.members.show_campaign(record)

    def _something_done(self, done: Done) -> None:
        if COUNTED & done.tables:
            self._again.start()

    def _count_again(self) -> None:
        if self.panel.record is not None:
            self._show_campaign()
            self.panel.tell()

    # ---------------------------------------------------------------- moving

    def _show_part(self) -> None:
        if self.tabs.currentIndex() == MEMBERS:
            self.members.activate()
        self.table.counted.emit()

    def _enter(self) -> None:
        """Enter in the list: on in the part that is open."""
        if self.tabs.currentIndex() == MEMBERS:
            self.members.table.grid.setFocus()

    def take_focus(self) -> None:
        """The keys go to the list of campaigns."""
        self.table.grid.setFocus()
