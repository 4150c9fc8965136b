"""The sign-in history: who came, who left, who was refused, on which workstation (VT-58, DP-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from channergy_crm.language import N_, _
from channergy_crm.services import operators, rights, signing_in
from ui.lists.headings import PADDING, Headings, still
from ui.look import paint, theme
from ui.look.wording import day_in_words
from ui.setup.rights.part import Column, Part
from ui.widgets.dialog import named
from ui.widgets.fields import ComboBox
from ui.widgets.titled_rows import TitledRows
from ui.widgets.views import calm

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from ui.session.session import Session

AnyIndex = QModelIndex | QPersistentModelIndex
COLUMNS = ((N_("When"), 150), (N_("User"), 190), (N_("What"), 220), (N_("Workstation"), 160), (N_("By"), 120))
SAID = {
    "in": N_("signed in"),
    "out": N_("signed out"),
    "closed": N_("closed the program"),
    "refused": N_("wrong password"),
    "locked": N_("locked out"),
    "unlocked": N_("let in again"),
    "password": N_("new password"),
    "recovery": N_("recovery file used"),
    "on": N_("Security switched on"),
    "off": N_("Security switched off"),
}
BAD = ("refused", "locked", "recovery", "off")


class Logins(TitledRows):
    """The lines of the history."""

    def __init__(self, view: QWidget) -> None:
        super().__init__([title for title, _wide in COLUMNS], view)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.rows[index.row()]
        if role == Qt.ItemDataRole.ForegroundRole and entry.what in BAD and index.column() == 2:
            return theme.colour(self._view, "overdue")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        user = entry.name if entry.user.startswith(("?", "*")) else f"{entry.user}  {entry.name}"
        when = f"{day_in_words(entry.at.date())} {entry.at:%H:%M:%S}"
        by = _(entry.by) if entry.by and entry.by != entry.user else ""
        return (when, user, _(SAID[entry.what]), entry.station, by)[index.column()]


class SignInList(QTableView):
    """The history as a list to read: rows can be chosen, nothing is changed."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, name, _("Sign-in history"))
        self.logins = Logins(self)
        self.setModel(self.logins)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        calm(self)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(28, self))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalHeader(still(Headings(self)))
        self.setItemDelegate(PaddedCells(self))
        for place, (_label, width) in enumerate(COLUMNS):
            self.setColumnWidth(place, theme.px(width, self))


class PaddedCells(QStyledItemDelegate):
    """Words under the titles, a hair under each row; the row under the cursor as in every list."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        room, view = QRect(option.rect), self._view
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            paint.cursor(painter, view, room, focus=view.hasFocus(), first=not index.column(), last=False)
        painter.fillRect(QRect(room.left(), room.bottom(), room.width(), 1), theme.colour(view, "hair"))
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        painter.setPen(ink if ink is not None else theme.colour(view, "text"))
        words = room.adjusted(PADDING + (0 if index.column() else 4), 0, -PADDING, 0)
        said = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
        painter.restore()


class SignInsPart(Part):
    """The history of everybody for an administrator, the own one for anybody else."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("logins", session, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        whole = Column(0, self)
        row.addWidget(whole)
        whole.lines.setContentsMargins(20, 14, 20, 14)
        line = QHBoxLayout()
        whole.lines.addLayout(line)
        self._who = named(ComboBox(whole), "logins.user", _("User"))
        line.addWidget(self._who)
        line.addStretch(1)
        whole.lines.addWidget(self.said)
        self.grid = SignInList("logins.grid", whole)
        whole.lines.addWidget(self.grid, 1)
        self._who.currentIndexChanged.connect(lambda _place: self._show())

    def show_all(self) -> None:
        """Everybody who may be chosen, and the history."""
        by = self.session.by
        only = rights.may(by, "administer")
        held, before = self._who.currentData(), self._who.blockSignals(True)
        self._who.clear()
        if not only:
            self._who.addItem(_("Everybody"), "")
        for each in operators.everybody(by, retired=True):
            if not only or each.id == by:
                self._who.addItem(f"{each.id}  {each.name}", each.id)
        self._who.setCurrentIndex(max(0, self._who.findData(held)))
        self._who.blockSignals(before)
        self._show()

    def _show(self) -> None:
        by, of = self.session.by, str(self._who.currentData() or "")
        found = self.attempt(lambda: signing_in.history(by, of))
        self.grid.logins.show_rows(found or [])
        if found == []:
            self.said.say(_("Nobody has signed in yet; that is noted while Security is on."))
