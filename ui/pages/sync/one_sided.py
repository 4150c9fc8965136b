"""What was deleted or merged on one side: told with what can be done, never made anew by itself (BX-34)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import BY_TABLE
from channergy_crm.sync import apart
from ui.history.sheet import Column, Line
from ui.look.wording import in_full, shown
from ui.pages.sync.listed import ENTER, Listed
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.sync.apart import Apart, Remade
    from ui.session.session import Session


class OneSidedList(Listed):
    """Each record with what became of it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        columns = [Column(_("Name"), 220, True), Column(_("Record"), 130), Column(_("What happened"), 290),
                   Column(_("Last synced"), 130), Column(_("What can be done"), 360)]  # fmt: skip
        super().__init__("apart", _("Deleted or merged"), columns, session, parent)
        self.verb("again", _("Make it there again"), "add", self.make_again, self._why_not_again, key="M", quiet=False)
        self.verb("leave", _("Leave it so"), "check", self.leave, key="L", quiet=False)
        self.verb("apart_open", _("Open"), "open", self.open_record, self._why_not_open, key=ENTER)

    def read(self, start: int, count: int, by: str) -> Sequence[Apart]:
        """Some of them, the latest first."""
        return apart.open(by, start, count)

    def line(self, item: Apart) -> Line:
        """A row in words."""
        words = (item.caption, BY_TABLE[item.table].singular, item.said, shown(None, item.synced), item.advice)
        tip = (*words[:3], item.advice, in_full(None, item.synced))
        return Line(words, item, "\n".join(tip), quiet=not item.there)

    def nothing(self) -> str:
        """Why there are no rows."""
        return _("Nothing was deleted or merged on one side only. It would be listed here, never made anew.")

    def _why_not_again(self) -> str:
        one: Apart | None = self.grid.about()
        if one is None or one.again:
            return self.why_none()
        return _("Only what is still here and gone in Viper can be made there again.")

    def _why_not_open(self) -> str:
        one: Apart | None = self.grid.about()
        return self.why_none() if one is None or one.there else _("It is not here any more.")

    def open_record(self) -> None:
        """The record, where it is still here."""
        one: Apart | None = self.grid.about()
        if one is not None and one.there:
            super().open_record()

    def make_again(self) -> None:
        """It goes there as something new with the next round."""
        one: Apart | None = self.grid.about()
        made: list[Remade] = []
        if one is not None and self.told(lambda: made.append(apart.make_again(one.number, self.session.by))):
            text = _("{name} is made in Viper again with the next sync.")
            back = (_("Undo"), lambda: self.told(lambda: apart.take_back(made[0], self.session.by)))
            self.session.tell(Told(text.format(name=made[0].caption), action=back))

    def leave(self) -> None:
        """It is not told any more."""
        one: Apart | None = self.grid.about()
        said: list[str] = []
        if one is not None and self.told(lambda: said.append(apart.leave(one.number, self.session.by))):
            text = _("{name} stays as it is, on one side only.")
            back = (_("Undo"), lambda: self._take_up(one.number))
            self.session.tell(Told(text.format(name=said[0]), action=back))

    def _take_up(self, number: int) -> None:
        self.told(lambda: apart.take_up(number, self.session.by))
