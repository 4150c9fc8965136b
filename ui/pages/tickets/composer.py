"""At the foot of a ticket: an answer to the customer, or a note only for us; what is typed is never lost (VT-191)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, all_of, ngettext
from channergy_crm.records import Ticket
from channergy_crm.records.lookups import choices, describe
from channergy_crm.records.tickets import CLOSED, WAITING
from ui.editors.lines import TextEditor
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, unmarked
from ui.widgets.controls import Button, IconButton, Pill
from ui.widgets.dialog import Remark, named
from ui.widgets.tab_bars import Segments

if TYPE_CHECKING:
    from collections.abc import Iterable

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ANSWER, NOTE = "answer", "note"
BESIDE = 24
MOST_PILLS = 3


class Typed(NamedTuple):
    """What stands in the composer: taken away with the ticket, and brought back with it."""

    text: str = ""
    internal: bool = False
    status: str | None = None
    answers: tuple[int, ...] = ()
    files: tuple[int, ...] = ()


class Composer(QWidget):
    """What is written, to whom it goes, and at which stage the ticket is then."""

    sent = Signal()
    changed = Signal()
    attach_wanted = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "side")
        self.answers: list[int] = []
        """the answers to what is asked often that were put into it"""
        self.files: list[int] = []
        """the documents of the ticket that stand beside it"""
        self.beside = named(Remark("", self, ink="muted"), f"{name}.comment_files", _("Files beside it"))
        self.beside.hide()
        self._usual: str | None = None
        self.kind = named(Segments(self), f"{name}.comment_kind", _("For whom it is written"))
        self.kind.offer([(ANSWER, _("Answer")), (NOTE, _("Only for us"))], ANSWER)
        self.to = Label("", self)
        self.to.setObjectName(f"{name}.comment_to")
        self.to.setFont(theme.small(self.font()))
        self.to.muted(True)
        self.to.setWordWrap(True)
        self.to.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.text = named(TextEditor(self, lines=4, most_lines=8), f"{name}.comment", _("Comment"))
        self.text.installEventFilter(self)
        self.wrong = named(Remark("", self, ink="overdue"), f"{name}.comment_said", _("What is wrong"))
        self.wrong.hide()
        self.attach = named(IconButton(self), f"{name}.comment_attach", _("Add files to it"))
        self.attach.setIcon(icon("document", self.attach))
        self.attach.setToolTip(as_tip(_("Add files to it")))
        self.send = named(Button("", self, key=_("Ctrl+Enter")), f"{name}.comment_send", _("Send answer"))
        self.send.setToolTip(as_tip(_("Ctrl+Enter")))
        self.send.loud()
        self._name, self._pills, self._group = name, dict[str, Pill](), QButtonGroup(self)
        self._group.setExclusive(False)
        self._why_not = self._address = ""
        self._lay_out()
        self._connect()
        self._tell()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.kind)
        head.addWidget(self.to, 1)
        self._foot = foot = QHBoxLayout()
        foot.setSpacing(6)
        self._then = Label(_("Then"), self)
        self._then.muted(True)
        foot.addWidget(self._then)
        foot.addWidget(self.attach)
        foot.addStretch(1)
        foot.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(BESIDE, 10, BESIDE, 12)
        column.setSpacing(8)
        for part in (head, self.text, self.beside, self.wrong, foot):
            column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)

    def _connect(self) -> None:
        self.kind.currentChanged.connect(lambda _place: self._turned())
        self.text.textChanged.connect(self._typed)
        self.send.clicked.connect(lambda _checked=False: self.sent.emit())
        self.attach.clicked.connect(lambda _checked=False: self.attach_wanted.emit())

    # ---------------------------------------------------------------- for which ticket

    def show_ticket(self, ticket: Ticket | None, why_not: str, address: str) -> None:
        """Say to whom an answer to this ticket goes, and offer the stages it may have then."""
        there = ticket is not None and not ticket.is_new
        self._why_not, self._address = why_not, address
        self._offer(self._stages(ticket.status or "") if ticket is not None and there else ())
        for part in (self.kind, self.text, self.send, self.attach):
            part.setEnabled(there)
        self._tell()

    def _stages(self, status: str) -> list[str]:
        """The stages that come next, those of waiting and closing first."""
        known = choices("CRMTickets", "Status")  # unsaid: a list
        every = [each.value for each in known if not each.retired]
        first = [each for each in (WAITING, CLOSED) if each in every]
        rest = [each for each in every[1:] if each not in first]
        return [each for each in (*first, *rest) if each != status][:MOST_PILLS]

    def _offer(self, stages: Iterable[str]) -> None:
        wanted = list(stages)
        if wanted == list(self._pills):
            return
        for pill in self._pills.values():
            self._group.removeButton(pill)
            self._foot.removeWidget(pill)
            pill.hide()
            pill.setParent(None)
            pill.deleteLater()
        self._pills = {}
        for place, stage in enumerate(wanted, 1):
            said = describe(Ticket.kind("status"), stage)
            pill = named(Pill(unmarked(said), self), f"{self._name}.then_{place}", _("Then {stage}").format(stage=said))
            pill.setCheckable(True)
            pill.clicked.connect(lambda _checked=False, stage=stage: self._choose(stage))
            self._group.addButton(pill)
            self._foot.insertWidget(place, pill)
            self._pills[stage] = pill
        self._then.setVisible(bool(wanted))

    def _choose(self, stage: str) -> None:
        """This stage and no other; pressed again, none."""
        on = self._pills[stage].isChecked()
        self._check(stage if on else "")
        self._usual = stage if on else ""
        self.changed.emit()

    def _check(self, stage: str) -> None:
        for each, pill in self._pills.items():
            pill.setChecked(each == stage)

    # ---------------------------------------------------------------- what is typed

    @property
    def internal(self) -> bool:
        """Whether it is only for us."""
        return self.kind.value() == NOTE

    @property
    def status(self) -> str:
        """The stage the ticket shall have then; "" for the one it has."""
        return next((stage for stage, pill in self._pills.items() if pill.isChecked()), "")

    def typed(self) -> Typed:
        """What stands here."""
        return Typed(self.text.toPlainText(), self.internal, self._usual, tuple(self.answers), tuple(self.files))

    def put(self, typed: Typed) -> None:
        """Show what was typed before; nothing where nothing was."""
        self.text.set_value(typed.text)
        self.answers, self.files = list(typed.answers), list(typed.files)
        self._usual = typed.status
        self.kind.blockSignals(True)
        self.kind.setCurrentIndex(1 if typed.internal else 0)
        self.kind.blockSignals(False)
        self.wrong.say("")
        self._check(self._stage())
        self._tell()

    def _stage(self) -> str:
        if self._usual is not None:
            return self._usual
        return "" if self.internal else WAITING

    def insert(self, text: str, answer: int) -> None:
        """Put an answer in where the cursor is."""
        cursor = self.text.textCursor()
        before = self.text.toPlainText()[: cursor.selectionStart()]
        cursor.insertText(text if not before or before.endswith(("\n", " ")) else f" {text}")
        self.text.setTextCursor(cursor)
        if answer not in self.answers:
            self.answers.append(answer)
        self.text.setFocus()
        self.changed.emit()

    def say_files(self, names: list[str]) -> None:
        """Name what stands beside it; nothing where nothing does."""
        said = ngettext("With this file, for us: {names}", "With these files, for us: {names}", len(names))
        self.beside.say(said.format(names=all_of(names)) if names else "")

    def say_wrong(self, sentence: str) -> None:
        """What is wrong, beside what was typed; the cursor comes to it."""
        self.wrong.say(sentence)
        self.text.setFocus()
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def _typed(self) -> None:
        self.wrong.say("")
        self.changed.emit()

    def _turned(self) -> None:
        """For somebody else: other words on the verb, another stage unless one was chosen."""
        self._check(self._stage())
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        goes = not self.internal and not self._why_not
        said = _("Save note") if self.internal else _("Send answer") if goes else _("Save answer")
        self.send.setText(unmarked(said))
        self.send.setAccessibleName(said)
        self.send.setIcon(icon("send" if goes else "save", self.send))
        to = _("to {address}").format(address=self._address) if self._address else ""
        self.to.setText("" if self.internal else self._why_not or to)
        self._fit_key()

    def _fit_key(self) -> None:
        """The key is said on the button where there is room for it; its tip says it always."""
        self.send.say_key(True)
        self.send.say_key(self._foot.sizeHint().width() <= self.width() - 2 * BESIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower, it leaves out what can be left out."""
        super().resizeEvent(event)
        self._fit_key()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter sends it."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        ours = event.key() in ENTER and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if ours and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif ours:
            self.sent.emit()
        return ours
