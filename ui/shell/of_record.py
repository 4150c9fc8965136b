"""What can be done with the record somebody is in, from anywhere in the window: its history, documents, a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.work.called import called
from ui.shell.alt_keys import list_at_hand, panel_at_hand

if TYPE_CHECKING:
    from ui.shell.menu import Menu


def in_list(name: str, menu: Menu) -> None:
    """What the menu of the rows offers under this name, in the list at hand."""
    table = list_at_hand(menu.window)
    if table is None:
        return
    for action in table.actions():
        if action.objectName() == f"{table.name}.{name}":
            action.trigger()


def history(menu: Menu) -> None:
    """Of the record somebody is in; from a list, of the row they are on."""
    panel = panel_at_hand(menu.window)
    if panel is not None and not panel.record.is_new:
        panel.past.open()
    else:
        in_list("history", menu)


def documents(menu: Menu) -> None:
    """Of the record the page shows; from a list without one, of the row somebody is on."""
    from ui.forms.record_panel import RecordPanel

    page = menu.window.tabs.currentWidget()
    shown = [each for each in page.findChildren(RecordPanel) if each.isVisible() and each.filed is not None]
    there = [each for each in shown if each.record is not None and not each.record.is_new]
    if there and there[0].filed is not None:
        there[0].filed.open()
    else:
        in_list("documents", menu)


def tags(menu: Menu) -> None:
    """The cursor goes to the tags of the record the page shows; without one, those of the marked rows are asked for."""
    from ui.forms.record_panel import RecordPanel

    shown = [each for each in menu.window.tabs.currentWidget().findChildren(RecordPanel) if each.isVisible()]
    lines = [each.tags for each in shown if each.tags is not None and each.tags.isVisible()]
    table = list_at_hand(menu.window)
    if lines and not (table is not None and table.grid.several):
        lines[0].field.setFocus()
    else:
        in_list("tags", menu)


def more_information(menu: Menu) -> None:
    """What is linked to the record the page shows; from a list without one, to the row somebody is on (VT-93)."""
    from ui.forms.record_panel import RecordPanel

    page = menu.window.tabs.currentWidget()
    shown = [each for each in page.findChildren(RecordPanel) if each.isVisible() and each.record is not None]
    there = [each for each in shown if not each.record.is_new]
    if there:
        there[0].linked.open()
    else:
        in_list("more_information", menu)


def new_task(menu: Menu) -> None:
    """A new task for whatever record (VT-164)."""
    from ui.forms.new_linked import new_task as ask

    ask(menu.session, menu.window)


def person(menu: Menu) -> None:
    """Consents, wishes and requests of the lead, account or contact somebody is in, or whose row they are on."""
    from ui.forms.person_dialog import open_person
    from ui.forms.record_panel import RecordPanel

    window, session = menu.window, menu.session
    near, table = panel_at_hand(window), list_at_hand(window)
    held = near.record if near is not None and type(near.record).about.person else None
    if held is None and table is not None and table.record.about.person and table.current() is not None:
        open_person(table.record, table.current(), session, window)
        return
    shown = [each.record for each in window.tabs.currentWidget().findChildren(RecordPanel) if each.isVisible()]
    held = held or next((each for each in shown if each is not None and type(each).about.person), None)
    if held is None or held.is_new:
        session.notices.warn(_("Open a lead, an account or a contact first; it is about somebody."))
    else:
        open_person(type(held), held.key, session, window)


def note(menu: Menu) -> None:
    """On the timeline that is seen, or on that of the record the page shows."""
    from ui.forms.record_panel import RecordPanel
    from ui.timeline.timeline import Timeline

    page = menu.window.tabs.currentWidget()
    seen = [each for each in page.findChildren(Timeline) if each.isVisible() and each.record is not None]
    shown = [each for each in page.findChildren(RecordPanel) if each.isVisible() and each.record is not None]
    if seen:
        seen[0].add_note()
    elif shown and not shown[0].record.is_new:
        shown[0].along.write_note()
    else:
        menu.session.notices.warn(_("Open a record first; the note is written on it."))


def follow(menu: Menu) -> None:
    """The record the page shows is followed from now on, or no more."""
    from channergy_crm.services import following
    from ui.forms.record_panel import RecordPanel

    page, session = menu.window.tabs.currentWidget(), menu.session
    shown = [each.record for each in page.findChildren(RecordPanel) if each.isVisible() and each.record is not None]
    if not shown or shown[0].is_new:
        session.notices.warn(_("Open a record first; that is the one to follow."))
        return
    record, by = shown[0], session.by

    def turn() -> str:
        if following.follows(type(record), record.key, by):
            following.unfollow(type(record), record.key, by)
            return _("You follow {record} no more.")
        following.follow(type(record), record.key, by)
        return _("You follow {record}: it is shown to you, whosever it is.")

    if (said := session.attempt(turn)) is not None:
        session.say_done(said.format(record=called(record)))
