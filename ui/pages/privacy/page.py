"""The page of the tab CRM and contacts: everybody with their age, filtered, sorted; touch or anonymise the marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.errors import Refused
from channergy_crm.language import N_, _, ngettext
from channergy_crm.services import rights
from channergy_crm.services.privacy import age, anonymising, retention, seats
from channergy_crm.services.privacy.age import Wanted
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.look.icons import icon
from ui.pages.privacy.grid import Ages
from ui.session.beside import Told
from ui.widgets.controls import Button, CheckBox
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.timers import later
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.errors import CRMError
    from channergy_crm.services.privacy.age import Aged, Listed, Touched
    from channergy_crm.work import Done
    from ui.session.background import Progress
    from ui.session.session import Session

ALL, SOON_MS = "*", 300
AGES = [(0, N_("Any age")), (6, N_("Older than 6 months")), (12, N_("Older than 1 year")),
        (24, N_("Older than 2 years")), (36, N_("Older than 3 years")), (60, N_("Older than 5 years"))]  # fmt: skip
FOLDER = "export.folder"


class PrivacyPage(QWidget):
    """Read beside the window, and anew when somebody was touched or anonymised."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._times = session, 0
        self._held: Listed | None = None
        named(self, "privacy.page", _("CRM and contacts"))
        self._words = named(LineEditor(self), "privacy.words", _("Name, status or operator"))
        self._words.setPlaceholderText(_("Name, status or operator"))
        kinds = [(ALL, _("All records")), *((kind._meta.table_name, kind.plural) for kind in retention.aged())]
        self._kind = named(ChoiceEditor(kinds, self, allow_empty=False), "privacy.type", _("Records"))
        self._months = named(ChoiceEditor([(each, _(said)) for each, said in AGES], self, allow_empty=False),
                             "privacy.months", _("Age"))  # fmt: skip
        self._too_old = named(CheckBox(self), "privacy.too_old", _("Only who is kept too long"))
        self._too_old.setText(_("Only who is kept too long"))
        self._why = named(LineEditor(self), "privacy.why", _("Why they stay, or go"))
        self._why.setPlaceholderText(_("Why they stay, or go"))
        self._said = named(Remark("", self), "privacy.said", _("About the list"))
        self.grid = Ages(self)
        self._verbs = [
            self._verb("open", _("Open"), "open", self.open_record),
            self._verb("about", _("Everything about them…"), "export", self.write_about),
            self._verb("touch", _("Touch"), "restore", self.touch),
            self._verb("anonymise", _("Anonymise…"), "remove", self.anonymise),
        ]
        self._soon = later(self, self.reload, SOON_MS)
        self._lay_out()
        self._connect()

    def _verb(self, word: str, text: str, sign: str, what: Callable[[], object]) -> Button:
        button = named(Button(text, self), f"privacy.{word}", text)
        button.setIcon(icon(sign, button))
        button.clicked.connect(lambda: what())
        return button

    def _lay_out(self) -> None:
        self._kind.set_value(ALL)
        self._months.set_value(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        filters = WrappingRow(QWidget(self))
        filters.setContentsMargins(0, 0, 0, 0)
        for part, wide in ((self._words, 220), (self._kind, 150), (self._months, 170)):
            part.setFixedWidth(theme.px(wide, self))
            filters.addWidget(part)
        filters.addWidget(self._too_old)
        held = filters.parentWidget()
        assert held is not None  # noqa: S101  it was given one
        column.addWidget(held)
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
        for editor in (self._words, self._kind, self._months):
            editor.changed.connect(self._soon.start)
        self._too_old.clicked.connect(lambda _on: self.reload())
        self.grid.opened.connect(self.open_record)
        self.grid.marked_now.connect(self._offer)
        self._session.done.connect(self._heard)
        self._offer()

    # ---------------------------------------------------------------- what the window asks of a page

    @property
    def widget(self) -> QWidget:
        """What is put into the window."""
        return self

    def first_look(self, *, whole: bool) -> None:
        """It is read when somebody looks."""

    def activate(self) -> None:
        """Somebody looks at this page."""
        self.reload()

    def leave(self) -> bool:
        """Nothing is typed here that could be lost."""
        return True

    def take_focus(self) -> None:
        """The keys go to the list."""
        self.grid.setFocus()

    def show_target(self, what: str, key: object) -> None:
        """Come here from the notice about who is kept too long."""
        if key == "too_old":
            self._too_old.setChecked(True)
        self.reload()

    def tick(self) -> None:
        """Ages are told in days."""

    def standing(self) -> str:
        """How many people are listed."""
        count = len(self._held.people) if self._held is not None else 0
        return ngettext("{count:,} record", "{count:,} records", count).format(count=count)

    def lists(self) -> Sequence[Any]:
        """No lists of records."""
        return []

    def main_list(self) -> None:
        """No list."""

    def panels(self) -> Sequence[Any]:
        """No record."""
        return []

    def take_up(self, panel: object, key: object, values: dict[str, object]) -> None:
        """Nothing is typed here that could be left over."""

    # ---------------------------------------------------------------- reading

    def reload(self) -> None:
        """Read the ages, beside the window."""
        self._times += 1
        times, wanted, by = self._times, self._wanted(), self._session.by
        self._session.work(
            lambda _progress: age.listed(wanted, by), label=_("Reading the ages"),
            done=lambda found: self._show(times, found), failed=lambda error: self._fail(times, error),
            progress=False,
        )  # fmt: skip

    def _wanted(self) -> Wanted:
        kinds = {kind._meta.table_name: kind for kind in retention.aged()}
        words, months = str(self._words.value() or ""), int(self._months.value() or 0)
        return Wanted(kinds.get(str(self._kind.value())), months, words, self._too_old.isChecked())

    def _show(self, times: int, found: Listed) -> None:
        if times != self._times:
            return
        self._held = found
        self.grid.show_people(found.people)
        self._say(self._about(found))
        window: Any = self.window()
        if hasattr(window, "tell_status") and self.isVisible():
            window.tell_status()

    def _about(self, found: Listed) -> str:
        if found.more:
            return _("Only the {count:,} oldest are listed; filter for the others.").format(count=age.MOST)
        if found.people:
            return ""
        if self._wanted().too_old:
            return _("Nobody is kept longer than the office has said. How long that is stands in Settings, Data "
                     "protection.")  # fmt: skip
        if self._wanted() == Wanted():
            return _("There are no leads, contacts or accounts yet. Everybody is listed here with their age.")
        return _("Nobody fits these filters. Take one away.")

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
            one = button.objectName() in ("privacy.open", "privacy.about")
            offer(button, nothing or (_("Mark a single row.") if one and len(marked) > 1 else ""))

    def open_record(self) -> None:
        """Go to the record under the cursor."""
        one: Aged | None = self.grid.about()
        if one is not None and one.record.about.target:
            self._session.go_to(*one.record.opened_at(one.key, one.name))

    def touch(self) -> None:
        """The age of the marked begins anew; why is asked for in the line beside it."""
        marked, why, by = self.grid.marked(), str(self._why.value() or ""), self._session.by
        if not why.strip():
            self._say(_("Say why they stay: their age begins anew."), "overdue")
            self._why.setFocus()
            return

        def told(done: Touched) -> Told:
            text = ngettext("{count:,} record touched.", "{count:,} records touched.", done.records)
            return Told(text.format(count=done.records), done.unit)

        self._session.work(
            lambda _progress: age.touch([(one.record, one.key) for one in marked], why, by), label=_("Touching"),
            told=told, done=lambda _done: self._why.set_value(""), progress=False,
        )  # fmt: skip

    def anonymise(self) -> None:
        """Show what that reaches, then do it beside the window."""
        from ui.pages.privacy.anonymise_dialog import AnonymiseDialog

        if reason := rights.may_erase(self._session.by):
            self._say(reason, "overdue")
            return
        marked = self.grid.marked()
        dialog = AnonymiseDialog(marked, self._session, self)
        if dialog.exec():
            self.forget(marked, along=dialog.along)

    def forget(self, people: Sequence[Aged], *, along: bool) -> None:
        """Anonymise these for good; whom the law makes the office keep stays, and is told."""
        session, why = self._session, str(self._why.value() or "")

        def work(progress: Progress) -> tuple[int, list[str]]:
            kept: list[str] = []
            for place, one in enumerate(people):
                progress.step(place, len(people), _("Anonymising"))
                try:
                    done = anonymising.anonymise(one.record, one.key, why, session.by, along=along)
                    seats.clean(session.office, session.station, done, session.by)
                except Refused as refused:
                    kept.append(refused.message)
            return len(people) - len(kept), kept

        session.work(work, label=_("Anonymising"), told=_told, done=lambda _found: self.reload(), finishes=True)

    def write_about(self) -> None:
        """Everything about the person of the marked row, into a ZIP file (DP-6)."""
        one: Aged | None = self.grid.about()
        if one is None:
            return
        folder = Path(self._session.station.recall(FOLDER, str(Path.home())))
        begun = folder / f"{one.record.singular} {one.key} {clock.today():%Y-%m-%d}.zip"  # unsaid: the name of a file
        path, _form = QFileDialog.getSaveFileName(self, _("Everything about somebody"), str(begun), "ZIP (*.zip)")
        if path:
            self.write(one, Path(path))

    def write(self, one: Aged, path: Path) -> None:
        """Write the file beside the window."""
        from channergy_crm.transfer.exporting import person

        session = self._session
        self._session.work(
            lambda progress: person.write(session.office, one.record, one.key, path, session.by,
                                          progress=progress.step),
            label=_("Writing everything about somebody"),
            told=lambda count: Told(_("{file}: {count:,} entries.").format(file=path.name, count=count)),
        )  # fmt: skip


def _told(found: tuple[int, list[str]]) -> Told:
    count, kept = found
    text = ngettext("{count:,} anonymised for good.", "{count:,} anonymised for good.", count).format(count=count)
    return Told(" ".join([text, *kept[:1]]), level="warning" if kept else "done")
