"""The mails that are to be filed, a line each: who, what about, when, to whom it goes and why (BX-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.services.filing import deeds
from ui.editors.choices import ChoiceEditor
from ui.filing.lines import LEAVE, NEW_LEAD, Line
from ui.filing.record_dialog import RecordDialog
from ui.filing.telling import told
from ui.look.plain import as_tip
from ui.look.theme import colour
from ui.transfer.wizard.setup import Sheet
from ui.widgets.dialog import Dialog, Plain, Remark, offer
from ui.widgets.titled_rows import TitledRows
from ui.widgets.views import Titles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.filing.deeds import Filed, Wanted
    from channergy_crm.services.filing.whom import Person
    from ui.session.session import Session

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
TITLES = (N_("Who"), N_("Subject"), N_("Day"), N_("Goes to"), N_("Why"))
WIDTHS = (150, 150, 80, 180, 208)


class Rows(TitledRows):
    """The lines; what nobody is known for stands in the colour of soon, what is refused in that of overdue."""

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> Any:
        line: Line = self.rows[index.row()]
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole, ROLE.AccessibleTextRole):
            text = line.texts()[index.column()]
            return as_tip(text) if role == ROLE.ToolTipRole else text
        return colour(self._view, line.ink) if role == ROLE.ForegroundRole and line.ink else None

    def look_again(self, row: int) -> None:
        """The line goes elsewhere now."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(TITLES) - 1))


class FilingDialog(Dialog):
    """Above the mails, below to whom that one goes on which the cursor stands; *File* files all that go somewhere."""

    def __init__(self, lines: Sequence[Line], session: Session, parent: QWidget) -> None:
        super().__init__("filing", _("File e-mails"), parent, session.station, size=(920, 480))
        self.setObjectName("filing.page")
        self.setModal(False)
        self._session, self.lines, self._under_way = session, list(lines), False
        self.sheet = Sheet("filing.list", _("E-mails"), self)
        self.sheet.setHorizontalHeader(Titles(self.sheet))
        self._rows = Rows(TITLES, self.sheet)
        self.sheet.setModel(self._rows)
        self.sheet.setSelectionBehavior(Sheet.SelectionBehavior.SelectRows)
        self.sheet.setSelectionMode(Sheet.SelectionMode.ExtendedSelection)
        self.sheet.setEditTriggers(Sheet.EditTrigger.NoEditTriggers)
        for column, width in enumerate(WIDTHS):
            self.sheet.setColumnWidth(column, width)
        self.sheet.horizontalHeader().setSectionResizeMode(len(TITLES) - 1, QHeaderView.ResizeMode.Stretch)
        self.goes = self.named(ChoiceEditor([], self, allow_empty=False), "goes_to", _("Goes to"))
        self._why = self.named(Remark("", self), "why", _("Why"))
        self._said = self.named(Remark("", self), "said", _("How many are filed"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Plain(_("Goes to"), self))
        line.addWidget(self.goes, 1)
        self._other = self.button("choose", _("Choose a record…"))
        self._other.clicked.connect(lambda _checked=False: self._ask())
        line.addWidget(self._other)
        self.body.addWidget(self.sheet, 1)
        self.body.addWidget(self._why)
        self.body.addLayout(line)
        self.body.addWidget(self._said)
        self._file = self.button("file", _("File"))
        self.finish_with(self._file, self.button("cancel", _("Cancel"), "(Esc)"))
        self._rows.show_rows(self.lines)
        self.sheet.selectionModel().selectionChanged.connect(lambda *_: self._show())
        self.goes.changed.connect(self._turn)
        session.closing.connect(self.close)
        first = next((place for place, each in enumerate(self.lines) if each.open and not each.clear), 0)
        self.sheet.selectRow(first)
        self._count()
        self.sheet.setFocus()

    def _marked(self) -> list[int]:
        return sorted(at.row() for at in self.sheet.selectionModel().selectedRows())

    def _show(self) -> None:
        """What may be chosen for the marked ones: of several what holds for any of them."""
        marked = self._marked()
        lines = [self.lines[row] for row in marked if self.lines[row].open]
        self._why.say(_in_full(self.lines[marked[0]]) if len(marked) == 1 else "", "muted")
        before = self.goes.blockSignals(True)
        if len(marked) == 1:
            self.goes.set_choices(self.lines[marked[0]].choices())
            self.goes.set_value(self.lines[marked[0]].goes)
        elif lines:
            same = {each.goes for each in lines}
            here = [("", _("as it is"))]
            several = [each for each in lines[0].choices() if not each[0].isdigit()]
            self.goes.set_choices([*here, *several])
            self.goes.set_value(same.pop() if len(same) == 1 and not next(iter(same)).isdigit() else "")
        self.goes.blockSignals(before)
        self.goes.setEnabled(bool(lines))
        offer(self._other, "" if lines else _("Nothing is to be done about this one."))

    def _turn(self) -> None:
        """Somebody has chosen to whom the marked ones go."""
        chosen = str(self.goes.value() or "")
        rows = [row for row in self._marked() if self.lines[row].open]
        if not chosen or not rows:
            return
        for row in rows:
            self.lines[row].goes = chosen
            self._rows.look_again(row)
        self._count()

    def _ask(self) -> None:
        """Another record than those that are proposed."""
        rows = [row for row in self._marked() if self.lines[row].open]
        dialog = RecordDialog(self._session, self)
        if dialog.exec() and dialog.person is not None:
            self.put(rows, dialog.person)
        self.goes.setFocus()

    def put(self, rows: Sequence[int], person: Person) -> None:
        """These go to this one."""
        for row in rows:
            self.lines[row].put(person)
            self._rows.look_again(row)
        self._show()
        self._count()

    def _count(self) -> None:
        """How many are filed, and what becomes of the others."""
        going = sum(each.goes != LEAVE and each.open for each in self.lines)
        new = sum(each.goes == NEW_LEAD and each.open for each in self.lines)
        refused = sum(each.found.mail is None for each in self.lines)
        there = sum(each.found.mail is not None and not each.open for each in self.lines)
        left = len(self.lines) - going - refused - there
        counted = (
            (left, ngettext("{count:,} goes nowhere yet.", "{count:,} go nowhere yet.", left)),
            (new, ngettext("{count:,} makes a new lead.", "{count:,} make a new lead each.", new)),
            (there, ngettext("{count:,} is filed already.", "{count:,} are filed already.", there)),
            (refused, ngettext("{count:,} cannot be read.", "{count:,} cannot be read.", refused)),
        )
        self._said.say(" ".join(said.format(count=count) for count, said in counted if count), "muted")
        self._file.setText(ngettext("File {count:,} e-mail", "File {count:,} e-mails", going).format(count=going))
        offer(self._file, "" if going and not self._under_way else _("Choose first to whom one of them goes."))

    def accept(self) -> None:
        """File them beside the window; the dialog goes when it is done."""
        by = self._session.by
        found = self._session.attempt(lambda: [line.wanted(by) for line in self.lines])
        wanted = [each for each in found or [] if each is not None]
        if not wanted or self._under_way:
            return
        self._under_way = True
        self._count()
        file_beside(self._session, wanted, self._end, self._fail)

    def _end(self, _filed: Filed) -> None:
        super().accept()

    def _fail(self, said: str) -> None:
        self._under_way = False
        self._count()
        self._said.say(said, "overdue")

    def done(self, result: int) -> None:
        """Close for good."""
        super().done(result)
        self.deleteLater()


def _in_full(line: Line) -> str:
    """What stands in the column that may be too narrow for it."""
    why = line.texts()[-1]
    return f"{why[:1].upper()}{why[1:]}"


def file_beside(session: Session, wanted: Sequence[Wanted], done: Any, fail: Any) -> None:
    """File them beside the window, with progress and Cancel; the notice takes them back."""
    by = session.by
    stopped = _("Stopped; nothing was filed.")
    session.work(
        lambda progress: deeds.file_all(wanted, by, progress.step), label=_("Filing mails"), done=done,
        told=lambda filed: told(filed, session), failed=lambda error: fail(error.message),
        cancelled=lambda: fail(stopped),
    )  # fmt: skip
