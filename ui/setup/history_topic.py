"""Settings > History: the audit trail, what was removed, and how long things are kept (VT-61, BX-12, BX-32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.services import audit, documents, rights
from channergy_crm.settings import ADMINISTRATORS, AUDIT_TRAIL, DOCUMENT_MOST, MONTHS_KEPT, OWN
from channergy_crm.text.amounts import of_bytes
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.setup.settings_rows import TopicPage, Words
from ui.widgets.dialog import Remark
from ui.widgets.tab_bars import Parts

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from ui.session.chosen import Chosen

KEPT = [("3", N_("3 months")), ("12", N_("1 year")), ("36", N_("3 years")), ("0", N_("For ever"))]
LARGEST = (5, 10, 25, 50, 100, 200)
"""megabytes of one document to choose from"""
PARTS, KEPT_AT = {"audit.grid": 0, "removed.grid": 1}, 2
"""where each of them stands"""
FOR = [(ADMINISTRATORS, N_("Administrators only")), (OWN, N_("Everybody, what they did themselves"))]


class HistoryTopic(QWidget):
    """The whole width of the page: a list under each of its parts."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(parent)
        self._chosen = chosen
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(4)
        column.addWidget(Words(_("History"), self, theme.title))
        self.parts = Parts("history.parts", _("Parts of the history"), self)
        self.parts.tray.INDENT = 0
        column.addWidget(self.parts, 1)
        self._lists: dict[int, QWidget] = {}
        for title in (_("Audit trail"), _("Removed")):
            room = QWidget(self.parts)
            QVBoxLayout(room).setContentsMargins(0, 0, 0, 0)
            self.parts.addTab(room, title)
        self.parts.addTab(_kept(chosen, self.parts), _("What is kept"))
        self.parts.currentChanged.connect(lambda _part: self.look())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()

    def look(self) -> None:
        """The list that is looked at is read."""
        place = self.parts.currentIndex()
        if place in (0, 1) and place not in self._lists:
            room = self.parts.widget(place)
            layout = room.layout() if room is not None else None
            if room is not None and layout is not None:
                self._lists[place] = made = self._audit(room) if place == 0 else self._removed(room)
                layout.addWidget(made)
        held = self._lists.get(place)
        if held is not None and hasattr(held, "look"):
            held.look()

    def bring_up(self, part: str) -> None:
        """Show what that is on: one of the lists, or a setting."""
        place = PARTS.get(part, KEPT_AT if part.startswith("settings.") and part != "settings.history" else None)
        if place is not None:
            self.parts.setCurrentIndex(place)

    def show_removed(self, table: str) -> None:
        """What was removed, of these records."""
        from ui.history.removed import Removed

        self.parts.setCurrentIndex(PARTS["removed.grid"])
        self.look()
        held = self._lists.get(PARTS["removed.grid"])
        if isinstance(held, Removed):
            held.asking.choose_type(table)

    def _audit(self, parent: QWidget) -> QWidget:
        if reason := audit.why_not(self._chosen.session.by):
            return Remark(reason, parent, ink="overdue")
        from ui.history.audit import AuditTrail

        return AuditTrail(self._chosen.session, parent)

    def _removed(self, parent: QWidget) -> QWidget:
        from ui.history.removed import Removed

        return Removed(self._chosen.session, parent)


def _kept(chosen: Chosen, parent: QWidget) -> TopicPage:
    page = TopicPage(_("What is kept"), chosen, parent)
    if refused := rights.may(chosen.session.by, "administer"):
        page.add_word(refused, "overdue")
    page.begin(_("Undo and Removed"))
    months = ChoiceEditor([(value, _(text)) for value, text in KEPT], page, allow_empty=False)
    page.add(
        MONTHS_KEPT, months,
        hint=_("What is older can no longer be undone, and what was deleted is gone for good. The history of every "
               "record that exists stays whole for ever."),
    )  # fmt: skip
    page.begin(_("Documents"))
    most = ChoiceEditor([(str(mb), of_bytes(mb << 20)) for mb in LARGEST], page, allow_empty=False)
    page.add(DOCUMENT_MOST, most, hint=_kept_documents(chosen))
    page.begin(_("Audit trail"))
    trail = ChoiceEditor([(value, _(text)) for value, text in FOR], page, allow_empty=False)
    page.add(AUDIT_TRAIL, trail, hint=_("Administrators see what everybody did."))
    page.close_up()
    return page


def _kept_documents(chosen: Chosen) -> str:
    """How large one may be, and how much there is."""
    found = chosen.session.attempt(lambda: documents.total(chosen.session.by))
    said = _("How large one file may be that is put on a record.")
    if found is None or not found.documents:
        return said
    kept = ngettext("{count:,} document is kept in {size}.", "{count:,} documents are kept in {size}.", found.documents)
    return f"{said} {kept.format(count=found.documents, size=of_bytes(found.kept))}"
