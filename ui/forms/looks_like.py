"""A quiet line under a record that is being typed: who looks like it, each name a link that opens (BX-9)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt

from channergy_crm.language import _, one
from channergy_crm.services import global_search
from channergy_crm.services.duplicates import look_alikes
from ui.editors.for_kind import stored
from ui.look import theme
from ui.look.plain import Label
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.duplicates.look_alikes import Match
    from channergy_crm.work.record import Record
    from ui.session.session import Session

TYPING_PAUSE_MS = 200
SHOWN = 3


class LookAlikes(Label):
    """Says "Looks like …" beside the typing, never in its way: the search runs beside the window."""

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._session = session
        self._asked: tuple[type[Record], dict[str, object]] | None = None
        self._request = -1
        self._matches: Sequence[Match] = ()
        self._pause = later(self, self._look, TYPING_PAUSE_MS)
        self.setObjectName(f"{name}.looks_like")
        self.setWordWrap(True)
        self.take_markup()
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard)
        self.setContentsMargins(12, 5, 12, 5)
        theme.stand_on(self, "tile")
        self.linkActivated.connect(self._open)
        session.looking.found.connect(self._found)
        session.operator_changed.connect(self.say_nothing)
        self.hide()

    def look(self, record: Record, typed: dict[str, object]) -> None:
        """Look for those like this record as soon as the typing pauses."""
        values = look_alikes.asked(record, typed)
        if not values:
            self.say_nothing()
        elif self._asked != (type(record), values):
            self._asked = (type(record), values)
            self._pause.start()

    def say_nothing(self) -> None:
        """Another record is shown, or nothing of it is being changed."""
        self._pause.stop()
        self._asked, self._request, self._matches = None, -1, ()
        self.hide()

    def _look(self) -> None:
        if self._asked is not None:
            self._request = self._session.looking.request(*self._asked, self._session.by)

    def _found(self, number: int, matches: Sequence[Match], last: bool) -> None:
        if last and number == self._request:
            self._matches = matches
            self._say()

    def _say(self) -> None:
        parts = [self._written(place, match) for place, match in enumerate(self._matches[:SHOWN])]
        more = len(self._matches) - len(parts)
        names, heard = " · ".join(parts), ", ".join(match.hit.title for match in self._matches[:SHOWN])
        said = _("Looks like {names} and {count} more.") if more else _("Looks like {names}.")
        self.setText(said.format(names=names, count=more))
        self.setAccessibleName(_("Looks like {names}").format(names=heard))
        self.setVisible(bool(parts))

    def _written(self, place: int, match: Match) -> str:
        hit = match.hit
        name = ", ".join(part for part in (hit.title, hit.detail) if part)
        what = _("{record} of {operator}") if hit.owner else "{record}"
        what = what.format(record=one(hit.place.record), operator=hit.owner)
        link = f'<a href="{place}">{escape(name)}</a>'  # unsaid: a link
        return f"{link} ({escape(what)}, {escape(', '.join(match.reasons))})"

    def _open(self, place: str) -> None:
        hit = self._matches[int(place)].hit
        target = self._session.attempt(lambda: global_search.destination(hit, self._session.by))
        if target is not None:
            self._session.go_to(*target)

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange and self.isVisible():
            self._say()


def line_for(panel: Any) -> LookAlikes | None:
    """The line for a record panel; None where duplicates have no meaning."""
    if not panel.screen_.record.about.twice:
        return None
    line = LookAlikes(panel.prefix, panel.session, panel)

    def typed() -> None:
        record = panel.record
        if record is None or not (panel.is_edited or record.is_new):
            line.say_nothing()
        else:
            rows = panel.form.rows
            line.look(record, {name: stored(row.kind, row.editor.value()) for name, row in rows.items()})

    panel.form.edited.connect(typed)
    panel.turned.connect(lambda: line.say_nothing())
    return line
