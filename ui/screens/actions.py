"""What the buttons of the lead, account and opportunity pages do. Each takes the panel it stands on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records import Opportunity
from channergy_crm.services import accounts, calls, composing, conversion, leads, saving
from channergy_crm.services.linked.reading import QUOTED
from channergy_crm.work.called import called
from ui.look.wording import day_in_words
from ui.session import map as maps
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.forms.record_panel import RecordPanel

NO_PHONE = N_("There is no phone number to dial.")


def create(panel: RecordPanel) -> None:
    """Start a new record."""
    panel.new()


def save(panel: RecordPanel) -> None:
    """Save Changes."""
    panel.save_changes()


def save_and_next(panel: RecordPanel) -> None:
    """Save and Next: save, then a new record (CH-42)."""
    if panel.save_changes():
        panel.new()


def cancel(panel: RecordPanel) -> None:
    """Cancel Changes."""
    panel.cancel_changes()


def duplicate(panel: RecordPanel) -> bool:
    """A new record with the values of this one (VT-37); False where nothing new can be started."""
    held = panel.record
    if held is None or held.is_new:
        return False
    values = {name: held.__data__[name] for name, kind in held.kinds().items() if not (kind.system or kind.unique)}
    panel.new()
    if panel.record is None or not panel.record.is_new:
        return False
    panel.form.put({name: value for name, value in values.items() if name in panel.form.rows})
    return True


def dial(panel: RecordPanel) -> None:
    """Dial Phone: the number as it stands in the form."""
    panel.dial(str(panel.form.rows["phone"].editor.value()))


def log_call(panel: RecordPanel) -> None:
    """Note a call that was made elsewhere: nothing is dialed (BX-7)."""
    panel.log_call()


def numbers(panel: RecordPanel) -> list[tuple[str, str]]:
    """All phone numbers as they stand in the form, each with what it is (BX-16)."""
    rows = panel.form.rows
    known = ((panel.screen_.record.kind(name), row.editor) for name, row in rows.items())
    return [pair for kind, editor in known for pair in kind.numbers(editor.value())]


def nothing(panel: RecordPanel) -> None:
    """What the page does in its own way."""


def dial_other(panel: RecordPanel) -> None:
    """A list of all numbers under the field, or under the button where that is folded away; a digit dials one."""
    from PySide6.QtWidgets import QWidget

    menu = Menu(panel)
    menu.setObjectName(f"{panel.screen_.name}.numbers")
    for place, (label, number) in enumerate(numbers(panel), 1):
        words = f"{label}\t{number}".replace("&", "&&")
        menu.addAction(f"&{place}  {words}" if place < 10 else words, partial(panel.dial, number))
    editor, button = panel.form.rows["more_phones"].editor, panel.findChild(QWidget, f"{panel.screen_.name}.dial")
    under = editor if editor.isVisible() else button or panel
    menu.setActiveAction(menu.actions()[0])
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))


def send_email(panel: RecordPanel) -> None:
    """A new message in the default mail program, or inside the program where that is wanted (CH-29, VT-52)."""
    if panel.session.attempt(lambda: composing.writes_here(panel.by)):
        if panel.save_changes() and panel.record is not None:  # it goes to the address that is kept
            panel.session.mail_wanted.emit(panel.record)
        return
    panel.session.write_email(str(panel.form.rows["email"].editor.value()))


def open_website(panel: RecordPanel) -> None:
    """The web site in the default browser."""
    panel.session.open_website(str(panel.form.rows["website"].editor.value()))


def locate(panel: RecordPanel) -> None:
    """Locate Map: the address as it stands in the form; what is missing is said at its field (VT-92)."""
    values = {name: row.editor.value() for name, row in panel.form.rows.items()}
    wrong = maps.locate(panel.session, panel.screen_.record, values)
    if wrong is None:
        return
    if wrong.field in panel.form.rows:
        panel.form.say({wrong.field: wrong.message})
    panel.session.notices.warn(wrong.message)


def remove(panel: RecordPanel) -> None:
    """Delete the record; undo brings it back."""
    record = panel.record
    if panel.leave() and panel.session.attempt(lambda: saving.delete_all([record], panel.by)) is not None:
        panel.show_record(None)
        panel.session.say_done(_("{record} removed.").format(record=called(record)))


def remove_lead(panel: RecordPanel) -> None:
    """Take the lead off the list; its row stays (CH-41)."""
    lead = panel.record
    if panel.leave() and panel.session.attempt(lambda: leads.remove(lead.number, panel.by)) is not None:
        panel.session.say_done(_("{record} removed.").format(record=called(lead)))


def restore_lead(panel: RecordPanel) -> None:
    """Bring a removed lead back."""
    lead = panel.record
    if panel.session.attempt(lambda: leads.restore(lead.number, panel.by)) is not None:
        panel.session.say_done(_("{record} is back on the list.").format(record=called(lead)))


def convert(panel: RecordPanel) -> None:
    """Convert To Opportunity: what is typed is saved first; accounts that may be the same are offered (CH-40)."""
    if not panel.save_changes() or panel.record is None:
        return
    lead = panel.record
    chosen: int | None = None
    name = owner = None
    found = panel.session.attempt(lambda: conversion.matches(lead, panel.by))
    fixed = [name for name, _label in Opportunity.about.fixed("name", lead.__data__)]
    if found or (fixed and lead.description.strip() not in fixed):
        from ui.screens.convert_dialog import ConvertDialog

        dialog = ConvertDialog(lead, found or [], panel.by, panel, panel.session.station)
        if not dialog.exec():
            return
        chosen, name, owner = dialog.chosen(), dialog.name(), dialog.owner()
    made = panel.session.attempt(
        lambda: conversion.convert(lead.number, panel.by, account=chosen, name=name, owner=owner)
    )
    if made is not None:
        number = made.opportunity.number
        panel.session.say_done(
            _("{name} is now opportunity {number} of {account}.").format(
                name=lead.caption(), number=number, account=made.account.name
            ),
            action=(_("Open"), lambda: panel.session.go_to("opportunity", number)),
        )


# When a command can be done; the sentence says why not.


def startable(panel: RecordPanel) -> str | None:
    """There must be what a new record would belong to."""
    return panel.why_no_new()


def shown(panel: RecordPanel) -> str | None:
    """Something must be open."""
    return None if panel.record is not None else _("Choose a record in the list first.")


def edited(panel: RecordPanel) -> str | None:
    """Something must have been typed."""
    if panel.record is None:
        return _("Choose a record in the list first.")
    return None if panel.is_edited or panel.record.is_new else _("Nothing has been changed.")


def has(field: str, sentence: str) -> Callable[[RecordPanel], str | None]:
    """The field must hold something; `sentence` says so when it does not."""

    def offered(panel: RecordPanel) -> str | None:
        if panel.record is None:
            return _("Choose a record in the list first.")
        return None if panel.form.rows[field].editor.value() else _(sentence)

    return offered


def callable_lead(panel: RecordPanel) -> str | None:
    """A lead with a number who has not asked not to be called (BX-6)."""
    return has("phone", NO_PHONE)(panel) or _not_to_be_called(panel)


def other_numbers_of_lead(panel: RecordPanel) -> str | None:
    """The same with any of the numbers."""
    return several_numbers(panel) or _not_to_be_called(panel)


def _not_to_be_called(panel: RecordPanel) -> str | None:
    lead = panel.record
    result = calls.forbidden(lead)
    if not result:
        return None
    if lead.call_date is None:
        return _("{result} was noted.").format(result=result)
    return _("{result} was noted {day}.").format(result=result, day=day_in_words(lead.call_date, inside=True))


def several_numbers(panel: RecordPanel) -> str | None:
    """There must be a number to choose."""
    if panel.record is None:
        return _("Choose a record in the list first.")
    return None if numbers(panel) else _(NO_PHONE)


def convertible(panel: RecordPanel) -> str | None:
    """A lead can be converted once, and not while it is removed."""
    if panel.record is None:
        return _("Choose a lead in the list first.")
    if panel.record.converted:
        return _("This lead has been converted already.")
    return _("This lead is removed; bring it back first.") if panel.record.removed else None


def removable(panel: RecordPanel) -> str | None:
    """A saved lead that is on the list can be removed."""
    if panel.record is None or panel.record.is_new:
        return _("Choose a saved lead in the list first.")
    return _("This lead is removed already.") if panel.record.removed else None


def restorable(panel: RecordPanel) -> str | None:
    """A removed lead can be brought back."""
    if panel.record is None or not panel.record.removed:
        return _("Only a removed lead can be brought back.")
    return None


def stored(panel: RecordPanel) -> str | None:
    """A record must be open that is in the store."""
    if panel.record is None or panel.record.is_new:
        return _("Choose a saved record in the list first.")
    return None


def saved(panel: RecordPanel) -> str | None:
    """The record must be in the store."""
    if panel.record is None:
        return _("Choose an opportunity in the list first.")
    return _("Save the opportunity first.") if panel.record.is_new else None


def create_task(panel: RecordPanel) -> None:
    """Create Task for Opportunity: the task is made and the Tasks tab shows it (CH-118)."""
    if panel.save_changes() and panel.record is not None:
        number = panel.record.number
        task = panel.session.attempt(lambda: accounts.create_task_for(number, panel.by))
        if task is not None:
            panel.session.go_to("account_task", task.number)


def came_from_a_lead(panel: RecordPanel) -> str | None:
    """The opportunity must have been made from a lead."""
    if panel.record is None:
        return _("Choose an opportunity in the list first.")
    return None if panel.record.originating_lead else _("This opportunity was made without a lead.")


def open_lead(panel: RecordPanel) -> None:
    """Go to the lead an opportunity was made from (K1)."""
    panel.session.go_to("lead", panel.record.originating_lead)


def open_opportunity(panel: RecordPanel) -> None:
    """Go to the opportunity a converted lead became (K1)."""
    panel.session.go_to("opportunity", panel.record.opportunity)


def converted(panel: RecordPanel) -> str | None:
    """The lead must have been converted."""
    if panel.record is None or not panel.record.converted:
        return _("This lead has not been converted.")
    return None


def create_lead_for_account(panel: RecordPanel) -> None:
    """Create Lead for Account (CH-72)."""
    panel.session.go_to("new_lead", panel.record.number)


def open_lead_of_account(panel: RecordPanel) -> None:
    """Open Lead: the latest of this account, or the one it was made from."""
    found = accounts.leads_of(panel.record.number, panel.by)
    number = found[0].number if found else panel.record.originating_lead
    if number is None:
        panel.session.notices.say(_("This account has no lead."))
    else:
        panel.session.go_to("lead", number)


def quotable(panel: RecordPanel) -> str | None:
    """The record a quote is for must be in the store."""
    if panel.record is None:
        return _("Choose a record in the list first.")
    return _("Save Changes first.") if panel.record.is_new else None


def create_quote(panel: RecordPanel) -> None:
    """Create Quote: a new one with whom it is for filled in already (VT-86)."""
    if panel.save_changes() and panel.record is not None:
        target, word = QUOTED[type(panel.record)]
        panel.session.go_to(target, (word, panel.record.key))
