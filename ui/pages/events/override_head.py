"""Above what may be rerouted: whose it is, what of it, and what can be said about it (VS-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label
from ui.look.wording import day_in_words
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from channergy_crm.services.events.to_reroute import Found, Giver

OPEN, LENT = "open", "lent"
WHO, WHAT = 420, 176


class Head(QWidget):
    """`turned` tells that somebody else's work is wanted, or what of it."""

    turned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "side")
        self._givers: Sequence[Giver] = ()
        self._wanted = ""
        self.giver = named(ChoiceEditor([], self, allow_empty=False), "override.from", _("Whose follow-ups"))
        self.giver.setFixedWidth(theme.px(WHO, self))
        choices = [(OPEN, _("Open follow-ups")), (LENT, _("Rerouted to others"))]
        self._what = named(ChoiceEditor(choices, self, allow_empty=False), "override.what", _("What of it"))
        self._what.set_value(OPEN)
        self._what.setFixedWidth(theme.px(WHAT, self))
        self.all = named(Button(_("Mark all"), self), "override.all", _("Mark all"))
        self.all.setIcon(icon("check", self.all))
        self.all.quiet()
        self.take_back = named(Button(_("Take Back"), self), "override.take_back", _("Take Back"))
        self.take_back.setIcon(icon("restore", self.take_back))
        self._said = named(Remark("", self), "override.said", _("About the list"))
        self._lay_out()
        self.giver.changed.connect(self._turn)
        self._what.changed.connect(self._turn)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        label = Label(_("From"), self)
        label.muted()
        for part in (label, self.giver, self._what):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.all)
        row.addWidget(self.take_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._said)

    def _turn(self) -> None:
        self._wanted = str(self.giver.value() or "")
        self.turned.emit()

    def want(self, id: str) -> None:
        """Somebody's work is to be shown next."""
        self._wanted = id

    def wanted(self) -> str:
        """Whose work is wanted; "" for whoever comes first."""
        return self._wanted

    def what(self) -> str:
        """What of it: the open ones, or those that were rerouted."""
        return str(self._what.value() or OPEN)

    def show_givers(self, givers: Sequence[Giver], chosen: str) -> None:
        """These may be chosen, and this one is."""
        self._givers, self._wanted = givers, chosen
        before = self.giver.blockSignals(True)
        self.giver.set_choices([(each.id, _who(each)) for each in givers])
        self.giver.set_value(chosen)
        self.giver.blockSignals(before)

    def away_until(self) -> date | None:
        """Until when the chosen one is away."""
        held = self._chosen()
        return held.away_until if held is not None else None

    def said_who(self) -> str:
        """What the chosen one is called."""
        held = self._chosen()
        return held.name if held is not None else ""

    def _chosen(self) -> Giver | None:
        return next((each for each in self._givers if each.id == self._wanted), None)

    def say(self, said: str, ink: str = "muted") -> None:
        """Say this."""
        self._said.say(said, ink)

    def tell(self, found: Found, marked: int, *, all_marked: bool) -> None:
        """How many there are, how many of them are marked, how many cannot be changed by whoever looks."""
        lent, count = self.what() == LENT, len(found.numbers)
        self.take_back.setVisible(lent)
        nothing = _("Nothing of theirs is with others.") if lent else _("They have no open follow-ups and reminders.")
        offer(self.all, "" if count else nothing)
        offer(self.take_back, "" if marked else nothing if not count else _("Mark rows first."))
        parts = [nothing if not count else _marked(count, marked, all_marked=all_marked)]
        if found.left_out:
            said = ngettext("{count:,} more is not yours to change.", "{count:,} more are not yours to change.",
                            found.left_out)  # fmt: skip
            parts.append(said.format(count=found.left_out))
        self.say(" ".join(parts), "soon" if found.left_out else "muted")


def _marked(count: int, marked: int, *, all_marked: bool) -> str:
    if all_marked:
        return _("All {count:,} are marked.").format(count=count)
    return _("{marked:,} of {count:,} marked. Space marks one more, Ctrl+A all.").format(marked=marked, count=count)


def _who(held: Giver) -> str:
    """Somebody with what is open, and until when they are away."""
    parts = [held.name]
    if held.away_until is not None:
        parts.append(_("away until {day}").format(day=day_in_words(held.away_until, inside=True)))
    if not held.active:
        parts.append(_("retired"))
    parts.append(ngettext("{count:,} open", "{count:,} open", held.open).format(count=held.open))
    return " · ".join(parts)
