"""What goes out into a file: which rows, which columns, in what form, and where (VT-112…VT-117, VT-131)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from channergy_crm.clock import today
from channergy_crm.language import N_, _, many
from channergy_crm.transfer.exporting.text import Style, style_of_place
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look.plain import as_tip
from ui.widgets.controls import CheckBox, RadioButton
from ui.widgets.dialog import Dialog, Plain, Remark, offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.settings import Station
    from channergy_crm.transfer.exporting.run import Form, What
    from channergy_crm.work.record import Record

CARDS = N_("People for address books, with their numbers, addresses and notes.")
FORMS: dict[Form, tuple[str, str, str]] = {
    "xlsx": (
        N_("Workbook (XLSX)"),
        ".xlsx",
        N_("Dates, numbers and money as such; phones and ZIP codes as typed."),
    ),
    "csv": (
        N_("Table of text (CSV)"),
        ".csv",
        N_("What a spreadsheet would take for a formula is made harmless."),
    ),
    "vtiger": (
        N_("Table by vtiger's rules (CSV)"),
        ".csv",
        N_("Commas, quotes, 1 and 0, days with a time, no line breaks."),
    ),
    "vcard3": (N_("vCards 3.0"), ".vcf", CARDS),
    "vcard4": (N_("vCards 4.0"), ".vcf", CARDS),
}
TABLES: tuple[Form, ...] = ("xlsx", "csv", "vtiger")
DELIMITERS = [(",", N_("Comma")), (";", N_("Semicolon")), ("\t", N_("Tab")), ("|", N_("Bar"))]
ENCODINGS = [("utf-8-sig", N_("UTF-8 for spreadsheets")), ("utf-8", N_("UTF-8")), ("utf-16", N_("UTF-16")),
             ("cp1252", N_("Western European"))]  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One answer to what goes out, and why it cannot be given now."""

    what: What
    words: str
    why_not: str = ""
    usual: bool = False
    """what somebody most likely wants"""


@dataclass(frozen=True)
class Chosen:
    """What somebody wants in a file; `all_fields` instead of the columns of the list."""

    what: What
    all_fields: bool
    form: Form
    style: Style | None
    path: Path
    impersonal: bool = False
    """without what says who somebody is"""


class ExportDialog(Dialog):
    """Opens with what was chosen last on this workstation; rows that were marked are offered first. `name` is what the
    file is called until somebody calls it otherwise.
    """

    def __init__(
        self, record: type[Record], choices: Sequence[Choice], forms: Sequence[Form], decimal: str,
        parent: QWidget | None, station: Station, *, name: str = "",
    ) -> None:  # fmt: skip
        title = _("Export {records}").format(records=many(record))
        super().__init__("export", title, parent, station, size=(560, 460))
        self._called = name or f"{record.plural} {today():%Y-%m-%d}"
        self._station, self._place = station, style_of_place(decimal)
        self._whats: list[What] = [choice.what for choice in choices]
        self._what, self._which = QButtonGroup(self), QButtonGroup(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, 80)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._add_rows(choices)
        self._add_columns()
        self._add_form(forms)
        self._add_file()
        self.body.addStretch(1)
        self._export = self.button("export", _("Export"), _("Write the file (Enter)"))
        self.finish_with(self._export, self.button("cancel", _("Cancel"), _("Write nothing (Esc)")))
        self._form_chosen()
        self._export.setFocus()

    def chosen(self) -> Chosen:
        """What goes out, how, and where."""
        form: Form = self._form.value()
        style = Style(self._delimiter.value(), self._encoding.value(), self._place.decimal) if form == "csv" else None
        path = Path(self._path.value()).expanduser()
        what, impersonal = self._whats[self._what.checkedId()], self._impersonal.isChecked() and form in TABLES
        return Chosen(what, self._which.checkedId() == 1, form, style, path, impersonal)

    def accept(self) -> None:
        """Export, once the file has a name."""
        if not self._path.value():
            return
        wanted, keep = self.chosen(), self._station.remember
        if wanted.what != "marked":
            keep("export.what", wanted.what)
        keep("export.all_fields", wanted.all_fields)
        keep("export.form", wanted.form)
        keep("export.delimiter", self._delimiter.value())
        keep("export.encoding", self._encoding.value())
        keep("export.folder", str(wanted.path.parent))
        super().accept()

    # ---------------------------------------------------------------- how it is built

    def _add_rows(self, choices: Sequence[Choice]) -> None:
        ready = [choice.what for choice in choices if not choice.why_not]
        offered = (choice.what for choice in choices if choice.usual)
        usual = next(offered, None) or self._station.recall("export.what", "found")
        radios = [self._radio(self._what, place, choice.what, choice.words) for place, choice in enumerate(choices)]
        for radio, choice in zip(radios, choices, strict=True):
            radio.setEnabled(not choice.why_not)
            radio.setToolTip(as_tip(choice.why_not))
        chosen = next((what for what in ready if what == usual), ready[0])
        radios[self._whats.index(chosen)].setChecked(True)
        self._add(_("What"), _column(radios))

    def _add_columns(self) -> None:
        words = (_("The columns of the list"), _("All fields"))
        radios = [self._radio(self._which, place, ("list", "all")[place], text) for place, text in enumerate(words)]
        radios[bool(self._station.recall("export.all_fields", False))].setChecked(True)
        self._columns = _column(radios)
        self._add(_("Columns"), self._columns)
        self._impersonal = self.named(CheckBox(self), "impersonal", _("Without personal data"))
        self._impersonal.setText(_("Without personal data"))
        self._impersonal.setToolTip(as_tip(_("Leaves out what says who somebody is: for training and statistics.")))
        self._grid.addWidget(self._impersonal, self._grid.rowCount(), 1)

    def _add_form(self, forms: Sequence[Form]) -> None:
        held = self._station.recall("export.form", "xlsx")
        self._form = self._drop_down("format", _("Kind of file"), [(form, FORMS[form][0]) for form in forms],
                                     held if held in forms else "xlsx")  # fmt: skip
        self._about = Remark("", self)
        self._add(_("Format"), self._form)
        self._grid.addWidget(self._about, self._grid.rowCount(), 1)
        self._delimiter = self._drop_down("delimiter", _("Between the columns"), DELIMITERS,
                                          self._station.recall("export.delimiter", self._place.delimiter))  # fmt: skip
        self._encoding = self._drop_down("encoding", _("Encoding"), ENCODINGS,
                                         self._station.recall("export.encoding", self._place.encoding))  # fmt: skip
        self._signs = QWidget(self)
        row = QHBoxLayout(self._signs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._delimiter, 1)
        row.addWidget(self._encoding, 1)
        self._grid.addWidget(self._signs, self._grid.rowCount(), 1)
        self._form.changed.connect(self._form_chosen)

    def _add_file(self) -> None:
        self._path = self.named(LineEditor(self), "file", _("File"))
        folder = Path(self._station.recall("export.folder", str(Path.home())))
        self._path.set_value(str(folder / self._called))
        browse = self.button("browse", _("Browse…"), _("Choose the folder and the name"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._path, 1)
        row.addWidget(browse)
        place = self._grid.rowCount()
        self._grid.addWidget(Plain(_("File"), self), place, 0)
        self._grid.addLayout(row, place, 1)
        self._said = self.named(Remark("", self), "said", _("About the file"))
        self._grid.addWidget(self._said, place + 1, 1)
        self._path.textChanged.connect(lambda _text: self._look())

    def _radio(self, group: QButtonGroup, place: int, word: str, text: str) -> QRadioButton:
        radio = self.named(RadioButton(text, self), word if group is self._what else f"columns_{word}", text)
        group.addButton(radio, place)
        return radio

    def _drop_down(self, word: str, said: str, choices: Sequence[tuple[object, str]], value: object) -> ChoiceEditor:
        shown = [(each, _(text)) for each, text in choices]
        editor = self.named(ChoiceEditor(shown, self, allow_empty=False), word, said)
        editor.set_value(value)
        return editor

    def _add(self, label: str, widget: QWidget) -> None:
        place = self._grid.rowCount()
        words = Plain(label, self)
        words.setBuddy(widget)
        at = Qt.AlignmentFlag.AlignVCenter if isinstance(widget, ChoiceEditor) else Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(words, place, 0, at)
        self._grid.addWidget(widget, place, 1)

    # ---------------------------------------------------------------- what follows from what

    def _form_chosen(self) -> None:
        form: Form = self._form.value()
        self._about.say(_(FORMS[form][2]))
        self._signs.setVisible(form == "csv")
        self._columns.setEnabled(form in TABLES)
        offer(self._impersonal, "" if form in TABLES else _("A card says who somebody is."))
        self._columns.setToolTip(as_tip("" if form in TABLES else _("A card always holds the same fields.")))
        path = Path(self._path.value())
        endings = {suffix for _name, suffix, _about in FORMS.values()}
        bare = path.with_suffix("") if path.suffix.lower() in endings else path
        self._path.set_value(f"{bare}{FORMS[form][1]}")
        self._look()

    def _look(self) -> None:
        text = self._path.value()
        wrong, there = _why_not(text), ""
        self._export.setEnabled(not wrong)
        if not wrong and (path := Path(text).expanduser()).exists():
            there = _("{file} is there already; it will be replaced.").format(file=path.name)
        self._said.say(wrong or there, "overdue" if wrong else "muted")

    def _browse(self) -> None:
        name, suffix, _about = FORMS[self._form.value()]
        held = self._path.value()
        chosen, _form = QFileDialog.getSaveFileName(self, self.windowTitle(), held, f"{_(name)} (*{suffix})")
        if chosen:
            path = Path(chosen)
            self._path.set_value(str(path if path.suffix else path.with_suffix(suffix)))


def _why_not(text: str) -> str:
    """Why no file can be called so, or ''."""
    try:
        nameless = not text or Path(text).expanduser().is_dir()
        Path(text).expanduser().exists()
    except (OSError, RuntimeError, ValueError):  # too long, nobody's home folder, a sign no system takes
        return _("No file can be called so here; choose a shorter or simpler name.")
    return _("The file needs a name.") if nameless else ""


def _column(radios: Sequence[QRadioButton]) -> QWidget:
    holder = QWidget(radios[0].parentWidget())
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for radio in radios:
        column.addWidget(radio)
    return holder
