"""Whether the window may be closed: what was typed is saved, or waits for the next time (C7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import _

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from ui.forms.record_panel import RecordPanel


class Closing:
    """Asked when the window is being closed; what cannot be saved keeps it open, unless somebody goes without it."""

    def __init__(self, window: Any) -> None:
        self._window, self._without = window, False

    def keeps_open(self, event: QCloseEvent, panels: list[RecordPanel]) -> bool:
        """Whether something typed is not settled; what is in the way is said then, and the way out with it."""
        if self._without or self._window.may_leave():
            return False
        event.ignore()
        if kept := next((panel.kept for panel in panels if panel.kept is not None), None):
            said = _("{reason} If you close without it, it is kept and offered again next time.")
            way_out = (_("Close without it"), self.close_without)
            self._window.notices.say(said.format(reason=kept.why), action=way_out, level="warning")
        return True

    def close_without(self) -> bool:
        """Close the window without what is not saved: it is kept, and offered again next time."""
        self._window.save_drafts()
        self._without = True
        return bool(self._window.close())
