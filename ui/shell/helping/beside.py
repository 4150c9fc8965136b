"""Help beside what somebody does: a window that waits for nothing, also over a dialog that waits (VT-13)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from channergy_crm.language import N_, _, closing
from ui.pages.help.view import HelpView
from ui.widgets.dialog import Dialog, Remark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.settings import Station

KeysOf = Callable[[str], Sequence[tuple[str, str]]]
"""the keys that matter on a page, each with what it does"""
NAME = "help_beside"
BEHIND = N_("Close the window this belongs to first; then that can be done.")


class HelpBeside(Dialog):
    """It belongs to the window somebody stands in, so that it can be read while that one waits for an answer."""

    def __init__(
        self, keys_of: KeysOf, does: Callable[[str], object] | None, station: Station, parent: QWidget, *,
        prints: Callable[[HelpView], object] | None = None, cannot: str = "",
    ) -> None:  # fmt: skip
        super().__init__(NAME, _("Help"), parent, station, size=(820, 600))
        self.setModal(False)
        self._does, self._cannot = does, cannot
        self.view = HelpView(NAME, keys_of, self, prints=prints)
        self._said = self.named(Remark("", self), "said", _("Why not"))
        self._said.setContentsMargins(16, 0, 16, 0)
        self._said.say("")
        self.view.turned.connect(lambda _page: self._said.say(""))
        self.body.setContentsMargins(0, 0, 0, 12)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._said)
        row = self.finish_with(None, self.button("close", closing(), "Esc"))  # unsaid: a key
        row.setContentsMargins(0, 0, 16, 0)
        self.view.wanted.connect(self._do)

    def _do(self, what: str) -> None:
        """In the window itself; a dialog that waits comes first."""
        cannot = BEHIND if isinstance(self.parent(), Dialog) else self._cannot
        if cannot or self._does is None:
            self._said.say(_(cannot))
            return
        self.reject()
        self._does(what)


def open_beside(over: QWidget, page: str, make: Callable[[QWidget], HelpBeside]) -> None:
    """Show a page beside this window; there is one beside each."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    held = over if isinstance(over, HelpBeside) else over.findChild(HelpBeside, options=direct)
    window = held or make(over)
    if window is not over:  # F1 in the help itself leads to its line
        window.view.line.clear()
        window.view.show_page(page)
    window.show()
    window.raise_()
    window.activateWindow()
    window.view.take_focus()
