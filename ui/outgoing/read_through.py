"""How a text reads for one after the other: to whom, the subject, the text, and what is not known (BX-14, BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.text.placeholders import Filled, Piece
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, kept_to_itself
from ui.widgets.controls import IconButton
from ui.widgets.dialog import Remark, named
from ui.widgets.filled_text import FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_SHOWN = 8_000
"""letters of a text; whoever writes a longer one reads its beginning"""


class ReadThrough(QWidget):
    """One at a time; ‹ and › go to the next. `turned` tells which one is wanted, from 0."""

    turned = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.place, self._count = 0, 0
        self._who = named(Label("", self), f"{name}.reads_for", _("How it reads"))
        self._who.setWordWrap(True)
        self._who.setFont(theme.strong(self.font()))
        self._at = Label("", self)
        self._at.muted()
        self._steps = [
            self._step(name, "previous", _("The one before (Alt+Up)"), -1),
            self._step(name, "next", _("The next one (Alt+Down)"), 1),
        ]
        self._address = Remark("", self)
        self._subject, self._body = FilledText(self), FilledText(self)
        self._subject.setObjectName(f"{name}.preview_subject")
        self._body.setObjectName(f"{name}.preview")
        self._signature = Remark("", self)
        self._missing = named(Remark("", self, ink="soon"), f"{name}.missing", _("What is not known"))
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._who, 1)
        for part in (self._steps[0], self._at, self._steps[1]):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        for shown in (self._address, self._missing, self._subject, self._body, self._signature):
            column.addWidget(shown)
        column.addStretch(1)
        self.show_nobody("")

    def _step(self, name: str, word: str, said: str, by: int) -> IconButton:
        button = named(IconButton(self), f"{name}.{word}", said)
        button.setIcon(icon(word, button))
        button.setToolTip(as_tip(said))
        button.clicked.connect(lambda: self.step(by))
        return button

    def set_count(self, count: int) -> None:
        """There are so many to step through; the place stays where it can."""
        self._count = count
        self.place = min(self.place, max(count - 1, 0))
        for button in self._steps:
            button.setVisible(count > 1)
        self._at.setText(_("{place:,} of {count:,}").format(place=self.place + 1, count=count) if count > 1 else "")

    def step(self, by: int) -> None:
        """Go on to the next one, from the last to the first."""
        if self._count > 1:
            self.place = (self.place + by) % self._count
            self.set_count(self._count)
            self.turned.emit(self.place)

    def show_nobody(self, why: str) -> None:
        """There is nobody to read it for, and why."""
        self.set_count(0)
        self._who.setText("")
        self._address.say(why)
        for part in (self._subject, self._body, self._signature, self._missing):
            part.setVisible(False)

    def show_one(
        self, who: str, address: str, subject: Filled, body: Filled, labels: Mapping[str, str], signature: str = ""
    ) -> None:
        """Show how it reads for this one; the signature as it stands below."""
        self._who.setText(_("How it reads for {name}").format(name=kept_to_itself(who)))
        self._address.say(kept_to_itself(address))
        self._subject.show_text(subject, labels)
        self._subject.setVisible(bool(subject.pieces))
        self._body.show_text(_shortened(body), labels, marked=True)
        self._body.setVisible(True)
        self._signature.say(kept_to_itself(signature))
        missing = list(dict.fromkeys([*subject.missing, *body.missing]))
        fields = ", ".join(labels.get(name, name) for name in missing)
        said = _("Not known: {fields}. Nothing goes to anybody of whom that is not known.").format(fields=fields)
        self._missing.say(said if missing else "")


def _shortened(filled: Filled) -> Filled:
    """Its beginning: what is painted letter by letter has an end."""
    pieces, left = list[Piece](), MOST_SHOWN
    for piece in filled.pieces:
        if left <= 0:
            return Filled((*pieces, Piece("…")))
        pieces.append(piece if len(piece.text) <= left else piece._replace(text=piece.text[:left]))
        left -= len(piece.text)
    return Filled(tuple(pieces))
