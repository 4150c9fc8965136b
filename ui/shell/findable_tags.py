"""What Ctrl+K finds of the tags: each by its words, and it opens the rows that wear it (BX-40)."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.records import Tag
from channergy_crm.services import tags
from ui.search.commands import Findable
from ui.tags.opening import open_weighed

if TYPE_CHECKING:
    from channergy_crm.work import Done
    from ui.shell.window import MainWindow


class FindableTags:
    """The tags somebody may use, read when they are first looked for and again after one has changed."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self._held: list[Findable] | None = None
        self._session.done.connect(self._heard)
        self._session.operator_changed.connect(self._forget)

    def __call__(self) -> list[Findable]:
        """All of them."""
        if self._held is None:
            with suppress(CRMError):  # said by whatever else is asked of the store
                own, ours = _("yours alone"), _("of the office")
                self._held = [
                    Findable(str(tag.name), _("tag"), partial(self._open, int(tag.number)), ours if tag.shared else own)
                    for tag in tags.every(self._session.by)
                ]
        return self._held or []

    def _heard(self, done: Done) -> None:
        if Tag._meta.table_name in done.tables:
            self._forget()

    def _forget(self) -> None:
        self._held = None

    def _open(self, number: int) -> None:
        by = self._session.by
        self._session.work(
            lambda _progress: tags.weighed(by), label=_("Counting"), progress=False,
            done=lambda found: self._opened(next((each for each in found if each.tag.number == number), None)),
        )  # fmt: skip

    def _opened(self, each: tags.Weighed | None) -> None:
        if each is not None and each.counts:
            open_weighed(self._session, self._window, each)
        elif each is not None:
            self._session.notices.say(_("Nothing wears “{tag}”.").format(tag=each.tag.name))
