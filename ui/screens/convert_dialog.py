"""Which account a lead belongs to: a new one, or one that is there already. Never guessed (K1, K2, VT-165)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Opportunity
from channergy_crm.text.names import account_name
from ui.editors.choices import ChoiceEditor
from ui.editors.for_kind import chosen_from, editor_for
from ui.look.plain import as_tip
from ui.widgets.dialog import Dialog, Plain, Remark, scrolling
from ui.widgets.option import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.records import Lead
    from channergy_crm.services.conversion import Match
    from channergy_crm.settings import Station

NEW = 0  # numbers of accounts begin at 1


class ConvertDialog(Dialog):
    """Offers a new account and those that may already be this lead's; none is chosen beforehand. Without any it only
    asks what the opportunity is called.

    The opportunity's name starts as the lead's description (CH-93), or is chosen from those the office has fixed for
    the process of the lead's project (SI-37); its owner starts as whom the lead is assigned to (CH-40). Where somebody
    has chosen its `stage` already, by its label, that is said.
    """

    def __init__(
        self,
        lead: Lead,
        matches: Sequence[Match],
        by: str,
        parent: QWidget | None,
        station: Station | None = None,
        stage: str = "",
    ) -> None:
        size = (640, 440) if matches else (560, 200)
        super().__init__("convert", _("Convert To Opportunity"), parent, station, size=size)
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(lambda: self._offer())
        asked = _("Which account does {name} belong to?") if matches else _("What is the opportunity of {name} called?")
        self.body.addWidget(Plain(asked.format(name=lead.caption()), self, bold=True))
        if matches:
            self.body.addWidget(scrolling(self._answers(lead, matches)), 1)
        self.body.addLayout(self._about_the_opportunity(lead, by, stage))
        if not matches:
            self.body.addStretch(1)
        self._convert = self.button("convert", _("Convert"))
        self.finish_with(self._convert, self.button("cancel", _("Cancel"), _("Leave the lead as it is (Esc)")))
        self._offer()
        (self._group.button(NEW) or self._called).setFocus()

    def chosen(self) -> int | None:
        """The number of the chosen account, None for a new one."""
        return self._group.checkedId() if self._group.checkedId() > NEW else None

    def name(self) -> str:
        """What the opportunity is to be called."""
        return str(self._called.value() or "")

    def owner(self) -> str:
        """Whom it is to belong to."""
        return str(self._owner.value() or "")

    def _about_the_opportunity(self, lead: Lead, by: str, stage: str) -> QGridLayout:
        name, owner = (Opportunity.kind(word) for word in ("name", "owner"))
        fixed = Opportunity.about.fixed("name", lead.__data__)
        self._called = self.named(chosen_from(fixed, name, self, by=lambda: by, in_grid=True), "name", name.label)
        begun = lead.description[: Opportunity.name.limit].strip()
        self._called.set_value(begun if not fixed or begun in dict(fixed) else "")
        self._called.changed.connect(lambda: self._offer())
        self._owner = self.named(editor_for(owner, self, by=lambda: by, in_grid=True), "owner", owner.label)
        self._owner.set_value(lead.owner or by)
        rows = QGridLayout()
        rows.setColumnStretch(1, 1)
        for place, (kind, editor) in enumerate(((name, self._called), (owner, self._owner))):
            rows.addWidget(Plain(kind.label, self), place, 0)
            rows.addWidget(editor, place, 1)
        if stage:
            rows.addWidget(Plain(Opportunity.kind("stage").label, self), 2, 0)
            rows.addWidget(Plain(stage, self, bold=True), 2, 1)
        return rows

    def accept(self) -> None:
        """Convert, once something is chosen."""
        if not self._missing():
            super().accept()

    def _answers(self, lead: Lead, matches: Sequence[Match]) -> QWidget:
        answers = QWidget(self)
        column = QVBoxLayout(answers)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        name = account_name(lead.company, lead.first_name, lead.last_name) or lead.description
        column.addWidget(
            self._option(
                NEW, "new", _("Make a new account"), _("{name}, with a customer and a contact").format(name=name)
            )
        )
        column.addWidget(Remark(_("There are accounts that look like this one. Add an opportunity to:"), answers))
        for match in matches:
            number = match.account.number
            column.addWidget(self._option(number, f"account_{number}", match.account.caption(), about(match)))
        column.addStretch(1)
        return answers

    def _option(self, number: int, word: str, words: str, more: str) -> Option:
        option = Option(words, self._group, f"convert.{word}", words, more=more, bold=True)
        self._group.setId(option.radio, number)
        option.double_clicked.connect(self.accept)
        return option

    def _offer(self) -> None:
        missing = self._missing()
        self._convert.setEnabled(not missing)
        self._convert.setToolTip(as_tip(missing or _("Convert (Enter)")))

    def _missing(self) -> str:
        """What is to be chosen before it can be converted; "" where all is there."""
        if self._group.buttons() and self._group.checkedButton() is None:
            return _("Choose a new account or one of those below first.")
        if isinstance(self._called, ChoiceEditor) and not self.name():
            return _("Choose what the opportunity is called first.")
        return ""


def about(match: Match) -> str:
    """What tells one account from another, and why it is offered."""
    account = match.account
    parts = [
        _("Account {number}").format(number=account.number), _("owner {operator}").format(operator=account.owner),
        account.phone, match.reason,
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)
