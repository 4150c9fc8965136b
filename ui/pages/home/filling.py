"""A block is filled beside the window and shown when it is there; what it showed last stays while nobody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.errors import Surroundings
from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from channergy_crm.errors import CRMError
    from ui.pages.home.block import Block
    from ui.session.session import Session


class Filling:
    """What fills a block: how it is read for an operator and a project, how it is shown, what it is made of.

    `by_clock` is read anew every minute: what it says changes as time goes by.
    """

    def __init__(
        self,
        block: Block,
        session: Session,
        read: Callable[[str, int | None], Any],
        show: Callable[[Any], object],
        tables: Collection[str],
        *,
        by_clock: bool = False,
    ) -> None:
        self.block, self.tables, self.by_clock = block, frozenset(tables), by_clock
        self._session, self._read, self._show = session, read, show
        self._turn = 0
        self._as_of = ""
        self.stale = True
        self.gone = False
        self.heard: Callable[[], object] = lambda: None
        """told when it shows something else"""

    def fill(self) -> None:
        """Read it beside the window."""
        self._turn += 1
        self.stale, turn = False, self._turn
        by, project = self._session.by, self._session.project
        self._session.work(
            lambda _progress: self._read(by, project), label=_("Reading Home"), progress=False,
            done=lambda found: self._shown(found, turn), failed=lambda error: self._failed(error, turn),
        )  # fmt: skip

    def _shown(self, found: Any, turn: int) -> None:
        if turn == self._turn and not self.gone:
            self._as_of = f"{clock.now():%H:%M}"
            self.block.say("")
            self._show(found)
            self.heard()

    @property
    def known(self) -> bool:
        """Whether it has been read at all."""
        return bool(self._as_of)

    def _failed(self, error: CRMError, turn: int) -> None:
        """A server that is gone leaves the last figures, with a word of when they were read."""
        if turn != self._turn or self.gone:
            return
        self.stale = True
        if isinstance(error, Surroundings) and self._as_of:
            said = _("As of {time}: the office cannot be reached just now.").format(time=self._as_of)
        else:
            said = error.message
        self.block.say(said, "soon" if isinstance(error, Surroundings) else "muted")
