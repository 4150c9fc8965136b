"""What can be done on the page of rules, each with its button, its key and the reason why it cannot be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from channergy_crm.language import _
from channergy_crm.records.events import EventState
from ui.pages.events.giving_up import give_up
from ui.screen import Command

if TYPE_CHECKING:
    from ui.pages.events.form import EventForm


class OpenRule(Protocol):
    """What the verbs know of their page."""

    form: EventForm


def _why_no_rule(page: OpenRule) -> str | None:
    return None if page.form.row is not None else _("There is no rule to do it with; create one.")


def _why_not_activate(page: OpenRule) -> str | None:
    if page.form.row is not None and page.form.row.state == EventState.ACTIVE:
        return _("The rule is active already.")
    return _why_no_rule(page)


def _why_not_deactivate(page: OpenRule) -> str | None:
    if page.form.row is not None and page.form.row.state != EventState.ACTIVE:
        return _("The rule is not active.")
    return _why_no_rule(page)


def _why_not_save(page: OpenRule) -> str | None:
    row = page.form.row
    if row is not None and (page.form.is_edited or row.is_new):
        return None
    return _("There is nothing to save.")


def _why_not_remove(page: OpenRule) -> str | None:
    if page.form.row is not None and page.form.row.state == EventState.ACTIVE:
        return _("The rule is active. Deactivate it first.")
    return _why_no_rule(page)


COMMANDS = [
    Command("activate", "Activate", lambda page: page.deeds.activate_rule(), "event", "Ctrl+Enter or Ctrl+Return",
            _why_not_activate),
    Command("deactivate", "Deactivate…", lambda page: page.deeds.deactivate_rule(), "pause", "", _why_not_deactivate),
    Command("try_on", "Try on one record…", lambda page: page.deeds.try_on(), "", "", _why_no_rule),
    Command("save", "Save Changes", lambda page: page.form.save(), "save", "Ctrl+S", _why_not_save),
    Command("cancel", "Cancel Changes", lambda page: give_up(page), "", "", _why_not_save),
    Command("remove", "Remove", lambda page: page.deeds.remove_rule(), "remove", "", _why_not_remove, role="danger"),
]  # fmt: skip
"""of the rule that is open"""
