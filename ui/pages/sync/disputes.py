"""The fields both sides have changed: one key lets theirs stand here, another one settles it as it is (BX-34)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.sync import conflicts
from ui.forms.at_field import come_to
from ui.history.sheet import Column, Line
from ui.look.wording import in_full, shown
from ui.pages.sync.listed import ENTER, Listed
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.sync.conflicts import Disagreed
    from ui.session.session import Session


class DisputesList(Listed):
    """What stands here was sent; what Viper said is kept beside it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        columns = [Column(_("Name"), 240, True), Column(_("Field"), 140), Column(_("Here"), 170),
                   Column(_("In Viper"), 170), Column(_("Seen"), 130)]  # fmt: skip
        super().__init__("conflicts", _("Conflicts"), columns, session, parent)
        self.verb("turn_round", _("Let Viper’s stand"), "undo", self.turn_round, self._why_not, key="T", quiet=False)
        self.verb("settle", _("Ours stays"), "check", self.settle, key="O", quiet=False)
        self.verb("conflict_open", _("Open"), "open", self.open_record, self._why_not, key=ENTER)

    def read(self, start: int, count: int, by: str) -> Sequence[Disagreed]:
        """Some of them, the latest first."""
        return conflicts.open(by, start, count)

    def line(self, item: Disagreed) -> Line:
        """A row in words."""
        words = (item.caption, item.label, item.ours or _("nothing"), item.theirs or _("nothing"),
                 shown(None, item.seen))  # fmt: skip
        return Line(words, item, "\n".join((*words[:4], in_full(None, item.seen))), quiet=not item.there)

    def nothing(self) -> str:
        """Why there are no rows."""
        return _("Both sides agree. A field changed on both sides at once would be listed here; ours is sent then.")

    def _why_not(self) -> str:
        one: Disagreed | None = self.grid.about()
        if one is None or one.there:
            return self.why_none()
        return _("It is not here any more; there is nothing to turn round.")

    def open_record(self) -> None:
        """The record, with the cursor in the field."""
        one: Disagreed | None = self.grid.about()
        if one is not None and one.there:
            come_to(self.session, self, one.table, int(one.key), one.field)

    def turn_round(self) -> None:
        """Theirs stands here from now on; undo takes that back."""
        one: Disagreed | None = self.grid.about()
        if one is not None and self.told(lambda: conflicts.turn_round(one.number, self.session.by)):
            said = _("{field} of {name} is as it is in Viper.")
            self.session.say_done(said.format(field=one.label, name=one.caption))

    def settle(self) -> None:
        """It stays as it is here."""
        one: Disagreed | None = self.grid.about()
        said: list[str] = []
        if one is not None and self.told(lambda: said.append(conflicts.settle(one.number, self.session.by))):
            self.session.tell(Told(said[0], action=(_("Undo"), lambda: self._reopen(one.number))))

    def _reopen(self, number: int) -> None:
        self.told(lambda: conflicts.reopen(number, self.session.by))
