"""A message to one or many: its text with fields, how long it is, how it reads, who is left out; then its progress."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, closing, ngettext
from channergy_crm.outgoing import gateways
from channergy_crm.records import DoNotCall, OfficeSetting
from channergy_crm.services import messages, recipients, rights
from ui.editors.lines import TextEditor
from ui.look import theme
from ui.look.plain import Label
from ui.outgoing import words
from ui.outgoing.put_in_snippet import PutInSnippet
from ui.outgoing.under_way import UnderWay
from ui.setup.scripts.put_in import PutIn
from ui.widgets.dialog import Dialog, Plain, Remark, offer, scrolling
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.errors import CRMError
    from channergy_crm.services.recipients import Prepared
    from channergy_crm.work import Done
    from channergy_crm.work.record import Record
    from ui.session.background import Job, Progress
    from ui.session.session import Session

SOON_MS, PREVIEWS = 350, 3
LENGTH = 1_000
"""how much of the line is for how long it is; what is left of it when nothing is typed is no button's"""
TOPIC = "sms.gateway"


class SmsDialog(Dialog):
    """Written, looked over, sent; the window stays at work beside it. Sent twice it makes one batch."""

    def __init__(self, session: Session, records: list[tuple[type[Record], object]], parent: QWidget) -> None:
        super().__init__("sms", _("SMS"), parent, session.station, size=(640, 620))
        self.setModal(False)
        self._session, self._records, self._key = session, records, uuid4().hex
        self._tables = {each._meta.table_name for each, _number in records} | {DoNotCall._meta.table_name}
        self._ready: Prepared | None = None
        self.campaign: int | None = None
        self._job: Job | None = None
        self._read_for = ""
        self._soon = later(self, self._prepare, SOON_MS)
        self._head = self.named(Plain("", self, bold=True), "head", _("To whom"))
        self.body.addWidget(self._head)
        self._off = self._build_off()
        self._writing = self._build_writing()
        self._under_way = UnderWay(session, self)
        self.body.addWidget(self._off)
        self.body.addWidget(self._writing, 1)
        self.body.addWidget(self._under_way, 1)
        self._said = self.named(Remark("", self), "said", _("What is missing"))
        self.body.addWidget(self._said)
        self._send = self.button("send", _("Send"))
        self.finish_with(self._send, self.button("close", closing(), "Esc"))  # unsaid: a key
        session.closing.connect(self.close)
        session.done.connect(self._heard_of)
        self._look()

    # ---------------------------------------------------------------- what it is made of

    def _build_off(self) -> QWidget:
        """What stands here while the office has no gateway."""
        part = QWidget(self)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Remark(_("Short messages go through a gateway, a company that sends them for the office. "
                                  "None is chosen yet."), part))  # fmt: skip
        button = self.button("arrange", _("Choose a gateway…"))
        button.clicked.connect(self._arrange)
        offer(button, rights.may(self._session.by, "administer") or "")
        line = QHBoxLayout()
        line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        return part

    def _build_writing(self) -> QWidget:
        part = QWidget(self)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._text = self.named(TextEditor(part, lines=4, most_lines=8), "text", _("Text of the message"))
        self._text.setPlaceholderText(_("What the message says; fields become what is known of each person."))
        self._text.changed.connect(self._typed)
        fields, snippets = PutIn("sms", self._session, part), PutInSnippet("sms", self._session, part)
        for button in (fields, snippets):
            button.chosen.connect(self._put_in)
        self._long = self.named(Remark("", part), "length", _("How long it is"))
        line = QHBoxLayout()
        line.addWidget(fields)
        line.addWidget(snippets)
        line.addWidget(self._long, LENGTH)
        line.addStretch(1)
        column.addWidget(self._text)
        column.addLayout(line)
        below = QWidget(part)
        self._below = QVBoxLayout(below)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(4)
        self._reads = self.named(_section(_("How it reads"), below), "reads", _("How it reads"))
        self._previews = [self.named(Remark("", below, ink="text"), f"preview.{place}", _("How it reads"))
                          for place in range(PREVIEWS)]  # fmt: skip
        self._out_head = self.named(_section("", below), "left_out_head", _("How many are left out"))
        self._out = self.named(Remark("", below), "left_out", _("Who is left out, and why"))
        for label in (self._reads, *self._previews, self._out_head, self._out):
            self._below.addWidget(label)
            label.hide()
        self._below.addStretch(1)
        column.addWidget(scrolling(below), 1)
        return part

    # ---------------------------------------------------------------- as it stands

    def _look(self) -> None:
        on = self._session.attempt(lambda: gateways.chosen() is not None) or False
        self._off.setVisible(not on)
        self._writing.setVisible(on)
        self._under_way.setVisible(False)
        self._head.setText(words.to_whom(len(self._records)))
        self._send.setVisible(on)
        if on:
            self._text.setFocus()
            self._typed()
            if not gateways.is_ready():
                self._say(_("This workstation has no secret of the gateway: what you send waits for one that has."))
        QTimer.singleShot(0, self, self._text.setFocus if on else self._send.setFocus)

    def _heard_of(self, done: Done) -> None:
        """Somebody has chosen a gateway, or changed one of those it is for."""
        if self._off.isVisible() and OfficeSetting._meta.table_name in done.tables:
            self._look()
        elif self._writing.isVisible() and self._tables & done.tables:
            self._soon.start()

    def _say(self, text: str, ink: str = "soon") -> None:
        self._said.say(text, ink)

    def _put_in(self, text: str) -> None:
        self._text.insertPlainText(text)
        self._text.setFocus()

    def _typed(self) -> None:
        """Its length at once; for whom it is, and how it reads, when the typing rests."""
        self._ready = None
        self._long.say(words.length(self._text.value()))
        offer(self._send, _("Looking who gets it…") if self._text.value().strip() else _("Write what it says first."))
        self._soon.start()

    def _prepare(self) -> None:
        if self._job is not None:
            self._job.cancel()
        template, by, records = self._text.value(), self._session.by, self._records
        if (wrong := self._session.attempt(lambda: recipients.problem(template, by) or "")) is None:
            return
        if wrong:
            self._say(wrong if template.strip() else "", "overdue")
            offer(self._send, wrong)
            self._show(None)
            return

        def work(progress: Progress) -> Prepared:
            return recipients.prepare(records, template, by, progress.step)

        self._read_for = template
        self._job = self._session.work(work, label=_("Looking who gets it"), done=self._heard, failed=self._fail,
                                       progress=len(records) > recipients.TOGETHER)  # fmt: skip

    def _heard(self, ready: Prepared) -> None:
        self._job = None
        if self._read_for == self._text.value():
            self._ready = ready
            self._show(ready)

    def _fail(self, error: CRMError) -> None:
        self._job = None
        self._say(error.message, "overdue")

    def _show(self, ready: Prepared | None) -> None:
        """How it reads for the first three, and who is left out."""
        some = ready.recipients[:PREVIEWS] if ready is not None else []
        for place, shown in enumerate(self._previews):
            shown.say(words.preview(some[place]) if place < len(some) else "")
        self._reads.setVisible(bool(some))
        out = ready.left_out if ready is not None else []
        self._out_head.setText(words.how_many_left_out(len(out)))
        self._out.say(words.left_out(out))
        for label in (self._out_head, self._out):
            label.setVisible(bool(out))
        if ready is None:
            return
        self._head.setText(words.who_gets_it(ready))
        count = len(ready.recipients)
        self._long.say(words.length(some[0].text if some else self._text.value(), ready))
        self._send.setText(ngettext("Send {count:,} message", "Send {count:,} messages", count).format(count=count))
        self._say("")
        offer(self._send, "" if count else _("Nobody is left to write to."))

    # ---------------------------------------------------------------- sending

    def accept(self) -> None:
        """Put them down to be sent, and show how far it is."""
        ready, by, key, template = self._ready, self._session.by, self._key, self._text.value()
        campaign = self.campaign
        if ready is None or not ready.recipients:
            return
        offer(self._send, _("It is being sent."))

        def made(_count: int) -> None:
            self._session.messages_wait.emit()
            self._writing.hide()
            self._send.hide()
            self._said.say("")
            self._under_way.show_batch(key)

        self._session.work(lambda _progress: messages.make(key, template, ready, by, campaign=campaign),
                           label=_("Sending messages"), done=made, failed=self._failed, finishes=True)  # fmt: skip

    def _failed(self, error: CRMError) -> None:
        self._say(error.message, "overdue")
        offer(self._send)

    def _arrange(self) -> None:
        self.close()
        self._session.go_to("setting", TOPIC)

    def done(self, result: int) -> None:
        """Close; what was put down is sent all the same."""
        if self._job is not None:
            self._job.cancel()
        self._under_way.stop_looking()
        super().done(result)
        self.deleteLater()


def _section(text: str, parent: QWidget) -> Label:
    label = Label(text, parent)
    label.setFont(theme.section(parent.font()))
    return label
