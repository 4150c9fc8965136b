"""Under the form of a campaign: what it has come to, in figures (VT-141)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.language import figures as amount
from channergy_crm.records import Campaign
from channergy_crm.records.campaigns import Status
from ui.look import theme
from ui.look.plain import Label
from ui.look.wording import shown
from ui.widgets.summary import Fact

if TYPE_CHECKING:
    from channergy_crm.services.campaigns.figures import Figures

ACROSS = 2
"""pairs beside each other"""


def money(cents: int | None) -> str:
    """An amount as the forms write it; a dash where there is none to tell."""
    return shown(Campaign.kind("budget"), cents) if cents is not None else "–"


def percent(share: float | None) -> str:
    """A share, with one digit behind the point; a dash where there is none to tell."""
    if share is None:
        return "–"
    told = round(share, 1)
    return _("{share:,} %").format(share=int(told) if told == int(told) else told)


def pairs(held: Figures) -> list[tuple[str, str]]:
    """Each figure with what it is called."""
    by_status = [(_(each.value), amount(held.by_status.get(each, 0))) for each in Status]
    deals = ngettext("{count:,} deal", "{count:,} deals", held.deals).format(count=held.deals)
    return [
        (_("Members"), amount(held.members)), *by_status,
        (_("Responses"), _of(
            amount(held.responses), amount(held.expected_responses) if held.expected_responses else "")),
        (_("Response rate"), percent(held.rate)),
        (_("Deals"), _("{deals}: {open:,} open, {won:,} won").format(
            deals=deals, open=held.open_deals, won=held.won_deals)),
        (_("In open deals"), money(held.expected)),
        (_("Revenue won"), _of(money(held.revenue), money(held.expected_revenue) if held.expected_revenue else "")),
        (_("Cost"), _of(money(held.cost), money(held.budget) if held.cost and held.budget else "")),
        (_("Cost per response"), money(held.per_response)),
        (_("Cost per deal"), money(held.per_deal)),
        (_("Gain on cost"), percent(held.roi)),
    ]  # fmt: skip


def _of(held: str, expected: str) -> str:
    return _("{held} of {expected} planned").format(held=held, expected=expected) if expected else held


def facts(held: Figures) -> list[Fact]:
    """The three that stand over the record."""
    done = sum(held.by_status.get(each, 0) for each in Status if each is not Status.PLANNED)
    reached = _("{count:,} reached").format(count=done) if held.members else ""
    rate = percent(held.rate) if held.rate is not None else ""
    back = _("gain {share}").format(share=percent(held.roi)) if held.roi is not None else ""
    return [
        Fact(_("Members"), amount(held.members), more=reached),
        Fact(_("Responses"), amount(held.responses), more=rate),
        Fact(_("Revenue won"), money(held.revenue), more=back),
    ]


class CampaignFigures(QWidget):
    """Two columns of figures under a title; nothing before the campaign is saved."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("campaigns.figures")
        self.setAccessibleName(_("Figures of the campaign"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 12, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        title = Label(_("Figures"), self)
        title.setFont(theme.section(self.font()))
        self._grid.addWidget(title, 0, 0, 1, 2 * ACROSS)
        for column in range(ACROSS):
            self._grid.setColumnStretch(2 * column + 1, 1)
        self._said: list[tuple[Label, Label]] = []

    def show_figures(self, held: Figures | None) -> None:
        """Say these."""
        self.setVisible(held is not None)
        told = pairs(held) if held is not None else []
        while len(self._said) < len(told):
            self._said.append((Label(parent=self), Label(parent=self)))
            self._said[-1][0].muted()
            self._said[-1][1].setWordWrap(True)
        lines = -(-len(told) // ACROSS)
        for place, ((name, value), (left, right)) in enumerate(zip(told, self._said, strict=False)):
            column, line = divmod(place, lines)
            left.setText(name)
            right.setText(value)
            right.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(left, line + 1, 2 * column)
            self._grid.addWidget(right, line + 1, 2 * column + 1)
