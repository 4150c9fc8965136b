"""*Put in a field*: every field a text may ask for, by what it belongs to, and a preview of what then stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Lead
from channergy_crm.services import filling
from channergy_crm.text import placeholders
from ui.editors.snippets import record_at
from ui.look import paint
from ui.look.plain import unmarked
from ui.look.wording import spoken
from ui.widgets.controls import Button
from ui.widgets.dialog import Plain, Remark, named
from ui.widgets.filled_text import FilledText

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.session.session import Session

CHEVRON, GAP = 18, 14
INVENTED = {
    "first_name": N_("Robin"), "last_name": N_("Sample"), "company": N_("Sample Company"), "title": N_("Buyer"),
    "phone": "612-555-0192", "time_zone": "America/Chicago", "email": "robin@company.example",
    "description": N_("asked for a price list"),
}  # fmt: skip
"""somebody there is not"""


class PutIn(Button):
    """Drops down the fields; `chosen` tells how the one that was chosen is written."""

    chosen = Signal(str)

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(_("Put in a field"), parent)
        self._session = session
        named(self, f"{name}.put_in", _("Put in a field"))
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    def _key_needs(self) -> int:
        """A chevron stands where other buttons say their key."""
        return GAP

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        at = QPointF(self.width() - CHEVRON + 2, self.height() / 2)
        paint.chevron(paint.begin(self), at, self.ink())

    def _fill(self) -> None:
        self._menu.clear()
        offered = self._session.attempt(lambda: filling.offered(self._session.by)) or []
        groups: dict[str, QMenu] = {}
        for each in offered:
            menu = groups.get(each.group)
            if menu is None:
                menu = groups[each.group] = self._menu.addMenu(unmarked(each.group))
            action = menu.addAction(unmarked(each.label))
            action.triggered.connect(lambda _on=False, name=each.name: self.chosen.emit(placeholders.written(name)))


class Preview(QWidget):
    """How a text reads for a lead: the one that is open, or somebody invented."""

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._head = Plain("", self, bold=True)
        self.text = FilledText(self)
        self.text.setObjectName(f"{name}.preview")
        self._problem = Remark("", self, ink="overdue")
        self._problem.say("")
        for part in (self._head, self.text, self._problem):
            column.addWidget(part)

    def show_text(self, text: str) -> None:
        """Show how this reads."""
        lead = open_lead(self.window()) or Lead(**{field: _(said) for field, said in INVENTED.items()})
        self._head.setText(_("How it reads for {name}").format(name=lead.caption()))
        by = self._session.by
        filled = self._session.attempt(lambda: filling.fill(text, filling.Subject(lead), by, spoken))
        labels = {each.name: each.label for each in self._session.attempt(lambda: filling.offered(by)) or []}
        if filled is not None:
            self.text.show_text(filled, labels)
        self.setVisible(bool(text.strip()))


def open_lead(window: QWidget) -> Lead | None:
    """The lead that is open in this window."""
    lead = record_at(window.findChild(QWidget, "leads.description"))
    return lead if isinstance(lead, Lead) and not lead.is_new else None
