"""Letters that are ready: onto paper, into a PDF or a Word document, and put down on the timelines (BX-26)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _, all_of, ngettext
from channergy_crm.outgoing.word import markup, merged, plain
from channergy_crm.services import audit, letters, office
from channergy_crm.settings import OFFICE_ADDRESS, OFFICE_NAME
from channergy_crm.text import label_sheets
from channergy_crm.text.folding import fold
from channergy_crm.text.placeholders import Filled, Piece
from channergy_crm.text.written import written_day
from ui.paper import label_pages, letter_pages, printing
from ui.paper.letters_choice import LABELS, WORD
from ui.paper.sheet import usual_name
from ui.session import files
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.letters import Letter, Prepared, Wanted
    from channergy_crm.work.record import Record
    from ui.paper.letters_choice import Choice
    from ui.paper.sheet import Paper
    from ui.session.background import Progress
    from ui.session.session import Session

MOST_NAMED = 12
"""fields of a Word document nobody knows that are said"""


class Ready(NamedTuple):
    """What was asked for, and who gets which letter; `cut` are those whose label cannot hold all of it."""

    choice: Choice
    wanted: Wanted
    prepared: Prepared
    cut: Sequence[Letter] = ()


def lacking(choice: Choice) -> str:
    """What is to be chosen before anything can be made, in a sentence; "" when nothing is."""
    if choice.kind == WORD:
        return "" if choice.source is not None else _("Choose a Word document first.")
    return "" if choice.template is not None else _("Choose a template first.")


def wanted(choice: Choice, by: str) -> Wanted:
    """What is written. Raises `Mistake` where nothing is, or where a Word document asks for what nobody here knows."""
    if choice.kind != WORD and choice.template is not None:
        return letters.of_template(choice.template, by)
    if choice.source is None:
        raise Mistake(lacking(choice))
    name = choice.source.name
    found, unknown = letters.of_fields(choice.source.stem, merged.fields(choice.source), by, gaps=choice.gaps)
    if unknown:
        said = _("{file} asks for what nobody here knows: {fields}. Give these fields other names in Word.")
        raise Mistake(said.format(file=name, fields=all_of(unknown[:MOST_NAMED])))
    if not found.fields:
        raise Mistake(_("{file} has no merge fields. Put some in with Word: Mailings, Insert Merge Field.").format(
            file=name))  # fmt: skip
    return found


def prepared(records: Sequence[tuple[type[Record], object]], choice: Choice, by: str, progress: Progress) -> Ready:
    """All of it, beside the window."""
    found = wanted(choice, by)
    ready = Ready(choice, found, letters.prepare(records, found, by, progress.step))
    return ready._replace(cut=cut(ready, choice))


def cut(ready: Ready, choice: Choice) -> list[Letter]:
    """Those whose label cannot hold all of their text."""
    return label_pages.cut(ready.prepared.recipients, choice.sheet) if choice.kind == LABELS else []


def head(session: Session) -> letter_pages.Head:
    """Whose letter it is, of today."""
    name, address = office.get(OFFICE_NAME, session.by), office.get(OFFICE_ADDRESS, session.by).strip()
    first, _end, rest = address.partition("\n")
    if rest and fold(name) in (fold(OFFICE_NAME.default), fold(first)):  # nobody has called it anything else
        name, address = first, rest
    return letter_pages.Head(name, address, written_day(clock.today()))


def preview(
    session: Session, choice: Choice, found: Wanted, shown: Sequence[Letter], labels: Mapping[str, str]
) -> Paper:
    """How it comes out: one letter, or a sheet of labels from one of them on; what is not known is said in it."""
    if choice.kind == LABELS:
        first = shown[: choice.sheet.labels - choice.start + 1]
        return label_pages.laid_out(first, choice.sheet, choice.start, found.name, _nobody, outlined=True)
    some = [_as_text(each) for each in shown[:1]] if choice.kind == WORD else shown[:1]
    return letter_pages.laid_out(some, head(session), usual_name(), found.name, _nobody, labels)


def _as_text(letter: Letter) -> Letter:
    """What goes into the fields of a Word document, a line for each."""
    pieces: list[Piece] = []
    for field, value in letter.values.items():
        pieces += [Piece(f"{field}: "), Piece(value, filled=True), Piece("\n")]
    return letter._replace(body=Filled(tuple(pieces)))


def _nobody(done: int, total: int) -> None:
    """Nobody waits."""


# ---------------------------------------------------------------- out


class Out:
    """Letters that are ready, on their way out of one dialog."""

    def __init__(
        self, session: Session, ready: Ready, record: type[Record], parent: QWidget, *, campaign: int | None = None
    ) -> None:
        self._session, self._ready, self._parent, self._by = session, ready, parent, session.by
        self._campaign = campaign
        count = len(ready.prepared.recipients)
        self._taken = audit.Taken(record, "letters", count)
        quick = count <= letter_pages.STEPS and ready.choice.kind != LABELS
        top = head(session)
        self.draft = printing.Draft(
            ready.wanted.name, lambda progress: self._lay_out(top, progress), quick, parent, self._taken, self._note
        )

    def _lay_out(self, top: letter_pages.Head, progress: Progress) -> Paper:
        choice, found, some = self._ready.choice, self._ready.wanted, self._ready.prepared.recipients
        if choice.kind == LABELS:
            return label_pages.laid_out(some, choice.sheet, choice.start, found.name, progress.step)
        return letter_pages.laid_out(some, top, usual_name(), found.name, progress.step)

    def _note(self) -> int | None:
        ready, campaign = self._ready, self._campaign
        if not ready.choice.note:
            return None
        return letters.note(ready.prepared.recipients, ready.wanted, self._by, campaign=campaign).unit

    def print_(self) -> None:
        """Lay the pages out beside the window, then ask for the printer."""
        self._session.work(
            self.draft.lay_out, label=_("Laying out the pages"), at_once=self.draft.quick,
            done=lambda paper: printing.print_(paper, self._session, self.draft),
            cancelled=_("Printing stopped."),
        )  # fmt: skip

    def save_pdf(self) -> None:
        """Ask where to, and write a PDF."""
        printing.save(self.draft, self._session)

    def save_word(self) -> None:
        """Ask where to, and write a Word document with a section for each letter."""
        name, forms = printing.file_name(self.draft.title), "Word (*.docx)"  # unsaid: a form of files
        path = files.where_to(self._session, self._parent, _("Save as Word document"), name, forms, ending=".docx")
        if path is not None:
            self.write_word(path)

    def write_word(self, path: Path) -> None:
        """Write it there, beside the window."""
        session, top = self._session, head(self._session)

        def work(progress: Progress) -> printing.Done:
            count = self._written(path, top, progress)
            audit.log_paper(self._taken, "docx", str(path.absolute()), self._by)
            return printing.Done(count, self._note())

        def told(done: printing.Done) -> Told:
            said = ngettext("{file} saved, {count:,} letter.", "{file} saved, {count:,} letters.", done.pages)
            action = (_("Show in folder"), partial(files.show, session, path))
            return Told(said.format(file=path.name, count=done.pages), done.unit, action)

        session.work(work, label=_("Saving {file}").format(file=path.name), told=told,
                     cancelled=_("Stopped; no file was written."))  # fmt: skip

    def _written(self, path: Path, top: letter_pages.Head, progress: Progress) -> int:
        choice, some = self._ready.choice, self._ready.prepared.recipients
        if choice.kind == WORD:
            if choice.source is None or path == choice.source:
                raise Mistake(_("That is the document with the merge fields itself. Choose another name."))
            return merged.write(choice.source, some, path, progress.step)
        form = letter_pages.FORMS[usual_name()]
        upon = markup.Head(top.office, top.address, top.day, label_sheets.SIZES[usual_name()], *form.address)
        return plain.write(some, upon, path, progress.step)
