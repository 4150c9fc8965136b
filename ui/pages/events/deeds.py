"""What is done with the rule that is open: switched on and off, tried, removed; each with Undo (VS-9, VS-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from channergy_crm.errors import CRMError, Mistake, Surroundings
from channergy_crm.language import _, ngettext
from channergy_crm.services.events import activating, writing
from ui.session.beside import Told

if TYPE_CHECKING:
    from channergy_crm.services.bulk_changes import Changed
    from ui.session.background import Progress
    from ui.session.session import Session


class Deeds(QObject):
    """Asks the services, and tells what came of it."""

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self._page = page
        question = page.pane.head.question
        question.answered.connect(self._switch_off)
        question.given_up.connect(self._stay_active)

    @property
    def _session(self) -> Session:
        session: Session = self._page.session
        return session

    def activate_rule(self) -> None:
        """Switch it on; the first run goes beside the window, and the notice takes both back."""
        if (not self._page.form.is_edited and not self._page.form.row.is_new) or self._page.form.save():
            row, by = self._page.form.row, self._session.by
            number, existing = row.number, bool(row.existing)

            def work(progress: Progress) -> Changed:
                return activating.activate(number, by, existing, progress.step)

            def told(changed: Changed) -> Told:
                said = ngettext(
                    "Rule {name} is active: {count:,} follow-up was made.",
                    "Rule {name} is active: {count:,} follow-ups were made.", changed.records,
                )  # fmt: skip
                return Told(said.format(name=row.caption(), count=changed.records), changed.unit)

            self._session.work(
                work, label=_("Activating"), told=told, done=lambda _changed: self._page.reload(number),
                failed=self._say, cancelled=_("Stopped; the rule is not active and nothing was made."),
            )  # fmt: skip

    def _say(self, error: CRMError) -> None:
        field = (error.field if isinstance(error, Mistake) else "") or ""
        if isinstance(error, Surroundings):
            self._session.notices.warn(error.message)
        elif field in self._page.form.editors:
            self._page.form.say({field: error.message})
        else:
            self._page.pane.head.said.say(error.message, "overdue")

    def deactivate_rule(self) -> None:
        """Switch it off; where follow-ups are open, what becomes of them is asked in a line."""
        if not self._page.settle():
            return
        standing = self._page.standings.get(self._page.form.row.number)
        held = standing.open + standing.waiting if standing is not None else 0
        if held:
            self._page.pane.head.question.ask(held)
        else:
            self._switch_off(False)

    def _switch_off(self, withdraw: bool) -> None:
        row, by = self._page.form.row, self._session.by
        self._page.pane.head.question.hide()
        if row is None:
            return
        number, name = row.number, row.caption()

        def told(changed: Changed) -> Told:
            gone = _("Rule {name} is off, and its open follow-ups are withdrawn.")
            kept = _("Rule {name} is off; what it made stays.")
            return Told((gone if withdraw else kept).format(name=name), changed.unit)

        self._session.work(
            lambda _progress: activating.deactivate(number, by, withdraw), label=_("Deactivating"), told=told,
            done=lambda _changed: self._page.reload(number), failed=self._say,
        )  # fmt: skip
        self._page.grid.setFocus()

    def _stay_active(self) -> None:
        self._page.pane.head.question.hide()
        self._page.grid.setFocus()

    def try_on(self) -> None:
        """Choose one record and see what would be made for it."""
        if (record := self._page.form.record) is not None:
            self._page.pane.trying.ask(record)

    def remove_rule(self) -> None:
        """Take it away; the notice brings it back."""
        row, by = self._page.form.row, self._session.by
        if row.is_new:
            self._page.forget_new()
            self._page.grid.setFocus()
            return
        self._page.form.show_row(row)
        place = next((at for at, each in enumerate(self._page.events) if each.number == row.number), 0)
        others = [each for each in self._page.events if each.number != row.number]

        def remove() -> bool:
            writing.remove(row.number, by)
            return True

        if self._session.attempt(remove):
            self._session.say_done(_("Rule {name} is removed.").format(name=row.caption()))
            self._page.form.show_row(None)
            self._page.reload(others[min(place, len(others) - 1)].number if others else None)
            self._page.grid.setFocus()
