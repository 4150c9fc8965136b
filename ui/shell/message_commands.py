"""The commands of the window about messages and letters: to who is at hand, and what was sent (SI-24, BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records.written_to import WRITTEN_TO
from ui.screen import Command
from ui.shell.menu import FILES, WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.lists.table import RecordTable
    from ui.session.session import Session
    from ui.shell.menu import Menu

    Write = Callable[[Session, Sequence[tuple[type[Record], object]], QWidget], object]


def _at_hand(menu: Menu) -> list[tuple[type[Record], object]]:
    """The marked rows of the list somebody is in, else the record that is open, else the row they are on."""
    from ui.forms.record_panel import RecordPanel

    page = menu.window.tabs.currentWidget()
    table = _people(menu)
    if table is not None and table.grid.marked_count() > 1:
        return [(table.record, key) for key in table.marked()]
    panels = page.findChildren(RecordPanel) if page is not None else []
    shown = [each.record for each in panels if each.isVisible() and isinstance(each.record, WRITTEN_TO)]
    if shown and not shown[0].is_new:
        return [(type(shown[0]), shown[0].key)]
    return [(table.record, table.current())] if table is not None and table.current() is not None else []


def _people(menu: Menu) -> RecordTable | None:
    """The list of people somebody sees."""
    return next((each for each in menu.window.tables_shown() if each.record in WRITTEN_TO), None)


def _to_hand(menu: Menu, write: Write, nobody: str) -> None:
    if records := _at_hand(menu):
        write(menu.session, records, menu.window)
    else:
        menu.session.notices.warn(nobody)


def _to_view(menu: Menu, write: Write, nobody: str) -> None:
    """To everybody the list shows now, with its view and its filter (C16)."""
    table = _people(menu)
    if table is None:
        menu.session.notices.warn(nobody)
        return
    keys = table.model.keys(0, table.model.rowCount())
    write(menu.session, [(table.record, key) for key in keys if key is not None], menu.window)


def _sms(menu: Menu) -> None:
    from ui.outgoing.send import send_sms

    _to_hand(menu, send_sms, _("Open a record or mark rows first; the message goes to them."))


def _mail(menu: Menu) -> None:
    from ui.outgoing.mail import write_mail

    _to_hand(menu, write_mail, _("Open a record or mark rows first; the message goes to them."))


def _mail_view(menu: Menu) -> None:
    from ui.outgoing.mail import write_mail

    _to_view(menu, write_mail, _("Go to a list of people first; the mail goes to all it shows."))


def _letters(menu: Menu) -> None:
    from ui.paper.letters import write_letters

    _to_hand(menu, write_letters, _("Open a record or mark rows first; the letters go to them."))


def _letters_view(menu: Menu) -> None:
    from ui.paper.letters import write_letters

    _to_view(menu, write_letters, _("Go to a list of people first; the letters go to all it shows."))


def _messages(menu: Menu) -> None:
    from ui.outgoing.batches_dialog import show_batches

    show_batches(menu.session, menu.window)


def _file_mail(menu: Menu) -> None:
    """With whom they are from or to."""
    from ui.filing.taking import choose

    choose(menu.session, menu.window, None)


def _file_mail_here(menu: Menu) -> None:
    """With the record that is open, or of the row somebody is on."""
    from ui.filing.taking import choose

    records = _at_hand(menu)
    held = menu.session.find(*records[0]) if len(records) == 1 else None
    if held is None:
        menu.session.notices.warn(_("Open a record or go to its row first; the e-mail is filed there."))
    else:
        choose(menu.session, menu.window, held)


def _assign_mail(menu: Menu) -> None:
    """What waits in the watched folder."""
    from ui.filing.taking import take_waiting

    take_waiting(menu.session, menu.window)


MESSAGE_COMMANDS = [
    Command("templates", "Templates", lambda menu: menu.session.go_to("templates"), "note", group=WINDOW),
    Command("send_sms", "SMS…", _sms, "email"),
    Command("send_mail", "E-mail…", _mail, "email"),
    Command("send_mail_view", "E-mail to the whole list…", _mail_view, "email"),
    Command("letters", "Letters…", _letters, "print"),
    Command("letters_view", "Letters to the whole list…", _letters_view, "print"),
    Command("file_mail", "File e-mails…", _file_mail, "email", group=FILES),
    Command("file_mail_here", "File an e-mail with this record…", _file_mail_here, "email"),
    Command("assign_mail", "Assign e-mails of the watched folder…", _assign_mail, "email", group=FILES),
    Command("messages", "Messages sent…", _messages, "email", group=FILES),
]
