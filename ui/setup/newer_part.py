"""Settings › The office: where the note about new versions lies, and what was heard there last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.outgoing import newer
from channergy_crm.settings import NEWER_AT
from ui.editors.base import LineEditor

if TYPE_CHECKING:
    from channergy_crm.errors import CRMError
    from ui.setup.settings_rows import SettingRow, TopicPage

LONGEST = 400


def add(page: TopicPage) -> None:
    """The group with the place and *Look now*."""
    page.begin(_("Updates"))
    row = page.add(
        NEWER_AT, LineEditor(page, max_length=LONGEST), check=lambda typed: newer.problem((typed or "").strip()),
        hint=_("A file in your shared folder or an https:// address, which each workstation reads once a day. Nothing "
               "is sent, loaded or installed. Empty: it looks nowhere."),
    )  # fmt: skip
    heard = _Heard(page, row)
    page.add_verb("look_for_newer", _("Whether there is a newer one"), _("Look now"), heard.look,
                  hint=_("The status line says it too, as long as this program is older."))  # fmt: skip
    heard.tell()


class _Heard:
    """What is said under the place: what was heard there last."""

    def __init__(self, page: TopicPage, row: SettingRow) -> None:
        self._page, self._row, self._usual = page, row, row.editor.accessibleDescription()
        self._session = page.chosen.session

    def look(self) -> None:
        """Look there now; before somebody has typed where, say that."""
        self._row.settle()
        at = newer.place()
        if self._row.problem() is not None:
            return
        if not at:
            self._row.say(_("Type where the note lies; the README says how it is made."), "overdue")
            self._row.editor.setFocus()
            return
        self._row.say(_("Looking…"))
        self._session.work(
            lambda _progress: newer.look(at), label=_("Looking for a new version"), connected=False, asker=self._page,
            done=lambda found: self._note(at, found), failed=lambda error: self._fail(at, error),
        )  # fmt: skip

    def _fail(self, at: str, error: CRMError) -> None:
        self._note(at, error.message)

    def _note(self, at: str, heard: newer.Version | str) -> None:
        newer.LastLook(self._session.station).note(at, heard)
        self.tell()
        self._page.chosen.changed.emit()

    def tell(self) -> None:
        """What was heard last, or how it is meant."""
        said, wrong = newer.LastLook(self._session.station).said(newer.place())
        self._row.say(said or self._usual, "overdue" if wrong else "done" if said else "muted")
