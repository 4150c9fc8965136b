"""“What does this person see?”: counted by record type, what is not in the window, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.services import groups, operators, rights, roles
from ui.look import theme
from ui.look.plain import Label
from ui.setup.rights.part import Column
from ui.widgets.dialog import Plain, Remark, named
from ui.widgets.fields import ComboBox

if TYPE_CHECKING:
    from ui.session.session import Session


class Preview(Column):
    """The column at the right of the roles."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(0, parent, edge="left")
        self.setObjectName("roles.preview_of")
        self._session = session
        lines = self.lines
        lines.setContentsMargins(18, 14, 18, 14)
        head = Plain(_("What does this person see?"), self, bold=True)
        head.setFont(theme.section(self.font()))
        lines.addWidget(head)
        self._who = named(ComboBox(self), "roles.person", _("Person"))
        lines.addWidget(self._who)
        self._is = Remark("", self)
        lines.addWidget(self._is)
        self._table = QWidget(self)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setHorizontalSpacing(14)
        lines.addWidget(self._table)
        self._missing, self._why = self._section(lines, _("Not in the window")), self._section(lines, _("Why"))
        lines.addStretch(1)
        self._who.currentIndexChanged.connect(lambda _place: self._count())

    def _section(self, lines: QVBoxLayout, title: str) -> Remark:
        lines.addSpacing(6)
        lines.addWidget(Plain(title, self, bold=True))
        said = Remark("", self)
        lines.addWidget(said)
        return said

    def show_all(self) -> None:
        """Who works here now; the one looked at stays."""
        if rights.may(self._session.by, "administer"):
            self._who.clear()
            self._is.say(_("Only an administrator sees that."))
            return
        held, before = self._who.currentData(), self._who.blockSignals(True)
        self._who.clear()
        for operator in operators.everybody(self._session.by):
            self._who.addItem(f"{operator.id}  {operator.name}", operator.id)
        self._who.setCurrentIndex(max(0, self._who.findData(held)))
        self._who.blockSignals(before)
        self._count()

    def _count(self) -> None:
        who, by = self._who.currentData(), self._session.by
        if who is None:
            return
        seen = self._session.attempt(lambda: roles.preview(who, by))
        if seen is None:
            return
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for column, text in enumerate((_("sees"), _("changes"), _("of")), 1):
            self._put(0, column, text, small=True)
        for row, each in enumerate(seen, 1):
            self._put(row, 0, each.record.plural)
            for column, count in enumerate((each.sees, each.changes, each.of), 1):
                self._put(row, column, f"{count:n}" if count or column == 3 else "–", small=False, last=column == 3)
        self._tell(who)

    def _put(self, row: int, column: int, text: str, *, small: bool = False, last: bool = False) -> None:
        label = Label(text, self._table)
        if small or last:
            label.muted()
        if small:
            label.setFont(theme.small(self.font()))
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(label, row, column, side)

    def _tell(self, who: str) -> None:
        by = self._session.by
        stands = access_of(who, by)
        having = ", ".join(role.name for role in roles.of_operator(who, by)) or _("no role")
        within = ", ".join(group.name for group in groups.of_operator(who, by))
        self._is.say(" · ".join(part for part in (stands or having, within) if part))
        missing = [] if stands else roles.missing(who, by)
        self._missing.say(" ".join(missing) or _("Everything is there."))
        why = [] if stands else roles.why(who, by)
        nothing = _("An administrator sees everything.") if stands else _("Nothing is left out.")
        self._why.say(" ".join(why) or nothing)


def access_of(who: str, by: str) -> str:
    """That somebody is an administrator, in a word; "" for anybody else."""
    return _("Administrator") if roles.is_administrator(who, by) else ""
