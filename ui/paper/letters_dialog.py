"""Letters, labels or a Word document to one or to many: read through for each, who is left out and why (BX-26, C16)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, closing
from channergy_crm.services import filling, letters, office
from channergy_crm.settings import OFFICE_ADDRESS
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, kept_to_itself
from ui.outgoing import words
from ui.paper import letters_out
from ui.paper.letters_choice import LABELS, WORD, LettersChoice
from ui.paper.letters_out import Out, Ready
from ui.paper.pages_view import PagesView
from ui.widgets.controls import IconButton
from ui.widgets.dialog import Dialog, Plain, Remark, named, offer, scrolling
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.errors import CRMError
    from channergy_crm.services.letters import Letter
    from channergy_crm.work.record import Record
    from ui.paper.letters_choice import Choice
    from ui.session.background import Job, Progress
    from ui.session.session import Session

    Records = Sequence[tuple[type[Record], object]]

SOON_MS, MANY, CHOSEN = 60, 200, 330
"""after something was chosen; from so many on the work is told; pixels what is chosen takes at the least"""


class LettersDialog(Dialog):
    """Stays open beside the window, so that letters and their labels are made one after the other."""

    def __init__(self, session: Session, records: Records, parent: QWidget, campaign: int | None = None) -> None:
        super().__init__("letters", _("Letters"), parent, session.station, size=(960, 680))
        self.setModal(False)
        self.session, self.records, self.campaign = session, list(records), campaign
        self.ready: Ready | None = None
        self.place = 0
        self._job: Job | None = None
        self._labels: dict[str, str] = {}
        self._soon = later(self, self._prepare, SOON_MS)
        self._head = self.named(Plain("", self, bold=True), "head", _("To whom"))
        self._head.setText(words.to_whom(len(self.records)))
        self.body.addWidget(self._head)
        self.choice = LettersChoice(session, self)
        if campaign is not None:
            self.choice.note_in_campaign()
        self._who = self.named(Label("", self), "reads_for", _("How it reads"))
        self._about = self.named(Remark("", self), "about", _("About this one"))
        self.view = PagesView("letters.preview", self)
        self._out_head = Plain("", self, bold=True)
        self._out = self.named(Remark("", self), "left_out", _("Who is left out"))
        self._said = self.named(Remark("", self), "said", _("What is missing"))
        self._cut = self.named(Remark("", self, ink="soon"), "cut", _("What is too long"))
        self._sender = self.named(Remark("", self), "sender", _("Whose letter it is"))
        self._lay_out()
        self._finish()
        self.choice.changed.connect(self._chosen)
        self.choice.laid.connect(self._laid)
        self.choice.no_template.connect(self._write_template)
        session.closing.connect(self.close)
        self._chosen()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(self._steps())
        left.addWidget(self._about)
        left.addWidget(self.view, 1)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.choice, self._said, self._cut, self._out_head, self._out, self._sender):
            column.addWidget(part)
        column.addStretch(1)
        area = scrolling(right)
        area.setMinimumWidth(theme.px(CHOSEN, self))
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(left, 3)
        row.addWidget(area, 2)
        self.body.addLayout(row, 1)

    def _steps(self) -> QHBoxLayout:
        self._at = Label("", self)
        self._at.muted()
        self._turns = [
            self._turn("previous", _("The one before (Alt+Up)"), -1),
            self._turn("next", _("The next one (Alt+Down)"), 1),
        ]  # fmt: skip
        line = QHBoxLayout()
        line.setSpacing(4)
        self._who.setFont(theme.strong(self.font()))
        self._who.setWordWrap(True)
        line.addWidget(self._who, 1)
        for part in (self._turns[0], self._at, self._turns[1]):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
            part.setVisible(len(self.records) > 1)
        return line

    def _turn(self, word: str, said: str, by: int) -> IconButton:
        button = named(IconButton(self), f"letters.{word}", said)
        button.setIcon(icon(word, button))
        button.setToolTip(as_tip(said))
        button.clicked.connect(partial(self.step, by))
        return button

    def _finish(self) -> None:
        self.print_button = self.button("print", _("Print…"), _("Choose the printer (Ctrl+P)"))
        self.save_pdf = self.button("save_pdf", _("Save as PDF…"), _("Keep the pages as a file (Ctrl+S)"))
        self.save_word = self.button("save_word", _("Save as Word…"), _("A document with a section for each letter"))
        box = self.finish_with(None, self.button("close", closing(), "Esc"))  # unsaid: a key
        deeds: dict[QWidget, Callable[[Out], None]] = {
            self.save_word: Out.save_word, self.save_pdf: Out.save_pdf, self.print_button: Out.print_,
        }  # fmt: skip
        for button in (self.save_word, self.save_pdf, self.print_button):
            box.addButton(button, box.ButtonRole.ActionRole)
            button.clicked.connect(partial(self._out_with, deeds[button]))
        self.print_button.loud()
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+P": self.print_button.click, "Ctrl+S": self.save_pdf.click, "Alt+Up": partial(self.step, -1),
            "Alt+Down": partial(self.step, 1),
        }  # fmt: skip
        for key, deed in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(deed)

    def _out_with(self, deed: Callable[[Out], None]) -> None:
        """Do something with the letters, where somebody gets one."""
        if self.ready is not None and self.ready.prepared.recipients:
            choice = self.choice.written()  # where labels begin is asked when they are printed
            ready = self.ready._replace(choice=choice)
            deed(Out(self.session, ready, self.records[0][0], self, campaign=self.campaign))

    def _write_template(self) -> None:
        self.close()
        self.session.go_to("templates")

    # ---------------------------------------------------------------- who gets it

    def _chosen(self) -> None:
        self.ready = None
        self._offer(_("Looking who gets it…"))
        self._soon.start()

    def _offer(self, why_not: str = "") -> None:
        kind = self.choice.kind.value()
        pages = _("Word prints it: save the document, and open it there.") if kind == WORD else ""
        word = _("Labels are printed, or kept as a PDF.") if kind == LABELS else ""
        self.print_button.loud(kind != WORD)
        self.save_word.loud(kind == WORD)
        for button, own in ((self.print_button, pages), (self.save_pdf, pages), (self.save_word, word)):
            offer(button, why_not or own)

    def _prepare(self) -> None:
        """Look beside the window who gets it."""
        if self._job is not None:
            self._job.cancel()
        choice, by, records = self.choice.written(), self.session.by, self.records
        if lacks := letters_out.lacking(choice):
            self._show_none(lacks, "muted")
            return

        def work(progress: Progress) -> Ready:
            return letters_out.prepared(records, choice, by, progress)

        self._job = self.session.work(work, label=_("Looking who gets it"), done=partial(self._heard, choice),
                                      failed=self._failed, progress=len(records) > MANY)  # fmt: skip

    def _heard(self, choice: Choice, ready: Ready) -> None:
        self._job = None
        self.ready = ready
        out = ready.prepared.left_out
        self._out_head.setText(words.how_many_left_out(len(out)))
        self._out_head.setVisible(bool(out))
        self._out.say(words.left_out(out, letters.SAID))
        self._head.setText(words.who_gets_it(ready.prepared))
        self._said.say("")
        self._offer("" if ready.prepared.recipients else _("Nobody is left to write to."))
        by = self.session.by
        lacks = choice.kind != LABELS and not self.session.attempt(lambda: office.get(OFFICE_ADDRESS, by).strip())
        none = _("The office has no address yet (Settings, The office): letters go without a sender's address.")
        self._sender.say(none if lacks else "")
        self._say_cut(ready)
        self._read()

    def _laid(self) -> None:
        """The labels lie otherwise: on another sheet, or from another one on."""
        if self.ready is not None:
            self.ready = self.ready._replace(cut=letters_out.cut(self.ready, self.choice.written()))
            self._say_cut(self.ready)
            self._read()

    def _failed(self, error: CRMError) -> None:
        self._job = None
        self._show_none(error.message, "overdue")

    def _show_none(self, why: str, ink: str) -> None:
        """Nothing can be made, and why."""
        self._head.setText(words.to_whom(len(self.records)))
        self._said.say(why, ink)
        for part in (self._out, self._cut, self._sender):
            part.say("")
        self._out_head.setVisible(False)
        self._offer(why)
        self._show_nothing(_("How it reads is shown here."))

    # ---------------------------------------------------------------- how it reads

    def step(self, by: int) -> None:
        """Go on to the next one, from the last to the first."""
        if len(self.records) > 1:
            self.place = (self.place + by) % len(self.records)
            self._read()

    def _read(self) -> None:
        """How it comes out for the one that is wanted, whether they get it or not."""
        at = _("{place:,} of {count:,}").format(place=self.place + 1, count=len(self.records))
        self._at.setText(at if len(self.records) > 1 else "")
        if self.ready is None:
            return
        ready, by, (kind, key) = self.ready, self.session.by, self.records[self.place]
        one = self.session.attempt(lambda: letters.read(kind, key, ready.wanted, by))
        if one is None:
            self._show_nothing(_("Not there any more, or not shown to you."))
            return
        self._labels = self._labels or {
            each.name: each.label for each in self.session.attempt(lambda: filling.offered(by)) or []
        }
        choice, some = self.choice.written(), ready.prepared.recipients
        mine = next((at for at, each in enumerate(some) if _same(each, one)), None)
        shown = some[mine:] if mine is not None else [one]
        self._who.setText(_("How it reads for {name}").format(name=kept_to_itself(one.record.caption())))
        self._about.say(self._of(one, gets=mine is not None), "muted" if mine is not None else "soon")
        self.view.show_paper(
            letters_out.preview(self.session, choice, ready.wanted, shown, self._labels), focus=False
        )  # fmt: skip
        self.view.setAccessibleDescription(kept_to_itself("\n".join(self.view.read())))

    def _of(self, one: Letter, *, gets: bool) -> str:
        """What is to be said of this one: that nothing goes to them, and what is not known."""
        fields = ", ".join(self._labels.get(name, name) for name in one.missing)
        if gets:
            return _("Not known, left empty: {fields}.").format(fields=fields) if fields else ""
        if not one.address:
            return _("Gets none: there is no postal address.")
        return _("Gets none: not known is {fields}.").format(fields=fields) if fields else _("Gets none; why is said "
                                                                                             "beside it.")  # fmt: skip

    def _say_cut(self, ready: Ready) -> None:
        names = ", ".join(kept_to_itself(each.record.caption()) for each in ready.cut[: words.NAMED])
        self._cut.say(_("Too long for this label, cut off with …: {names}").format(names=names) if names else "")

    def _show_nothing(self, why: str) -> None:
        self._who.setText("")
        self._about.say(why)
        self.view.show_paper(None, focus=False)

    def done(self, result: int) -> None:
        """Close; what is still being looked for is not wanted any more."""
        if self._job is not None:
            self._job.cancel()
        self._soon.stop()
        super().done(result)
        self.deleteLater()


def _same(one: Letter, other: Letter) -> bool:
    mine, theirs = one.about or one.record, other.about or other.record
    return (type(mine), mine.key) == (type(theirs), theirs.key)


def open_letters(
    session: Session, records: Records, parent: QWidget | None = None, *, campaign: int | None = None
) -> LettersDialog:
    """The window in which letters to these are made."""
    dialog = LettersDialog(session, records, parent or session.notices.window(), campaign)
    dialog.show()
    dialog.activateWindow()
    dialog.choice.template.setFocus()
    return dialog
