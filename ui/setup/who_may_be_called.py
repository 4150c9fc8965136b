"""Settings > Who may be called: hours, holidays, how often, and the register of numbers (BX-5, BX-6, BX-43, DP-8)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import DoNotCall
from channergy_crm.records.do_not_call import OWN, STOPPED
from channergy_crm.records.privacy import Channel
from channergy_crm.services import gate, register, rights
from channergy_crm.services.privacy import optouts
from channergy_crm.settings import LIST_GROWS_OLD, MOST_A_DAY
from channergy_crm.text.links import mail_address
from ui.editors.choices import ChoiceEditor
from ui.look import theme
from ui.session.beside import Told
from ui.setup.opt_outs import OptOuts
from ui.setup.settings_rows import Line, TopicPage, Words
from ui.widgets.dialog import Dialog, Plain, Remark, named
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from ui.session.background import Progress
    from ui.session.chosen import Chosen

PARTS = (MOST_A_DAY, LIST_GROWS_OLD)
"""what can be looked for"""
OFTEN = [*((str(count), str(count)) for count in range(1, 11)), ("0", N_("as often as it comes"))]
OLD = [("14", "14"), ("31", "31"), ("62", "62"), ("93", "93"), ("0", N_("never"))]
FILES = N_("Lists (*.csv *.txt *.tsv *.xlsx)")


class GateTopic(TopicPage):
    """When and how often people are called, and the numbers that are not."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(_("Who may be called"), chosen, parent, "gate")
        self._session = chosen.session
        kept_from = rights.may(self._session.by, "administer")
        if kept_from:
            self.add_word(kept_from, "overdue")
        self.begin(_("When and how often"))
        self.add_verb("hours", _("Calling hours"), _("Hours by country and state…"), self._hours, sign="clock",
                      hint=_("By the clock of whoever is called. Outside these hours nothing is dialed or copied."),
                      )  # fmt: skip
        self.add_verb("holidays", _("Holidays"), _("Choose holidays…"), self._holidays, sign="calendar",
                      hint=_("The days on which nobody is called in a country or state."))  # fmt: skip
        self.add(MOST_A_DAY, ChoiceEditor([(value, _(text)) for value, text in OFTEN], self, allow_empty=False),
                 hint=_("Whoever calls, whatever list it stands in."))  # fmt: skip
        self._column.addWidget(Line(self._middle))
        self._column.addWidget(Words(_("Who does not want to be reached"), self._middle, theme.section))
        self._column.addWidget(self._asking())
        self.begin(_("Lists of others"))
        self._held = named(Remark("", self), "gate.held", _("What the register holds"))
        self._old = named(Remark("", self, ink="overdue"), "gate.old", _("Lists that have grown old"))
        self._old.hide()
        self.add_verb("import", _("Numbers that are not called"), _("Import a list…"), self._import, sign="import",
                      hint=_("Such as that of the authority: one number a line, or a table. An earlier list of the "
                             "same name is replaced."))  # fmt: skip
        self.add(LIST_GROWS_OLD, ChoiceEditor([(value, _(text)) for value, text in OLD], self, allow_empty=False),
                 hint=_("After that it is said here that the list has to be fetched anew."))  # fmt: skip
        self._column.addWidget(self._held)
        self._column.addWidget(self._old)
        self.close_up()
        self.look()

    def _asking(self) -> QWidget:
        """The list of all who do not want to be called, texted or written to."""
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._answer = named(Remark("", whole), "gate.answer", _("Whether it may be called"))
        self._answer.say("")
        self.refusing = OptOuts(self._session, whole)
        self.refusing.checked.connect(self._check)
        self.refusing.words.textEdited.connect(lambda _text: self._answer.say(""))
        for part in (self._answer, self.refusing):
            column.addWidget(part)
        return whole

    def look(self) -> None:
        """Everything as it is now; a register of a million is counted beside the window."""
        super().look()
        if not hasattr(self, "_answer"):
            return
        by = self._session.by
        self.refusing.look()
        self._session.work(
            lambda _progress: register.sources(by), label=_("Counting the register"), done=self._tell_sources,
            progress=False,
        )  # fmt: skip

    def _tell_sources(self, found: list[register.SourceOf] | None) -> None:
        if found is None:
            return
        lines = [_source(each) for each in found]
        old = [warning for each in found if (warning := register.warning(each))]
        empty = _("The register is empty: put a number on it, or import a list.")
        self._held.say("\n".join(lines) or empty)
        self._old.say("\n".join(old), "overdue")
        self._old.setVisible(bool(old))

    def _check(self, text: str) -> None:
        """Whether a number may be called, or an address written to."""
        by = self._session.by
        if address := mail_address(text):
            listed = self._session.attempt(lambda: [optouts.refuses(Channel.EMAIL, address, by)])
            if listed is not None:
                no, well = _("{address} is not to be written to."), _("{address} may be written to.")
                said = (no if listed[0] else well).format(address=address)
                self._answer.say(said, "overdue" if listed[0] else "done")
            return
        if not register.key(text):
            self._answer.say(_("There is no phone number in “{text}”.").format(text=text.strip()), "overdue")
            return
        told = self._session.attempt(lambda: gate.refusal(text, by))
        if told is not None:
            well = _("{number} may be called.").format(number=text.strip())
            self._answer.say(told or well, "overdue" if told else "done")

    def _hours(self) -> None:
        from ui.setup.hours_dialog import HoursDialog

        HoursDialog(self._session.station, self._session.by, self).exec()

    def _holidays(self) -> None:
        from ui.setup.hours_dialog import HolidaysDialog

        HolidaysDialog(self._session.station, self._session.by, self).exec()

    def _import(self) -> None:
        chosen, _form = QFileDialog.getOpenFileName(self, _("Import a list of numbers"), "", _(FILES))
        if not chosen:
            return
        dialog = ListDialog(Path(chosen), self._session.by, self)
        if dialog.exec():
            self.take_in(Path(chosen), *dialog.answer())

    def take_in(self, path: Path, source: str, listed: date) -> None:
        """Fill the register from a file, beside the window."""
        by = self._session.by

        def run(progress: Progress) -> register.Taken:
            from channergy_crm.transfer.reading import number_lists

            label = _("Taking in {count:,} numbers")
            step = lambda done: progress.step(done, 0, label.format(count=done))  # noqa: E731  one word
            return register.take_in(number_lists.lines(path), source, listed, by, step)

        self._session.work(
            run, label=_("Importing a list of numbers"), done=lambda _taken: self.look(),
            told=lambda taken: Told(taken.sentence(source), level="done"),
            cancelled=_("Stopped; what was taken in so far is on the register."),
        )  # fmt: skip


def _source(source: register.SourceOf) -> str:
    """One list of the register in a line."""
    if source.name == OWN:
        said = ngettext("{count:,} number of your own", "{count:,} numbers of your own", source.numbers)
        return said.format(count=source.numbers)
    if source.name == STOPPED:
        said = ngettext("{count:,} number that answered STOP", "{count:,} numbers that answered STOP", source.numbers)
        return said.format(count=source.numbers)
    said = ngettext(
        "{count:,} number of “{source}”, of {day}", "{count:,} numbers of “{source}”, of {day}", source.numbers
    )
    return said.format(count=source.numbers, source=source.name, day=source.listed)


class ListDialog(Dialog):
    """What a list is called, and of which day it is."""

    def __init__(self, path: Path, by: str, parent: QWidget) -> None:
        self._by = by
        super().__init__("number_list", _("Import a list of numbers"), parent, size=(460, 240))
        self._source = self.named(LineField(self), "source", _("Name of the list"))
        self._source.setText(path.stem)
        self._day = self.named(LineField(self), "listed", _("Day it is of"))
        self._day.setText(f"{clock.today():%Y-%m-%d}")
        for line in (self._source, self._day):
            self.body.addWidget(Plain(line.accessibleName(), self))
            self.body.addWidget(line)
        self._said = self.named(Remark("", self, ink="overdue"), "said", _("What is missing"))
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self.finish_with(self.button("go", _("Import")), self.button("cancel", _("Cancel")))
        self._source.setFocus()

    def answer(self) -> tuple[str, date]:
        """The name and the day."""
        day = DoNotCall.kind("listed_on").read(self._day.text())
        return self._source.text().strip(), day if isinstance(day, date) else clock.today()

    def accept(self) -> None:
        """Only with a name and a day that can be read."""
        try:
            register.require_list(*self.answer(), self._by)
        except CRMError as error:
            self._said.say(error.message, "overdue")
            wrong = self._source if isinstance(error, Mistake) and error.field == "source" else self._day
            wrong.setFocus()
            return
        super().accept()
