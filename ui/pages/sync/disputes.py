"""The fields both sides have changed: one key lets theirs stand here, another one settles it as it is (BX-34)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.sync import choosing, conflicts
from ui.forms.at_field import come_to
from ui.history.sheet import Column, Line
from ui.look.wording import in_full, shown
from ui.pages.sync.companies_list import CompaniesList
from ui.pages.sync.listed import ENTER, Listed
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.sync.conflicts import Disagreed
    from ui.session.session import Session


class DisputesList(Listed):
    """What stands here was sent; what Viper said is kept beside it. Below it the companies an account may be."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        columns = [Column(_("Name"), 240, True, shares=1), Column(_("Field"), 140), Column(_("Here"), 170, shares=1),
                   Column(_("In Viper"), 170, shares=2), Column(_("Seen"), 130)]  # fmt: skip
        super().__init__("conflicts", _("Conflicts"), columns, session, parent)
        self.verb("turn_round", _("Let Viper’s stand"), "undo", self.turn_round, self._why_not, key="T", quiet=False)
        self.verb("settle", _("Ours stays"), "check", self.settle, self._why_not_settle, key="O", quiet=False)
        self.verb("choose", _("Choose the company"), "edit", self.choose, self._why_not_choose, key="C", quiet=False)
        self.verb("conflict_open", _("Open"), "open", self.open_record, self._why_not_open, key=ENTER)
        self.companies = CompaniesList(self)
        self.companies.chosen.connect(self._choose)
        self.companies.left.connect(self.grid.setFocus)
        self.below(self.companies)

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

    def offer(self) -> None:
        """Off verbs say why; the companies of the row under the cursor stand below."""
        super().offer()
        one: Disagreed | None = self.grid.about()
        self.companies.show_those(one.several if one is not None and one.there else None)

    # ---------------------------------------------------------------- what can be done with a row

    def _why_not_open(self) -> str:
        one: Disagreed | None = self.grid.about()
        return self.why_none() if one is None or one.there else _("It is not here any more.")

    def _why_not(self) -> str:
        one: Disagreed | None = self.grid.about()
        if one is not None and not one.there:
            return _("It is not here any more; there is nothing to turn round.")
        return self._why_not_settle()

    def _why_not_settle(self) -> str:
        one: Disagreed | None = self.grid.about()
        asks = one is not None and one.there and one.several is not None
        return _("Choose which company it is.") if asks else self.why_none()

    def _why_not_choose(self) -> str:
        one: Disagreed | None = self.grid.about()
        if one is None or (one.there and one.several is not None):
            return self.why_none()
        return _("It is not asked which company this is.")

    def open_record(self) -> None:
        """The record, with the cursor in the field."""
        one: Disagreed | None = self.grid.about()
        if one is not None and one.there:
            come_to(self.session, self, one.table, int(one.key), one.field if one.several is None else "")

    def turn_round(self) -> None:
        """Theirs stands here from now on; undo takes that back."""
        one: Disagreed | None = self.grid.about()
        if one is not None and self.told(lambda: conflicts.turn_round(one.number, self.session.by)):
            said = _("{field} of {name} is as it is in Viper.")
            self.session.say_done(said.format(field=one.label, name=one.caption))

    def settle(self) -> None:
        """It stays as it is here."""
        one: Disagreed | None = self.grid.about()
        if one is not None:
            self._settled(lambda: conflicts.settle(one.number, self.session.by),
                          lambda: conflicts.reopen(one.number, self.session.by))  # fmt: skip

    def choose(self) -> None:
        """To the companies the account may be."""
        self.companies.take_focus()

    def _choose(self, remote: str) -> None:
        one: Disagreed | None = self.grid.about()
        if one is not None:
            self._settled(lambda: choosing.choose(one.number, remote, self.session.by),
                          lambda: choosing.take_back(one.number, self.session.by))  # fmt: skip

    def _settled(self, does: Callable[[], str], back: Callable[[], object]) -> None:
        said: list[str] = []
        if self.told(lambda: said.append(does())):
            self.session.tell(Told(said[0], action=(_("Undo"), lambda: self.told(back))))
