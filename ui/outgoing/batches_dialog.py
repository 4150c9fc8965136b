"""The messages that were sent, batch by batch: how they stand, stopped, and decided where nobody knows (SI-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QWidget

from channergy_crm.language import N_, _, closing, figures, ngettext
from channergy_crm.records import BY_TABLE
from channergy_crm.records.messages import EMAIL, SMS, State
from channergy_crm.services import messages
from ui.look.plain import as_tip, kept_to_itself
from ui.look.theme import colour
from ui.look.wording import shown
from ui.outgoing import words
from ui.outgoing.send_again import send_again
from ui.transfer.wizard.setup import Sheet
from ui.widgets.dialog import Dialog, Remark, offer
from ui.widgets.titled_rows import TitledRows
from ui.widgets.views import Titles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.errors import CRMError
    from channergy_crm.services.messages import Batch, Message
    from ui.session.session import Session

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
BATCH_TITLES = (N_("When"), N_("Who"), N_("Way"), N_("Text"), N_("Messages"), N_("How they stand"))
MESSAGE_TITLES = (N_("Recipient"), N_("Number or address"), N_("How it stands"), N_("Since"), N_("Why"), N_("Text"))
BATCH_WIDTHS, MESSAGE_WIDTHS = (110, 100, 56, 220, 84, 190), (120, 150, 92, 104, 170, 120)
WAYS = {SMS: N_("SMS"), EMAIL: N_("E-mail")}
INKS = {State.UNKNOWN: "soon", State.FAILED: "overdue", State.DELIVERED: "done"}
_ROW = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
AGAIN_MS = 2_000
"""how often it is looked while something is being sent"""


class Lines(TitledRows):
    """Rows that are only read: their texts, and the colour of one column."""

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> Any:
        texts, ink = self.rows[index.row()]
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole):
            text = texts[index.column()]
            return as_tip(text) if role == ROLE.ToolTipRole else text
        return colour(self._view, ink) if role == ROLE.ForegroundRole and ink else None


class BatchesDialog(Dialog):
    """Above the batches, below the messages of the one the cursor is on; what is unknown is decided here."""

    def __init__(self, session: Session, parent: QWidget, key: str = "") -> None:
        super().__init__("messages", _("Messages"), parent, session.station, size=(980, 640))
        self.setModal(False)
        self._session, self._wanted = session, key
        self._batches: list[Batch] = []
        self._messages: list[Message] = []
        self._asked = 0
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._read)
        self._upper = self._sheet("batches", _("Batches"), BATCH_TITLES, BATCH_WIDTHS)
        self._lower = self._sheet("messages", _("Messages of the batch"), MESSAGE_TITLES, MESSAGE_WIDTHS)
        self._said = self.named(Remark("", self), "said", _("About the messages"))
        self._stop = self._verb("stop", _("Stop what waits"), self._cancel)
        self._went = self._verb("went", _("It went"), lambda: self._decide())
        self._resend = self._verb("again", _("Send it again"), self._send_again)
        self._open = self._verb("open", _("Open"), self._open_record)
        line = QHBoxLayout()
        line.addWidget(self._said, 1)
        for button in (self._open, self._went, self._resend, self._stop):
            line.addWidget(button)
        self.body.addWidget(self._upper, 2)
        self.body.addWidget(self._lower, 3)
        self.body.addLayout(line)
        self.finish_with(None, self.button("close", closing(), "(Esc)"))
        self._upper.selectionModel().currentRowChanged.connect(lambda *_: self._read_messages())
        self._lower.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self._lower.doubleClicked.connect(lambda _at: self._open_record())
        session.closing.connect(self.close)
        session.messages_wait.connect(self._read)
        self._read()
        self._upper.setFocus()

    def _sheet(self, word: str, said: str, titles: Sequence[str], widths: Sequence[int]) -> Sheet:
        sheet = Sheet(f"messages.{word}", said, self)
        sheet.setHorizontalHeader(Titles(sheet))
        sheet.setModel(Lines(titles, sheet))
        sheet.setSelectionBehavior(Sheet.SelectionBehavior.SelectRows)
        sheet.setEditTriggers(Sheet.EditTrigger.NoEditTriggers)
        if word == "messages":
            sheet.setSelectionMode(Sheet.SelectionMode.ExtendedSelection)
        for column, width in enumerate(widths):
            sheet.setColumnWidth(column, width)
        sheet.horizontalHeader().setSectionResizeMode(len(titles) - 1, QHeaderView.ResizeMode.Stretch)
        return sheet

    def _verb(self, word: str, text: str, run: Callable[[], object]) -> Any:
        button = self.button(word, text)
        button.clicked.connect(lambda: run())
        return button

    # ---------------------------------------------------------------- what is shown

    def _read(self) -> None:
        by = self._session.by
        self._session.work(lambda _progress: (messages.batches(by), words.operators(by)), label=_("Reading messages"),
                           done=lambda found: self._show(*found), failed=self._refuse, progress=False)  # fmt: skip

    def _show(self, batches: list[Batch], who: dict[str, str]) -> None:
        here = self._wanted or (batch.key if (batch := self._current()) is not None else "")
        self._wanted, self._batches = "", batches
        rows = [_row(each, who) for each in batches]
        model, before = self._upper.model(), self._upper.selectionModel().blockSignals(True)
        model.show_rows(rows)  # type: ignore[attr-defined]  # ours
        place = next((at for at, each in enumerate(batches) if each.key == here), 0)
        if batches:
            self._upper.setCurrentIndex(model.index(place, 0))
        self._upper.selectionModel().blockSignals(before)
        self._read_messages()
        under_way = any(each.under_way for each in batches)
        self._again.start() if under_way else self._again.stop()

    def _current(self) -> Batch | None:
        row = self._upper.currentIndex().row()
        return self._batches[row] if 0 <= row < len(self._batches) else None

    def _read_messages(self) -> None:
        batch, by = self._current(), self._session.by
        self._asked += 1
        asked = self._asked
        if batch is None:
            self._show_messages([])
            return
        key = batch.key
        self._session.work(
            lambda _progress: messages.of_batch(key, by), label=_("Reading messages"), failed=self._refuse,
            done=lambda found: self._show_messages(found) if asked == self._asked else None, progress=False,
        )  # fmt: skip

    def _show_messages(self, found: list[Message]) -> None:
        marked = {self._messages[at.row()].number for at in self._lower.selectionModel().selectedRows()
                  if at.row() < len(self._messages)}  # fmt: skip
        self._messages = found
        rows = [((kept_to_itself(each.name), each.address, each.stands, shown(None, each.changed), each.error,
                  _text(each.subject, each.text)), INKS.get(each.state, "")) for each in found]  # fmt: skip
        model = self._lower.model()
        model.show_rows(rows)  # type: ignore[attr-defined]  # ours
        for place, each in enumerate(found):
            if each.number in marked:
                self._lower.selectionModel().select(model.index(place, 0), _ROW)
        self._offer()

    def _marked(self) -> list[Message]:
        return [self._messages[at.row()] for at in self._lower.selectionModel().selectedRows()]

    def _standing(self, *states: State) -> list[Message]:
        """Those that are marked, or all of the batch, as far as they stand so."""
        return [each for each in self._marked() or self._messages if each.state in states]

    def _offer(self) -> None:
        batch, unknown, marked = self._current(), self._standing(State.UNKNOWN), self._marked()
        waits = batch.counts.get(State.WAITING, 0) if batch is not None else 0
        offer(self._stop, "" if waits else _("Nothing of it waits."))
        offer(self._went, "" if unknown else _("None of these is unknown."))
        refused = self._standing(State.FAILED)
        offer(self._resend, "" if unknown or refused else _("None of these was refused or is unknown."))
        offer(self._open, "" if len(marked) == 1 else _("Mark one message first."))
        if batch is None:
            self._said.say(_("No message has been sent yet. Mark people in a list and choose SMS… or E-mail…"), "muted")
        elif unknown:
            said = ngettext(
                "Of {count:,} message nobody knows whether it went. Ask the gateway or the person, then decide.",
                "Of {count:,} messages nobody knows whether they went. Ask the gateway or the people, then decide.",
                len(unknown),
            )
            self._said.say(said.format(count=len(unknown)), "soon")
        else:
            left = batch.left_out
            said = ngettext("{count:,} was left out of it.", "{count:,} were left out of it.", left)
            self._said.say(said.format(count=left) if left else "", "muted")

    # ---------------------------------------------------------------- what is done

    def _cancel(self) -> None:
        batch, by = self._current(), self._session.by
        if batch is not None:
            key = batch.key
            self._do(lambda: messages.cancel(key, by))

    def _decide(self) -> None:
        """They went, says whoever sits here."""
        numbers, by = [each.number for each in self._standing(State.UNKNOWN)], self._session.by
        self._do(lambda: messages.decide(numbers, went=True, by=by))

    def _send_again(self) -> None:
        def done() -> None:
            self._session.messages_changed.emit()
            self._read()

        some = self._standing(State.UNKNOWN, State.FAILED)
        send_again(self._session, some, self, done, self._refuse)

    def _do(self, what: Callable[[], int]) -> None:
        def done(_count: int) -> None:
            self._session.messages_changed.emit()
            self._read()

        self._session.work(lambda _progress: what(), label=_("Changing messages"), done=done, failed=self._refuse,
                           progress=False)  # fmt: skip

    def _open_record(self) -> None:
        marked = self._marked()
        record = BY_TABLE.get(marked[0].table) if marked else None
        if record is None or not record.about.target:
            return
        held = self._session.find(record, int(marked[0].key) if marked[0].key.isdigit() else marked[0].key)
        if held is not None:
            self._session.go_to(*record.opened_at(held.key, held.caption()))

    def _refuse(self, error: CRMError) -> None:
        self._said.say(error.message, "overdue")

    def done(self, result: int) -> None:
        """Close, and look no more."""
        self._again.stop()
        super().done(result)
        self.deleteLater()


def _row(batch: Batch, who: dict[str, str]) -> tuple[tuple[str, ...], str]:
    """The texts of a batch, in the colour of soon where something of it is unknown."""
    name = who.get(batch.by, batch.by)
    way, text = _(WAYS[batch.channel]), _text(batch.subject, batch.template)
    texts = (shown(None, batch.made), name, way, text, figures(batch.total), words.stands(batch))
    return texts, "soon" if batch.counts.get(State.UNKNOWN) else ""


def _text(subject: str, text: str) -> str:
    """What a message says in a line: of a mail what it is about comes first."""
    return (
        _("{subject}: {text}").format(subject=_one_line(subject), text=_one_line(text)) if subject else _one_line(text)
    )


def _one_line(text: str) -> str:
    return kept_to_itself(" ".join(text.split()))


def show_batches(session: Session, parent: QWidget | None = None, key: str = "") -> None:
    """The messages that were sent, batch by batch; this one first."""
    dialog = BatchesDialog(session, parent or session.notices.window(), key)
    dialog.show()
    dialog.activateWindow()
