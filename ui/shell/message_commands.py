"""The commands of the window about messages: *SMS…* to who is at hand, and what was sent (SI-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records.messages import WRITTEN_TO
from ui.screen import Command
from ui.shell.menu import FILES, WINDOW

if TYPE_CHECKING:
    from ui.shell.menu import Menu


def _sms(menu: Menu) -> None:
    """To the marked rows of the list somebody is in, else to the record that is open."""
    from ui.forms.record_panel import RecordPanel
    from ui.outgoing.send import send_sms

    page, session = menu.window.tabs.currentWidget(), menu.session
    table = next((each for each in menu.window.tables_shown() if each.record in WRITTEN_TO), None)
    if table is not None and table.grid.marked_count() > 1:
        send_sms(session, [(table.record, key) for key in table.marked()], menu.window)
        return
    panels = page.findChildren(RecordPanel) if page is not None else []
    shown = [each.record for each in panels if each.isVisible() and isinstance(each.record, WRITTEN_TO)]
    if shown and not shown[0].is_new:
        send_sms(session, [(type(shown[0]), shown[0].key)], menu.window)
    elif table is not None and table.current() is not None:
        send_sms(session, [(table.record, table.current())], menu.window)
    else:
        session.notices.warn(_("Open a record or mark rows first; the message goes to them."))


def _messages(menu: Menu) -> None:
    from ui.outgoing.batches_dialog import show_batches

    show_batches(menu.session, menu.window)


MESSAGE_COMMANDS = [
    Command("templates", "Templates", lambda menu: menu.session.go_to("templates"), "note", group=WINDOW),
    Command("send_sms", "SMS…", _sms, "email"),
    Command("messages", "Messages sent…", _messages, "email", group=FILES),
]
