"""The page of the tab CRM and contacts: everybody with their age, filtered, sorted; touch or anonymise the marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import _, figures, ngettext
from channergy_crm.services import rights
from channergy_crm.services.privacy import age, retention
from ui.editors.base import LineEditor
from ui.look import theme
from ui.look.icons import icon
from ui.pages.page import PlainPage
from ui.pages.privacy import deeds
from ui.pages.privacy.filters import Filters, nothing_said
from ui.pages.privacy.grid import Ages
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.timers import later
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.errors import CRMError
    from channergy_crm.services.privacy.age import Aged
    from channergy_crm.services.privacy.age_order import Found, Wanted
    from channergy_crm.work import Done
    from ui.session.background import Job, Progress
    from ui.session.session import Session

SOON_MS, MOST_ANEW, WHY, EDGES = 300, 5_000, 200, 26
"""rows that are read again at most when the list is read anew; pixels of the line for the reason at least, and of its
edges"""
EDGED = {"touch", "anonymise"}
"""what decides about somebody; the other verbs are quiet"""


class PrivacyPage(PlainPage):
    """Read beside the window, and anew when somebody was touched or anonymised."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._times = session, 0
        self._found: Found | None = None
        self._job: Job | None = None
        self._asked: Wanted | None = None
        self._read = 0
        self._reading = self._forgetting = False
        named(self, "privacy.page", _("CRM and contacts"))
        self.filters = Filters(self)
        self._why = named(LineEditor(self), "privacy.why", _("Why they stay, or go"))
        self._why.setPlaceholderText(_("Why they stay, or go"))
        self._said = named(Remark("", self), "privacy.said", _("About the list"))
        self.grid = Ages(self)
        self._verbs = [
            self._verb("touch", _("Touch"), "restore", self.touch),
            self._verb("anonymise", _("Anonymise…"), "remove", self.anonymise),
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
        self._line = QWidget(self)
        row = WrappingRow(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        words = self._why.fontMetrics().horizontalAdvance(self._why.placeholderText())
        self._why.setFixedWidth(max(theme.px(WHY, self), words + theme.px(EDGES, self)))
        row.addWidget(self._why)
        for button in self._verbs:
            row.addWidget(button)
        column.addWidget(self._line)
        column.addWidget(self._said)
        self._said.say("")
        column.addWidget(self.grid, 1)

    def _connect(self) -> None:
        self.filters.changed.connect(self._soon.start)
        self.grid.opened.connect(self.open_record)
        self.grid.marked_now.connect(self._marked)
        self.grid.sorted_anew.connect(self.reload)
        self.grid.more_wanted.connect(self._read_on)
        self._session.done.connect(self._heard)
        self._offer()

    # ---------------------------------------------------------------- what the window asks of a page

    def activate(self) -> None:
        """Somebody looks at this page."""
        self.reload()

    def take_focus(self) -> None:
        """The keys go to the list."""
        self.grid.setFocus()

    def parts(self) -> Sequence[QWidget]:
        """The filters, what can be done, the list."""
        return [self.filters, self._line, self.grid]

    def refresh(self) -> None:
        """Read the ages anew."""
        self.reload()

    def filter_line(self) -> LineEditor:
        """Where people are looked for."""
        return self.filters.words

    def show_target(self, what: str, key: object) -> None:
        """Come here from the notice about who is kept too long."""
        if key == "too_old":
            self.filters.too_old.setChecked(True)
        self.reload()

    def standing(self) -> str:
        """How many people are listed."""
        count = len(self._found) if self._found is not None else 0
        return ngettext("{count:,} record", "{count:,} records", count).format(count=count)

    # ---------------------------------------------------------------- reading

    def wanted(self) -> Wanted:
        """Who is wanted now, and in which order."""
        column, descending = self.grid.order()
        return replace(self.filters.wanted(), by=column, descending=descending)

    def reload(self) -> None:
        """Read who there is, beside the window, and the rows of the first of them."""
        if self._job is not None:
            self._job.cancel()
        self._times += 1
        self._reading = True
        times, wanted, by = self._times, self.wanted(), self._session.by
        count = max(age.SHOWN, min(len(self.grid.rows.lines), MOST_ANEW))

        def work(progress: Progress) -> tuple[Found, list[Aged]]:
            found = age.find(wanted, by, progress.step)
            return found, age.read(found, 0, count, by)

        self._job = self._session.work(
            work, label=_("Reading the ages"), done=lambda read: self._show(times, *read, count),
            failed=lambda error: self._fail(times, error), cancelled=lambda: self._stopped(times),
        )  # fmt: skip

    def _stopped(self, times: int) -> None:
        """Somebody did not want to wait for it; what stood there stays."""
        if times == self._times:
            self._reading = False
            self._say(_("Reading was stopped. Another filter or order reads anew."))

    def _show(self, times: int, found: Found, first: list[Aged], count: int) -> None:
        if times != self._times:
            return
        self._found, self._read, self._reading = found, min(count, len(found)), False
        asked = self.filters.wanted()
        self.grid.show_found(found, first, again=asked == self._asked)
        self._asked = asked
        self._marked()
        self.tell_window()

    def _read_on(self) -> None:
        found = self._found
        if self._reading or found is None or self._read >= len(found):
            return
        self._reading = True
        times, start, by = self._times, self._read, self._session.by

        def show(people: list[Aged]) -> None:
            if times == self._times:
                self._read, self._reading = min(start + age.SHOWN, len(found)), False
                self.grid.show_more(people)

        self._session.work(
            lambda _progress: age.read(found, start, age.SHOWN, by), label=_("Reading the ages"), done=show,
            failed=lambda error: self._fail(times, error), progress=False,
        )  # fmt: skip

    def _fail(self, times: int, error: CRMError) -> None:
        if times == self._times:
            self._found, self._reading = None, False
            self.grid.show_found(None)
            self._say(error.message, "overdue")

    def _say(self, sentence: str, ink: str = "muted") -> None:
        self._said.say(sentence, ink)
        self._offer()

    def _heard(self, done: Done) -> None:
        if (
            self.isVisible()
            and not self._forgetting
            and done.tables & {"CRMTouches", *(kind._meta.table_name for kind in retention.aged())}
        ):
            self._soon.start()

    # ---------------------------------------------------------------- what can be done

    def _marked(self) -> None:
        """Say how many are marked: what is done with them reaches those as well that nobody has scrolled to."""
        count = self.grid.marks()
        if self.grid.all_marked:
            self._say(_("All {count} that were found are marked.").format(count=figures(count)))
        elif count > 1:
            said = ngettext("{count} record is marked.", "{count} records are marked.", count)
            self._say(said.format(count=figures(count)))
        else:
            self._say(nothing_said(len(self._found), self.wanted()) if self._found is not None else "")

    def _offer(self) -> None:
        marked = self.grid.marks()
        nothing = "" if marked else _("Mark rows first: Space marks the row under the cursor, Ctrl+A all of them.")
        for button in self._verbs:
            one = button.objectName() not in ("privacy.touch", "privacy.anonymise")
            offer(button, nothing or (_("Mark a single row.") if one and marked > 1 else ""))

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
            self._forgetting = True
            deeds.forget(self._session, marked, str(self._why.value() or ""), self._forgotten, along=dialog.along)

    def _forgotten(self) -> None:
        self._forgetting = False
        self.reload()
