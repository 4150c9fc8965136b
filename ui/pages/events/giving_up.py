"""What is typed into a rule is given up, with *Cancel Changes* or Esc; the notice offers it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from channergy_crm.language import _
from ui.pages.events.form import put_back

if TYPE_CHECKING:
    from channergy_crm.records.events import Event


def give_up(page: Any) -> None:
    """The rule is as it was kept; one that never was is gone."""
    form, row = page.form, page.form.row
    fields = (form.editors if row.is_new else form.typed()) if row is not None and form.is_edited else ()
    typed = {field: form.editors[field].value() for field in fields}
    if row is not None and row.is_new:
        page.forget_new()
    else:
        form.take_back()
    page.pane.commands.refresh()
    if typed and row is not None:
        page.session.notices.say(_("Changes cancelled."), action=(_("Bring back"), partial(_back, page, row, typed)))


def _back(page: Any, row: Event, typed: dict[str, Any]) -> None:
    """As it was typed; where another rule holds the page, that one is settled first."""
    if page.settle() and page.show_again(row):
        put_back(page.form, typed)
