"""What letters are made of: letters, labels or a Word document, the template or file, the sheet, the first label."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records.templates import TemplateKind
from channergy_crm.services import templates
from channergy_crm.text import label_sheets
from ui.editors.base import FlagEditor
from ui.editors.choices import ChoiceEditor
from ui.look.plain import Label
from ui.paper.sheet import usual_name
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from channergy_crm.text.label_sheets import LabelSheet
    from ui.session.session import Session

LETTERS, LABELS, WORD = "letters", "labels", "word"  # unsaid: what is chosen
KINDS = {LETTERS: N_("Letters"), LABELS: N_("Address labels"), WORD: N_("A Word document of yours")}
OF_KIND = {LETTERS: (TemplateKind.LETTER, TemplateKind.DOCUMENT), LABELS: (TemplateKind.LABEL,), WORD: ()}
"""the templates for each"""
SHEET, FOLDER, TEMPLATE = "letters.sheet", "letters.folder", "letters.template"
"""what this workstation prints labels on, where its Word documents are, which template it had last"""


class Choice(NamedTuple):
    """What is to be made. `source` is a Word document of the office's; `gaps` leaves empty what nobody knows; `note`
    puts it down on the timelines.
    """

    kind: str
    template: Any
    sheet: LabelSheet
    start: int
    source: Path | None
    gaps: bool
    note: bool


class LettersChoice(QWidget):
    """Everything that is chosen. `changed` tells of what makes other letters, `laid` of what only lies otherwise."""

    changed = Signal()
    laid = Signal()
    no_template = Signal()
    """somebody wants to write one"""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._held: list[Any] = []
        self._source: Path | None = None
        self.kind = self._drop("kind", _("What is made"))
        self.template = self._drop("template", _("Template"))
        self.sheet = self._drop("sheet", _("Sheet of labels"))
        self.start = self._drop("start", _("First label"))
        self._file = named(Button(_("Choose a Word document…"), self), "letters.choose", _("Choose a Word document…"))
        self._file_said = named(Remark("", self), "letters.file", _("The Word document"))
        self.gaps = named(FlagEditor(_("Leave empty what is not known"), self), "letters.gaps",
                          _("Leave empty what is not known"))  # fmt: skip
        self.note = named(FlagEditor(_("Note it on the timelines"), self), "letters.note",
                          _("Note it on the timelines"))  # fmt: skip
        self._none = named(Remark("", self), "letters.none", _("About the templates"))
        self._write = named(Button(_("Write a template"), self), "letters.write_template", _("Write a template"))
        self._labels: dict[QWidget, Label] = {}
        self._lay_out()
        self._fill()
        self._connect()
        self._take_kind()

    def note_in_campaign(self) -> None:
        """Say that whoever is noted is written to in their campaign."""
        said = _("Note it on the timelines and in the campaign")
        self.note.setText(said)
        self.note.setAccessibleName(said)

    def _drop(self, word: str, said: str) -> ChoiceEditor:
        return named(ChoiceEditor([], self, allow_empty=False), f"letters.{word}", said)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for place, editor in enumerate((self.kind, self.template, self.sheet, self.start)):
            words = self._labels[editor] = Label(editor.accessibleName(), self)
            words.muted()
            words.setBuddy(editor)
            grid.addWidget(words, place, 0)
            grid.addWidget(editor, place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        for part in (self._none, self._write, self._file, self._file_said, self.gaps, self.note):
            column.addWidget(part)

    def _fill(self) -> None:
        self.kind.set_choices([(kind, _(said)) for kind, said in KINDS.items()])
        self.kind.set_value(LETTERS)
        self.sheet.set_choices([(each.name, _called(each)) for each in label_sheets.SHEETS])
        self._choose_sheet(str(self._session.station.recall(SHEET, "")))

    def _connect(self) -> None:
        self.kind.changed.connect(self._take_kind)
        self.template.changed.connect(self._take_template)
        self.sheet.changed.connect(self._take_sheet)
        self.start.changed.connect(self.laid)
        self.gaps.changed.connect(self.changed)
        self._file.clicked.connect(self._ask)
        self._write.clicked.connect(self.no_template)

    def written(self) -> Choice:
        """What is chosen now."""
        row = next((each for each in self._held if each.number == self.template.value()), None)
        held = label_sheets.sheet(self.sheet.value(), usual_name())
        return Choice(self.kind.value(), row, held, self.start.value() or 1, self._source, self.gaps.value(),
                      self.note.value())  # fmt: skip

    # ---------------------------------------------------------------- what follows from what

    def _take_kind(self) -> None:
        kind, by = self.kind.value(), self._session.by
        known = self._session.attempt(lambda: templates.every(by)) or []
        self._held = [row for row in known if row.what in OF_KIND[kind]]
        self.template.set_choices([(row.number, _named(row)) for row in self._held])
        if self._held:
            self.template.set_value(self._usual().number)
        for editors, on in (((self.template,), bool(self._held)), ((self.sheet, self.start), kind == LABELS)):
            for editor in editors:
                editor.setVisible(on)
                self._labels[editor].setVisible(on)
        lacks = kind != WORD and not self._held
        self._none.say(_("There is no template for this yet. Write one, and come back.") if lacks else "")
        self._write.setVisible(lacks)
        for part in (self._file, self.gaps):
            part.setVisible(kind == WORD)
        self._say_file()
        self.note.set_value(kind != LABELS)
        self._take_template()

    def _usual(self) -> Any:
        """The template this workstation had last for it, or else the first one in the language of this place."""
        last, spoken = (
            self._session.station.recall(f"{TEMPLATE}.{self.kind.value()}", 0),
            QLocale().nativeLanguageName(),
        )
        held = [each for each in self._held if each.number == last]
        held += [each for each in self._held if each.language and each.language in spoken]
        return [*held, *self._held][0]

    def _take_template(self) -> None:
        row = self.written().template
        if row is not None:
            self._session.station.remember(f"{TEMPLATE}.{self.kind.value()}", row.number)
        if row is not None and row.sheet and self.kind.value() == LABELS:
            self._choose_sheet(row.sheet)
        self.changed.emit()

    def _choose_sheet(self, name: str) -> None:
        self.sheet.set_value(label_sheets.sheet(name, usual_name()).name)
        self._offer_starts()

    def _take_sheet(self) -> None:
        self._session.station.remember(SHEET, self.sheet.value())
        self._offer_starts()
        self.laid.emit()

    def _offer_starts(self) -> None:
        """Each label of the sheet: the first ones may be used up."""
        held, said = label_sheets.sheet(self.sheet.value(), usual_name()), _("{number}: row {row}, column {column}")
        starts = []
        for place in range(held.labels):
            row, column = divmod(place, held.columns)
            starts.append((place + 1, said.format(number=place + 1, row=row + 1, column=column + 1)))
        before = self.start.value() or 1
        self.start.set_choices(starts)
        self.start.set_value(before if before <= held.labels else 1)

    # ---------------------------------------------------------------- a Word document

    def _ask(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        station = self._session.station
        begun = str(station.recall(FOLDER, str(Path.home())))
        forms = "Word (*.docx)"  # unsaid: a form of files
        chosen, _form = QFileDialog.getOpenFileName(self, _("Word document with merge fields"), begun, forms)
        if chosen:
            station.remember(FOLDER, str(Path(chosen).parent))
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Fill this document."""
        self._source = path
        self._say_file()
        self.changed.emit()

    def _say_file(self) -> None:
        none = _("Its merge fields are filled for everybody: First_Name, Last_Name, Company, Address, City …")
        said = self._source.name if self._source is not None else none
        self._file_said.say(said if self.kind.value() == WORD else "")


def _named(row: Any) -> str:
    if not row.language:
        return row.name or ""
    return _("{template}, {language}").format(template=row.name, language=row.language)


def _called(sheet: LabelSheet) -> str:
    said = _("{sheet}: {width} × {height} mm")
    return said.format(sheet=sheet.name, width=f"{sheet.width:.3g}", height=f"{sheet.height:.3g}")
