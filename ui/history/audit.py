"""The audit trail: what was done in the office, filtered, the newest first; and who exported and printed what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.services import areas, audit
from ui.editors.choices import ChoiceEditor
from ui.history.asking import Asking
from ui.history.sheet import Column, Line, Sheet
from ui.look import theme
from ui.look.icons import icon
from ui.look.wording import in_full, shown
from ui.session import files
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.errors import CRMError
    from channergy_crm.services.audit import Deed, Page
    from channergy_crm.work import Done
    from ui.session.background import Progress
    from ui.session.session import Session

DONE, TAKEN = "done", "taken"
SOURCES = [(DONE, N_("What was done")), (TAKEN, N_("What was exported and printed"))]
FOLDER = "export.folder"
"""where this workstation put its last file"""


class AuditTrail(QWidget):
    """Filters, the list, and what can be done with a row: its record is opened, all of it goes into a file."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._asked_times, self._reading = session, 0, False
        self._before: int | None = None
        sources = [(value, _(text)) for value, text in SOURCES]
        self._source = named(ChoiceEditor(sources, self, allow_empty=False), "audit.source", _("What is listed"))
        self._source.set_value(DONE)
        self._asking = Asking("audit", session.by, self)
        columns = [Column(_("When"), 160), Column(_("Who"), 150), Column(_("What was done"), 360, True),
                   Column(_("Records"), 190), Column(_("Undone"), 80)]  # fmt: skip
        self.grid = Sheet("audit.grid", _("Audit trail"), columns, self)
        self._said = named(Remark("", self), "audit.said", _("About the audit trail"))
        self._open = self._button("open", _("Open"), "open", self.open_record)
        self._export = self._button("export", _("Export…"), "export", self.export)
        self._build()
        self._source.changed.connect(self.reload)
        self._asking.changed.connect(self.reload)
        self.grid.opened.connect(self.open_record)
        self.grid.turned.connect(self._offer)
        self.grid.more_wanted.connect(self._read_on)
        session.done.connect(self._heard)
        self._offer()

    def _button(self, word: str, text: str, sign: str, what: object) -> Button:
        button = named(Button(text, self), f"audit.{word}", text)
        button.setIcon(icon(sign, button))
        button.clicked.connect(lambda: what())  # type: ignore[operator]
        return button

    def _build(self) -> None:
        self._source.setFixedWidth(theme.px(250, self))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        top = QHBoxLayout()
        column.addLayout(top)
        top.addWidget(self._source)
        top.addStretch(1)
        top.addWidget(self._open)
        top.addWidget(self._export)
        column.addWidget(self._asking)
        column.addWidget(self._said)
        column.addWidget(self.grid, 1)

    # ---------------------------------------------------------------- reading

    def look(self) -> None:
        """Somebody looks at it."""
        if not self.grid.rows.lines:
            self.reload()

    def reload(self) -> None:
        """Read it anew from the newest on."""
        problem = self._asking.problem()
        if problem:
            self._say(problem, "overdue")
            return
        self._read(None)

    def _read(self, before: int | None) -> None:
        self._asked_times += 1
        self._reading = True
        times, asked, by = self._asked_times, self._asking.asked(), self._session.by
        read = audit.trail if self._source.value() == DONE else audit.taken_out
        self._session.work(
            lambda _progress: read(asked, by, before=before), label=_("Reading the audit trail"),
            done=lambda page: self._show(times, page, more=before is not None),
            failed=lambda error: self._fail(times, error), progress=False,
        )  # fmt: skip

    def _show(self, times: int, page: Page, *, more: bool) -> None:
        if times != self._asked_times:
            return
        self._reading, self._before = False, page.before
        self.grid.show_lines([_line(deed) for deed in page.deeds], more=more)
        if self.grid.rows.lines:
            self._say("")
        elif not self._asking.is_empty():
            self._say(_("Nothing fits these filters. Take one away."))
        else:
            nothing = _("Nothing has been exported or printed yet."), _("Nothing has been done yet.")
            self._say(nothing[self._source.value() == DONE])

    def _fail(self, times: int, error: CRMError) -> None:
        if times == self._asked_times:
            self._reading = False
            self.grid.show_lines([])
            self._say(error.message, "overdue")

    def _read_on(self) -> None:
        if self._before is not None and not self._reading:
            self._read(self._before)

    def _say(self, sentence: str, ink: str = "muted") -> None:
        self._said.say(sentence, ink)
        self._offer()

    def _heard(self, _done: Done) -> None:
        """Something was done: whoever reads the newest sees it come."""
        if self.isVisible() and not self._reading and self.grid.verticalScrollBar().value() == 0:
            self._read(None)

    # ---------------------------------------------------------------- what can be done

    def _offer(self) -> None:
        deed: Deed | None = self.grid.about()
        offer(self._open, "" if deed is not None and deed.opens else _("This was not done to a single record."))
        empty = not self.grid.rows.lines
        taken = self._source.value() == TAKEN
        offer(
            self._export,
            _("Only what was done goes into a file.") if taken else _("The list is empty.") if empty else "",
        )

    def open_record(self) -> None:
        """Go to the record it was done to, or to its history where it has no page."""
        deed: Deed | None = self.grid.about()
        if deed is None or deed.opens is None:
            return
        table, key = deed.opens
        record = areas.every_table()[table]
        found = self._session.find(record, key)
        if found is None:
            self._session.notices.say(_("That record is not there any more. See “Removed”."))
        elif record.about.target:
            self._session.go_to(*record.opened_at(key, found.caption()))
        else:
            from ui.history.history_dialog import open_history

            open_history(record, key, self._session, self)

    def export(self) -> None:
        """All that fits the filters into a file, which is put down as well."""
        forms = "CSV (*.csv)"  # unsaid: a form of files
        path = files.where_to(self._session, self, _("Export the audit trail"), _("Audit trail"), forms, ending=".csv")
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the file beside the window."""
        from channergy_crm.transfer.exporting.run import decimal_sign
        from channergy_crm.transfer.exporting.text import style_of_place
        from channergy_crm.transfer.exporting.trail import export_trail

        asked, by, style = self._asking.asked(), self._session.by, style_of_place(decimal_sign())

        def work(progress: Progress) -> int:
            return export_trail(asked, path, by, style, progress.step)

        files.write_out(self._session, path, work)


def _line(deed: Deed) -> Line:
    undone = _("undone") if deed.undone else ""
    tip = f"{deed.said}\n{in_full(None, deed.done)} · {deed.who}"
    return Line((shown(None, deed.done), deed.who, deed.said, deed.records, undone), deed, tip, deed.undone)
