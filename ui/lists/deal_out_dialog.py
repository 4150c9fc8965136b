"""Dealing out marked records among several: who gets how many shares, and what that comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import _, counted
from channergy_crm.services import bulk_changes
from ui.lists.shares import Shares
from ui.widgets.dialog import Dialog, Remark, scrolling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.language import Named
    from channergy_crm.settings import Station


class DealOutDialog(Dialog):
    """A number beside each; equal numbers, equal parts."""

    def __init__(self, called: type[Named], keys: Sequence[object], by: str, parent: QWidget, station: Station) -> None:
        title = _("Deal out {records}").format(records=counted(called, len(keys)))
        super().__init__("deal_out", title, parent, station, size=(440, 420))
        self._by, self._count = by, len(keys)
        about = _("One after the other; whoever has two shares gets twice as many. They leave your list.")
        self.body.addWidget(Remark(about, self))
        self._shares = Shares("deal_out", by, self)
        self.body.addWidget(scrolling(self._shares), 1)
        self._plan = self.named(Remark("", self, ink="text"), "plan", _("What goes to whom"))
        self.body.addWidget(self._plan)
        self._do = self.button("do", _("Deal out"))
        self.finish_with(self._do, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))
        self._shares.changed.connect(self._tell)
        self._tell()

    def chosen(self) -> Mapping[str, int]:
        """The shares of those who get some."""
        return self._shares.chosen()

    def _tell(self) -> None:
        try:
            dealt = bulk_changes.each_gets(self.chosen(), self._count, self._by)
        except Mistake as mistake:
            self._plan.say(mistake.message, "muted")
            self._do.setEnabled(False)
            return
        self._plan.say(", ".join(f"{owner} {count:n}" for owner, count in dealt.items()), "text")
        self._do.setEnabled(True)
