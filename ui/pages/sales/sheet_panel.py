"""A record with a sheet of lines under its form: both are typed into, saved together and never lost (VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from channergy_crm.language import _
from channergy_crm.records import SalesDocument, SalesLine
from channergy_crm.services.sales_documents import drafts
from channergy_crm.services.sales_documents.heads import WHOM
from ui.forms.following import SaidAbove
from ui.forms.form import take_out
from ui.forms.record_panel import RecordPanel
from ui.pages.sales import cells, kept_lines
from ui.pages.sales.chain_bar import ChainBar
from ui.pages.sales.lines import of_record
from ui.pages.sales.offers import Offers
from ui.pages.sales.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.work import Done
    from channergy_crm.work.record import Record

RECKONING = ("discount", "less", "gross", "rounding")
TWO_COLUMNS, THREE_COLUMNS = 560, 940
"""pixels of the record from which its head has so many columns: the lines want to be seen without scrolling"""
LINES_TABLE = SalesLine._meta.table_name


def _whom(document: SalesDocument | None) -> dict[str, int | None]:
    return {name: document.__data__.get(name) if document is not None else None for name in WHOM}


class SheetPanel(RecordPanel):
    """The record and its lines."""

    is_showing = _was_edited = False

    def _build(self) -> None:
        super()._build()
        self._whom = _whom(None)
        self.offers = Offers(self.session, self.as_typed)
        self.chain = ChainBar(self.prefix, self)
        self.over_commands.addWidget(self.chain)
        self.sheet = Sheet(self.prefix, self.session, self.offers, self)
        self.lines, self.grid = self.sheet.lines, self.sheet.grid
        self.sheet.hold(take_out(self.form, "closing"))
        self.form.columns.two, self.form.columns.three = TWO_COLUMNS, THREE_COLUMNS
        self.form.columns.stand_below(self.sheet)
        self.changed_there = SaidAbove(f"{self.prefix}.lines_changed", self)
        self.over_commands.addWidget(self.changed_there)
        self.following.holds = lambda: self.lines.is_edited
        self.chain.wanted.connect(self.session.go_to)
        self.sheet.edited.connect(self._lines_edited)
        self.grid.looked_at.connect(self._look_at)
        self.form.typed.connect(self._head_typed)
        self.form.fitted.connect(lambda: self.sheet.fit(self.form.columns.width))
        self.session.done.connect(self._lines_done)
        self.session.operator_changed.connect(self.offers.forget)
        self._tab_through()

    def _lines_edited(self) -> None:
        """A line is another one: what it comes to is said at once, the verbs only where saving has come or gone."""
        if self.record is None or self.is_showing:
            return
        self._draft_later.start()
        if self.strip is not None and self._summarise is not None:
            self.strip.show_summary(self._summarise(self.as_typed()))
        if self._was_edited != (now := self.is_edited):
            self._was_edited = now
            self.commands.refresh()

    def _tab_through(self) -> None:
        """After the head come the lines, then the closing text."""
        names = [name for name in self.form.rows if name not in ("closing", "internal_notes")]
        QWidget.setTabOrder(self.form.rows[names[-1]].editor, self.grid)
        QWidget.setTabOrder(self.grid, self.form.rows["closing"].editor)
        QWidget.setTabOrder(self.form.rows["closing"].editor, self.form.rows["internal_notes"].editor)

    def _look_at(self, room: QRect) -> None:
        body = self.form.widget()
        if body is not None:
            at = self.grid.mapTo(body, QPoint(room.left(), room.center().y()))
            self.form.ensureVisible(0, at.y(), 0, max(room.height(), 40))

    def as_typed(self) -> SalesDocument | None:
        """The document as it stands in the form, saved or not."""
        record = self.record
        return SalesDocument(**{**record.__data__, **self.form.changes()}) if record is not None else None

    @property
    def is_edited(self) -> bool:
        """Whether something typed is not saved yet, be it in a line."""
        return super().is_edited or (self.record is not None and self.lines.is_edited)

    def show_record(self, record: Any) -> None:
        """Show a document with its lines, as they are stored."""
        self.offers.forget()
        held = self._stored(record) if record is not None else []
        lines = [of_record(each) for each in held]
        same = None not in (self.record, record) and not record.is_new and record.key == self.record.key
        at = self.grid.current_place() if same else -1
        self.changed_there.say("")
        if record is not None:
            self.sheet.currency = record.currency or ""
        self.is_showing = True
        self.cells_lock(on=False)
        self.sheet.show_lines(lines, record.way if record is not None else SalesDocument().way)
        if at >= 0:
            self.grid.go_to(at)
        self.is_showing = self._was_edited = False
        self._whom = _whom(record)
        super().show_record(record)

    def _stored(self, record: SalesDocument) -> list[SalesLine]:
        if record.is_new:
            return []
        return self.session.attempt(lambda: drafts.lines(record.number, self.by)) or []

    def records(self, record: SalesDocument) -> list[SalesLine]:
        """The records of the lines, over what is stored now."""
        return self.lines.records({each.number: each for each in self._stored(record)})

    def cells_lock(self, *, on: bool) -> None:
        """Let the lines only be read, or be typed into again."""
        self.sheet.cells.lock(on)
        self.grid.ways.place()

    def save_changes(
        self, save: Callable[[Any, str], object] | None = None, *, again: Callable[[], object] | None = None,
        is_left: bool = False,
    ) -> bool:  # fmt: skip
        """Save head and lines in one; False when something keeps them from being saved, which is said beside it."""
        self.grid.settle()
        record = self.record
        if record is None:
            return True
        if (found := self.lines.first_wrong()) is not None:
            self._again = again or self.save_changes
            place, column, wrong = found
            self.stuck.emit()
            self.grid.go_to(place, cells.NAMES.index(column))
            self.grid.setFocus()
            return self._keep(_("Not saved yet: {reason}").format(reason=wrong.why))
        only_lines = not record.is_new and not self.form.is_edited and not self.following.keeps_text
        if only_lines and self.lines.is_edited:
            self.kept, self.is_left, self._again = None, is_left, again or self.save_changes
            return self._write(record, save or self._save)
        return super().save_changes(save, again=again, is_left=is_left)

    def _saved(self, record: Record, said: str) -> None:
        self.lines.learn()
        kept_lines.drop(self.session.drafts, self.prefix)
        super()._saved(record, said)

    def cancel_changes(self) -> None:
        """Give up what was typed, the lines as well; the notice offers it back."""
        self.grid.settle()
        record, typed = self.record, self.form.changes()
        held = list(self.lines.lines) if self.lines.is_edited else None
        kept_lines.drop(self.session.drafts, self.prefix)
        super().cancel_changes()
        if held is None or record is None:
            return

        def back() -> None:
            self._bring_back(record, typed)
            if self.record is not None and self.record.key == record.key:
                self.lines.put_back(held)

        self.session.notices.say(_("Changes cancelled."), action=(_("Bring back"), back))

    def leave(self) -> bool:
        """Settle what was typed, in an open cell as well."""
        self.grid.settle()
        return super().leave()

    def save_draft(self) -> None:
        """Keep what is typed on the disk, lines and all."""
        super().save_draft()
        edited = self.record is not None and self.lines.is_edited
        key = self.record.key if edited else None
        kept_lines.keep(self.session.drafts, self.prefix, key, self.lines.lines if edited else None)

    def take_up(self, key: object, values: dict[str, object]) -> None:
        """Go on with a draft, with the lines that were typed before in the very document."""
        super().take_up(key, values)
        self.take_up_lines()

    def take_up_lines(self) -> None:
        """The lines of a draft over those that are stored."""
        if self.record is not None and (held := kept_lines.take(self.session.drafts, self.prefix, self.record.key)):
            self.lines.put_back(held)

    def _head_typed(self, name: str) -> None:
        document = self.as_typed()
        if document is None:
            return
        if name in RECKONING:
            self.lines.reckon_by(document.way)
        if name in WHOM:
            self._address(document)
        if name == "language":
            self.say_usual()
        if name == "currency":
            self.sheet.currency = document.currency or ""
            self.sheet.tell()
        if name in ("account", "price_book", "dated", "currency"):
            self.offers.forget()

    def _address(self, document: SalesDocument) -> None:
        """The address follows whom the document is for, unless somebody has written another one."""
        before, whom = self._whom, _whom(document)
        self._whom = whom
        was = self.session.attempt(lambda: drafts.address_of(self.by, **before))
        if (document.addressee or "") in ("", was):
            address = self.session.attempt(lambda: drafts.address_of(self.by, **whom))
            self.form.rows["addressee"].editor.set_value(address or "")
            self.form.edited.emit()

    def _lines_done(self, done: Done) -> None:
        if LINES_TABLE not in done.tables or not done.elsewhere or self.record is None or not self.lines.is_edited:
            return
        if done.touches(SalesDocument._meta.table_name, self.record.key):
            said = _(
                "Somebody else has changed lines of this document. Yours stay here, and saving puts them in place."
            )
            self.changed_there.say(said, [("take", _("Take theirs"), self._take_theirs)])

    def say_usual(self) -> None:
        """Say in the empty fields what stands there otherwise."""

    def _take_theirs(self) -> None:
        self.lines.learn()
        self.reload()
