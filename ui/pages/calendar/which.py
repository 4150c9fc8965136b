"""The line that asks which turns of a series are meant: only this one, or all from here on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.plain import Label
from ui.pages.calendar import words
from ui.widgets.controls import Button
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from channergy_crm.services.calendar.entries import Entry
    from ui.pages.calendar.places import Slot


class Which(QWidget):
    """`answered` tells the entry, where it goes (None: away), and whether all turns from there on are meant."""

    answered = Signal(object, object, bool)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "calendar.which", _("Which turns of the series"))
        self._held: tuple[Entry, Slot | None] | None = None
        self.about = Label("", self)
        self.about.setFont(theme.strong(self.font()))
        self.one = named(Button(_("Only this one"), self), "calendar.only_this", _("Only this one"))
        self.all = named(Button(_("All from here on"), self), "calendar.all_from_here", _("All from here on"))
        self.stay = named(Button(_("Cancel"), self), "calendar.which_cancel", _("Leave it as it is"))
        self.one.loud()
        self.stay.quiet()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.about, 1)
        for button in (self.stay, self.all, self.one):
            row.addWidget(button)
        self.one.clicked.connect(lambda: self._answer(every=False))
        self.all.clicked.connect(lambda: self._answer(every=True))
        self.stay.clicked.connect(lambda: self.give_up())
        self.hide()

    def ask(self, entry: Entry, slot: Slot | None) -> None:
        """Ask about this turn, which is to go there; Enter means only this one."""
        self._held = entry, slot
        said = _("“{name}” comes again and again. Move it from {day}:")
        if slot is None:
            said = _("“{name}” comes again and again. Remove it on {day}:")
        self.about.setText(said.format(name=entry.title, day=words.when(entry, inside=True)))
        self.show()
        self.one.setFocus()

    def give_up(self) -> None:
        """Nothing is moved."""
        if self._held is not None:
            self._held = None
            self.hide()
            self.given_up.emit()

    def _answer(self, *, every: bool) -> None:
        held, self._held = self._held, None
        self.hide()
        if held is not None:
            self.answered.emit(*held, every)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        painter.fillRect(self.rect(), theme.colour(self, "tile"))
        painter.fillRect(QRectF(0, 0, self.width(), 2), theme.colour(self, "accent"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour(self, "line"))
