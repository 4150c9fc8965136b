"""*Close, next step…* of a list of tasks (BX-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _, ngettext
from ui.look.wording import day_in_words
from ui.screen import Command

if TYPE_CHECKING:
    from ui.lists.table import RecordTable
    from ui.session.session import Session

KEY = "Ctrl+Shift+S"


def offer_next_step(table: RecordTable, session: Session) -> None:
    """Give a list of tasks *Close, next step…*."""

    def ask(table: RecordTable) -> None:
        keys = [key for key in table.marked() or [table.current()] if key is not None]
        if not keys:
            session.notices.warn(_("Choose a task in the list first."))
            return
        from ui.lists.next_step_dialog import NextStepDialog  # a list is painted without its editors

        dialog = NextStepDialog(keys, session, table)
        if not dialog.exec():
            return
        if dialog.count:
            said = ngettext("Task closed; the next step is due {day}.",
                            "{count} tasks closed; their next steps are due {day}.", dialog.count)  # fmt: skip
            session.say_done(said.format(count=dialog.count, day=day_in_words(dialog.day, inside=True)))
        else:
            session.notices.say(_("That is closed already."))
        table.set_stale()

    table.add_command(Command("close_and_go_on", N_("Close, next step…"), ask, "check", KEY))
