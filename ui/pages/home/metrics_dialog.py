"""Which saved views Home counts, and in which order (VT-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, many
from channergy_crm.services import watched_views
from channergy_crm.services.home import arranging
from ui.widgets.dialog import Dialog, Remark
from ui.widgets.ordered_ticks import OrderedTicks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session


class MetricsDialog(Dialog):
    """Every saved view with a tick, those that are counted first."""

    def __init__(self, known: dict[str, str], chosen: list[str], session: Session, parent: QWidget) -> None:
        super().__init__("metrics", _("Key metrics"), parent, session.station, size=(420, 460))
        self._ticks = OrderedTicks("metrics", _("Saved views"), self)
        said = _("Tick the views that are counted on Home; without a tick every view is. Drag them into your order.")
        self.body.addWidget(Remark(said, self))
        self.body.addWidget(self._ticks, 1)
        self.finish_with(self.button("show", _("Count these")), self.button("cancel", _("Cancel")))
        self._ticks.fill(known, chosen)
        self._ticks.setFocus()

    def chosen(self) -> list[int]:
        """The views that are ticked, in their order."""
        return [int(name) for name in self._ticks.chosen()]


def choose(session: Session, parent: QWidget) -> None:
    """Ask, and keep what was chosen; Undo brings the former back."""
    by = session.by
    views = session.attempt(lambda: arranging.views(by))
    chosen = session.attempt(lambda: arranging.metrics_chosen(by))
    if views is None or chosen is None:
        return
    records = {screen: record for screen, (record, _mine) in watched_views.LISTS.items()}
    known = {str(view.number): f"{view.name}  ({many(records[view.screen])})" for view in views}
    dialog = MetricsDialog(known, [str(number) for number in chosen], session, parent)
    if dialog.exec():
        wanted = dialog.chosen()
        session.attempt(lambda: arranging.choose_metrics(wanted, by))
