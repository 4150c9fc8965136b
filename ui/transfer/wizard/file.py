"""Step 1: which file, what is in it, and how it was understood, each correctable, with its first rows (VT-108, C1)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.transfer.importing import mapping
from channergy_crm.transfer.importing.first_look import Look, Manner
from channergy_crm.transfer.importing.plan import importable
from channergy_crm.transfer.reading.tables import ONE_COLUMN, Row, Source
from ui.editors.base import FlagEditor, LineEditor
from ui.editors.choices import ChoiceEditor
from ui.look.plain import as_tip
from ui.look.theme import colour
from ui.transfer.wizard.setup import Rows, Setup, Sheet
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from collections.abc import Sequence

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
ENCODINGS = {
    "utf-8": N_("UTF-8"), "utf-8-sig": N_("UTF-8 with its mark"), "utf-16": N_("UTF-16"),
    "utf-16-le": N_("UTF-16 LE"), "utf-16-be": N_("UTF-16 BE"), "utf-32": N_("UTF-32"),
    "cp1252": N_("Western European (Windows-1252)"), "cp1250": N_("Central European (Windows-1250)"),
    "cp1251": N_("Cyrillic (Windows-1251)"), "iso8859-15": N_("Western European (ISO 8859-15)"),
    "cp850": N_("Western European (DOS)"), "mac_roman": N_("Mac Roman"), "cp932": N_("Japanese (Shift JIS)"),
    "gb18030": N_("Chinese (GB 18030)"), "big5": N_("Chinese (Big5)"),
}  # fmt: skip
DELIMITERS = {
    ",": N_("Comma"),
    ";": N_("Semicolon"),
    "\t": N_("Tab"),
    "|": N_("Vertical bar"),
    ONE_COLUMN: N_("Nothing; there is only one column"),
}
NO_QUOTES = "none"
QUOTES = {'"': N_('Double quotes: "Lee"'), "'": N_("Single quotes: 'Lee'"), NO_QUOTES: N_("No quotes")}
ENDINGS = "*.csv *.tsv *.txt *.tab *.xlsx *.xlsm *.vcf *.vcard"  # unsaid: how names of files end
TYPING_PAUSE_MS = 300


class Preview(QAbstractTableModel):
    """The first rows of a file under its column titles."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self._titles: list[str] = []
        self._rows: Sequence[Row] = ()

    def show(self, titles: Sequence[str], rows: Sequence[Row]) -> None:
        """Show these."""
        self.beginResetModel()
        width = max([len(titles), *(len(row.values) for row in rows)])
        self._titles = [*titles, *[""] * (width - len(titles))]
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> object:
        if role != ROLE.DisplayRole:
            return None
        across = orientation == Qt.Orientation.Horizontal
        return mapping.titled(self._titles[section], section) if across else self._rows[section].number

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> object:
        row = self._rows[index.row()]
        text = row.values[index.column()] if index.column() < len(row.values) else ""
        if role == ROLE.DisplayRole:
            return " ".join(text[:300].split())
        if role == ROLE.ToolTipRole:
            return as_tip(row.problem or text)
        return colour(self._view, "overdue") if role == ROLE.ForegroundRole and row.problem else None


class FileStep(QWidget):
    """Choosing a file has it read at once; every answer about how it is written has it read again."""

    title, verb = N_("File"), N_("Next")
    says = N_(
        "Choose a file. You see its first rows as they were understood; if something looks wrong, change it above."
    )
    changed = Signal()
    wanted = Signal()
    """read the file anew"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._setup: Setup | None = None
        self._problem = ""
        self._rows = Rows()
        self._build_source()
        self._build_understood()
        self._said = named(Remark("", self), "import.understood", _("What was understood"))
        self._sheet = Sheet("import.preview", _("The first rows of the file"), self)
        self._sheet.verticalHeader().show()
        self._preview = Preview(self._sheet)
        self._sheet.setModel(self._preview)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._rows)
        column.addWidget(self._said)
        column.addWidget(self._sheet, 1)

    def _build_source(self) -> None:
        self._path = named(LineEditor(self), "import.file", _("File"))
        self._path.setPlaceholderText(_("A table (Excel, CSV) or contact cards (vCard). You can also drop it here."))
        browse = named(Button(_("Browse…"), self), "import.browse", _("Browse for a file"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._path, 1)
        row.addWidget(browse)
        self._rows.add(_("File"), line)
        choices = [(record, record.plural) for record in importable().values()]
        self._record = named(ChoiceEditor(choices, self, allow_empty=False), "import.records", _("Import its rows as"))
        self._rows.add(_("Import its rows as"), self._record)
        self._path.textChanged.connect(lambda _text: self._pause.start())
        self._path.returnPressed.connect(self._typed)
        self._record.changed.connect(self._record_chosen)

    def _build_understood(self) -> None:
        self._of_book = self._drop_down("sheet", _("Sheet"), {})
        self._encoding = self._drop_down("encoding", _("Text encoding"), ENCODINGS)
        self._delimiter = self._drop_down("delimiter", _("Columns are separated by"), DELIMITERS)
        self._quote = self._drop_down("quote", _("Quotation marks"), QUOTES)
        titled = _("The file has a row of column titles")
        self._titled = named(FlagEditor(titled, self), "import.titled", titled)
        self._titled.changed.connect(lambda: self._say(titled=self._titled.value(), title_row=0))
        self._rows.add("", self._titled)
        self._title_row = self._drop_down("title_row", _("The titles are in"), {})
        self._title_row.changed.connect(lambda: self._say(title_row=self._title_row.value() or 0))
        self._of_book.changed.connect(lambda: self._say(sheet=self._of_book.value(), title_row=0))
        self._encoding.changed.connect(lambda: self._say(encoding=self._encoding.value()))
        self._delimiter.changed.connect(lambda: self._say(delimiter=self._delimiter.value()))
        self._quote.changed.connect(lambda: self._say(quote=self._quote.value().replace(NO_QUOTES, "")))
        self._show_source(None)

    def _drop_down(self, word: str, label: str, choices: dict[str, str]) -> ChoiceEditor:
        shown = [(value, _(text)) for value, text in choices.items()]
        editor = named(ChoiceEditor(shown, self, allow_empty=False), f"import.{word}", label)
        return self._rows.add(label, editor)

    # ---------------------------------------------------------------- what every step has

    def show_setup(self, setup: Setup) -> None:
        """Show what was said so far."""
        self._setup = setup
        self._record.set_value(setup.record)
        self._path.set_value(str(setup.path or ""))
        self._pause.stop()
        if setup.look is not None:
            self.show_look(setup.look)

    def why_not(self) -> str:
        """A file must have been understood."""
        return "" if self._setup and self._setup.plan else self._problem or _("Choose a file first.")

    def first(self) -> QWidget:
        """The file; once there is one, what its rows are."""
        return self._record if self._setup and self._setup.path else self._path

    # ---------------------------------------------------------------- what was understood

    def show_look(self, look: Look) -> None:
        """Show what was understood of the file."""
        source = look.plan.source
        self._problem = ""
        self._show_source(source, look.beginning)
        self._preview.show(source.header, look.rows)
        self._said.say(_what_was_read(look), "muted")
        self.changed.emit()

    def refuse(self, sentence: str) -> None:
        """The file cannot be imported."""
        self._problem = sentence
        self._preview.show([], [])
        self._show_source(None, keep=True)
        self._said.say(sentence, "overdue")
        self.changed.emit()

    def stopped(self) -> None:
        """The file was not read to the end; Enter in its line begins anew."""
        if self._setup is not None:
            self._setup.path = None
        self.refuse(_("Stopped. Press Enter in the field File to read it again."))
        self._path.setFocus()

    def _show_source(self, source: Source | None, beginning: Sequence[Row] = (), *, keep: bool = False) -> None:
        """The answers that make sense for such a file."""
        if keep and self._setup is not None and self._setup.manner != Manner():
            return  # what was said wrongly must be there to be said again
        text = source is not None and bool(source.delimiter)
        self._rows.show_row(self._of_book, source is not None and len(source.sheets) > 1)
        self._rows.show_row(self._encoding, source is not None and bool(source.encoding))
        self._rows.show_row(self._delimiter, text)
        self._rows.show_row(self._quote, text)
        self._rows.show_row(self._titled, source is not None and (text or bool(source.sheets)))
        self._rows.show_row(self._title_row, source is not None and source.titled and len(beginning) > 1)
        if source is not None:
            self._title_row.set_choices([(row.number, _about(row)) for row in beginning if not row.problem])
            self._title_row.set_value(source.title_row or None)
            self._of_book.set_choices([(name, name) for name in source.sheets])
            self._of_book.set_value(source.sheets[0] if source.sheets else None)
            self._encoding.set_value(source.encoding)
            self._delimiter.set_value(source.delimiter)
            self._quote.set_value(source.quote or NO_QUOTES)
            self._titled.set_value(source.titled)

    def _say(self, **said: Any) -> None:
        if self._setup is not None and self._setup.path is not None:
            self._setup.manner = replace(self._setup.manner, **said)
            self.wanted.emit()

    def _record_chosen(self) -> None:
        if self._setup is not None:
            self._setup.record = self._record.value()
            self._say()

    # ---------------------------------------------------------------- which file

    def take(self, path: Path) -> None:
        """Read this file."""
        self._path.set_value(str(path))
        self._typed()

    def _typed(self) -> None:
        self._pause.stop()
        text = self._path.value()
        path = Path(text).expanduser() if text else None
        if self._setup is None or path == self._setup.path:
            return
        self._setup.path, self._setup.manner = path, Manner()
        self._setup.look = self._setup.plan = self._setup.keep_as = self._setup.checked = None
        if path is not None:
            self.wanted.emit()
        else:
            self.refuse("")

    def _browse(self) -> None:
        folder = str(self._setup.path.parent) if self._setup and self._setup.path else ""
        ours, all_of_them = _("Tables and cards"), _("All files")
        files = f"{ours} ({ENDINGS});;{all_of_them} (*)"
        chosen, _form = QFileDialog.getOpenFileName(self, _("Import"), folder, files)
        if chosen:
            self.take(Path(chosen))


def _about(row: Row) -> str:
    """A row as it is offered: “Row 4: First Name, Last Name, Company”."""
    shown = ", ".join(" ".join(value.split()) for value in row.values if value.strip())
    return _("Row {row}: {cells}").format(row=row.number, cells=shown if len(shown) <= 60 else f"{shown[:59]}…")


def _what_was_read(look: Look) -> str:
    """How many rows and columns there are, and which of them are shown."""
    width, count = len(look.plan.source.header), look.count
    rows = ngettext("{count:,} row", "{count:,} rows", count) if look.counted else _("About {count:,} rows")
    columns = ngettext("{count:,} column", "{count:,} columns", width).format(count=width)
    said = _("{rows}, {columns}. This is how they were understood:")
    first = _("{rows}, {columns}. The first ones, as they were understood:")
    return (said if count == len(look.rows) else first).format(rows=rows.format(count=count), columns=columns)
