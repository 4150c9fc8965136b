"""The page of the tab CRM and contacts: everybody with their age, filtered, sorted; touch or anonymise the marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.services import rights
from channergy_crm.services.privacy import age, retention
from ui.editors.base import LineEditor
from ui.look.icons import icon
from ui.pages.page import PlainPage
from ui.pages.privacy import deeds
from ui.pages.privacy.filters import Filters, nothing_said
from ui.pages.privacy.grid import Ages
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.errors import CRMError
    from channergy_crm.services.privacy.age import Aged, Listed
    from channergy_crm.work import Done
    from ui.session.session import Session

SOON_MS = 300
EDGED = {"touch", "anonymise"}
"""what decides about somebody; the other verbs are quiet"""


class PrivacyPage(PlainPage):
    """Read beside the window, and anew when somebody was touched or anonymised."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._times = session, 0
        self._held: Listed | None = None
        named(self, "privacy.page", _("CRM and contacts"))
        self.filters = Filters(self)
        self._why = named(LineEditor(self), "privacy.why", _("Why they stay, or go"))
        self._why.setPlaceholderText(_("Why they stay, or go"))
        self._said = named(Remark("", self), "privacy.said", _("About the list"))
        self.grid = Ages(self)
        self._verbs = [
            self._verb("open", _("Open"), "open", self.open_record),
            self._verb(
                "about",
                _("Everything about them…"),
                "export",
                lambda: deeds.ask_about(session, self.grid.about(), self),
            ),
            self._verb(
                "person",
                _("Consent and requests…"),
                "note",
                lambda: deeds.open_person(session, self.grid.about(), self),
            ),
            self._verb("touch", _("Touch"), "restore", self.touch),
            self._verb("anonymise", _("Anonymise…"), "remove", self.anonymise),
        ]
        self._soon = later(self, self.reload, SOON_MS)
        self._lay_out()
        self._connect()

    def _verb(self, word: str, text: str, sign: str, what: Callable[[], object]) -> Button:
        button = named(Button(text, self), f"privacy.{word}", text)
        button.setIcon(icon(sign, button))
        button.quiet(word not in EDGED)
        button.clicked.connect(lambda: what())
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.filters)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._why, 1)
        for button in self._verbs:
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self._said)
        self._said.say("")
        column.addWidget(self.grid, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._soon.start)
        self.grid.opened.connect(self.open_record)
        self.grid.marked_now.connect(self._offer)
        self._session.done.connect(self._heard)
        self._offer()

    # ---------------------------------------------------------------- what the window asks of a page

    def activate(self) -> None:
        """Somebody looks at this page."""
        self.reload()

    def take_focus(self) -> None:
        """The keys go to the list."""
        self.grid.setFocus()

    def show_target(self, what: str, key: object) -> None:
        """Come here from the notice about who is kept too long."""
        if key == "too_old":
            self.filters.too_old.setChecked(True)
        self.reload()

    def standing(self) -> str:
        """How many people are listed."""
        count = len(self._held.people) if self._held is not None else 0
        return ngettext("{count:,} record", "{count:,} records", count).format(count=count)

    # ---------------------------------------------------------------- reading

    def reload(self) -> None:
        """Read the ages, beside the window."""
        self._times += 1
        times, wanted, by = self._times, self.filters.wanted(), self._session.by
        self._session.work(
            lambda _progress: age.listed(wanted, by), label=_("Reading the ages"),
            done=lambda found: self._show(times, found), failed=lambda error: self._fail(times, error),
            progress=False,
        )  # fmt: skip

    def _show(self, times: int, found: Listed) -> None:
        if times != self._times:
            return
        self._held = found
        self.grid.show_people(found.people)
        self._say(nothing_said(found, self.filters.wanted()))
        window: Any = self.window()
        if hasattr(window, "tell_status") and self.isVisible():
            window.tell_status()

    def _fail(self, times: int, error: CRMError) -> None:
        if times == self._times:
            self._held = None
            self.grid.show_people([])
            self._say(error.message, "overdue")

    def _say(self, sentence: str, ink: str = "muted") -> None:
        self._said.say(sentence, ink)
        self._offer()

    def _heard(self, done: Done) -> None:
        if self.isVisible() and done.tables & {"CRMTouches", *(kind._meta.table_name for kind in retention.aged())}:
            self._soon.start()

    # ---------------------------------------------------------------- what can be done

    def _offer(self) -> None:
        marked = self.grid.marked()
        nothing = "" if marked else _("Mark rows first: Space marks the row under the cursor.")
        for button in self._verbs:
            one = button.objectName() not in ("privacy.touch", "privacy.anonymise")
            offer(button, nothing or (_("Mark a single row.") if one and len(marked) > 1 else ""))

    def open_record(self) -> None:
        """Go to the record under the cursor."""
        one: Aged | None = self.grid.about()
        if one is not None and one.record.about.target:
            self._session.go_to(*one.record.opened_at(one.key, one.name))

    def touch(self) -> None:
        """The age of the marked begins anew; why is asked for in the line beside it."""
        marked, why = self.grid.marked(), str(self._why.value() or "")
        if not why.strip():
            self._say(_("Say why they stay: their age begins anew."), "overdue")
            self._why.setFocus()
            return
        deeds.touch(self._session, marked, why)
        self._why.set_value("")

    def anonymise(self) -> None:
        """Show what that reaches, then do it beside the window."""
        from ui.pages.privacy.anonymise_dialog import AnonymiseDialog

        if reason := rights.may_erase(self._session.by):
            self._say(reason, "overdue")
            return
        marked = self.grid.marked()
        dialog = AnonymiseDialog(marked, self._session, self)
        if dialog.exec():
            deeds.forget(self._session, marked, str(self._why.value() or ""), self.reload, along=dialog.along)
