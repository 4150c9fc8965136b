"""What the verbs over a ticket do (VT-180, VT-184…VT-190)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QCursor

from channergy_crm.language import _
from channergy_crm.records import Account, Ticket
from channergy_crm.services import accounts
from channergy_crm.services.tickets import deeds, letters
from channergy_crm.work.called import called
from ui.look.plain import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.forms.record_panel import RecordPanel


def do(name: str, panel: RecordPanel) -> None:
    """Do the verb of this name with the ticket that is open and saved."""
    VERBS[name](panel, panel.record)


def _take_over(panel: RecordPanel, ticket: Ticket) -> None:
    if panel.session.attempt(lambda: deeds.take_over(ticket.number, panel.by)) is not None:
        panel.session.say_done(_("{record} is yours now.").format(record=called(ticket)))


def _close(panel: RecordPanel, ticket: Ticket) -> None:
    from ui.pages.tickets.close_dialog import CloseDialog

    if CloseDialog(ticket, panel.session, panel).exec():
        panel.session.say_done(_("{record} is closed.").format(record=called(ticket)))


def _duplicate(panel: RecordPanel, ticket: Ticket) -> None:
    from ui.pages.tickets.duplicate_dialog import DuplicateDialog

    dialog = DuplicateDialog(ticket, panel.session, panel)
    if dialog.exec() and dialog.made is not None:
        panel.session.go_to("ticket", dialog.made.number)
        panel.session.say_done(_("{record} is a part of ticket {number}.").format(
            record=called(dialog.made), number=ticket.number))  # fmt: skip


def merge(panel: RecordPanel, keys: list[int]) -> None:
    """Make one of these tickets, or of this one and another that is asked for."""
    from ui.pages.tickets.join_dialog import JoinDialog

    dialog = JoinDialog(keys, panel.session, panel)
    if dialog.exec() and dialog.kept is not None:
        panel.session.go_to("ticket", dialog.kept.number)
        panel.session.say_done(_("The tickets are one now: {record}.").format(record=called(dialog.kept)))


def _to_faq(panel: RecordPanel, ticket: Ticket) -> None:
    panel.session.go_to("new_faq_answer", ticket.number)


def _template(panel: RecordPanel, ticket: Ticket) -> None:
    """A mail to the contact out of a template: which one is chosen in a menu, one digit each."""
    from ui.widgets.menu import Menu

    offered = panel.session.attempt(lambda: letters.offered(panel.by)) or []
    if not offered:
        write_about(panel, ticket, None)
        return
    menu = Menu(panel.window())
    menu.setObjectName("tickets.templates_menu")
    for place, row in enumerate(offered, 1):
        said = unmarked(row.name or "")
        menu.addAction(f"&{place}  {said}" if place < 10 else said, partial(write_about, panel, ticket, row.number))
    menu.addAction(_("Without a template"), partial(write_about, panel, ticket, None))
    menu.setActiveAction(menu.actions()[0])
    menu.popup(QCursor.pos())


def write_about(panel: RecordPanel, ticket: Ticket, template: int | None) -> None:
    """Write a mail about a ticket: by the number in its subject an answer finds back to it."""
    from ui.outgoing.mail_dialog import open_again
    from ui.outgoing.mail_text import Mail

    texts = panel.session.attempt(lambda: letters.merged(ticket.number, template, panel.by))
    if texts is not None:
        open_again(panel.session, [(Ticket, ticket.number)], Mail(*texts, template), {})


def _create_task(panel: RecordPanel, ticket: Ticket) -> None:
    """A task about it, for its account; the form opens with both filled in."""
    from channergy_crm.records import Task
    from ui.forms.new_record_dialog import NewRecordDialog

    def start() -> Task:
        number = ticket.__data__["account"]
        account = panel.session.find(Account, number) if number is not None else None
        task = accounts.start_task(panel.by, account=account)
        task.ticket = ticket.number
        task.action = _("Ticket {number}: {title}").format(number=ticket.number, title=ticket.title)
        return task

    NewRecordDialog(Task, "", panel.session, panel, start=start).exec()


VERBS: dict[str, Callable[[RecordPanel, Ticket], None]] = {
    "take_over": _take_over, "close_ticket": _close, "duplicate": _duplicate, "to_faq": _to_faq,
    "template": _template, "create_task": _create_task,
}  # fmt: skip
