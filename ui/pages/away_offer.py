"""Who is away and whose due reminders may be taken over: a line over the reminders, while there is somebody (BX-39)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from ui.look import theme
from ui.look.plain import Label, as_tip
from ui.look.wording import day_in_words
from ui.widgets.controls import Button
from ui.widgets.naming import named

if TYPE_CHECKING:
    from channergy_crm.services.absences import Away
    from ui.session.session import Session


class AwayOffer(QWidget):
    """A line for each who is away, with what is due; a press makes those reminders one's own, with Undo."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reminders.away")
        theme.stand_on(self, "tile")
        self._session, self._told = session, list[tuple[str, int]]()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 6, 16, 6)
        self._column.setSpacing(4)
        self._lines: list[QWidget] = []
        self.hide()

    def look(self) -> None:
        """Whoever is away now and has something due that this operator may take."""
        from channergy_crm.services import absences

        away = [each for each in self._session.attempt(lambda: absences.away(self._session.by)) or () if each.due]
        told = [(each.operator.id, each.due) for each in away]
        if told == self._told:
            return
        self._told = told
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(each) for each in away]
        self.setVisible(bool(away))

    def _line(self, away: Away) -> QWidget:
        line = QWidget(self)
        self._column.addWidget(line)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        said = ngettext("{name} is away until {day}: {count} reminder is due.",
                        "{name} is away until {day}: {count} reminders are due.", away.due)  # fmt: skip
        name, day = away.operator.name, day_in_words(away.until, inside=True)
        label = Label(said.format(name=name, day=day, count=away.due), line)
        row.addWidget(label, 1)
        take = named(Button(_("Take over"), line), f"reminders.take_over.{away.operator.id.lower()}", _("Take over"))
        take.setAccessibleDescription(label.text())
        take.setToolTip(as_tip(_("They become yours; Undo gives them back")))
        take.clicked.connect(partial(self._take, away.operator.id, name))
        row.addWidget(take)
        return line

    def _take(self, id: str, name: str, _on: bool = False) -> None:
        from channergy_crm.services import absences

        if self._session.attempt(lambda: absences.take_over(id, self._session.by)):
            self._session.say_done(_("The due reminders of {name} are yours now.").format(name=name))
        self.look()
